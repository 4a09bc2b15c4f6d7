"""The registry with what NBIA says now of the DICOM series of collections.

NBIA answers in two forms, and each is a source of its own: a report with all licenses of each collection, and one
series of each license of a collection, which need not be all that it has. Both defer to TCIA, and speak of a collection
as a whole. A license that is not described is no claim: TCIA's label counts.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.importers import nbia, tcia
from tcia_policy.importers.claim_scope import dicom
from tcia_policy.importers.content import Content
from tcia_policy.importers.license_names import LicenseNames, Record, Statement, claims
from tcia_policy.importers.online.answers import Answers
from tcia_policy.importers.refresh.restated import restated
from tcia_policy.importers.refresh.result import Refreshed, has_claims_of, last_day_of, refuse_shrunk, with_datasets
from tcia_policy.importers.refresh.tcia_matches import is_of_tcia
from tcia_policy.lazy import dataclass
from tcia_policy.model import ClaimScope, Dataset, DatasetKind, Source
from tcia_policy.text.doi import normalize_doi
from tcia_policy.text.english import first_few
from tcia_policy.text.name_keys import compare_key

REPORT, SERIES = "report", "v4"
OF_SERIES = Source(
    id="nbia-series",
    title="NBIA, licenses of series",
    publisher="The Cancer Imaging Archive",
    url="https://nbia.cancerimagingarchive.net",
    defers_to=tcia.SOURCE,
    note="of one patient of each collection; TCIA's staff: NBIA's license tags lag behind the collection pages",
)
OF_REPORT = Source(
    id=nbia.SOURCE,
    title="NBIA collection report",
    publisher="The Cancer Imaging Archive",
    url="https://nbia.cancerimagingarchive.net",
    defers_to=tcia.SOURCE,
)


@dataclass(frozen=True)
class _Stated:
    """What NBIA states of a dataset. `is_all` is false where it has a license beside that is not described."""

    statements: tuple[Statement, ...] = ()
    is_all: bool = True


Statements = Mapping[str, _Stated]
"""What NBIA states, by the id of the dataset."""


def refreshed(content: Content, answers: Answers, names: LicenseNames) -> Refreshed:
    """Return the registry with NBIA's answers in it.

    Raise `InputError` for answers of another form, and where NBIA speaks of more than a fifth fewer datasets than the
    registry has its claims on.
    """
    about = {REPORT: OF_REPORT, SERIES: OF_SERIES}.get(answers.form)
    if about is None:
        raise InputError(f"NBIA's answers have the form {answers.form[:40]!r}", hint=f"{REPORT} or {SERIES}")
    last = last_day_of(about.id, content)
    if last is not None and answers.day < last:
        return Refreshed(content, (f"NBIA: answers of {answers.day} change nothing; the registry has those of {last}",))
    read = _of_reports if answers.form == REPORT else _of_series
    found, remarks = read(content, answers, names)
    before = {dataset.id for dataset in content.datasets if has_claims_of(dataset, about.id, last)}
    refuse_shrunk("datasets", len(before & set(found)), len(before))
    nothing = _Stated()
    datasets = [_updated(each, found.get(each.id, nothing), about.id, answers.day) for each in content.datasets]
    return Refreshed(with_datasets(content, datasets, _read(content, about, answers.day)), remarks)


def _updated(dataset: Dataset, said: _Stated, source: str, day: date) -> Dataset:
    """Return the dataset with NBIA's claims on its DICOM parts; as it was where NBIA states none that is described."""
    stated = claims(said.statements, source, day, scope=ClaimScope.COLLECTION)
    if not stated:
        return dataset
    covered = dicom(part for part in dataset.distributions if part.withdrawn is None)
    parts = (
        restated(part, source, stated, is_all=said.is_all) if part.id in covered else part
        for part in dataset.distributions
    )
    return dataset.model_copy(update={"distributions": tuple(parts)})


def _read(content: Content, about: Source, day: date) -> Iterator[Source]:
    """Yield the source as read on this day; as it is where its last copy is of this day already."""
    known = next((each for each in content.sources if each.id == about.id), about)
    if last_day_of(about.id, content) != day:
        yield known.model_copy(update={"as_of": day, "until": None})


def _of_reports(content: Content, answers: Answers, names: LicenseNames) -> tuple[Statements, tuple[str, ...]]:
    """Return what the rows of a report state, and a remark for each that names a license that is not described."""
    rows, remarks = [], []
    for number, record in enumerate(answers.lists.get("collections", ()), start=2):
        cells = {column: str(record.get(column) or "") for column in nbia.COLUMNS}
        try:
            rows.append(nbia.parsed(cells, names, Record(Path("nbia"), cells["Collection"], number)))
        except InputError as error:
            remarks.append(f"NBIA: {cells['Collection'][:80]} is left as it was: {error.problem}")
    by_doi, _ = nbia.rows_by_doi(rows, [each for each in content.datasets if is_of_tcia(each)])
    found = {each.id: _Stated(by_doi[each.doi].statements) for each in content.datasets if each.doi in by_doi}
    return found, tuple(remarks)


def _of_series(content: Content, answers: Answers, names: LicenseNames) -> tuple[Statements, tuple[str, ...]]:
    """Return what series state, by the dataset that their DOI leads to, else by the name of their collection."""
    by_doi = {doi: each.id for each in content.datasets if is_of_tcia(each) for doi in each.dois}
    by_name = {
        compare_key(each.id): each.id
        for each in content.datasets
        if is_of_tcia(each) and each.kind is DatasetKind.COLLECTION
    }
    found: dict[str, list[Statement]] = {}
    not_all: set[str | None] = set()
    unknown: dict[str, dict[str, None]] = {}
    for record in answers.lists.get("series", ()):
        texts = {name: value for name, value in record.items() if isinstance(value, str)}
        label, collection = texts.get("LicenseName", "").strip(), texts.get("Collection", "")
        doi = normalize_doi(texts.get("DataDescriptionURI", ""))
        is_own = texts.get("ThirdPartyAnalysis", "").upper() != "YES"
        id_ = by_doi.get(doi or "") or (by_name.get(compare_key(collection)) if is_own else None)
        license_ = names.known_label(label) or names.known_url(texts.get("LicenseURI", ""))
        if license_ is None and label:
            unknown.setdefault(label, {})[collection] = None
            not_all.add(id_)
        elif license_ is not None and id_ is not None:
            found.setdefault(id_, []).append(Statement("LicenseName", label or texts["LicenseURI"], license_))
    told = (
        f"NBIA: no license has the label {label[:120]!r}, which is on series of {first_few(collections)}"
        for label, collections in sorted(unknown.items())
    )
    return {id_: _Stated(tuple(items), id_ not in not_all) for id_, items in found.items()}, tuple(told)
