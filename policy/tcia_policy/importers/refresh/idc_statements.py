"""The licenses in IDC's answers: of its sources, and of the series themselves.

No license is no claim. A label that no license lists is a claim only on IDC's own data: of TCIA's data IDC has a copy
of TCIA's label, and TCIA's own counts.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from pydantic import BaseModel, ConfigDict

from tcia_policy.importers import idc
from tcia_policy.importers.license_names import LicenseNames, Statement
from tcia_policy.importers.online.answers import Answers
from tcia_policy.importers.refresh import idc_answers
from tcia_policy.lazy import dataclass
from tcia_policy.registry.licenses import unrecognized

OF_SERIES = "license_short_name"
FIELDS = {"label": "label", "long name": "long_name", "url": "url"}


class _OfSeries(BaseModel):
    """Series of one source DOI that have one license."""

    model_config = ConfigDict(strict=True)

    doi: str
    license: str | None
    series: int


@dataclass(frozen=True)
class SeriesLicenses:
    """How many series of each source DOI have which label; `None` counts those without one."""

    of_doi: Mapping[str, Mapping[str | None, int]]

    def statements(self, doi: str, names: LicenseNames) -> Iterator[Statement]:
        """Yield what the series of a source state."""
        for label in self.of_doi.get(doi, {}):
            if label:
                yield Statement(OF_SERIES, label, names.known_label(label) or unrecognized(label))

    def remarks(self) -> Iterator[str]:
        """Yield a remark for each DOI with several licenses, and for each with series that have none."""
        for doi, counted in sorted(self.of_doi.items()):
            labels = [label for label in counted if label]
            if len(labels) > 1:
                yield f"IDC: the series of {doi} have {len(labels)} licenses in one version: {', '.join(labels)}"
            if any(not label for label in counted):
                without = sum(number for label, number in counted.items() if not label)
                yield f"IDC: {without:,} series of {doi} have no license"


def licenses_of_series(answers: Answers) -> SeriesLicenses:
    """Return what the answers say of series. Raise `ValidationError` for another shape."""
    found: dict[str, dict[str | None, int]] = defaultdict(dict)
    for record in answers.lists.get(idc_answers.SERIES, ()):
        parsed = _OfSeries.model_validate(record)
        found[parsed.doi][parsed.license] = parsed.series
    return SeriesLicenses(found)


def stated_by(names: LicenseNames) -> Callable[[idc.SourceRow, str], Iterator[Statement]]:
    """Return what reads the licenses of a source: fields that state none are passed over."""

    def stated(row: idc.SourceRow, _record: str) -> Iterator[Statement]:
        for field, column in FIELDS.items():
            text = row.get(column)
            if text:
                known = names.known_url(text) if field == "url" else names.known_label(text)
                yield Statement(field, text, known or unrecognized(text))

    return stated
