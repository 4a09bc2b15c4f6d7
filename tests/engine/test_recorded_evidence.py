"""Evidence piece by piece: days in the future, days before there was anything, and who gave it."""

from datetime import date

import pytest

from tcia_policy.engine.recorded_evidence import (
    Surroundings,
    examine,
    in_words,
    recorded,
    refuse_future_days,
    without_unfounded_position,
)
from tcia_policy.errors import InputError
from tcia_policy.evidence.observations import DocumentSeen
from tcia_policy.model import Dataset, EvidenceSeen
from tests.engine.small import TODAY, dataset, own, part, project, rules

SET = dataset("Set", part("1", own("CC-BY-NC-4.0")))  # of 2020, by "A study group"
GRANT = "permissions: [{{dataset: Set, grants: commercial-use, from: {who}, on: {day}, evidence: x}}]"
REPLY = "answers: [{{rule: {rule}, data: Set, says: permitted, from: {who}, on: {day}, evidence: x}}]"


def seen(text: str, problem: str | None = None) -> tuple[EvidenceSeen, ...]:
    def datasets_of(name: str) -> list[Dataset]:
        return [SET] if name.casefold() == "set" else []

    around = Surroundings(TODAY, rules(), lambda _: DocumentSeen(problem=problem), datasets_of, len)
    return examine(project(text), around)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (GRANT.format(who="X", day="2026-11-23"), "permissions[0].on"),
        (REPLY.format(rule="r", who="X", day="2026-11-23"), "answers[0].on"),
        ("agreements: [{id: dbgap, approved_on: 2026-11-23, evidence: x}]", "agreements[0].approved_on"),
        ("agreements: [{id: cptac-data-use, signed_on: 2026-11-23, evidence: x}]", "agreements[0].signed_on"),
        ("positions: {model-is-adaptation: {value: true, on: 2026-11-23}}", "positions.model-is-adaptation.on"),
        ("cptac: {raw_data_public_since: 2026-11-23}", "cptac.raw_data_public_since"),
    ],
)
def test_a_day_in_the_future_is_an_error_and_today_is_none(text: str, field: str) -> None:
    with pytest.raises(InputError, match="is in the future") as raised:
        refuse_future_days(project(text), TODAY)
    assert raised.value.field == field
    refuse_future_days(project(text), date(2026, 11, 23))


@pytest.mark.parametrize(("day", "counts"), [("0001-01-01", False), ("2019-12-31", False), ("2020-01-01", True)])
def test_a_grant_from_before_the_data_existed_counts_for_nothing(day: str, counts: bool) -> None:
    (found,) = seen(GRANT.format(who="A study group", day=day))
    assert found.counts is counts


def test_an_agreement_from_before_the_archives_counts_for_nothing() -> None:
    (found,) = seen("agreements: [{id: cptac-data-use, signed_on: 2010-12-31, evidence: x}]")
    assert "cannot be its day" in (found.problem or "")


def test_what_is_wrong_with_a_document_is_said_at_its_line() -> None:
    (found,) = seen(GRANT.format(who="A study group", day="2026-01-01"), "x: no such file")
    assert (found.problem, found.field, found.line) == ("x: no such file", "permissions[0]", len("permissions[0]"))


def test_a_grant_from_somebody_else_is_in_doubt_until_counsel_confirms_it() -> None:
    granted = GRANT.format(who="My cousin", day="2026-01-01")
    (found,) = seen(granted)
    assert found.counts
    assert found.doubt == "the recorded contact is A study group; who is My cousin, who gave this grant?"
    confirmed = REPLY.format(rule="grant-from-somebody-else", who="Office of Counsel", day="2026-02-01")
    assert seen(f"{granted}\n{confirmed}")[0].doubt is None
    later = confirmed.replace("2026-02-01", "2026-11-23")
    assert seen(f"{granted}\n{later}")[0].doubt is not None
    denied = seen(f"{granted}\n{confirmed.replace('says: permitted', 'says: prohibited')}")[0]
    assert denied.problem == "Office of Counsel said on 2026-02-01 that My cousin may not give it"
    by_another = REPLY.format(rule="grant-from-somebody-else", who="My aunt", day="2026-02-01")
    assert seen(f"{granted}\n{by_another}")[0].doubt is not None


CONFIRMED = REPLY.format(rule="grant-from-somebody-else", who="Office of Counsel", day="2026-02-01")
TO_TRAIN = GRANT.format(who="My cousin", day="2026-01-01").replace("evidence", "activities: [train-model], evidence")


def test_counsel_denies_a_grantor_however_the_data_are_spelled() -> None:
    denied = CONFIRMED.replace("permitted", "prohibited").replace("data: Set", "data: SET")
    assert "may not give it" in (seen(f"{TO_TRAIN}\n{denied}")[0].problem or "")
    of_another = denied.replace("says:", "grantor: My aunt, says:")
    assert seen(f"{TO_TRAIN}\n{of_another}")[0].problem is None


@pytest.mark.parametrize(
    ("change", "is_confirmed"),
    [
        (("data: Set", "data: SET"), True),
        (("says:", "activities: [train-model, analyze], says:"), True),
        (("says:", "activities: [analyze], says:"), False),
        (("2026-02-01", "2025-12-31"), False),
        (("says:", "grantor: my  Cousin, says:"), True),
        (("says:", "grantor: My aunt, says:"), False),
        (("data: Set", "data: Other"), False),
    ],
)
def test_a_confirmation_covers_what_it_says(change: tuple[str, str], is_confirmed: bool) -> None:
    assert (seen(f"{TO_TRAIN}\n{CONFIRMED.replace(*change)}")[0].doubt is None) is is_confirmed


def test_a_confirmation_that_names_nobody_settles_no_doubt_about_two() -> None:
    second = TO_TRAIN.removeprefix("permissions: [").removesuffix("]").replace("My cousin", "My aunt")
    both = f"{TO_TRAIN.removesuffix(']')}, {second}]"
    assert [item.doubt is None for item in seen(f"{both}\n{CONFIRMED}")[:2]] == [False, False]
    named = CONFIRMED.replace("says:", "grantor: My aunt, says:")
    assert [item.doubt is None for item in seen(f"{both}\n{named}")[:2]] == [False, True]


def test_a_grant_for_data_that_the_registry_does_not_have_is_in_doubt() -> None:
    (found,) = seen(GRANT.format(who="A study group", day="2026-01-01").replace("dataset: Set", "dataset: Hospital CT"))
    assert (found.doubt or "").startswith("no contact of these data is recorded")


@pytest.mark.parametrize(
    ("who", "day", "counts"),
    [
        ("NCI Data Access Committee", "2026-03-01", True),
        ("the DAC", "2026-03-01", True),
        ("A study group", "2026-03-01", False),
        ("my cousin", "2026-03-01", False),
        ("NCI Data Access Committee", "2024-03-01", False),
    ],
)
def test_an_answer_counts_from_who_may_give_it_once_there_is_the_question(who: str, day: str, counts: bool) -> None:
    (found,) = seen(REPLY.format(rule="nih-models-ask-the-committee", who=who, day=day))
    assert found.counts is counts


def test_a_position_whose_document_counts_for_nothing_is_none() -> None:
    stated = project("positions: {model-is-adaptation: {value: false, by: Counsel, evidence: x}}")
    ((field, item),) = recorded(stated)
    good = EvidenceSeen(field=field, text=in_words(item))
    assert without_unfounded_position(stated, [good]).positions.is_adaptation is False
    bad = good.model_copy(update={"problem": "no such file"})
    assert without_unfounded_position(stated, [bad]).positions.is_adaptation is None


def test_a_position_counts_from_its_day() -> None:
    stated = "positions: {{model-is-adaptation: {{value: false, by: Counsel, on: {day}, evidence: x}}}}"
    (later,) = seen(stated.format(day="2026-11-23"))
    assert later.problem == "it was taken on 2026-11-23, after 2026-11-22, the day judged"
    assert seen(stated.format(day="2026-11-22"))[0].counts


def test_an_answer_and_an_agreement_are_no_older_than_the_data() -> None:
    for text in (
        REPLY.format(rule="grant-from-somebody-else", who="Office of Counsel", day="2019-12-31"),
        "agreements: [{id: cptac-data-use, dataset: Set, signed_on: 2019-12-31, evidence: x}]",
    ):
        assert "before the data existed" in (seen(text)[0].problem or "")


def test_raw_data_are_public_since_there_were_archives() -> None:
    with pytest.raises(InputError, match="no CPTAC data were public"):
        refuse_future_days(project("cptac: {raw_data_public_since: 1900-01-01}"), TODAY)
