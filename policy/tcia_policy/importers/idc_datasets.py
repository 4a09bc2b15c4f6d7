"""What IDC says of TCIA's datasets, and the sources that only IDC has, as the registry's datasets."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from tcia_policy.importers import idc, lineage, pick_citation, tcia
from tcia_policy.importers.claim_scope import DICOM, claimed, open_dicom
from tcia_policy.importers.identifiers import unique
from tcia_policy.importers.upstream import Collected, Inputs, Upstream
from tcia_policy.model import (
    Archive,
    Authority,
    Dataset,
    DatasetKind,
    Derivation,
    Distribution,
    Extent,
    Notice,
    NoticeKind,
    NoticeLevel,
    NoticeReference,
    Source,
)
from tcia_policy.text.doi import normalize_doi
from tcia_policy.text.name_keys import compare_key, slug

DISTRIBUTION = "idc"
TITLE = "DICOM files in the Imaging Data Commons"


def describe(inputs: Inputs) -> Source:
    """Return the entry of `data/sources.yaml`."""
    release = idc.release(inputs.idc_index_data)
    return Source(
        id=idc.SOURCE,
        title=f"IDC v{release.idc_version} index",
        publisher="NCI Imaging Data Commons",
        url=idc.INDEX_URL,
        as_of=release.as_of,
        version=release.version,
        copies=tcia.SOURCE,
        note="IDC's licenses of TCIA's data are TCIA's own labels, copied when IDC made its release",
    )


def add(inputs: Inputs, collected: Collected) -> Collected:
    """Add IDC's claims to TCIA's datasets, the sources that are IDC's own, and what each was made from."""
    as_of = idc.release(inputs.idc_index_data).as_of
    sources = idc.sources(inputs)
    datasets = [
        *_with_claims(collected.datasets, sources, inputs.controlled, as_of),
        *_own_datasets(collected.datasets, sources, as_of),
    ]
    origins = origins_of(sources, datasets, idc.origins(inputs.idc_index_data), as_of)
    related = (
        dataset.model_copy(update={"derived_from": lineage.merged(dataset.derived_from, origins.get(dataset.id, ()))})
        for dataset in datasets
    )
    return collected.with_(related, _names(sources, datasets))


UPSTREAM = Upstream(describe, add)


def original_datasets(sources: Iterable[idc.IdcSource], datasets: Iterable[Dataset]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the original datasets of each IDC collection, and TCIA's dataset of the same name."""
    known = tuple(datasets)
    ids = {dataset.doi: dataset.id for dataset in known}
    of_tcia = {compare_key(dataset.id): dataset.id for dataset in known if dataset.archive is Archive.TCIA}
    found: dict[str, set[str]] = {}
    for source in sources:
        for collection in source.collections:
            members = found.setdefault(collection.id, set())
            members |= {ids[source.doi]} if source.is_original else set()
            members |= {of_tcia[compare_key(collection.id)]} if compare_key(collection.id) in of_tcia else set()
    return {collection: tuple(sorted(found[collection])) for collection in sorted(found)}


def _with_claims(
    datasets: Iterable[Dataset], sources: Iterable[idc.IdcSource], controlled: frozenset[str], as_of: date
) -> Iterator[Dataset]:
    """Yield TCIA's datasets with IDC's claims on their open DICOM files, and with the names of IDC's collections."""
    by_doi = {source.doi: source for source in sources}
    for dataset in datasets:
        source = by_doi.get(dataset.doi)
        if source is None:
            yield dataset
            continue
        parts = dataset.distributions
        parts = claimed(parts, source.claims(as_of), open_dicom(parts, controlled))
        yield dataset.model_copy(update={"distributions": parts, "idc_collections": _collection_ids(source)})


def _own_datasets(of_tcia: Sequence[Dataset], sources: Iterable[idc.IdcSource], as_of: date) -> Iterator[Dataset]:
    """Yield a dataset for each source that TCIA does not publish, under an id that is made up."""
    published = {dataset.doi for dataset in of_tcia}
    own = [source for source in sources if source.doi not in published]
    programs = programs_of(of_tcia)
    ids = unique(f"idc-{slug(source.id)}" for source in own)
    for id_, source in zip(ids, own, strict=True):
        yield own_dataset(id_, source, program_of(source, programs), as_of)


def own_dataset(id_: str, source: idc.IdcSource, program: str | None, as_of: date) -> Dataset:
    """Return the dataset of a source that TCIA does not publish."""
    citation, beside = pick_citation.of_idc(source, as_of)
    return Dataset(
        id=id_,
        title=source.title,
        kind=DatasetKind.IDC_SOURCE,
        archive=Archive.IDC,
        program=program,
        doi=source.doi,
        page=source.page,
        idc_collections=_collection_ids(source),
        citation=citation,
        distributions=(
            Distribution(
                id=DISTRIBUTION,
                title=TITLE,
                data_types=source.modalities,
                file_types=(DICOM,),
                claims=source.claims(as_of),
            ),
        ),
        notices=tuple(_citation_notice(text, as_of) for text in beside),
        sources=(idc.SOURCE,),
    )


def programs_of(datasets: Iterable[Dataset]) -> dict[str, str]:
    """Return the programs of datasets as they spell them, by the form in which two are compared."""
    listed = (dataset.program.split(", ") for dataset in datasets if dataset.program)
    return {compare_key(program): program for programs in listed for program in programs}


def program_of(source: idc.IdcSource, of_tcia: Mapping[str, str]) -> str | None:
    """Return the program of all collections that the source is in, as TCIA spells it; none where they differ."""
    programs = sorted({collection.program for collection in source.collections})
    return of_tcia.get(compare_key(programs[0]), programs[0]) if len(programs) == 1 else None


def _citation_notice(text: str, as_of: date) -> Notice:
    return Notice(
        kind=NoticeKind.CITATION,
        level=NoticeLevel.REQUESTED,
        summary="IDC's citation of these data also names this publication.",
        quote=text,
        doi=normalize_doi(text.rsplit(maxsplit=1)[-1]),
        authority=Authority.OFFICIAL_STATEMENT,
        reading=Extent.FULL,
        reference=NoticeReference(title="IDC's index, citation of the source", url=idc.INDEX_URL),
        source=idc.SOURCE,
        as_of=as_of,
    )


def _names(sources: Iterable[idc.IdcSource], datasets: Iterable[Dataset]) -> Iterator[tuple[str, str]]:
    """Yield IDC's names of sources and collections, each with the id of the dataset that it is a name of.

    The names of a collection belong to the dataset of that name, else to the collection's original datasets.
    """
    known = tuple(datasets)
    ids = {dataset.doi: dataset.id for dataset in known}
    owners = {compare_key(dataset.id): dataset.id for dataset in known}
    for source in sources:
        id_ = ids[source.doi]
        yield id_, source.id
        for collection in source.collections:
            owner = owners.get(compare_key(collection.id), id_ if source.is_original else None)
            if owner is not None:
                yield owner, collection.id
                yield owner, collection.name


def origins_of(
    sources: Sequence[idc.IdcSource],
    datasets: Sequence[Dataset],
    studied: Mapping[tuple[str, str], tuple[str, ...]],
    as_of: date,
) -> dict[str, list[Derivation]]:
    """Return what IDC's analysis results and conversions were made from, by dataset id.

    `studied` has the DOIs of the original data whose studies an analysis result is in, by its DOI and the collection;
    where that is not known, it was made from all originals of the collection. A conversion (original data that TCIA
    does not publish) was made from those that are TCIA's.
    """
    ids = {dataset.doi: dataset.id for dataset in datasets}
    of_tcia = {dataset.id for dataset in datasets if dataset.archive is Archive.TCIA}
    originals = original_datasets(sources, datasets)
    found: dict[str, list[Derivation]] = defaultdict(list)
    for source in sources:
        own = ids[source.doi]
        for collection in source.collections:
            of_collection = set(originals[collection.id])
            if source.is_original:
                origins = of_collection & of_tcia if own not in of_tcia else set()
            else:
                known = studied.get((source.doi, collection.id), ())
                origins = {ids[doi] for doi in known if doi in ids} or of_collection
            found[own] += [
                Derivation(dataset=origin, named=collection.name, source=idc.SOURCE, as_of=as_of)
                for origin in origins - {own}
            ]
    return found


def _collection_ids(source: idc.IdcSource) -> tuple[str, ...]:
    return tuple(collection.id for collection in source.collections)
