"""The registry with what TCIA's Collection Manager says now.

What its records state stands; what it no longer states is kept: claims among the past ones, parts and datasets as
withdrawn, origins and names as they were. Answers of an earlier day than the last one read change nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from tcia_policy.importers import tcia
from tcia_policy.importers.content import Content
from tcia_policy.importers.license_names import LicenseNames
from tcia_policy.importers.online.answers import Answers
from tcia_policy.importers.refresh import tcia_labels, tcia_records
from tcia_policy.importers.refresh.fact_changes import with_changes
from tcia_policy.importers.refresh.result import Refreshed, last_day_of, refuse_shrunk, with_datasets
from tcia_policy.importers.refresh.tcia_dataset import Now, added, names, updated, why_not_added, withdrawn
from tcia_policy.importers.refresh.tcia_matches import is_of_tcia, matches
from tcia_policy.importers.refresh.tcia_origins import origins
from tcia_policy.importers.refresh.tcia_versions import versions
from tcia_policy.lazy import dataclass
from tcia_policy.model import Access, Dataset, Distribution, LicenseClaim, Source
from tcia_policy.registry.licenses import NONE_STATED, is_unrecognized, load_licenses
from tcia_policy.text.english import first_few
from tcia_policy.text.name_keys import compare_key

V1 = Source(
    id=tcia_labels.SOURCE_V1,
    title="TCIA Collection Manager, version 1 of its API",
    publisher="The Cancer Imaging Archive",
    url="https://cancerimagingarchive.net/api/v1/",
    defers_to=tcia.SOURCE,
    older_form_of=tcia.SOURCE,
    note="an older field of the same records; the label that the page shows is that of version 2",
)

FEW = 20  # downloads that lose their license or are opened are news; more, and a fifth of all such, are a mistake


@dataclass(frozen=True)
class _Found:
    """Which record is which dataset, by its id, and which records are new, by the id that they get."""

    known: Mapping[str, tcia.Published]
    new: Mapping[str, tcia.Published]

    @property
    def ids(self) -> dict[str, str]:
        """Return the ids by the DOIs of the records."""
        return {each.record.doi: id_ for id_, each in (*self.known.items(), *self.new.items())}


def refreshed(content: Content, answers: Answers, license_names: LicenseNames) -> Refreshed:
    """Return the registry with TCIA's answers in it.

    Raise `InputError` where TCIA has more than a fifth fewer datasets, downloads or licenses than the registry has.
    """
    last = max(filter(None, (last_day_of(id_, content) for id_ in (tcia.SOURCE, V1.id))), default=None)
    if last is not None and answers.day < last:
        return Refreshed(content, (f"TCIA: answers of {answers.day} change nothing; the registry has those of {last}",))
    records = tcia_records.read(answers)
    found, remarks = _found(records, content)
    now = Now(
        day=answers.day,
        labels=tcia_labels.labels(answers, license_names),
        versions=versions(answers),
        origins=origins(records.published, found.ids, answers.day),
    )
    datasets = {dataset.id: dataset for dataset in content.datasets}
    for id_, each in found.known.items():
        datasets[id_], problem = updated(datasets[id_], each, now)
        remarks += [problem] if problem else []
    for id_, each in found.new.items():
        datasets[id_] = added(each, now)
    _refuse_shrunk(content, records, datasets, now.labels)
    datasets |= {each.id: each for each in _gone(content.datasets, found, records, answers.day)}
    datasets |= {each.id: each for each in _with_aliases(datasets, content, found, answers.day)}
    remarks += _unknown_labels(datasets.values(), now.labels)
    after = with_datasets(content, datasets.values(), _sources(content, now))
    return Refreshed(replace(after, idc_collections=_collections(after)), (*records.problems, *remarks))


def _found(records: tcia_records.Records, content: Content) -> tuple[_Found, list[str]]:
    """Return which dataset each record is, and remarks on those that are new and left out."""
    known = matches(records.published, content.datasets)
    dois = {doi: dataset.id for dataset in content.datasets for doi in dataset.dois}
    called = ((name, each.id) for each in content.datasets for name in (*each.aliases, each.title, each.id))
    owners = {compare_key(name): id_ for name, id_ in called}
    new, remarks = {}, []
    matched = {id(each) for each in known.values()}
    for each in records.published:
        owner = dois.get(each.record.doi) or owners.get(compare_key(each.record.short_title))
        if id(each) in matched:
            continue
        problem = why_not_added(each) if owner is None else f"has the DOI or name of {owner}"
        if problem is None:
            new[each.record.short_title] = each
        else:
            remarks.append(f"TCIA: {each.record.slug} is new and left out: its record {problem}")
    return _Found(known, new), remarks


def _refuse_shrunk(
    content: Content, records: tcia_records.Records, after: Mapping[str, Dataset], labels: tcia_labels.Labels
) -> None:
    """Raise `InputError` where too much of what the registry has is not in the answers."""
    before = [each for each in content.datasets if is_of_tcia(each) and each.withdrawn is None]
    for kind, name in tcia_records.LISTS.items():
        has = sum(each.kind is kind for each in records.published)
        refuse_shrunk(name, has, sum(each.kind is kind for each in before))
    parts = [part for each in before for part in each.distributions if part.withdrawn is None]
    now = {(each.id, part.id): part for each in after.values() for part in each.distributions}
    still = [now[each.id, part.id] for each in before for part in each.distributions if part.withdrawn is None]
    refuse_shrunk("downloads of these datasets", sum(part.withdrawn is None for part in still), len(parts))
    known, are_known = (sum(map(_has_license, each)) for each in (parts, still))
    if labels.has_v2 and known - are_known > FEW:
        refuse_shrunk("downloads with a license that is described", are_known, known)
    closed, are_closed = (sum(map(_is_restricted, each)) for each in (parts, still))
    if labels.has_v2 and closed - are_closed > FEW:
        refuse_shrunk("downloads with a license that restricts their use", are_closed, closed)


def _has_license(part: Distribution) -> bool:
    own: list[LicenseClaim] = [claim for claim in part.claims if claim.source == tcia.SOURCE]
    return bool(own) and not any(claim.license == NONE_STATED or is_unrecognized(claim.license) for claim in own)


def _is_restricted(part: Distribution) -> bool:
    """Return whether TCIA's license of the part forbids something, closes it, or is not known."""
    licenses = load_licenses()
    own = [licenses.get(claim.license) for claim in part.claims if claim.source == tcia.SOURCE]
    return any(item is None or item.access is Access.CONTROLLED or bool(item.prohibits) for item in own)


def _gone(before: Iterable[Dataset], found: _Found, records: tcia_records.Records, day: date) -> Iterator[Dataset]:
    """Yield the datasets that TCIA has no longer, marked. One whose record could not be read is not gone."""
    if records.is_any_unnamed:
        return
    for dataset in before:
        is_asked = is_of_tcia(dataset) and dataset.kind in records.kinds
        names_of_it = map(tcia_records.key, (dataset.id, *dataset.dois, *dataset.aliases))
        if is_asked and dataset.id not in found.known and records.unread.isdisjoint(names_of_it):
            yield withdrawn(dataset, day)


def _with_aliases(datasets: Mapping[str, Dataset], content: Content, found: _Found, day: date) -> Iterator[Dataset]:
    """Yield the datasets that have a new name. One that two could claim, or that is another's already, is nobody's."""
    before = {dataset.id: dataset for dataset in content.datasets}
    wanted = {
        id_: list(names(each, before.get(id_)))
        for id_, each in (*found.known.items(), *found.new.items())
        if id_ in datasets
    }
    claimants = Counter(key for items in wanted.values() for key in {compare_key(name) for name in items})
    owners = {
        compare_key(name): dataset.id
        for dataset in datasets.values()
        for name in (*dataset.aliases, dataset.title, dataset.id)
    }
    for id_, items in wanted.items():
        free = {
            name
            for name in items
            if claimants[compare_key(name)] == 1 and owners.get(compare_key(name), id_) == id_ and name != id_
        }
        dataset = datasets[id_]
        aliases = tuple(sorted({*dataset.aliases, *free}))
        if aliases != dataset.aliases:
            after = dataset.model_copy(update={"aliases": aliases})
            yield with_changes(dataset, after, day, tcia.SOURCE) if id_ in before else after


def _unknown_labels(datasets: Iterable[Dataset], labels: tcia_labels.Labels) -> Iterator[str]:
    """Yield a remark for each label that no license lists, with the first few of its datasets."""
    found: dict[str, dict[str, None]] = {}
    for dataset in datasets:
        for label in tcia_labels.unknown_labels(dataset.distributions, labels):
            found.setdefault(label, {})[dataset.id] = None
    for label, ids in sorted(found.items()):
        yield f"TCIA: no license has the label {label[:120]!r}; parts of {first_few(ids)} are undetermined by it"


def _sources(content: Content, now: Now) -> Iterator[Source]:
    """Yield the sources that were read: of what TCIA's v1 says alone, only v1."""
    for source in content.sources:
        if source.id == tcia.SOURCE and now.labels.has_v2:
            yield source.model_copy(update={"as_of": now.day})
    if now.labels.of_v1:
        yield V1.model_copy(update={"as_of": now.day})


def _collections(content: Content) -> dict[str, tuple[str, ...]]:
    """Return the datasets of each IDC collection, with TCIA's dataset of the same name."""
    of_tcia = {compare_key(dataset.id): dataset.id for dataset in content.datasets if is_of_tcia(dataset)}
    named = {name: of_tcia.get(compare_key(name)) for name in content.idc_collections}
    return {name: tuple(sorted({*ids, *filter(None, [named[name]])})) for name, ids in content.idc_collections.items()}
