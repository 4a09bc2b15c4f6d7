"""What each output of a project comes from: the data items in its lists, and what a list that is left out may hold.

An output that has no list comes from all data, in every way. Beside a list that is stated, one that is left out counts
as follows: `trained_on` and `made_from` as all data, `base_model` as all models, `made_with` as all models and
software, `tested_on` as nothing, since it binds no output.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from tcia_policy.engine.use_facts import stray_outputs
from tcia_policy.errors import InputError, Mistakes
from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, DataItem, Holding, HoldingKind, OtherKind, Output, OutputKind, Project
from tcia_policy.model.clearance import Lineage
from tcia_policy.model.project import SOURCE_LISTS
from tcia_policy.registry import Registry
from tcia_policy.rules.compatibility import outputs_of
from tcia_policy.text.english import joined, quoted
from tcia_policy.text.name_keys import compare_key
from tcia_policy.text.suggest import did_you_mean, nearest, similar

RELEASES_DATA = (Activity.SHARE_DERIVED_DATA, Activity.REDISTRIBUTE_DATA, Activity.HOST_ACCESS)
TOOLS = (OtherKind.MODEL, OtherKind.SOFTWARE)


@dataclass(frozen=True)
class Sources:
    """The ids of the data items that an output comes from, by what they are to it.

    `material` was trained on, or worked upon. `base` are the weights that it was fine-tuned from. `tools` are the
    models and software that made it. An item may be several of them. What an output was only tested on is none.
    """

    material: frozenset[str]
    base: frozenset[str] = frozenset()
    tools: frozenset[str] = frozenset()

    @cached_property
    def all(self) -> frozenset[str]:
        """Return every data item that the output comes from."""
        return self.material | self.base | self.tools


def sources_of(output: Output | None, holdings: Sequence[Holding]) -> Sources:
    """Return the data items that `output` comes from; those of an output that is not stated, if it is `None`.

    Names that lead nowhere are left to `check_lists`.
    """
    return _items_of(holdings).sources_of(output)


class _Items:
    """The data items of a study, by what the lists of its outputs may call them: found out once for all lists."""

    def __init__(self, holdings: Sequence[Holding]) -> None:
        self._holdings = holdings
        self._every = frozenset(holding.id for holding in holdings)
        self._models = frozenset(holding.id for holding in holdings if holding.content is OtherKind.MODEL)
        self._tools = frozenset(holding.id for holding in holdings if holding.content in TOOLS)
        self._sources: dict[Output | None, Sources] = {}

    @cached_property
    def _by_item(self) -> Mapping[str, Sequence[Holding]]:
        found: dict[str, list[Holding]] = {}
        for holding in self._holdings:
            if holding.item is not None:
                found.setdefault(holding.item, []).append(holding)
        return found

    @cached_property
    def _by_key(self) -> Mapping[str, Mapping[str, Holding]]:
        found: dict[str, dict[str, Holding]] = {}
        for holding in self._holdings:
            for name in _names_of(holding):
                found.setdefault(compare_key(name), {}).setdefault(holding.id, holding)
        return found

    def named_by(self, entry: str) -> list[Holding]:
        """Return the items that an entry means, in the order of the study."""
        text = entry.strip()
        key = compare_key(text)
        if text in self._by_item:
            return list(self._by_item[text])
        return list(self._by_key.get(key, {}).values()) if key else []

    def ids(self, entries: Iterable[str]) -> frozenset[str]:
        """Return the ids of the items that some entries mean."""
        return frozenset(holding.id for entry in entries for holding in self.named_by(entry))

    def sources_of(self, output: Output | None) -> Sources:
        """Return what an output comes from."""
        if output not in self._sources:
            self._sources[output] = self._found(output)
        return self._sources[output]

    def _found(self, output: Output | None) -> Sources:
        every, models, tools = self._every, self._models, self._tools
        if output is None:
            return Sources(every, models, tools)
        material = output.made_from if output.trained_on is None else output.trained_on
        base = models if output.base_model is None else self.ids(output.base_model)
        return Sources(
            material=every if material is None else self.ids(material),
            base=base if output.kind is OutputKind.MODEL else frozenset(),
            tools=tools if output.made_with is None else self.ids(output.made_with),
        )


class _Same:
    """A tuple that is equal to itself alone, so that it is looked up without a comparison of all that is in it."""

    def __init__(self, holdings: tuple[Holding, ...]) -> None:
        self.holdings = holdings

    def __hash__(self) -> int:
        return id(self.holdings)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.holdings is self.holdings


def _items_of(holdings: Sequence[Holding]) -> _Items:
    return _items_of_same(_Same(holdings)) if isinstance(holdings, tuple) else _Items(holdings)


@lru_cache(maxsize=16)
def _items_of_same(same: _Same) -> _Items:
    return _Items(same.holdings)


def lineage_of(output: Output, holdings: Sequence[Holding]) -> Lineage:
    """Return the data items in each list of `output`; names that lead nowhere are left to `check_lists`."""
    listed = {name: _ids(getattr(output, name) or (), holdings) for name in SOURCE_LISTS}
    return Lineage(**{name: tuple(each.id for each in holdings if each.id in ids) for name, ids in listed.items()})


def activities_on(
    project: Project, activities: Sequence[Activity], holdings: Sequence[Holding]
) -> Mapping[str, tuple[Activity, ...]]:
    """Return, by the id of each data item, which of `activities` are done with it, in their order.

    An activity that releases outputs is done with what these come from; all others with all data. An item that is left
    with none of them was tested on, or analyzed, all the same.
    """
    released = {activity: _released_from(activity, project, holdings) for activity in activities}
    tested = _ids((entry for output in project.use.outputs or () for entry in output.tested_on or ()), holdings)
    found: dict[str, tuple[Activity, ...]] = {}
    for holding in holdings:
        done = tuple(activity for activity, ids in released.items() if ids is None or holding.id in ids)
        found[holding.id] = done or (Activity.EVALUATE if holding.id in tested else Activity.ANALYZE,)
    return found


def _released_from(activity: Activity, project: Project, holdings: Sequence[Holding]) -> frozenset[str] | None:
    """Return what the outputs of an activity come from; `None` where it releases none, or none is stated.

    Code stands for nothing else that its activity releases.
    """
    kinds = set(outputs_of(activity)) - {OutputKind.CODE}
    stated = [output for output in project.use.outputs or () if output.kind in kinds]
    if not stated:
        return None
    strays = stray_outputs(project) if activity in RELEASES_DATA else ()
    return frozenset().union(*(sources_of(output, holdings).all for output in (*stated, *strays)))


def check_lists(project: Project, holdings: Sequence[Holding]) -> None:
    """Raise `InputError`, with its field, for an id that two items have, and for an entry that fits no item of `data`.

    A base model is no dataset of the registry. All are told at once.
    """
    mistakes = Mistakes()
    with mistakes.noted():
        _check_ids(project)
    for entry, name, field in _entries(project):
        with mistakes.noted():
            _check_entry(entry, name, field, holdings)
    mistakes.tell()


def check_lists_alone(project: Project, registry: Registry) -> None:
    """Raise `InputError` as `check_lists`, as far as that can be seen where the data could not be resolved.

    An entry that may be the name of something in a folder or file is let pass.
    """
    mistakes = Mistakes()
    with mistakes.noted():
        _check_ids(project)
    items = [value for item in project.data for value in _written_in(item)]
    known = {compare_key(each) for each in items}
    folders = tuple(item.folder for item in project.data if item.folder is not None)
    for entry, _, field in _entries(project):
        may_be = compare_key(entry) in known or entry.startswith(folders) or registry.knows(entry)
        if not may_be:
            near = did_you_mean(nearest(entry.strip(), items))
            mistakes.note(InputError(f"{entry!r} is no item of `data`", field=field, hint=near or None))
    mistakes.tell()


def _written_in(item: DataItem) -> Iterator[str]:
    """Yield the id of an item and the names that the project file gives it."""
    named = (item.id, item.dataset, item.collection, item.analysis_result, item.doi, item.series, item.manifest)
    declared = (each.name for each in (item.other, item.own) if each is not None)
    yield from (each for each in (*named, *declared) if each is not None)


def _entries(project: Project) -> Iterator[tuple[str, str, str]]:
    """Yield each entry of the lists of all outputs, with its list and its field."""
    for number, output in enumerate(project.use.outputs or ()):
        for name in SOURCE_LISTS:
            for place, entry in enumerate(getattr(output, name) or ()):
                yield entry, name, f"use.outputs[{number}].{name}[{place}]"


def _check_ids(project: Project) -> None:
    mistakes = Mistakes()
    seen: dict[str, int] = {}
    for number, item in enumerate(project.data):
        if item.id is None:
            continue
        if item.id in seen:
            hint = f"data[{seen[item.id]}] has it already; give each item an id of its own"
            mistakes.note(InputError(f"the id {item.id!r} is used twice", field=f"data[{number}].id", hint=hint))
        seen.setdefault(item.id, number)
    mistakes.tell()


def _check_entry(entry: str, name: str, field: str, holdings: Sequence[Holding]) -> None:
    named = named_by(entry, holdings)
    if not named:
        raise InputError(f"{entry!r} is no item of `data`", field=field, hint=_hint(entry, holdings))
    if name == "base_model" and any(holding.kind is not HoldingKind.OTHER for holding in named):
        hint = "list data under `trained_on`; declare weights as `other: {name: ..., kind: model, license: ...}`"
        raise InputError(f"{entry!r} is data, not a model", field=field, hint=hint)


def _hint(entry: str, holdings: Sequence[Holding]) -> str:
    names = list(dict.fromkeys(holding.item or holding.dataset or holding.name for holding in holdings))
    near = did_you_mean(similar(entry.strip(), names))
    return f"{near} {'or ' if near else ''}name one of {joined(quoted(names))}; an item can have an `id`".strip()


def _ids(entries: Iterable[str], holdings: Sequence[Holding]) -> frozenset[str]:
    return _items_of(holdings).ids(entries)


def named_by(entry: str, holdings: Sequence[Holding]) -> list[Holding]:
    """Return the data items that an entry means: those of the item with this id, else of every item that names it."""
    return _items_of(holdings).named_by(entry)


def _names_of(holding: Holding) -> Iterable[str]:
    """Return what a data item may be called: its dataset, the items it came from, and the folders these are in."""
    yield holding.id
    yield holding.dataset or holding.name
    for label in holding.items:
        yield label
        yield from (label[:end] for end, sign in enumerate(label) if sign == "/")
