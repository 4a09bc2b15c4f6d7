"""Small made-up datasets, holdings and assessments, judged by the rules and licenses that ship."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from tcia_policy.engine.agreements import Evidence, gather
from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.engine.facts import KnownData
from tcia_policy.engine.manuscript_evidence import ManuscriptEvidence
from tcia_policy.engine.recorded_evidence import Surroundings, examine
from tcia_policy.evidence.observations import DocumentSeen
from tcia_policy.files import located_yaml
from tcia_policy.model import (
    Access,
    Activity,
    Archive,
    Assessment,
    Authority,
    ClaimScope,
    DataItem,
    Dataset,
    Distribution,
    Extent,
    Holding,
    HoldingKind,
    LicenseClaim,
    Notice,
    NoticeKind,
    NoticeLevel,
    OtherData,
    OutputKind,
    Project,
    Route,
    Source,
    Verdict,
    Versions,
)
from tcia_policy.registry import load_licenses
from tcia_policy.registry.papers import load_papers
from tcia_policy.registry.repository_terms import load_copies
from tcia_policy.rules.rulebook import RuleBook, load_rules
from tests.registry import small_registry as made_up

TODAY = date(2026, 11, 22)
SOURCE = "tcia"
NIH = "LicenseRef-NIH-Controlled-Data-Access"
LIMITED = "LicenseRef-TCIA-Limited-Access"
NO_COMMERCIAL_LIMITED = "LicenseRef-TCIA-No-Commercial-Limited-Access"
NLM = "LicenseRef-NLM-Terms-2019-05-21"
INTERNAL = "LicenseRef-internal"
OWNER = "A study group"  # the creator of every made-up dataset
FULL_GRANT = {
    "from": OWNER,
    "to": "The user",
    "activities": tuple(Activity),
    "outputs": tuple(OutputKind),
    "territory": "worldwide",
    "sublicensable": True,
    "evidence": "grant.pdf",
}

rules = cache(load_rules)
licenses = cache(load_licenses)
papers = cache(load_papers)
copies = cache(load_copies)


def own(license_: str, access: Access | None = None) -> LicenseClaim:
    """Return a claim on exactly this part."""
    return LicenseClaim(license=license_, source=SOURCE, as_of=TODAY, stated_as=license_, access=access)


def whole(license_: str) -> LicenseClaim:
    """Return a claim on all DICOM series of the collection."""
    return own(license_).model_copy(update={"source": "nbia", "scope": ClaimScope.COLLECTION})


def part(id_: str, *claims: LicenseClaim, file_types: Sequence[str] = ("DICOM",)) -> Distribution:
    """Return a part with these claims."""
    return Distribution(id=id_, title=f"Part {id_}", file_types=tuple(file_types), claims=claims)


def dataset(
    id_: str,
    *parts: Distribution,
    program: str | None = None,
    archive: Archive = Archive.TCIA,
    notices: Iterable[Notice] = (),
    derived_from: Sequence[str] = (),
) -> Dataset:
    """Return a dataset of these parts."""
    doi = f"10.7937/{id_.lower()}"
    made = made_up.dataset(id_, doi, parts, program=program, archive=archive, derived_from=derived_from)
    return made.model_copy(update={"notices": tuple(notices), "distributions": parts})


def notice(kind: NoticeKind, *parts: str) -> Notice:
    """Return a notice on these parts, or on the whole."""
    return Notice(
        kind=kind,
        level=NoticeLevel.REQUIRED,
        summary="as the page says",
        authority=Authority.OFFICIAL_STATEMENT,
        reading=Extent.FULL,
        source=SOURCE,
        distributions=parts or None,
    )


def holding(of: Dataset, *parts: str, route: Route = Route.TCIA, id_: str | None = None) -> Holding:
    """Return a holding of these parts of a dataset, all used, or of any of its parts."""
    return Holding(
        id=id_ or of.id,
        kind=HoldingKind.DATASET,
        name=of.id,
        dataset=of.id,
        distributions=parts or tuple(each.id for each in of.distributions),
        distributions_stated=bool(parts),
        all_used=bool(parts),
        doi=of.doi,
        obtained_from=route,
    )


def of_elsewhere(of: Dataset, route: Route) -> Holding:
    """Return a holding of a part that the registry does not have."""
    return holding(of, route=route).model_copy(update={"distributions": (), "parts_named": ("proteomics",)})


def other(name: str, license_: str | None, route: Route = Route.OTHER) -> Holding:
    """Return data on the user's word."""
    return Holding(id=name, kind=HoldingKind.OTHER, name=name, license=license_, obtained_from=route)


def unresolved(kind: HoldingKind) -> Holding:
    """Return what no dataset could be found for."""
    return Holding(
        id=kind.value, kind=kind, name=f"a {kind.value}", obtained_from=Route.TCIA, series=2, examples=("1.2",)
    )


def known_data(datasets: Iterable[Dataset]) -> KnownData:
    """Everything that is known."""
    source = Source(id=SOURCE, title="TCIA", publisher="TCIA", url="https://www.cancerimagingarchive.net", as_of=TODAY)
    report = source.model_copy(update={"id": "nbia", "title": "NBIA collection report"})
    return KnownData(
        datasets={each.id: each for each in datasets},
        licenses=licenses(),
        sources={source.id: source, report.id: report},
        papers=papers(),
        copies=copies(),
    )


def project(text: str = "", data: Sequence[Holding] = ()) -> Project:
    """Return a project from the YAML of its keys but `data`."""
    others = [item.name for item in data if item.kind is HoldingKind.OTHER]
    items = [DataItem(other=OtherData(name=name)) for name in others] or [DataItem(dataset="any")]
    document = located_yaml.parse_text(Path("project.yaml"), text + "\ndata: [{dataset: any}]")
    return document.parse(Project).model_copy(update={"data": tuple(items)})


def gather_seen(stated: Project, as_of: date, known: KnownData) -> Evidence:
    """Return the evidence of a project whose documents are all there."""

    def datasets_of(name: str) -> list[Dataset]:
        return [known.datasets[name]] if name in known.datasets else []

    around = Surroundings(as_of, rules(), lambda _: DocumentSeen(sha256="0" * 64), datasets_of, lambda _: None)
    return gather(stated, as_of, lambda name: (name,), examine(stated, around))


def judge(
    study: str | Project,
    holdings: Sequence[Holding],
    datasets: Iterable[Dataset] | KnownData = (),
    book: RuleBook | None = None,
    as_of: date = TODAY,
    manuscript: ManuscriptEvidence | None = None,
) -> Assessment:
    """Assess holdings under a project, given as the YAML of its keys but `data`."""
    stated = project(study, holdings) if isinstance(study, str) else study
    known = datasets if isinstance(datasets, KnownData) else known_data(datasets)
    case = Case(
        project=stated,
        holdings=tuple(holdings),
        rules=book or rules(),
        known=known,
        evidence=gather_seen(stated, as_of, known),
        as_of=as_of,
        versions=Versions(program="0", rules=rules().version, registry="2026-11-22"),
        manuscript=manuscript,
    )
    return assess(case, asking=False)


def cells(assessment: Assessment) -> dict[tuple[str, Activity], Verdict]:
    """Return the verdict of each activity on each holding."""
    return {(cell.holding, cell.activity): cell.verdict for cell in assessment.verdicts}


def verdict_of(assessment: Assessment, activity: str) -> str:
    """Return the verdict of one activity on the only holding."""
    (found,) = {cell.verdict.value for cell in assessment.verdicts if cell.activity == activity}
    return found
