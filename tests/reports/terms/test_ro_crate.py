"""RO-Crate: judged by `rocrate`, which reads it, and by roc-validator's required checks, without the network."""

import json
import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tcia_policy.files.written_by import is_marked
from tcia_policy.model import Assessment, Verdict
from tcia_policy.reports.formats import document_by_name
from tcia_policy.reports.terms.addresses import NAMESPACE, urn
from tcia_policy.reports.terms.ro_crate import CONTEXT, NO_LICENSE, render_ro_crate
from tests.cli.run import EXAMPLES, run
from tests.reports.assessments import EVIL_SAMPLE, SAMPLE, assessed_again
from tests.reports.terms.studies import Case, every_case, example, study

Nodes = dict[str, dict[str, Any]]
JUDGED = {"study": study, "evil": lambda: EVIL_SAMPLE, "published-model": lambda: example("published-model")}
Judge = Callable[[str], list[str]]


def nodes(assessment: Assessment) -> Nodes:
    graph = json.loads(render_ro_crate(assessment))["@graph"]
    found = {node["@id"]: node for node in graph}
    assert len(found) == len(graph)
    return found


def as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


@pytest.fixture
def judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Judge:
    """Return a function that gives the messages of roc-validator on some metadata; the context comes from `rocrate`."""
    services = pytest.importorskip("rocrate_validator.services")
    http = pytest.importorskip("rocrate_validator.utils.http")
    models = pytest.importorskip("rocrate_validator.models")
    context = files(pytest.importorskip("rocrate")).joinpath("data", "ro-crate.jsonld").read_text(encoding="utf-8")

    answer = SimpleNamespace(
        status_code=200,
        ok=True,
        text=context,
        content=context.encode(),
        headers={"Content-Type": "application/ld+json"},
        json=lambda: json.loads(context),
        raise_for_status=lambda: None,
    )

    def get(_: object, url: str, *__: object, **___: object) -> SimpleNamespace:
        assert url == CONTEXT
        return answer

    def judged(text: str) -> list[str]:
        (tmp_path / "ro-crate-metadata.json").write_text(text, encoding="utf-8")
        settings = services.ValidationSettings(
            rocrate_uri=str(tmp_path),
            profile_identifier="ro-crate-1.1",
            requirement_severity=models.Severity.REQUIRED,
        )
        return [issue.message for issue in services.validate(settings).get_issues()]

    monkeypatch.setattr(http.HttpRequester, "get", get, raising=False)
    return judged


@pytest.mark.parametrize("case", JUDGED.values(), ids=list(JUDGED))
def test_the_validator_has_nothing_against_what_is_required(case: Case, judge: Judge) -> None:
    assert judge(render_ro_crate(case())) == []


def test_the_validator_would_see_what_is_missing(judge: Judge) -> None:
    document = json.loads(render_ro_crate(SAMPLE))
    del document["@graph"][1]["license"]
    assert any("license" in message for message in judge(json.dumps(document)))


@every_case
def test_the_library_reads_it_and_takes_nothing_for_a_file_of_the_crate(case: Case, tmp_path: Path) -> None:
    crates = pytest.importorskip("rocrate.rocrate")
    text = render_ro_crate(case())
    (tmp_path / "ro-crate-metadata.json").write_text(text, encoding="utf-8")
    crate = crates.ROCrate(tmp_path)
    assert crate.data_entities == []
    assert len(list(crate.get_entities())) == len(json.loads(text)["@graph"])


def references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from [value["@id"]] if set(value) == {"@id"} else ()
        for each in value.values():
            yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


@every_case
def test_everything_that_is_named_is_there(case: Case) -> None:
    found = nodes(case())
    for node in found.values():
        assert {each for each in references(node) if not each.startswith("https://w3id.org/ro/crate/")} <= set(found)
    mentioned = {each["@id"] for each in as_list(found["./"]["mentions"])}
    assert mentioned == {each for each in found if re.fullmatch(r"#(check|(item|output):[^:]*)", each)}


@every_case
def test_all_data_and_outputs_have_a_license_of_their_own_or_say_that_none_is_asserted(case: Case) -> None:
    assessment = case()
    found = nodes(assessment)
    ours = [each for name, each in found.items() if re.match("#(item|output):(?!.*:no-license$)", name)]
    assert ours or not assessment.holdings
    for node in (*ours, found["./"]):
        license_ = found[node["license"]["@id"]]
        assert license_["@type"] == "CreativeWork"
        assert (license_["name"] == NO_LICENSE) == license_["@id"].endswith(":no-license")


def test_a_license_on_which_sources_disagree_is_not_asserted_and_told() -> None:
    part = nodes(SAMPLE)["#item:Phantom%20FDA:part:images"]
    said = nodes(SAMPLE)[part["license"]["@id"]]
    assert said["name"] == NO_LICENSE
    assert "CC BY 3.0" in said["description"]
    assert "CC BY-NC 3.0" in said["description"]


def test_an_output_has_the_license_that_the_project_states_only_where_it_is_cleared() -> None:
    assessment = study()
    found = nodes(assessment)
    outputs = [each for name, each in found.items() if re.match("#output:(?!.*:no-license$)", name)]
    cleared = [each.cleared and each.output.license is not None for each in assessment.clearance.outputs]
    assert [found[each["license"]["@id"]]["name"] != NO_LICENSE for each in outputs] == cleared
    prohibited = nodes(example("published-model"))
    assert "must not be released" in prohibited["#output:model=CC-BY-NC-4.0"]["description"]


@every_case
def test_what_is_not_decided_is_not_said_to_be_permitted(case: Case) -> None:
    assessment = case()
    found = nodes(assessment)
    for held in assessment.holdings:
        checked = found["#" + urn("item", held.id).removeprefix(f"{NAMESPACE}:")]["description"].rpartition(
            "Checked as"
        )
        said = re.findall(r"Permitted[^:]*: ([^.]*)\.", checked[2])
        allowed = {
            cell.activity.value
            for cell in assessment.verdicts
            if cell.holding == held.id and cell.verdict in (Verdict.PERMITTED, Verdict.CONDITIONAL)
        }
        assert set(", ".join(said).split(", ")) - {""} <= allowed


def test_the_authors_of_the_project_are_those_of_the_root() -> None:
    project = SAMPLE.project.model_copy(update={"authors": ("Ann Author",)})
    found = nodes(assessed_again(SAMPLE, project=project))
    assert found[found["./"]["author"]["@id"]]["name"] == "Ann Author"


def test_nothing_of_evil_texts_is_an_address_or_a_control() -> None:
    text = render_ro_crate(EVIL_SAMPLE)
    found = nodes(EVIL_SAMPLE)
    assert not [each for each in found if not re.match(r"#|\./$|https?://|ro-crate-metadata\.json$|urn:tcia", each)]
    assert not [each for each in found if re.search(r'[\x00-\x20<>"{}|\\^`]', each)]
    assert not [each["url"] for each in found.values() if not str(each.get("url", "http")).startswith("http")]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]", text)


def test_it_is_written_by_either_name_and_known_as_our_own(tmp_path: Path) -> None:
    for name in ("study.ro-crate.json", "ro-crate-metadata.json"):
        form = document_by_name(name)
        assert form is not None
        assert form.name == "ro-crate"
        assert run("report", EXAMPLES / "published-model", "-o", tmp_path / name).code == 0
        assert is_marked((tmp_path / name).read_bytes())


def test_the_page_shows_a_statement_as_it_is_written() -> None:
    page = (EXAMPLES.parent / "docs" / "machine-terms.md").read_text(encoding="utf-8")
    shown = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", page, re.DOTALL)]
    ours = [block for block in shown if block.get("name") == NO_LICENSE]
    assert [nodes(example("published-model"))[block["@id"]] for block in ours] == ours != []
