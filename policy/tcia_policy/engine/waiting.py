"""What waits for an answer: the open rules, by what they ask for."""

from collections.abc import Sequence

from tcia_policy.engine.asked import Asked, asked_by, is_open
from tcia_policy.engine.branches import Judged
from tcia_policy.engine.judge_again import Cell, World
from tcia_policy.engine.rule_hits import RuleHit
from tcia_policy.lazy import dataclass
from tcia_policy.model import CellVerdict, Verdict


@dataclass(frozen=True)
class Stated:
    """The verdicts that the assessment states: on each data item and activity, and on the study as a whole."""

    verdicts: Sequence[CellVerdict]
    verdict: Verdict

    def open_cells(self) -> set[Cell]:
        """Return the data items and activities whose verdict is undetermined."""
        return {(cell.holding, cell.activity) for cell in self.verdicts if cell.verdict is Verdict.UNDETERMINED}


@dataclass(frozen=True)
class Waiting:
    """One thing that is asked for, the open rules that wait for it, what they concern, and the answers it can have."""

    asked: Asked
    hits: tuple[RuleHit, ...]
    cells: tuple[Cell, ...]
    answers: tuple[Judged, ...] = ()


def waiting_for_answers(world: World, hits: Sequence[RuleHit], stated: Stated) -> list[Waiting]:
    """Return what is asked for, once each. What is prohibited whatever the answer is no reason to ask."""
    open_cells = stated.open_cells()
    grouped: dict[Asked, list[RuleHit]] = {}
    for hit in hits:
        if is_open(hit) and (hit.holding is None or (hit.holding.id, hit.activity) in open_cells):
            for asked in asked_by(hit, world.case):
                grouped.setdefault(asked, []).append(hit)
    return [Waiting(asked, tuple(group), _cells(group, stated)) for asked, group in grouped.items()]


def _cells(hits: Sequence[RuleHit], stated: Stated) -> tuple[Cell, ...]:
    """Return what the rules concern, the study as a whole only if its verdict is undetermined."""
    concerned = dict.fromkeys((None if hit.holding is None else hit.holding.id, hit.activity) for hit in hits)
    return tuple(cell for cell in concerned if cell[0] is not None or stated.verdict is Verdict.UNDETERMINED)
