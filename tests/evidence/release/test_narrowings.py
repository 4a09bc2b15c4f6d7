"""What a release says beside its license: sentences that give less, and those that only sound so."""

from pathlib import Path

import pytest

from tcia_policy.evidence.release.narrowings import narrowings
from tcia_policy.evidence.release.said import ReleaseSaid
from tcia_policy.registry import Registry
from tcia_policy.releases.read_release import read_release

REGISTRY = Registry.load()


def told(folder: Path, body: str, header: str = "license: mit") -> list[tuple[str, str]]:
    (folder / "README.md").write_text(f"---\n{header}\n---\n# Model\n\n{body}\n", encoding="utf-8")
    said = ReleaseSaid(read_release(["."], folder, Path()), REGISTRY)
    return [(each.where, each.text) for each in narrowings(said)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The weights are for non-commercial use only.",
        "This model may not be used commercially.",
        "For research use only.",
        "Non-commercial use only.",
        "You may use the model solely for academic research.",
        "Commercial use of the model requires a license from our university.",
        "The code and the weights are made available\nonly for research.",
        "By downloading this model, you agree not to distribute a copy.",
        "This dataset is for noncommercial research purposes.",
    ],
)
def test_a_sentence_that_gives_less_than_the_license_is_told_with_its_line(tmp_path: Path, sentence: str) -> None:
    assert told(tmp_path, sentence) == [("README.md:6", " ".join(sentence.split()))]


@pytest.mark.parametrize(
    "sentence",
    [
        "The model was trained on NSCLC-Radiomics, CC BY-NC 3.0 (Attribution-NonCommercial 3.0 Unported).",
        "The model is free for commercial and non-commercial use.",
        "This model is for research and not for clinical use.",
        "NSCLC-Radiomics is for noncommercial use only.",
        "We compared it with no commercial software.",
        "The model finds nodules.",
    ],
)
def test_what_is_said_of_the_data_or_of_medicine_limits_no_license(tmp_path: Path, sentence: str) -> None:
    assert told(tmp_path, sentence) == []


def test_what_one_has_to_agree_to_for_access_counts_as_said(tmp_path: Path) -> None:
    header = (
        "license: apache-2.0\nextra_gated_prompt: You agree to use it for research only.\n"
        "extra_gated_fields:\n  Name: text\n  I will not use it commercially and not for commercial aims: checkbox"
    )
    assert [where for where, _ in told(tmp_path, "Ours.", header)] == ["README.md:3", "README.md:6"]


def test_of_a_long_sentence_the_part_that_limits_is_shown(tmp_path: Path) -> None:
    ((_, text),) = told(
        tmp_path, f"Where {'many words are said of it and ' * 5}the weights are for research use only, friends."
    )
    assert text.startswith("... ")
    assert text.endswith("the weights are for research use only")
    assert len(text) <= 80


def test_a_license_that_prohibits_commercial_use_says_the_same(tmp_path: Path) -> None:
    assert told(tmp_path, "The weights are for non-commercial use only.", "license: cc-by-nc-4.0") == []


def test_a_sentence_that_was_read_as_a_license_is_not_told_twice(tmp_path: Path) -> None:
    assert told(tmp_path, "- **License:** CC-BY-NC-4.0") == []
    assert told(tmp_path, "## License\n\nThis dataset is licensed under CC BY-NC 4.0, for research only.") == []


@pytest.mark.parametrize("tag", ["non-commercial", "research-only"])
def test_a_tag_that_gives_less_than_the_license_is_told_with_its_line(tmp_path: Path, tag: str) -> None:
    assert told(tmp_path, "Text.", f"license: mit\ntags: [ct, {tag}]") == [("README.md:3", tag)]
    assert told(tmp_path, "Text.", "license: mit\ntags: [commercial, research]") == []
