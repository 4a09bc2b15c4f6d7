"""The registry with what IDC's index says now: licenses of the open DICOM files, and the sources that are IDC's own.

IDC is the authority for its conversions and series. Of TCIA's data it has copies, with TCIA's label as it was at the
release. What earlier versions of the index said of each series stays that of the index that came with the program.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ValidationError

from tcia_policy.errors import InputError
from tcia_policy.importers import idc, idc_datasets, lineage
from tcia_policy.importers.claim_scope import open_dicom
from tcia_policy.importers.content import Content
from tcia_policy.importers.identifiers import unique
from tcia_policy.importers.license_names import LicenseNames, Statement, claims
from tcia_policy.importers.online.answers import Answers
from tcia_policy.importers.refresh import idc_answers
from tcia_policy.importers.refresh.fact_changes import with_changes
from tcia_policy.importers.refresh.idc_statements import licenses_of_series, stated_by
from tcia_policy.importers.refresh.restated import restated
from tcia_policy.importers.refresh.result import Refreshed, has_claims_of, last_day_of, refuse_shrunk, with_datasets
from tcia_policy.importers.tcia import SOURCE as TCIA
from tcia_policy.lazy import dataclass
from tcia_policy.model import Access, Archive, Dataset, Derivation, FactChange, LicenseClaim, Source
from tcia_policy.registry.licenses import is_unrecognized, load_licenses
from tcia_policy.text.name_keys import slug

PLACE = Path("idc-index-data")


class _Release(BaseModel):
    version: str
    idc: int


class _Row(BaseModel):
    """A source of one collection, by the columns of `idc.source_rows`."""

    collection: str
    collection_name: str
    program: str
    id: str
    title: str
    kind: str
    doi: str
    page: str
    modalities: str | None
    label: str | None
    long_name: str | None
    url: str | None
    citation: str
    access: str


class _Result(BaseModel):
    doi: str
    collections: tuple[str, ...]


class _Studies(BaseModel):
    result: str
    collection: str
    originals: tuple[str, ...]


@dataclass(frozen=True)
class _Read:
    """What IDC answered: its sources, what their series say beside, and whose studies analysis results are in."""

    release: _Release
    sources: tuple[idc.IdcSource, ...]
    studied: Mapping[tuple[str, str], tuple[str, ...]]
    remarks: tuple[str, ...]


def refreshed(content: Content, answers: Answers, names: LicenseNames) -> Refreshed:
    """Return the registry with IDC's answers in it; as it is where it has this version already, or a newer one.

    Raise `InputError` for answers of another shape, and where IDC has more than a fifth fewer sources.
    """
    read = _read(answers, names)
    known = next((source for source in content.sources if source.id == idc.SOURCE), None)
    if known is not None and known.as_of is not None and known.version is not None:
        mine, theirs = _order(known.as_of, known.version), _order(answers.day, read.release.version)
        if theirs == mine:
            return Refreshed(content)
        if theirs < mine:
            told = f"IDC: version {read.release.version} changes nothing; the registry has {known.version}"
            return Refreshed(content, (told,))
    by_doi = {source.doi: source for source in read.sources}
    before = [each for each in content.datasets if has_claims_of(each, idc.SOURCE, last_day_of(idc.SOURCE, content))]
    refuse_shrunk("sources of the registry's datasets", sum(each.doi in by_doi for each in before), len(before))
    datasets = [_updated(each, by_doi.get(each.doi), answers.day) for each in content.datasets]
    more, problems = _added(read.sources, datasets, answers.day)
    datasets = _with_origins([*datasets, *more], read, answers.day)
    after = with_datasets(content, datasets, [_source(known, read.release, answers.day)])
    after = replace(after, idc_index_data=read.release.version, idc_collections=_collections(after, read.sources))
    return Refreshed(after, (*read.remarks, *_unknown(read.sources), *problems))


def _read(answers: Answers, names: LicenseNames) -> _Read:
    try:
        (release,) = map(_Release.model_validate, answers.lists.get(idc_answers.RELEASE, ()))
        results = map(_Result.model_validate, answers.lists.get(idc_answers.RESULTS, ()))
        studies = [_Studies.model_validate(each) for each in answers.lists.get(idc_answers.STUDIES, ())]
        of_series = licenses_of_series(answers)
        rows = [_Row.model_validate(row).model_dump() for row in answers.lists.get(idc_answers.SOURCES, ())]
        derived = {each.doi: each.collections for each in results}
        sources = tuple(idc.parsed(rows, derived, stated_by(names), PLACE))
    except (ValidationError, ValueError) as error:
        raise InputError(f"IDC's answers have another shape ({type(error).__name__})", file=PLACE) from None
    return _Read(
        release=release,
        sources=tuple(
            replace(each, statements=(*each.statements, *of_series.statements(each.doi, names))) for each in sources
        ),
        studied={(each.result, each.collection): each.originals for each in studies},
        remarks=tuple(of_series.remarks()),
    )


def _updated(before: Dataset, source: idc.IdcSource | None, day: date) -> Dataset:
    """Return the dataset with what IDC says of it now, or marked where it is IDC's own and IDC has it no longer."""
    if before.archive is Archive.ELSEWHERE:
        return before
    if source is None:
        is_gone = before.archive is Archive.IDC and before.withdrawn is None
        after = before.model_copy(update={"withdrawn": day}) if is_gone else before
    elif before.archive is Archive.IDC:
        after = _own(before, source, day)
    else:
        after = _of_tcia(before, source, day)
    return with_changes(before, after, day, idc.SOURCE)


def _of_tcia(before: Dataset, source: idc.IdcSource, day: date) -> Dataset:
    """Return TCIA's dataset with IDC's claims on its open DICOM parts."""
    stated = _stated(source.statements, source, day, only_known=True)
    is_all = not any(is_unrecognized(each.license) for each in source.statements)
    covered = open_dicom((part for part in before.distributions if part.withdrawn is None), _controlled())
    parts = (
        restated(part, idc.SOURCE, stated, is_all=is_all) if part.id in covered and stated else part
        for part in before.distributions
    )
    return before.model_copy(update={"distributions": tuple(parts), "idc_collections": _collections_of(before, source)})


def _collections_of(before: Dataset, source: idc.IdcSource) -> tuple[str, ...]:
    """Return the collections of IDC that the dataset is in, or was in: their names still lead to it."""
    return tuple(sorted({*before.idc_collections, *(collection.id for collection in source.collections)}))


def _own(before: Dataset, source: idc.IdcSource, day: date) -> Dataset:
    """Return a dataset that is IDC's own. Its citation stays where IDC's cannot be read, or prints the same."""
    stated = _stated(source.statements, source, day, only_known=False)
    parts = (
        restated(part, idc.SOURCE, stated).model_copy(update={"data_types": source.modalities or part.data_types})
        if part.id == idc_datasets.DISTRIBUTION and stated
        else part
        for part in before.distributions
    )
    after = before.model_copy(
        update={
            "title": source.title,
            "page": source.page,
            "idc_collections": _collections_of(before, source),
            "distributions": tuple(parts),
            "withdrawn": None,
        }
    )
    try:
        made = idc_datasets.own_dataset(before.id, source, before.program, day)
    except InputError:
        return after
    is_same = made.citation.text == before.citation.text
    cited = before.citation.model_copy(update={"as_of": day}) if is_same else made.citation
    return after.model_copy(update={"citation": cited})


def _added(sources: Iterable[idc.IdcSource], datasets: Sequence[Dataset], day: date) -> tuple[list[Dataset], list[str]]:
    """Return a dataset for each source that the registry does not have, and why one is left out."""
    known = {doi for dataset in datasets for doi in dataset.dois}
    taken = [dataset.id for dataset in datasets]
    programs = idc_datasets.programs_of(each for each in datasets if each.archive is Archive.TCIA)
    made, problems = [], []
    for source in sources:
        if source.doi in known:
            continue
        id_ = unique([*taken, f"idc-{slug(source.id)}"])[-1]
        try:
            dataset = idc_datasets.own_dataset(id_, source, idc_datasets.program_of(source, programs), day)
        except InputError as error:
            problems.append(f"IDC: {source.id} is new and left out: it {error.problem}")
            continue
        stated = _stated(source.statements, source, day, only_known=False)
        parts = tuple(
            restated(part.model_copy(update={"claims": ()}), idc.SOURCE, stated) for part in dataset.distributions
        )
        change = FactChange(day=day, fact="id", after=id_, source=idc.SOURCE)
        names = tuple(sorted({source.id} - {id_}))
        made.append(
            dataset.model_copy(update={"distributions": parts, "changes": (change,), "aliases": _free(names, datasets)})
        )
        taken.append(id_)
    return made, problems


def _free(names: Iterable[str], datasets: Iterable[Dataset]) -> tuple[str, ...]:
    taken = {slug(name) for each in datasets for name in (each.id, each.title, *each.aliases)}
    return tuple(name for name in names if slug(name) not in taken)


def _stated(
    statements: Iterable[Statement], source: idc.IdcSource, day: date, *, only_known: bool
) -> tuple[LicenseClaim, ...]:
    counted = (each for each in statements if not only_known or not is_unrecognized(each.license))
    return claims(counted, idc.SOURCE, day, access=source.access)


def _with_origins(datasets: Sequence[Dataset], read: _Read, day: date) -> list[Dataset]:
    """Return the datasets with what IDC says they were made from; what it said before stays."""
    known = {dataset.doi for dataset in datasets}
    sources = [source for source in read.sources if source.doi in known]
    found: Mapping[str, list[Derivation]] = idc_datasets.origins_of(sources, datasets, read.studied, day)
    after = []
    for dataset in datasets:
        kept = [each for each in dataset.derived_from if each.source != idc.SOURCE]
        before = [each for each in dataset.derived_from if each.source == idc.SOURCE]
        origins = lineage.merged(kept, (*before, *found.get(dataset.id, ())))
        changed = dataset.model_copy(update={"derived_from": origins})
        after.append(with_changes(dataset, changed, day, idc.SOURCE))
    return after


def _collections(content: Content, sources: Iterable[idc.IdcSource]) -> dict[str, tuple[str, ...]]:
    """Return the datasets of each collection of IDC, those of before among them."""
    known = {dataset.doi for dataset in content.datasets}
    now = idc_datasets.original_datasets([each for each in sources if each.doi in known], content.datasets)
    names = sorted({*content.idc_collections, *now})
    return {name: tuple(sorted({*content.idc_collections.get(name, ()), *now.get(name, ())})) for name in names}


def _unknown(sources: Iterable[idc.IdcSource]) -> Iterator[str]:
    for source in sources:
        for statement in source.statements:
            if is_unrecognized(statement.license):
                yield f"IDC: no license has the {statement.field} {statement.text[:120]!r}, which {source.id} has"


def _source(known: Source | None, release: _Release, day: date) -> Source:
    about = known or Source(
        id=idc.SOURCE,
        title="",
        publisher="NCI Imaging Data Commons",
        url=idc.INDEX_URL,
        copies=TCIA,
        note="IDC's licenses of TCIA's data are TCIA's own labels, copied when IDC made its release",
    )
    return about.model_copy(update={"title": f"IDC v{release.idc} index", "as_of": day, "version": release.version})


def _controlled() -> frozenset[str]:
    return frozenset(item.id for item in load_licenses().values() if item.access is Access.CONTROLLED)


def _order(day: date, version: str) -> tuple[date, tuple[int, ...]]:
    return day, tuple(int(number) for number in version.split(".") if number.isdigit())
