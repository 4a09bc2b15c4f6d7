"""What changed between two assessments."""

import random
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.model import Assessment, DutyStatus, Holding, Verdict
from tcia_policy.model.changes import (
    AssessmentDiff,
    DutyState,
    QuestionBecame,
    QuestionState,
    Turn,
)
from tcia_policy.model.decision import Reject
from tcia_policy.model.decision_kinds import DecisionStatus
from tcia_policy.review.compare.compare import compare
from tests.review.compare.studies import ASKED, ASKING, ITEM, decision, matter, question, with_review

Edit = Callable[[Assessment, int], Assessment]
LISTS = ("holdings", "verdicts", "findings", "duties", "citations", "terms", "origins", "questions", "matters")
OPPOSITE = {Turn.WORSE: Turn.BETTER, Turn.BETTER: Turn.WORSE, Turn.NEITHER: Turn.NEITHER}
OF_THE_LATER = {"became", "text", "why", "required", "names", "name", "kind"}
PAIRS = (("before", "after"), ("rules_before", "rules_after"), ("lost", "gained"))


def changed(assessment: Assessment, **fields: object) -> Assessment:
    return assessment.model_copy(update=fields)


def verdict_of(assessment: Assessment, number: int, verdict: Verdict) -> Assessment:
    cells = list(assessment.verdicts)
    cells[number] = cells[number].model_copy(update={"verdict": verdict})
    return changed(assessment, verdicts=tuple(cells))


def without(name: str) -> Edit:
    def edit(assessment: Assessment, number: int) -> Assessment:
        items = list(getattr(assessment, name))
        if items:
            del items[number % len(items)]
        return changed(assessment, **{name: tuple(items)})

    return edit


def _verdict(assessment: Assessment, number: int) -> Assessment:
    cells = assessment.verdicts
    return verdict_of(assessment, number % len(cells), list(Verdict)[number % 4]) if cells else assessment


def _duty(assessment: Assessment, number: int) -> Assessment:
    duties = list(assessment.duties)
    if duties:
        place = number % len(duties)
        duties[place] = duties[place].model_copy(
            update={"status": list(DutyStatus)[number % 3], "required": number % 2 == 0}
        )
    return changed(assessment, duties=tuple(duties))


def _decided(assessment: Assessment, number: int) -> Assessment:
    asked = list(assessment.questions)
    if asked:
        place = number % len(asked)
        asked[place] = asked[place].model_copy(update={"decided_by": ("it",) if number % 2 else ()})
    status = list(DecisionStatus)[number % len(DecisionStatus)]
    return with_review(changed(assessment, questions=tuple(asked)), decision("it", status, ASKED))


def _matter(assessment: Assessment, number: int) -> Assessment:
    matters = list(assessment.matters)
    if matters:
        place = number % len(matters)
        matters[place] = matter(matters[place].id, f"line {number}", f"rule r: {number}", rule="r")
    return changed(assessment, matters=tuple(matters))


EDITS: tuple[Edit, ...] = (*map(without, LISTS), _verdict, _duty, _decided, _matter)


def shuffled(assessment: Assessment, seed: int) -> Assessment:
    order = random.Random(seed)  # noqa: S311 - an order, no secret
    fields = {name: list(getattr(assessment, name)) for name in LISTS}
    for items in fields.values():
        order.shuffle(items)
    return changed(assessment, **{name: tuple(items) for name, items in fields.items()})


def looked_for_no_longer(value: dict[str, Any]) -> bool:
    """Return whether it is a duty whose turn has no mirror: to look no longer for what was open is not better."""
    states = ["open", "unverified"]
    return [value.get("before"), value.get("after")] in (states, states[::-1])


def mirrored(value: Any) -> Any:
    """Return what changed the other way round, without what is told of the later of the two alone."""
    if isinstance(value, list):
        return sorted((mirrored(each) for each in value), key=repr)
    if not isinstance(value, dict):
        return value
    swapped = dict(value)
    for one, other in (*PAIRS, ("old", "new")):
        if one in value:
            swapped[one], swapped[other] = value[other], value[one]
    if looked_for_no_longer(value):
        swapped.pop("turn")
    elif "turn" in value:
        swapped["turn"] = OPPOSITE[Turn(value["turn"])].value
    return {key: mirrored(each) for key, each in swapped.items() if key not in OF_THE_LATER}


def as_it_is(value: Any) -> Any:
    if isinstance(value, list):
        return sorted((as_it_is(each) for each in value), key=repr)
    if not isinstance(value, dict):
        return value
    kept = dict(value)
    if looked_for_no_longer(value):
        kept.pop("turn")
    return {key: as_it_is(each) for key, each in kept.items() if key not in OF_THE_LATER}


def _lists(diff: AssessmentDiff) -> dict[str, Any]:
    return {name: each for name, each in diff.model_dump(mode="json").items() if name not in ("turn", "old", "new")}


studies = st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 50)), max_size=5).map(
    lambda edits: _edited(ASKING, edits)
)


def _edited(assessment: Assessment, edits: Sequence[tuple[Edit, int]]) -> Assessment:
    for edit, number in edits:
        assessment = edit(assessment, number)
    return assessment


@given(study=studies, seed=st.integers(0, 9))
def test_nothing_changed_in_the_same_study_in_any_order(study: Assessment, seed: int) -> None:
    assert compare(study, study).is_empty
    assert compare(study, shuffled(study, seed)).is_empty


@given(one=studies, other=studies, seed=st.integers(0, 9))
def test_it_is_mirrored_and_no_order_counts(one: Assessment, other: Assessment, seed: int) -> None:
    there, back = compare(one, other), compare(other, one)
    assert mirrored(_lists(there)) == as_it_is(_lists(back))
    turned = {
        each.turn
        for name in ("verdicts", "outputs", "questions", "duties", "decisions")
        for each in getattr(there, name)
    }
    assert (there.turn is Turn.WORSE) == (Turn.WORSE in turned)
    assert _lists(compare(shuffled(one, seed), shuffled(other, seed + 1))) == _lists(there)


def test_worse_outweighs_better() -> None:
    worse = verdict_of(verdict_of(ASKING, 0, Verdict.PROHIBITED), 1, Verdict.PERMITTED)
    before = verdict_of(verdict_of(ASKING, 0, Verdict.PERMITTED), 1, Verdict.PROHIBITED)
    diff = compare(before, worse)
    assert diff.turn is Turn.WORSE
    assert {each.turn for each in diff.verdicts} == {Turn.WORSE, Turn.BETTER}


@pytest.mark.parametrize(
    ("before", "after", "became", "turn"),
    [
        ((), (question(ASKED),), QuestionBecame.NEW, Turn.WORSE),
        ((question(ASKED),), (), QuestionBecame.SETTLED, Turn.BETTER),
        ((question(ASKED),), (question(ASKED, "ok"),), QuestionBecame.SETTLED, Turn.BETTER),
        ((question(ASKED, "ok"),), (question(ASKED),), QuestionBecame.STALE, Turn.WORSE),
        ((), (question(ASKED, "ok"),), QuestionBecame.NEW, Turn.NEITHER),
    ],
)
def test_what_became_of_a_question(
    before: tuple[Any, ...], after: tuple[Any, ...], became: QuestionBecame, turn: Turn
) -> None:
    diff = compare(changed(ASKING, questions=before), changed(ASKING, questions=after))
    [found] = diff.questions
    assert (found.id, found.became, found.turn) == (ASKED, became, turn)


def test_a_conclusion_that_no_longer_counts_makes_its_question_stale() -> None:
    """A conclusion settles facts, so that the question is not in the assessment in which it counts."""
    concluded = with_review(changed(ASKING, questions=()), decision("it", DecisionStatus.COUNTS, ASKED))
    why = "NBIA states another license"
    stale = with_review(
        changed(ASKING, questions=(question(ASKED),)), decision("it", DecisionStatus.STALE, ASKED, why=why)
    )
    diff = compare(concluded, stale)
    [found] = diff.questions
    assert (found.became, found.before, found.after) == (
        QuestionBecame.STALE,
        QuestionState.DECIDED,
        QuestionState.OPEN,
    )
    assert found.decisions == ("it",)
    [lost] = diff.decisions
    assert (lost.name, lost.before, lost.after, lost.why) == ("it", DecisionStatus.COUNTS, DecisionStatus.STALE, why)
    [back] = compare(stale, concluded).questions
    assert (back.became, back.turn) == (QuestionBecame.SETTLED, Turn.BETTER)


def test_what_a_question_rests_on_is_shown_and_its_rule() -> None:
    now = matter(ASKED, "claim: CC-BY-NC-3.0 by NBIA", "rule cc-x: prohibits sharing", rule="cc-x")
    diff = compare(ASKING, changed(ASKING, matters=(now, ASKING.matters[1])))
    [found] = diff.questions
    assert found.became is QuestionBecame.CHANGED
    assert found.lost == ("claim: CC-BY-3.0 by NBIA", "rule cc-x: prohibits commercial use")
    assert found.gained == ("claim: CC-BY-NC-3.0 by NBIA", "rule cc-x: prohibits sharing")
    [rule] = diff.rules
    assert (rule.id, rule.lost, rule.gained) == ("cc-x", ("prohibits commercial use",), ("prohibits sharing",))


def test_a_matter_that_was_added_to_a_question_is_named() -> None:
    more = matter("license/other", "claim: none")
    asked = question(ASKED, matters=(ASKED, more.id))
    diff = compare(ASKING, changed(ASKING, questions=(asked, ASKING.questions[1]), matters=(*ASKING.matters, more)))
    assert diff.questions[0].gained == (more.text,)


def renamed(assessment: Assessment, ids: dict[str, str]) -> Assessment:
    def new(id_: str) -> str:
        return ids.get(id_, id_)

    def within(id_: str) -> str:
        return "".join(map(new, re.split(r"(/)", id_)))

    return changed(
        assessment,
        holdings=tuple(each.model_copy(update={"id": new(each.id)}) for each in assessment.holdings),
        verdicts=tuple(each.model_copy(update={"holding": new(each.holding)}) for each in assessment.verdicts),
        terms=tuple(each.model_copy(update={"holding": new(each.holding)}) for each in assessment.terms),
        questions=tuple(
            each.model_copy(
                update={
                    "id": within(each.id),
                    "matters": tuple(map(within, each.matters)),
                }
            )
            for each in assessment.questions
        ),
        matters=tuple(each.model_copy(update={"id": within(each.id)}) for each in assessment.matters),
        duties=tuple(
            each.model_copy(update={"holdings": tuple(map(new, each.holdings))}) for each in assessment.duties
        ),
    )


def test_another_id_for_the_same_data_is_told_and_nothing_that_hangs_on_it() -> None:
    diff = compare(ASKING, renamed(ASKING, {ITEM: "lung"}))
    assert diff.turn is Turn.NEITHER
    assert [name for name, each in _lists(diff).items() if each] == []


def test_ids_that_were_swapped_mean_what_they_mean() -> None:
    one, other = (held.id for held in ASKING.holdings[:2])
    diff = compare(ASKING, renamed(ASKING, {one: other, other: one}))
    assert [name for name, each in _lists(diff).items() if each] == []


def test_a_users_id_that_now_means_other_data_is_another_data_item() -> None:
    first = ASKING.holdings[0]
    other = first.model_copy(update={"dataset": "NLST", "name": "NLST"})
    diff = compare(ASKING, changed(ASKING, holdings=(other, *ASKING.holdings[1:])))
    gone = [each.before.name for each in diff.items if each.before is not None and each.after is None]
    new = [each.after.name for each in diff.items if each.after is not None and each.before is None]
    assert (gone, new) == ([first.name], ["NLST"])
    cells = [cell.name for each in diff.verdicts if each.before is None for cell in each.cells]
    assert set(cells) == {"NLST"}


def test_another_version_is_the_same_data_item() -> None:
    first: Holding = ASKING.holdings[0]
    diff = compare(ASKING, changed(ASKING, holdings=(first.model_copy(update={"version": "9"}), *ASKING.holdings[1:])))
    [found] = diff.items
    assert found.before is not None
    assert found.after is not None
    assert (found.before.version, found.after.version) == (None, "9")


def test_one_more_reason_against_it_is_worse() -> None:
    number = next(n for n, cell in enumerate(ASKING.verdicts) if cell.verdict is Verdict.PROHIBITED)
    cells = list(ASKING.verdicts)
    cells[number] = cells[number].model_copy(update={"rules": ("cc-noncommercial", "house-rule")})
    after = changed(ASKING, verdicts=tuple(cells))
    assert compare(ASKING, after).turn is Turn.WORSE
    assert compare(after, ASKING).turn is Turn.BETTER


def test_a_duty_that_is_met_and_one_that_a_decision_lets_pass() -> None:
    number = next(n for n, duty in enumerate(ASKING.duties) if duty.status is DutyStatus.OPEN and duty.required)
    duties = list(ASKING.duties)
    duties[number] = duties[number].model_copy(update={"decided_by": ("later",)})
    [found] = compare(ASKING, changed(ASKING, duties=tuple(duties))).duties
    assert (found.before, found.after, found.turn) == (DutyState.OPEN, DutyState.DECIDED, Turn.BETTER)


def stated_by(assessment: Assessment, source: str) -> Assessment:
    first, *others = assessment.terms
    part = first.parts[0]
    stated = part.stated[0].model_copy(update={"sources": (source,)})
    parts = (part.model_copy(update={"stated": (stated,)}), *first.parts[1:])
    return changed(assessment, terms=(first.model_copy(update={"parts": parts}), *others))


def test_a_license_that_another_source_states_is_told_with_both_sides() -> None:
    now, later = (stated_by(ASKING, source) for source in ("Somebody, 2026-01-01", "Somebody, 2026-02-02"))
    [found] = compare(ASKING, now).licenses
    assert found.after is not None
    assert [each.partition(": ")[2] for each in found.after.stated] == ["Somebody"]
    assert compare(now, later).is_empty


def test_versions_and_files_alone_change_no_answer() -> None:
    digests = ASKING.versions.digests.model_copy(update={"registry": "a" * 64, "project": "b" * 64})
    after = changed(ASKING, versions=ASKING.versions.model_copy(update={"program": "9.9", "digests": digests}))
    diff = compare(ASKING, after)
    assert diff.answers_alike
    assert not diff.is_empty
    assert [each.what for each in diff.versions] == ["program", "registry"]
    assert diff.inputs == ("the project",)


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        (None, DutyStatus.OPEN, Turn.WORSE),
        (None, DutyStatus.UNVERIFIED, Turn.NEITHER),
        (DutyStatus.MET, DutyStatus.UNVERIFIED, Turn.WORSE),
        (DutyStatus.UNVERIFIED, DutyStatus.OPEN, Turn.WORSE),
        (DutyStatus.OPEN, DutyStatus.UNVERIFIED, Turn.NEITHER),
        (DutyStatus.OPEN, DutyStatus.MET, Turn.BETTER),
        (DutyStatus.OPEN, None, Turn.BETTER),
    ],
)
def test_a_duty_is_better_only_where_it_is_done_or_not_owed(
    before: DutyStatus | None, after: DutyStatus | None, turn: Turn
) -> None:
    required = next(duty for duty in ASKING.duties if duty.required)
    sides = [
        changed(ASKING, duties=() if status is None else (required.model_copy(update={"status": status}),))
        for status in (before, after)
    ]
    [found] = compare(*sides).duties
    assert found.turn is turn


@pytest.mark.parametrize("rejects", [False, True])
def test_a_decision_of_which_nothing_is_left_is_neither_worse_nor_better(*, rejects: bool) -> None:
    accepted = decision("a", DecisionStatus.COUNTS, ASKED)
    fields = {**accepted.decision.model_dump(exclude={"until"}), "kind": "reject", "evidence": None}
    made = Reject.model_validate({**fields, "reason": "No."}) if rejects else accepted.decision
    counts = accepted.model_copy(update={"decision": made})
    gone = counts.model_copy(update={"status": DecisionStatus.UNKNOWN})
    old, new = with_review(ASKING, counts), with_review(ASKING, gone)
    assert [each.turn for each in compare(old, new).decisions] == [Turn.NEITHER]
    begins = Turn.WORSE if rejects else Turn.BETTER
    assert [each.turn for each in compare(new, old).decisions] == [begins]


def test_a_question_goes_with_its_data_item() -> None:
    without_item = changed(
        ASKING,
        holdings=tuple(held for held in ASKING.holdings if held.id != ITEM),
        questions=(ASKING.questions[1],),
    )
    became = {each.id: each.became for each in compare(ASKING, without_item).questions}
    assert became == {ASKED: QuestionBecame.GONE}


def test_the_name_of_a_dataset_in_a_duty_is_no_id_of_a_data_item() -> None:
    """A user's `id:` changes what the data item is known by; `cc-attribution:LIDC-IDRI` is about the dataset."""
    duty = ASKING.duties[0].model_copy(
        update={"id": f"cc-attribution:{ITEM}/{ITEM}", "holdings": (ITEM,), "status": DutyStatus.OPEN}
    )
    before = changed(ASKING, duties=(duty,))
    after = renamed(
        changed(ASKING, duties=(duty.model_copy(update={"id": f"cc-attribution:{ITEM}/lung"}),)), {ITEM: "lung"}
    )
    assert compare(before, after).duties == ()
