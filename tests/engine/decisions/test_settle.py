"""Whole cases with decisions: what follows from those that count, and that the others change nothing."""

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tcia_policy.engine.assess import assess, settled
from tcia_policy.engine.case import Case, CaseOptions
from tcia_policy.engine.review_file import ReviewFile
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError
from tcia_policy.files.digests import digest_of_basis
from tcia_policy.model import Assessment, Project, Verdict
from tcia_policy.model.decision_kinds import DecisionStatus
from tcia_policy.model.gate import GateWord
from tcia_policy.reports.gate.results import results
from tcia_policy.reports.terms.offers import offers_of
from tests.engine.reviewed import COUNSEL, DISPUTED, DOCUMENT, STEWARD, concluding, judged, library, read, today, write

PERSONS = (COUNSEL, STEWARD, {"by": "Ann Author", "role": "counsel", "on": "2026-11-10"})
HELD = {"held_by": "Contracts office, no. 3"}
WAIVED = {
    "because_of": "granted",
    "second_by": "Max Roe",
    "second_role": "data-steward",
    "until": "2027-05-01",
    "evidence": HELD,
}


def test_a_conclusion_is_followed_by_terms_licenses_and_duties(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    write(tmp_path, DISPUTED, [concluding(tmp_path)])
    found = judged(tmp_path)
    (part, *_) = found.terms[0].parts
    assert part.governing == "CC-BY-4.0"
    assert [each.license for each in part.stated] == ["CC-BY-4.0"]
    assert [each.license for each in part.set_aside] == ["CC-BY-NC-4.0"]
    assert part.concluded is not None
    assert part.concluded.decision == "ct-license"
    assert not found.terms[0].noncommercial
    assert read(found)["ct-license"].status is DecisionStatus.COUNTS
    assert found.versions.digests.review is not None


def test_without_decisions_it_is_as_before(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    before = judged(tmp_path)
    write(tmp_path, DISPUTED, [concluding(tmp_path)])
    without = judged(tmp_path, decisions=False)
    assert without == before
    assert without.review is None


def test_a_decision_on_a_question_that_only_comes_up_after_a_conclusion_counts(tmp_path: Path) -> None:
    use = {**DISPUTED["use"], "activities": ["release-model"], "outputs": [{"kind": "model", "license": "MIT"}]}  # type: ignore[dict-item]
    project = {**DISPUTED, "use": use}
    write(tmp_path, project)
    conclusion = concluding(tmp_path)
    write(tmp_path, project, [conclusion])
    (after,) = (each for each in judged(tmp_path).questions if each.id == "positions.model-is-adaptation")
    digests = {each.id: each.digest for each in judged(tmp_path).matters}
    decides = [{"id": after.id, "digest": digests[after.id]}]
    position = {
        "kind": "position",
        "name": "model",
        "decides": decides,
        "value": False,
        **COUNSEL,
        "evidence": DOCUMENT,
    }
    write(tmp_path, project, [position, conclusion])
    found = judged(tmp_path)
    assert {name: each.status.value for name, each in read(found).items()} == {
        "model": "counts",
        "ct-license": "counts",
    }
    assert found.questions == ()
    assert found.exit_code == 0


def test_a_conclusion_holds_where_the_license_no_longer_decides_the_use(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    conclusion = concluding(tmp_path)
    other = {**DISPUTED, "use": {"purpose": "noncommercial", "activities": ["publish-results"], "country": "US"}}
    write(tmp_path, other, [conclusion])
    found = judged(tmp_path)
    assert read(found)["ct-license"].status is DecisionStatus.COUNTS
    assert {part.governing for part in found.terms[0].parts} == {"CC-BY-4.0"}
    assert "license-claims-disagree" not in {finding.rule for finding in found.findings}
    write(tmp_path, other, [{**conclusion, "decides": [{"id": "license/ct", "digest": "b" * 64}]}])
    assert read(judged(tmp_path))["ct-license"].status is DecisionStatus.STALE


def test_no_license_is_concluded_where_the_use_is_prohibited_under_each(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    conclusion = concluding(tmp_path)
    copy = {"id": "ct", "collection": "Pediatric-CT-SEG", "license": "CC-BY-NC-4.0", "obtained_from": "kaggle"}
    write(tmp_path, {**DISPUTED, "data": [copy]}, [conclusion])
    found = judged(tmp_path)
    assert found.verdict == "prohibited"
    assert read(found)["ct-license"].counts_for == ()


def test_a_stale_decision_shows_what_it_was_decided_on(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    matter = next(each for each in judged(tmp_path).matters if each.id == "license/ct")
    then = [*matter.basis[1:], "images: CC0-1.0, stated by nobody any more"]
    digest = digest_of_basis(then)
    accept = {"kind": "accept", "name": "a", "decides": [{"id": "license/ct", "digest": digest}], **STEWARD}
    review = yaml.safe_dump({"decisions": [accept], "bases": {digest: then}})
    (tmp_path / "review.yaml").write_text(review, encoding="utf-8")
    stale = read(judged(tmp_path))["a"]
    assert stale.status is DecisionStatus.STALE
    (moved,) = stale.moved
    assert moved.before == ("images: CC0-1.0, stated by nobody any more",)
    assert moved.now == matter.basis[:1]


def test_one_stale_matter_leaves_the_others_decided(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    decides = [*today(tmp_path, "license/ct"), {"id": "cc-noncommercial/ct/train-model", "digest": "b" * 64}]
    write(tmp_path, DISPUTED, [{"kind": "accept", "name": "a", "decides": decides, **STEWARD}])
    found = judged(tmp_path)
    assert read(found)["a"].status is DecisionStatus.STALE
    assert read(found)["a"].counts_for == ("license/ct",)
    assert found.questions[0].decided_by == ()
    assert found.exit_code == 3


def test_a_later_day_alone_changes_no_decision(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    write(tmp_path, DISPUTED, [concluding(tmp_path)])
    assert read(judged(tmp_path, date(2027, 3, 1)))["ct-license"].status is DecisionStatus.COUNTS


def test_controlled_access_is_not_opened_by_a_document_that_nobody_saw(tmp_path: Path) -> None:
    use = {"purpose": "noncommercial", "activities": ["analyze"], "country": "US"}
    project = {**DISPUTED, "use": use, "data": [{"id": "ct", "collection": "NRG-1308"}]}
    write(tmp_path, project)
    assert "license/ct" in {each.id for each in judged(tmp_path).matters}
    write(tmp_path, project, [concluding(tmp_path, "CC-BY-3.0", evidence=HELD)])
    found = judged(tmp_path)
    assert read(found)["ct-license"].status is DecisionStatus.UNFOUNDED
    assert "controlled" in str(read(found)["ct-license"].why)
    assert found.exit_code != 0


def test_a_mistake_in_the_review_is_told_with_those_of_the_project(tmp_path: Path) -> None:
    project = {**DISPUTED, "data": [{"collection": "LIDC-IDIR"}]}
    write(tmp_path, project, [{"kind": "accept", "name": "a"}])
    with pytest.raises(InputError) as raised:
        judged(tmp_path)
    files = {Path(str(each.file)).name for each in raised.value.mistakes}
    assert files == {"tcia-policy.yaml", "review.yaml"}


@cache
def open_case() -> Case:
    """Return a case with a prohibition, two licenses stated, and a legal position that is open; without decisions."""
    project = {
        **DISPUTED,
        "use": {
            "purpose": "commercial",
            "activities": ["train-model", "release-model"],
            "outputs": [{"kind": "model", "license": "Apache-2.0", "trained_on": ["ct"]}],
            "country": "US",
        },
        "data": [
            {"id": "ct", "collection": "Pediatric-CT-SEG"},
            {"id": "lungs", "collection": "NSCLC-Radiomics"},
        ],
    }
    return Case.open(Study(Project.model_validate(project)), CaseOptions(as_of=date(2026, 11, 22)), library())


@cache
def plain() -> Assessment:
    return assess(open_case())


def with_review(decisions: list[dict[str, Any]]) -> Assessment:
    text = json.dumps({"decisions": decisions})
    return assess(replace(open_case(), review=ReviewFile.parse(text, Path("review.yaml"))))


def of_kind(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    more: dict[str, dict[str, st.SearchStrategy[Any]]] = {
        "conclude": {
            "license": st.sampled_from(["CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-3.0", "CC0-1.0"]),
            "evidence": st.just(HELD),
        },
        "position": {"value": st.booleans(), "evidence": st.just(HELD)},
        "answer": {
            "says": st.sampled_from(["permitted", "prohibited"]),
            "from": st.sampled_from(["Office of Counsel", "TCIA Help Desk", "Somebody"]),
            "evidence": st.just(HELD),
        },
        "accept": {"until": st.sampled_from(["2026-11-01", "2027-01-01"])},
        "reject": {},
        "refer": {"to": st.just("TCIA"), "asked_on": st.just("2026-11-09")},
        "waive": {key: st.just(value) for key, value in WAIVED.items()},
    }
    matters = st.sampled_from(plain().matters).flatmap(
        lambda each: st.sampled_from([each.digest, each.digest, "b" * 64]).map(
            lambda digest: {"id": each.id, "digest": digest}
        )
    )
    decides = st.lists(matters, min_size=1, max_size=4, unique_by=lambda each: each["id"])
    rest = st.fixed_dictionaries({"kind": st.just(kind), "decides": decides, **more[kind]})
    return st.tuples(rest, st.sampled_from(PERSONS)).map(lambda pair: {**pair[0], **pair[1]})


def named(decisions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**each, "name": f"d{number}"} for number, each in enumerate(decisions)]


WITHOUT_EVIDENCE = st.lists(st.sampled_from(["accept", "reject", "refer"]).flatmap(of_kind), max_size=6).map(named)
OF_ALL_KINDS = st.lists(
    st.sampled_from(["conclude", "position", "answer", "accept", "reject", "refer", "waive"]).flatmap(of_kind),
    max_size=6,
).map(named)
FEW = settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.generate, Phase.target],
    suppress_health_check=[HealthCheck.too_slow],
)


@FEW
@given(WITHOUT_EVIDENCE)
def test_no_decision_without_evidence_changes_a_verdict(decisions: list[dict[str, Any]]) -> None:
    found = with_review(decisions)
    assert found.verdicts == plain().verdicts
    assert found.findings == plain().findings
    assert found.exit_code == 1  # something is prohibited, whoever accepts it


@FEW
@given(OF_ALL_KINDS)
def test_what_does_not_count_changes_nothing(decisions: list[dict[str, Any]]) -> None:
    found = with_review(decisions)
    counting = {name for name, each in read(found).items() if each.counts_for}
    alone = with_review([each for each in decisions if each["name"] in counting])
    assert alone.verdicts == found.verdicts
    assert [each.decided_by for each in alone.questions] == [each.decided_by for each in found.questions]
    assert alone.exit_code == found.exit_code


@FEW
@given(OF_ALL_KINDS)
def test_no_held_document_takes_a_prohibition_away(decisions: list[dict[str, Any]]) -> None:
    prohibited = {(each.holding, each.activity) for each in plain().verdicts if each.verdict == "prohibited"}
    found = {(each.holding, each.activity): each.verdict for each in with_review(decisions).verdicts}
    assert all(found[cell] == "prohibited" for cell in prohibited)


def clears(found: Assessment) -> bool:
    """Return whether anything that is not decided by a rule, or that is rejected, is declared permitted."""
    permitted = {(offer.id, each.activity) for offer in offers_of(found).items for each in offer.permissions}
    well = {
        (cell.holding, cell.activity)
        for cell in found.verdicts
        if cell.verdict in (Verdict.PERMITTED, Verdict.CONDITIONAL)
    }
    review = found.review
    stopped = review is not None and bool(review.rejected_by or review.disputed)
    return bool(permitted - well) or (stopped and (bool(permitted) or found.exit_code == 0))


@FEW
@given(OF_ALL_KINDS)
def test_nothing_that_reviewers_let_pass_or_stop_is_declared_permitted(decisions: list[dict[str, Any]]) -> None:
    found = with_review(decisions)
    assert not clears(found)
    counting = {name for name, each in read(found).items() if each.counts_for}
    assert counting.issuperset(name for each in found.questions for name in each.decided_by)
    assert counting.issuperset(name for each in found.duties for name in each.decided_by)
    for each in results(found):
        assert not (each.is_accepted and each.word is GateWord.PROHIBITED)


@FEW
@given(OF_ALL_KINDS, st.randoms(use_true_random=False))
def test_the_order_of_decisions_changes_nothing(decisions: list[dict[str, Any]], chance: Any) -> None:
    other = list(decisions)
    chance.shuffle(other)
    one, two = with_review(decisions), with_review(other)
    assert one.verdicts == two.verdicts
    assert {name: each.status for name, each in read(one).items()} == {
        name: each.status for name, each in read(two).items()
    }


def test_a_case_is_settled_once() -> None:
    review = ReviewFile.parse("decisions: []\n", Path("review.yaml"))
    once = settled(replace(open_case(), review=review))
    assert settled(once) is once
