"""Evidence: which permissions and agreements count, on which day, and for what."""

from datetime import date

import pytest

from tcia_policy.engine.agreements import Evidence, gather, is_valid
from tcia_policy.errors import InputError
from tcia_policy.model import Agreement, Dataset, Holding
from tcia_policy.rules.vocabulary import known
from tests.engine.small import TODAY, dataset, holding, other, own, part, project

SET: Dataset = dataset("Set", part("1", own("CC-BY-NC-4.0")), part("2", own("CC-BY-NC-4.0")))
ANOTHER: Dataset = dataset("Another", part("1", own("CC-BY-NC-4.0")))
YESTERDAY, TOMORROW = date(2026, 11, 21), date(2026, 11, 23)


def evidence(text: str, data: tuple[Holding, ...] = (), as_of: date = TODAY) -> Evidence:
    return gather(project(text, data), as_of, lambda name: (name,))


def permission(**changes: object) -> str:
    fields = {"dataset": "Set", "grants": "commercial-use", "from": "Owner", "on": "2026-01-01", "evidence": "x.pdf"}
    stated = ", ".join(f"{key}: {value}" for key, value in {**fields, **changes}.items() if value is not None)
    return f"permissions: [{{{stated}}}]"


def grants(text: str, part_id: str | None = "1", of: Dataset = SET, as_of: date = TODAY) -> set[str]:
    found = next((each for each in of.distributions if each.id == part_id), None)
    return set(evidence(text, as_of=as_of).facts(holding(of), of, found)["permission.grants"].words)


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
    assert bool(grants(permission(on=day, expires_on=expires))) is counts


def test_two_permissions_add_up() -> None:
    one, two = permission(), permission(grants="distribution")
    both = one.removesuffix("]") + ", " + two.removeprefix("permissions: [")
    assert grants(both) == {"commercial-use", "distribution"}


def test_a_permission_for_data_from_elsewhere_goes_by_their_name() -> None:
    held = other("Hospital CT", "CC-BY-NC-4.0")
    found = evidence(permission(dataset="Hospital CT"), (held,))
    assert found.facts(held, None, None)["permission.grants"] == known("commercial-use")
    assert found.facts(other("Clinic CT", "CC-BY-NC-4.0"), None, None)["permission.grants"] == known()


def test_a_dataset_is_found_by_any_of_its_names() -> None:
    found = gather(project(permission(dataset="the_set")), TODAY, lambda name: ("Set",))
    assert found.facts(holding(SET), SET, None)["permission.grants"] == known("commercial-use")


def test_a_permission_for_an_unknown_dataset_is_an_error() -> None:
    def unknown(name: str) -> tuple[str, ...]:
        raise InputError(f"unknown dataset {name!r}")

    with pytest.raises(InputError, match="unknown dataset 'Set'"):
        gather(project(permission()), TODAY, unknown)


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
    assert all(facts[name] == known() for name in ("permission.grants", "agreement.recorded", "agreement.accessions"))


def test_an_approval_that_has_lapsed_matters_for_its_own_data_only() -> None:
    lapsed = "agreements: [{id: dbgap, accession: phs002192, approved_on: 2024-01-01, evidence: x}]"
    assert evidence(lapsed).facts(holding(SET), SET, None)["agreement.approval_may_have_lapsed"] == known("false")
