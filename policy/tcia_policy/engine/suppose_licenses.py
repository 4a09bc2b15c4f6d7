"""The licenses that outputs may carry: as answers to which license it is, and beside a legal position."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import yaml

from tcia_policy.engine.findings import verdict_of
from tcia_policy.engine.judge_again import Cell, World
from tcia_policy.engine.outcome import Outcome
from tcia_policy.engine.output_licenses import UNSTATED
from tcia_policy.engine.rule_hits import hits_on_data
from tcia_policy.engine.suppose_facts import as_paste, pasted
from tcia_policy.engine.suppositions import Supposition
from tcia_policy.model import Activity, Output, Verdict
from tcia_policy.rules.compatibility import outputs_of
from tcia_policy.rules.rulebook import RuleBook
from tcia_policy.text.english import first_of, joined, one_of

# So many data items and activities are judged at most for the licenses of one question; that bounds its time.
MOST_JUDGED = 600
FEWEST_TRIED = 3
_BARRING = (Verdict.UNDETERMINED, Verdict.PROHIBITED)


def licenses_of_outputs_supposed(world: World, cells: Sequence[Cell]) -> list[Supposition]:
    """Return an answer for each candidate license of the outputs that these activities release."""
    if _in_question(world, cells) is None:
        return []
    most = max(FEWEST_TRIED, MOST_JUDGED // max(1, len(cells)))
    tried = dict.fromkeys((*_own_licenses(world, cells), *world.case.known.charts.candidates))
    return [_under(world, cells, license_id) for license_id in list(tried)[:most]]


def _own_licenses(world: World, cells: Sequence[Cell]) -> list[str]:
    """Return the licenses of the data that wait, as far as they are described."""
    ids = dict.fromkeys(holding for holding, _ in cells if holding is not None)
    stated = (reading.license or "" for id_ in ids for reading, _ in world.situations_of(id_))
    return [name for name in stated if name in world.case.known.licenses]


def _under(world: World, cells: Sequence[Cell], license_id: str) -> Supposition:
    outputs = _with_license(_in_question(world, cells) or (), cells, license_id)
    written = [output.model_dump(mode="json", exclude_none=True) for output in outputs]
    entry = f"outputs: {yaml.safe_dump(written, default_flow_style=True, width=float('inf'), sort_keys=False).strip()}"
    paste = as_paste(world.case.project, "use", entry)
    return Supposition(license_id, paste, world.with_project(pasted(world.case.project, "use", paste)))


def _in_question(world: World, cells: Sequence[Cell]) -> tuple[Output, ...] | None:
    """Return the outputs of the project, with one for each activity that releases something and has none.

    `None` where it is not known what an activity releases.
    """
    found = list(world.case.project.use.outputs or ())
    for activity in dict.fromkeys(activity for _, activity in cells):
        if not any(output.kind in outputs_of(activity) for output in found):
            kind = UNSTATED.get(activity)
            if kind is None:
                return None
            found.append(Output(kind=kind))
    return tuple(found)


def _with_license(outputs: Sequence[Output], cells: Sequence[Cell], license_id: str) -> tuple[Output, ...]:
    """Return the outputs, with this license those that the activities release."""
    kinds = {kind for _, activity in cells for kind in outputs_of(activity)}
    changes = {"license": license_id, "license_file": None}
    return tuple(output.model_copy(update=changes) if output.kind in kinds else output for output in outputs)


def with_licenses_noted(supposition: Supposition, cells: Sequence[Cell]) -> Supposition:
    """Return the answer with a note on the licenses that the outputs of these activities may carry then."""
    world = _about_licenses_alone(supposition.world)
    outputs = _in_question(world, cells)
    releasing = [cell for cell in cells if cell[1] in (Activity.RELEASE_MODEL, Activity.SHARE_DERIVED_DATA)]
    candidates = world.case.known.charts.candidates
    if not outputs or not releasing or len(releasing) * len(candidates) > MOST_JUDGED:
        return supposition
    stated = next((output.license for output in outputs if output.license is not None), None)
    tried = [name for name in dict.fromkeys((stated, *candidates)) if name is not None]
    return replace(
        supposition, note=_note(stated, {name: _fit(world, releasing, outputs, name) for name in tried}, world)
    )


def _about_licenses_alone(world: World) -> World:
    """Return the world with only the rules that speak of the licenses of outputs, and those that were answered."""
    answered = {answer.rule for answer, _ in world.case.evidence.answers}
    kept = tuple(
        rule
        for rule in world.case.rules.rules
        if rule.text.fallback or rule.id in answered or any(test.fact.name == "release.ruling" for test in rule.tests)
    )
    return replace(world, case=replace(world.case, rules=RuleBook(kept, world.case.rules.version)))


@dataclass(frozen=True)
class _Fit:
    """The data items because of which outputs may not carry a license, or perhaps not; whether it asks for more."""

    barring: tuple[str, ...]
    asks_for_more: bool


def _fit(world: World, cells: Sequence[Cell], outputs: Sequence[Output], license_id: str) -> _Fit:
    use = world.case.project.use.model_copy(update={"outputs": _with_license(outputs, cells, license_id)})
    supposed = world.with_project(world.case.project.model_copy(update={"use": use}))
    done: dict[str, list[Activity]] = {}
    for holding, activity in cells:
        done.setdefault(holding or "", []).append(activity)
    hits = list(hits_on_data(supposed.case, done, supposed.readings, with_values=False))
    barring = [
        hit.holding.id
        for hit in hits
        if hit.holding is not None and hit.judgment.outcome is not Outcome.LIFTED and verdict_of(hit) in _BARRING
    ]
    asks = any(hit.rule.verdict is None and hit.judgment.outcome is Outcome.SPEAKS for hit in hits)
    return _Fit(tuple(dict.fromkeys(barring)), asks)


def _note(stated: str | None, tried: Mapping[str, _Fit], world: World) -> str:
    """Return which licenses the outputs may carry: the one that they are to carry, else those that fit best."""
    free = [name for name, fit in tried.items() if not fit.barring]
    if stated in free:
        return f"{stated} may be chosen"
    if len(free) == len(tried):
        return "any license that was tried may be chosen"
    names = {holding.id: holding.name for holding, _ in world.readings}
    ids = tried[stated].barring if stated is not None else [id_ for fit in tried.values() for id_ in fit.barring]
    because = joined(first_of([names[id_] for id_ in dict.fromkeys(ids)]))
    if not free:
        return f"no license that was tried may be chosen, because of {because}"
    best = [name for name in free if not tried[name].asks_for_more] or free
    return f"only {one_of(first_of(best))}, because of {because}"
