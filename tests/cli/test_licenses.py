"""`tcia-policy licenses`: which licenses may an output carry?"""

import json
from pathlib import Path

import pytest

from tcia_policy.model import OutputKind
from tests.cli.run import DAY, EXAMPLES, HOUSE, Project, run

NODULES = EXAMPLES / "lung-nodules"
BY_AND_NC = """\
use: {purpose: noncommercial}
data:
  - collection: LIDC-IDRI
  - {other: {name: "Clinic\\u001b[31m", license: CC-BY-NC-4.0}}
"""


def choices(*arguments: str | Path) -> list[dict[str, object]]:
    ran = run("licenses", *arguments, "--as-of", DAY, "--format", "json")
    assert ran.code == 0
    found: list[dict[str, object]] = json.loads(ran.out)["choices"]
    return found


def test_licences_come_best_first_with_why_not_for_the_rest_and_which_data_decide() -> None:
    ran = run("licenses", "--for", "segmentations", NODULES, "--as-of", DAY, "-v")
    assert ran.code == 0
    headings = ["May be chosen (permitted)", "asks something more (conditional)", "(undetermined)"]
    places = [ran.out.index(heading) for heading in headings]
    assert places == sorted(places)
    of_fit, of_more, of_open = (ran.out[place:] for place in places)
    assert of_fit.split("\n")[2] == "  CC-BY-NC-4.0, CC-BY-NC-3.0, CC-BY-NC-SA-4.0, CC-BY-NC-SA-3.0, CC-BY-NC-ND-4.0"
    assert of_more.index("CC-BY-4.0, CC-BY-3.0") < of_more.index("(undetermined)")
    assert "MIT, BSD-3-Clause, Apache-2.0" in of_open
    assert "decided by      NSCLC-Radiomics" in ran.out
    assert "[cc-noncommercial-data-license]" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def answer(*arguments: str | Path) -> str:
    ran = run("licenses", *arguments, "--as-of", DAY)
    assert ran.code == 0
    return " ".join(ran.out.split("\n\n")[0].split())


def test_the_answer_comes_first() -> None:
    assert answer("--for", "model", NODULES) == (
        "LICENSES model: Apache-2.0 may be chosen; every license that was tried may be chosen."
    )
    supposed = answer("--for", "model", NODULES, "--set", "positions.model-is-adaptation=true")
    assert supposed.startswith("LICENSES model: Apache-2.0 cannot be judged, because of NSCLC-Radiomics; only ")
    assert supposed.endswith("(6 of them ask something more), because of NSCLC-Radiomics.")
    none = answer("--for", "model", EXAMPLES / "commercial-product")
    assert none.startswith("LICENSES model: no license is known to be fit, because of NSCLC-Radiomics, ")


def test_a_data_item_can_be_left_out_in_any_spelling() -> None:
    assert "only" in answer("--for", "segmentations", NODULES)
    without = run("licenses", "--for", "segmentations", NODULES, "--without", "nsclc radiomics", "--as-of", DAY).out
    assert "  without         NSCLC-Radiomics\n" in without
    assert "  fit             CC-BY-4.0, CC-BY-3.0" in without
    wrong = run("licenses", "--for", "segmentations", NODULES, "--without", "NSCLC")
    assert (wrong.code, "--without: " in wrong.err) == (2, True)


def test_an_institutions_rules_count(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text(HOUSE, encoding="utf-8")
    assert answer("--for", "model", NODULES, "--rules", tmp_path).startswith(
        "LICENSES model: Apache-2.0 may not be chosen, because of LIDC-IDRI, NSCLC-Radiomics and CPTAC-LUAD; no license"
    )


def test_json_has_the_same_order_and_names_the_inputs_that_decide() -> None:
    found = choices("--for", "derived-images", NODULES)
    assert [(each["license"], each["verdict"]) for each in found][:2] == [
        ("CC-BY-NC-4.0", "permitted"),
        ("CC-BY-NC-3.0", "permitted"),
    ]
    by_license = {each["license"]: each for each in found}
    assert by_license["CC-BY-4.0"]["decided_by"] == ["NSCLC-Radiomics"]
    assert by_license["CC0-1.0"]["decided_by"] == ["LIDC-IDRI", "NSCLC-Radiomics", "CPTAC-LUAD"]


@pytest.mark.parametrize("kind", OutputKind)
def test_every_output_can_be_asked_for_from_the_folder_of_the_project(kind: OutputKind) -> None:
    ran = run("licenses", "--for", kind.value, cwd=NODULES)
    assert ran.code == 0
    assert ran.out.startswith(f"LICENSES  {kind.value}: ")
    assert "\n  released by     " in ran.out


def test_a_licence_is_no_better_than_what_check_says_of_a_project_that_states_it(project: Project) -> None:
    for each in choices("--for", "segmentations", NODULES):
        path = project(
            "use:\n  purpose: noncommercial\n  activities: [share-derived-data]\n"
            f"  outputs: [{{kind: segmentations, license: {each['license']}}}]\n"
            "data: [{collection: LIDC-IDRI}, {collection: NSCLC-Radiomics, distributions: [images]}]\n"
        )
        verdict = json.loads(run("check", path, "--as-of", DAY, "--format", "json").out)["verdict"]
        expected = "conditional" if each["verdict"] == "permitted" else each["verdict"]  # attribution is owed anyway
        assert verdict == expected, each["license"]


def test_a_purpose_that_the_data_forbid_leaves_no_licence() -> None:
    found = choices("--for", "model", EXAMPLES / "commercial-product")
    assert {each["verdict"] for each in found} == {"prohibited"}
    assert found[0]["decided_by"] == [
        "NSCLC-Radiomics",
        "Breast-Cancer-Screening-DBT",
        "Phantom FDA",
    ]  # the grant is for a product


def test_copies_are_first_of_all_passed_on_as_they_are() -> None:
    first = choices("--for", "dataset-copy", NODULES)[0]
    assert (first["license"], first["verdict"]) == (None, "permitted")
    assert "(each copy under its own license)" in run("licenses", "--for", "dataset-copy", NODULES).out


def test_names_from_the_project_do_not_reach_the_terminal_as_controls(project: Project) -> None:
    path = project(BY_AND_NC)
    ran = run("licenses", "--for", "figures", path)
    assert (ran.code, "\x1b" in ran.out) == (0, False)
    assert "\x1b" not in run("licenses", "--for", "figures", path, "--format", "json").out


def test_the_same_input_gives_the_same_bytes() -> None:
    arguments = ("licenses", "--for", "model", NODULES, "--as-of", DAY, "--format", "json")
    assert run(*arguments).out == run(*arguments).out


def test_an_unknown_output_is_named_with_those_that_there_are() -> None:
    ran = run("licenses", "--for", "modle", NODULES)
    assert (ran.code, ran.out) == (2, "")
    assert "unknown output 'modle'" in ran.err
    assert "segmentations, labels, features, embeddings, synthetic-images, text, model" in ran.err
