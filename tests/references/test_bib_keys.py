import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.model import Citation, Creator
from tcia_policy.references.bib_keys import citation_key
from tcia_policy.references.bibtex import render_bibtex
from tests.references.made_up import ALL, CLARK, DOUBLE_DOT, LIDC, NLST, citation, person

DOIS = st.from_regex(r"10\.(7937|1007|5281)/[^\s\ud800-\udfff]{1,30}", fullmatch=True).map(str.lower)


def test_a_key_is_creator_year_and_doi() -> None:
    assert citation_key(LIDC) == "armato2015-k9_tcia.2015.lo9ql9sx"
    assert citation_key(NLST) == "national2013-tcia.hmq8-j677"
    assert citation_key(CLARK) == "clark2013:1007_s10278-013-9622-7"


def test_the_double_dot_in_a_doi_of_tcia_gives_a_key_of_its_own() -> None:
    with_one_dot = DOUBLE_DOT.model_copy(update={"doi": DOUBLE_DOT.doi.replace("..", ".")})
    assert citation_key(DOUBLE_DOT) != citation_key(with_one_dot)


def test_a_key_does_not_depend_on_the_spelling_of_the_doi() -> None:
    assert citation_key(LIDC) == citation_key(LIDC.model_copy(update={"doi": LIDC.doi.upper()}))


def test_keys_do_not_change_when_other_entries_come_or_go() -> None:
    alone = {re.findall(r"@\w+\{([^,]+),", render_bibtex([each]))[0] for each in ALL}
    together = set(re.findall(r"@\w+\{([^,]+),\n", render_bibtex(ALL)))
    assert alone == together


def test_a_creator_in_another_script_or_none_at_all_still_gives_a_key() -> None:
    assert citation_key(citation("10.7937/a", "T", person("王", "Wei"))).startswith("anonymous2015-")
    assert citation_key(citation("10.7937/a", "T")) == "anonymous2015-a"
    assert citation_key(citation("10.7937/a", "T", person("Łuk Øß"))) == "lukoss2015-a"


@given(DOIS, DOIS)
def test_two_dois_never_share_a_key(one: str, other: str) -> None:
    assert (citation_key(citation(one)) == citation_key(citation(other))) == (one == other)


@given(DOIS, st.text(max_size=20))
def test_keys_are_safe_in_latex_and_pandoc(doi: str, family: str) -> None:
    cited = Citation(
        creators=(Creator(family=family),),
        year=2015,
        title="T",
        publisher="P",
        doi=doi,
        source="s",
        as_of=date(2026, 1, 1),
    )
    assert re.fullmatch(r"[a-z0-9]+(?:[.:_-][a-z0-9]+|_:[0-9a-f]+)*", citation_key(cited))
