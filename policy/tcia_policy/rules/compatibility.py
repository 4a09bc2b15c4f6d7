"""Creative Commons' charts of which licenses go together, as data: `rules/reference/compatibility.yaml`."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import model_validator

from tcia_policy.files import located_yaml
from tcia_policy.files.compiled import compiled
from tcia_policy.files.shipped import shipped
from tcia_policy.model import Activity, License, LicenseFamily, OutputKind, Reference
from tcia_policy.model.base import Contract

FILE = "compatibility.yaml"
Elements = Literal["CC0", "BY", "BY-NC", "BY-SA", "BY-NC-SA", "BY-ND", "BY-NC-ND"]
Nature = Literal["copy", "adaptation", "perhaps-adaptation", "by-position", "excerpt", "collection", "independent"]


class Ruling(StrEnum):
    """What the charts and legal codes say about a license for an output, given the license of one input.

    The rules of `rules/release/` say what follows from each ruling.
    """

    OWN_LICENSE = "own-license"
    RELICENSED_COPY = "relicensed-copy"
    NAMED = "named"
    DISCOURAGED = "discouraged"
    SHARE_ALIKE = "share-alike"
    NO_DERIVATIVES = "no-derivatives"
    PERHAPS_ADAPTATION = "perhaps-adaptation"
    SOFTWARE = "software"
    NOT_DESCRIBED = "not-described"
    NOT_STATED = "not-stated"
    REMIX = "remix"
    PERHAPS_REMIX = "perhaps-remix"
    EXCERPT = "excerpt"
    COLLECTION = "collection"
    NONCOMMERCIAL_COLLECTION = "noncommercial-collection"
    PUBLIC_DOMAIN = "public-domain"
    NO_ADAPTATION = "no-adaptation"
    POSITION_OPEN = "position-open"
    INPUT_UNKNOWN = "input-unknown"
    INDEPENDENT = "independent"
    TOOL = "tool"
    RESTRICTED_TOOL = "restricted-tool"
    NOT_NAMED = "not-named"
    COMPATIBLE = "compatible"
    EXPRESSION = "expression"
    KEEPS_NOTICES = "keeps-notices"
    FREE_RESULTS = "free-results"
    COPYLEFT_KEPT = "copyleft-kept"
    COPYLEFT_LOST = "copyleft-lost"
    PERHAPS_COPYLEFT = "perhaps-copyleft"
    COPYLEFT_NOT_STATED = "copyleft-not-stated"
    PERHAPS_COPYLEFT_MIX = "perhaps-copyleft-mix"


class Row(Contract):
    """The licenses for an adaptation: those that CC names, and those that it allows but does not recommend."""

    green: tuple[Elements, ...] = ()
    yellow: tuple[Elements, ...] = ()


class AdaptersChart(Contract):
    """The chart of licenses for adaptations, with one row for each license of the material."""

    reference: Reference
    rows: Mapping[Elements, Row]

    @model_validator(mode="after")
    def _has_every_row(self) -> "AdaptersChart":
        missing = set(get_args(Elements)) - set(self.rows)
        if missing:
            raise ValueError(f"rows are missing: {', '.join(sorted(missing))}")
        return self


class RemixChart(Contract):
    """Pairs of licenses whose material may not be merged into one adaptation."""

    reference: Reference
    never_together: tuple[tuple[Elements, Elements], ...]


class PublicDomain(Contract):
    """Terms that ask for nothing, and the document that says so."""

    license: str
    reference: Reference


class Successors(Contract):
    """The licenses, beside itself, under which a license lets adaptations of its material be shared.

    `works_around_it` says that a larger work may carry another license, as long as the material in it keeps this one.
    """

    license: str
    adaptations: tuple[str, ...] = ()
    works_around_it: bool = False
    reference: Reference


class FreeResults(Contract):
    """Terms that put no obligation on what is found by computation, such as a model, and where they say so."""

    license: str
    reference: Reference


class OutputTerms(Contract):
    """The activities that release a kind of output, how the output relates to its material, and why."""

    released_by: tuple[Activity, ...]
    nature: Nature
    because: str
    reference: Reference


class Compatibility(Contract):
    """The charts. `candidates` are the licenses to judge for an output; the one that asks least is first.

    `with_notices` are software licenses that an adaptation of CC's material may carry if its notices travel along.
    `declared_compatible` are licenses that CC has named beside its own. `copyleft` has every license of that family.
    """

    adapters_chart: AdaptersChart
    remix_chart: RemixChart
    public_domain: tuple[PublicDomain, ...]
    with_notices: tuple[str, ...]
    declared_compatible: tuple[Successors, ...]
    copyleft: tuple[Successors, ...]
    free_results: tuple[FreeResults, ...]
    outputs: Mapping[OutputKind, OutputTerms]
    candidates: tuple[str, ...]

    @model_validator(mode="after")
    def _knows_every_output(self) -> "Compatibility":
        missing = set(OutputKind) - set(self.outputs)
        if missing:
            raise ValueError(f"outputs are missing: {', '.join(sorted(missing))}")
        return self

    def is_public_domain(self, license_: License) -> bool:
        """Return whether the terms of the license ask for nothing."""
        return any(item.license == license_.id for item in self.public_domain)

    def keeps_copyleft(self, license_id: str, material: str) -> bool:
        """Return whether a copyleft license lets its material be shared under `license_id`: itself, or one it names."""
        return license_id == material or any(
            item.license == material and license_id in item.adaptations for item in self.copyleft
        )

    def allows_works_around(self, material: str) -> bool:
        """Return whether a larger work around material under this copyleft license may carry another license."""
        return any(item.license == material and item.works_around_it for item in self.copyleft)

    def is_declared_compatible(self, license_id: str, material: str) -> bool:
        """Return whether CC has named `license_id` for adaptations of material under this ShareAlike license."""
        return any(item.license == material and license_id in item.adaptations for item in self.declared_compatible)

    def leaves_results_free(self, license_: License) -> bool:
        """Return whether the terms put no obligation on what is found by computation, such as a model."""
        return any(item.license == license_.id for item in self.free_results)

    def may_mix(self, one: Elements, other: Elements) -> bool:
        """Return whether material under both may be merged into one adaptation, leaving NoDerivatives aside."""
        return not {(one, other), (other, one)} & set(self.remix_chart.never_together)


def elements_of(license_: License) -> Elements | None:
    """Return the license elements that CC's charts use, such as `BY-NC`; `None` if the license is not one of CC's."""
    if license_.family is not LicenseFamily.CREATIVE_COMMONS or not license_.terms_known:
        return None
    if "attribution" not in license_.requires:
        return "CC0"
    found = [
        "BY",
        *(["NC"] if "commercial-use" in license_.prohibits else []),
        *(["SA"] if "share-alike" in license_.requires else []),
        *(["ND"] if "derivative-works" in license_.prohibits else []),
    ]
    name = "-".join(found)
    return next((item for item in get_args(Elements) if item == name), None)


@cache
def load_compatibility(folder: Path | None = None) -> Compatibility:
    """Return the charts in `compatibility.yaml` of the folder of reference data (the shipped one by default).

    Raises `InputError` for a chart that lacks a row or an output.
    """
    if folder is None:
        path = shipped("rules") / "reference" / FILE
        return compiled("compatibility", [path], lambda: _read(path))
    return _read(folder / FILE)


def _read(path: Path) -> Compatibility:
    return located_yaml.read(path).parse(Compatibility)


@cache
def outputs_of(activity: Activity) -> tuple[OutputKind, ...]:
    """Return the kinds of output that an activity releases, by the shipped charts."""
    return tuple(kind for kind in OutputKind if activity in load_compatibility().outputs[kind].released_by)
