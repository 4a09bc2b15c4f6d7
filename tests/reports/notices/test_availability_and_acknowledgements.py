"""The acknowledgements and the data availability statement, in three forms."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tcia_policy.model import Assessment
from tcia_policy.references.bib_keys import citation_key
from tcia_policy.reports.notices.acknowledgements import acknowledgements
from tcia_policy.reports.notices.availability import availability
from tcia_policy.reports.notices.context import NoticeContext
from tcia_policy.reports.notices.markup import Form, Paragraph, Remark, render_statement
from tests.reports.notices.studies import NONCOMMERCIAL, assessed, pandoc, registry, using

UID = "1.3.6.1.4.1.14519.5.2.1.6279.6001.100225287222365663678666836860"
LIDC = "This work used LIDC-IDRI (https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx)"
CONTROLLED = "- {collection: TCGA-GBM, obtained_from: general-commons}"
APPROVED = "agreements: [{id: dbgap, accession: phs004225.v1.p1, approved_on: 2026-01-15, evidence: {held_by: DAC}}]\n"


def text_of(blocks: Iterator[Paragraph | Remark]) -> str:
    """Return the printed part."""
    return "\n\n".join(render_statement((block,), Form.TEXT) for block in blocks if isinstance(block, Paragraph))


def available(data: str, rest: str = NONCOMMERCIAL) -> str:
    return text_of(availability(NoticeContext.of(using(data, rest))))


def test_datasets_are_named_with_the_repository_they_came_from() -> None:
    data = "- {collection: LIDC-IDRI}\n- {collection: 4D-Lung}\n- {collection: CPTAC-LUAD, obtained_from: idc}"
    text = text_of(acknowledgements(NoticeContext.of(using(data))))
    assert text.startswith(LIDC)
    assert re.search(
        r"LIDC-IDRI \([^)]+\) and 4D-Lung \([^)]+\), obtained from The Cancer Imaging Archive \(TCIA\);", text
    )
    assert re.search(r"and CPTAC-LUAD \([^)]+\), obtained from the Imaging Data Commons \(IDC\)\.", text)


def test_what_the_first_sentence_says_is_not_asked_for_again() -> None:
    def asked(data: str) -> list[str]:
        blocks = acknowledgements(NoticeContext.of(using(data)))
        return [block.text for block in blocks if isinstance(block, Remark) and "[tcia-acknowledge]" in block.text]

    assert asked("- {collection: LIDC-IDRI}\n- {collection: CPTAC-LUAD, obtained_from: idc}") == []
    assert len(asked("- {collection: LIDC-IDRI, obtained_from: other}")) == 1


def test_wording_is_printed_as_the_source_has_it_and_marked_as_only_asked_for() -> None:
    assessment = using("- {collection: LIDC-IDRI}")
    wording = next(duty.wordings[0] for duty in assessment.duties if duty.wordings)
    blocks = list(acknowledgements(NoticeContext.of(assessment)))
    position = blocks.index(Paragraph((wording,)))
    assert isinstance(before := blocks[position - 1], Remark)
    assert "LIDC-IDRI, not required" in before.text
    assert Remark("What follows is asked for and not required.") in blocks[:position]


def test_what_is_required_comes_before_what_is_asked_for() -> None:
    blocks = list(acknowledgements(NoticeContext.of(using(f"- {{collection: LIDC-IDRI}}\n{CONTROLLED}"))))
    remarks = [block.text for block in blocks if isinstance(block, Remark)]
    asked = remarks.index("What follows is asked for and not required.")
    assert any(text.startswith("Required") for text in remarks[:asked])
    assert not any(text.startswith("Required") for text in remarks[asked:])


def test_blanks_of_a_wording_stay_blanks() -> None:
    assessment = using("- {collection: LIDC-IDRI}")
    duty = next(duty for duty in assessment.duties if duty.wordings)
    changed = duty.model_copy(update={"wordings": ("Data of trial [insert NCT number(s)].", "Another form.")})
    owed = assessment.model_copy(update={"duties": (changed,)})
    blocks = tuple(acknowledgements(NoticeContext.of(owed)))
    assert "Data of trial [insert NCT number(s)]." in text_of(iter(blocks))
    assert "Another form." not in text_of(iter(blocks))
    assert "Or: Another form." in render_statement(blocks, Form.TEXT)
    shown = pandoc(render_statement(blocks, Form.MARKDOWN), "markdown", "plain")
    assert "Data of trial [insert NCT number(s)]." in shown


def test_availability_names_dataset_doi_repository_licence_access_and_day() -> None:
    text = available("- {collection: LIDC-IDRI, distributions: [images], version: '4', obtained_on: 2025-01-20}")
    assert "LIDC-IDRI (“Data From LIDC-IDRI”, version 4, https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx)" in text
    assert "were obtained from The Cancer Imaging Archive (TCIA) on 2025-01-20. Of it we used: Images." in text
    assert "(CC BY 3.0), https://creativecommons.org/licenses/by/3.0/. Access is open." in text


def test_a_dataset_named_as_a_whole_has_no_number_and_no_claim() -> None:
    text = available("- {collection: LIDC-IDRI}")
    assert "series" not in text
    assert "[say that all of it was used, or publish the list of what was used and say where it is]" in text
    assert "[the version used; the citation recorded here is of version 4]" in text
    assert not re.search(r"on \d{4}-", text)


def test_a_cohort_file_is_counted_and_named(tmp_path: Path) -> None:
    (tmp_path / "lung.txt").write_text(f"{UID}\n", encoding="utf-8")
    rest = f"{NONCOMMERCIAL}data: [{{manifest: lung.txt, obtained_from: idc}}]\n"
    assessment = assessed(rest, tmp_path)
    if assessment.holdings[0].dataset is None:
        pytest.skip("the installed index does not have this series")
    text = text_of(availability(NoticeContext.of(assessment)))
    assert "obtained from the Imaging Data Commons (IDC)" in text
    assert "We used 1 series of it, listed in lung.txt [say where this list is published]" in text
    assert f"looked up in idc-index-data {assessment.versions.idc_index_data}." in text


def test_series_given_one_by_one_are_listed() -> None:
    assessment = using(f"- {{series: {UID}}}")
    text = text_of(availability(NoticeContext.of(assessment)))
    if assessment.holdings[0].dataset is None:
        pytest.skip("the installed index does not have this series")
    assert f"We used 1 series of it (SeriesInstanceUID {UID})" in text


def test_controlled_data_name_the_accession_and_the_recorded_approval() -> None:
    text = available(CONTROLLED, NONCOMMERCIAL + APPROVED)
    assert "Access is controlled and needs an approved data access request (dbGaP phs004225)." in text
    assert "Our request for phs004225.v1.p1 was approved on 2026-01-15." in text
    assert "legal/dar.pdf" not in text


@pytest.mark.parametrize(
    "evidence",
    [
        "",
        APPROVED.replace("phs004225.v1.p1", "phs002192"),
        APPROVED.replace("2026-01-15", "2026-11-27"),
        APPROVED.replace("evidence", "expires_on: 2026-02-01, evidence"),
    ],
    ids=["none", "another-study", "later", "expired"],
)
def test_an_approval_that_does_not_cover_them_is_not_named(evidence: str) -> None:
    text = available(CONTROLLED, NONCOMMERCIAL + evidence)
    assert "was approved on" not in text
    assert "[say under which approved request the data were obtained; none is recorded for them]" in text
    assert "Access is open" not in text


def test_a_controlled_part_is_not_covered_by_an_open_one() -> None:
    text = available("- {analysis_result: BraTS-TCGA-LGG}")
    assert "Access to BRATS 2018 Test Data Set is controlled" in text
    assert "Access is open" not in text
    assert "[say which of its 2 parts were used:" in text


def test_data_from_elsewhere_and_what_did_not_resolve_are_blanks() -> None:
    text = available("- other: {name: Hospital CT}\n- {series: 1.2.3.4}")
    assert "Hospital CT (data from elsewhere). License: not known here." in text
    assert "1 series that IDC's index does not have (not resolved to any dataset). License: not known here." in text
    assert text.count("[say what these data are, and where and on which conditions others can get them]") == 2


def test_own_data_are_called_our_own_and_owe_nobody_an_acknowledgement() -> None:
    own = "- own: {name: CT of our hospital}"
    statement = available(own)
    assert "CT of our hospital are data of our own." in statement
    assert "not resolved" not in statement
    assert "License" not in statement
    assert "CT of our hospital" not in text_of(acknowledgements(NoticeContext.of(using(own))))


def test_where_the_project_leaves_the_place_out_a_remark_says_so() -> None:
    def remarks(data: str) -> str:
        return " ".join(
            block.text for block in availability(NoticeContext.of(using(data))) if isinstance(block, Remark)
        )

    assert "does not say where these are from (`obtained_from`): LIDC-IDRI;" in remarks("- {collection: LIDC-IDRI}")
    assert "obtained_from" not in remarks("- {collection: LIDC-IDRI, obtained_from: tcia}")


def test_a_statement_on_a_use_that_is_not_cleared_says_so_in_a_remark() -> None:
    for statement in (acknowledgements, availability):
        blocks = list(statement(NoticeContext.of(using("- {collection: TCGA-GBM}"))))
        assert any(isinstance(block, Remark) and block.text.startswith("NOT CLEARED") for block in blocks[:2])


@pytest.mark.parametrize("statement", [acknowledgements, availability])
def test_latex_and_markdown_cite_with_our_keys(statement: object) -> None:
    assert callable(statement)
    assessment: Assessment = using("- {collection: LIDC-IDRI}")
    key = citation_key(registry().get("LIDC-IDRI").citation)
    blocks = tuple(statement(NoticeContext.of(assessment)))
    assert f"~\\cite{{{key}}}" in render_statement(blocks, Form.LATEX)
    assert f"[@{key}]" in render_statement(blocks, Form.MARKDOWN)
    assert '"citationId":"' + key in pandoc(render_statement(blocks, Form.MARKDOWN), "markdown", "json")
    assert '"citationId":"' + key in pandoc(render_statement(blocks, Form.LATEX), "latex", "json")


@pytest.mark.parametrize("form", [Form.LATEX, Form.MARKDOWN])
def test_remarks_are_not_printed(form: Form) -> None:
    blocks = tuple(availability(NoticeContext.of(using("- {collection: TCGA-GBM}"))))
    text = render_statement(blocks, form)
    shown = pandoc(text, {Form.LATEX: "latex", Form.MARKDOWN: "markdown"}[form], "plain")
    assert "NOT CLEARED" in text
    assert "NOT CLEARED" not in shown
    assert "tcia-policy" not in shown
    assert "Access is controlled" in shown
