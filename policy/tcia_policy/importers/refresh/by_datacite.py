"""The registry with what DataCite's records say now: who the creators are, and which licenses a record lists.

DataCite is the authority for creators. Its licenses are claims beside those of TCIA, to which they defer, each of the
day on which the record was changed last.
"""

from collections.abc import Iterator, Mapping

from tcia_policy.importers.content import Content
from tcia_policy.importers.dataset_sources import DATACITE, DATACITE_API
from tcia_policy.importers.license_names import LicenseNames
from tcia_policy.importers.online.answers import Answers
from tcia_policy.importers.refresh import datacite_records
from tcia_policy.importers.refresh.datacite_creators import with_creators
from tcia_policy.importers.refresh.datacite_records import DoiRecord, changed_on
from tcia_policy.importers.refresh.datacite_rights import rights, with_rights
from tcia_policy.importers.refresh.fact_changes import with_changes
from tcia_policy.importers.refresh.result import Refreshed, last_day_of, refuse_shrunk, with_datasets
from tcia_policy.importers.tcia import SOURCE as TCIA
from tcia_policy.model import Dataset, License, Source
from tcia_policy.registry.licenses import load_licenses

ABOUT = Source(
    id=DATACITE,
    title="DataCite, records of DOIs",
    publisher="DataCite",
    url=DATACITE_API,
    defers_to=TCIA,
    note="whoever registers a DOI types its record; the license of a part is what the archive's page says",
)


def refreshed(content: Content, answers: Answers, names: LicenseNames) -> Refreshed:
    """Return the registry with DataCite's answers in it.

    Raise `InputError` where more than a fifth of the records that the registry has are not there.
    """
    last = last_day_of(DATACITE, content)
    if last is not None and answers.day < last:
        problem = f"DataCite: answers of {answers.day} change nothing; the registry has those of {last}"
        return Refreshed(content, (problem,))
    found, remarks = datacite_records.read(answers)
    before = [dataset for dataset in content.datasets if DATACITE in dataset.sources]
    refuse_shrunk("records of datasets", sum(dataset.doi in found for dataset in before), len(before))
    licenses = load_licenses()
    datasets, told = [], list(remarks)
    for dataset in content.datasets:
        after = dataset
        if dataset.doi in found:
            after, problems = _updated(dataset, found[dataset.doi], answers, names, licenses)
            told += problems
        datasets.append(after)
    read = ABOUT.model_copy(update={"as_of": answers.day})
    return Refreshed(with_datasets(content, datasets, [read]), tuple(told))


def _updated(
    before: Dataset, record: DoiRecord, answers: Answers, names: LicenseNames, licenses: Mapping[str, License]
) -> tuple[Dataset, list[str]]:
    """Return the dataset with what the record says, and remarks on the licenses that are no claims."""
    stated = rights(record.rights, names, licenses, changed_on(record, answers.day))
    parts, homeless = with_rights(before.distributions, stated, licenses)
    after = before.model_copy(update={"citation": with_creators(before.citation, record), "distributions": parts})
    return with_changes(before, after, answers.day, DATACITE), list(_remarks(before, (*stated.unknown, *homeless)))


def _remarks(dataset: Dataset, wordings: tuple[str, ...]) -> Iterator[str]:
    for wording in wordings:
        yield f"DataCite: its record of {dataset.id} also names {wording[:120]!r}, which is on none of the parts"
