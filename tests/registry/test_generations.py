"""The folder of a registry that is updated: which generation is in force, and whether it is whole."""

import hashlib
import json
from enum import StrEnum
from pathlib import Path

import pytest
from pydantic import BaseModel

from tcia_policy.errors import InputError
from tcia_policy.model import dataset as model
from tcia_policy.registry.generations import FORM, SEAL, current_name, digest_of, is_intact, is_name, read_generation
from tests.registry.generations import LATER, put

MODEL_OF_FORM = {1: "9819f905f033"}


def test_a_generation_has_the_name_of_its_day_and_of_what_is_in_it(tmp_path: Path) -> None:
    made = put(tmp_path / "registry")
    assert made.name == f"{LATER.isoformat()}-{digest_of(made.folder)[:12]}"
    assert current_name(tmp_path / "registry") == made.name
    assert is_intact(made, digest_of(made.folder))
    assert (made.seal.form, made.seal.made_on, made.seal.before) == (FORM, LATER, None)


@pytest.mark.parametrize("folder", ["nothing", "file/below"])
def test_where_there_is_no_folder_nothing_is_in_force(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert current_name(tmp_path / folder) is None


@pytest.mark.parametrize(
    "content", ["", "..", "../../etc", "2026-11-30", "2026-11-30-0123456789ab/..", "\0", "x" * 20_000, "\udcff"]
)
def test_what_is_no_name_leads_nowhere(tmp_path: Path, content: str) -> None:
    (tmp_path / "current").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match="current"):
        current_name(tmp_path)


def test_a_day_that_is_none_is_no_generation(tmp_path: Path) -> None:
    root = tmp_path / "registry"
    seal = (put(root).folder / SEAL).read_bytes()
    name = "2026-13-40-0123456789ab"
    (root / name).mkdir()
    (root / name / SEAL).write_bytes(seal)
    assert is_name(name)
    with pytest.raises(InputError, match="is no seal of a registry"):
        read_generation(root, name)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"form": 1}', "[" * 5_000, '{"form": [1]}'])
def test_a_seal_that_is_none_is_one_clear_error(tmp_path: Path, content: str) -> None:
    made = put(tmp_path / "registry")
    (made.folder / SEAL).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"seal\.json: is no seal of a registry"):
        read_generation(tmp_path / "registry", made.name)


def test_what_another_version_wrote_in_another_form_is_not_read(tmp_path: Path) -> None:
    made = put(tmp_path / "registry")
    seal = json.loads((made.folder / SEAL).read_text(encoding="utf-8"))
    (made.folder / SEAL).write_text(json.dumps({**seal, "form": FORM + 1, "more": 1}), encoding="utf-8")
    with pytest.raises(InputError, match="written by another version of this program"):
        read_generation(tmp_path / "registry", made.name)


@pytest.mark.parametrize("change", ["a byte", "a file more", "a file less", "a name"])
def test_one_byte_or_name_that_is_another_is_seen(tmp_path: Path, change: str) -> None:
    made = put(tmp_path / "registry")
    file = made.folder / "datasets" / "0.yaml"
    if change == "a byte":
        file.write_bytes(file.read_bytes().replace(b"CC-BY-4.0", b"CC-BY-3.0"))
    elif change == "a file more":
        (made.folder / "datasets" / "1.yaml").write_text("", encoding="utf-8")
    elif change == "a file less":
        file.unlink()
    else:
        file.rename(file.with_name("2.yaml"))
    assert not is_intact(made, digest_of(made.folder))


def test_the_form_changes_with_the_model_of_what_is_in_the_files() -> None:
    """Where this fails: add one to `FORM`, and here; keep the former one in `READABLE` if its files still parse."""
    classes = sorted((each for each in vars(model).values() if isinstance(each, type)), key=lambda each: each.__name__)
    facts = {each.__name__: list(each.model_fields) for each in classes if issubclass(each, BaseModel)}
    words = {each.__name__: [*map(str, each)] for each in classes if issubclass(each, StrEnum)}
    assert MODEL_OF_FORM[FORM] == hashlib.sha256(json.dumps([facts, words]).encode()).hexdigest()[:12]
