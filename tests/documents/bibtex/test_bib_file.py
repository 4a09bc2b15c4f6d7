import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.documents.bibtex.bib_file import BibFile, Block, scan
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tests.documents.bibtex.bib_samples import BROKEN, HANDWRITTEN, JABREF, MENDELEY, PIECES, ZOTERO
from tests.work import IN_PROPORTION, growth


def read(text: str) -> BibFile:
    return scan(text.encode())


def keys(text: str) -> list[str]:
    return [entry.key for entry in read(text).entries]


def only(text: str) -> Block:
    (block,) = read(text).blocks
    return block


def broken(text: str) -> dict[str, str | None]:
    return {block.key: block.problem for block in read(text).blocks if block.kind == "broken"}


def test_exports_of_reference_managers_are_read_whole() -> None:
    assert keys(ZOTERO) == ["armatoLungImageDatabase2011", "nlst2013"]
    assert keys(JABREF) == ["LIDC"]
    assert keys(MENDELEY) == ["Clark2013", "Armato2015"]
    article = read(ZOTERO).entries[0]
    assert article.type == "article"
    assert article.value("doi") == "10.1118/1.3528204"
    assert article.value("month") == "February"
    assert "10.7937/K9" in article.value("abstract")
    assert broken(ZOTERO) == broken(JABREF) == {}
    assert broken(MENDELEY) == {"": "it has no key"}


def test_macros_concatenation_and_parentheses_are_understood() -> None:
    assert keys(HANDWRITTEN) == ["lidc", "clark", "same-line"]
    lidc = read(HANDWRITTEN).entries[0]
    assert lidc.value("publisher") == "The Cancer Imaging Archive"
    assert lidc.values("doi") == ["10.7937/K9/TCIA.2015.LO9QL9SX"]
    assert lidc.value("month") == "March~1"
    assert lidc.value("title") == "Data from {LIDC-IDRI} (all)"
    assert lidc.value("year") == "2015"


def test_spans_give_back_what_is_written() -> None:
    bib = read("\ufeff" + HANDWRITTEN)
    lidc = bib.entries[0]
    doi = next(field for field in lidc.fields if field.name == "doi")
    assert bib.text[doi.start : doi.end] == 'prefix # "K9/" # {TCIA.2015.LO9QL9SX}'
    assert bib.text[lidc.start : lidc.end].startswith("@misc(lidc")
    assert bib.text[lidc.start : lidc.end].endswith("2015)")
    assert lidc.line == HANDWRITTEN[: HANDWRITTEN.index("@misc(lidc")].count("\n") + 1


def test_a_broken_entry_swallows_nothing_and_counts_for_nothing() -> None:
    assert keys(BROKEN) == ["good1", "good2", "good3", "good4", "good5"]
    assert broken(BROKEN) == {
        "no-comma": "a comma or the closing } is missing after the value of title",
        "no-brace": "a comma or the closing } is missing after the value of title",
        "no-quote": 'a closing " is missing in the value of title',
        "bare": "braces or quotes are missing in the value of doi",
        "a": "its key has a space in it, after a",
        "title": "it has no key",
        "odd": "a comma or the closing } is missing after the value of abstract",
        "never-closed": "a comma or the closing } is missing after the value of year",
    }


def test_a_brace_too_many_ends_the_entry_and_is_said() -> None:
    entry = only("@misc{a, title = {A}},\n doi = {10.7937/x}\n}\n")
    assert entry.value("doi") == ""
    assert entry.problem == "it ends on line 1 by a closing brace too many; the fields after it are lost"


def test_an_entry_inside_a_value_is_part_of_the_value() -> None:
    entry = only("@misc{a,\n note = {\n@misc{b, doi = {10.7937/x}}\n}}\n")
    assert (entry.kind, entry.key) == ("entry", "a")
    assert entry.problem == "its field note takes in what looks like an entry on line 3; is a brace missing?"


@pytest.mark.parametrize(
    "text",
    [
        "% @misc{a, title = {A}}\n",
        "%@misc{a,\n%  title = {A}\n%}\n",
        "@comment{@misc{a, title = {A}}}\n",
        "@Comment{\n@misc{a, title = {A}}\n}\n",
        "@comment(@misc{a, title = {A}})\n",
        "text % text @misc{a, title = {A}}\n",
    ],
)
def test_what_is_commented_out_is_no_entry(text: str) -> None:
    assert keys(text + "@misc{last, title = {L}}") == ["last"]


def test_an_address_in_free_text_is_no_entry() -> None:
    assert keys("Mail anna@example.org (or not).\n@misc{a, title = {A}}") == ["a"]


def test_a_field_that_is_commented_out_is_none() -> None:
    entry = only("@misc{a,\n  title = {A}, % doi = {10.1/a},\n  % doi = {10.1/b},\n  year = 2001 % }\n}\n")
    assert [field.name for field in entry.fields] == ["title", "year"]


def test_an_escaped_brace_counts_as_in_bibtex() -> None:
    assert only(r"@misc{a, title = {50 \{ of \}}}").value("title") == r"50 \{ of \}"
    assert keys("@misc{a, title = {50 \\{ of}}\n\n@misc{b, title = {B}}\n") == ["b"]


def test_quotes_within_braces_do_not_end_a_quotation() -> None:
    assert only('@misc{a, title = "G{\\"o}del {"}s"}').value("title") == 'G{\\"o}del {"}s'


@pytest.mark.parametrize("key", ["müller2015", "10.1016/S0140-6736(03)1", "a:b_c+d", "DBLP:conf/x/Y", "p=1", 'n"q'])
def test_keys_may_have_almost_any_character(key: str) -> None:
    assert keys(f"@misc{{{key}, title = {{A}}}}") == [key]


def test_a_repeated_key_is_left_out_in_any_case_as_bibtex_does() -> None:
    bib = read("@misc{Key, year = 1}\n@misc{key, year = 2}\n@misc{KEY, year = 3}\n@misc{other, year = 4}")
    assert [entry.key for entry in bib.entries] == ["Key", "other"]
    assert [owner.line for owner in bib.repeated.values()] == [1, 1]


def test_of_a_repeated_field_all_values_are_kept() -> None:
    entry = only("@misc{a, doi = {x}, DOI = {y}}")
    assert (entry.value("doi"), entry.values("doi")) == ("x", ["x", "y"])


def test_bytes_that_are_not_utf8_are_read_as_latin1() -> None:
    bib = scan("@misc{a, author = {Müller}}".encode("latin-1"))
    assert bib.encoding == "latin-1"
    assert bib.entries[0].value("author") == "Müller"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_and_end_comments_whatever_ends_them(line_end: str) -> None:
    text = line_end.join(["% one", "@misc{a, % two", "title={A}}", "", "@misc{b, title={B}", "@misc{c, title={C}}"])
    assert [(block.key, block.line) for block in read(text).blocks] == [("a", 2), ("b", 5), ("c", 6)]


def test_utf16_is_refused_with_what_to_do() -> None:
    with pytest.raises(InputError, match="is UTF-16") as caught:
        scan("@misc{a, title = {A}}".encode("utf-16"))
    assert caught.value.hint == "save it as UTF-8"


def test_entries_with_abstracts_take_work_in_proportion_to_their_number() -> None:
    entry = ZOTERO.replace("Purpose", "Purpose and much more $p < 0.05$ " * 15)

    def bibliography(size: int) -> BibFile:
        return scan("\n".join(entry.replace("2011,", f"{i},").replace("nlst", f"n{i}") for i in range(size)).encode())

    assert growth(bibliography, 20) < IN_PROPORTION
    assert len(bibliography(300).entries) == 600


@pytest.mark.parametrize(
    "unit",
    [
        b"{",
        b"@a{\n",
        b"@a{k,t={\n",
        b'@a(k,t="\n',
        b'@a(k, %",\n t="\n',
        b"@comment(\n",
        b"%@a{",
        b"@ \n",
        b"\\\n ",
        b"@a(k,t={}#",
    ],
)
def test_garbage_takes_work_in_proportion_to_its_length(unit: bytes) -> None:
    assert growth(lambda size: scan(unit * (size // len(unit))), 3_000) < IN_PROPORTION
    assert scan(unit * (300_000 // len(unit))).entries == []


def test_more_entries_than_any_bibliography_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BIBTEX_BLOCKS", 100)
    assert len(scan(b"@a{b}\n" * 100).blocks) == 100
    with pytest.raises(InputError, match="has more than 100 entries"):
        scan(b"@a{b}\n" * 101)


def test_macros_that_unfold_without_end_are_cut_off() -> None:
    doubling = "".join(f"@string{{m{i + 1} = m{i} # m{i}}}\n" for i in range(60))
    (entry,) = read(f'@string{{m0 = "ten chars."}}\n{doubling}@misc{{a, title = m60, year = 2001}}').entries
    assert len(entry.value("title")) <= 1_000_000
    assert entry.value("year") == "2001"


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_blocks_are_in_order_and_apart_whatever_the_file(text: str) -> None:
    bib = read(text)
    position = 0
    for block in bib.blocks:
        assert position <= block.start < block.end <= len(bib.text)
        assert bib.text[block.start] == "@"
        position = block.end
        assert all(block.start < field.start <= field.end <= block.end for field in block.fields)


@given(st.binary(max_size=60), st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_an_entry_on_a_line_of_its_own_at_the_end_is_always_read(content: bytes, text: str) -> None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    last = scan(content + text.encode() + b"\n@misc{appended-here, title = {Last}}\n").blocks[-1]
    assert (last.kind, last.key, last.value("title")) == ("entry", "appended-here", "Last")
