"""Which agreements are for which data: `rules/reference/dbgap-studies.yaml`."""

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from tcia_policy.errors import InputError
from tcia_policy.files import located_yaml
from tcia_policy.files.compiled import compiled
from tcia_policy.files.shipped import shipped
from tcia_policy.lazy import dataclass
from tcia_policy.model import Reference, Route
from tcia_policy.model.base import Contract
from tcia_policy.model.evidence import AgreementId

FILE = "dbgap-studies.yaml"
Accession = Annotated[str, Field(pattern=r"^phs\d{6}$")]


@dataclass(frozen=True)
class DataInQuestion:
    """The data that an agreement may be for: a data item, as far as it decides that.

    `dataset` is the id in the registry, `None` for data from outside of it, of which only `name` and `route` tell the
    `program`. `elsewhere`: the registry does not list the part, because only places such as `route` have it.
    """

    name: str
    dataset: str | None
    program: str | None
    elsewhere: bool
    route: Route


class Group(Contract):
    """Datasets that are named together."""

    id: str
    datasets: tuple[str, ...]


class Selection(Contract):
    """Datasets: those of `programs`, `datasets` and `groups` (all, if none is given), without those of the rest."""

    programs: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    no_programs: tuple[str, ...] = ()
    no_datasets: tuple[str, ...] = ()
    no_groups: tuple[str, ...] = ()

    def has(self, data: DataInQuestion, groups: Mapping[str, Group]) -> bool:
        """Return whether the data are among them. Data from outside the registry are only if a program is named."""
        if self._excludes(data, groups):
            return False
        if not (self.programs or self.datasets or self.groups):
            return data.dataset is not None
        return (
            data.program in self.programs
            or data.dataset in self.datasets
            or any(data.dataset in groups[name].datasets for name in self.groups)
        )

    def _excludes(self, data: DataInQuestion, groups: Mapping[str, Group]) -> bool:
        return (
            data.program in self.no_programs
            or data.dataset in self.no_datasets
            or any(data.dataset in groups[name].datasets for name in self.no_groups)
        )


class Covers(Selection):
    """Parts of datasets. `elsewhere`: those that the registry does not list, obtained from one of `routes`.

    `if_unnamed`: where a study may cover them, a request for it counts even if it names no dataset. The rules then have
    to leave the use undetermined.
    """

    parts: Literal["tcia", "elsewhere"]
    routes: tuple[Route, ...] = ()
    if_unnamed: bool = False

    def has_part(self, data: DataInQuestion, groups: Mapping[str, Group]) -> bool:
        """Return whether the data are among them. Data from outside the registry never are."""
        if data.dataset is None:
            return False
        if data.elsewhere != (self.parts == "elsewhere") or (data.elsewhere and data.route not in self.routes):
            return False
        return self.has(data, groups)


class Study(Contract):
    """A study at dbGaP: its accession, if it was found, what it covers or may cover, and which repository has it.

    `names_have` is a word by which data from outside the registry tell that they are of this study.
    """

    accession: Accession | None = None
    data: str
    repository: Route
    covers: Covers
    may_cover: Covers | None = None
    names_have: str | None = None
    reference: Reference


class OtherAgreement(Selection):
    """An agreement that is no request at dbGaP, with the datasets that it is for if it names none."""

    agreement: AgreementId
    reference: Reference


class StudiesFile(Contract):
    """Everything in the file."""

    groups: tuple[Group, ...]
    studies: tuple[Study, ...]
    agreements: tuple[OtherAgreement, ...]

    @cached_property
    def by_group(self) -> Mapping[str, Group]:
        """The groups by id."""
        return {group.id: group for group in self.groups}

    def covering(self, data: DataInQuestion) -> tuple[Study, ...]:
        """Return the studies that are known to cover the data. One may have no accession that was found."""
        return tuple(study for study in self.studies if study.covers.has_part(data, self.by_group))

    def accepts(self, accession: str | None, data: DataInQuestion, *, named: bool) -> bool:
        """Return whether an approved request for `accession` (without version) is one for these data.

        `named` says that the request is recorded for this very dataset. If the accession of the data is known, it
        decides. If it is not known, the request has to name the dataset (but for studies with `if_unnamed`), and its
        accession must not be that of a study that is known to cover other data.
        """
        known = {study.accession for study in self.covering(data)} - {None}
        if accession in known:
            return True
        of_request = [study for study in self.studies if accession is not None and study.accession == accession]
        if not named:
            return any(study.may_cover is not None and study.may_cover.if_unnamed for study in of_request) and all(
                self._may_cover(study, data) for study in of_request
            )
        if of_request:
            return all(self._may_cover(study, data) for study in of_request)
        return not known

    def _may_cover(self, study: Study, data: DataInQuestion) -> bool:
        """Return whether a study that is not known to cover the data may still do so."""
        if data.dataset is not None:
            return study.may_cover is not None and study.may_cover.has_part(data, self.by_group)
        told = {item.names_have for item in self.studies if _has_word(data.name, item.names_have)}
        return study.names_have is not None and (not told or study.names_have in told)

    def is_for(self, agreement: AgreementId, data: DataInQuestion, *, named: bool) -> bool:
        """Return whether an agreement that is no request at dbGaP is for these data."""
        if named:
            return True
        return any(item.agreement == agreement and item.has(data, self.by_group) for item in self.agreements)


def _has_word(name: str, word: str | None) -> bool:
    return word is not None and word.casefold() in name.casefold()


@cache
def load_dbgap_studies(folder: Path | None = None) -> StudiesFile:
    """Return `dbgap-studies.yaml` of the folder of reference data (the shipped one by default).

    Raise `InputError` with file, line and field for a place, an agreement or a group that does not exist.
    """
    if folder is None:
        path = shipped("rules") / "reference" / FILE
        return compiled("dbgap-studies", [path], lambda: _read(path))
    return _read(folder / FILE)


def _read(path: Path) -> StudiesFile:
    document = located_yaml.read(path)
    content = document.parse(StudiesFile)
    selections = [item for study in content.studies for item in (study.covers, study.may_cover) if item is not None]
    for selection in (*selections, *content.agreements):
        for name in (*selection.groups, *selection.no_groups):
            if name not in content.by_group:
                known = ", ".join(content.by_group)
                raise InputError(f"there is no group {name!r}", file=document.path, hint=f"use one of {known}")
    return content
