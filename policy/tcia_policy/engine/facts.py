"""The facts by which a holding is judged: one set of facts for each reading of the sources."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cached_property

from tcia_policy.engine.agreements import Evidence
from tcia_policy.engine.concluded_licenses import with_conclusions
from tcia_policy.engine.fact_days import is_stated_later
from tcia_policy.engine.holding_facts import holding_facts
from tcia_policy.engine.license_readings import PartReading, readings_beside, readings_of, with_controlled_parts_used
from tcia_policy.engine.lineage import lineage_facts, part_facts
from tcia_policy.lazy import dataclass
from tcia_policy.model import Agreement, Dataset, Holding, IdcRelease, License, Route, Source
from tcia_policy.registry.idc_releases import load_idc_releases
from tcia_policy.registry.papers import Papers
from tcia_policy.registry.repository_terms import CopyTerms, load_open_places
from tcia_policy.registry.standing import Registered
from tcia_policy.rules.compatibility import Compatibility, load_compatibility
from tcia_policy.rules.fact_value import Facts, truth

# The agreements and approved requests by which controlled data are had.
FOR_CONTROLLED_DATA = ("dbgap", "nctn-data-archive", "tcia-restricted-license")


@dataclass(frozen=True)
class KnownData:
    """The recorded facts on the holdings, on the datasets that they were made from, and on the terms that may apply.

    `licenses` are those of the registry and those that the project describes; `described` are the latter alone.
    """

    datasets: Mapping[str, Dataset]
    licenses: Mapping[str, License]
    sources: Mapping[str, Source]
    papers: Papers
    copies: Mapping[Route, CopyTerms]
    described: Mapping[str, License] = field(default_factory=dict)
    releases: tuple[IdcRelease, ...] = field(default_factory=load_idc_releases)
    charts: Compatibility = field(default_factory=load_compatibility)
    open_places: frozenset[Route] = field(default_factory=load_open_places)

    @cached_property
    def copying_sources(self) -> frozenset[str]:
        """The ids of the sources that only repeat what another one states."""
        return frozenset(source.id for source in self.sources.values() if source.copies is not None)

    @cached_property
    def registered(self) -> Registered:
        """What it takes to compare claims: no license that the project describes counts among them."""
        recorded = {name: item for name, item in self.licenses.items() if name not in self.described}
        return Registered(recorded, self.sources, self.releases)


def situations(holding: Holding, data: KnownData, evidence: Evidence, use: Facts) -> list[tuple[PartReading, Facts]]:
    """Return the readings of a holding, each with all facts that hold under it for any activity."""
    dataset = data.datasets.get(holding.dataset or "")
    lineage = lineage_facts(holding, dataset, data.datasets, data.registered)
    base = {**use, **holding_facts(holding, dataset, data.registered), **lineage}
    readings = readings_of(holding, dataset, data.registered, data.copies, data.described)
    readings = with_conclusions(readings, holding)
    beside = data.datasets.get(holding.registered_as or "")
    readings = (*readings, *readings_beside(holding, beside, data.registered))
    if not holding.distributions_stated and _has_an_approval(evidence.agreements_for(holding, dataset)):
        readings = with_controlled_parts_used(readings)
    copies = frozenset[str]() if holding.obtained_from is Route.IDC else data.copying_sources
    return [
        (
            reading,
            {
                **base,
                **reading.facts,
                **part_facts(reading.distribution),
                "claims.stated_later": truth(is_stated_later(reading, evidence.as_of, copies)),
                **evidence.facts(holding, dataset, reading.distribution),
            },
        )
        for reading in readings
    ]


def _has_an_approval(agreements: Iterable[Agreement]) -> bool:
    """Return whether one of them gives access to controlled data: then these are what the study used."""
    return any(item.id in FOR_CONTROLLED_DATA for item in agreements)
