"""What there is to decide on a study: each open thing once, with the choices that fit it."""

from pathlib import Path

import pytest

from tcia_policy.engine.assess import assess
from tcia_policy.model import Assessment
from tcia_policy.model.matter import Matter, MatterKind
from tcia_policy.review.open_entries import listing, open_entries
from tests.review.studies import OPEN_STUDY, opened


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return assess(opened(tmp_path_factory.mktemp("study"), OPEN_STUDY))


def keys(assessment: Assessment, start: str) -> list[str]:
    entry = next(each for each in open_entries(assessment) if each.id.startswith(start))
    return [choice.key for choice in entry.choices]


ON_ANY = ["accept", "approve-with-conditions", "waive", "reject", "refer"]


def test_a_license_is_concluded_of_those_that_sources_state(study: Assessment) -> None:
    assert keys(study, "license/") == ["conclude:CC-BY-4.0", "conclude:CC-BY-NC-4.0", *ON_ANY]


def test_each_choice_says_what_it_leads_to(study: Assessment) -> None:
    assert all(choice.leads_to for entry in open_entries(study) for choice in entry.choices)
    entry = next(each for each in open_entries(study) if each.id.startswith("license/"))
    assert "prohibited" in (entry.choices[1].leads_to or "")


def test_each_license_says_who_states_it_and_when(study: Assessment) -> None:
    entry = next(each for each in open_entries(study) if each.id.startswith("license/"))
    states = {choice.value: " ".join(choice.stated_by) for choice in entry.choices if choice.value}
    assert "TCIA Collection Manager, 20" in states["CC-BY-4.0"]
    assert "NBIA collection report, 20" in states["CC-BY-NC-4.0"]
    assert "NBIA" not in states["CC-BY-4.0"]


def test_each_entry_says_which_data_it_is_about_and_what_is_done_with_them(study: Assessment) -> None:
    for entry in open_entries(study):
        if entry.kind is MatterKind.PROHIBITION or entry.id.startswith("license/"):
            assert entry.about is not None
            assert " (https://doi.org/10." in entry.about
            assert ", for " in entry.about


def test_a_waiver_of_a_prohibition_is_not_said_to_let_it_pass(study: Assessment) -> None:
    prohibited = next(each for each in open_entries(study) if each.kind is MatterKind.PROHIBITION)
    waiver = next(choice for choice in prohibited.choices if choice.key == "waive")
    assert (waiver.leads_to or "").startswith("it stays prohibited; this counts only with the document")


def test_a_position_says_where_it_counts(study: Assessment) -> None:
    def leads(assessment: Assessment) -> str:
        entry = next(each for each in open_entries(assessment) if each.id == "positions.model-is-adaptation")
        return entry.choices[0].leads_to or ""

    def in_country(country: str | None) -> Assessment:
        use = study.project.use.model_copy(update={"country": country})
        return study.model_copy(update={"project": study.project.model_copy(update={"use": use})})

    assert leads(in_country("US")).endswith("counts for models, where the work is done in US")
    assert leads(in_country(None)).endswith("counts for nothing until the project states `use.country`")


def test_a_reply_is_recorded_and_the_law_read_one_way_or_the_other(study: Assessment) -> None:
    assert keys(study, "license-terms-unknown") == ["answer:permitted", "answer:prohibited", *ON_ANY]
    assert keys(study, "positions.model-is-adaptation") == ["position:false", "position:true", *ON_ANY]


def test_a_prohibition_is_not_accepted(study: Assessment) -> None:
    prohibited = [each for each in open_entries(study) if each.kind is MatterKind.PROHIBITION]
    assert prohibited
    assert all([choice.key for choice in each.choices] == ["waive", "reject", "refer"] for each in prohibited)


def test_what_has_no_matter_cannot_be_decided(study: Assessment) -> None:
    bare = study.model_copy(update={"matters": ()})
    assert all(not entry.choices and not entry.matters for entry in open_entries(bare))


def test_the_summary_counts_what_is_open(study: Assessment) -> None:
    assert listing(study).summary.endswith("0 decisions are recorded.")


def test_every_entry_decides_matters_of_today(study: Assessment) -> None:
    today: dict[str, Matter] = {matter.id: matter for matter in study.matters}
    for entry in open_entries(study):
        assert entry.matters
        assert all(today[each.id].digest == each.digest for each in entry.matters)


def test_no_two_entries_have_one_id(study: Assessment) -> None:
    ids = [(entry.kind, entry.id) for entry in open_entries(study)]
    assert len(ids) == len(set(ids))


def test_a_study_without_questions_has_nothing_to_decide(tmp_path: Path) -> None:
    project = "use: {purpose: noncommercial, activities: [analyze]}\ndata: [{own: {name: Our CT}}]\n"
    assert open_entries(assess(opened(tmp_path, project))) == ()
