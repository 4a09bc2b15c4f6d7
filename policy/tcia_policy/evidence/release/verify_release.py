"""Duties against a release: which of them its own text meets, since whoever gets it sees no paper."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from tcia_policy.evidence.observations import Observations, UndeclaredDataset
from tcia_policy.evidence.release.credit import Credit, CreditFinder
from tcia_policy.evidence.release.narrowings import Narrowing, narrowings
from tcia_policy.evidence.release.said import DataSaid, LicenseSaid, ReleaseSaid
from tcia_policy.evidence.verify_duties import ManuscriptVerifier, ProjectContext
from tcia_policy.files.digests import digest_of_text
from tcia_policy.files.written_by import IS_OURS
from tcia_policy.lazy import dataclass
from tcia_policy.model import (
    CitationOwed,
    Dataset,
    Duty,
    DutyKind,
    DutyStatus,
    Found,
    Holding,
    License,
)
from tcia_policy.model.release import ReleaseFileRead, ReleaseName, ReleaseRead, ReleaseStatement
from tcia_policy.registry import Registry
from tcia_policy.releases.model import ReleaseFile, Stated, Topic
from tcia_policy.text.english import joined

_WHOLE = "names the first of the creators, the title or DOI and the license of the data"


@dataclass(frozen=True)
class Owed:
    """What a study owes, with what is known of the data that it owes it for."""

    citations: Sequence[CitationOwed]
    holdings: Sequence[Holding]
    datasets: Mapping[str, Dataset]
    licenses: Mapping[str, License]


class ReleaseVerifier:
    """The release folders of a study, read. `said` is what they state; `read` is that for reports.

    `not_used` are the ids of datasets that the study did not use.
    """

    def __init__(self, said: ReleaseSaid, registry: Registry, context: ProjectContext) -> None:
        self.said = said
        self.not_used = context.not_used
        self._text = ManuscriptVerifier(said.text, registry, context)
        self._credit = CreditFinder(said.text, registry, said.licenses)
        self.read = _read(said, context.selects, self._text.named)

    @property
    def datasets_in_text(self) -> tuple[str, ...]:
        """Return the ids of the datasets that the text of the release cites or names as used."""
        return self._text.selection()

    @cached_property
    def narrowings(self) -> tuple[Narrowing, ...]:
        """Return the sentences that give less than a license of the release, found once for all suppositions."""
        return tuple(narrowings(self.said))

    def undeclared(self, holdings: Sequence[Holding], datasets: Mapping[str, Dataset]) -> Mapping[str, str]:
        """Return the datasets that the text cites or names and that are not among the holdings, each with its place."""
        seen = self._text.observe(holdings, datasets)
        return {item.dataset: item.place for item in (*seen.cited, *seen.named)}

    def left_out(self, holdings: Sequence[Holding], datasets: Mapping[str, Dataset]) -> Observations:
        """Return the datasets that the text names where the data are those that it uses, and that are not among them.

        `asked` are those of which it does not say that they were used, `denied` those that it says were not.
        """
        return self._text.observe(holdings, datasets)

    def verify(self, duties: Sequence[Duty], owed: Owed) -> tuple[Duty, ...]:
        """Return the duties, each with what the release shows of it; as they are where nothing can be seen there."""
        by_text = self._text.verify(duties, owed.citations, owed.datasets)
        return tuple(self._credited(_of_release(duty), owed) for duty in by_text)

    def _credited(self, duty: Duty, owed: Owed) -> Duty:
        """Return a duty to give credit, with where the release does so; it stays unverified whether all of it is said.

        Nobody can see in a text whether all changes to the data are told, and all notices are kept.
        """
        if duty.kind is not DutyKind.ATTRIBUTE or duty.status is DutyStatus.MET or duty.wordings or duty.printed:
            return duty
        meant = [holding for holding in owed.holdings if holding.id in duty.holdings]
        found = [(holding, self._credit_of(holding, owed)) for holding in meant]
        lacking = [
            _lacking(holding, credit, owed)
            for holding, credit in found
            if credit.data is None or credit.has_gap or (duty.required and not credit.is_whole)
        ]
        if lacking or not found:
            at = (self._text.read.files or self.read.paths)[:1]
            evidence = _joined(duty.evidence, f"not found in the release: {'; '.join(lacking) or duty.text}")
            update = {"status": DutyStatus.OPEN, "found": Found.ABSENT, "evidence": evidence, "at": at}
            return duty.model_copy(update=update)
        places = ", ".join(dict.fromkeys(credit.data for _, credit in found if credit.data is not None))
        said = f"{places} {_WHOLE}; nobody looked whether it says what was changed and keeps all notices"
        if not duty.required:
            said = f"named in {places}"
        return duty.model_copy(update={"found": Found.PRESENT, "evidence": _joined(duty.evidence, said)})

    def _credit_of(self, holding: Holding, owed: Owed) -> Credit:
        dataset = owed.datasets.get(holding.dataset or "")
        return self._credit.of(holding, dataset, _licenses(holding, dataset, owed.licenses))


def _of_release(duty: Duty) -> Duty:
    """Return a duty that was looked for, with what was seen of it told of the release."""
    if duty.evidence is None:
        return duty
    return duty.model_copy(update={"evidence": duty.evidence.replace("in the manuscript", "in the release")})


def _lacking(holding: Holding, credit: Credit, owed: Owed) -> str:
    """Return what the credit of a data item lacks: `the creators of LIDC-IDRI (NOTICE)`."""
    named = _licenses(holding, owed.datasets.get(holding.dataset or ""), owed.licenses)
    license_ = " or ".join(each.short_name for each in named[:2]) or "its license"
    if credit.data is None:
        return f"{holding.name} with {license_}"
    lacks = [
        *([] if credit.license else [f"{license_} beside {holding.name}"]),
        *([f"the address of {license_}"] if credit.license and not credit.address else []),
        *([] if credit.creators else [f"the creators of {holding.name}"]),
        *([] if credit.source else [f"the title or DOI of {holding.name}"]),
        *([f"what was changed in {holding.name}"] if credit.has_gap else []),
    ]
    return f"{joined(lacks)} ({credit.data})"


def _licenses(holding: Holding, dataset: Dataset | None, licenses: Mapping[str, License]) -> list[License]:
    """Return the licenses that are stated of a data item, as far as they are described."""
    parts = () if dataset is None else dataset.distributions
    held = [part for part in parts if not holding.distributions or part.id in holding.distributions]
    stated = [claim.license for part in held for claim in part.claims]
    return [licenses[name] for name in dict.fromkeys((*stated, holding.license or "")) if name in licenses]


def _joined(earlier: str | None, said: str) -> str:
    return "; ".join(filter(None, (earlier, said)))


def _read(said: ReleaseSaid, selects: bool, named: Sequence[UndeclaredDataset]) -> ReleaseRead:
    licenses = {id(each.stated): each for each in (*said.licenses, *said.data_licenses)}
    data = {id(each.stated): each for each in (*said.made_from, *said.tested_on)}
    of_folders = [each for release in said.releases for each in release.problems]
    ours = [each for each in of_folders if each.problem == IS_OURS]
    problems = [str(each) for each in of_folders if each not in ours]
    for file in said.files:
        problems += map(str, (*file.unread_licenses, *file.problems, *file.text.problems))
    return ReleaseRead(
        paths=tuple(release.shown for release in said.releases),
        folders=tuple(release.shown for release in said.releases if release.is_folder),
        files=tuple(_file(file, licenses, data) for file in said.files),
        passed_over=tuple(name for release in said.releases for name in release.passed_over),
        problems=tuple(dict.fromkeys(problems)),
        ours=tuple(dict.fromkeys(each.place.file for each in ours)),
        names=tuple(ReleaseName(dataset=each.dataset, written=each.written, place=each.place) for each in named),
        selects=selects,
        digest=digest_of_text(repr([(release.shown, release.files) for release in said.releases])),
    )


def _file(file: ReleaseFile, licenses: Mapping[int, LicenseSaid], data: Mapping[int, DataSaid]) -> ReleaseFileRead:
    return ReleaseFileRead(
        file=file.file,
        format=file.format,
        released=file.released.value,
        says=tuple(_statement(stated, licenses.get(id(stated)), data.get(id(stated))) for stated in file.stated),
    )


def _statement(stated: Stated, license_: LicenseSaid | None, data: DataSaid | None) -> ReleaseStatement:
    return ReleaseStatement.model_validate(
        {
            "topic": stated.topic.value,
            "text": stated.text,
            "field": stated.field,
            "place": str(stated.place),
            "released": license_.released.value if license_ is not None and stated.topic is Topic.LICENSE else None,
            "license": None if license_ is None else license_.license,
            "datasets": () if data is None else data.datasets,
        }
    )


def of_registry(said: Iterable[DataSaid]) -> tuple[str, ...]:
    """Return the ids of the datasets of the registry among what is said, each once."""
    return tuple(dict.fromkeys(name for each in said for name in each.datasets))
