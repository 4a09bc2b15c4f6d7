"""Duties against a manuscript: which of them it meets, and what it shows that the project does not state."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from tcia_policy.documents.model import Manuscript, TextBlock
from tcia_policy.evidence.dataset_uses import DatasetUses
from tcia_policy.evidence.mentions.phrases import Phrases
from tcia_policy.evidence.mentions.stance import Said, Stance
from tcia_policy.evidence.nothing_named import datasets_listed, nothing_named
from tcia_policy.evidence.observations import DifferingLicenseFile, NothingNamed, Observations, UndeclaredDataset
from tcia_policy.evidence.own_keys import keys_of
from tcia_policy.evidence.prescribed_wordings import look_for
from tcia_policy.evidence.references import References, Sighting, in_doubt
from tcia_policy.evidence.said_of_data import SaidOf
from tcia_policy.evidence.verify_citations import ABSENT, CitationVerifier, dois_that_serve
from tcia_policy.files.digests import digest_of_text
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import CitationOwed, Dataset, Duty, DutyKind, DutyStatus, Found, Holding, ManuscriptRead
from tcia_policy.registry import Registry

NOT_KNOWN = "[not known]"  # how rules' texts spell what nobody stated: no text can be looked for it
_NOT_MET = {Found.IN_DOUBT: DutyStatus.UNVERIFIED}
_DBGAP = pattern(r"phs\d{6}")


@dataclass(frozen=True)
class ProjectContext:
    """The facts from outside the manuscript.

    `names_manuscript` says that a manuscript was named at all. `not_used` are ids of datasets that the manuscript may
    name or cite though the study did not use them. `selects` says that no project names the data, so that they were
    inferred from the manuscript. `differing` are license files that contradict the project, `problems` what else could
    not be read.
    """

    names_manuscript: bool = True
    not_used: frozenset[str] = frozenset()
    selects: bool = False
    differing: tuple[DifferingLicenseFile, ...] = ()
    problems: tuple[str, ...] = ()


class ManuscriptVerifier:
    """A manuscript that was read. The engine uses it as its `ManuscriptEvidence`."""

    def __init__(self, manuscript: Manuscript, registry: Registry, project: ProjectContext) -> None:
        self._manuscript = manuscript
        self._project = project
        self._registry = registry
        self._uses = DatasetUses(manuscript, registry)
        self._verifiers: dict[frozenset[str], CitationVerifier] = {}
        problems = (*map(str, manuscript.problems), *project.problems)
        self.read = ManuscriptRead(
            files=manuscript.files,
            problems=problems,
            selects=project.selects,
            digest=digest_of_text(repr(manuscript)),
        )

    def verify(
        self, duties: Sequence[Duty], citations: Sequence[CitationOwed], datasets: Mapping[str, Dataset]
    ) -> tuple[Duty, ...]:
        """Return the duties, each with what was found for it. If nothing could be read, they stay as they are."""
        if not self._manuscript.files:
            return tuple(duties)
        verifier = self._verifier(duties, citations, datasets)
        return tuple(self._verified(duty, verifier) for duty in duties)

    def keys(
        self, duties: Sequence[Duty], citations: Sequence[CitationOwed], datasets: Mapping[str, Dataset]
    ) -> Mapping[str, str]:
        """Return, by the DOI of each citation, the key of its entry in the authors' bibliography, or of a new one.

        An entry that the text cites comes before others. Nothing is returned where nothing could be read.
        """
        if not self._manuscript.files:
            return {}
        verifier = self._verifier(duties, citations, datasets)
        return keys_of([item.citation for item in citations], verifier, self._manuscript)

    def _verifier(
        self, duties: Sequence[Duty], citations: Sequence[CitationOwed], datasets: Mapping[str, Dataset]
    ) -> CitationVerifier:
        """Return what looks for these citations; the same for the same works."""
        asked = frozenset(doi for duty in duties for doi in dois_that_serve(duty))
        known = asked.union(datasets, (item.citation.doi for item in citations))
        if known not in self._verifiers:
            self._verifiers[known] = self._new_verifier(duties, citations, datasets)
        return self._verifiers[known]

    def _new_verifier(
        self, duties: Sequence[Duty], citations: Sequence[CitationOwed], datasets: Mapping[str, Dataset]
    ) -> CitationVerifier:
        asked = [doi for duty in duties for doi in dois_that_serve(duty)]
        papers = [notice.doi for dataset in datasets.values() for notice in dataset.notices if notice.doi is not None]
        of_one_work = [doi for dataset in datasets.values() for doi in dataset.dois]
        return CitationVerifier(
            references=References(self._manuscript, [*asked, *papers, *of_one_work]),
            uses=self._uses,
            owed={item.citation.doi: item.citation for item in citations},
            datasets={doi: dataset for dataset in datasets.values() for doi in dataset.dois},
        )

    @property
    def named(self) -> tuple[UndeclaredDataset, ...]:
        """Return every dataset that the text names or cites, with what is said of it at the place that tells most."""
        return _undeclared(self._uses.said)

    def observe(self, holdings: Sequence[Holding], datasets: Mapping[str, Dataset]) -> Observations:
        """Return the undeclared datasets that the manuscript cites or names, and the license files that differ."""
        declared = self._declared(holdings, datasets)
        said = {name: item for name, item in self._uses.said.items() if name not in declared}
        seen = Observations(
            unread=self._project.names_manuscript and not self._manuscript.files,
            license_files=self._project.differing,
        )
        if self.read.selects:
            return self._left_out(seen, said, has_data=bool(holdings))
        by_doi = {name: (item.doi, item.seen) for name, item in self._uses.cited.items()}
        cited = {**by_doi, **{name: (name, where) for name, where in self._uses.cited_without_doi.items()}}
        undeclared = (
            UndeclaredDataset(name, written, _with_remark(where.where, said[name].said))
            for name, (written, where) in cited.items()
            if name in said
        )
        named = {name: item for name, item in said.items() if name not in cited}
        return replace(seen, cited=tuple(undeclared), named=_undeclared(named))

    def _left_out(self, seen: Observations, said: Mapping[str, SaidOf], *, has_data: bool) -> Observations:
        """Return what was seen with the datasets that `selection` leaves out.

        Where it leaves out all, one that the text denies to use is asked about as well: some data were used.
        """
        if not said:
            return replace(seen, nothing_named=None if has_data else nothing_named(self._manuscript))
        denied = {name: item for name, item in said.items() if item.said.stance is Stance.DENIED and has_data}
        asked = {name: item for name, item in said.items() if name not in denied and not item.selects}
        nothing = None if has_data else NothingNamed()
        return replace(seen, nothing_named=nothing, asked=_undeclared(asked), denied=_undeclared(denied))

    def _declared(self, holdings: Sequence[Holding], datasets: Mapping[str, Dataset]) -> frozenset[str]:
        """Return the ids of the datasets used, of their source datasets, and of those that the project did not use."""
        held = [datasets[holding.dataset] for holding in holdings if holding.dataset is not None]
        sources = {item.dataset for dataset in held for item in dataset.derived_from if item.dataset is not None}
        return self._project.not_used | sources | {dataset.id for dataset in held}

    def selection(self) -> tuple[str, ...]:
        """Return the ids of the datasets that the manuscript cites or names, unless it says that others used them.

        Nor are those returned that it only plans to use, introduces, or says that it did not use. Where it is a
        bibliography alone, those are returned that it lists.
        """
        found = dict.fromkeys((*self._uses.cited, *self._uses.cited_without_doi, *self._uses.named))
        if not found:
            return datasets_listed(self._manuscript, self._registry)
        return tuple(name for name in found if self._uses.said[name].selects)

    def _verified(self, duty: Duty, verifier: CitationVerifier) -> Duty:
        if duty.status is DutyStatus.MET:
            return duty
        seen = self._seen(duty, verifier)
        return duty if seen is None else _with(duty, seen)

    def _seen(self, duty: Duty, verifier: CitationVerifier) -> Sighting | None:
        """Return what was found for a duty, or `None` if a text cannot show it."""
        if duty.kind is DutyKind.CITE and duty.doi is not None:
            return verifier.verify(duty)
        if duty.wordings:
            return self._wording(duty.wordings)
        if duty.printed and not any(NOT_KNOWN in names for names in duty.printed):
            return self._printed(duty.printed)
        return None

    def _wording(self, wordings: Sequence[str]) -> Sighting:
        """Return the best sighting of any of several wordings."""
        best = ABSENT
        for wording in wordings:
            found = look_for(wording, self._uses.printed)
            if found.state is Found.PRESENT:
                return Sighting(Found.PRESENT, f"printed in {found.place}")
            if found.state is Found.ALTERED and best is ABSENT:
                where = f"altered in {found.place}: {found.differs}"
                best = Sighting(Found.ALTERED, where, (str(found.place),))
        return self._wording_in_doubt(wordings) or (best if best.at else replace(best, at=self._main_file))

    def _wording_in_doubt(self, wordings: Sequence[str]) -> Sighting | None:
        """Return where one of the wordings stands in text of which nobody can tell whether it is printed."""
        for wording in wordings:
            for prose in self._uses.perhaps_printed:
                found = look_for(wording, [prose])
                if found.state is Found.PRESENT and found.place is not None:
                    return in_doubt(Sighting(Found.PRESENT, f"it stands in {found.place}"), prose.doubt, found.place)
        return None

    @property
    def _main_file(self) -> tuple[str, ...]:
        """Return the first file with text, where what is missing belongs; nothing if no text was read."""
        return tuple(prose.file for prose in self._manuscript.prose if not prose.is_references)[:1]

    def _printed(self, groups: Sequence[Sequence[str]]) -> Sighting:
        said = [self._said(group) for group in groups]
        missing = [" or ".join(map(_asked, group)) for group, seen in zip(groups, said, strict=True) if seen is None]
        if missing:
            at = [str(self._uses.named[name].place) for group in groups for name in group if name in self._uses.named]
            where = f"not found: {'; '.join(missing)}"
            return Sighting(Found.ABSENT, where, tuple(dict.fromkeys(at)) or self._main_file)
        places = "; ".join(dict.fromkeys(seen.where for seen in said if seen is not None))
        doubtful = [place for seen in said if seen is not None for place in seen.at]
        if doubtful:
            return Sighting(Found.IN_DOUBT, places, tuple(dict.fromkeys(doubtful)))
        return Sighting(Found.PRESENT, f"printed in {places}")

    @cached_property
    def _phrases(self) -> Phrases:
        return Phrases(self._uses.printed_text)

    @cached_property
    def _perhaps_said(self) -> Sequence[tuple[TextBlock, Phrases]]:
        return [(prose, Phrases([prose])) for prose in self._uses.perhaps_printed]

    def _said(self, group: Sequence[str]) -> Sighting | None:
        """Return where one of `group` is printed; `at` has the place where nobody can tell."""
        place = self._place_of(group)
        return self._in_doubt(group) if place is None else Sighting(Found.PRESENT, place)

    def _in_doubt(self, group: Sequence[str]) -> Sighting | None:
        """Return where one of `group` stands in text of which nobody can tell whether it is printed."""
        for prose, phrases in self._perhaps_said:
            places = phrases.says([group])
            if places is not None:
                return in_doubt(Sighting(Found.PRESENT, f"it stands in {places[0]}"), prose.doubt, places[0])
        cited = (self._uses.cited[name].seen for name in group if name in self._uses.cited)
        return next((seen for seen in cited if seen.found is Found.IN_DOUBT), None)

    def _place_of(self, group: Sequence[str]) -> str | None:
        """Return where one of `group` is printed, or `None`. A dataset may be printed as its name or its DOI."""
        places = self._phrases.says([group])
        if places is not None:
            return str(places[0])
        for name in group:
            use = self._uses.named_as_used.get(name)
            if use is not None:
                return str(use.place)
            cited = self._uses.cited.get(name)
            if cited is not None and cited.seen.found is Found.CITED:
                return cited.seen.where
        return None


def _undeclared(said: Mapping[str, SaidOf]) -> tuple[UndeclaredDataset, ...]:
    return tuple(UndeclaredDataset(name, item.written, item.where) for name, item in said.items())


def _with_remark(where: str, said: Said) -> str:
    return where if said.is_of_the_study or where.endswith(said.why) else f"{where}{said.why}"


def _asked(name: str) -> str:
    return f"{name} with its version ({name}.v1.p1 or as it is)" if _DBGAP.fullmatch(name) else name


def _with(duty: Duty, seen: Sighting) -> Duty:
    is_met = seen.found in (Found.CITED, Found.PRESENT)
    status = DutyStatus.MET if is_met else _NOT_MET.get(seen.found, DutyStatus.OPEN)
    evidence = "; ".join(filter(None, (duty.evidence, seen.where))) or None
    to_do = {} if is_met else {"at": seen.at, "entry": seen.key}
    return duty.model_copy(update={"status": status, "found": seen.found, "evidence": evidence, **to_do})
