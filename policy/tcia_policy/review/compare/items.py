"""Data items, licenses and what the project states, compared."""

import re
from collections.abc import Iterator, Mapping, Sequence

from tcia_policy.model import Assessment, Holding, License
from tcia_policy.model.changes import FactChange, ItemChange, ItemSeen, LicenseChange, LicenseSeen, LinesChange
from tcia_policy.model.terms import PartTerms

_DAY_AT_END = re.compile(r", (?:before )?\d{4}-\d{2}-\d{2}$")
_OF_LICENSE = ("permits", "requires", "prohibits")


def item_changes(old: Assessment, new: Assessment) -> Iterator[ItemChange]:
    """Yield each data item that is new, gone or another, by its id."""
    before = {held.id: _seen(held, old) for held in old.holdings}
    after = {held.id: _seen(held, new) for held in new.holdings}
    for id_ in sorted({*before, *after}):
        was, is_ = before.get(id_), after.get(id_)
        if _in_substance(was) != _in_substance(is_):
            yield ItemChange(before=was, after=is_)


def _seen(held: Holding, assessment: Assessment) -> ItemSeen:
    titles = {
        part.id: part.title
        for dataset in assessment.datasets
        if dataset.id == held.dataset
        for part in dataset.distributions
    }
    parts = sorted({titles.get(part, part) for part in held.distributions} | {*held.parts_named})
    return ItemSeen(
        id=held.id,
        name=held.name,
        dataset=held.dataset,
        version=held.version,
        obtained_from=held.obtained_from,
        obtained_on=held.obtained_on,
        altered=held.altered,
        parts=tuple(parts),
        series=held.series,
    )


def _in_substance(seen: ItemSeen | None) -> ItemSeen | None:
    """Return a data item without what it is called: the name of one of several copies of a dataset has its id."""
    if seen is None:
        return None
    return seen.model_copy(update={"id": "", "name": seen.name if seen.dataset is None else ""})


def license_changes(old: Assessment, new: Assessment) -> Iterator[LicenseChange]:
    """Yield each part whose license is another, or is stated by others, of what is in both assessments."""
    before, after = _licenses(old), _licenses(new)
    names = {held.id: held.name for held in new.holdings}
    for item in sorted(before.keys() & after.keys()):
        was, is_ = before[item], after[item]
        for part in sorted({*was, *is_}, key=lambda title: title or ""):
            if was.get(part) != is_.get(part):
                yield LicenseChange(
                    item=item,
                    name=names.get(item, item),
                    part=part,
                    before=was.get(part),
                    after=is_.get(part),
                )


def _licenses(assessment: Assessment) -> dict[str, dict[str | None, LicenseSeen]]:
    of_items = {each.holding: _of_parts(each.parts) for each in assessment.terms}
    return of_items | {each.name: _of_parts(each.parts) for each in assessment.origins if each.name not in of_items}


def _of_parts(parts: Sequence[PartTerms]) -> dict[str | None, LicenseSeen]:
    groups: dict[str | None, list[PartTerms]] = {}
    for part in parts:
        groups.setdefault(part.title, []).append(part)
    return {title: _of_part(alike) for title, alike in groups.items()}


def _of_part(alike: Sequence[PartTerms]) -> LicenseSeen:
    """Return what is stated of the parts of one title. The days on which sources were read are no part of it."""
    stated = {
        f"{each.license}: {_DAY_AT_END.sub('', source)}"
        for part in alike
        for each in part.stated
        for source in each.sources or ("",)
    }
    governing = {part.governing for part in alike}
    access = {part.access for part in alike}
    return LicenseSeen(
        stated=tuple(sorted(each.removesuffix(": ") for each in stated)),
        governing=governing.pop() if len(governing) == 1 else None,
        access=access.pop() if len(access) == 1 else None,
    )


def terms_changes(old: Sequence[License], new: Sequence[License]) -> Iterator[LinesChange]:
    """Yield each license in both whose description says something else: what it permits, requires and prohibits."""
    before, after = _described(old), _described(new)
    for id_ in sorted(before.keys() & after.keys()):
        lost, gained = before[id_] - after[id_], after[id_] - before[id_]
        if lost or gained:
            yield LinesChange(id=id_, lost=tuple(sorted(lost)), gained=tuple(sorted(gained)))


def _described(licenses: Sequence[License]) -> Mapping[str, set[str]]:
    return {each.id: {*_lines(each)} for each in licenses}


def _lines(license_: License) -> Iterator[str]:
    yield f"family {license_.family.value}"
    yield f"access {license_.access.value}"
    if not license_.terms_known:
        yield "its text is not known"
    for name in _OF_LICENSE:
        for each in getattr(license_, name):
            yield f"{name} {each}"


def fact_changes(old: Assessment, new: Assessment) -> Iterator[FactChange]:
    """Yield what the project states otherwise of the study."""
    before, after = dict(_facts(old)), dict(_facts(new))
    for fact, value in before.items():
        if value != after[fact]:
            yield FactChange(fact=fact, before=value, after=after[fact])


def _facts(assessment: Assessment) -> Iterator[tuple[str, str | None]]:
    use, position = assessment.project.use, assessment.project.positions.is_adaptation
    activities = sorted(each.value for each in assessment.activities) if assessment.activities_stated else []
    yield "purpose", None if use.purpose is None else use.purpose.value
    yield "activities", ", ".join(activities) or None
    yield "outputs", ", ".join(sorted(each.name for each in use.outputs or ())) or None
    yield "country", use.country
    gate = assessment.project.gate
    yield "gate", None if gate is None else ", ".join(sorted(gate.fail_on))
    yield "position model-is-adaptation", None if position is None else str(position).lower()
