"""`tcia-policy init`: a project file that `check` reads back."""

import json
import os
import pty
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.files import located_yaml
from tcia_policy.model import Activity, DataItem, Project, Purpose
from tcia_policy.reports.project_file import Beginning, Item, render_project_file
from tests.cli.run import COMMAND, DAY, EXAMPLES, run
from tests.cohorts import idc
from tests.cohorts.dicom_files import dicom_of
from tests.work import PATIENCE

MANIFEST = EXAMPLES / "lung-nodules" / "cohort" / "nsclc-radiomics.tcia"


def test_what_init_writes_check_reads(tmp_path: Path) -> None:
    shutil.copy(MANIFEST, tmp_path / "cohort.tcia")
    wrote = run(
        *("init", "cohort.tcia", "lidc idri", "doi:10.7937/K9/TCIA.2018.PAT12TBS", "--purpose", "noncommercial"),
        *("--activity", "analyze", "--activity", "publish-results"),
        cwd=tmp_path,
    )
    assert (wrote.code, wrote.out) == (0, "")
    assert wrote.err == "wrote tcia-policy.yaml; next: tcia-policy check tcia-policy.yaml\n"
    checked = run("check", tmp_path, "--format", "json", "--as-of", DAY)
    assert checked.code == 0
    assessment = json.loads(checked.out)
    assert [holding["dataset"] for holding in assessment["holdings"]] == ["NSCLC-Radiomics", "LIDC-IDRI", "CPTAC-LUAD"]
    assert assessment["activities"] == ["analyze", "publish-results"]


def test_paths_are_relative_to_the_file_that_is_written(tmp_path: Path) -> None:
    for folder in ("data", "paper", "elsewhere"):
        (tmp_path / folder).mkdir()
    shutil.copy(MANIFEST, tmp_path / "data" / "cohort.tcia")
    study = tmp_path / "paper" / "study.yaml"
    assert (
        run("init", "../data/cohort.tcia", "../data/", "-o", "../paper/study.yaml", cwd=tmp_path / "elsewhere").code
        == 0
    )
    text = study.read_text(encoding="utf-8")
    assert 'manifest: "../data/cohort.tcia"' in text
    assert 'folder: "../data"' in text
    assert "60 series" in run("check", "-vv", study, cwd=tmp_path / "elsewhere").out


def test_what_is_left_open_stays_unknown(tmp_path: Path) -> None:
    study = tmp_path / "study.yaml"
    assert run("init", "LIDC-IDRI", "-o", study).code == 0
    assert run("check", study).code == 3
    study.unlink()
    assert run("init", "LIDC-IDRI", "--purpose", "commercial", "-o", study).code == 0
    assert run("check", study).code == 3


def test_a_file_that_exists_is_kept_unless_told_otherwise(tmp_path: Path) -> None:
    study = tmp_path / "tcia-policy.yaml"
    study.write_text("mine", encoding="utf-8")
    ran = run("init", "LIDC-IDRI", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "exists already" in ran.err
    assert study.read_text(encoding="utf-8") == "mine"
    assert run("init", "LIDC-IDRI", "--overwrite", cwd=tmp_path).code == 0
    assert study.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("LIDC-IDR",), "unknown dataset 'LIDC-IDR'"),
        (("nowhere.tcia",), "nowhere.tcia: no such file"),
        (
            ("LIDC-IDRI", "--purpose", "academic"),
            "--purpose: unknown value 'academic'\n  use one of commercial, noncommercial",
        ),
        (
            ("LIDC-IDRI", "--activity", "analyse"),
            "--activity: unknown value 'analyse'\n  did you mean 'analyze'? use one",
        ),
    ],
)
def test_wrong_input_writes_nothing(tmp_path: Path, arguments: tuple[str, ...], problem: str) -> None:
    ran = run("init", *arguments, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert problem in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("output", ["loop", "loop/study.yaml"])
def test_links_that_lead_in_a_circle_are_one_error(tmp_path: Path, output: str) -> None:
    (tmp_path / "loop").symlink_to("pool")
    (tmp_path / "pool").symlink_to("loop")
    ran = run("init", "LIDC-IDRI", "-o", output, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {output}: ")


def test_a_file_name_that_is_not_utf8_is_one_error(tmp_path: Path) -> None:
    shutil.copy(MANIFEST, tmp_path / os.fsdecode(b"k\xf6ln.tcia"))
    ran = run("init", os.fsdecode(b"k\xf6ln.tcia"), cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "is not UTF-8" in ran.err
    assert not (tmp_path / "tcia-policy.yaml").exists()


def test_on_a_terminal_it_asks_until_the_answer_is_a_word_it_knows(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "init", "LIDC-IDRI"], stdin=theirs, stderr=theirs, stdout=theirs, cwd=tmp_path
    ) as it:
        os.close(theirs)
        os.write(ours, b"academic\nnoncommercial\nanalyze, publish-results\n")
        assert it.wait(PATIENCE) == 0
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert "unknown value 'academic'" in shown
    project = located_yaml.read(tmp_path / "tcia-policy.yaml").parse(Project)
    assert project.use.purpose is Purpose.NONCOMMERCIAL
    assert project.use.activities == (Activity.ANALYZE, Activity.PUBLISH_RESULTS)


@given(
    st.text(st.characters(exclude_categories=["Cs"])).filter(str.strip),
    st.sampled_from(["dataset", "doi", "series", "manifest", "folder"]),
    st.sampled_from([None, *Purpose]),
    st.lists(st.sampled_from(Activity), unique=True),
)
def test_any_text_comes_back_as_it_was(
    text: str, kind: str, purpose: Purpose | None, activities: list[Activity]
) -> None:
    item = DataItem.model_validate({kind: text})
    written = render_project_file([Item(item)], Beginning(text, purpose, activities))
    project = located_yaml.parse_text(Path("study.yaml"), written).parse(Project)
    assert project.data == (item,)
    assert project.title == text
    assert (project.use.purpose, project.use.activities) == (purpose, tuple(activities) or None)


def test_the_first_line_names_a_schema_that_is_there(tmp_path: Path) -> None:
    assert run("init", "LIDC-IDRI", cwd=tmp_path).code == 0
    first = (tmp_path / "tcia-policy.yaml").read_text(encoding="utf-8").splitlines()[0]
    address = first.removeprefix("# yaml-language-server: $schema=")
    schema = Path(url2pathname(urlsplit(address).path)).read_text(encoding="utf-8")
    assert "data" in json.loads(schema)["properties"]


def test_a_dataset_with_open_and_controlled_parts_lists_them_and_stays_open_until_they_are_named(
    tmp_path: Path,
) -> None:
    ran = run("init", "BraTS-TCGA-GBM", "--purpose", "noncommercial", "--activity", "analyze", cwd=tmp_path)
    assert ran.err.startswith("note: brats-tcga-gbm has open and controlled parts; name those that you used in ")
    study = tmp_path / "tcia-policy.yaml"
    text = study.read_text(encoding="utf-8")
    assert "#   45719: Processed NIFTI images with segmentations and radiomic features (open, CC BY 3.0)" in text
    assert "#   45721: BRATS 2017 Test Data Set (controlled, NIH controlled access)" in text
    assert run("check", "--as-of", DAY, cwd=tmp_path).code == 3
    named = text.replace('#    distributions: ["45719", "45721"]', '    distributions: ["45719"]')
    study.write_text(named, encoding="utf-8")
    assert run("check", "--as-of", DAY, cwd=tmp_path).code == 0


def test_every_comment_that_can_be_filled_in_is_yaml_that_opens(tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_text("\\documentclass{article}\n", encoding="utf-8")
    (tmp_path / "model").mkdir()
    assert run("init", "LIDC-IDRI", "NLST", cwd=tmp_path).code == 0
    text = (tmp_path / "tcia-policy.yaml").read_text(encoding="utf-8")
    filled = re.sub(r"^#(?=(  )*[a-z])", "", text, flags=re.M)
    project = located_yaml.parse_text(Path("study.yaml"), filled).parse(Project)
    assert project.manuscript == ("paper.tex",)
    assert project.release == ("model/",)
    assert project.use.country == "US"
    assert project.use.outputs is not None
    assert project.use.outputs[0].trained_on == ("lidc-idri", "nlst-2")
    (tmp_path / "tcia-policy.yaml").write_text(filled, encoding="utf-8")
    assert run("check", "--as-of", DAY, cwd=tmp_path).code in (0, 1, 3)


def test_the_place_that_files_show_is_written_down(tmp_path: Path) -> None:
    series = idc.series_of(idc.LIDC, 2)
    (tmp_path / "m.s5cmd").write_text("".join(f"cp s3://idc-open-data/{each.uuid}/* .\n" for each in series))
    down = tmp_path / "down" / series[0].uuid
    down.mkdir(parents=True)
    (down / "a.dcm").write_bytes(dicom_of(series[0].uid))
    assert run("init", "m.s5cmd", "down", "LIDC-IDRI", cwd=tmp_path).code == 0
    text = (tmp_path / "tcia-policy.yaml").read_text(encoding="utf-8")
    assert text.count("obtained_from: idc   # the files show it") == 2
    checked = json.loads(run("check", tmp_path, "--format", "json", "--as-of", DAY).out)
    assert [each["obtained_from"] for each in checked["holdings"]] == ["idc", "idc", "tcia"]


def test_it_says_what_it_did_not_understand(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("LIDC-IDRI\nfoo bar\n", encoding="utf-8")
    ran = run("init", "list.txt", "--release", "model=MIT", cwd=tmp_path)
    assert "warning: not known of list: 1 entry of list.txt not understood; line 2: foo bar" in ran.err
    text = (tmp_path / "tcia-policy.yaml").read_text(encoding="utf-8")
    assert "# not known: line 2: foo bar" in text
    assert 'outputs: [{kind: model, license: "MIT"}]' in text


def test_a_dash_prints_the_project_and_writes_no_file(tmp_path: Path) -> None:
    ran = run("init", "LIDC-IDRI", "-o", "-", cwd=tmp_path)
    assert 'dataset: "LIDC-IDRI"' in ran.out
    assert "next:" not in ran.err
    assert list(tmp_path.iterdir()) == []
