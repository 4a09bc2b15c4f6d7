"""`check --release`: kinds of output and folders, as they are typed."""

import json
from pathlib import Path

import pytest

from tcia_policy.cli.release_words import outputs_and_folders, two_meanings
from tcia_policy.errors import InputError
from tests.cli.run import DAY, run

CARD = "---\nlicense: apache-2.0\nlibrary_name: monai\ndatasets: [NSCLC-Radiomics]\n---\n# Model\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "README.md").write_text(CARD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_word_is_a_kind_and_a_path_is_a_path(folder: Path) -> None:
    outputs, folders = outputs_and_folders(["model=Apache-2.0", "segmentations", "./model", "model/", str(folder)])
    assert [output.name for output in outputs] == ["model under Apache-2.0", "segmentations"]
    assert folders == ("./model", "model/", str(folder))


def test_a_word_that_is_a_folder_too_is_told(folder: Path) -> None:
    outputs, folders = outputs_and_folders(["model"])
    assert ([output.kind for output in outputs], folders) == (["model"], ())
    assert list(two_meanings(["model", "model=MIT", "./model"])) == [
        "--release model is taken as a kind of output; for the folder or file of that name, write ./model"
    ]


@pytest.mark.parametrize("typed", ["modle", "modle=MIT"])
def test_a_misspelled_kind_gets_its_suggestion(folder: Path, typed: str) -> None:
    with pytest.raises(InputError) as caught:
        outputs_and_folders([typed])
    assert "did you mean 'model'?" in str(caught.value)


SEGMENTATIONS = """---
pretty_name: Segmentations of lobes
task_categories: [image-segmentation]
source_datasets: [LIDC-IDRI]
---
# Segmentations of lobes

Outlines on scans of LIDC-IDRI.
"""
PROJECT = """use:
  activities: [share-derived-data]
  purpose: noncommercial
  outputs: [{kind: segmentations, license: CC-BY-4.0}]
data: [{dataset: LIDC-IDRI}]
release: [out]
"""


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "README.md").write_text(SEGMENTATIONS, encoding="utf-8")
    (tmp_path / "tcia-policy.yaml").write_text(PROJECT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_alone_says_what_is_wrong_in_which_line(folder: Path) -> None:
    result = run("check", "--release", "model/", "--as-of", DAY)
    assert result.code == 1
    assert "Write CC BY-NC 3.0, not Apache-2.0, in model/README.md:2" in " ".join(result.out.split())
    more = run("check", "--release", "model/", "-v", "--as-of", DAY)
    assert "model/README.md:4: made from: NSCLC-Radiomics" in more.out


def test_a_dry_run_shows_what_would_be_written_and_writes_nothing(study: Path) -> None:
    result = run("check", "--fix", "--dry-run", "--as-of", DAY)
    assert "+license: cc-by-4.0" in result.out
    assert (study / "out" / "README.md").read_text(encoding="utf-8") == SEGMENTATIONS
    assert sorted(path.name for path in (study / "out").iterdir()) == ["README.md"]


def test_what_is_missing_is_written_once_and_counts_when_it_is_filled_in(study: Path) -> None:
    first = run("check", "--fix", "--as-of", DAY)
    card = (study / "out" / "README.md").read_text(encoding="utf-8")
    assert "source_datasets: [LIDC-IDRI]\nlicense: cc-by-4.0\n---\n" in card
    assert "https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx" in card
    assert first.code == 1, "what this program wrote counts for nothing by itself"
    again = run("check", "--fix", "--as-of", DAY)
    assert (study / "out" / "README.md").read_text(encoding="utf-8") == card
    assert "+++" not in again.out
    for name in ("NOTICE", "ATTRIBUTION.md"):
        path = study / "out" / name
        text = path.read_text(encoding="utf-8").partition("\n")[2]
        path.write_text(text.replace("[say what was changed, or that nothing was]", "Nothing."), encoding="utf-8")
    mine = (study / "out" / "NOTICE").read_text(encoding="utf-8")
    last = run("check", "--fix", "--as-of", DAY)
    assert last.code == 0, last.out
    assert (study / "out" / "NOTICE").read_text(encoding="utf-8") == mine


def test_a_fixed_card_is_one_that_the_hub_takes(study: Path) -> None:
    hub = pytest.importorskip("huggingface_hub")
    model = "use:\n  activities: [train-model, release-model]\n  purpose: noncommercial\n"
    model += "  outputs: [{kind: model, license: LicenseRef-proprietary}]\npositions: {model-is-adaptation: false}\n"
    model += "data: [{dataset: LIDC-IDRI}, {dataset: Lung Phantom}]\nrelease: [out]\n"
    (study / "tcia-policy.yaml").write_text(model, encoding="utf-8")
    (study / "out" / "README.md").write_text("---\npipeline_tag: image-segmentation\n---\n# M\n", encoding="utf-8")
    run("check", "--fix", "--as-of", DAY)
    card = hub.ModelCard((study / "out" / "README.md").read_text(encoding="utf-8"))
    assert card.data.datasets == ["LIDC-IDRI"], "the Hub takes no name with a space"
    assert "10.7937/k9/tcia.2015.08a1ixoo" in card.text.lower()
    for name in card.data.datasets:
        hub.utils.validate_repo_id(name)


def test_a_license_that_the_authors_wrote_stays_and_is_told(study: Path) -> None:
    card = study / "out" / "README.md"
    card.write_text(SEGMENTATIONS.replace("---\n", "---\nlicense: mit\n", 1), encoding="utf-8")
    result = run("check", "--fix", "--as-of", DAY)
    assert "license: mit\n" in card.read_text(encoding="utf-8")
    assert "cc-by-4.0" not in card.read_text(encoding="utf-8")
    assert "out/README.md:2" in result.out
    assert result.code == 1


@pytest.mark.parametrize(
    "options", [("--dry-run",), ("--fix", "--format", "json"), ("--fix", "--release", "out/README.md")]
)
def test_options_that_do_not_go_together_are_refused(study: Path, options: tuple[str, ...]) -> None:
    result = run("check", *options)
    assert result.code == 2
    assert "---" not in result.out


def test_what_the_registry_does_not_have_is_not_named_in_a_command(folder: Path) -> None:
    (folder / "model" / "README.md").write_text("---\nlicense: mit\ndatasets: [our-scans]\n---\n", encoding="utf-8")
    result = run("check", "--release", "model/", "--as-of", DAY)
    assert result.code == 3
    assert "our-scans" in result.out
    assert "why:" not in result.out


def test_what_the_text_says_of_data_is_told_in_whole_sentences(folder: Path) -> None:
    said = "We trained it on LIDC-IDRI. We did not use NSCLC-Radiomics.\n\n"
    said += "## Related work\n\nSmith et al. used Lung-PET-CT-Dx.\n"
    (folder / "model" / "README.md").write_text(f"---\nlicense: mit\npipeline_tag: other\n---\n# M\n\n{said}", "utf-8")
    out = " ".join(run("check", "--release", "model/", "-v", "--as-of", DAY).out.split())
    assert (
        "NSCLC-Radiomics is named in model/README.md:7, where the text says that it was not used. On its word alone"
    ) in out
    assert "model/README.md:11, where the text speaks of the work of others: if the release was made from" in out


def test_what_is_released_is_asked_where_no_file_says_it(folder: Path) -> None:
    (folder / "model" / "README.md").write_text("# Lungs\n\nLicense: MIT. We used scans of LIDC-IDRI.\n", "utf-8")
    out = " ".join(run("check", "--release", "model/", "--as-of", DAY).out.split())
    assert "What is released? [release-kind-unclear]" in out


@pytest.mark.parametrize("readme", ["# Lobes\n\nOutlines on scans of LIDC-IDRI.\n\n## License\n\nCC BY 4.0\n", None])
def test_a_readme_without_a_header_gets_its_references_and_so_does_a_folder_without_one(
    study: Path, readme: str | None
) -> None:
    card = study / "out" / "README.md"
    card.unlink()
    (study / "out" / "LICENSE").write_text("SPDX-License-Identifier: CC-BY-4.0\n", encoding="utf-8")
    if readme is not None:
        card.write_text(readme, encoding="utf-8")
    run("check", "--fix", "--as-of", DAY)
    written = card.read_text(encoding="utf-8")
    assert written.startswith(readme or "<!-- tcia-policy: references")
    assert "https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx" in written
    assert "cite LIDC-IDRI" not in run("check", "--as-of", DAY).out


def test_a_readme_that_is_no_markdown_stays_and_no_second_one_is_written(study: Path) -> None:
    (study / "out" / "README.md").rename(study / "out" / "README.rst")
    result = run("check", "--fix", "--as-of", DAY)
    assert "README.rst is no Markdown and stays" in result.err
    assert not (study / "out" / "README.md").exists()


def test_the_report_tells_what_of_a_release_was_read_and_what_was_not(folder: Path) -> None:
    result = run("report", "--release", "model/", "-o", "-", "--format", "markdown", "--as-of", DAY)
    assert "- Release: model, whose files state Apache-2.0 in model/README.md:2; each of these" in result.out
    assert "Weights and images in model were not opened" in result.out
    assert f"tcia-policy report --release ./model --as-of {DAY} -o report.html" in result.out


def test_what_the_text_names_is_told_with_its_line(folder: Path) -> None:
    card = "---\nlicense: mit\npipeline_tag: other\n---\n# M\n\nTrained on scans of LIDC-IDRI.\n"
    (folder / "model" / "README.md").write_text(card, encoding="utf-8")
    result = run("check", "--release", "model/", "-v", "--as-of", DAY)
    assert "model/README.md:7: the text names LIDC-IDRI" in result.out
    told = json.loads(run("check", "--release", "model/", "--format", "json", "--as-of", DAY).out)["release"]["names"]
    assert [(each["dataset"], each["place"]) for each in told] == [("LIDC-IDRI", "model/README.md:7")]


@pytest.mark.parametrize("name", ["README.md", "NOTICE", "ATTRIBUTION.md"])
@pytest.mark.parametrize("is_there", [True, False])
def test_nothing_is_written_through_a_link_that_leads_out_of_the_release(
    study: Path, name: str, is_there: bool
) -> None:
    elsewhere = study / "elsewhere.txt"
    if is_there:
        elsewhere.write_text("My own words.\n", encoding="utf-8")
    (study / "out" / name).unlink(missing_ok=True)
    (study / "out" / name).symlink_to(elsewhere)
    before = sorted(path.name for path in (study / "out").iterdir())
    result = run("check", "--fix", "--as-of", DAY)
    assert (result.code, result.out) == (2, "")
    assert f"{name}: leads out of the release" in result.err
    assert elsewhere.exists() == is_there
    assert not is_there or elsewhere.read_text(encoding="utf-8") == "My own words.\n"
    assert sorted(path.name for path in (study / "out").iterdir()) == before


def test_nothing_is_written_for_a_release_that_names_no_data(tmp_path: Path) -> None:
    result = run("check", "--release", tmp_path, "--fix", "--as-of", DAY)
    assert (result.code, list(tmp_path.iterdir())) == (3, [])
    assert "NOTICE and ATTRIBUTION.md are not written" in result.err


def test_without_a_project_it_is_told_where_answers_are_written(folder: Path) -> None:
    said = " ".join(run("check", "--release", "model/", "--as-of", DAY).out.split())
    assert "Answers to questions are written in a project file: `tcia-policy init` begins one." in said
    assert "`check --release DIR`" in " ".join(run("check").err.split())
