"""Assessments as the engine makes them, built by hand."""

from datetime import date

from tcia_policy.engine.agreements import gather
from tcia_policy.engine.clearance import Judged, clearance_of
from tcia_policy.engine.data_terms import origins_of, terms_of
from tcia_policy.engine.facts import KnownData
from tcia_policy.engine.items_used import ItemsByLabel
from tcia_policy.engine.recorded_evidence import in_words, recorded
from tcia_policy.model import (
    Activity,
    Agreement,
    Assessment,
    Authority,
    CellVerdict,
    Citation,
    CitationOwed,
    Clearance,
    Creator,
    DataItem,
    Duty,
    DutyKind,
    DutyStatus,
    EvidenceDocument,
    EvidenceSeen,
    Extent,
    Finding,
    Holding,
    HoldingKind,
    MissingFact,
    OtherData,
    Output,
    OutputKind,
    Period,
    Permission,
    Positions,
    Project,
    Purpose,
    Reading,
    Reference,
    Route,
    Use,
    Verdict,
    Versions,
)
from tcia_policy.registry.papers import load_papers
from tcia_policy.registry.repository_terms import load_copies
from tests.reports.datasets import AERTS, CONTROLLED, EVIL, LICENSES, LIDC, PHANTOM, RADIOMICS, SOURCES

ACTIVITIES = (Activity.TRAIN_MODEL, Activity.PUBLISH_RESULTS, Activity.RELEASE_MODEL, Activity.USE_IN_PRODUCT)
NC = Reference(
    title="CC BY-NC 3.0 legal code",
    section="4(c)",
    url="https://creativecommons.org/licenses/by-nc/3.0/legalcode",
    authority=Authority.INSTRUMENT,
    reading=Extent.FULL,
    published=date(2013, 11, 25),
)
POLICY = Reference(
    title="TCIA data usage policy",
    url="https://www.cancerimagingarchive.net/data-usage-policies-and-restrictions/",
    authority=Authority.INSTRUMENT,
    reading=Extent.PART,
    note="Only the beginning of the page was seen.",
)
CLARK = Citation(
    creators=(
        Creator(family="Clark", given="K."),
        Creator(family="Vendt", given="B."),
        Creator(family="Smith", given="K."),
    ),
    truncated=True,
    year=2013,
    title="The Cancer Imaging Archive (TCIA): Maintaining and Operating a Public Information Repository",
    publisher="Springer",
    container="Journal of Digital Imaging",
    volume="26",
    issue="6",
    pages="1045-1057",
    doi="10.1007/s10278-013-9622-7",
    resource_type="JournalArticle",
    source="tcia-page",
    as_of=date(2026, 11, 22),
)


def holding(holding_id: str, name: str, dataset: str | None = None, **fields: object) -> Holding:
    values = {
        "id": holding_id,
        "name": name,
        "kind": HoldingKind.DATASET,
        "dataset": dataset,
        "obtained_from": Route.TCIA,
    }
    return Holding.model_validate(values | ({"distributions": ("images",)} if dataset else {}) | fields)


HOLDINGS = (
    holding(
        "LIDC-IDRI",
        "LIDC-IDRI",
        "LIDC-IDRI",
        series=1018,
        size_mb=124_512.4,
        items=("cohort/lung.tcia",),
        claimed_licenses=("CC-BY-3.0",),
        doi=LIDC.doi,
        distributions_stated=True,
    ),
    holding(
        "NSCLC-Radiomics",
        "NSCLC-Radiomics",
        "NSCLC-Radiomics",
        series=422,
        size_mb=33_000.0,
        obtained_from=Route.IDC,
        doi=RADIOMICS.doi,
    ),
    holding("Phantom FDA", "Phantom FDA", "Phantom FDA", doi=PHANTOM.doi, obtained_on=date(2024, 3, 1)),
    holding("TCGA-GBM", "TCGA-GBM", "TCGA-GBM", obtained_from=Route.GENERAL_COMMONS, doi=CONTROLLED.doi),
    holding(
        "not-in-idc-index",
        "Series that IDC's index does not have",
        kind=HoldingKind.NOT_IN_IDC_INDEX,
        series=17,
        examples=("1.3.6.1.4.1.14519.5.2.1.6279.6001.100225287222365663678666836860",),
        items=("cohort/lung.tcia",),
    ),
)
VERDICTS = {
    "LIDC-IDRI": (Verdict.PERMITTED, Verdict.CONDITIONAL, Verdict.CONDITIONAL, Verdict.CONDITIONAL),
    "NSCLC-Radiomics": (Verdict.PROHIBITED,) * 4,
    "Phantom FDA": (Verdict.UNDETERMINED,) * 4,
    "TCGA-GBM": (Verdict.CONDITIONAL, Verdict.CONDITIONAL, Verdict.PROHIBITED, Verdict.PROHIBITED),
    "not-in-idc-index": (Verdict.UNDETERMINED,) * 4,
}


def finding(
    rule: str, title: str, verdict: Verdict | None, holding_id: str | None, because: str, **fields: object
) -> Finding:
    values = {"rule": rule, "title": title, "verdict": verdict, "holding": holding_id, "because": because}
    return Finding.model_validate(values | {"activities": ACTIVITIES, "references": (NC,)} | fields)


GRANT = (
    "The license grants reproduction, distribution and derivative works, for any purpose, on condition of attribution."
)
FINDINGS = (
    finding(
        "cc-grants",
        "A Creative Commons license grants use",
        Verdict.PERMITTED,
        "LIDC-IDRI",
        GRANT,
        references=(
            Reference(
                title="CC BY 3.0 legal code",
                section="3",
                url="https://creativecommons.org/licenses/by/3.0/legalcode",
                authority=Authority.INSTRUMENT,
                reading=Extent.FULL,
            ),
        ),
    ),
    finding(
        "claims-disagree",
        "Sources disagree on the license",
        None,
        "Phantom FDA",
        "TCIA and NBIA state different licenses for the same images; the strictest governs.",
        references=(POLICY,),
    ),
    finding(
        "cc-noncommercial",
        "A NonCommercial license does not cover commercial use",
        Verdict.UNDETERMINED,
        "Phantom FDA",
        "The license grants its rights for NonCommercial purposes only.",
        remedy="Ask Marios Gavrielides (marios.gavrielides@fda.hhs.gov) for a license, or leave Phantom FDA out.",
        missing=(
            MissingFact(
                fact="which of the stated licenses is right",
                consequence="prohibited under CC-BY-NC-3.0; no objection from this rule under CC-BY-3.0",
            ),
        ),
        readings=(
            Reading(
                distribution="images",
                license="CC-BY-3.0",
                sources=("tcia-collections",),
                outcome="no objection from this rule",
            ),
            Reading(
                distribution="images",
                license="CC-BY-NC-3.0",
                sources=("nbia-report", "tcia-page"),
                outcome="prohibited",
            ),
        ),
        in_force=Period.model_validate({"from": date(2007, 2, 23)}),
    ),
    finding(
        "unresolved-series",
        "Series that cannot be identified cannot be judged",
        Verdict.UNDETERMINED,
        "not-in-idc-index",
        "17 series are not in IDC's index: they may be under controlled access, removed, or not from TCIA at all.",
        remedy="Declare them with `other:` or leave them out.",
        references=(POLICY,),
    ),
    finding(
        "cc-noncommercial",
        "A NonCommercial license does not cover commercial use",
        Verdict.PROHIBITED,
        "NSCLC-Radiomics",
        "The license grants its rights for NonCommercial purposes only.",
        remedy="Ask Hugo Aerts (hugo_aerts@dfci.harvard.edu) for a commercial license, or leave NSCLC-Radiomics out.",
        in_force=Period.model_validate({"from": date(2007, 2, 23)}),
    ),
    finding(
        "controlled-access-sharing",
        "Data under controlled access are not passed on",
        Verdict.PROHIBITED,
        "TCGA-GBM",
        "What is derived from controlled data may not go to anyone who is not in the approved request.",
        activities=(Activity.RELEASE_MODEL, Activity.USE_IN_PRODUCT),
        references=(
            Reference(
                title="NIH Data Use Certification, non-transferability",
                url="https://sharing.nih.gov/",
                authority=Authority.OFFICIAL_STATEMENT,
                reading=Extent.FULL,
            ),
        ),
    ),
    finding(
        "policy-page-commercial",
        "The policy page restricts this dataset from commercial use",
        Verdict.PROHIBITED,
        "LIDC-IDRI",
        "It was listed under Restricted from Commercial Use.",
        lifted_by="commercial-use granted by the submitter on 2026-02-01 (evidence: legal/grant.pdf)",
        references=(POLICY,),
    ),
)


def duty(duty_id: str, kind: DutyKind, text: str, status: DutyStatus, *holdings: str, **fields: object) -> Duty:
    values = {
        "id": duty_id,
        "rule": duty_id.partition(":")[0],
        "kind": kind,
        "text": text,
        "status": status,
        "holdings": holdings,
    }
    return Duty.model_validate(values | {"activities": ACTIVITIES[:2], "references": (POLICY,)} | fields)


def cite(doi: str, *holdings: str, **fields: object) -> Duty:
    return duty(
        f"cite-data:{doi}",
        DutyKind.CITE,
        "Cite the data by its DOI",
        DutyStatus.UNVERIFIED,
        *holdings,
        doi=doi,
        **fields,
    )


DUTIES = (
    duty(
        "dbgap-request:TCGA-GBM",
        DutyKind.AGREE,
        "Have an approved data access request for TCGA-GBM",
        DutyStatus.OPEN,
        "TCGA-GBM",
    ),
    duty(
        "contact-submitter:NSCLC-Radiomics",
        DutyKind.CONTACT,
        "Write to the submitter before commercial use",
        DutyStatus.UNVERIFIED,
        "NSCLC-Radiomics",
        contacts=(AERTS,),
    ),
    cite(LIDC.doi, "LIDC-IDRI"),
    cite(RADIOMICS.doi, "NSCLC-Radiomics"),
    cite(PHANTOM.doi, "Phantom FDA"),
    cite(CONTROLLED.doi, "TCGA-GBM"),
    duty(
        "cite-sources:?",
        DutyKind.CITE,
        "Cite the data it was made from: a set whose citation is not known here",
        DutyStatus.UNVERIFIED,
        "Phantom FDA",
    ),
    duty(
        "attribute:LIDC-IDRI",
        DutyKind.ATTRIBUTE,
        "Attribute LIDC-IDRI: name its license (CC BY 3.0) with a link to it, and say what was changed",
        DutyStatus.MET,
        "LIDC-IDRI",
        evidence="paper/main.tex:312",
    ),
    duty(
        "acknowledge-repository:all",
        DutyKind.ACKNOWLEDGE,
        "Name the datasets and the repository in every publication and talk",
        DutyStatus.UNVERIFIED,
        "LIDC-IDRI",
        "NSCLC-Radiomics",
        "Phantom FDA",
        "TCGA-GBM",
    ),
    duty(
        "never-reidentify:all",
        DutyKind.REFRAIN,
        "Never try to identify or contact a participant",
        DutyStatus.UNVERIFIED,
        "LIDC-IDRI",
        "NSCLC-Radiomics",
        "Phantom FDA",
        "TCGA-GBM",
    ),
    duty(
        f"cite-tcia:{CLARK.doi}",
        DutyKind.CITE,
        "Cite TCIA's own paper",
        DutyStatus.UNVERIFIED,
        "LIDC-IDRI",
        doi=CLARK.doi,
        required=False,
        cites="archive",
    ),
    duty(
        "tell-tcia:all",
        DutyKind.NOTIFY,
        "Tell help@cancerimagingarchive.net of the publication",
        DutyStatus.UNVERIFIED,
        required=False,
    ),
)
CITATIONS = (
    *(
        CitationOwed(citation=item.citation, role="dataset", required=True, holdings=(item.id,))
        for item in (LIDC, RADIOMICS, PHANTOM, CONTROLLED)
    ),
    CitationOwed(citation=CLARK, role="archive", required=False, holdings=("LIDC-IDRI",)),
)


def as_assessed(**fields: object) -> Assessment:
    """Return the assessment of these fields, with the terms and the clearance that the engine finds for them."""
    nothing = {"terms": (), "origins": (), "clearance": Clearance(objections=(), findings=(), outputs=())}
    return assessed_again(Assessment.model_validate(fields | nothing))


def assessed_again(changed: Assessment, **fields: object) -> Assessment:
    """Return `changed` with `fields` in it, and with the terms and the clearance that the engine finds for it."""
    new = changed.model_copy(update=fields)
    known = KnownData(
        datasets={dataset.id: dataset for dataset in new.datasets},
        licenses={license_.id: license_ for license_ in new.licenses},
        sources={source.id: source for source in new.sources},
        papers=load_papers(),
        copies=load_copies(),
    )
    judged = Judged(
        activities=new.activities,
        activities_stated=new.activities_stated,
        verdict=new.verdict,
        verdicts=new.verdicts,
        findings=new.findings,
        duties=new.duties,
    )
    seen = [
        EvidenceSeen(field=field, text=in_words(item), document=item.evidence.path if item.evidence else None)
        for field, item in recorded(new.project)
    ]
    evidence = gather(new.project, new.as_of, lambda name: (name,), seen)
    found = {
        "terms": terms_of(new.holdings, ItemsByLabel.of(new.project.data), known, evidence, judged),
        "origins": origins_of(new.holdings, known),
        "evidence": evidence.seen,
        "clearance": clearance_of(judged, new.project.use.outputs or (), new.holdings),
    }
    return new.model_copy(update=found)


SAMPLE = as_assessed(
    as_of=date(2026, 11, 22),
    versions=Versions(program="0.1.0", rules="2026-11-22", registry="2026-08-21", idc_index_data="25.0.5"),
    project=Project(
        title="Malignancy of lung nodules from deep ensembles",
        use=Use(
            purpose=Purpose.COMMERCIAL,
            activities=ACTIVITIES,
            outputs=(Output(kind=OutputKind.MODEL, license="Apache-2.0"), Output(kind=OutputKind.ARTICLE)),
            country="US",
        ),
        positions=Positions.model_validate({"model-is-adaptation": False}),
        data=(DataItem(manifest="cohort/lung.tcia"), DataItem(collection="NSCLC-Radiomics", obtained_from=Route.IDC)),
        agreements=(
            Agreement(
                id="dbgap",
                accession="phs000178.v11.p8",
                dataset="TCGA-GBM",
                approved_on=date(2024, 2, 11),
                evidence=EvidenceDocument(path="legal/dbgap.pdf"),
            ),
        ),
        permissions=(
            Permission.model_validate(
                {
                    "dataset": "LIDC-IDRI",
                    "grants": "commercial-use",
                    "from": "the submitter",
                    "on": date(2026, 2, 1),
                    "evidence": "legal/grant.pdf",
                }
            ),
        ),
        manuscript=("paper/main.tex", "paper/references.bib"),
    ),
    verdict=Verdict.PROHIBITED,
    activities=ACTIVITIES,
    activities_stated=True,
    holdings=HOLDINGS,
    verdicts=tuple(
        CellVerdict(holding=item.id, activity=activity, verdict=verdict, rules=("cc-noncommercial",))
        for item in HOLDINGS
        for activity, verdict in zip(ACTIVITIES, VERDICTS[item.id], strict=True)
    ),
    findings=FINDINGS,
    duties=DUTIES,
    citations=CITATIONS,
    datasets=(LIDC, RADIOMICS, PHANTOM, CONTROLLED),
    licenses=LICENSES,
    sources=SOURCES[:3],
)


def _evil() -> Assessment:
    """`SAMPLE` with harm in every text that a project file or an upstream record can hold."""
    bad = (
        "\u202e<script>alert(1)</script>\x1b[31m | `a` **b** [c](javascript:alert(2)) "
        "{{ 7*7 }} {% x %} 100%_\n# h\r\n<!-- \x9b"
    )
    held = holding(
        "evil|id",
        bad,
        EVIL.id,
        distributions=("a|b", "no-such-part"),
        license="<b>",
        items=(bad,),
        examples=(bad, "\x1b[2J"),
        named_otherwise=bad,
        series=0,
        doi=EVIL.doi,
    )
    said = finding(
        "evil-rule",
        bad,
        Verdict.PROHIBITED,
        held.id,
        bad,
        remedy=bad,
        references=(
            Reference(
                title=bad,
                section=bad,
                url="javascript:alert(1)",
                authority=Authority.INSTRUMENT,
                reading=Extent.FULL,
                quote=bad,
                note=bad,
            ),
        ),
        missing=(MissingFact(fact=bad, consequence=bad),),
        readings=(Reading(distribution="a|b", license=bad, sources=("evil", bad), outcome=bad),),
        in_force=Period.model_validate({"until": date(2030, 1, 1)}),
    )
    owed = duty(
        "evil-duty",
        DutyKind.ACKNOWLEDGE,
        bad,
        DutyStatus.OPEN,
        held.id,
        "no-such-holding",
        evidence=bad,
        contacts=EVIL.contacts,
    )
    return assessed_again(
        SAMPLE,
        project=SAMPLE.project.model_copy(
            update={
                "title": bad,
                "data": (DataItem(other=OtherData(name=bad, license=bad)),),
                "manuscript": (bad,),
                "agreements": (
                    Agreement(id="dbgap", approved_on=date(2026, 1, 1), evidence=EvidenceDocument(path=bad)),
                ),
            }
        ),
        versions=Versions(program=bad, rules=bad, registry=bad),
        holdings=(held, *HOLDINGS),
        verdicts=(
            *(
                CellVerdict(holding=held.id, activity=each, verdict=Verdict.PROHIBITED, rules=(bad,))
                for each in ACTIVITIES
            ),
            *SAMPLE.verdicts,
        ),
        findings=(
            said,
            said.model_copy(update={"rule": "evil-note", "verdict": None, "holding": None}),
            *FINDINGS,
        ),
        duties=(owed, *DUTIES),
        citations=(
            CitationOwed(citation=EVIL.citation, role="dataset", required=True, holdings=(held.id,)),
            *CITATIONS,
        ),
        datasets=(EVIL, *SAMPLE.datasets),
        sources=SOURCES,
    )


EVIL_SAMPLE = _evil()
CLEAR = assessed_again(
    SAMPLE,
    verdict=Verdict.CONDITIONAL,
    holdings=HOLDINGS[:1],
    verdicts=SAMPLE.verdicts[:4],
    findings=FINDINGS[:1],
    duties=(DUTIES[2], DUTIES[7]),
    citations=CITATIONS[:1],
)
