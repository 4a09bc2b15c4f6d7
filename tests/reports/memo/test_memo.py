"""The document for legal review: a memo, and annexes in which nothing of the assessment is lost."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

import tcia_policy
from tcia_policy.model import Assessment, Finding, WordOf
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.references.datacite_text import render_text
from tcia_policy.reports.alike import with_slots
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.json_report import read_json, render_json
from tcia_policy.reports.memo.cross_references import finding_anchor
from tcia_policy.reports.memo.document import Document, Fields, Line, Paragraph, Section, Span, Table
from tcia_policy.reports.memo.memo import document_id, review_document
from tests.cli.run import DAY, EXAMPLES
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE


@cache
def of(name: str) -> Assessment:
    made_up = {"sample": SAMPLE, "clear": CLEAR, "evil": EVIL_SAMPLE}
    return made_up[name] if name in made_up else tcia_policy.assess(EXAMPLES / name, as_of=date.fromisoformat(DAY))


ALL = pytest.mark.parametrize("name", ["sample", "clear", "evil", "lung-nodules", "commercial-product"])


def parts(part: object) -> Iterator[object]:
    yield part
    if isinstance(part, tuple):
        for each in part:
            yield from parts(each)
    elif is_dataclass(part):
        for field in fields(part):
            yield from parts(getattr(part, field.name))


def text_of(part: object) -> str:
    return "".join(span.text for span in parts(part) if isinstance(span, Span))


def section(document: Document, anchor: str) -> Section:
    return next(part for part in parts(document) if isinstance(part, Section) and part.anchor == anchor)


def filled(text: str, line: Line) -> str:
    """Return `text` with what `line` says for its slots."""
    for slot, value in pairwise(line):
        if re.fullmatch(r"\[[A-Z]\d*\] ", slot.text):
            text = text.replace(slot.text.strip(), value.text)
    return text


def reasons(said: Section) -> set[tuple[str, str]]:
    """Return every reason that a section gives, in full, each with the data items that it gives it for."""
    found = set()
    because = ""
    for block in said.blocks:
        if isinstance(block, Paragraph):
            because = text_of(block)
        elif isinstance(block, Fields):
            found |= {(because, text_of(line)) for label, line in block.entries if label == "Data"}
        elif isinstance(block, Table):
            found |= {(filled(because, row.cells[1]), text_of(row.cells[0])) for row in block.rows}
    return found


def is_told(finding: Finding, assessment: Assessment, told: set[tuple[str, str]]) -> bool:
    names = Names.of(assessment)
    name = names.holdings_of([finding.holding])[0] if finding.holding else None
    holding = names.holdings.get(finding.holding or "")
    dataset = names.datasets.get(holding.dataset or "") if holding else None
    because = with_slots(finding.because, name, doi_url(dataset.doi) if dataset else None)
    items = [items for text, items in told if text == because]
    return any((name or "the study as a whole") in each or each.startswith("all ") for each in items)


@ALL
def test_every_finding_is_told_for_its_data_items_in_the_words_of_its_rule(name: str) -> None:
    assessment = of(name)
    document = review_document(assessment)
    for finding in assessment.findings:
        said = section(document, finding_anchor(finding.rule, finding.verdict, finding.lifted_by is not None))
        assert finding.title in said.title
        assert is_told(finding, assessment, reasons(said)), finding.because


@ALL
def test_every_duty_reference_claim_source_and_piece_of_evidence_is_in_it(name: str) -> None:
    assessment = of(name)
    text = text_of(review_document(assessment))
    for duty in assessment.duties:
        assert duty.title in text
        assert all(f"“{wording}”" in text for wording in duty.wordings)
        assert duty.evidence is None or duty.evidence in text
    for owed in assessment.citations:
        assert render_text(owed.citation) in text
    for holding in assessment.holdings:
        assert holding.name in text
    for source in assessment.sources:
        assert source.title in text
    for seen in assessment.evidence:
        assert seen.text[1:] in text
        assert (seen.document or seen.held_by or "") in text
        assert (seen.sha256 or "") in text
    used = {holding.dataset: holding.distributions for holding in assessment.holdings}
    for dataset in assessment.datasets:
        assert all(notice.summary in text for notice in dataset.notices)
        for part in dataset.distributions:
            if part.id in used.get(dataset.id, ()):
                assert all(f"“{claim.stated_as}”" in text for claim in part.claims)
                assert all(claim.as_of.isoformat() in text for claim in part.claims)


@ALL
def test_every_anchor_and_heading_is_there_once_and_every_link_leads_to_one(name: str) -> None:
    document = review_document(of(name))
    anchors = [anchor for part in parts(document) if (anchor := getattr(part, "anchor", None))]
    titles = [part.title for part in parts(document) if isinstance(part, Section)]
    assert len(anchors) == len(set(anchors))
    assert len(titles) == len(set(titles))
    assert {part.to for part in parts(document) if isinstance(part, Span) and part.to} <= set(anchors)


def test_the_memo_comes_first_and_says_what_blocks_what_is_open_and_what_was_not_assessed() -> None:
    document = review_document(SAMPLE)
    titles = [each.title for each in document.sections]
    assert titles[:7] == [
        "1. What was asked",
        "2. Answer",
        "3. What blocks",
        "4. Open questions",
        "5. Conditions",
        "6. What was not assessed",
        "7. Review",
    ]
    assert all(title.startswith("Annex ") for title in titles[7:])
    assert document.answer.startswith("PROHIBITED: ")
    assert "NSCLC-Radiomics" in text_of(section(document, "blocks"))
    assert "privacy" in text_of(section(document, "not-assessed"))
    assert document_id(SAMPLE) in text_of(section(document, "review"))


@ALL
def test_each_question_is_asked_once_with_a_letter_to_who_can_answer(name: str) -> None:
    assessment = of(name)
    said = section(review_document(assessment), "annex-questions")
    for number, question in enumerate(assessment.questions, start=1):
        (row,) = [row for table in tables(said) for row in table.rows if row.anchor == f"question-{number}"]
        assert question.text in text_of(row)
        links = [span.to for span in parts(row) if isinstance(span, Span) and span.to]
        assert any(each.anchor in links and each.anchor.startswith("letter-") for each in said.sections)


def tables(part: object) -> Sequence[Table]:
    return [each for each in parts(part) if isinstance(each, Table)]


@ALL
def test_the_document_is_known_by_a_digest_of_the_assessment(name: str) -> None:
    assessment = of(name)
    again = read_json(render_json(assessment))
    assert review_document(again) == review_document(assessment)
    other = assessment.model_copy(update={"disclaimer": "another"})
    assert document_id(other) != document_id(assessment)


def test_the_memo_tells_the_evidence_that_the_answer_rests_on() -> None:
    said = text_of(section(review_document(of("commercial-product")), "answer"))
    assert "Grant of commercial-use for NSCLC-Radiomics to Example Screening B.V." in said
    assert "lifts cc-noncommercial, tcia-commercial-restriction for NSCLC-Radiomics." in said
    assert "Agreement cptac-data-use, 2026-02-11" in said
    unsigned = text_of(section(review_document(of("lung-nodules")), "answer"))
    assert "Legal position: A trained model is not an adaptation of its training data, signed by nobody." in unsigned


def test_the_memo_says_of_which_day_the_facts_are_and_that_documents_may_not_be_genuine() -> None:
    said = text_of(section(review_document(of("commercial-product")), "not-assessed"))
    days = of("commercial-product").fact_days
    assert days is not None
    assert f"since the registry was gathered on {days.registry.isoformat()}" in said
    assert "genuine" in said
    assert "genuine" not in text_of(section(review_document(of("lung-nodules")), "not-assessed"))


@ALL
def test_each_remark_on_the_project_is_in_it(name: str) -> None:
    text = text_of(review_document(of(name)))
    assert all(remark.text in text for remark in of(name).remarks)


def test_two_data_items_of_one_name_are_told_apart_wherever_they_are_named() -> None:
    document = review_document(of("commercial-product"))
    for anchor in ("verdicts", "items"):
        assert {"CPTAC-LUAD (IDC)", "CPTAC-LUAD (PDC, proteomics)"} <= {
            span.text for span in parts(section(document, anchor)) if isinstance(span, Span)
        }


def test_an_output_says_what_is_against_it_by_kind() -> None:
    told = text_of(section(review_document(SAMPLE), "outputs"))
    assert "Against it, prohibited: " in told
    assert "Against it: \n" not in told


def test_many_pieces_of_evidence_are_counted_and_do_not_fill_the_memo() -> None:
    seen = of("commercial-product").evidence[1]
    many = tuple(seen.model_copy(update={"field": f"permissions[{at}]", "problem": "is of no day"}) for at in range(20))
    study = of("commercial-product").model_copy(update={"evidence": many})
    said = text_of(section(review_document(study), "answer"))
    assert said.count("counts for nothing: is of no day") == 6
    assert "14 more things to know: Annex B and Annex F." in said


def test_series_that_count_by_somebodys_word_are_not_said_to_be_unresolved() -> None:
    held = SAMPLE.holdings[0].model_copy(update={"examples": ("2.25.1",)})
    counted = held.model_copy(update={"on_word_of": WordOf.ROWS})
    told = [
        text_of(section(review_document(SAMPLE.model_copy(update={"holdings": (each, *SAMPLE.holdings[1:])})), "items"))
        for each in (held, counted)
    ]
    assert "Not resolved: 2.25.1" in told[0]
    assert "Not in IDC's index; they count as LIDC-IDRI because their rows name it. Listed: 2.25.1" in told[1]
