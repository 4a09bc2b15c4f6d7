import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcia_policy.documents.bibtex.bib_file import scan
from tcia_policy.errors import InputError
from tcia_policy.model import Citation
from tcia_policy.references.bib_keys import citation_key
from tcia_policy.references.bib_merge import Merged, Reference, diff, merge
from tcia_policy.references.bibtex import render_bibtex
from tcia_policy.references.citation_parts import Flavor
from tests.documents.bibtex.bib_samples import BROKEN, HANDWRITTEN, JABREF, MENDELEY, PIECES, ZOTERO
from tests.references.made_up import ALL, CITATIONS, CLARK, LIDC, NAMES, NLST, citation
from tests.references.programs import need
from tests.work import IN_PROPORTION, PATIENCE, growth

LIDC_KEY, NLST_KEY, CLARK_KEY = map(citation_key, (LIDC, NLST, CLARK))
PAPER_OF_LIDC = citation(
    "10.1118/1.3528204", "Data From LIDC-IDRI", resource_type="JournalArticle", container="Medical Physics"
)
UTF16 = (b"\xff\xfe", b"\xfe\xff")


def into(text: str, *citations: Citation, flavor: Flavor = "biblatex") -> Merged:
    return merge(text.encode(), citations, flavor)


def states(text: str, *citations: Citation) -> list[tuple[str, str]]:
    return [(key, state) for _, key, state in into(text, *citations).references]


def added(text: str, *citations: Citation, flavor: Flavor = "biblatex") -> str:
    content = into(text, *citations, flavor=flavor).content.decode()
    assert content.startswith(text)
    return content.removeprefix(text)


def misc(fields: str, key: str = "theirs", type_: str = "misc") -> str:
    return f"@{type_}{{{key}, {fields}}}\n"


def test_what_a_zotero_export_has_keeps_its_key_and_the_rest_goes_to_the_end() -> None:
    merged = into(ZOTERO, LIDC, NLST)
    assert merged.references == (
        Reference(LIDC.doi, LIDC_KEY, "added"),
        Reference(NLST.doi, "nlst2013", "present"),
    )
    assert merged.content.decode() == f"{ZOTERO}\n{render_bibtex([LIDC], 'biblatex')}"


def test_a_file_that_has_everything_stays_as_it_is() -> None:
    assert into(ZOTERO, NLST).content == ZOTERO.encode()
    assert into(ZOTERO).content == ZOTERO.encode()


def test_a_doi_in_any_field_and_spelling_is_there_and_one_in_a_comment_is_not() -> None:
    assert states(JABREF, LIDC, NLST) == [("LIDC", "present"), (NLST_KEY, "added")]
    assert states(HANDWRITTEN, LIDC, NLST, CLARK) == [
        ("lidc", "present"),
        ("clark", "present"),
        (NLST_KEY, "added"),
    ]


@pytest.mark.parametrize(
    "fields",
    [
        "doi = {10.7937/K9/TCIA.2015.LO9QL9SX}",
        'url = "https://dx.doi.org/10.7937%2FK9%2FTCIA.2015.LO9QL9SX"',
        r"howpublished = {\url{https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX}}",
        r"note = {TCIA, doi:10.7937/\allowbreak K9/TCIA.2015.LO9QL9SX}",
        "bdsk-url-1 = {https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX}",
        "eprint = {10.7937/K9/TCIA.2015.LO9QL9SX}, eprinttype = {doi}",
        "doi = {10.7937/K9/TCIA.2015.LO9QL9SX}, url = {https://doi.org/10.1000/something-else}",
        # As `check` has it, a DOI that the list of references prints is cited.
        "url = {https://doi.org/10.1000/paper}, note = {Data: doi:10.7937/K9/TCIA.2015.LO9QL9SX}",
        "journal = {Radiology}, note = {Data: doi:10.7937/K9/TCIA.2015.LO9QL9SX}",
        "note = {doi:10.7937/K9/TCIA.2015.LO9QL9SX and doi:10.7937/tcia.hmq8-j677}",
        "note = {doi:10.7937/K9/TCIA.2015.LO9QL9SX, cited in doi:10.1000/paper}",
    ],
)
def test_a_doi_that_says_whose_entry_it_is(fields: str) -> None:
    assert states(misc(fields), LIDC) == [("theirs", "present")]


@pytest.mark.parametrize(
    "fields",
    [
        "abstract = {We used doi:10.7937/K9/TCIA.2015.LO9QL9SX}",
        "annote = {10.7937/K9/TCIA.2015.LO9QL9SX}, keywords = {10.7937/K9/TCIA.2015.LO9QL9SX}",
        "file = {/home/me/10.7937/K9/TCIA.2015.LO9QL9SX}",
        "doi = {10.1000/paper}, note = {Data: doi:10.7937/K9/TCIA.2015.LO9QL9SX}",
        "doi = {10.1000/paper}, url = {https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX}",
        "doi = {10.7937/K9/TCIA.2015.LO9QL9SX.2}",
        "crossref = {parent}",
    ],
)
def test_a_doi_that_says_something_else(fields: str) -> None:
    parent = misc("title = {Not it}", "parent")
    assert states(misc(fields) + parent, LIDC) == [(LIDC_KEY, "added")]


def test_where_an_entry_names_several_works_title_and_year_tell_whose_it_is() -> None:
    text = misc(
        "title = {Data from LIDC-IDRI}, year = 2015, note = {doi:10.7937/K9/TCIA.2015.LO9QL9SX, 10.1118/1.3528204}"
    )
    assert states(text, LIDC) == [("theirs", "present")]


@pytest.mark.parametrize(
    "fields",
    [
        "title = {{Data from {LIDC--IDRI}.}}, year = 2015",
        "title = {DATA FROM LIDC-IDRI [Data set]}, date = {2015-07-01}",
        "title = {Data from}, subtitle = {LIDC-IDRI}, year = {2015}",
        "title = {Data From LIDC-IDRI}, year = 2015, journal = {The Cancer Imaging Archive}",
        "title = {Data From LIDC-IDRI}, year = 2015, abstract = {of doi:10.1000/x}",
        "title = {Data From LIDC-IDRI}, year = 2014",
        "title = {Data From LIDC-IDRI}",
    ],
)
def test_without_a_doi_the_same_title_and_year_are_it_and_that_is_told(fields: str) -> None:
    assert states(misc(fields), LIDC) == [("theirs", "present-without-doi")]


@pytest.mark.parametrize(
    ("fields", "type_"),
    [
        ("title = {Data From LIDC-IDRI}, year = 2013", "misc"),
        ("title = {Data From Lung-PET-CT-Dx}, year = 2015", "misc"),
        ("title = {Data From LIDC-IDRI}, year = 2015, doi = {10.1000/another}", "misc"),
        ("title = {Data From LIDC-IDRI}, year = 2015, url = {https://doi.org/10.1000/another}", "misc"),
        ("title = {Data From LIDC-IDRI}, year = 2015, journal = {Radiology}", "article"),
        ("title = {Data From LIDC-IDRI}, year = 2015", "article"),
        ("title = {Data From LIDC-IDRI}, year = 2015", "inproceedings"),
        ("title = {Data From LIDC-IDRI}, year = 2015", "xdata"),
    ],
)
def test_another_year_title_doi_or_kind_is_another_work(fields: str, type_: str) -> None:
    assert states(misc(fields, type_=type_), LIDC) == [(LIDC_KEY, "added")]


def test_a_paper_of_the_datas_title_and_the_data_are_kept_apart() -> None:
    paper = misc("title = {Data From LIDC-IDRI}, year = 2015, journal = {Medical Physics}", "paper", "article")
    data = misc("title = {Data From LIDC-IDRI}, year = 2015", "data", "dataset")
    assert states(paper + data, PAPER_OF_LIDC) == [("paper", "present-without-doi")]
    assert states(paper + data, LIDC) == [("data", "present-without-doi")]
    assert {state for _, state in states(paper + data, LIDC, PAPER_OF_LIDC)} == {"present-without-doi"}


def test_an_entry_that_two_works_have_the_title_of_is_nobodys() -> None:
    twin = citation("10.7937/twin", "Data From LIDC-IDRI")
    data = misc("title = {Data From LIDC-IDRI}, year = 2015", "data", "dataset")
    assert {state for _, state in states(data, LIDC, twin)} == {"added"}


def test_an_entry_with_the_title_and_another_doi_is_told_and_not_taken_for_the_work() -> None:
    merged = into(misc("title = {Data From LIDC-IDRI}, year = 2015, doi = {10.1000/another}"), LIDC)
    assert [state for _, _, state in merged.references] == ["added"]
    assert [(doi, [entry.key for entry in entries]) for doi, entries in merged.other_doi] == [(LIDC.doi, ["theirs"])]


TITLED = {
    "a line each": ("@misc{a,\n  title = {Data From LIDC-IDRI},\n  year  = 2015\n}\n", ",\n  doi   = {@}"),
    "comma": ("@misc{a,\n\ttitle = {Data From LIDC-IDRI},\n\tyear=2015,\n}\n", ",\n\tdoi={@}"),
    "comment": (
        "@misc{a, % mine\n  title = {Data From LIDC-IDRI}, % see\n  year = 2015 % or 2016\n}\n% end\n",
        ",\n  doi = {@}",
    ),
    "capitals": ("@MISC{a,\n  TITLE = {Data From LIDC-IDRI},\n  YEAR = 2015\n}", ",\n  DOI = {@}"),
    "one line": ("@misc(a, title = {Data From LIDC-IDRI}, year = 2015)", ", doi = {@}"),
    "windows": ("@misc{a,\r\n  title = {Data From LIDC-IDRI},\r\n  year = 2015\r\n}\r\n", ",\r\n  doi = {@}"),
    "macros": (
        '@string{y = "20" # "15"}\n@misc{a,\n title = "Data {From} " # {LIDC-IDRI},\n year = y }\n@comment{x}',
        ",\n doi = {@}",
    ),
    "marked": ("\ufeff% Ä\n@misc{a,\n title = {Data From LIDC-IDRI}, year = 2015}\n", ", doi = {@}"),
}


@pytest.mark.parametrize("name", TITLED)
def test_a_doi_is_added_in_the_manner_of_the_entry_and_nothing_else_changes(name: str) -> None:
    text, written = TITLED[name]
    inserted = written.replace("@", LIDC.doi)
    merged = merge(text.encode(), [LIDC], "bibtex", fix=True)
    assert merged.references == (Reference(LIDC.doi, "a", "fixed"),)
    after = merged.content.decode()
    assert after.count(inserted) == 1
    assert after.replace(inserted, "") == text
    again = merge(merged.content, [LIDC], "bibtex", fix=True)
    assert (again.content, again.references[0].state) == (merged.content, "present")


def test_an_empty_doi_is_filled_and_no_second_one_is_added() -> None:
    text = misc("title = {Data From LIDC-IDRI}, doi = {}, year = 2015")
    assert merge(text.encode(), [LIDC], "bibtex", fix=True).content.decode() == text.replace("{}", f"{{{LIDC.doi}}}")


def test_a_latin1_file_is_mended_and_stays_one() -> None:
    text = "@misc{müller, title = {Über}}\n@misc{a, title = {Data From LIDC-IDRI}, year = 2015, note = {ä}}\n"
    merged = merge(text.encode("latin-1"), [LIDC], "bibtex", fix=True)
    assert merged.encoding == "latin-1"
    assert merged.content.decode("latin-1").replace(f", doi = {{{LIDC.doi}}}", "") == text


def test_mendeleys_journal_of_data_is_an_archive() -> None:
    assert states(MENDELEY, CLARK, LIDC) == [("Armato2015", "present-without-doi"), ("Clark2013", "present")]


def test_the_first_of_several_entries_serves_one_with_a_doi_before_others_and_all_are_told() -> None:
    titled = misc("title = {Data From LIDC-IDRI}, year = 2015", "titled")
    merged = into(titled + misc(f"doi = {{{LIDC.doi}}}", "b") + misc(f"url = {{{LIDC.doi}}}", "a"), LIDC)
    assert merged.references == (Reference(LIDC.doi, "b", "present"),)
    assert merged.repeated == ((LIDC.doi, ("a", "titled")),)


def test_broken_and_repeated_entries_do_not_count_and_broken_ones_are_told() -> None:
    merged = into(BROKEN, NLST)
    assert merged.references == (Reference(NLST.doi, NLST_KEY, "added"),)
    assert [block.line for block in merged.broken][:2] == [1, 8]
    assert states(misc("year = 1999", "a") + misc(f"doi = {{{NLST.doi}}}", "A"), NLST) == [(NLST_KEY, "added")]


@pytest.mark.parametrize(
    "text",
    [
        f"@misc{{{LIDC_KEY}, title = {{Another}}, year = 1999}}\n",
        f"@misc{{{LIDC_KEY.upper()}, title = {{Another}}, year = 1999}}\n",
        f"@misc{{x, ids = {{y, {LIDC_KEY}}}, title = {{Another}}, year = 1999}}\n",
        f"% @misc{{{LIDC_KEY}, title = {{Another}}, year = 1999}}\n",
        f"@misc{{{LIDC_KEY}, title = {{Another}} year = 1999}}\n",
    ],
)
def test_a_key_that_another_entry_has_in_any_case_gets_a_suffix(text: str) -> None:
    key = f"{LIDC_KEY}-2"
    assert states(text, LIDC) == [(key, "added")]
    again = into(text, LIDC).content.decode()
    assert states(again, LIDC) == [(key, "present")]
    assert f"@dataset{{{key}," in again
    assert states(again.replace(LIDC.doi, "10.1000/another"), LIDC) == [(f"{LIDC_KEY}-3", "added")]


@pytest.mark.parametrize(
    ("ending", "between"),
    [("", "\n\n"), ("\n", "\n"), ("\n\n", ""), ("\r\n", "\r\n"), (" % remark", "\n\n")],
)
def test_an_empty_line_parts_what_is_added(ending: str, between: str) -> None:
    first = "@misc{a,\r\n year = 2001}" if "\r" in ending else "@misc{a,\n year = 2001}"
    assert added(first + ending, LIDC).startswith(f"{between}@dataset{{")


@pytest.mark.parametrize("text", ["", "\ufeff", "\n"])
def test_an_empty_file_gets_nothing_but_the_entries(text: str) -> None:
    assert added(text, LIDC, NLST) == render_bibtex([LIDC, NLST], "biblatex")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_are_those_of_the_file(line_end: str) -> None:
    text = HANDWRITTEN.replace("\n", line_end)
    new = added(text, NLST)
    assert new.replace(line_end, "").isprintable()
    assert new.count(line_end) == new.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert states(text + new, LIDC, NLST) == [("lidc", "present"), (NLST_KEY, "present")]


def test_a_latin1_file_stays_one() -> None:
    text = misc("author = {Müller}, title = {Über}", "müller").encode("latin-1")
    merged = merge(text, [NAMES], "bibtex")
    assert merged.content.startswith(text)
    assert merged.content.removeprefix(text).isascii()
    assert "Müller" in merged.content.decode("latin-1")
    assert rb"{\"{u}}" in merged.content


@pytest.mark.parametrize("declared", ["% Encoding: ISO8859_1", "%% encoding: Cp1252", "% !BIB encoding = latin1"])
def test_a_file_that_says_it_is_not_utf8_gets_ascii(declared: str) -> None:
    assert added(f"{declared}\n", NAMES).isascii()
    assert not added("% Encoding: UTF-8\n", NAMES).isascii()
    assert merge(b"", [NAMES], "bibtex", ascii_only=True).content.isascii()


def test_classic_bibtex_gets_misc_entries() -> None:
    assert "@misc{" in added(ZOTERO, LIDC, flavor="bibtex")


def test_utf16_is_refused_rather_than_mixed_with_utf8() -> None:
    with pytest.raises(InputError, match="is UTF-16"):
        merge(ZOTERO.encode("utf-16"), [LIDC], "bibtex")


def test_a_diff_shows_what_is_added_and_where() -> None:
    before = ZOTERO.encode()
    after = into(ZOTERO, LIDC).content
    text = diff(before, after, "refs.bib")
    assert text.splitlines()[:3] == ["--- refs.bib", "+++ refs.bib", "@@ -20,3 +20,14 @@"]
    assert "+  title = {{Data From LIDC-IDRI}}," in text.splitlines()
    assert not [line for line in text.splitlines()[2:] if line.startswith("-")]
    assert diff(before, before, "refs.bib") == ""


@pytest.mark.parametrize("text", [ZOTERO, ZOTERO.rstrip("\n"), ZOTERO.replace("\n", "\r\n"), "", "\n", "x"])
def test_patch_makes_the_same_file_of_the_diff(tmp_path: Path, text: str) -> None:
    if shutil.which("patch") is None:
        pytest.skip("patch is not installed")
    (tmp_path / "refs.bib").write_bytes(text.encode())
    after = into(text, LIDC, NAMES).content
    difference = diff(text.encode(), after, "refs.bib").encode()
    subprocess.run(["patch", "--binary", "refs.bib"], input=difference, check=True, cwd=tmp_path, capture_output=True)
    assert (tmp_path / "refs.bib").read_bytes() == after


CONTENTS = st.one_of(
    st.binary(max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=25).map(lambda pieces: "".join(pieces).encode()),
    st.sampled_from([ZOTERO, JABREF, MENDELEY, HANDWRITTEN, BROKEN]).map(str.encode),
    st.tuples(st.sampled_from([ZOTERO, HANDWRITTEN, BROKEN]), st.integers(0, 900)).map(lambda x: x[0][: x[1]].encode()),
).filter(lambda content: not content.startswith(UTF16))


@settings(deadline=None, max_examples=150)
@given(
    CONTENTS,
    st.lists(st.sampled_from(ALL) | CITATIONS, max_size=4),
    st.sampled_from(["bibtex", "biblatex"]),
    st.booleans(),
    st.booleans(),
)
def test_every_byte_stays_every_work_has_a_key_and_a_second_time_nothing_changes(
    content: bytes, citations: list[Citation], flavor: Flavor, ascii_only: bool, fix: bool
) -> None:
    merged = merge(content, citations, flavor, ascii_only, fix)
    if not fix:
        assert merged.content.startswith(content)
    assert _is_within(content, merged.content)
    assert {doi.lower() for doi, _, _ in merged.references} == {each.doi.lower() for each in citations}
    keys = {entry.key for entry in scan(merged.content).entries}
    assert all(key in keys for _, key, _ in merged.references)
    assert keys == set(merged.lines)
    new = [key.lower() for _, key, state in merged.references if state == "added"]
    assert len(new) == len(set(new))
    again = merge(merged.content, citations, flavor, ascii_only, fix)
    assert again.content == merged.content
    assert [(doi, key) for doi, key, _ in again.references] == [(doi, key) for doi, key, _ in merged.references]
    assert not {"added", "fixed"}.intersection(state for _, _, state in again.references)


def _is_within(before: bytes, after: bytes) -> bool:
    """Return whether `after` has every byte of `before`, in order."""
    rest = iter(after)
    return all(byte in rest for byte in before)


VALID = {
    "zotero": ZOTERO,
    "jabref": JABREF,
    "mendeley": MENDELEY.replace("@misc{,", "@misc{page,"),
    "crlf": ZOTERO.replace("\n", "\r\n"),
    "no final newline": JABREF.rstrip(),
}


@pytest.mark.parametrize("name", VALID)
def test_pandoc_sees_their_entries_and_ours(name: str) -> None:
    need("pandoc")
    merged = into(VALID[name], LIDC, NLST, NAMES, flavor="biblatex")
    done = subprocess.run(
        ["pandoc", "-f", "biblatex", "-t", "csljson"],
        input=merged.content,
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    items = {item["id"]: item for item in json.loads(done.stdout)}
    assert set(items) == {entry.key for entry in scan(merged.content).entries}
    for doi, key, state in merged.references:
        assert key in items
        assert state != "added" or items[key]["DOI"] == doi


@pytest.mark.parametrize("name", ["zotero", "crlf", "handwritten", "latin-1"])
def test_biber_sees_their_entries_and_ours(tmp_path: Path, name: str) -> None:
    need("biber")
    latin1 = "@misc{theirs, author = {Müller, Jörg}, title = {Über}, year = 2001}\n".encode("latin-1")
    content = latin1 if name == "latin-1" else (VALID | {"handwritten": HANDWRITTEN})[name].encode()
    merged = merge(content, [LIDC, NLST, NAMES], "biblatex")
    (tmp_path / "refs.bib").write_bytes(merged.content)
    encoding = ["--input-encoding=latin1"] if name == "latin-1" else []
    done = subprocess.run(
        ["biber", "--tool", *encoding, "--output-encoding=UTF-8", "--output-file=out.bib", "refs.bib"],
        capture_output=True, text=True, check=False, cwd=tmp_path, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    out = (tmp_path / "out.bib").read_text(encoding="utf-8")
    seen = set(re.findall(r"^@(?!COMMENT|STRING)\w+\{([^,\s]+),", out, re.MULTILINE))
    assert seen == {entry.key for entry in scan(merged.content).entries}
    assert {key for _, key, _ in merged.references} <= seen


def test_bibtex_cites_theirs_and_ours(tmp_path: Path) -> None:
    need("bibtex")
    merged = into(HANDWRITTEN, LIDC, NLST, CLARK, flavor="bibtex")
    (tmp_path / "refs.bib").write_bytes(merged.content)
    cited = "".join(f"\\citation{{{key}}}\n" for _, key, _ in merged.references)
    (tmp_path / "paper.aux").write_text(f"{cited}\\bibstyle{{plain}}\n\\bibdata{{refs}}\n", encoding="utf-8")
    subprocess.run(["bibtex", "-terse", "paper"], cwd=tmp_path, check=False, capture_output=True, timeout=PATIENCE)
    page = (tmp_path / "paper.bbl").read_text(encoding="utf-8")
    assert set(re.findall(r"\\bibitem\{(.+?)\}", page)) == {"lidc", "clark", NLST_KEY}


def test_a_large_bibliography_is_merged_with_work_in_proportion_to_its_length() -> None:
    wanted = [citation(f"10.7937/tcia.{i}", f"Data {i}") for i in range(100)]

    def merged(size: int) -> Merged:
        content = "\n".join(ZOTERO.replace("2011,", f"{i},").replace("nlst", f"n{i}") for i in range(size))
        return merge(content.encode(), wanted, "bibtex")

    assert growth(merged, 30) < IN_PROPORTION
    assert len(merged(300).references) == 100
