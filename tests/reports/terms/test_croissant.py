"""The Croissant document: mlcroissant reads it without error or warning; it is never more permissive than the check."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tcia_policy.files.written_by import is_marked
from tcia_policy.model import Assessment
from tcia_policy.reports.terms.addresses import study_name, urn
from tcia_policy.reports.terms.croissant import CONTEXT, NO_LICENSE, WRITTEN_BY, render_croissant
from tcia_policy.reports.terms.offers import offers_of
from tests.cli.run import EXAMPLES
from tests.reports.assessments import EVIL_SAMPLE, SAMPLE
from tests.reports.terms.studies import Case, every_case, example, study

URN = "urn:tcia-policy:"


def document(assessment: Assessment) -> dict[str, Any]:
    found = json.loads(render_croissant(assessment))
    assert isinstance(found, dict)
    return found


def named(nodes: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return nodes by their ids, without the name of the study."""
    return {node["@id"].removeprefix(URN).partition(":")[2]: node for node in nodes}


@pytest.mark.parametrize("case", [study, lambda: EVIL_SAMPLE], ids=["study", "evil"])
def test_mlcroissant_reads_it_without_an_error_or_a_warning(case: Case, tmp_path: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    path = tmp_path / "croissant.json"
    path.write_text(render_croissant(case()), encoding="utf-8")
    metadata = mlcroissant.Dataset(jsonld=path).metadata
    assert (metadata.ctx.issues.errors, metadata.ctx.issues.warnings) == (set(), set())
    assert {each.id for each in metadata.distribution} == {each["@id"] for each in document(case())["distribution"]}
    without = {key: value for key, value in document(case()).items() if key != "license"}
    path.write_text(json.dumps(without), encoding="utf-8")
    assert len(mlcroissant.Dataset(jsonld=path).metadata.ctx.issues.warnings) == 1, "it would be told"


def test_the_context_has_the_keys_that_croissant_gives_it() -> None:
    rdf = pytest.importorskip("mlcroissant._src.core.rdf")
    context = pytest.importorskip("mlcroissant._src.core.context").Context(
        conforms_to="http://mlcommons.org/croissant/1.1"
    )
    official = rdf.make_context(context)
    assert {key: CONTEXT[key] for key in official} == official
    assert CONTEXT[WRITTEN_BY] is None, "no statement"


@every_case
def test_a_license_is_stated_where_it_is_concluded_and_nowhere_else(case: Case) -> None:
    found = document(case())
    files = named(found["distribution"])
    licenses = offers_of(case()).licenses
    for item in offers_of(case()).items:
        for part in item.parts:
            file = files.get(f"item:{item.id}:part:{part.id}")
            if file is None:
                continue
            if part.concluded is None:
                assert file["license"]["name"] == NO_LICENSE
                assert "url" not in file["license"]
            else:
                assert file["license"] == licenses[part.concluded].url
    of_files = [file["license"] for file in found.get("distribution", [])]
    assert [each for each in of_files if each not in found["license"]] == []


def test_each_download_is_a_file_of_its_own() -> None:
    files = named(document(study())["distribution"])
    assert "item:lidc:part:42123" in files
    images = files["item:lidc:part:42123"]
    assert images["contentUrl"] == "https://www.cancerimagingarchive.net/collection/lidc-idri/"
    assert images["encodingFormat"] == "text/html"
    said = {each["name"]: each["value"] for each in images["additionalProperty"]}
    assert said["download id"] == "42123"
    assert said["file types"] == ["DICOM"]
    assert not {"sha256", "md5", "contentSize"} & set(images)
    assert files["item:kits:files"]["contentUrl"] == "https://doi.org/10.5281/zenodo.1"
    assert not [name for name in files if name.startswith("item:ours")], "no page gives them out"
    assert files["item:gbm:part:" + next(part.id or "" for part in _parts("gbm"))]["conditionsOfAccess"]


def _parts(id_: str) -> Any:
    return next(item.parts for item in offers_of(study()).items if item.id == id_)


def test_controlled_access_and_access_that_is_not_known_are_told() -> None:
    items = named(document(study())["hasPart"])
    assert "controlled" in {part.access for part in _parts("gbm")}
    assert "open" in items["item:lidc"]["conditionsOfAccess"]
    assert "not known" in items["item:ours"]["conditionsOfAccess"]


def test_the_whole_says_what_is_known_of_all_and_no_more() -> None:
    found = document(study())
    assert found["isLiveDataset"] is True
    assert found["datePublished"] == max(
        str(dataset.citation.year) for dataset in study().datasets if dataset.id in _held()
    )
    assert found["version"] == "2026.11.22"
    assert "10.7937/K9/TCIA.2015.LO9QL9SX" in found["citeAs"].upper()
    assert not [key for key in found if key.startswith("rai:")]
    assert "url" not in found, "a selection of several has no page"
    assert document(example("published-model"))["url"].endswith("/nsclc-radiomics/")


def _held() -> set[str | None]:
    return {holding.dataset for holding in study().holdings}


def test_what_is_undecided_is_no_permission() -> None:
    policies = named(document(SAMPLE)["usageInfo"])
    phantom = policies["policy:item:Phantom%20FDA"]
    assert "Not decided, which is no permission: " in phantom["description"]
    assert "Permitted" not in phantom["description"]
    for file in document(SAMPLE)["distribution"]:
        assert file["usageInfo"]["@id"] in {policy["@id"] for policy in policies.values()}


@every_case
def test_a_policy_permits_what_the_check_found_permitted_and_nothing_else(case: Case) -> None:
    policies = {policy["@id"]: policy for policy in document(case()).get("usageInfo", [])}
    for item in offers_of(case()).items:
        policy = policies[urn(study_name(case().project.title), "policy", "item", item.id)]
        for key, found in (("odrl:permission", item.permissions), ("odrl:prohibition", item.prohibitions)):
            actions = [rule["odrl:action"]["@id"] for rule in policy.get(key, [])]
            assert actions == [f"terms:{each.activity.value}" for each in found]
        assert ("odrl:Set" in policy["@type"]) == bool(item.permissions or item.prohibitions)
        duties = [duty for rule in policy.get("odrl:permission", []) for duty in rule.get("odrl:duty", [])]
        assert len(duties) == sum(len(each.duties) for each in item.permissions)


@every_case
def test_each_duty_is_told_in_full_once(case: Case) -> None:
    duties = [value for key, value in _all(document(case())) if key == "odrl:duty"]
    told = [duty["@id"] for each in duties for duty in each if len(duty) > 1]
    assert sorted(told) == sorted({duty["@id"] for each in duties for duty in each})


def test_what_the_policies_say_is_odrl() -> None:
    rdflib = pytest.importorskip("rdflib")
    odrl = pytest.importorskip("rdflib.namespace").ODRL2
    graph = rdflib.Graph().parse(data=render_croissant(SAMPLE), format="json-ld")
    terms = {term for triple in graph for term in triple if str(term).startswith(str(odrl))}
    assert terms
    assert all(term in odrl for term in terms)
    assert set(graph.subjects(rdflib.RDF.type, odrl.Set)) >= set(graph.subjects(odrl.permission))


@every_case
def test_it_is_known_as_our_own_file(case: Case) -> None:
    assert is_marked(render_croissant(case()).encode())


def test_the_page_shows_what_is_written() -> None:
    page = (EXAMPLES.parent / "docs" / "machine-terms.md").read_text(encoding="utf-8")
    section = page.partition("## Croissant\n")[2].partition("\n## ")[0]
    shown = [json.loads(block) for block in re.findall(r"^```json\n(.*?)^```", section, re.MULTILINE | re.DOTALL)]
    found = document(example("published-model"))["distribution"]
    assert shown
    assert all(any(each.items() <= node.items() for node in found) for each in shown)


def test_nothing_in_it_can_act() -> None:
    text = render_croissant(EVIL_SAMPLE)
    assert not [letter for letter in text if ord(letter) < 32 and letter != "\n"]
    assert not any(mark in text for mark in ("\u202e", "\x9b", "\x7f"))
    addresses = [value for key, value in _all(json.loads(text)) if key in ("@id", "url", "contentUrl", "sameAs")]
    assert addresses
    assert [
        each
        for each in addresses
        if not each.startswith((URN, "https://", "http://", "cr:", "odrl:", "terms:", "obo:"))
    ] == []


def _all(node: object) -> list[tuple[str, Any]]:
    if isinstance(node, dict):
        return [pair for key, value in node.items() if key != "@context" for pair in ((key, value), *_all(value))]
    return [pair for each in node for pair in _all(each)] if isinstance(node, list) else []
