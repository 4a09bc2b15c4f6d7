"""Which recorded agreements are for which part of which data item, by which route."""

from tcia_policy.engine.license_readings import is_of_elsewhere
from tcia_policy.engine.recorded_evidence import FIRST_DAY_OF_ARCHIVES, first_year
from tcia_policy.model import Agreement, Dataset, Holding, Route
from tcia_policy.registry.dbgap_studies import DataInQuestion, Study, load_dbgap_studies
from tcia_policy.registry.programs import programs_of_other
from tcia_policy.rules.periods import load_periods

HAVE_THEM_SINCE = (Route.GENERAL_COMMONS, Route.CTDC)
NOT_FOUND = "not-found"
"""Stands for the dbGaP study of data whose accession was not found."""


def data_in_question(holding: Holding, dataset: Dataset | None) -> DataInQuestion:
    """Return what decides which agreements are for a data item; `dataset` is what it is of."""
    if dataset is None:
        programs = programs_of_other(holding.name, holding.obtained_from)
        program = programs[0] if programs else None
    else:
        program = dataset.program
    return DataInQuestion(
        name=holding.name,
        dataset=None if dataset is None else dataset.id,
        program=program,
        elsewhere=is_of_elsewhere(holding),
        route=holding.obtained_from,
    )


def studies_of(holding: Holding, dataset: Dataset | None) -> tuple[Study, ...]:
    """Return the dbGaP studies that are known to cover a data item by its route, if they are controlled."""
    return load_dbgap_studies().covering(data_in_question(holding, dataset))


def accessions_of(holding: Holding, dataset: Dataset | None) -> tuple[str, ...]:
    """Return the accessions of these studies, as far as they were found."""
    return tuple(study.accession for study in studies_of(holding, dataset) if study.accession is not None)


def is_from_before_control(holding: Holding, dataset: Dataset | None = None) -> bool:
    """Return whether the copy was obtained while TCIA itself gave out what is under controlled access since.

    If `dataset` is given, a day before the registry has it shows nothing.
    That is never so of parts that TCIA does not have, nor of a copy from a repository that has them only since.
    """
    if holding.obtained_on is None or is_of_elsewhere(holding) or holding.obtained_from in HAVE_THEM_SINCE:
        return False
    if dataset is not None and holding.obtained_on.year < first_year(dataset):
        return False
    return FIRST_DAY_OF_ARCHIVES <= holding.obtained_on < load_periods().control_began.day


def is_for(agreement: Agreement, holding: Holding, dataset: Dataset | None, *, named: bool) -> bool:
    """Return whether an agreement is for a data item. `named` says that it is recorded for this very dataset.

    None is that was concluded before the registry has the dataset.
    """
    concluded = agreement.approved_on or agreement.signed_on
    if dataset is not None and concluded is not None and concluded.year < first_year(dataset):
        return False
    data = data_in_question(holding, dataset)
    if agreement.id != "dbgap":
        return load_dbgap_studies().is_for(agreement.id, data, named=named)
    return load_dbgap_studies().accepts(without_version(agreement.accession), data, named=named)


def without_version(accession: str | None) -> str | None:
    """Return the study of an accession: `phs004225` of `phs004225.v1.p1`."""
    return None if accession is None else accession.split(".")[0]
