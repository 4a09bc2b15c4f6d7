"""What an archive can settle: disagreements that a statement of its own is part of, and what it left standing."""

from datetime import date

from tcia_policy.model import ClaimScope, LicenseClaim
from tcia_policy.registry import Registry
from tcia_policy.registry.conflicts import Conflict, conflicts_in
from tcia_policy.registry.conflicts_for import SOURCES_OF, Addressee, by_license, for_archive
from tests.engine.small import dataset, part

TCIA, NBIA, IDC = "tcia-collection-manager", "nbia-collection-report", "idc-index-data"
THEN, NOW = date(2025, 1, 4), date(2026, 8, 21)


def claim(license_: str, source: str, day: date, since: date | None = None) -> LicenseClaim:
    """Return a claim of a source; NBIA's are of the whole collection."""
    scope = ClaimScope.COLLECTION if source == NBIA else ClaimScope.DISTRIBUTION
    return LicenseClaim(license=license_, source=source, as_of=day, since=since, stated_as=license_, scope=scope)


def conflicts(*claims: LicenseClaim) -> list[Conflict]:
    """Return the differences of a dataset with one part."""
    return list(conflicts_in([dataset("A", part("images", *claims))], Registry.load().registered))


def test_each_source_of_an_archive_is_that_of_one_archive_and_those_of_the_registry_are_described() -> None:
    every = [source for sources in SOURCES_OF.values() for source in sources]
    assert len(every) == len(set(every))
    assert {TCIA, NBIA, IDC} <= set(every) & set(Registry.load().sources)


def test_licenses_of_one_time_are_told_to_each_archive_that_states_one() -> None:
    found = conflicts(claim("CC-BY-4.0", TCIA, NOW, since=THEN), claim("CC-BY-NC-4.0", NBIA, THEN))
    for addressee in (Addressee.TCIA, Addressee.NBIA):
        told = for_archive(addressee, found)
        assert (told.of_one_time, told.of_other_times, told.outdated) == (tuple(found), (), ())
    assert for_archive(Addressee.IDC, found).conflicts == ()


def test_a_later_label_that_does_not_end_an_earlier_one_is_of_another_time() -> None:
    found = conflicts(claim("LicenseRef-NIH-Controlled-Data-Access", TCIA, NOW), claim("CC-BY-3.0", NBIA, THEN))
    told = for_archive(Addressee.TCIA, found)
    assert (told.of_one_time, told.of_other_times) == ((), tuple(found))


def test_a_copy_of_the_label_shows_what_was_said_at_the_same_time() -> None:
    found = conflicts(
        claim("CC-BY-4.0", TCIA, NOW),
        claim("CC-BY-NC-4.0", NBIA, THEN),
        claim("CC-BY-4.0", IDC, NOW, since=date(2023, 11, 13)),
    )
    assert for_archive(Addressee.IDC, found).of_one_time == tuple(found)


def test_what_a_newer_statement_replaced_is_outdated_and_no_disagreement() -> None:
    newer = claim("CC-BY-4.0", TCIA, NOW)
    found = conflicts(newer, claim("CC-BY-3.0", NBIA, THEN))
    told = for_archive(Addressee.NBIA, found)
    assert (told.of_one_time, told.of_other_times) == ((), ())
    assert [(each.claim.claim.license, each.claim.replaced_by) for each in told.outdated] == [("CC-BY-3.0", newer)]
    assert for_archive(Addressee.TCIA, found).conflicts == ()


def test_the_answers_are_the_licenses_that_count() -> None:
    (found,) = conflicts(
        claim("CC-BY-4.0", TCIA, NOW, since=THEN),
        claim("CC-BY-NC-4.0", NBIA, THEN),
        claim("CC-BY-4.0", IDC, NOW),
    )
    assert {license_: [each.source for each in claims] for license_, claims in by_license(found).items()} == {
        "CC-BY-4.0": [TCIA, IDC],
        "CC-BY-NC-4.0": [NBIA],
    }


def test_the_differences_of_the_shipped_registry() -> None:
    registry = Registry.load()
    found = list(conflicts_in((registry.get(entry.id) for entry in registry.entries), registry.registered))
    told = {each: for_archive(each, found) for each in Addressee}
    both = ("Pediatric-CT-SEG", "Phantom FDA")
    for addressee in Addressee:
        assert tuple(each.dataset for each in told[addressee].of_one_time) == both
    assert [each.dataset for each in told[Addressee.TCIA].of_other_times] == ["ExACT", "NRG-1308"]
    assert told[Addressee.IDC].of_other_times == ()
    assert {each: len(told[each].outdated) for each in Addressee} == {"tcia": 0, "nbia": 67, "idc": 0}


def test_a_milder_statement_of_a_source_that_defers_is_told_to_it_as_one_that_does_not_count() -> None:
    stricter = claim("CC-BY-NC-4.0", TCIA, NOW, since=THEN)
    found = conflicts(stricter, claim("CC-BY-4.0", IDC, NOW))
    told = for_archive(Addressee.IDC, found)
    assert (told.of_one_time, told.of_other_times) == ((), ())
    assert [each.claim.replaced_by for each in told.outdated] == [stricter]
