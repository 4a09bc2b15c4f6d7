"""The answers of those who are asked: what an owner, a committee or counsel may reply, and whether evidence counts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from tcia_policy.engine.agreements import regathered
from tcia_policy.engine.case import Case
from tcia_policy.engine.grantors import owners_in_words
from tcia_policy.engine.judge_again import World
from tcia_policy.engine.recorded_evidence import GRANTOR_RULE, Item, recorded
from tcia_policy.engine.suppose_parts import quoted
from tcia_policy.engine.suppositions import Supposition
from tcia_policy.lazy import dataclass
from tcia_policy.model import (
    Activity,
    Answer,
    EvidenceDocument,
    EvidenceSeen,
    Holding,
    HoldingKind,
    OutputKind,
    Permission,
)
from tcia_policy.model.evidence import WORLDWIDE
from tcia_policy.rules.rule_text import Answerer
from tcia_policy.rules.rulebook import Rule
from tcia_policy.text.nobody import names_somebody

Says = Literal["permitted", "prohibited"]
PERMITTED: Says = "permitted"
PROHIBITED: Says = "prohibited"
LEAVE = (Answerer.DATA_OWNER, Answerer.ACCESS_COMMITTEE)
TO_FILL_IN = "from: ..., on: ..., evidence: ..."


def replies_supposed(world: World, rule: Rule, cells: Sequence[tuple[str, Activity]]) -> list[Supposition]:
    """Return what those who may answer a rule may reply on these data items and activities."""
    asking = _Asking(world, rule, cells)
    permitting = [_reply(asking, PERMITTED, by) for by in asking.able_to_give_leave or (None,)]
    return [*permitting, _reply(asking, PROHIBITED, None)]


@dataclass(frozen=True)
class _Asking:
    """A rule that somebody is asked about, and what it waits on."""

    world: World
    rule: Rule
    cells: Sequence[tuple[str, Activity]]

    @property
    def holdings(self) -> list[Holding]:
        """Return the data items that it waits on."""
        ids = {id_ for id_, _ in self.cells}
        return [holding for holding, _ in self.world.readings if holding.id in ids]

    @property
    def able_to_give_leave(self) -> tuple[Answerer, ...]:
        """Return those who may answer, whose leave counts for all of these data."""
        case, able = self.world.case, (each for each in self.rule.text.answered_by if each in LEAVE)
        return tuple(each for each in able if all(_may_be_known(each, case, holding) for holding in self.holdings))

    def activities(self, holding: Holding) -> tuple[Activity, ...] | None:
        """Return the activities that a reply has to name; `None` where the rule names them itself."""
        if self.rule.activities_named:
            return None
        return tuple(activity for id_, activity in self.cells if id_ == holding.id)


def _reply(asking: _Asking, says: Says, by: Answerer | None) -> Supposition:
    """Return the answer that somebody permits or prohibits it; only `by` whom leave is given makes a difference."""
    world, rule, holdings = asking.world, asking.rule, asking.holdings
    entries = {_name_of(holding): _entry(rule, holding, asking.activities(holding), says) for holding in holdings}
    can_be_recorded = all(_is_answerable(world.case, rule, holding) for holding in holdings)
    answers = [_answer(world.case, rule, holding, asking.activities(holding), says) for holding in holdings]
    return Supposition(
        says=says if by is None else f"{says} by {by.in_words}",
        paste=f"answers: [{', '.join(entries.values())}]" if can_be_recorded else None,
        world=world.with_case(_with_answers(world.case, answers, by), [holding.id for holding in holdings]),
    )


def _name_of(holding: Holding) -> str:
    """Return the name by which an answer is about this data item."""
    return holding.item or holding.dataset or holding.name


def _answer(case: Case, rule: Rule, holding: Holding, activities: tuple[Activity, ...] | None, says: Says) -> Answer:
    return Answer.model_construct(
        rule=rule.id,
        data=_name_of(holding),
        says=says,
        from_="whoever may answer it",
        on=case.as_of,
        activities=activities,
        evidence=EvidenceDocument.model_construct(held_by="whoever answered it"),
    )


def _entry(rule: Rule, holding: Holding, activities: tuple[Activity, ...] | None, says: str) -> str:
    named = "" if activities is None else f", activities: [{', '.join(activities)}]"
    return f"{{rule: {rule.id}, data: {quoted(_name_of(holding))}, says: {says}{named}, {TO_FILL_IN}}}"


def _is_answerable(case: Case, rule: Rule, holding: Holding) -> bool:
    """Return whether a project can record a reply: its data have a name, and whoever answers it can be known."""
    is_named = holding.item is not None or holding.kind in (HoldingKind.DATASET, HoldingKind.OTHER)
    return is_named and any(_may_be_known(each, case, holding) for each in rule.text.answered_by)


def _may_be_known(answerer: Answerer, case: Case, holding: Holding) -> bool:
    """Return whether replies of this party count: of owners, those of datasets whose owners are recorded."""
    if answerer is not Answerer.DATA_OWNER:
        return True
    dataset = case.known.datasets.get(holding.dataset or "")
    return dataset is not None and bool(owners_in_words(dataset))


def _with_answers(case: Case, found: Sequence[Answer], by: Answerer | None) -> Case:
    """Return the case with these replies recorded, given by somebody who can give leave, or who cannot."""
    leave: dict[Item, frozenset[str]] = {
        answer: frozenset() if by is None else frozenset({by.value}) for answer in found
    }
    answers = tuple((answer, frozenset({answer.data})) for answer in found)
    evidence = replace(
        case.evidence,
        answers=(*case.evidence.answers, *answers),
        leave={**case.evidence.leave, **leave},
    )
    return replace(case, evidence=evidence)


def evidence_supposed(world: World, field: str, ids: Sequence[str]) -> list[Supposition]:
    """Return what follows if a piece of evidence counts, and if it does not; `ids` are the data items it may be for."""
    seen = next((item for item in world.case.evidence.seen if item.field == field), None)
    if seen is None or not field.startswith(("permissions", "agreements", "answers")):
        return []
    counts = _counting(world.case, seen)
    return [
        Supposition(_yes(world.case, seen), _confirmation(world.case, seen), world.with_case(counts, ids)),
        Supposition("it does not count: take it out", None, world.with_case(_without(world.case, seen), ids)),
    ]


def _yes(case: Case, seen: EvidenceSeen) -> str:
    if seen.doubt is not None:
        return "counsel confirms that they may give it"
    return "it counts" if seen.problem is None else f"it counts, once this is mended: {seen.problem}"


def _confirmation(case: Case, seen: EvidenceSeen) -> str | None:
    """Return how the project records that whoever gave a grant may give it."""
    item = _item(case, seen)
    if seen.doubt is None or not isinstance(item, Permission):
        return None
    named = f", activities: [{', '.join(item.activities)}]" if item.activities else ""
    return (
        f"answers: [{{rule: {GRANTOR_RULE}, data: {quoted(item.dataset)}, says: permitted, "
        f"grantor: {quoted(item.from_)}{named}, {TO_FILL_IN}}}]"
    )


def _item(case: Case, seen: EvidenceSeen) -> object:
    return dict(recorded(case.project))[seen.field]


def _counting(case: Case, seen: EvidenceSeen) -> Case:
    """Return the case as if nothing was wrong with the evidence, and it covered what is planned."""
    item = _item(case, seen)
    is_short = seen.problem is None and seen.doubt is None and isinstance(item, Permission)
    case = _widened(case, item) if is_short and isinstance(item, Permission) else case
    clean = seen.model_copy(update={"problem": None, "doubt": None})
    return _with_seen(case, tuple(clean if each.field == seen.field else each for each in case.evidence.seen))


def _widened(case: Case, permission: Permission) -> Case:
    """Return the case with the grant as it is if it covers what it does not speak of."""
    changes = {
        "to": permission.to if names_somebody(permission.to) else "whoever does the study",
        "territory": WORLDWIDE,
        "outputs": tuple(OutputKind),
    }
    wide = permission.model_copy(update=changes)
    permissions = tuple(wide if each == permission else each for each in case.project.permissions)
    return replace(case, project=case.project.model_copy(update={"permissions": permissions}))


def _without(case: Case, seen: EvidenceSeen) -> Case:
    """Return the case without this evidence."""
    name = seen.field.partition("[")[0]
    kept = tuple(item for index, item in enumerate(getattr(case.project, name)) if f"{name}[{index}]" != seen.field)
    fields = dict.fromkeys(field for field, _ in recorded(case.project) if field != seen.field)
    left = [each for each in case.evidence.seen if each.field in fields]
    project = case.project.model_copy(update={name: kept})
    renamed = dict(zip(fields, (field for field, _ in recorded(project)), strict=True))
    moved = tuple(each.model_copy(update={"field": renamed[each.field]}) for each in left)
    return _with_seen(replace(case, project=project), moved)


def _with_seen(case: Case, seen: tuple[EvidenceSeen, ...]) -> Case:
    return replace(case, evidence=regathered(case.evidence, case.project, seen))
