"""A release beside a project: what its files say is compared with what the project states."""

import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.errors import InputError
from tcia_policy.model import Assessment, Verdict
from tcia_policy.registry import Registry

PROJECT = """use:
  purpose: noncommercial
  activities: [train-model, release-model]
  outputs: [{kind: model, license: CC-BY-NC-4.0}]
positions: {model-is-adaptation: {value: true, by: Office of Counsel, on: 2026-03-02}}
data: [{dataset: NSCLC-Radiomics}]
release: [model]
"""
CARD = "---\nlicense: cc-by-nc-4.0\nlibrary_name: monai\ndatasets: [NSCLC-Radiomics]\n---\n# Tumor model\n"


@cache
def registry() -> Registry:
    return Registry.load()


def judged(folder: Path, files: Mapping[str, str], project: str = PROJECT) -> Assessment:
    for name, text in {**files, "tcia-policy.yaml": project}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return assess(Case.open(folder, library=Library(registry())))


def said_by(result: Assessment, rule: str) -> list[str]:
    return [each.because for each in result.findings if each.rule == rule]


def test_a_card_that_says_what_the_project_says_adds_nothing(tmp_path: Path) -> None:
    result = judged(tmp_path, {"model/README.md": CARD})
    assert [output.license for output in result.project.use.outputs or ()] == ["CC-BY-NC-4.0"]
    assert not any(each.rule.startswith("release-li") for each in result.findings)
    assert result.release is not None
    assert not result.release.selects


def test_what_the_card_says_is_judged_although_the_project_says_something_else(tmp_path: Path) -> None:
    result = judged(tmp_path, {"model/README.md": CARD.replace("cc-by-nc-4.0", "apache-2.0")})
    assert result.verdict is Verdict.PROHIBITED
    assert said_by(result, "release-noncommercial-not-passed-on")[0].startswith("model/README.md:2 states Apache-2.0")
    assert (
        "model/README.md:2 states Apache-2.0; the project states CC-BY-NC-4.0 for model"
        in said_by(result, "release-license-differs")[0]
    )


def test_of_two_licenses_each_place_says_which_it_states(tmp_path: Path) -> None:
    card = CARD.replace("cc-by-nc-4.0", "apache-2.0")
    result = judged(tmp_path, {"model/README.md": card, "model/LICENSE": "SPDX-License-Identifier: MIT\n"})
    (because,) = said_by(result, "release-noncommercial-not-passed-on")
    assert because.startswith("model/LICENSE:1 (MIT), model/README.md:2 (Apache-2.0) states")


def test_what_gives_all_rights_away_is_no_better_than_a_license_for_any_use(tmp_path: Path) -> None:
    result = judged(tmp_path, {"model/README.md": CARD.replace("cc-by-nc-4.0", "cc0-1.0")})
    assert said_by(result, "release-noncommercial-not-passed-on")


def test_a_file_that_does_not_say_what_it_is_of_is_of_every_output_of_the_project(tmp_path: Path) -> None:
    same = judged(tmp_path, {"model/README.md": "---\nlicense: cc-by-nc-4.0\n---\n# Ours\n"})
    assert [output.name for output in same.project.use.outputs or ()] == ["model under CC-BY-NC-4.0"]
    other = judged(tmp_path, {"model/README.md": "---\nlicense: mit\n---\n# Ours\n"})
    assert other.verdict is Verdict.PROHIBITED


def test_a_model_that_is_no_adaptation_may_carry_any_license(tmp_path: Path) -> None:
    project = PROJECT.replace("value: true", "value: false").replace("CC-BY-NC-4.0", "Apache-2.0")
    result = judged(tmp_path, {"model/README.md": CARD.replace("cc-by-nc-4.0", "apache-2.0")}, project)
    assert result.verdict is not Verdict.PROHIBITED


def test_data_and_weights_that_only_the_card_states_are_asked_about(tmp_path: Path) -> None:
    card = CARD.replace("[NSCLC-Radiomics]", "[NSCLC-Radiomics, LIDC-IDRI]\nbase_model: somebody/weights")
    result = judged(tmp_path, {"model/README.md": card})
    assert "LIDC-IDRI, which the project does not declare" in said_by(result, "release-states-undeclared-data")[0]
    assert "somebody/weights" in said_by(result, "release-base-model-undeclared")[0]
    assert result.verdict is Verdict.UNDETERMINED


def test_data_that_the_text_of_a_release_says_were_used_are_asked_about(tmp_path: Path) -> None:
    used = judged(tmp_path, {"model/README.md": f"{CARD}\nWe also trained on the LIDC-IDRI dataset from TCIA.\n"})
    assert "LIDC-IDRI, which the project does not declare" in said_by(used, "release-states-undeclared-data")[0]
    assert used.exit_code in (1, 3)
    assert said_by(used, "release-names-undeclared-data") == []


def test_data_that_the_text_of_a_release_plans_to_use_are_named(tmp_path: Path) -> None:
    named = judged(tmp_path, {"model/README.md": f"{CARD}\nWe will extend it to the LIDC-IDRI dataset.\n"})
    assert said_by(named, "release-states-undeclared-data") == []
    assert "LIDC-IDRI" in said_by(named, "release-names-undeclared-data")[0]


def test_data_that_the_study_did_not_use_may_be_named(tmp_path: Path) -> None:
    card = f"{CARD}\nUnlike others, we did not train on LIDC-IDRI.\n"
    named = judged(tmp_path, {"model/README.md": card}, f"{PROJECT}not_used: [LIDC-IDRI]\n")
    assert said_by(named, "release-names-undeclared-data") == []


@pytest.mark.parametrize(
    "license_",
    ["other", "my-own-terms", "{id: mit}", "null", "''", "7", "[mit, unheard-of]", "[]", "Academic use only"],
)
def test_a_license_that_is_not_understood_never_passes(tmp_path: Path, license_: str) -> None:
    result = judged(tmp_path, {"model/README.md": CARD.replace("cc-by-nc-4.0", license_)})
    assert said_by(result, "release-license-not-understood")
    assert result.exit_code in (1, 3)


def test_a_folder_that_says_nothing_never_passes(tmp_path: Path) -> None:
    result = judged(tmp_path, {"model/weights.bin": "0"})
    assert said_by(result, "release-says-nothing")
    assert result.exit_code in (1, 3)


def test_a_folder_that_is_not_there_is_an_error_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        judged(tmp_path, {"README.md": ""})
    assert (caught.value.line, caught.value.field) == (7, "release[0]")


def test_a_command_can_name_another_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged(tmp_path, {"model/README.md": CARD, "other/README.md": CARD.replace("cc-by-nc-4.0", "mit")})
    monkeypatch.chdir(tmp_path)
    result = assess(Case.open(None, CaseOptions(release=("other",)), Library(registry())))
    assert result.release is not None
    assert result.release.paths == ("other",)
    assert result.verdict is Verdict.PROHIBITED


def test_the_license_of_a_zip_is_read_as_that_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "tcia-policy.yaml").write_text(PROJECT.replace("[model]", "[model.zip]"), encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "model.zip", "w") as archive:
        archive.writestr("model/README.md", CARD.replace("cc-by-nc-4.0", "other\nlicense_link: LICENSE"))
        archive.writestr("model/LICENSE", "CC0 1.0 Universal\n")
    result = assess(Case.open(tmp_path, library=Library(registry())))
    assert result.release is not None
    said = {each.place: each.license for file in result.release.files for each in file.says if each.topic == "license"}
    assert said == {"model.zip/model/LICENSE:1": "CC0-1.0", "model.zip/model/README.md:3": "CC0-1.0"}


@pytest.mark.parametrize(
    ("address", "data", "told"),
    [
        ("by-nc/3.0", "{dataset: NSCLC-Radiomics}", False),
        ("by/4.0", "{dataset: NSCLC-Radiomics}", True),
        # The license of data outside the registry may be the one that the file means.
        ("by/4.0", "{dataset: NSCLC-Radiomics}, {other: {name: Lungs}}", False),
        ("by/4.0", "{dataset: NSCLC-Radiomics}, {other: {name: Lungs, license: CC-BY-4.0}}", False),
    ],
)
def test_a_license_of_data_that_no_source_states_is_told(tmp_path: Path, address: str, data: str, told: bool) -> None:
    files = {"model/README.md": CARD, "model/data_license.txt": f"https://creativecommons.org/licenses/{address}/\n"}
    found = judged(tmp_path, files, PROJECT.replace("{dataset: NSCLC-Radiomics}", data))
    assert bool(said_by(found, "release-data-license-differs")) == told
