"""One dataset with what its record of TCIA says now, or made of a record that is new."""

from collections.abc import Iterator, Mapping
from datetime import date

from tcia_policy.errors import InputError
from tcia_policy.importers import lineage, pick_citation, tcia
from tcia_policy.importers.refresh import tcia_parts, tcia_versions
from tcia_policy.importers.refresh.fact_changes import with_changes
from tcia_policy.importers.refresh.tcia_citation import citation
from tcia_policy.importers.refresh.tcia_labels import Labels
from tcia_policy.importers.tcia_record import PAGE, dataset_of, pages
from tcia_policy.lazy import dataclass
from tcia_policy.model import Dataset, DatasetVersion, Derivation, FactChange, OtherName


@dataclass(frozen=True)
class Now:
    """What TCIA's other records say: labels, versions by page number, and origins by DOI."""

    day: date
    labels: Labels
    versions: Mapping[str, tuple[DatasetVersion, ...]]
    origins: Mapping[str, tuple[Derivation, ...]]

    def versions_of(self, record: tcia.TciaRecord) -> tuple[DatasetVersion, ...]:
        """Return the versions that TCIA states of a dataset: earlier ones, and the one that its record is."""
        return (*self.versions.get(str(record.id), ()), *tcia_versions.newest(record.version, record.updated))


def updated(before: Dataset, published: tcia.Published, now: Now) -> tuple[Dataset, str | None]:
    """Return the dataset with what the record says, and a remark where its citation could not be read.

    Its id stays, since projects name it. A DOI or a page that changed is still a name of it.
    """
    record = published.record
    cited, problem = citation(before.citation, published, now.day)
    parts = tcia_parts.parts(before.distributions, record, now.labels)
    after = before.model_copy(
        update={
            "title": record.title,
            "kind": published.kind,
            "program": ", ".join(record.program) or before.program,
            "doi": record.doi,
            "page": record.link,
            "also_called": tuple(_also_called(before, record, now.day)),
            "citation": cited,
            "distributions": parts,
            "notices": tcia_parts.covering(before.notices, before.distributions, parts),
            "derived_from": lineage.merged(now.origins.get(record.doi, ()), before.derived_from),
            "listed": not record.hidden,
            "withdrawn": None,
            "versions": tcia_versions.merged(before.versions, now.versions_of(record)),
        }
    )
    return with_changes(before, after, now.day, tcia.SOURCE), problem


def why_not_added(published: tcia.Published) -> str | None:
    """Return what is wrong with a new record: without a data citation that can be read, it makes no dataset."""
    try:
        if pick_citation.is_undated(published):
            return "has a citation without a year"
        pick_citation.of_tcia(published, date.max)
    except InputError as error:
        return error.problem
    return None


def added(published: tcia.Published, now: Now) -> Dataset:
    """Return the dataset of a new record. Raise `InputError` where `why_not_added` says why."""
    record = published.record
    parts = tcia_parts.parts((), record, now.labels)
    origins = now.origins.get(record.doi, ())
    dataset = dataset_of(published, pick_citation.of_tcia(published, now.day), parts, origins, now.day)
    return dataset.model_copy(
        update={
            "listed": not record.hidden,
            "versions": tcia_versions.merged((), now.versions_of(record)),
            "changes": (FactChange(day=now.day, fact="id", after=record.short_title, source=tcia.SOURCE),),
        }
    )


def withdrawn(before: Dataset, day: date) -> Dataset:
    """Return the dataset that TCIA has no longer: all that was known of it is kept."""
    if before.withdrawn is not None:
        return before
    return with_changes(before, before.model_copy(update={"withdrawn": day}), day, tcia.SOURCE)


def names(published: tcia.Published, before: Dataset | None) -> Iterator[str]:
    """Yield the names by which the record goes and the dataset did not: its slug, and its name where that changed."""
    record = published.record
    if before is None or before.page != record.link:
        yield record.slug
    if before is not None and before.id != record.short_title:
        yield record.short_title


def _also_called(before: Dataset, record: tcia.TciaRecord, day: date) -> Iterator[OtherName]:
    now = list(pages(record, day))
    if record.doi != before.doi:
        now.append(OtherName(name=before.doi, source=tcia.SOURCE, as_of=before.citation.as_of))
    again = {each.name: each for each in now}
    for each in before.also_called:
        yield again.pop(each.name, each) if each.source == tcia.SOURCE and each.name.startswith(PAGE) else each
    known = {each.name for each in before.also_called}
    yield from (each for each in again.values() if each.name not in known)
