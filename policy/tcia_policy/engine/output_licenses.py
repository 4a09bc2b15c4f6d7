"""The licenses of outputs: what CC's charts say about every output that a project states, for each input."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tcia_policy.engine.license_readings import PartReading
from tcia_policy.engine.use_facts import activity_facts, stray_outputs
from tcia_policy.model import Access, Activity, Holding, License, LicenseFamily, OutputKind, Positions, Project
from tcia_policy.rules.compatibility import Compatibility, Elements, Nature, Row, Ruling, elements_of, outputs_of
from tcia_policy.rules.vocabulary import Facts, FactValue, known

RELEASES_DATA = (Activity.SHARE_DERIVED_DATA, Activity.REDISTRIBUTE_DATA, Activity.HOST_ACCESS)
# What an activity releases if the project states no output for it.
UNSTATED: Mapping[Activity, OutputKind | None] = {
    Activity.SHARE_DERIVED_DATA: None,
    Activity.RELEASE_MODEL: OutputKind.MODEL,
    Activity.PUBLISH_FIGURES: OutputKind.FIGURES,
}
# What holds for a license if the model is an adaptation. A project without a position is told both possibilities.
IF_ADAPTATION: Mapping[Ruling | None, str] = {
    Ruling.NAMED: "CC's chart names this license",
    Ruling.DISCOURAGED: "CC allows this license but does not recommend it",
    Ruling.SHARE_ALIKE: "this license is not allowed, because adaptations of ShareAlike material keep its license",
    Ruling.NO_DERIVATIVES: "it may not be released, because adaptations of NoDerivatives material may not be shared",
    Ruling.SOFTWARE: "CC does not name this license, and the notices of the data have to be kept with it",
    Ruling.NOT_DESCRIBED: "the terms of this license are not known to tcia-policy",
}


@dataclass(frozen=True)
class LicenseRuling:
    """What the charts say of one output under one reading of one input. `kind` is `None` where no output is stated."""

    ruling: Ruling
    kind: OutputKind | None
    license: str | None
    note: str = ""

    def __str__(self) -> str:
        what = "derived data" if self.kind is None else self.kind.value
        stated = f"{what} under {self.license}" if self.license else f"{what}, no license stated"
        return f"{stated} ({self.note})" if self.note else stated


@dataclass(frozen=True)
class Input:
    """What was used, as an input of the outputs: the license elements that it has by any reading, `None` for others.

    It is a holding as a whole, or `part` of it where several parts were used together.
    """

    holding: str
    part: str | None
    name: str
    elements: frozenset[Elements | None]


@dataclass(frozen=True)
class Releases:
    """The outputs of a project, and the holdings that they were made from."""

    project: Project
    inputs: tuple[Input, ...]
    licenses: Mapping[str, License]
    charts: Compatibility

    def ruled(self, holding: Holding, reading: PartReading, activity: Activity) -> tuple[LicenseRuling, ...]:
        """Return what is said of each output that the activity releases, given this reading of one input."""
        material = self.licenses.get(reading.license or "")
        found = []
        for kind, license_id in _released(self.project, activity):
            ruling, note = self._ruling(kind, license_id, material)
            if ruling is not None:
                found.append(LicenseRuling(ruling, kind, license_id, note))
            mixed = self._mixed((holding, reading), kind, material)
            if mixed is not None:
                found.append(LicenseRuling(mixed[0], kind, license_id, mixed[1]))
        return tuple(dict.fromkeys(found))

    def facts(self, holding: Holding, reading: PartReading, activity: Activity) -> dict[str, FactValue]:
        """Return the same as a fact for rules."""
        return {"release.ruling": known(*(item.ruling.value for item in self.ruled(holding, reading, activity)))}

    def _ruling(
        self, kind: OutputKind | None, license_id: str | None, material: License | None
    ) -> tuple[Ruling | None, str]:
        position = self.project.positions
        ruling = rule_output(kind, license_id, material, position, self.charts, self.licenses)
        if ruling is not Ruling.POSITION_OPEN or material is None:
            return ruling, ""
        if license_id is None:
            return None, ""
        adapted = rule_adaptation(license_id, material, self.charts, self.licenses)
        return ruling, f"if it is an adaptation, {IF_ADAPTATION[adapted]}; if it is not, any license may be chosen"

    def _mixed(
        self, used: tuple[Holding, PartReading], kind: OutputKind | None, material: License | None
    ) -> tuple[Ruling, str] | None:
        """Return the ruling where this input may not be merged with another one, and with which."""
        elements = None if material is None else elements_of(material)
        nature = "perhaps-adaptation" if kind is None else self.charts.outputs[kind].nature
        if elements is None or not self._may_be_one_work(nature) or not self._clashing(elements, self._held):
            return None
        surely, perhaps = self._clashing_inputs(used, elements)
        if not surely and not perhaps:
            return None
        ruling = Ruling.REMIX if surely and nature == "by-position" and self._is_adaptation else Ruling.PERHAPS_REMIX
        return ruling, f"together with {', '.join(dict.fromkeys((*surely, *perhaps)))}"

    @property
    def _is_adaptation(self) -> bool | None:
        return self.project.positions.model_is_adaptation

    def _may_be_one_work(self, nature: Nature) -> bool:
        """Return whether an output may merge its inputs into one adaptation of them all."""
        if nature == "by-position":
            return self._is_adaptation is not False
        return nature not in ("copy", "collection")

    def _clashing_inputs(self, used: tuple[Holding, PartReading], elements: Elements) -> tuple[list[str], list[str]]:
        """Return the other inputs that may not be merged with this one: those for sure, and those by some reading."""
        surely: list[str] = []
        perhaps: list[str] = []
        for other in self.inputs:
            clashes = self._clashing(elements, other.elements)
            if (other.holding, other.part) != (used[0].id, _input_of(*used)) and clashes:
                (surely if clashes == other.elements else perhaps).append(other.name)
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
) -> Releases:
    """Return the outputs of `project`, with every holding, or each part of it that was used, as an input."""
    inputs = []
    for holding, readings in held:
        for part in dict.fromkeys(_input_of(holding, reading) for reading in readings):
            named = [reading for reading in readings if _input_of(holding, reading) == part]
            stated = [licenses.get(reading.license or "") for reading in named]
            elements = frozenset(None if license_ is None else elements_of(license_) for license_ in stated)
            name = holding.name if part is None else f"{named[0].part} of {holding.name}"
            inputs.append(Input(holding.id, part, name, elements))
    return Releases(project, tuple(inputs), licenses, charts)


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


def rule_output(
    kind: OutputKind | None,
    license_id: str | None,
    material: License | None,
    positions: Positions,
    charts: Compatibility,
    licenses: Mapping[str, License],
) -> Ruling | None:
    """Return the charts' ruling on an output of `kind` under `license_id`, made with `material`.

    `kind` is `None` for derived data of a kind that is not stated, `license_id` for an output whose license is not
    stated, `material` for an input whose license is not known. `None` where nothing depends on the output's license.
    """
    nature = "perhaps-adaptation" if kind is None else charts.outputs[kind].nature
    if license_id is None and nature in ("copy", "collection"):
        return None
    if material is None or _is_closed(material, charts):
        return None if license_id is None else Ruling.INPUT_UNKNOWN
    if charts.is_public_domain(material):
        return None if license_id is None else Ruling.PUBLIC_DOMAIN
    if nature in ("copy", "collection"):
        return _unadapted(nature, license_id, material)
    if nature == "by-position" and positions.model_is_adaptation is not True:
        return _without_adaptation(license_id, positions)
    return _as(nature, rule_adaptation(license_id, material, charts, licenses), license_id, material)


def _unadapted(nature: Nature, license_id: str | None, material: License) -> Ruling:
    """Rule on copies, which keep their license, and on a collection, which has one of its own beside it."""
    if nature == "copy":
        return Ruling.OWN_LICENSE if license_id == material.id else Ruling.RELICENSED_COPY
    return Ruling.NONCOMMERCIAL_COLLECTION if "commercial-use" in material.prohibits else Ruling.COLLECTION


def _without_adaptation(license_id: str | None, positions: Positions) -> Ruling | None:
    """Rule on a model of which the project does not say that it is an adaptation."""
    if positions.model_is_adaptation is None:
        return Ruling.POSITION_OPEN
    return None if license_id is None else Ruling.NO_ADAPTATION


def rule_adaptation(
    license_id: str | None, material: License, charts: Compatibility, licenses: Mapping[str, License]
) -> Ruling | None:
    """Return what the adapter's chart says of an adaptation of CC-licensed `material` under `license_id`."""
    elements = elements_of(material)
    assert elements is not None
    row = charts.adapters_chart.rows[elements]
    if not row.green and not row.yellow:
        return Ruling.NO_DERIVATIVES
    if license_id is None:
        return Ruling.NOT_STATED if _keeps_license(material) or "commercial-use" in material.prohibits else None
    chosen = licenses.get(license_id)
    named = None if chosen is None else elements_of(chosen)
    if chosen is None or named is None:
        return _outside_the_chart(chosen, keeps_license=_keeps_license(material))
    return _in_the_chart(row, named, is_earlier=_keeps_license(material) and _is_earlier(chosen, material))


def _in_the_chart(row: Row, named: Elements, *, is_earlier: bool) -> Ruling:
    if named in row.green:
        return Ruling.SHARE_ALIKE if is_earlier else Ruling.NAMED
    return Ruling.DISCOURAGED if named in row.yellow else Ruling.SHARE_ALIKE


def _keeps_license(material: License) -> bool:
    return "share-alike" in material.requires


def _as(nature: Nature, ruling: Ruling | None, license_id: str | None, material: License) -> Ruling | None:
    """Return the ruling for what may be no adaptation at all, where the ruling for adaptations is `ruling`."""
    barred = ruling in (Ruling.SHARE_ALIKE, Ruling.NO_DERIVATIVES)
    if nature == "perhaps-adaptation" and barred:
        return Ruling.PERHAPS_ADAPTATION
    if nature != "excerpt":
        return ruling
    if barred:
        return Ruling.PERHAPS_ADAPTATION
    if ruling is Ruling.NOT_STATED:  # a picture of material that is only NonCommercial may keep its license
        return ruling if "share-alike" in material.requires else None
    if license_id == material.id:
        return Ruling.OWN_LICENSE
    return Ruling.EXCERPT if ruling is Ruling.NAMED else ruling


def _outside_the_chart(chosen: License | None, *, keeps_license: bool) -> Ruling:
    if chosen is None:
        return Ruling.NOT_DESCRIBED
    if keeps_license:
        return Ruling.SHARE_ALIKE
    is_software = chosen.family is LicenseFamily.SOFTWARE and chosen.terms_known
    return Ruling.SOFTWARE if is_software else Ruling.NOT_DESCRIBED


def _is_closed(material: License, charts: Compatibility) -> bool:
    """Return whether the charts have nothing to say of it: unknown terms, controlled access, other terms than CC's."""
    if material.access is Access.CONTROLLED or not material.terms_known:
        return True
    return elements_of(material) is None and not charts.is_public_domain(material)


def _is_earlier(license_: License, other: License) -> bool:
    return _version(license_) < _version(other)


def _version(license_: License) -> tuple[int, ...]:
    return tuple(int(part) for part in (license_.version or "0").split("."))


def _released(project: Project, activity: Activity) -> list[tuple[OutputKind | None, str | None]]:
    """Return the outputs that an activity releases, with their licenses.

    Where the project states none for an activity that releases an adaptation, there is one of which nothing is known.
    Data that no stated activity releases are judged with what is done to release other data: a copy is a copy,
    whatever its sharing is called.
    """
    kinds = outputs_of(activity)
    data = {kind for activity in RELEASES_DATA for kind in outputs_of(activity)}
    outputs = project.use.outputs or ()
    stated = [(output.kind, output.license) for output in outputs if output.kind in kinds]
    strays = [(output.kind, output.license) for output in stray_outputs(project) if output.kind in data]
    released: list[tuple[OutputKind | None, str | None]] = [*stated]
    if not stated and activity in UNSTATED:
        released.append((UNSTATED[activity], None))
    return [*released, *(strays if activity in RELEASES_DATA else ())]
