"""The one list of results: what stops, what may stop, where, and what reviewers said of it."""

from datetime import date
from pathlib import Path

import pytest

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions
from tcia_policy.engine.fail_on import gate_of
from tcia_policy.engine.scenarios import LocatedScenario, assess_scenario, load_scenarios
from tcia_policy.model import Assessment
from tcia_policy.model.gate import GateWord
from tcia_policy.registry import Registry
from tcia_policy.reports.answer.project_places import Standpoint
from tcia_policy.reports.gate.places import GatePlace
from tcia_policy.reports.gate.results import Level, results
from tcia_policy.rules.rulebook import load_rules
from tests.cli.run import EXAMPLES
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE
from tests.reports.gate.decided import ACCEPTED, ASKED, REFERRED, REJECTED, STALE

DAY = date(2026, 11, 22)
REGISTRY, RULES = Registry.load(), load_rules()
SCENARIOS = EXAMPLES.parent / "tests" / "scenarios" / "decisions.yaml"
DECIDED = [located for located in load_scenarios(SCENARIOS, RULES) if located.project is not None]
LISTS = (
    ("prohibited",),
    ("open",),
    ("undetermined",),
    ("unverified",),
    ("never",),
    ("prohibited", "stale"),
    ("expiring:3650", "unverified", "stale"),
)
STUDIES = [
    *(path.parent.name for path in sorted(EXAMPLES.glob("*/tcia-policy.yaml"))),
    "data: [{dataset: LIDC-IDRI}]",
    "use: {purpose: noncommercial, activities: [analyze]}\ndata: [{own: {name: CT of our hospital}}]",
    "use: {purpose: noncommercial, activities: [analyze]}\ndata: [{other: {name: CT of another hospital}}]",
    "use: {purpose: noncommercial, activities: [publish-results]}\n"
    "data: [{dataset: CPTAC-LUAD, obtained_from: pdc, distributions: [proteomics]}]\n"
    "agreements: [{id: cptac-data-use, signed_on: 2026-02-11, expires_on: 2026-12-01, evidence: {held_by: Legal}}]",
    "use: {purpose: commercial, activities: [use-in-product]}\ndata: [{dataset: NSCLC-Radiomics}]",
]


def judged(study: str, folder: Path) -> Assessment:
    path = EXAMPLES / study
    if ":" in study:
        path = folder / "study.yaml"
        path.write_text(study + "\n", encoding="utf-8")
    return assess(Case.open(path, CaseOptions(as_of=DAY)))


def gated(assessment: Assessment, fail_on: tuple[str, ...]) -> Assessment:
    return assessment.model_copy(update={"gate": gate_of(assessment, fail_on, "option")})


@pytest.mark.parametrize("study", STUDIES)
def test_the_gate_stops_where_a_result_stops_and_nowhere_else(study: str, tmp_path: Path) -> None:
    assessment = judged(study, tmp_path)
    for fail_on in LISTS:
        stopped = gated(assessment, fail_on)
        assert stopped.gate is not None
        stopping = {item.word for item in results(stopped) if item.stops}
        beside = set() if stopped.gate.exit_code == 3 else {GateWord.UNDETERMINED}
        assert stopping - beside == set(stopped.gate.stopped_by) - beside, fail_on
    assert any(item.stops for item in results(assessment)) == (assessment.exit_code != 0)


@pytest.mark.parametrize("sample", [ACCEPTED, REFERRED, STALE, REJECTED], ids=["accepted", "referred", "stale", "no"])
def test_with_decisions_too(sample: Assessment) -> None:
    for fail_on in LISTS:
        stopped = gated(sample, fail_on)
        assert stopped.gate is not None
        stopping = {item.word for item in results(stopped) if item.stops}
        assert stopping - {GateWord.UNDETERMINED} == set(stopped.gate.stopped_by) - {GateWord.UNDETERMINED}


@pytest.mark.parametrize("sample", [SAMPLE, EVIL_SAMPLE, ACCEPTED], ids=["sample", "evil", "accepted"])
def test_every_result_has_an_id_and_a_fingerprint_of_its_own_and_a_place(sample: Assessment) -> None:
    found = results(sample)
    assert len({item.id for item in found}) == len({item.fingerprint for item in found}) == len(found) > 5
    assert all(item.places and item.message for item in found)
    assert [item.level for item in found] == sorted((item.level for item in found), key=list(Level).index)


def test_a_prohibition_is_told_once_for_a_rule_and_a_data_item_with_its_remedy() -> None:
    told = {item.id: item for item in results(SAMPLE) if item.word is GateWord.PROHIBITED}
    assert sorted(told) == ["cc-noncommercial/NSCLC-Radiomics", "controlled-access-sharing/TCGA-GBM"]
    message = told["cc-noncommercial/NSCLC-Radiomics"].message
    assert message.startswith("NSCLC-Radiomics may not be used for ")
    assert message.endswith("for a commercial license, or leave NSCLC-Radiomics out.")


def test_what_is_only_asked_for_and_what_is_met_is_no_result() -> None:
    ids = {item.id for item in results(SAMPLE)}
    assert not any(each.startswith(("tell-tcia", "cite-tcia", "attribute:")) for each in ids)
    assert "dbgap-request:TCGA-GBM" in ids
    assert {item.word for item in results(CLEAR)} == {GateWord.UNVERIFIED}


def test_what_was_accepted_lets_pass_and_says_who_did() -> None:
    item = next(each for each in results(ACCEPTED) if each.id == ASKED.id)
    assert item.suppression is not None
    assert (item.suppression.status, item.stops) == ("accepted", False)
    assert item.suppression.why == ("decision phantom: accept by R. Lee, data-steward, on 2026-11-01, until 2027-05-01")
    assert all(each.suppression is None for each in results(ACCEPTED) if each.word is GateWord.PROHIBITED)


def test_what_was_referred_is_under_review_and_stops() -> None:
    item = next(each for each in results(REFERRED) if each.id == ASKED.id)
    assert item.suppression is not None
    assert (item.suppression.status, item.stops) == ("underReview", True)
    assert item.suppression.why == "decision asked: refer to counsel by R. Lee, data-steward, on 2026-11-01"


def test_what_a_stale_decision_is_on_stops_and_so_does_the_decision_where_the_gate_says_so() -> None:
    found = {each.id: each for each in results(gated(STALE, ("undetermined", "stale")))}
    item, told = found[ASKED.id], found["decision/phantom"]
    assert item.suppression is not None
    assert (item.suppression.status, item.stops) == ("rejected", True)
    assert item.suppression.why == (
        "decision phantom counts for nothing, for it is stale: The license changed; Decide it again"
    )
    assert (told.word, told.stops, told.places) == (GateWord.STALE, True, (GatePlace("review.yaml", 3),))
    assert not next(each for each in results(STALE) if each.id == "decision/phantom").stops


def test_a_rejection_is_an_error_whatever_the_gate_names() -> None:
    item = next(each for each in results(gated(REJECTED, ("prohibited",))) if each.id == "decision/no")
    assert (item.level, item.stops) == (Level.ERROR, True)
    assert item.message.endswith("It may not be published so. rejects it")


def test_the_study_as_a_whole_is_told_only_where_nothing_open_tells_it() -> None:
    located = next(each for each in DECIDED if each.scenario.name.startswith("Who was asked is told"))
    open_ = [item for item in results(assess_scenario(located, REGISTRY, RULES)) if item.stops]
    assert [item.id for item in open_] == ["license/ct"]
    located = next(each for each in DECIDED if each.scenario.name.startswith("A rejection that another reviewer"))
    [whole] = [item for item in results(assess_scenario(located, REGISTRY, RULES)) if item.stops]
    assert whole.message == "The study as a whole is undetermined: a rejection is contradicted (d. stop)."


def test_what_nothing_that_was_read_can_show_is_told_so() -> None:
    paper = assess(Case.open(EXAMPLES / "student-paper", CaseOptions(as_of=DAY)))
    told = {item.id: item.message for item in results(paper)}
    assert told["tcia-no-reidentification:all"].endswith("Not verified: nothing that was read can show it.")


def test_what_ends_soon_is_told_where_the_gate_asks_for_it(tmp_path: Path) -> None:
    assessment = judged(STUDIES[-2], tmp_path)
    assert not any(item.word is GateWord.EXPIRING for item in results(assessment))
    (item,) = (each for each in results(gated(assessment, ("expiring:30",))) if each.word is GateWord.EXPIRING)
    assert item.message.startswith("This ends on 2026-12-01: ")
    assert item.places == (GatePlace("study.yaml", 3),)
    assert not any(each.word is GateWord.EXPIRING for each in results(gated(assessment, ("expiring:8",))))


def test_places_are_those_of_project_card_and_manuscript_seen_from_the_root() -> None:
    there = Standpoint(Path("examples/x"), Path("examples/x"), Path("examples/x"))
    release = results(assess(Case.open(EXAMPLES / "published-model", CaseOptions(as_of=DAY))), there)
    first = next(item for item in release if item.word is GateWord.PROHIBITED)
    assert first.places == (GatePlace("examples/x/model/README.md", 2), GatePlace("examples/x/tcia-policy.yaml", 10))
    paper = results(assess(Case.open(EXAMPLES / "student-paper", CaseOptions(as_of=DAY))), there)
    assert any(item.places[0].path == "examples/x/paper/main.tex" for item in paper)


def test_absolute_paths_below_the_root_are_told_from_it_and_others_are_none() -> None:
    model = EXAMPLES / "published-model" / "model"
    read = assess(Case.open(EXAMPLES / "published-model", CaseOptions(as_of=DAY, release=(str(model),))))
    for here, path in ((EXAMPLES, "published-model/model/README.md"), (model, "README.md")):
        first = next(item for item in results(read, Standpoint(here=here)) if item.word is GateWord.PROHIBITED)
        assert first.places[0] == GatePlace(path, 2)
    elsewhere = results(read, Standpoint(here=EXAMPLES / "lung-nodules"))
    assert {place.path for item in elsewhere for place in item.places} == {"tcia-policy.yaml"}


@pytest.mark.parametrize("located", DECIDED, ids=[located.scenario.name for located in DECIDED])
def test_in_every_scenario_with_decisions_what_stops_is_what_the_exit_code_says(located: LocatedScenario) -> None:
    assessment = assess_scenario(located, REGISTRY, RULES)
    for fail_on in (("undetermined",), ("prohibited", "stale"), ("unverified", "stale", "expiring:3650")):
        stopped = gated(assessment, fail_on)
        assert stopped.gate is not None
        stopping = {item.word for item in results(stopped) if item.stops}
        beside = set() if stopped.gate.exit_code == 3 else {GateWord.UNDETERMINED}
        assert stopping - beside == set(stopped.gate.stopped_by) - beside
        assert bool(stopping) == (stopped.gate.exit_code != 0)
    assert gate_of(assessment, ("undetermined",), "option").exit_code == assessment.exit_code


def test_another_order_of_the_project_changes_no_fingerprint(tmp_path: Path) -> None:
    items = ("dataset: LIDC-IDRI", "dataset: NSCLC-Radiomics", "other: {name: Hospital CT}")
    found = set()
    for order in (items, items[::-1]):
        data = ", ".join(f"{{{item}}}" for item in order)
        study = f"use: {{purpose: commercial, activities: [use-in-product]}}\ndata: [{data}]"
        found.add(frozenset(item.fingerprint for item in results(judged(study, tmp_path))))
    assert len(found) == 1
