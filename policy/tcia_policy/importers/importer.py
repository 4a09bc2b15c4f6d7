"""From the recordings of all sources to the registry: datasets, look-up tables and sources, in memory."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files.shipped import shipped
from tcia_policy.importers import (
    aliases,
    creators,
    curated_terms,
    idc,
    lineage,
    nbia,
    pick_citation,
    sources,
    tcia,
)
from tcia_policy.importers.claim_scope import DICOM, claimed, dicom, open_dicom
from tcia_policy.importers.identifiers import key, slug, unique
from tcia_policy.importers.license_names import LicenseNames, claims
from tcia_policy.importers.policy_page import load_policy_page
from tcia_policy.model import (
    Access,
    Archive,
    ClaimScope,
    Dataset,
    DatasetKind,
    Distribution,
    Grade,
    License,
    Notice,
    NoticeKind,
    NoticeLevel,
    NoticeReference,
    Source,
)
from tcia_policy.text.doi import normalize_doi

IDC_DISTRIBUTION = "idc"
IDC_TITLE = "DICOM files in the Imaging Data Commons"


@dataclass(frozen=True)
class Imported:
    """All that is written. `idc_collections` maps an IDC collection id to the ids of its original datasets; `remarks`
    are what a reviewer should know and no file says outright."""

    version: date
    idc_index_data: str
    datasets: tuple[Dataset, ...]
    idc_collections: Mapping[str, tuple[str, ...]]
    sources: tuple[Source, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Recorded:
    """Everything that was read, before it is put together. `days` are those of the sources, by source id."""

    published: tuple[tcia.Published, ...]
    report: tuple[nbia.NbiaRow, ...]
    idc_sources: tuple[idc.IdcSource, ...]
    full_lists: Mapping[str, creators.FullList]
    annotated: Mapping[tuple[str, str], tuple[str, ...]]
    source_dois: tuple[str, ...]
    asked: curated_terms.Terms
    release: idc.Release
    sources: tuple[Source, ...]
    days: Mapping[str, date]
    names: LicenseNames
    controlled: frozenset[str]


def read(
    recordings: Path, idc_folder: Path, licenses: Mapping[str, License], decisions: Path | None = None
) -> Recorded:
    """Read every recording, and which terms of single datasets are taken over (by default, the shipped `terms.yaml`).

    Raises `InputError` for the first thing that does not fit.
    """
    names = LicenseNames(licenses)
    release = idc.release(idc_folder)
    described = sources.describe(recordings, release)
    return Recorded(
        published=tuple(tcia.read(recordings)),
        report=tuple(nbia.read(recordings, names)),
        idc_sources=tuple(idc.read(idc_folder, names)),
        full_lists=creators.read(recordings),
        annotated=idc.origins(idc_folder),
        source_dois=idc.source_dois(idc_folder),
        asked=curated_terms.read(recordings, decisions or shipped("data") / curated_terms.TERMS),
        release=release,
        sources=described,
        days={source.id: source.as_of for source in described if source.as_of is not None},
        names=names,
        controlled=frozenset(item.id for item in licenses.values() if item.access is Access.CONTROLLED),
    )


def assemble(recorded: Recorded) -> Imported:
    """Put together what was read. Raises `InputError` where two datasets share a DOI or a name, where a license is not
    mapped, or where an IDC source leads to no dataset."""
    _refuse_shared((each.record.doi for each in recorded.published), "DOI")
    _refuse_shared((key(each.record.short_title) for each in recorded.published), "name")
    remarks = [*recorded.asked.remarks]
    id_of = _ids(recorded)
    reported = _reported(recorded, remarks)
    in_idc = {source.doi: source for source in recorded.idc_sources}
    from_tcia = {each.record.doi for each in recorded.published}
    datasets = [
        _from_tcia(recorded, each, in_idc.get(each.record.doi), reported.get(each.record.doi), remarks)
        for each in recorded.published
    ]
    datasets += [
        _from_idc(recorded, source, id_of[source.doi], remarks)
        for source in recorded.idc_sources
        if source.doi not in from_tcia
    ]
    originals = _originals(recorded, id_of)
    recorded.asked.check_datasets(id_of.values())
    datasets = _related(datasets, recorded, id_of, originals, reported)
    _refuse_unlisted(recorded.source_dois, datasets)
    return Imported(
        version=recorded.days[tcia.SOURCE],
        idc_index_data=recorded.release.version,
        datasets=tuple(sorted(datasets, key=lambda dataset: dataset.id)),
        idc_collections=originals,
        sources=recorded.sources,
        remarks=tuple(sorted(remarks)),
    )


def _ids(recorded: Recorded) -> dict[str, str]:
    """Dataset ids by DOI: TCIA's short titles, and made-up ones for the sources that are IDC's own."""
    ids = {each.record.doi: each.record.short_title for each in recorded.published}
    own = [source for source in recorded.idc_sources if source.doi not in ids]
    made_up = unique(f"idc-{slug(source.id)}" for source in own)
    return ids | {source.doi: id_ for source, id_ in zip(own, made_up, strict=True)}


def _from_tcia(
    recorded: Recorded,
    published: tcia.Published,
    in_idc: idc.IdcSource | None,
    row: nbia.NbiaRow | None,
    remarks: list[str],
) -> Dataset:
    record = published.record
    parts = tcia.distributions(published, recorded.names, recorded.days[tcia.SOURCE])
    if row is not None:
        stated = claims(row.statements, nbia.SOURCE, recorded.days[nbia.SOURCE], scope=ClaimScope.COLLECTION)
        parts = claimed(parts, stated, dicom(parts))
    if in_idc is not None:
        parts = claimed(parts, in_idc.claims(recorded.days[idc.SOURCE]), open_dicom(parts, recorded.controlled))
    cut = pick_citation.of_tcia(published, in_idc, recorded.days[tcia.SOURCE], recorded.days[idc.SOURCE])
    citation, problem = pick_citation.completed(cut, recorded.full_lists.get(record.doi))
    remarks += [f"{record.short_title}: {problem}"] if problem else []
    remarks += [f"{record.short_title}: no source states a license for download {p.id}" for p in parts if not p.claims]
    return Dataset(
        id=record.short_title,
        title=record.title,
        kind=published.kind,
        archive=Archive.TCIA,
        program=", ".join(record.program) or None,
        doi=record.doi,
        page=record.link,
        idc_collections=_collection_ids(in_idc),
        citation=citation,
        distributions=parts,
        sources=(tcia.SOURCE,),
    )


def _from_idc(recorded: Recorded, source: idc.IdcSource, id_: str, remarks: list[str]) -> Dataset:
    as_of = recorded.days[idc.SOURCE]
    cut, beside = pick_citation.of_idc(source, as_of)
    citation, problem = pick_citation.completed(cut, recorded.full_lists.get(source.doi))
    remarks += [f"{id_}: {problem}"] if problem else []
    return Dataset(
        id=id_,
        title=source.title,
        kind=DatasetKind.IDC_SOURCE,
        archive=Archive.IDC,
        program=_program(recorded, source),
        doi=source.doi,
        page=source.page,
        idc_collections=_collection_ids(source),
        citation=citation,
        distributions=(
            Distribution(
                id=IDC_DISTRIBUTION,
                title=IDC_TITLE,
                data_types=source.modalities,
                file_types=(DICOM,),
                claims=source.claims(as_of),
            ),
        ),
        notices=tuple(_citation_notice(text, as_of) for text in beside),
        sources=(idc.SOURCE,),
    )


def _program(recorded: Recorded, source: idc.IdcSource) -> str | None:
    """The program of all collections it is in, as TCIA spells it; none where they differ."""
    programs = sorted({collection.program for collection in source.collections})
    if len(programs) != 1:
        return None
    spelled = {key(program): program for each in recorded.published for program in each.record.program}
    return spelled.get(key(programs[0]), programs[0])


def _citation_notice(text: str, as_of: date) -> Notice:
    return Notice(
        kind=NoticeKind.CITATION,
        level=NoticeLevel.REQUESTED,
        summary="IDC's citation of these data also names this publication.",
        quote=text,
        doi=normalize_doi(text.rsplit(maxsplit=1)[-1]),
        grade=Grade.PRIMARY,
        reference=NoticeReference(title="IDC's index, citation of the source", url=idc.INDEX_URL),
        source=idc.SOURCE,
        as_of=as_of,
    )


def _reported(recorded: Recorded, remarks: list[str]) -> dict[str, nbia.NbiaRow]:
    """NBIA's rows by the DOI of TCIA's collection: by name, else by the DOIs of the row."""
    collections = [each.record for each in recorded.published if each.kind is DatasetKind.COLLECTION]
    by_name = {key(record.short_title): record.doi for record in collections}
    known = {record.doi for record in collections}
    reported: dict[str, nbia.NbiaRow] = {}
    unknown: list[str] = []
    for row in recorded.report:
        named = by_name.get(key(row.name))
        matches = [doi for doi in row.dois if doi in known] if named is None else [named]
        unknown += [] if matches else [row.name]
        reported.update(dict.fromkeys(matches, row))
    if unknown:
        remarks.append(f"{len(unknown)} collections of NBIA's are not TCIA's by name or DOI: {', '.join(unknown)}")
    return reported


def _originals(recorded: Recorded, id_of: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The original datasets of each IDC collection, and TCIA's dataset of the same name."""
    named = {key(each.record.short_title): each.record.short_title for each in recorded.published}
    found: dict[str, set[str]] = {}
    for source in recorded.idc_sources:
        for collection in source.collections:
            members = found.setdefault(collection.id, set())
            members |= {id_of[source.doi]} if source.is_original else set()
            members |= {named[key(collection.id)]} if key(collection.id) in named else set()
    return {collection: tuple(sorted(found[collection])) for collection in sorted(found)}


def _related(
    datasets: Iterable[Dataset],
    recorded: Recorded,
    id_of: Mapping[str, str],
    originals: Mapping[str, tuple[str, ...]],
    reported: Mapping[str, nbia.NbiaRow],
) -> list[Dataset]:
    """The datasets with what takes all of them to know: other names, lineage; and with what the policy page and their
    own pages say."""
    tcia_ids = frozenset(each.record.short_title for each in recorded.published)
    other_names = aliases.find(id_of, recorded.published, reported, recorded.idc_sources)
    by_tcia = lineage.from_tcia(recorded.published, id_of, recorded.days[tcia.SOURCE])
    by_idc = lineage.from_idc(
        recorded.idc_sources,
        id_of,
        originals=originals,
        annotated=recorded.annotated,
        tcia_ids=tcia_ids,
        as_of=recorded.days[idc.SOURCE],
    )
    related = []
    for dataset in datasets:
        origins = lineage.merged(by_tcia.get(dataset.id, ()), by_idc.get(dataset.id, ()))
        known = dataset.model_copy(update={"aliases": other_names.get(dataset.id, ()), "derived_from": origins})
        noticed = recorded.asked.annotate(load_policy_page().annotate(known))
        related.append(noticed.model_copy(update={"sources": _sources(noticed)}))
    return related


def _sources(dataset: Dataset) -> tuple[str, ...]:
    used = {*dataset.sources, dataset.citation.source}
    used |= {claim.source for part in dataset.distributions for claim in part.claims}
    used |= {origin.source for origin in dataset.derived_from}
    used |= {notice.source for notice in dataset.notices} | {contact.source for contact in dataset.contacts}
    used |= set() if dataset.citation.creators_from is None else {creators.SOURCE}
    return tuple(sorted(used))


def _collection_ids(source: idc.IdcSource | None) -> tuple[str, ...]:
    return () if source is None else tuple(collection.id for collection in source.collections)


def _refuse_shared(values: Iterable[str], what: str) -> None:
    shared = [value for value, count in Counter(values).items() if count > 1]
    if shared:
        raise InputError(f"two of TCIA's datasets have the {what} {shared[0]!r}")


def _refuse_unlisted(source_dois: Iterable[str], datasets: Iterable[Dataset]) -> None:
    missing = sorted(set(source_dois) - {dataset.doi for dataset in datasets})
    if missing:
        raise InputError(
            f"{len(missing)} source DOIs lead to no dataset, the first of them {missing[0]!r}",
            file=idc.SERIES_FILE,
        )
