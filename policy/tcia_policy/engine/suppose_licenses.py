"""The licenses that outputs may carry: as answers to which license it is, and beside a legal position."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tcia_policy.engine.case import Case
from tcia_policy.engine.findings import verdict_of
from tcia_policy.engine.judge_again import Cell, World, judged_anew
from tcia_policy.engine.outcome import Outcome
from tcia_policy.engine.output_licenses import UNSTATED
from tcia_policy.engine.rule_hits import RuleHit
from tcia_policy.engine.suppose_facts import as_paste, stating
from tcia_policy.engine.suppositions import Supposition
from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, CellVerdict, Output, Verdict
from tcia_policy.rules.compatibility import outputs_of
from tcia_policy.rules.rulebook import RuleBook
from tcia_policy.text.english import first_of, joined, one_of

# So many data items and activities are judged at most for the licenses of one question; that bounds its time.
MOST_JUDGED = 600
FEWEST_TRIED = 3
FEW_NAMES = 4
_BARRING = (Verdict.UNDETERMINED, Verdict.PROHIBITED)
_RELEASING = (Activity.RELEASE_MODEL, Activity.SHARE_DERIVED_DATA)


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
    paste = as_paste(world.case.project, "use", f"outputs: {_as_yaml(written)}")
    supposed = world.with_project(stating(world.case.project, "use", {"outputs": written}))
    return Supposition(license_id, paste, supposed)


def _as_yaml(written: object) -> str:
    import yaml  # noqa: PLC0415 - 20 ms, only where a license is asked for

    text: str = yaml.safe_dump(written, default_flow_style=True, width=float("inf"), sort_keys=False)
    return text.strip()


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
            found.append(Output.model_construct(kind=kind))
    return tuple(found)


def _with_license(outputs: Sequence[Output], cells: Sequence[Cell], license_id: str) -> tuple[Output, ...]:
    """Return the outputs, with this license those that the activities release."""
    kinds = {kind for _, activity in cells for kind in outputs_of(activity)}
    changes = {"license": license_id, "license_file": None}
    return tuple(output.model_copy(update=changes) if output.kind in kinds else output for output in outputs)


@dataclass(frozen=True)
class Release:
    """What releases the outputs: data items and activities that wait for the answer `alone`, and all `others`.

    `others_barred` says that something stands against one of the others, whatever the license of the outputs.
    """

    alone: tuple[Cell, ...]
    others: tuple[Cell, ...]
    others_barred: bool

    @classmethod
    def of(cls, waiting: Sequence[Cell], verdicts: Sequence[CellVerdict]) -> "Release":
        """Return the release that these cells of the study's `verdicts` wait for."""
        alone = tuple(cell for cell in waiting if cell[1] in _RELEASING)
        activities = {activity for _, activity in alone}
        others = [
            cell for cell in verdicts if cell.activity in activities and (cell.holding, cell.activity) not in alone
        ]
        return cls(
            alone=alone,
            others=tuple((cell.holding, cell.activity) for cell in others),
            others_barred=any(cell.verdict in _BARRING for cell in others),
        )


def with_licenses_noted(supposition: Supposition, release: Release, rules: RuleBook) -> Supposition:
    """Return the answer with a note on the licenses that the outputs may carry then.

    A license that some other data item forbids may not be chosen. Where anything else stands against others, the note
    says of which data items it speaks. `rules` are those `about_licenses`.
    """
    world = replace(supposition.world, case=replace(supposition.world.case, rules=rules))
    outputs = _in_question(world, release.alone)
    candidates = world.case.known.charts.candidates
    number = len(release.alone) + len(release.others)
    if not outputs or not release.alone or number * len(candidates) > MOST_JUDGED:
        return supposition
    stated = next((output.license for output in outputs if output.license is not None), None)
    tried = [name for name in dict.fromkeys((stated, *candidates)) if name is not None]
    fits = _fits(world, release, {name: _with_license(outputs, release.alone, name) for name in tried})
    return replace(supposition, note=_note(stated, fits, world, _only_for(release, world)))


def _fits(world: World, release: Release, tried: Mapping[str, tuple[Output, ...]]) -> dict[str, "_Fit"]:
    """Return how each license fits. Those of whose outputs the charts say the same fit alike, and are judged once."""
    done = _by_item((*release.alone, *release.others))
    found: dict[str, _Fit] = {}
    alike: dict[object, _Fit] = {}
    for name, outputs in tried.items():
        use = world.case.project.use.model_copy(update={"outputs": outputs})
        supposed = world.with_project(world.case.project.model_copy(update={"use": use}))
        ruled = _ruled(supposed, done)
        if ruled not in alike:
            alike[ruled] = _fit(supposed, release, done)
        found[name] = alike[ruled]
    return found


def _by_item(cells: Sequence[Cell]) -> Mapping[str, Sequence[Activity]]:
    done: dict[str, list[Activity]] = {}
    for holding, activity in cells:
        done.setdefault(holding or "", []).append(activity)
    return done


def _ruled(world: World, done: Mapping[str, Sequence[Activity]]) -> object:
    """Return all that the license of an output changes in what is known of these data items and activities."""
    return tuple(
        tuple(world.releases.facts(holding, reading, activity).values())
        for holding, facts in world.readings_of(done)
        for reading, _ in facts
        for activity in done[holding.id]
    )


def _only_for(release: Release, world: World) -> str:
    """Return ` for LIDC-IDRI` where something else stands against other data items."""
    if not release.others_barred:
        return ""
    ids = dict.fromkeys(id_ for id_, _ in release.alone)
    names = [holding.name for holding, _ in world.readings if holding.id in ids]
    return f" for {joined(names) if len(names) <= FEW_NAMES else f'these {len(names)}'}"


def about_licenses(case: Case) -> RuleBook:
    """Return only the rules that speak of the licenses of outputs, and those that were answered."""
    answered = {answer.rule for answer, _ in case.evidence.answers}
    kept = tuple(
        rule
        for rule in case.rules.rules
        if rule.text.fallback or rule.id in answered or any(test.fact.name == "release.ruling" for test in rule.tests)
    )
    return RuleBook(kept, case.rules.version)


@dataclass(frozen=True)
class _Fit:
    """The data items because of which outputs may not carry a license, or perhaps not; whether it asks for more."""

    barring: tuple[str, ...]
    asks_for_more: bool


def _fit(world: World, release: Release, done: Mapping[str, Sequence[Activity]]) -> _Fit:
    hits = judged_anew(world, done)
    barring = [
        hit.holding.id
        for hit in hits
        if hit.holding is not None and hit.judgment.outcome is not Outcome.LIFTED and _bars(hit, release)
    ]
    asks = any(hit.rule.verdict is None and hit.judgment.outcome is Outcome.SPEAKS for hit in hits)
    return _Fit(tuple(dict.fromkeys(barring)), asks)


def _bars(hit: RuleHit, release: Release) -> bool:
    """Return whether a rule keeps outputs from a license. What is open on other data items is asked elsewhere."""
    is_alone = hit.holding is not None and (hit.holding.id, hit.activity) in release.alone
    return verdict_of(hit) in (_BARRING if is_alone else (Verdict.PROHIBITED,))


def _note(stated: str | None, tried: Mapping[str, _Fit], world: World, only_for: str) -> str:
    """Return which licenses the outputs may carry: the one that they are to carry, else those that fit best."""
    free = [name for name, fit in tried.items() if not fit.barring]
    if stated in free:
        return f"{stated} may be chosen{only_for}"
    if len(free) == len(tried):
        return f"any license that was tried may be chosen{only_for}"
    names = {holding.id: holding.name for holding, _ in world.readings}
    ids = tried[stated].barring if stated is not None else _barring(tried)
    because = joined(first_of(list(dict.fromkeys(names[id_] for id_ in ids))))
    if not free:
        return f"no license that was tried may be chosen, because of {because}"
    best = [name for name in free if not tried[name].asks_for_more] or free
    return f"only {one_of(first_of(best))}, because of {because}"


def _barring(tried: Mapping[str, _Fit]) -> list[str]:
    """Return the data items that bar every license, or else those that bar some."""
    some = dict.fromkeys(id_ for fit in tried.values() for id_ in fit.barring)
    return [id_ for id_ in some if all(id_ in fit.barring for fit in tried.values())] or list(some)
