"""ODRL: judged by rdflib and its table of ODRL 2.2; and that nothing undecided is in any permission."""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import tcia_policy
from tcia_policy.engine.scenarios import LocatedScenario, assess_scenario, load_scenarios
from tcia_policy.errors import InputError
from tcia_policy.files.mark import MARK
from tcia_policy.files.written_by import is_marked
from tcia_policy.model import Activity, Assessment, DutyKind, Verdict
from tcia_policy.registry import Registry
from tcia_policy.reports.terms import profile
from tcia_policy.reports.terms.addresses import study_name, urn
from tcia_policy.reports.terms.odrl import CONTEXT, graph_of, render_odrl
from tcia_policy.rules.rulebook import load_rules
from tests.cli.run import DAY, EXAMPLES
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE, assessed_again
from tests.reports.notices.studies import assessed
from tests.reports.terms.studies import STUDY, study

CONTROLLED = """
title: Glioma
use: {purpose: noncommercial, activities: [analyze], country: US}
data: [{id: gbm, collection: TCGA-GBM, obtained_from: general-commons, distributions: [images]}]
agreements:
  - {id: dbgap, accession: phs004225, approved_on: 2026-03-01, expires_on: 2027-03-01, evidence: {held_by: Our office}}
"""
rdflib = pytest.importorskip("rdflib")
ODRL = rdflib.Namespace("http://www.w3.org/ns/odrl/2/")
CC = "http://creativecommons.org/ns#"
SKOS = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
DUO = re.compile(r"http://purl\.obolibrary\.org/obo/DUO_(0000024|0000025|0000026|0000027|0000046)")
STATED = assessed_again(SAMPLE, activities_stated=True)
SAMPLES = {"sample": SAMPLE, "stated": STATED, "evil": EVIL_SAMPLE, "clear": CLEAR}
SCENARIOS = Path(__file__).parents[2] / "scenarios"
ALLOWED = {Verdict.PERMITTED, Verdict.CONDITIONAL}


@cache
def example(name: str) -> Assessment:
    return tcia_policy.assess(EXAMPLES / name, as_of=date.fromisoformat(DAY))


def all_samples() -> list[Assessment]:
    return [*SAMPLES.values(), example("published-model"), example("commercial-product")]


def read(assessment: Assessment) -> Any:
    return rdflib.Graph().parse(data=render_odrl(assessment), format="json-ld")


def iris(graph: Any) -> Iterator[str]:
    yield from (str(node) for triple in graph for node in triple if isinstance(node, rdflib.URIRef))


@pytest.mark.parametrize("number", range(6))
def test_every_odrl_term_is_one_of_odrl_2_2_and_every_term_of_ours_is_declared(number: int) -> None:
    from rdflib.namespace import ODRL2  # noqa: PLC0415 - only where rdflib is

    graph = read(all_samples()[number])
    declared = {str(each) for each in graph.subjects(SKOS.definition, None)}
    for iri in iris(graph):
        if iri.startswith(str(ODRL)):
            assert iri.removeprefix(str(ODRL)) in ODRL2.__annotations__
        if iri.startswith(profile.TERMS):
            assert iri in declared
    for action in graph.subjects(rdflib.RDF.type, ODRL.Action):
        wider = graph.value(action, ODRL.includedIn)
        assert str(wider).removeprefix(str(ODRL)) in ODRL2.__annotations__


@pytest.mark.parametrize("number", range(6))
def test_every_policy_is_a_set_with_rules_that_are_whole(number: int) -> None:
    graph = read(all_samples()[number])
    policies = set(graph.subjects(rdflib.RDF.type, ODRL.Set))
    for policy in policies:
        assert graph.value(policy, ODRL.profile) == rdflib.URIRef(profile.PROFILE)
        assert graph.value(policy, ODRL.conflict) == ODRL.prohibit
        rules = [*graph.objects(policy, ODRL.permission), *graph.objects(policy, ODRL.prohibition)]
        assert rules
        for rule in rules:
            for name in ("action", "target", "assignee"):
                assert len(list(graph.objects(rule, ODRL[name]))) == 1
            assert (graph.value(rule, ODRL.target), rdflib.RDF.type, None) in graph
            for duty in graph.objects(rule, ODRL.duty):
                assert (duty, rdflib.RDF.type, ODRL.Duty) in graph
                assert graph.value(duty, ODRL.action) is not None
            for constraint in graph.objects(rule, ODRL.constraint):
                assert {str(key).removeprefix(str(ODRL)) for key in graph.predicates(constraint)} >= {
                    "leftOperand",
                    "operator",
                    "rightOperand",
                }
    assert set(graph.objects(None, ODRL.permission)) <= {
        rule for policy in policies for rule in graph.objects(policy, ODRL.permission)
    }


@pytest.mark.parametrize("number", range(6))
def test_it_is_the_same_graph_after_it_was_written_and_read_again(number: int) -> None:
    from rdflib.compare import isomorphic  # noqa: PLC0415 - only where rdflib is

    graph = read(all_samples()[number])
    again = rdflib.Graph().parse(data=graph.serialize(format="json-ld"), format="json-ld")
    assert isomorphic(graph, again)


def permitted(assessment: Assessment) -> set[tuple[str, str]]:
    """Return the target and the action of every permission, as any JSON object within the document has them."""
    return {(str(rule["target"]), str(rule["action"])) for rule in _rules(graph_of(assessment), "permission")}


def _rules(node: object, kind: str) -> Iterator[dict[str, object]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from value if key == kind else ()
            yield from _rules(value, kind)
    elif isinstance(node, list):
        for each in node:
            yield from _rules(each, kind)


def check_permissions(assessment: Assessment) -> None:
    study = study_name(assessment.project.title)
    cells = {
        (urn(study, "item", cell.holding), profile.action_of(cell.activity)): cell.verdict
        for cell in assessment.verdicts
    }
    outputs = {target for target, action in permitted(assessment) if action == "odrl:distribute"}
    for target, action in permitted(assessment) - {(target, "odrl:distribute") for target in outputs}:
        assert cells[target, action] in ALLOWED
        assert assessment.activities_stated
    assert len(outputs) <= sum(each.cleared for each in assessment.clearance.outputs)
    prohibited = {(rule["target"], rule["action"]) for rule in _rules(graph_of(assessment), "prohibition")}
    assert {cell for cell, verdict in cells.items() if verdict is Verdict.PROHIBITED} <= prohibited
    if assessment.activities_stated:
        assert {cell for cell, verdict in cells.items() if verdict in ALLOWED} <= permitted(assessment)


@pytest.mark.parametrize("number", range(6))
def test_what_is_permitted_here_is_what_the_check_found_permitted_and_all_of_it(number: int) -> None:
    check_permissions(all_samples()[number])


def scenarios() -> list[LocatedScenario]:
    """Return every ninth scenario that has a study."""
    found = [each for path in sorted(SCENARIOS.glob("*.yaml")) for each in load_scenarios(path, load_rules())]
    return [each for each in found if each.project is not None][::9]


def test_no_scenario_has_a_permission_for_what_is_undecided_or_prohibited() -> None:
    seen = 0
    for located in scenarios():
        try:
            assessment = assess_scenario(located, Registry.load(), load_rules(), asking=False)
        except InputError:
            continue
        check_permissions(assessment)
        seen += 1
    assert seen > 30


def test_a_concluded_license_is_that_of_the_data_and_what_was_set_aside_is_declared_all_the_same() -> None:
    named = (
        "Counsel concludes that Pediatric-CT-SEG is under CC BY, and commercial use is judged under that license alone"
    )
    located = next(
        each for each in load_scenarios(SCENARIOS / "decisions.yaml", load_rules()) if each.scenario.name == named
    )
    assessment = assess_scenario(located, Registry.load(), load_rules(), asking=False)
    check_permissions(assessment)
    parts = [node for node in graph_of(assessment) if f"{profile.PREFIX}:decision" in node]
    assert parts
    for part in parts:
        declared = part[f"{profile.PREFIX}:declares"]
        assert isinstance(declared, list)
        assert part[f"{profile.PREFIX}:decision"] == "ct-license"
        assert part["dcterms:license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert {each["dcterms:license"] for each in declared} > {"https://creativecommons.org/licenses/by/4.0/"}


def test_what_the_check_could_not_decide_is_told_and_is_no_rule() -> None:
    graph = graph_of(STATED)
    undecided = [cell for cell in STATED.verdicts if cell.verdict is Verdict.UNDETERMINED]
    assert undecided
    study = study_name(STATED.project.title)
    assets = {node["uid"]: node for node in graph}
    for cell in undecided:
        told = assets[urn(study, "item", cell.holding)][f"{profile.PREFIX}:undecided"]
        assert isinstance(told, list)
        assert profile.action_of(cell.activity) in [each[f"{profile.PREFIX}:activity"] for each in told]
        assert not any({"action", "target"} & set(each) for each in told)


def test_nobody_is_said_to_have_offered_or_agreed_to_it() -> None:
    text = render_odrl(STATED)
    assert "assigner" not in text
    assert not re.search(r'"type": "(Offer|Agreement)"', text)


def test_a_license_is_that_of_the_data_only_where_it_is_concluded() -> None:
    graph = graph_of(STATED)
    study = study_name(STATED.project.title)
    disputed = next(node for node in graph if node["uid"] == urn(study, "item", "Phantom FDA", "part", "images"))
    declared = disputed[f"{profile.PREFIX}:declares"]
    assert isinstance(declared, list)
    assert len(declared) > 1
    assert "dcterms:license" not in disputed


def test_data_use_terms_stand_with_licenses_that_say_so_and_limit_permissions() -> None:
    graph = read(example("published-model"))
    duo = [iri for iri in iris(graph) if "DUO_" in iri]
    assert duo
    assert all(DUO.fullmatch(iri) for iri in duo)
    right = {str(each) for each in graph.objects(None, ODRL.rightOperand)}
    assert right == {f"{profile.TERMS}noncommercial", "http://purl.obolibrary.org/obo/DUO_0000046"}


def test_controlled_data_are_permitted_with_the_consent_to_the_day_on_which_the_approval_ends() -> None:
    approved = assessed(CONTROLLED)
    graph = read(approved)
    (permission,) = graph.objects(None, ODRL.permission)
    actions = {graph.value(duty, ODRL.action) for duty in graph.objects(permission, ODRL.duty)}
    assert {ODRL.obtainConsent, rdflib.URIRef(f"{profile.TERMS}refrain")} <= actions
    limits = {graph.value(each, ODRL.leftOperand): each for each in graph.objects(permission, ODRL.constraint)}
    until = limits[ODRL.dateTime]
    assert graph.value(until, ODRL.operator) == ODRL.lteq
    assert str(graph.value(until, ODRL.rightOperand)) == "2027-03-01"
    assert str(graph.value(limits[ODRL.spatial], ODRL.rightOperand)) == "US"
    assert {iri.rpartition("_")[2] for iri in iris(graph) if "DUO_" in iri} == {"0000026", "0000027"}


def test_what_is_passed_on_is_so_within_the_limits_of_what_it_was_made_from() -> None:
    graph = read(example("lung-nodules"))
    passed_on = list(graph.subjects(ODRL.action, ODRL.distribute))
    assert len(passed_on) == 2
    for permission in passed_on:
        limits = {graph.value(each, ODRL.leftOperand) for each in graph.objects(permission, ODRL.constraint)}
        assert limits == {ODRL.purpose, ODRL.spatial}


def test_without_the_approval_the_same_data_are_prohibited() -> None:
    graph = read(assessed(CONTROLLED.partition("agreements:")[0]))
    assert list(graph.objects(None, ODRL.permission)) == []
    assert len(list(graph.objects(None, ODRL.prohibition))) == 1


def test_every_activity_and_every_duty_has_an_action() -> None:
    assert set(profile.ACTIVITIES) == set(Activity)
    assert set(profile.DUTY_ACTIONS) == set(DutyKind)


def test_nothing_of_evil_texts_is_an_address_or_a_control() -> None:
    text = render_odrl(EVIL_SAMPLE)
    graph = rdflib.Graph().parse(data=text, format="json-ld")
    assert {iri.partition(":")[0] for iri in iris(graph)} <= {"http", "https", "urn"}
    assert not [iri for iri in iris(graph) if re.search(r'[\x00-\x20<>"{}|\\^`]', iri)]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]", text)


def test_the_context_is_in_the_file_and_nothing_is_fetched() -> None:
    assert json.loads(render_odrl(SAMPLE))["@context"] == CONTEXT
    assert all(value is None or isinstance(value, (str, dict)) for value in CONTEXT.values())


def test_the_mark_by_which_we_know_our_own_files_is_no_statement() -> None:
    text = render_odrl(SAMPLE)
    assert is_marked(text.encode())
    assert MARK not in {str(node) for triple in read(SAMPLE) for node in triple}


def test_the_page_shows_a_permission_as_it_is_written() -> None:
    page = (EXAMPLES.parent / "docs" / "machine-terms.md").read_text(encoding="utf-8")
    shown = next(block for block in re.findall(r"```json\n(.*?)```", page, re.DOTALL) if '"Permission"' in block)
    written = next(_rules(graph_of(example("published-model")), "permission"))
    assert json.loads(shown).items() <= written.items()


def test_another_order_of_the_project_gives_the_same_graph() -> None:
    from rdflib.compare import isomorphic  # noqa: PLC0415 - only where rdflib is

    head, _, items = STUDY.partition("data:\n")
    turned = "\n".join((head, "data:", *reversed(items.strip("\n").split("\n")), ""))
    assert isomorphic(read(study()), read(assessed(turned)))
