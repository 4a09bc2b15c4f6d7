import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.files.written_by import is_marked
from tcia_policy.model import Assessment, FactDays, Verdict
from tcia_policy.registry import Registry
from tcia_policy.reports.detail import Detail
from tcia_policy.reports.screen.screen import render_screen
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE, assessed_again

ANSI = re.compile(r"\x1b\[[0-9;]*m")
URL = re.compile(r"\s*\S*https?://\S+$")
WIDTHS = (40, 60, 80, 100, 120)
THREE = ("TCGA-GBM", "BraTS-TCGA-GBM", "NSCLC-Radiomics")
NINE = (*THREE, "LIDC-IDRI", "NLST", "QIN PROSTATE", "Phantom FDA", "CPTAC-LUAD", "Breast-Cancer-Screening-DBT")
OTHERS = (
    "  - own: {name: CT of our hospital}\n"
    "  - other: {name: Hospital CT 2023, license: LicenseRef-internal}\n"
    "  - other: {name: weights, kind: model, license: CC-BY-NC-SA-4.0}\n"
)
USE = (
    "use:\n  purpose: noncommercial\n"
    "  activities: [train-model, publish-results, publish-figures, release-model]\n"
    "  outputs: [{kind: model, license: Apache-2.0}, {kind: figures, license: CC-BY-4.0}]\n"
)


def study(folder: Path, datasets: tuple[str, ...], others: str = "", use: str = USE) -> Assessment:
    data = "".join(f'  - dataset: "{name}"\n' for name in datasets)
    (folder / "tcia-policy.yaml").write_text(f"title: Everything\n{use}data:\n{data}{others}", encoding="utf-8")
    return assess(Case.open(folder))


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return study(tmp_path_factory.mktemp("three"), THREE)


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return study(tmp_path_factory.mktemp("twelve"), NINE, OTHERS)


@pytest.fixture(scope="module")
def twelve_unstated(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return study(tmp_path_factory.mktemp("unstated"), NINE, OTHERS, use="")


@pytest.fixture(scope="module")
def all_datasets(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    names = tuple(entry.id for entry in Registry.load().entries)
    return study(tmp_path_factory.mktemp("all"), names)


def blocks(text: str) -> Iterator[list[str]]:
    return (block.splitlines() for block in text.split("\n\n"))


def test_the_first_line_is_the_answer_and_the_last_says_the_exit_code_and_how_to_ask_why() -> None:
    lines = render_screen(SAMPLE, 250).splitlines()
    assert lines[0] == (
        "PROHIBITED  Malignancy of lung nodules from deep ensembles: NSCLC-Radiomics is blocked; TCGA-GBM is blocked "
        "for model and product; Phantom FDA cannot be judged; 1 agreement is owed; 5 references to cite."
    )
    assert lines[-1] == (
        "exit 1 · as of 2026-11-22 · registry 2026-08-21 · "
        "why: tcia-policy explain NSCLC-Radiomics --purpose commercial --activity train-model"
    )


def test_the_matrix_has_a_word_in_each_cell_and_the_license_last() -> None:
    table = list(blocks(render_screen(SAMPLE)))[1]
    assert table[0].split() == ["train", "results", "model", "product"]
    assert table[1].split() == ["NSCLC-Radiomics", "no", "no", "no", "no", "CC", "BY-NC", "3.0"]
    (lidc,) = [line for line in table if line.startswith("LIDC-IDRI")]
    assert lidc.split("  ")[-1] == "CC BY 3.0"


def test_what_blocks_says_where_by_which_rule_and_what_to_do(three: Assessment) -> None:
    text = " ".join(render_screen(three, detail=Detail.MORE).split())
    assert (
        "BLOCKED tcia-policy.yaml:7 TCGA-GBM: Data under NIH controlled access need an approved request "
        "[nih-controlled-access] Apply through dbGaP for phs004225" in text
    )


def test_a_question_is_asked_once_at_its_line(three: Assessment) -> None:
    text = render_screen(three)
    assert text.count("Which part of BraTS-TCGA-GBM did you use?") == 1
    assert "QUESTION 1  tcia-policy.yaml:8  Which part of BraTS-TCGA-GBM did you use?" in text


def test_the_order_is_answer_matrix_blockers_questions_and_what_to_do(three: Assessment) -> None:
    text = render_screen(three)
    marks = ["PROHIBITED  ", "train  results", "BLOCKED", "QUESTION 1", "QUESTION 2", "TO DO", "exit 1"]
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("name", "most"), [("three", 30), ("twelve", 60), ("twelve_unstated", 60), ("all_datasets", 100)]
)
def test_it_fits_on_a_screen(name: str, most: int, width: int, request: pytest.FixtureRequest) -> None:
    assessment: Assessment = request.getfixturevalue(name)
    lines = render_screen(assessment, width).splitlines()
    assert len(lines) <= most
    assert [line for line in lines if len(line) > width and not URL.match(line)] == []


def test_what_has_no_place_is_counted_with_the_option_that_shows_it(all_datasets: Assessment) -> None:
    text = render_screen(all_datasets)
    counted = re.search(r"^(\d+) more items \((.*)\): -v$", text, re.MULTILINE)
    assert counted is not None
    assert sum(int(part.split()[0]) for part in counted[2].split(", ")) == int(counted[1])
    assert re.search(r"^QUESTION +\d+ more questions: -v$", text, re.MULTILINE)


def test_the_worst_rows_are_those_that_stay(all_datasets: Assessment) -> None:
    first = list(blocks(render_screen(all_datasets)))[1][1]
    assert re.search(r" and \d+ more +no +no", first)


def test_under_60_columns_the_matrix_is_lists(twelve: Assessment) -> None:
    text = render_screen(twelve, 50)
    assert "TCGA-GBM (NIH controlled access)\n  no: everything\n" in text
    assert "train  results" not in text


def test_a_table_that_is_too_wide_is_lists_at_any_width(twelve_unstated: Assessment) -> None:
    assert "\nTCGA-GBM (NIH controlled access)\n  no: everything\n" in render_screen(twelve_unstated, 100)


@pytest.mark.parametrize("assessment", [SAMPLE, EVIL_SAMPLE, CLEAR])
@pytest.mark.parametrize("detail", [Detail.ANSWER, Detail.MORE, Detail.ALL])
@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_screen_but_for_urls(assessment: Assessment, width: int, detail: Detail) -> None:
    lines = render_screen(assessment, width, detail=detail).splitlines()
    assert [line for line in lines if len(line) > width and not URL.match(line)] == []


@pytest.mark.parametrize("detail", list(Detail))
@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("width", [40, 80])
def test_no_control_of_the_data_reaches_the_terminal(width: int, color: bool, detail: Detail) -> None:
    text = render_screen(EVIL_SAMPLE, width, color=color, detail=detail)
    if color:
        assert ANSI.search(text)
        assert "\x1b[31m |" not in text
        text = ANSI.sub("", text)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("detail", list(Detail))
@pytest.mark.parametrize("width", [40, 80])
def test_color_changes_nothing_but_color(width: int, detail: Detail) -> None:
    painted = render_screen(SAMPLE, width, color=True, detail=detail)
    assert ANSI.sub("", painted) == render_screen(SAMPLE, width, detail=detail)


def test_long_names_and_titles_are_cut_in_the_matrix_and_the_first_line() -> None:
    long = "A very long name of a dataset that goes on and on and on, for longer than any screen is wide, and then on"
    holdings = (SAMPLE.holdings[0].model_copy(update={"name": long}), *SAMPLE.holdings[1:])
    project = SAMPLE.project.model_copy(update={"title": long})
    text = render_screen(SAMPLE.model_copy(update={"holdings": holdings, "project": project}))
    assert long not in text
    assert "A very long name of a dataset" in text.splitlines()[0]
    assert "…" in text


def test_quiet_is_the_first_line_alone_and_in_one_line() -> None:
    text = render_screen(SAMPLE, 40, detail=Detail.FIRST_LINE)
    assert text.count("\n") == 1
    assert text.startswith("PROHIBITED  Malignancy of lung nodules from deep ensembles: NSCLC-Radiomics is blocked;")


def test_activities_that_nobody_stated_are_not_shown_as_planned() -> None:
    unstated = SAMPLE.model_copy(update={"activities_stated": False, "verdict": Verdict.UNDETERMINED})
    text = " ".join(render_screen(unstated, detail=Detail.ALL).split())
    assert "what is planned is not stated (use: {activities: [...]})" in text
    assert "activities not stated; judged for all: train-model" in text


def test_a_holding_without_a_verdict_does_not_count_as_permitted() -> None:
    unjudged = assessed_again(CLEAR, verdicts=(), findings=(), verdict=Verdict.UNDETERMINED)
    assert "may be used as planned" not in render_screen(unjudged)


def test_an_exit_code_3_says_what_is_open() -> None:
    finding = SAMPLE.findings[2].model_copy(update={"holding": "LIDC-IDRI"})
    cells = tuple(cell.model_copy(update={"verdict": Verdict.UNDETERMINED}) for cell in CLEAR.verdicts)
    text = render_screen(assessed_again(CLEAR, verdicts=cells, findings=(finding,), verdict=Verdict.UNDETERMINED))
    assert text.startswith("UNDETERMINED  ")
    assert "exit 3: LIDC-IDRI cannot be judged" in text


def test_facts_that_are_old_are_said_under_the_first_line() -> None:
    days = FactDays(registry=SAMPLE.as_of, age=200, max_age=180, is_old=True)
    head = next(blocks(render_screen(SAMPLE.model_copy(update={"fact_days": days}))))
    assert "The registry is of 2026-11-22, 200 days before" in " ".join(head)


def test_verbose_adds_duties_notices_grants_and_sources_below_the_answer() -> None:
    text = render_screen(SAMPLE, detail=Detail.MORE)
    marks = [
        "OPEN",
        "TO DO",
        "Duties",
        "Asked for, not required",
        "Lifted",
        "Notices",
        "Granted by",
        "Sources",
        "exit 1",
    ]
    places = [text.index(f"\n{mark}") for mark in marks]
    assert places == sorted(places)


def said(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", ["three", "twelve"])
def test_all_is_told_with_vv(name: str, request: pytest.FixtureRequest) -> None:
    assessment: Assessment = request.getfixturevalue(name)
    text = said(render_screen(assessment, detail=Detail.ALL))
    for finding in assessment.findings:
        assert said(finding.because) in text
        assert finding.remedy is None or said(finding.remedy) in text
        assert all(said(source.title) in text for source in finding.references)
    for duty in assessment.duties:
        assert said(duty.text) in text
        assert duty.evidence is None or said(duty.evidence) in text
        assert all(said(wording) in text for wording in duty.wordings)
    for digest in (assessment.versions.digests.registry, assessment.versions.digests.project):
        assert digest is not None
        assert digest[:12] in text


def test_vv_has_the_claims_of_each_part_with_their_sources() -> None:
    text = said(render_screen(SAMPLE, detail=Detail.ALL))
    assert "LIDC-IDRI CC BY 3.0 · 1,018 series, 124.5 GB" in text
    assert "NSCLC-Radiomics CC BY-NC 3.0 · 422 series, 33.0 GB · from IDC" in text
    assert re.search(r"part .*images.*: CC BY 3\.0 by .*\(\d{4}-\d{2}-\d{2}\)", text)
    assert "interpretation TCIA Collection Manager API (2026-08-21): CC BY 3.0 for images -> no objection" in text
    assert "NBIA collection report (2025-01-04); TCIA data usage policies and restrictions (day not known," in text
    assert "missing which of the stated licenses is right: prohibited under CC-BY-NC-3.0" in text


@pytest.mark.parametrize("assessment", [SAMPLE, CLEAR])
@pytest.mark.parametrize("detail", [Detail.ANSWER, Detail.MORE, Detail.ALL])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_screen_that_was_saved_is_known_as_this_programs(assessment: Assessment, width: int, detail: Detail) -> None:
    assert is_marked(render_screen(assessment, width, detail=detail).encode())


def test_what_is_to_be_pasted_is_whole_however_narrow_the_screen(twelve: Assessment) -> None:
    text = " ".join(render_screen(twelve, width=40).split())
    shown = [branch.paste for question in twelve.questions[:1] for branch in question.branches if branch.paste]
    assert shown
    assert all(paste in text for paste in shown)
