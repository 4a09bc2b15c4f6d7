"""Which approval counts for which data: the verdict, what is credited, and what the notices print."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tcia_policy.model import Assessment, Duty, DutyKind
from tcia_policy.reports.notices.write_notices import render_notices
from tests.reports.notices.studies import assessed

IMAGING, BIOBANK, CPTAC_3, CPTAC_2, TCGA, UNKNOWN = (
    *("phs004225", "phs002192", "phs001287", "phs000892", "phs000178", "phs009999"),
)
WITHOUT_ACCESSION = ""
REQUESTS = (WITHOUT_ACCESSION, IMAGING, BIOBANK, CPTAC_3, CPTAC_2, TCGA, UNKNOWN)


class Data(NamedTuple):
    """Controlled data: how a project states them, what an agreement calls them, and which requests count for them.

    `own` counts even if the request does not name the data; `if_named` count only then.
    """

    item: str
    name: str
    rule: str
    own: str | None = None
    if_named: frozenset[str] = frozenset()
    is_known: bool = True

    @property
    def is_outside(self) -> bool:
        """Return whether the registry does not have them."""
        return self.item.startswith("{other")


DATA = {
    "images of HNSCC": Data("{collection: HNSCC, distributions: [DICOM]}", "HNSCC", "nih-controlled-access", IMAGING),
    "TCGA-GBM": Data("{collection: TCGA-GBM}", "TCGA-GBM", "nih-controlled-access", IMAGING),
    "images of the Biobank": Data(
        "{collection: CMB-MEL, distributions: ['48143']}", "CMB-MEL", "nih-controlled-access-moonshot", BIOBANK
    ),
    "an NCTN trial": Data(
        "{collection: ACNS0332}",
        "ACNS0332",
        "nih-controlled-access-nctn",
        if_named=frozenset({WITHOUT_ACCESSION, UNKNOWN}),
    ),
    "images of CPTAC": Data(
        "{collection: CPTAC-GBM, distributions: ['44605']}", "CPTAC-GBM", "nih-controlled-access", IMAGING
    ),
    "genomics of CPTAC": Data(
        "{collection: CPTAC-PDA, distributions: [genomics], obtained_from: gdc}",
        "CPTAC-PDA",
        "nih-controlled-parts-elsewhere",
        CPTAC_3,
        is_known=False,
    ),
    "genomics of TCGA": Data(
        "{other: {name: TCGA-GBM genomics, license: LicenseRef-NIH-Controlled-Data-Access}, obtained_from: gdc}",
        "TCGA-GBM genomics",
        "nih-controlled-data-from-elsewhere",
        if_named=frozenset({WITHOUT_ACCESSION, UNKNOWN, TCGA}),
    ),
}


def cases() -> Iterator[tuple[str, str, bool]]:
    return ((data, request, named) for data in DATA for request in REQUESTS for named in (False, True))


def agreement(accession: str, dataset: str | None) -> str:
    fields = {"accession": accession, "dataset": None if dataset is None else repr(dataset)}
    stated = ", ".join(f"{key}: {value}" for key, value in fields.items() if value)
    return (
        "{id: dbgap, approved_on: 2026-01-10, expires_on: 2027-01-09, evidence: request.txt"
        f"{', ' if stated else ''}{stated}}}"
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("study")
    (found / "request.txt").write_text("The request was approved on 10 January 2026.\n", encoding="utf-8")
    return found


def study(folder: Path, items: list[str], agreements: list[str]) -> Assessment:
    return assessed(
        "use: {purpose: noncommercial, activities: [analyze], country: US}\n"
        f"data: [{', '.join(items)}]\nagreements: [{', '.join(agreements)}]\n",
        folder,
    )


def duty_of(assessment: Assessment, rule: str) -> Duty | None:
    found = [duty for duty in assessment.duties if duty.rule == rule and duty.kind is DutyKind.AGREE]
    return found[0] if found else None


def accessions_printed(text: str) -> set[str]:
    return set(re.findall(r"phs\d{6}", text))


@pytest.mark.parametrize(("data", "request_", "named"), list(cases()))
def test_every_approval_counts_for_its_own_data_and_is_credited_there_alone(
    folder: Path, data: str, request_: str, named: bool
) -> None:
    held = DATA[data]
    assessment = study(folder, [held.item], [agreement(request_, held.name if named else None)])
    counts = (request_ != "" and request_ == held.own) or (named and request_ in held.if_named)
    refused = "prohibited" if held.is_known else "undetermined"
    granted = "undetermined" if held.is_outside or not held.is_known else "conditional"
    assert assessment.verdict.value == (granted if counts else refused)
    lifted = [item.lifted_by for item in assessment.findings if item.lifted_by is not None]
    assert len(lifted) == (1 if counts else 0)
    (terms,) = assessment.terms
    assert [item.accession or "" for item in terms.approvals] == ([request_] if counts else [])
    duty = duty_of(assessment, held.rule)
    assert [item.accession or "" for item in (duty.agreements if duty else ())] == ([request_] if counts else [])
    printed = render_notices(assessment)["data-availability.txt"]
    of_request = {request_} if counts and request_ else set()
    assert accessions_printed(printed) == ({held.own} if held.own and held.is_known else set()) | of_request
    assert ("Our request" in printed) is counts


@pytest.mark.parametrize("data", DATA)
def test_without_a_request_nothing_is_credited(folder: Path, data: str) -> None:
    assessment = study(folder, [DATA[data].item], [])
    assert assessment.verdict.value == ("prohibited" if DATA[data].is_known else "undetermined")
    assert [item.rule for item in assessment.findings if item.lifted_by is not None] == []
    assert assessment.terms[0].approvals == ()


def test_of_several_requests_each_is_credited_for_its_own_data(folder: Path) -> None:
    everything = [agreement(request, None) for request in REQUESTS] + [agreement(WITHOUT_ACCESSION, "ACNS0332")]
    held = [DATA[name] for name in ("TCGA-GBM", "images of the Biobank", "an NCTN trial")]
    assessment = study(folder, [each.item for each in held], everything)
    credited = [[item.accession for item in terms.approvals] for terms in assessment.terms]
    assert credited == [[IMAGING], [BIOBANK], [None]]
    for each in held:
        duty = duty_of(assessment, each.rule)
        assert duty is not None
        assert [item.accession for item in duty.agreements] == [each.own]


@pytest.mark.parametrize("data", ["TCGA-GBM", "images of HNSCC"])
def test_the_accession_of_an_early_copy_is_printed_where_a_request_for_it_is_recorded(folder: Path, data: str) -> None:
    item = DATA[data].item.replace("}", ", obtained_on: 2021-03-01}")
    printed = render_notices(study(folder, [item], [agreement(IMAGING, None), agreement(BIOBANK, None)]))
    assert accessions_printed(printed["data-availability.txt"]) == {IMAGING}


def test_an_agreement_of_the_trials_archive_is_not_one_for_open_data_of_the_network(folder: Path) -> None:
    text = "use: {purpose: noncommercial, activities: [publish-results]}\n"
    signed = "agreements: [{id: nctn-data-archive, signed_on: 2025-01-10, evidence: request.txt}]\n"
    owed = {duty.rule for duty in assessed(f"{text}data: [{{collection: ISPY2}}]\n{signed}", folder).duties}
    assert not owed & {"nctn-manuscript-text", "nctn-review-before-submission", "nctn-three-years"}
