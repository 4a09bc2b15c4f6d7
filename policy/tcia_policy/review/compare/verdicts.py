"""Verdicts and outputs, compared."""

from collections.abc import Iterator, Mapping

from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, Assessment, Verdict
from tcia_policy.model.changes import Cell, OutputChange, Turn, VerdictChange

_Key = tuple[str, Activity]  # a data item's id, or "" for the study as a whole; and an activity
OBJECT = (Verdict.UNDETERMINED, Verdict.PROHIBITED)


@dataclass(frozen=True)
class _Judged:
    verdict: Verdict | None = None
    rules: tuple[str, ...] = ()

    @property
    def objects(self) -> bool:
        return self.verdict in OBJECT


NOT_JUDGED = _Judged()


def turn_of(before: int, after: int) -> Turn:
    """Return whether it is for the worse or the better that what is bad went from `before` to `after`."""
    if before == after:
        return Turn.NEITHER
    return Turn.WORSE if after > before else Turn.BETTER


def verdict_changes(old: Assessment, new: Assessment) -> Iterator[VerdictChange]:
    """Yield the verdicts that changed, those that changed alike together.

    One that only comes with a new data item or activity, or goes with it, is a turn only if it stands against
    something. Where the same verdict rests on other rules than before, that is told of what is undetermined or
    prohibited: one more rule is worse, one less is better.
    """
    before, after = _judged(old), _judged(new)
    names = {held.id: held.name for held in (*old.holdings, *new.holdings)}
    groups: dict[tuple[_Judged, _Judged], list[Cell]] = {}
    for key in sorted({*before, *after}):
        was, is_ = before.get(key, NOT_JUDGED), after.get(key, NOT_JUDGED)
        if was.verdict is not is_.verdict or (is_.objects and was.rules != is_.rules):
            item, activity = key
            cell = Cell(item=item or None, name=names.get(item), activity=activity)
            groups.setdefault((was, is_), []).append(cell)
    for (was, is_), cells in groups.items():
        yield VerdictChange(
            before=was.verdict,
            after=is_.verdict,
            rules_before=was.rules,
            rules_after=is_.rules,
            cells=tuple(cells),
            turn=_turn(was, is_),
        )


def _turn(was: _Judged, is_: _Judged) -> Turn:
    if was.verdict is is_.verdict:
        lost, gained = {*was.rules} - {*is_.rules}, {*is_.rules} - {*was.rules}
        return Turn.NEITHER if lost and gained else turn_of(len(lost), len(gained))
    if was.verdict is None or is_.verdict is None:
        return turn_of(was.objects, is_.objects)
    return turn_of(was.verdict.severity, is_.verdict.severity)


def _judged(assessment: Assessment) -> Mapping[_Key, _Judged]:
    """Return what was judged: of every cell, and what findings on the study as a whole say.

    The rules are those that stand against it; what makes a verdict conditional are duties, which are told as such.
    """
    found = {
        (cell.holding, cell.activity): _Judged(
            cell.verdict, tuple(sorted(cell.rules)) if cell.verdict in OBJECT else ()
        )
        for cell in assessment.verdicts
    }
    whole: dict[Activity, list[tuple[Verdict, str]]] = {}
    for finding in assessment.findings:
        if finding.holding is None and finding.lifted_by is None and finding.verdict in OBJECT:
            for activity in finding.activities:
                whole.setdefault(activity, []).append((finding.verdict, finding.rule))
    for activity, said in whole.items():
        worst = max((verdict for verdict, _ in said), key=lambda verdict: verdict.severity)
        rules = tuple(sorted({rule for verdict, rule in said if verdict is worst}))
        found["", activity] = _Judged(worst, rules)
    return found


def output_changes(old: Assessment, new: Assessment) -> Iterator[OutputChange]:
    """Yield the outputs that are new, gone, or cleared where they were not. Outputs of one name count as one."""
    before, after = _cleared(old), _cleared(new)
    for name in sorted({*before, *after}):
        was, is_ = before.get(name), after.get(name)
        if was != is_:
            yield OutputChange(name=name, before=was, after=is_, turn=turn_of(was is False, is_ is False))


def _cleared(assessment: Assessment) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for each in assessment.clearance.outputs:
        found[each.output.name] = found.get(each.output.name, True) and each.cleared
    return found
