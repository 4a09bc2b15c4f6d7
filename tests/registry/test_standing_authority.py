"""One authority for each fact: the table in docs/registry.md, the sources as they are described, and what counts."""

import re
from datetime import date
from pathlib import Path

import pytest

from tcia_policy.importers.refresh import by_datacite, by_nbia, by_tcia
from tcia_policy.model import Access, Archive, ClaimScope, LicenseClaim, Source
from tcia_policy.registry import Registry, load_licenses
from tcia_policy.registry.standing import Registered, Standing, standing_claims
from tests.engine.small import dataset, part

PAGE = (Path(__file__).parents[2] / "docs" / "registry.md").read_text("utf-8")
ROW = re.search(r"^\| license and access of the parts that TCIA publishes \|(.*)\|$", PAGE, re.MULTILINE)
AUTHORITY, OLDER_FIELDS, DEFERRING, COPIES = (re.findall(r"`([\w-]+)`", cell) for cell in ROW[1].split("|"))  # type: ignore[index]
TCIA = AUTHORITY[0]
BEFORE, DAY, AFTER = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


def described() -> dict[str, Source]:
    """Return the sources that the registry has, and those that an update adds."""
    added = (by_datacite.ABOUT, by_nbia.OF_REPORT, by_nbia.OF_SERIES, by_tcia.V1)
    return {**{each.id: each for each in added}, **Registry.load().sources}


def claim(license_: str, source: str, day: date) -> LicenseClaim:
    """Return what a source states of the very part."""
    return LicenseClaim(license=license_, source=source, as_of=day, stated_as=license_, scope=ClaimScope.DISTRIBUTION)


def standings(*claims: LicenseClaim) -> list[Standing]:
    """Return what counts of the claims on a part."""
    images = part("images", *claims)
    registered = Registered(load_licenses(), described())
    return [each.standing for each in standing_claims(images, dataset("A", images), registered)]


def test_the_table_has_every_source_of_licenses_as_it_is_described() -> None:
    sources = described()
    assert {id_ for id_, each in sources.items() if each.older_form_of == TCIA} == set(OLDER_FIELDS)
    assert {id_ for id_, each in sources.items() if each.defers_to == TCIA} == {*DEFERRING, *OLDER_FIELDS}
    assert {id_ for id_, each in sources.items() if each.copies == TCIA} == set(COPIES)
    assert (sources[TCIA].defers_to, sources[TCIA].copies, sources[TCIA].older_form_of) == (None, None, None)


@pytest.mark.parametrize("source", [*DEFERRING, *COPIES])
def test_a_newer_statement_of_the_authority_makes_another_source_history(source: str) -> None:
    stated = (claim("CC-BY-4.0", TCIA, DAY), claim("CC-BY-3.0", source, BEFORE))
    assert standings(*stated) == [Standing.COUNTS, Standing.HISTORY]


@pytest.mark.parametrize("source", [*DEFERRING, *COPIES])
@pytest.mark.parametrize("license_", ["CC-BY-3.0", "CC-BY-NC-4.0", "LicenseRef-NIH-Controlled-Data-Access"])
def test_a_newer_statement_of_another_source_counts_beside_the_authority_and_never_in_its_place(
    source: str, license_: str
) -> None:
    assert standings(claim("CC-BY-4.0", TCIA, DAY), claim(license_, source, AFTER)) == [Standing.COUNTS] * 2


@pytest.mark.parametrize("source", [*DEFERRING, *COPIES])
@pytest.mark.parametrize("license_", ["CC-BY-NC-4.0", "LicenseRef-NIH-Controlled-Data-Access"])
def test_no_other_source_opens_what_the_authority_closed_or_forbade_before(source: str, license_: str) -> None:
    stated = (claim(license_, TCIA, DAY), claim("CC-BY-4.0", source, AFTER))
    assert standings(*stated) == [Standing.COUNTS, Standing.DEFERRING]


@pytest.mark.parametrize("source", [*DEFERRING, *COPIES])
def test_a_closed_label_takes_back_no_open_license(source: str) -> None:
    closed = load_licenses()["LicenseRef-NIH-Controlled-Data-Access"]
    assert closed.access is Access.CONTROLLED
    assert standings(claim(closed.id, TCIA, DAY), claim("CC-BY-3.0", source, BEFORE)) == [Standing.COUNTS] * 2


@pytest.mark.parametrize("source", OLDER_FIELDS)
def test_an_older_field_counts_only_where_the_newer_one_is_older_or_not_described(source: str) -> None:
    older = claim("CC-BY-NC-4.0", source, DAY)
    for day in (DAY, AFTER):
        assert standings(claim("CC-BY-4.0", TCIA, day), older) == [Standing.COUNTS, Standing.OLDER_FIELD]
    assert standings(claim("CC-BY-4.0", TCIA, BEFORE), older) == [Standing.COUNTS, Standing.COUNTS]
    assert standings(claim("LicenseRef-unrecognized-New", TCIA, DAY), older) == [Standing.COUNTS, Standing.COUNTS]


def test_what_only_idc_has_is_decided_by_idc() -> None:
    idc = "idc-index-data"
    assert standings(claim("CC-BY-4.0", idc, BEFORE), claim("CC-BY-NC-4.0", "datacite", AFTER))[0] is Standing.COUNTS
    registry = Registry.load()
    for entry in registry.entries:
        if entry.archive is Archive.IDC:
            for each in registry.get(entry.id).distributions:
                assert {item.source for item in each.claims} <= {idc}


def test_no_statement_of_the_authority_is_ever_history_in_the_shipped_registry() -> None:
    registry = Registry.load()
    for entry in registry.entries:
        found = registry.get(entry.id)
        for each in found.distributions:
            for item in standing_claims(each, found, registry.registered):
                assert item.claim.source != TCIA or item.standing is Standing.COUNTS, (entry.id, each.id)
