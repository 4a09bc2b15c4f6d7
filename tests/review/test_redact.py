"""What is shared without names: no name and no reason in any format, and the same verdicts."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.engine.assess import assess
from tcia_policy.engine.contradictions import refuse_changed
from tcia_policy.model import Assessment
from tcia_policy.model.decision import DecisionRead, Review, ReviewRead
from tcia_policy.model.decision_kinds import DecisionStatus
from tcia_policy.reports.detail import Detail
from tcia_policy.reports.formats import FORMATS, Format, Screen
from tcia_policy.reports.json_report import read_json, render_json
from tcia_policy.review.redact import redacted
from tests.review.studies import opened

PEOPLE = (
    "Zuzanna Planted",
    "Quirin Planted-Müller",
    "Xenia Planted",
    "Yorick Planted",
    "Wendel Planted",
    "Vera Planted",
)
REASON = "Because the planted reason says so."
STUDY = """\
title: A study with people
authors: [Zuzanna Planted]
reviewers:
  - {name: Quirin Planted-Müller, role: counsel}
  - {name: Xenia Planted, role: data-steward}
use: {purpose: commercial, activities: [train-model, release-model], country: US}
positions:
  model-is-adaptation: {value: false, by: Yorick Planted, on: 2026-03-02, evidence: {held_by: Wendel Planted}}
data:
  - {id: lung1, collection: NSCLC-Radiomics}
  - {id: weights, other: {name: Some weights, kind: model, license: LicenseRef-x}}
permissions:
  - {dataset: NSCLC-Radiomics, grants: commercial-use, from: Vera Planted, on: 2026-04-01, evidence: vera-planted.txt}
answers:
  - rule: license-terms-unknown
    data: weights
    says: permitted
    from: TCIA Help Desk
    on: 2026-04-01
    evidence: reply.txt
"""
DECISIONS: list[dict[str, object]] = [
    {"kind": "accept", "until": "2027-01-01"},
    {
        "kind": "approve-with-conditions",
        "conditions": [{"text": "Send the letter.", "owner": "Wendel Planted", "due": "2026-12-01"}],
    },
    {
        "kind": "waive",
        "because_of": "granted",
        "until": "2027-01-01",
        "second_by": "Xenia Planted",
        "second_role": "data-steward",
        "evidence": {"held_by": "Wendel Planted"},
    },
    {"kind": "refer", "to": "Vera Planted", "asked_on": "2026-11-01"},
]


def read(kind: dict[str, object]) -> DecisionRead:
    about = {
        "name": f"d-{kind['kind']}",
        "decides": [{"id": "cc-noncommercial/lung1", "digest": "0" * 64}],
        "by": "Quirin Planted-Müller",
        "role": "counsel",
        "on": "2026-11-02",
        "reason": REASON,
    }
    decision = Review.model_validate({"decisions": [{**about, **kind}]}).decisions[0]
    return DecisionRead(
        decision=decision,
        status=DecisionStatus.NOT_ENTITLED,
        text=f"decided by Quirin  Planted-Müller: {REASON}",
        field="decisions[0]",
        why="QUIRIN PLANTED-MÜLLER wrote the project.",
        right="Let Xenia Planted decide (xenia-planted, xenia_planted, XeniaPlanted).",
    )


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    found = assess(opened(tmp_path_factory.mktemp("study"), STUDY))
    review = ReviewRead(file="review.yaml", digest="0" * 64, decisions=tuple(map(read, DECISIONS)))
    return found.model_copy(update={"review": review})


def text_of(form: Format, assessment: Assessment) -> str:
    if form.for_screens:
        return form.render(assessment, Screen(detail=Detail.ALL))
    content = form.content(assessment)
    if form.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    if form.suffix == ".pdf":
        return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return content.decode("utf-8")


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_no_format_has_a_name_or_a_reason(form: Format, study: Assessment) -> None:
    found = text_of(form, redacted(study)).lower()
    assert "planted" not in found
    assert "müller" not in found


def test_roles_days_kinds_ids_digests_and_verdicts_stay(study: Assessment) -> None:
    assert study.review is not None
    found = redacted(study)
    assert found.review is not None
    assert found.review.redacted
    for before, after in zip(study.review.decisions, found.review.decisions, strict=True):
        for field in ("name", "kind", "role", "on", "decides"):
            assert getattr(after.decision, field) == getattr(before.decision, field)
        assert after.status is before.status
    assert (found.verdict, found.verdicts, found.exit_code) == (study.verdict, study.verdicts, study.exit_code)
    assert [matter.digest for matter in found.matters] == [matter.digest for matter in study.matters]
    assert (found.datasets, found.citations, found.licenses) == (study.datasets, study.citations, study.licenses)


def test_two_people_stay_two_people(study: Assessment) -> None:
    found = redacted(study)
    assert [each.name for each in found.project.reviewers] == ["[name 2]", "[name 3]"]
    assert found.project.authors == ("[name 1]",)


def test_an_archive_is_nobody(study: Assessment) -> None:
    assert redacted(study).project.answers[0].from_ == "TCIA Help Desk"


def test_redacted_twice_is_redacted_once(study: Assessment) -> None:
    once = redacted(study)
    assert redacted(once) == once
    assert render_json(redacted(once)) == render_json(once)


def test_its_json_is_read_back_and_not_taken_for_changed(study: Assessment) -> None:
    once = redacted(study)
    again = read_json(render_json(once))
    assert again == once
    refuse_changed(again)


NAMES = st.one_of(
    st.sampled_from(["permitted", "MIT", "A", "counsel", "CC-BY-3.0", "-", "???", "[name 1]", "name", "us", "lung1"]),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(lambda text: bool(text.strip())),
)


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_a_name_of_any_kind_breaks_nothing(study: Assessment, names: list[str]) -> None:
    project = study.project.model_copy(update={"authors": tuple(names)})
    once = redacted(study.model_copy(update={"project": project}))
    assert redacted(once) == once
    assert read_json(render_json(once)).verdict is study.verdict


def test_a_study_without_people_stays_as_it_is(tmp_path: Path) -> None:
    project = "use: {purpose: noncommercial, activities: [analyze]}\ndata: [{dataset: LIDC-IDRI}]\n"
    found = assess(opened(tmp_path, project))
    assert redacted(found) == found
    assert found.as_of == date(2026, 11, 22)


def test_a_name_within_the_name_of_a_decision_leaves_a_name_that_can_be_read(study: Assessment) -> None:
    assert study.review is not None
    first = study.review.decisions[0]
    named = first.model_copy(update={"decision": first.decision.model_copy(update={"name": "xenia-planted-agrees"})})
    review = study.review.model_copy(update={"decisions": (named,)})
    found = read_json(render_json(redacted(study.model_copy(update={"review": review}))))
    assert found.review is not None
    assert found.review.decisions[0].decision.name == "name-3-agrees"


def test_a_first_name_or_surname_alone_is_left_out_of_what_people_wrote(study: Assessment) -> None:
    def decided(**kind: object) -> DecisionRead:
        return read({**DECISIONS[1], "by": "Xenia Holm", **kind})

    approved = decided(
        name="holm-approves",
        conditions=[{"text": "Dr. Holm asks Xenia's office", "owner": "Xenia Holm", "due": "2026-12-01"}],
        evidence={"path": "legal/holm-reply.txt", "sha256": "0" * 64},
    ).model_copy(update={"why": "legal/holm-reply.txt is no document; the holmium laser stays"})
    review = ReviewRead(file="review.yaml", digest="0" * 64, decisions=(approved,))
    project = study.project.model_copy(update={"title": "Holm's nodules"})
    shared = render_json(redacted(study.model_copy(update={"review": review, "project": project})))
    assert "holmium laser" in shared
    assert "holm" not in shared.casefold().replace("holmium", "")
    assert "xenia" not in shared.casefold()
    assert read_json(shared).verdicts == study.verdicts


def test_words_of_an_office_stay(study: Assessment) -> None:
    kept = read({"kind": "refer", "to": "Office of Counsel", "asked_on": "2026-11-01"})
    named = kept.model_copy(update={"decision": kept.decision.model_copy(update={"name": "counsel-was-asked"})})
    review = ReviewRead(file="review.yaml", digest="0" * 64, decisions=(named,))
    found = redacted(study.model_copy(update={"review": review})).review
    assert found is not None
    assert found.decisions[0].decision.name == "counsel-was-asked"
