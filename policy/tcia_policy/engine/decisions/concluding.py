"""Which license a reviewer concluded to hold: only one that is stated for that part, or came with the copy."""

from collections.abc import Sequence

from tcia_policy.engine.case import Case
from tcia_policy.engine.concluded_licenses import part_id
from tcia_policy.engine.decisions.standing import Fault
from tcia_policy.engine.decisions.subjects import Subject
from tcia_policy.engine.license_readings import OF_COPY, PartReading
from tcia_policy.model import Access, ConcludedLicense, Holding
from tcia_policy.model.decision import Conclude
from tcia_policy.model.decision_kinds import DecisionStatus
from tcia_policy.rules.fact_value import known
from tcia_policy.text.english import joined, one_of

TO_OPEN = "put the document beside the project and name it with its SHA-256"
_CONTROLLED = known(Access.CONTROLLED.value)


def conclusions_of(decision: Conclude, subjects: Sequence[Subject], case: Case) -> dict[str, ConcludedLicense] | Fault:
    """Return what is concluded of each data item, by its id; or why nothing is."""
    found: dict[str, ConcludedLicense] = {}
    readings = {holding.id: (holding, [reading for reading, _ in facts]) for holding, facts in case.readings()}
    for id_ in dict.fromkeys(each for subject in subjects for each in _items(subject)):
        holding, own = readings[id_]
        concluded = _conclusion(decision, holding, own)
        if isinstance(concluded, Fault):
            return concluded
        found[id_] = concluded
    return found


def _items(subject: Subject) -> tuple[str, ...]:
    if subject.matter.holding is not None:
        return (subject.matter.holding,)
    cells = () if subject.own is None else subject.own.cells
    return tuple(dict.fromkeys(cell.holding for cell in cells if cell.holding is not None))


def _conclusion(decision: Conclude, holding: Holding, readings: Sequence[PartReading]) -> ConcludedLicense | Fault:
    by_part: dict[str | None, list[PartReading]] = {}
    for reading in readings:
        by_part.setdefault(part_id(reading), []).append(reading)
    wanted = _parts_meant(decision, by_part)
    if isinstance(wanted, Fault):
        return wanted
    holds = [part for part in wanted if any(reading.license == decision.license for reading in by_part[part])]
    lacking = [part for part in wanted if part not in holds and (decision.parts or _is_disputed(by_part[part]))]
    if lacking or not holds:
        return _nobody_states(decision, holding, by_part, lacking or wanted)
    if _opens(decision, [reading for part in holds for reading in by_part[part]]):
        why = f"a source says that access to {holding.name} is controlled, and this check has not seen the document"
        return Fault(DecisionStatus.UNFOUNDED, why, TO_OPEN)
    if decision.evidence.path is None and _is_of_copy_alone(decision, [one for part in holds for one in by_part[part]]):
        why = f"{decision.license} only came with the copy, and this check has not seen the document"
        return Fault(DecisionStatus.UNFOUNDED, why, TO_OPEN)
    return ConcludedLicense(
        license=decision.license,
        parts=tuple(part for part in holds if part is not None),
        decision=decision.name,
        role=decision.role,
        on=decision.on,
    )


def _parts_meant(decision: Conclude, by_part: dict[str | None, list[PartReading]]) -> list[str | None] | Fault:
    """Return the parts that the decision is for, by their ids or titles; all where it names none."""
    if decision.parts is None:
        return list(by_part)
    titles = {
        reading.distribution.title: reading.distribution.id
        for readings in by_part.values()
        for reading in readings
        if reading.distribution is not None
    }
    found = [each if each in by_part else titles.get(each) for each in decision.parts]
    for named, part in zip(decision.parts, found, strict=True):
        if part is None:
            has = one_of([each for each in by_part if each is not None] or ["no part by itself"])
            return Fault(DecisionStatus.UNFOUNDED, f"these data have no part {named!r}", f"name {has}")
    return found


def _is_disputed(readings: Sequence[PartReading]) -> bool:
    return len({reading.license for reading in readings}) > 1


def _nobody_states(
    decision: Conclude,
    holding: Holding,
    by_part: dict[str | None, list[PartReading]],
    parts: Sequence[str | None],
) -> Fault:
    where = joined([part for part in parts if part is not None])
    of = f"{where} of {holding.name}" if where else holding.name
    stated = dict.fromkeys(reading.license for part in parts for reading in by_part[part] if reading.license)
    right = f"conclude {one_of(list(stated))}" if stated else "ask for a source that states a license"
    has_others = any(reading.license == decision.license for each in by_part.values() for reading in each)
    if has_others:
        named = [part for part, each in by_part.items() if any(one.license == decision.license for one in each)]
        right += f", or name the `parts` for which it is stated: {joined([part for part in named if part])}"
    return Fault(DecisionStatus.UNFOUNDED, f"no source states {decision.license} for {of}", right)


def _opens(decision: Conclude, readings: Sequence[PartReading]) -> bool:
    """Return whether a conclusion opens what a source closes, by a document that this check cannot open."""
    closed = [reading for reading in readings if reading.facts.get("license.access") == _CONTROLLED]
    stays = all(
        reading.facts.get("license.access") == _CONTROLLED
        for reading in readings
        if reading.license == decision.license
    )
    return bool(closed) and not stays and decision.evidence.path is None


def _is_of_copy_alone(decision: Conclude, readings: Sequence[PartReading]) -> bool:
    """Return whether a license is stated by what came with the copy alone."""
    stating = [reading for reading in readings if reading.license == decision.license]
    return all(choice.startswith(OF_COPY) for reading in stating for choice in reading.choices)
