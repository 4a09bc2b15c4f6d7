"""No printed sentence contradicts the project: where a copy came from, and when."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from tcia_policy.engine.access_text import of_access
from tcia_policy.errors import InputError
from tcia_policy.model import Assessment, Route
from tcia_policy.model.holding import REPOSITORIES
from tcia_policy.registry import Registry
from tcia_policy.reports import formats
from tcia_policy.reports.notices.write_notices import render_notices
from tests.engine.small import holding
from tests.reports.notices.studies import assessed

NAMES = sorted({name for place in REPOSITORIES.values() for name in (place.name, place.short)}, key=len, reverse=True)
FROM = re.compile(rf"\b(?:came|come|downloaded|obtained|gave you access) (?:from |\()(?:the )?({'|'.join(NAMES)})\b")
# What is said of any copy: which ones a policy exempts, and where to turn.
OF_ALL_COPIES = ("did not come from TCIA, IDC or PDC", "obtained directly from TCIA", "where data are obtained from")
DATA = (
    *("collection: HNSCC", "collection: TCGA-GBM", "collection: CMB-MEL", "collection: ACNS0332"),
    *("collection: CPTAC-GBM", "collection: CPTAC-LUAD, distributions: [genomics]", "collection: LIDC-IDRI"),
)
EARLY = "2021-03-01"
APPROVED = """agreements:
- {id: dbgap, accession: phs004225, approved_on: 2026-01-10, expires_on: 2027-01-09, evidence: request.txt}
- {id: dbgap, accession: phs002192, approved_on: 2026-01-10, expires_on: 2027-01-09, evidence: request.txt}
- {id: dbgap, dataset: ACNS0332, approved_on: 2026-01-10, expires_on: 2027-01-09, evidence: request.txt}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("study")
    (found / "request.txt").write_text("The request was approved on 10 January 2026.\n", encoding="utf-8")
    return found


def study(folder: Path, item: str, agreements: str = "") -> Assessment:
    return assessed(f"use: {{purpose: noncommercial, country: US}}\ndata: [{{{item}}}]\n{agreements}", folder)


def texts(assessment: Assessment) -> Iterator[str]:
    """Yield what findings and duties say, and the statements to print."""
    for finding in assessment.findings:
        yield f"{finding.title}. {finding.because} {finding.remedy or ''}"
    yield from (duty.text for duty in assessment.duties)
    yield from (
        " ".join(text.replace("# ", "").split())
        for name, text in render_notices(assessment).items()
        if name == "NOTICE" or name.endswith(".txt")
    )


def places_said(text: str) -> list[str]:
    """Return the repositories from which a text says that the data came."""
    for general in OF_ALL_COPIES:
        text = text.replace(general, "")
    return [match[1] for match in FROM.finditer(text)]


@pytest.mark.parametrize("data", DATA)
def test_no_copy_is_said_to_come_from_another_place_than_the_project_says(folder: Path, data: str) -> None:
    wrong = []
    for route, day, agreements in product(Route, ("", f", obtained_on: {EARLY}"), ("", APPROVED)):
        try:
            assessment = study(folder, f"{data}, obtained_from: {route.value}{day}", agreements)
        except InputError:
            continue  # the place does not have such a part
        place = REPOSITORIES.get(route)
        own = () if place is None else (place.name, place.short)
        for text in texts(assessment):
            moved = route is Route.TCIA and not day and "since 2025-07-08 such data are there" in text
            wrong += [f"{route.value}{day}: {said}" for said in places_said(text) if said not in own and not moved]
    assert wrong == []


def test_images_obtained_from_tcia_in_2021_are_not_said_to_come_from_where_they_are_today(folder: Path) -> None:
    for agreements in ("", APPROVED):
        assessment = study(folder, f"collection: HNSCC, obtained_from: tcia, obtained_on: {EARLY}", agreements)
        told = [duty.text for duty in assessment.duties]
        notices = render_notices(assessment)
        told += [notices["acknowledgements.txt"], notices["data-availability.txt"]]
        assert [text for text in told if "General Commons" in text] == []


def test_a_copy_is_said_to_be_older_than_the_control_only_if_it_is(folder: Path) -> None:
    for day in ("2025-07-07", "2025-07-08"):
        assessment = study(folder, f"collection: TCGA-GBM, obtained_on: {day}")
        said = any("was obtained before 2025-07-08" in finding.because for finding in assessment.findings)
        assert said is (day < "2025-07-08")
    at_another_place = study(folder, f"collection: TCGA-GBM, obtained_from: general-commons, obtained_on: {EARLY}")
    assert not any("was obtained before" in finding.because for finding in at_another_place.findings)


@pytest.mark.parametrize("license_", ["", ", license: CC-BY-NC-4.0", ", license: LicenseRef-internal"])
def test_a_hospitals_own_images_are_told_nothing_of_tcia(folder: Path, license_: str) -> None:
    item = f"other: {{name: CT of our hospital{license_}}}, obtained_from: institution"
    assessment = study(folder, item)
    written = [form.render(assessment) for form in formats.FORMATS if form.name in ("text", "markdown", "html")]
    before_the_list_of_sources = [text.split('id="sources"')[0] for text in written]
    for text in (*texts(assessment), *before_the_list_of_sources):
        assert not re.search(r"cancerimagingarchive|Cancer Imaging Archive|\bNBIA\b|\bTCIA\b", text)


@pytest.mark.parametrize(
    ("route", "day", "repository"),
    [
        (Route.TCIA, None, "the General Commons; since 2025-07-08 such data are there"),
        (Route.TCIA, date(2021, 3, 1), "TCIA"),
        (Route.GENERAL_COMMONS, date(2026, 3, 1), "the General Commons"),
        (Route.KAGGLE, None, "Kaggle"),
        (Route.OTHER, None, "name it"),
    ],
)
def test_the_repository_is_the_one_that_fits_the_copy(route: Route, day: date | None, repository: str) -> None:
    of = Registry.load().get("HNSCC")
    copy = holding(of, route=route).model_copy(update={"obtained_on": day})
    assert of_access(copy, of)["access.repository"] == repository
    assert of_access(copy, of)["access.accession"] == "phs004225"
