"""A concluded license counts alone for its parts, and for nothing else."""

from datetime import date

from tcia_policy.engine.concluded_licenses import with_conclusions
from tcia_policy.engine.facts import situations
from tcia_policy.engine.license_readings import PartReading
from tcia_policy.model import ConcludedLicense, CopyClaim, Holding
from tests.engine.small import dataset, gather_seen, holding, known_data, other, own, part, project

TODAY = date(2026, 11, 22)
TWO = dataset("TWO", part("1", own("CC-BY-4.0"), own("CC-BY-NC-4.0")), part("2", own("CC-BY-NC-4.0")))


def concluded(license_: str, *parts: str) -> ConcludedLicense:
    return ConcludedLicense(license=license_, parts=parts, decision="d", role="counsel", on=TODAY)


def readings(held: Holding) -> list[tuple[str | None, str | None]]:
    known = known_data([TWO])
    read = situations(held, known, gather_seen(project(), TODAY, known), {})
    return [(None if each.distribution is None else each.distribution.id, each.license) for each, _ in read]


def with_(held: Holding, *found: ConcludedLicense) -> Holding:
    return held.model_copy(update={"concluded": found})


def test_the_other_licenses_of_a_part_are_set_aside_and_other_parts_stay() -> None:
    held = holding(TWO)
    assert len(readings(held)) == 3
    assert readings(with_(held, concluded("CC-BY-4.0", "1"))) == [("1", "CC-BY-4.0"), ("2", "CC-BY-NC-4.0")]


def test_a_part_for_which_nobody_states_the_license_keeps_its_own() -> None:
    assert readings(with_(holding(TWO), concluded("CC0-1.0", "1", "2"))) == readings(holding(TWO))


def test_a_license_that_came_with_the_copy_is_a_rival_of_what_the_registry_states() -> None:
    claim = CopyClaim(license="CC0-1.0", source="LICENSE")
    held = holding(TWO, "2").model_copy(update={"copy_claims": (claim,)})
    assert readings(held) == [("2", "CC-BY-NC-4.0"), ("2", "CC0-1.0")]
    assert readings(with_(held, concluded("CC-BY-NC-4.0", "2"))) == [("2", "CC-BY-NC-4.0")]


def test_of_an_expression_what_holds_beside_the_choice_stays() -> None:
    held = other("theirs", "CC-BY-NC-4.0 AND (MIT OR GPL-3.0-only)")
    found = readings(with_(held, concluded("MIT")))
    assert found == [(None, "CC-BY-NC-4.0"), (None, "MIT")]


def test_the_decision_is_among_the_sources_and_no_doubt_is_left() -> None:
    reading = PartReading(None, "MIT", ("the project",), {})
    (found,) = with_conclusions([reading], with_(other("x", "MIT"), concluded("MIT")))
    assert found.sources == ("the project", "decision d of counsel, 2026-11-22")
    assert found.facts["claims.disagree"].words == frozenset({"false"})
