"""The licenses of outputs: what CC's charts say about every output that a project states, for each input."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from tcia_policy.engine.license_readings import PartReading
from tcia_policy.engine.output_sources import RELEASES_DATA, Sources, sources_of
from tcia_policy.engine.use_facts import activity_facts, stray_outputs
from tcia_policy.lazy import dataclass
from tcia_policy.model import (
    Activity,
    Holding,
    HoldingKind,
    License,
    LicenseFamily,
    Output,
    OutputKind,
    Project,
)
from tcia_policy.registry.license_expressions import alternatives_of, is_expression
from tcia_policy.rules.compatibility import Compatibility, Elements, Nature, Ruling, elements_of, outputs_of
from tcia_policy.rules.fact_value import Facts, known, truth

# What an activity releases if the project states no output for it.
UNSTATED: Mapping[Activity, OutputKind | None] = {
    Activity.SHARE_DERIVED_DATA: None,
    Activity.RELEASE_MODEL: OutputKind.MODEL,
    Activity.PUBLISH_FIGURES: OutputKind.FIGURES,
}
MERGED = "together with "
# What holds for a license if the model is an adaptation. A project without a position is told both possibilities.
IF_ADAPTATION: Mapping[Ruling | None, str] = {
    Ruling.NAMED: "CC's chart names this license",
    Ruling.DISCOURAGED: "CC allows this license but does not recommend it",
    Ruling.SHARE_ALIKE: "this license is not allowed, because adaptations of ShareAlike material keep its license",
    Ruling.NO_DERIVATIVES: "it may not be released, because adaptations of NoDerivatives material may not be shared",
    Ruling.SOFTWARE: "CC does not name this license, and the notices of the data have to be kept with it",
    Ruling.NOT_DESCRIBED: "the terms of this license are not known to tcia-policy",
    Ruling.NOT_NAMED: "CC does not say whether this license may be chosen",
    Ruling.COMPATIBLE: "CC has declared this license to be compatible",
    Ruling.COPYLEFT_KEPT: "the license of the data allows this license",
    Ruling.COPYLEFT_LOST: "this license is not allowed, because adaptations keep the license of the data",
    Ruling.PERHAPS_COPYLEFT: "what comes from the data keeps their license",
}
NOTHING_RELEASED: Facts = {
    "release.ruling": known(),
    "release.fine_tuned": truth(False),
    "release_folder.permits_commerce": truth(False),
}
# Rulings that ask which one license it is: for several licenses at once they say nothing.
ASKS_FOR_ONE = (Ruling.NOT_DESCRIBED, Ruling.PERHAPS_ADAPTATION, Ruling.COPYLEFT_LOST, Ruling.PERHAPS_COPYLEFT)


@dataclass(frozen=True)
class LicenseRuling:
    """What the charts say of one output under one reading of one input. `kind` is `None` where no output is stated."""

    ruling: Ruling
    kind: OutputKind | None
    license: str | None
    note: str = ""

    @property
    def name(self) -> str:
        """Return what is released: `segmentations`."""
        return "derived data" if self.kind is None else self.kind.value

    @property
    def merged_with(self) -> str:
        """Return the data with which the input would be merged; empty where the ruling is on the input alone."""
        return self.note.removeprefix(MERGED) if self.note.startswith(MERGED) else ""

    def __str__(self) -> str:
        stated = f"{self.name} under {self.license}" if self.license else f"{self.name}, no license stated"
        return f"{stated} ({self.note})" if self.note else stated


@dataclass(frozen=True)
class Input:
    """What was used, as an input of the outputs: the license elements that it has by any reading, `None` for others.

    `licenses` are the licenses themselves, `None` for one that is not known.

    It is a holding as a whole, or `part` of it where several parts were used together.
    """

    holding: str
    part: str | None
    name: str
    elements: frozenset[Elements | None]
    licenses: frozenset[str | None] = frozenset()


@dataclass(frozen=True)
class Released:
    """One thing that is released, and what it comes from. `kind` is `None` for derived data of a kind not stated."""

    kind: OutputKind | None
    license: str | None
    sources: Sources


@dataclass(frozen=True)
class Releases:
    """The outputs of a project, and the holdings that they come from.

    `in_files` are those whose license a file of the release states.
    """

    project: Project
    holdings: tuple[Holding, ...]
    inputs: tuple[Input, ...]
    licenses: Mapping[str, License]
    charts: Compatibility
    in_files: tuple[Output, ...] = ()

    def ruled(self, holding: Holding, reading: PartReading, activity: Activity) -> tuple[LicenseRuling, ...]:
        """Return what is said of each output that the activity releases and that comes from this holding."""
        key = (holding.id, _input_of(holding, reading), reading.license, activity)
        if key not in self._ruled_before:
            self._ruled_before[key] = self._ruled_anew(holding, reading, activity)
        return self._ruled_before[key]

    @cached_property
    def _ruled_before(self) -> dict[tuple[str, str | None, str | None, Activity], tuple[LicenseRuling, ...]]:
        return {}

    def _ruled_anew(self, holding: Holding, reading: PartReading, activity: Activity) -> tuple[LicenseRuling, ...]:
        if holding.kind is HoldingKind.OWN:
            return ()
        material = self.licenses.get(reading.license or "")
        found = []
        for released in self._released(activity):
            if holding.id not in released.sources.all:
                continue
            for ruling, note in self._rulings((holding, reading), released, material):
                found.append(LicenseRuling(ruling, released.kind, released.license, note))
        return tuple(dict.fromkeys(found))

    def facts(self, holding: Holding, reading: PartReading, activity: Activity) -> Facts:
        """Return the same as facts for rules."""
        if not self._released(activity) and not self.in_files:
            return NOTHING_RELEASED
        rulings = (item.ruling.value for item in self.ruled(holding, reading, activity))
        return {
            "release.ruling": known(*rulings),
            "release.fine_tuned": truth(
                any(holding.id in released.sources.base for released in self._released(activity))
            ),
            "release_folder.permits_commerce": truth(bool(self.offered_for_any_use(holding, activity))),
        }

    def offered_for_any_use(self, holding: Holding, activity: Activity) -> frozenset[str]:
        """Return the licenses by which files of the release offer for any use what comes from a data item."""
        offering = (output for output in self.in_files if self._permits_commerce(holding, output, activity))
        return frozenset(output.license for output in offering if output.license is not None)

    def _permits_commerce(self, holding: Holding, output: Output, activity: Activity) -> bool:
        """Return whether a file gives what comes from a data item under a license for any use, such as MIT or CC0.

        CC's chart says which of CC's licenses may stand beside the data's own: CC0 never. Code has nothing of the data.
        """
        terms = self.charts.outputs[output.kind]
        chosen = self.licenses.get(output.license or "")
        if chosen is None or elements_of(chosen) not in (None, "CC0") or activity not in terms.released_by:
            return False
        if "commercial-use" in chosen.prohibits or not chosen.terms_known:
            return False
        sources = sources_of(output, self.holdings)
        is_copied = terms.nature in ("copy", "adaptation") or (
            terms.nature == "by-position" and self._is_adaptation is not False
        )
        return holding.id in sources.base or (is_copied and holding.id in sources.material)

    def reading(self, changed: Mapping[str, tuple[Holding, Sequence[PartReading]]]) -> "Releases":
        """Return the same with other data items or readings in place of those with these ids."""
        inputs: dict[str, tuple[Input, ...]] = {holding.id: () for holding in self.holdings}
        for each in self.inputs:
            inputs[each.holding] += (each,)
        inputs |= {id_: inputs_of(holding, readings, self.licenses) for id_, (holding, readings) in changed.items()}
        return replace(
            self,
            holdings=tuple(changed[item.id][0] if item.id in changed else item for item in self.holdings),
            inputs=tuple(each for some in inputs.values() for each in some),
        )

    def _released(self, activity: Activity) -> tuple[Released, ...]:
        if activity not in self._released_by:
            self._released_by[activity] = tuple(_released(self.project, activity, self.holdings))
        return self._released_by[activity]

    @cached_property
    def _released_by(self) -> dict[Activity, tuple[Released, ...]]:
        return {}

    def _rulings(
        self, used: tuple[Holding, PartReading], released: Released, material: License | None
    ) -> Iterator[tuple[Ruling, str]]:
        """Yield what is said of one output, for each thing that the holding is to it."""

        ruled = self._ruled(used[0].id, released, material)
        if any(ruling in ASKS_FOR_ONE for ruling, _ in ruled) and is_expression(released.license or ""):
            yield Ruling.EXPRESSION, ""
            each = [replace(released, license=one) for one in alternatives_of(released.license or "")]
            ruled = [item for one in each for item in self._ruled(used[0].id, one, material)]
        yield from ruled
        mixed = self._mixed(used, released, material)
        if mixed is not None:
            yield mixed

    def _ruled(self, id_: str, released: Released, material: License | None) -> list[tuple[Ruling, str]]:
        """Return what is said of one output under one license, for each thing that the holding is to it."""
        from tcia_policy.engine.chart_rulings import rule_base_model, rule_tool  # noqa: PLC0415 - for outputs only

        kind, license_id, sources = released.kind, released.license, released.sources
        ruled = []
        if id_ in sources.material:
            ruled.append(self._ruling(kind, license_id, material))
        if id_ in sources.base:
            ruled.append((rule_base_model(license_id, material, self.charts, self.licenses), ""))
        elif id_ in sources.tools:
            ruled.append((rule_tool(kind, license_id, material, self.charts, self.licenses), ""))
        return [(ruling, note) for ruling, note in ruled if ruling is not None]

    def _ruling(
        self, kind: OutputKind | None, license_id: str | None, material: License | None
    ) -> tuple[Ruling | None, str]:
        from tcia_policy.engine.chart_rulings import rule_adaptation, rule_output  # noqa: PLC0415 - for outputs only
        from tcia_policy.engine.open_licenses import rule_open_adaptation, speaks_of_outputs  # noqa: PLC0415 - as above

        position = self.project.positions
        ruling = rule_output(kind, license_id, material, position, self.charts, self.licenses)
        if ruling is not Ruling.POSITION_OPEN or material is None:
            return ruling, ""
        if license_id is None:
            return None, ""
        adapted = (
            rule_open_adaptation("by-position", license_id, material, self.charts)
            if speaks_of_outputs(material)
            else rule_adaptation(license_id, material, self.charts, self.licenses)
        )
        return ruling, f"if it is an adaptation, {IF_ADAPTATION[adapted]}; if it is not, any license may be chosen"

    def _mixed(
        self, used: tuple[Holding, PartReading], released: Released, material: License | None
    ) -> tuple[Ruling, str] | None:
        """Return the ruling where this input may not be merged with another one, and with which."""
        elements = None if material is None else elements_of(material)
        if material is not None and material.family is LicenseFamily.COPYLEFT:
            return self._mixed_with_copyleft(used, released, material)
        if elements is None or not self._clashing(elements, self._held):
            return None
        merged = self._merged(released)
        if used[0].id not in merged:
            return None
        surely, perhaps = self._clashing_inputs(used, elements, merged)
        if not surely and not perhaps:
            return None
        is_one_work = released.kind is OutputKind.MODEL and self._is_one_work(used[0], surely, released)
        ruling = Ruling.REMIX if surely and is_one_work else Ruling.PERHAPS_REMIX
        names = [item.name for item in (*surely, *perhaps)]
        return ruling, f"{MERGED}{', '.join(dict.fromkeys(names))}"

    def _merged(self, released: Released) -> frozenset[str]:
        """Return the inputs that an output may merge into one adaptation: a base model always is in it."""
        nature = "perhaps-adaptation" if released.kind is None else self.charts.outputs[released.kind].nature
        sources = released.sources
        return sources.base | (sources.material if self._may_be_one_work(nature) else frozenset())

    def _is_one_work(self, holding: Holding, clashing: Sequence[Input], released: Released) -> bool:
        """Return whether a model surely adapts the holding and one of those that it clashes with."""
        if self._is_adaptation:
            return True
        base = released.sources.base
        return holding.id in base and any(item.holding in base for item in clashing)

    def _mixed_with_copyleft(
        self, used: tuple[Holding, PartReading], released: Released, material: License
    ) -> tuple[Ruling, str] | None:
        """Return the ruling where other inputs are under other terms than this copyleft license, and which are."""
        merged = self._merged(released)
        free = {material.id, *(item.license for item in self.charts.public_domain)}
        others = [
            other.name
            for other in self.inputs
            if other.holding in merged
            and (other.holding, other.part) != (used[0].id, _input_of(*used))
            and not other.licenses <= free
        ]
        if not others or used[0].id not in merged:
            return None
        return Ruling.PERHAPS_COPYLEFT_MIX, f"together with {', '.join(dict.fromkeys(others))}"

    @property
    def _is_adaptation(self) -> bool | None:
        return self.project.positions.is_adaptation

    def _may_be_one_work(self, nature: Nature) -> bool:
        """Return whether an output may merge its inputs into one adaptation of them all."""
        if nature == "by-position":
            return self._is_adaptation is not False
        return nature not in ("copy", "collection", "independent")

    def _clashing_inputs(
        self, used: tuple[Holding, PartReading], elements: Elements, merged: frozenset[str]
    ) -> tuple[list[Input], list[Input]]:
        """Return the other inputs that may not be merged with this one: those for sure, and those by some reading."""
        surely: list[Input] = []
        perhaps: list[Input] = []
        for other in self.inputs:
            clashes = self._clashing(elements, other.elements)
            is_another = (other.holding, other.part) != (used[0].id, _input_of(*used))
            if other.holding in merged and is_another and clashes:
                (surely if clashes == other.elements else perhaps).append(other)
        return surely, perhaps

    @cached_property
    def _held(self) -> frozenset[Elements | None]:
        return frozenset(item for each in self.inputs for item in each.elements)

    def _clashing(self, elements: Elements, others: frozenset[Elements | None]) -> set[Elements]:
        return {item for item in others if item is not None and not self.charts.may_mix(elements, item)}


def releases_of(
    project: Project,
    held: Sequence[tuple[Holding, Sequence[PartReading]]],
    licenses: Mapping[str, License],
    charts: Compatibility,
    in_files: tuple[Output, ...] = (),
) -> Releases:
    """Return the outputs of `project`, with the holdings, or each part of them that was used, as inputs.

    `in_files` are outputs as a file of a release states them.
    """
    inputs = tuple(each for holding, readings in held for each in inputs_of(holding, readings, licenses))
    return Releases(project, tuple(holding for holding, _ in held), inputs, licenses, charts, in_files)


def inputs_of(holding: Holding, readings: Sequence[PartReading], licenses: Mapping[str, License]) -> tuple[Input, ...]:
    """Return a data item as an input of the outputs, or each part of it that was used.

    Own data are under no license, so that they clash with nothing, and are none.
    """
    if holding.kind is HoldingKind.OWN:
        return ()
    by_part: dict[str | None, list[PartReading]] = {}
    for reading in readings:
        by_part.setdefault(_input_of(holding, reading), []).append(reading)
    found = []
    for part, named in by_part.items():
        stated = [licenses.get(reading.license or "") for reading in named]
        elements = frozenset(None if license_ is None else elements_of(license_) for license_ in stated)
        name = holding.name if part is None else f"{named[0].part} of {holding.name}"
        found.append(Input(holding.id, part, name, elements, frozenset(reading.license for reading in named)))
    return tuple(found)


def _input_of(holding: Holding, reading: PartReading) -> str | None:
    """Return the part that the reading is of, where several parts of the holding were used together."""
    together = holding.all_used and len(holding.distributions) > 1
    return reading.distribution.id if together and reading.distribution is not None else None


def in_activity(
    activity: Activity, holding: Holding, situations: Sequence[tuple[PartReading, Facts]], releases: Releases
) -> list[tuple[PartReading, Facts]]:
    """Return the readings of a holding, each with all facts that hold under it when this activity is judged."""
    doing = activity_facts(activity)
    return [
        (reading, {**facts, **doing, **releases.facts(holding, reading, activity)}) for reading, facts in situations
    ]


def _released(project: Project, activity: Activity, holdings: Sequence[Holding]) -> Iterator[Released]:
    """Yield the outputs that an activity releases, with their licenses and what they come from.

    Where the project states none for an activity that releases an adaptation, there is one of which nothing is known.
    Data that no stated activity releases are judged with what is done to release other data: a copy is a copy,
    whatever its sharing is called.
    """
    kinds = outputs_of(activity)
    data = {kind for activity in RELEASES_DATA for kind in outputs_of(activity)}
    stated = [output for output in project.use.outputs or () if output.kind in kinds]
    strays = [output for output in stray_outputs(project) if output.kind in data] if activity in RELEASES_DATA else []
    for output in stated:
        yield Released(output.kind, output.license, sources_of(output, holdings))
    if not stated and activity in UNSTATED:
        yield Released(UNSTATED[activity], None, sources_of(None, holdings))
    for output in strays:
        yield Released(output.kind, output.license, sources_of(output, holdings))
