"""What may be a mistake in a project and is none that stops it: items given twice, licenses that nobody knows."""

from collections.abc import Iterable, Iterator, Mapping

from tcia_policy.engine.study import Study
from tcia_policy.model import DataItem, License, Project, Remark
from tcia_policy.registry import Registry
from tcia_policy.registry.license_expressions import clauses_of
from tcia_policy.text.sanitize import shortened
from tcia_policy.text.suggest import did_you_mean, nearest

OWN_NAME = "LicenseRef-"
LONGEST = 60  # characters of a license that a remark shows
OF_DATA = "it permits nothing"
OF_OUTPUT = "nobody can say what it lets others do with the output"
_NAMES = ("dataset", "collection", "analysis_result", "doi")


def remarks_on(study: Study, registry: Registry, licenses: Mapping[str, License]) -> tuple[Remark, ...]:
    """Return the remarks on a study in which every license has its identifier; `licenses` are those that are known."""
    found = (*_repeated(study.project, registry), *_unknown_licenses(study.project, licenses))
    return tuple(Remark(field=field, line=study.nearest_line(field), text=text) for field, text in found)


def _repeated(project: Project, registry: Registry) -> Iterator[tuple[str, str]]:
    """Yield each item that has the same data, parts and origin as an earlier one, unless ids tell the two apart."""
    seen: dict[DataItem, int] = {}
    for number, item in enumerate(project.data):
        same = _without_spelling(item, registry)
        first = seen.setdefault(same, number)
        ids = {project.data[first].id, item.id}
        if first != number and (None in ids or len(ids) == 1):
            yield f"data[{number}]", f"is the same as data[{first}], and counts once; leave one of the two out"


def _without_spelling(item: DataItem, registry: Registry) -> DataItem:
    """Return the item without its id, and with its dataset by the registry's id, however it is spelled."""
    changes: dict[str, object] = {"id": None}
    name = next((getattr(item, key) for key in _NAMES if getattr(item, key) is not None), None)
    if name is not None and registry.knows(name):
        changes |= {**dict.fromkeys(_NAMES), "dataset": ", ".join(registry.find(name))}
    if item.distributions is not None:
        changes["distributions"] = tuple(sorted(item.distributions))
    return item.model_copy(update=changes)


def _unknown_licenses(project: Project, licenses: Mapping[str, License]) -> Iterator[tuple[str, str]]:
    """Yield each license of which no terms are known, with what follows from that."""
    found = [
        (field, name, follows)
        for field, stated, follows in _licenses_stated(project)
        for name in _parts_of(stated, licenses)
        if name not in licenses and not _is_named_by_the_project(name, licenses)
    ]
    right = {name: _right(name, licenses) for _, name, _ in found}
    for field, name, follows in found:
        shown = repr(shortened(name, LONGEST))
        yield field, f"unknown license {shown}: its terms are not known, so {follows}; {right[name]}"


def _licenses_stated(project: Project) -> Iterator[tuple[str, str, str]]:
    """Yield the field and content of each license that a project states, and what follows if it is not known."""
    for number, item in enumerate(project.data):
        if item.license is not None:
            yield f"data[{number}].license", item.license, OF_DATA
        if item.other is not None and item.other.license is not None:
            yield f"data[{number}].other.license", item.other.license, OF_DATA
    for number, output in enumerate(project.use.outputs or ()):
        if output.license is not None:
            yield f"use.outputs[{number}].license", output.license, OF_OUTPUT


def _parts_of(stated: str, licenses: Mapping[str, License]) -> Iterable[str]:
    """Return the licenses of an SPDX expression, each once; the license itself, if it is one."""
    return (stated,) if stated in licenses else dict.fromkeys(name for each in clauses_of(stated) for name in each)


def _is_named_by_the_project(name: str, licenses: Mapping[str, License]) -> bool:
    """Return whether a `LicenseRef-` is like none that is known: SPDX lets everybody name licenses so.

    What follows is asked as a question; it is no mistake.
    """
    stems = [known.removeprefix(OWN_NAME) for known in licenses if known.startswith(OWN_NAME)]
    return name.startswith(OWN_NAME) and not nearest(name.removeprefix(OWN_NAME)[:LONGEST], stems)


def _right(name: str, licenses: Mapping[str, License]) -> str:
    meant = did_you_mean(nearest(name[:LONGEST], licenses))
    return meant or "write an SPDX identifier, or describe it under `licenses`"
