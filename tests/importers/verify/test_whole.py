"""A whole registry in its folder: everything that is wrong is told at once, with file, line and what would be right."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers import write_registry
from tcia_policy.importers.generation_folder import Made, alone_in, put_in_force
from tcia_policy.importers.verify.whole import complaints_on, folder_in_force, refuse_new_mistakes, verified
from tcia_policy.registry.index import AskedAbout
from tests.importers.refresh import small
from tests.importers.verify.made import TODAY

LUNG = "datasets/lung-one.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a small registry."""
    write_registry.write(small.registry(small.DAYS[0]), tmp_path)
    return tmp_path


def told(folder: Path, today: date = TODAY) -> list[str]:
    """Return the mistakes in a registry, each with its file, line and field."""
    return [f"{each.file}:{each.line}: {each.field}: {each.problem}" for each in verified(folder, today).mistakes]


def change(path: Path, old: str, new: str) -> None:
    """Replace a text in a file, where it first stands."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_registry_of_the_importers_is_right(folder: Path) -> None:
    found = verified(folder, TODAY)
    assert (found.exit_code, found.mistakes, found.remarks) == (0, (), ())
    assert found.summary == "Registry of 2030-01-01, 9 datasets, 1 source: nothing is wrong"


def test_all_mistakes_are_told_at_once_and_those_of_files_that_cannot_be_read(folder: Path) -> None:
    change(folder / LUNG, "license: CC-BY-4.0", "license: CC-BY-9.0")
    change(folder / "datasets/two.yaml", "kind: collection", "kind: heap")
    change(folder / "sources.yaml", "as_of: 2030-01-01", "as_of: 2031-01-01")
    found = verified(folder, TODAY)
    assert found.exit_code == 1
    assert [(each.file, each.field) for each in found.mistakes] == [
        ("datasets/two.yaml", "kind"),
        (LUNG, "distributions[0].claims[0].license"),
        ("sources.yaml", "[0].as_of"),
    ]
    assert all(each.line and each.hint for each in found.mistakes)


def test_days_after_the_day_of_the_look_are_in_the_future(folder: Path) -> None:
    assert f"{LUNG}:" in "\n".join(told(folder, date(2029, 12, 31)))
    assert "index.json:None: version: is in the future: 2030-01-01" in told(folder, date(2029, 12, 31))


def test_an_index_that_does_not_say_what_the_files_say_is_told(folder: Path) -> None:
    change(folder / LUNG, "title: ", "title: 'Another' # ")
    assert told(folder) == ["index.json:None: None: does not say what the files of the datasets say, from line 5 on"]


@pytest.mark.parametrize(
    ("old", "new"),
    [('"version": "2030-01-01"', '"version": 2030'), ('"file": "lung-one.yaml"', '"file": ["lung-one.yaml"]')],
)
def test_an_index_with_a_value_of_another_kind_is_no_index(folder: Path, old: str, new: str) -> None:
    change(folder / "index.json", old, new)
    with pytest.raises(InputError, match=r"is not an index of datasets \(TypeError: .* where a text belongs\)"):
        verified(folder, TODAY)


def test_a_generation_that_was_changed_after_it_was_sealed_is_told(tmp_path: Path) -> None:
    content = small.registry(small.DAYS[0])
    texts = {name: text.encode() for name, text in write_registry.files(content).items()}
    with alone_in(tmp_path / "own"):
        put_in_force(Made(texts, content.version, content.version), tmp_path / "own", lambda _folder: None)
    data = folder_in_force(tmp_path / "own")
    assert told(data) == []
    change(data / LUNG, "# Generated", "# generated")
    assert told(data) == ["seal.json:None: digest: is not the digest of the files"]


def test_where_there_is_no_registry_nothing_is_looked_at(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no registry"):
        verified(folder_in_force(tmp_path), TODAY)


def test_a_name_that_is_asked_about_is_no_datasets(folder: Path) -> None:
    content = replace(small.registry(small.DAYS[0]), asked_about=(AskedAbout("LUNG ONE", ("Two",), (), None),))
    (found,) = complaints_on(content, TODAY)
    assert (found.file, found.wrong.problem) == ("index.json", "is asked about, and a name of 'Lung One': 'LUNG ONE'")
    assert folder.is_dir()


def test_labels_that_no_license_lists_and_creators_that_are_cut_off_are_remarks(folder: Path) -> None:
    change(folder / LUNG, "license: CC-BY-4.0", "license: LicenseRef-unrecognized-CC-BY-9.0")
    change(
        folder / "index.json",
        '"licenses": ["CC-BY-3.0", "CC-BY-4.0"]',
        '"licenses": ["CC-BY-3.0", "LicenseRef-unrecognized-CC-BY-9.0"]',
    )
    found = verified(folder, TODAY)
    assert found.mistakes == ()
    assert found.remarks == (
        "rules/licenses describes no license that has these labels of sources, so what is under them stays"
        " undetermined: LicenseRef-unrecognized-CC-BY-9.0",
    )


def test_a_mistake_that_was_there_before_refuses_no_update_and_a_new_one_does() -> None:
    before = small.registry(small.DAYS[0])
    wrong = before.datasets[0].model_copy(update={"doi": "lung"})
    worse = before.datasets[1].model_copy(update={"doi": "heap"})
    old = replace(before, datasets=(wrong, *before.datasets[1:]))
    new = replace(before, datasets=(wrong, worse, *before.datasets[2:]))
    refuse_new_mistakes(old, old, TODAY)
    with pytest.raises(InputError) as raised:
        refuse_new_mistakes(old, new, TODAY)
    assert len(raised.value.mistakes) == 1
    assert "'heap'" in raised.value.problem


def test_a_name_of_two_datasets_refuses_no_update_since_users_are_asked_and_is_a_remark() -> None:
    before = small.registry(small.DAYS[0])
    named = before.datasets[0].model_copy(update={"title": "Two"})
    after = replace(before, datasets=(named, *before.datasets[1:]))
    assert refuse_new_mistakes(before, before, TODAY) == ()
    assert refuse_new_mistakes(before, after, TODAY) == (
        "datasets/lung-one.yaml: title: is also a name of 'Two': 'Two'",
    )
