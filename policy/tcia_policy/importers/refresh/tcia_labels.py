"""The licenses that TCIA states of a download: the label of its v2, and that of its v1.

A label or link that no license lists makes a claim of a license that is not known: the part is undetermined until the
rules describe it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain

from pydantic import BaseModel, ValidationError

from tcia_policy.importers import tcia
from tcia_policy.importers.license_names import LicenseNames, Statement, claims
from tcia_policy.importers.online.answers import Answers
from tcia_policy.importers.refresh.restated import restated, silent
from tcia_policy.lazy import dataclass
from tcia_policy.model import Access, Distribution, LicenseClaim
from tcia_policy.registry.licenses import is_unrecognized, unrecognized

SOURCE_V1 = "tcia-collection-manager-v1"
LIST_V1 = "downloads-v1"
ACCESS = {"Public": Access.OPEN, "Limited": Access.CONTROLLED}


class _DownloadV1(BaseModel):
    id: int
    data_license: tcia.Texts = ()
    download_access: tcia.MaybeText = None

    def joined(self, other: "_DownloadV1 | None") -> "_DownloadV1":
        """Return the record with what another one of the same download says: its labels, and that it is closed."""
        if other is None or other == self:
            return self
        closed = [each for each in (other, self) if ACCESS.get(each.download_access or "") is Access.CONTROLLED]
        licenses = (*other.data_license, *self.data_license)
        return self.model_copy(update={"data_license": licenses, "download_access": (*closed, self)[0].download_access})


@dataclass(frozen=True)
class Labels:
    """What to read labels with: the spellings of licenses, the day, and what v1 says by the number of a download.

    `has_v2` says that the records have v2's label.
    """

    names: LicenseNames
    day: date
    of_v1: Mapping[str, _DownloadV1]
    has_v2: bool

    def on(self, part: Distribution, rows: Iterable[tcia.Download]) -> Distribution:
        """Return the part with the claims that both labels of its download make, which may stand in several rows."""
        if self.has_v2:
            found = claims(chain.from_iterable(map(self._v2, rows)), tcia.SOURCE, self.day)
            part = restated(part, tcia.SOURCE, found) if found else silent(part, tcia.SOURCE, self.day)
        label = self.of_v1.get(part.id)
        if label is None:
            return part
        stated = self._v1(label)
        return restated(part, SOURCE_V1, stated) if stated else silent(part, SOURCE_V1, self.day)

    def _v2(self, row: tcia.Download) -> Iterator[Statement]:
        stated = row.license or tcia.LicenseField()
        if stated.label is not None:
            yield Statement("label", stated.label, self.names.known_label(stated.label) or unrecognized(stated.label))
        if stated.url is not None:
            yield Statement("url", stated.url, self.names.known_url(stated.url) or unrecognized(stated.url))

    def _v1(self, label: _DownloadV1) -> tuple[LicenseClaim, ...]:
        known = self.names
        statements = [
            Statement("data_license", text, known.known_label(text) or known.known_url(text) or unrecognized(text))
            for text in label.data_license
        ]
        return claims(statements, SOURCE_V1, self.day, access=ACCESS.get(label.download_access or ""))


def labels(answers: Answers, names: LicenseNames) -> Labels:
    """Return what the answers have of labels. A record of v1 that cannot be read says nothing."""
    of_v1: dict[str, _DownloadV1] = {}
    for id_, found in _of_v1(answers):
        of_v1[id_] = found.joined(of_v1.get(id_))
    return Labels(names, answers.day, of_v1, has_v2=answers.form != "v1")


def unknown_labels(parts: Iterable[Distribution], labels: Labels) -> Iterator[str]:
    """Yield the labels of today that no license lists: v2's, or v1's where v2 did not answer."""
    source = tcia.SOURCE if labels.has_v2 else SOURCE_V1
    for part in parts:
        for claim in part.claims:
            if claim.source == source and claim.as_of == labels.day and is_unrecognized(claim.license):
                yield claim.stated_as


def _of_v1(answers: Answers) -> Iterator[tuple[str, _DownloadV1]]:
    for record in answers.lists.get(LIST_V1, ()):
        try:
            found = _DownloadV1.model_validate(record)
        except ValidationError:
            continue
        yield str(found.id), found
