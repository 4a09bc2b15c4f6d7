"""The names behind the ids of an assessment. An id that leads nowhere is shown as it is."""

from collections.abc import Iterable, Mapping

from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment, Dataset, Holding, License, Source
from tcia_policy.reports.labels import dated


@dataclass(frozen=True)
class Names:
    """Look-ups by id into one assessment."""

    holdings: Mapping[str, Holding]
    datasets: Mapping[str, Dataset]
    licenses: Mapping[str, License]
    sources: Mapping[str, Source]

    @classmethod
    def of(cls, assessment: Assessment) -> "Names":
        """Return the look-ups into `assessment`."""
        return cls(
            holdings={holding.id: holding for holding in assessment.holdings},
            datasets={dataset.id: dataset for dataset in assessment.datasets},
            licenses={license_.id: license_ for license_ in assessment.licenses},
            sources={source.id: source for source in assessment.sources},
        )

    def license(self, license_id: str) -> str:
        """Return the short name of a license, such as `CC BY-NC 3.0`."""
        known = self.licenses.get(license_id)
        return license_id if known is None else known.short_name

    def source(self, source_id: str) -> str:
        """Return the title of a source."""
        known = self.sources.get(source_id)
        return source_id if known is None else known.title

    def dated_source(self, source_id: str) -> str:
        """Return the title of a source, and when it was read."""
        known = self.sources.get(source_id)
        return source_id if known is None else f"{known.title} ({dated(known)})"

    def holdings_of(self, holding_ids: Iterable[str]) -> tuple[str, ...]:
        """Return the names of data items."""
        return tuple(self.holdings[item].name if item in self.holdings else item for item in holding_ids)
