"""Evidence: which permissions and agreements count, on which day, and for what."""

from datetime import date

import pytest

from tcia_policy.engine.agreements import Evidence, gather, is_valid
from tcia_policy.engine.recorded_evidence import recorded
from tcia_policy.errors import InputError
from tcia_policy.model import Agreement, Dataset, EvidenceSeen, Holding, Project
from tcia_policy.rules.fact_value import known, truth
from tests.engine.small import TODAY, dataset, holding, other, own, part, project

SET: Dataset = dataset("Set", part("1", own("CC-BY-NC-4.0")), part("2", own("CC-BY-NC-4.0")))
ANOTHER: Dataset = dataset("Another", part("1", own("CC-BY-NC-4.0")))
YESTERDAY, TOMORROW = date(2026, 11, 21), date(2026, 11, 23)


def evidence(text: str, data: tuple[Holding, ...] = (), as_of: date = TODAY) -> Evidence:
    stated = project(text, data)
    return gather(stated, as_of, lambda name: (name,), seen(stated))


def seen(stated: Project, **changes: str) -> list[EvidenceSeen]:
    """Return each piece of evidence as if its document were there, or with these changes."""
    return [EvidenceSeen(field=field, text="", **changes) for field, _ in recorded(stated)]


def permission(**changes: object) -> str:
    fields = {"dataset": "Set", "grants": "commercial-use", "from": "Owner", "on": "2026-01-01", "evidence": "x.pdf"}
    stated = ", ".join(f"{key}: {value}" for key, value in {**fields, **changes}.items() if value is not None)
    return f"permissions: [{{{stated}}}]"


def grants(text: str, part_id: str | None = "1", of: Dataset = SET, as_of: date = TODAY) -> set[str]:
    found = next((each for each in of.distributions if each.id == part_id), None)
    return {item.grants for item in evidence(text, as_of=as_of).permissions_for(holding(of), found)}


def test_a_permission_counts_for_every_part_of_its_dataset() -> None:
    assert grants(permission(), "1") == grants(permission(), "2") == {"commercial-use"}


def test_a_permission_does_not_count_for_another_dataset() -> None:
    assert grants(permission(), of=ANOTHER) == set()


@pytest.mark.parametrize("named", ["2", "Part 2"])
def test_a_permission_for_some_parts_counts_for_these_only(named: str) -> None:
    text = permission(distributions=f"['{named}']")
    assert grants(text, "2") == {"commercial-use"}
    assert grants(text, "1") == set()


def test_a_permission_for_some_parts_does_not_count_for_a_part_that_the_registry_does_not_have() -> None:
    assert grants(permission(distributions="['2']"), None) == set()


@pytest.mark.parametrize(
    ("day", "expires", "counts"),
    [
        (TODAY, None, True),
        (TOMORROW, None, False),
        (YESTERDAY, TODAY, True),
        (YESTERDAY, YESTERDAY, False),
        (YESTERDAY, TOMORROW, True),
    ],
)
def test_a_permission_counts_from_its_day_to_its_last(day: date, expires: date | None, counts: bool) -> None:
    assert bool(grants(permission(on=day, until=expires))) is counts


def test_two_permissions_add_up() -> None:
    one, two = permission(), permission(grants="distribution")
    both = one.removesuffix("]") + ", " + two.removeprefix("permissions: [")
    assert grants(both) == {"commercial-use", "distribution"}


def test_a_permission_for_data_from_elsewhere_goes_by_their_name() -> None:
    held = other("Hospital CT", "CC-BY-NC-4.0")
    found = evidence(permission(dataset="Hospital CT"), (held,))
    assert len(found.permissions_for(held, None)) == 1
    assert found.permissions_for(other("Clinic CT", "CC-BY-NC-4.0"), None) == ()


def test_a_dataset_is_found_by_any_of_its_names() -> None:
    stated = project(permission(dataset="the_set"))
    found = gather(stated, TODAY, lambda name: ("Set",), seen(stated))
    assert len(found.permissions_for(holding(SET), None)) == 1


@pytest.mark.parametrize(
    "text",
    [
        permission(),
        "agreements: [{id: dbgap, dataset: Set, approved_on: 2026-01-01, evidence: x}]",
        "answers: [{rule: r, data: Set, says: permitted, from: DAC, on: 2026-01-01, evidence: x}]",
    ],
)
def test_evidence_with_a_problem_and_evidence_that_nobody_looked_at_count_for_nothing(text: str) -> None:
    stated = project(text)
    for found in (seen(stated, problem="no such file"), []):
        nothing = gather(stated, TODAY, lambda name: (name,), found)
        assert (nothing.permissions, nothing.agreements, nothing.answers) == ((), (), ())


@pytest.mark.parametrize(
    ("ends", "lapsed"), [("2026-11-01", None), ("2099-01-01", True), ("2026-12-31", False), ("2027-01-01", False)]
)
def test_an_approval_for_longer_than_a_year_counts_as_one_for_a_year(ends: str, lapsed: bool | None) -> None:
    approved = "2025-08-01" if lapsed else "2026-01-01"
    text = (
        f"agreements: [{{id: dbgap, accession: phs004225, approved_on: {approved}, expires_on: {ends}, evidence: x}}]"
    )
    facts = evidence(text).facts(holding(SET), SET, None)
    assert facts["agreement.accessions"] == (known() if lapsed is None else known("phs004225"))
    assert facts["agreement.approval_may_have_lapsed"] == truth(bool(lapsed))


def test_a_permission_for_an_unknown_dataset_is_an_error() -> None:
    def unknown(name: str) -> tuple[str, ...]:
        raise InputError(f"unknown dataset {name!r}")

    stated = project(permission())
    with pytest.raises(InputError, match="unknown dataset 'Set'"):
        gather(stated, TODAY, unknown, seen(stated))


def agreement(**changes: str) -> Agreement:
    return Agreement.model_validate({"id": "dbgap", "evidence": "x.pdf", **changes})


@pytest.mark.parametrize(
    ("fields", "valid"),
    [
        ({"approved_on": "2026-01-01"}, True),
        ({"approved_on": "2026-11-22"}, True),
        ({"approved_on": "2026-11-23"}, False),
        ({"approved_on": "2026-01-01", "expires_on": "2026-11-22"}, True),
        ({"approved_on": "2026-01-01", "expires_on": "2026-11-21"}, False),
        ({"signed_on": "2026-01-01", "approved_on": "2026-12-01"}, False),
    ],
)
def test_an_agreement_counts_between_its_days(fields: dict[str, str], valid: bool) -> None:
    assert is_valid(agreement(**fields), TODAY) is valid


def test_a_signed_agreement_counts_from_the_day_it_was_signed() -> None:
    signed = agreement(id="cptac-data-use", signed_on="2026-11-22")
    assert is_valid(signed, TODAY)
    assert not is_valid(signed, YESTERDAY)


def approved(**fields: str) -> str:
    stated = ", ".join(f"{key}: {value}" for key, value in fields.items())
    return f"agreements: [{{id: dbgap, {stated}, approved_on: 2026-01-01, evidence: x}}]"


def test_an_approval_that_names_neither_accession_nor_dataset_is_for_no_data() -> None:
    facts = evidence("agreements: [{id: dbgap, approved_on: 2026-01-01, evidence: x}]").facts(holding(SET), SET, None)
    assert facts["agreement.recorded"] == known()
    assert facts["agreement.accessions"] == known()
    assert facts["agreement.of_other_data"] == known("true")


def test_an_approval_that_names_a_dataset_is_for_no_other() -> None:
    found = evidence(approved(dataset="Set", accession="phs004225"))
    assert found.facts(holding(SET), SET, None)["agreement.recorded"] == known("dbgap")
    assert found.facts(holding(ANOTHER), ANOTHER, None)["agreement.recorded"] == known()


def test_an_accession_counts_without_its_version() -> None:
    facts = evidence(approved(accession="phs004225.v1.p1")).facts(holding(SET), SET, None)
    assert facts["agreement.accessions"] == known("phs004225")
    assert facts["agreement.of_other_data"] == known("false")


def test_an_agreement_that_does_not_count_brings_no_accession() -> None:
    text = "agreements: [{id: dbgap, accession: phs004225, approved_on: 2026-12-01, evidence: x}]"
    facts = evidence(text).facts(holding(SET), SET, None)
    assert facts["agreement.accessions"] == facts["agreement.recorded"] == known()


def test_evidence_that_is_not_recorded_is_known_not_to_be_there() -> None:
    facts = evidence("").facts(holding(SET), SET, None)
    assert all(facts[name] == known() for name in ("agreement.recorded", "agreement.accessions"))


def test_an_approval_that_has_lapsed_matters_for_its_own_data_only() -> None:
    lapsed = "agreements: [{id: dbgap, accession: phs002192, approved_on: 2024-01-01, evidence: x}]"
    assert evidence(lapsed).facts(holding(SET), SET, None)["agreement.approval_may_have_lapsed"] == known("false")
