"""The papers that policies ask for, and the terms of copies that are had from elsewhere."""

from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.model import Route
from tcia_policy.registry import normalize_doi
from tcia_policy.registry.papers import load_papers
from tcia_policy.registry.repository_terms import load_copies, load_open_places
from tests.engine.small import copies, licenses, papers, rules

COPIES = """copies:
  - route: pdc
    license: CC-BY-4.0
    reference: {title: Data Use Guidelines, url: https://pdc.cancer.gov, authority: instrument, reading: full}
"""


def test_every_paper_that_a_rule_asks_for_is_there() -> None:
    asked = {rule.text.duty.doi for rule in rules().rules if rule.text.duty is not None and rule.text.duty.doi}
    assert asked
    assert asked <= set(papers().by_doi)


def test_a_paper_is_found_by_its_doi_in_lower_case() -> None:
    assert {doi: normalize_doi(doi) for doi in papers().by_doi} == {doi: doi for doi in papers().by_doi}
    clark = papers().by_doi["10.1007/s10278-013-9622-7"]
    assert (clark.creators[0].family, clark.year, clark.resource_type) == ("Clark", 2013, "JournalArticle")
    fedorov = papers().by_doi["10.1148/rg.230180"]
    assert (fedorov.creators[0].family, fedorov.year, fedorov.container) == ("Fedorov", 2023, "RadioGraphics")


def test_every_paper_says_where_it_was_read() -> None:
    sources = {source.id for source in papers().content.sources}
    assert {paper.source for paper in papers().by_doi.values()} <= sources


def test_papers_of_an_institution_are_read_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "papers.yaml").write_text("papers: []\nsources: []\n", encoding="utf-8")
    assert load_papers(tmp_path).by_doi == {}


def test_only_pdcs_terms_are_known() -> None:
    assert {route: terms.license for route, terms in copies().items()} == {Route.PDC: "CC-BY-4.0"}


def test_terms_of_copies_name_a_license_that_is_described() -> None:
    assert {terms.license for terms in copies().values()} <= set(licenses())


def test_terms_of_copies_that_are_known_by_hearsay_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "copies.yaml"
    path.write_text(COPIES, encoding="utf-8")
    assert load_copies(tmp_path)[Route.PDC].license == "CC-BY-4.0"
    for other in ("authority: third-party-copy, reading: full", "authority: instrument, reading: part"):
        path.write_text(COPIES.replace("authority: instrument, reading: full", other), encoding="utf-8")
        with pytest.raises(InputError, match="cannot carry a license") as raised:
            load_copies(tmp_path)
        assert (raised.value.file, raised.value.field) == (path, "copies")


def test_a_route_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    (tmp_path / "copies.yaml").write_text(COPIES.replace("pdc\n", "pcd\n"), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_copies(tmp_path)
    assert (raised.value.line, raised.value.field) == (2, "copies[0].route")


def test_a_place_is_open_to_all_only_on_a_source_of_its_own(tmp_path: Path) -> None:
    assert load_open_places() == {Route.TCIA, Route.IDC, Route.PDC}
    path = tmp_path / "copies.yaml"
    path.write_text(COPIES, encoding="utf-8")
    assert load_open_places(tmp_path) == frozenset()
    blog = "{title: A blog, url: https://example.org, authority: third-party-copy, reading: full}"
    place = f"{{route: gdc, reference: {blog}}}"
    path.write_text(f"{COPIES}open_to_all: [{place}]\n", encoding="utf-8")
    with pytest.raises(InputError, match="gdc is open by hearsay only"):
        load_open_places(tmp_path)
