"""The words for who gives access to controlled data: their accession, and the repository that fits the copy at hand."""

from tcia_policy.engine.coverage import is_from_before_control, studies_of
from tcia_policy.model import Dataset, Holding, Route
from tcia_policy.model.holding import REPOSITORIES, Repository
from tcia_policy.rules.periods import load_periods
from tcia_policy.text.english import one_of


def of_access(holding: Holding, dataset: Dataset | None) -> dict[str, str]:
    """Return the values of the placeholders that begin with `access.`, for one copy.

    A copy is never said to come from a place that the project does not name, or on a day when that place did not have
    it. TCIA has no controlled parts any more: of a copy from there that is not known to be older, it is said where
    such data are today.
    """
    studies = studies_of(holding, dataset)
    accessions = [study.accession for study in studies if study.accession is not None]
    homes = list(dict.fromkeys(REPOSITORIES[study.repository] for study in studies))
    return {
        "access.accession": one_of(accessions) if accessions else "an accession that was not found",
        **_repository(holding, homes, is_before_control=is_from_before_control(holding)),
    }


def _repository(holding: Holding, homes: list[Repository], *, is_before_control: bool) -> dict[str, str]:
    moved = holding.obtained_from is Route.TCIA and not is_before_control and len(homes) == 1
    found = homes[0] if moved else REPOSITORIES.get(holding.obtained_from)
    if found is None:
        return {"access.repository": "name it"}
    since = f"; since {load_periods().control_began.day.isoformat()} such data are there" if moved else ""
    return {
        "access.repository": f"{found.in_sentence}{since}",
        "access.repository.name": found.name,
        "access.repository.short": found.short,
    }
