"""The judgment of some data items and activities once more, in a case where a question is supposed to be answered."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property

from tcia_policy.engine.asked import Asked, asked_by, is_open
from tcia_policy.engine.case import Case
from tcia_policy.engine.evidence_in_activity import Situations
from tcia_policy.engine.facts import situations
from tcia_policy.engine.findings import hits_that_count, verdict_of
from tcia_policy.engine.outcome import Outcome
from tcia_policy.engine.output_licenses import Releases
from tcia_policy.engine.question_texts import id_of
from tcia_policy.engine.rule_hits import Read, RuleHit, hits_on_data, hits_on_project
from tcia_policy.engine.use_facts import use_facts
from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, Holding, Project, Verdict
from tcia_policy.model.question import Consequence
from tcia_policy.rules.fact_value import Facts

Cell = tuple[str | None, Activity]
"""A data item, by its id, and an activity; `None` for the study as a whole."""


@dataclass(frozen=True)
class World:
    """A case with the readings of its data items: as it is, or as it would be if a question was answered.

    `activities` are all that are judged. `use` are the facts on the study that are supposed: they count in every
    reading. `unused` are the ids of data items of which nothing was used. `released` are the outputs of the case, where
    they are known from the world that this one was made from.
    """

    case: Case
    readings: Read
    activities: tuple[Activity, ...]
    use: Facts = field(default_factory=dict)
    released: Releases | None = None
    unused: frozenset[str] = frozenset()

    def situations_of(self, id_: str) -> Situations:
        """Return the readings of a data item."""
        return next(facts for _, facts in self.readings_of((id_,)))

    def readings_of(self, ids: Container[str]) -> Read:
        """Return the data items with these `ids`, each with its readings."""
        found = ((holding, facts) for holding, facts in self.readings if holding.id in ids)
        return [(holding, self._as_supposed(facts)) for holding, facts in found]

    def _as_supposed(self, situations: Situations) -> Situations:
        return [(reading, {**known, **self.use}) for reading, known in situations] if self.use else situations

    @cached_property
    def releases(self) -> Releases:
        """Return the outputs of the case, with every data item as an input."""
        return self.case.releases(self.readings) if self.released is None else self.released

    def read(self, holding: Holding) -> Situations:
        """Return the readings of a data item as it is given here, of which the case may have another form."""
        use = use_facts(self.case.project, self.case.as_of)
        return situations(holding, self.case.known, self.case.evidence, use)

    def with_holdings(self, changed: Mapping[str, tuple[Holding, Situations]]) -> "World":
        """Return the world with other data items or readings in place of those with these ids."""
        readings = [changed.get(holding.id, (holding, facts)) for holding, facts in self.readings]
        read = {id_: (holding, [reading for reading, _ in facts]) for id_, (holding, facts) in changed.items()}
        return replace(
            self,
            case=replace(self.case, holdings=tuple(holding for holding, _ in readings)),
            readings=readings,
            released=self.releases.reading(read),
        )

    def with_case(self, case: Case, ids: Iterable[str]) -> "World":
        """Return the world with a case of other evidence; the data items with these `ids` are read anew."""
        world = replace(self, case=case)
        wanted = frozenset(ids)
        changed = {holding.id: (holding, world.read(holding)) for holding, _ in self.readings if holding.id in wanted}
        return replace(
            world,
            readings=[changed.get(holding.id, (holding, facts)) for holding, facts in self.readings],
            released=None,
        )

    def with_project(self, project: Project) -> "World":
        """Return the world with a project of the same data and evidence."""
        case = replace(self.case, project=project)
        use = {**self.use, **use_facts(project, case.as_of)}
        return replace(self, case=case, use=use, released=replace(self.releases, project=project))


@dataclass(frozen=True)
class Result:
    """What one data item and activity come to, duties aside. `questions` are the ids of those that are open there."""

    consequence: Consequence
    questions: tuple[str, ...] = ()


def judge_again(world: World, cells: Iterable[Cell]) -> dict[Cell, Result]:
    """Return what each of these data items and activities comes to in that world."""
    wanted = list(cells)
    said = _said(world, wanted)
    return {
        cell: Result(Consequence.CLEAR) if cell[0] in world.unused else _result(cell, said[cell], world.case)
        for cell in wanted
    }


def _said(world: World, wanted: Sequence[Cell]) -> dict[Cell, list[RuleHit]]:
    """Return the rules with a verdict on each of the `wanted`; a prohibition of the study is one of every data item."""
    done: dict[str, list[Activity]] = {}
    for holding, activity in wanted:
        if holding is not None:
            done.setdefault(holding, []).append(activity)
    hits = [*_of_study(world, wanted), *judged_anew(world, done)]
    said: dict[Cell, list[RuleHit]] = {cell: [] for cell in wanted}
    for hit in hits_that_count(hits):
        if hit.judgment.outcome is Outcome.LIFTED or verdict_of(hit) is None:
            continue
        cell = (None if hit.holding is None else hit.holding.id, hit.activity)
        if cell in said:
            said[cell].append(hit)
        if hit.holding is None and verdict_of(hit) is Verdict.PROHIBITED:
            for (holding, activity), own in said.items():
                if holding is not None and activity is hit.activity:
                    own.append(hit)
    return said


def judged_anew(world: World, done: Mapping[str, Sequence[Activity]]) -> list[RuleHit]:
    """Return what every rule in force says in that world of each data item in `done`, for its activities there."""
    rules = world.case.rules.of_day(world.case.as_of)
    readings = world.readings_of(done)
    return list(hits_on_data(world.case, done, readings, rules, releases=world.releases, with_values=False))


def _of_study(world: World, wanted: Sequence[Cell]) -> list[RuleHit]:
    """Return what is said of the study as a whole, where it is wanted or may bind the data items."""
    rules = world.case.rules.of_day(world.case.as_of)
    may_bind = any(rule.verdict is Verdict.PROHIBITED for rule in rules.on_study)
    if may_bind or any(holding is None for holding, _ in wanted):
        return list(hits_on_project(world.case, world.activities, rules))
    return []


def _result(cell: Cell, hits: Sequence[RuleHit], case: Case) -> Result:
    if not hits:
        is_of_study = cell[0] is None
        return Result(Consequence.CLEAR) if is_of_study else Result(Consequence.OPEN, (case.rules.fallback.id,))
    worst = max((verdict for hit in hits if (verdict := verdict_of(hit)) is not None), key=_severity)
    if worst is Verdict.PROHIBITED:
        return Result(Consequence.PROHIBITED)
    if worst is not Verdict.UNDETERMINED:
        return Result(Consequence.CLEAR)
    asked: dict[Asked, None] = dict.fromkeys(each for hit in hits if is_open(hit) for each in asked_by(hit, case))
    return Result(Consequence.OPEN, tuple(id_of(each, case) for each in asked))


def _severity(verdict: Verdict) -> int:
    return verdict.severity
