"""An update: each source for itself, read again whole, and put into force; what fails leaves all as it was."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tcia_policy.errors import InputError, InputErrors
from tcia_policy.importers import update as update_module
from tcia_policy.importers import write_registry
from tcia_policy.importers.content import Content
from tcia_policy.importers.generation_folder import Made, alone_in, put_in_force
from tcia_policy.importers.online import written
from tcia_policy.importers.online.answers import Answers
from tcia_policy.importers.refresh import refresh
from tcia_policy.importers.refresh.result import Refreshed
from tcia_policy.importers.update import (
    Wanted,
    in_folder,
    sources_in,
    sources_named,
    update,
)
from tcia_policy.model import Archive
from tcia_policy.registry import Registry
from tcia_policy.registry.generations import SEAL, current_name, sound_generation
from tcia_policy.registry.standing_facts import FactKind
from tcia_policy.registry.strictness import Meaning
from tcia_policy.registry.updated import Outcome, RegistryUpdate
from tests.importers.refresh import small

DAY = date(2031, 1, 1)
TCIA = ("tcia",)
STRICTER = "1 dataset: 1 license (1 stricter) and 1 statement of a source (1 stricter)"


def begin(root: Path, content: Content) -> None:
    """Put a registry into force, as an update has done before."""
    texts = {name: text.encode() for name, text in write_registry.files(content).items()}
    with alone_in(root):
        put_in_force(Made(texts, content.version, content.version), root, lambda _folder: None)


def updated(root: Path, answers: Mapping[str, Answers | InputError], *, dry_run: bool = False) -> RegistryUpdate:
    """Update with what each source answers."""

    def ask(source: str, _content: Content) -> Answers:
        answer = answers[source]
        if isinstance(answer, InputError):
            raise answer
        return answer

    return update(Wanted(root, DAY, tuple(answers), ask, dry_run)).result


def files_in(root: Path) -> dict[str, bytes]:
    """Return the bytes of all files in a folder."""
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with the registry of the first of January."""
    begin(tmp_path / "registry", small.registry(small.DAYS[0]))
    return tmp_path / "registry"


def test_what_a_source_says_now_is_in_the_registry_and_what_it_said_before_is_history(root: Path) -> None:
    before = current_name(root)
    found = updated(root, {"tcia": small.answers(small.DAYS[1], small.with_license(small.NC))})
    assert (found.exit_code, found.version, found.begun_from) == (0, small.DAYS[1], before)
    (source,) = found.sources
    assert (source.outcome, source.day, source.says) == (
        Outcome.UPDATED,
        small.DAYS[1],
        STRICTER,
    )
    changed, stated = found.changes
    assert stated.kind is FactKind.STATEMENT
    assert (changed.dataset, [each.id for each in changed.parts]) == ("Lung One", ["11"])
    assert (changed.kind, changed.meaning) == (FactKind.LICENSE, Meaning.STRICTER)
    assert (changed.before, changed.after) == ("CC-BY-4.0", "CC-BY-NC-4.0")
    assert found.summary == f"Registry of 2030-02-01: {STRICTER}"
    generation = sound_generation(root)
    assert generation is not None
    assert (generation.name, generation.seal.before, generation.seal.made_on) == (found.generation, before, DAY)
    part = next(each for each in Registry.load(generation.folder).get("Lung One").distributions if each.id == "11")
    assert [claim.license for claim in part.claims] == ["CC-BY-NC-4.0"]
    assert [past.license for past in part.past] == ["CC-BY-4.0"]


def test_the_same_answers_again_change_no_byte(root: Path) -> None:
    answers = {"tcia": small.answers(small.DAYS[1], small.with_license(small.NC))}
    first = updated(root, answers)
    before = files_in(root)
    again = updated(root, answers)
    assert [each.outcome for each in again.sources] == [Outcome.UNCHANGED]
    assert (again.changes, again.generation) == ((), first.generation)
    assert again.summary == "Registry of 2030-02-01: nothing changed"
    assert files_in(root) == before


def test_a_source_that_fails_leaves_its_facts_and_does_not_hold_up_the_others(root: Path) -> None:
    found = updated(
        root,
        {
            "nbia": InputErrors([InputError("answers 500", file="https://nbia.example"), InputError("and more")]),
            "tcia": small.answers(small.DAYS[1], small.with_license(small.NC)),
        },
    )
    assert found.exit_code == 1
    assert [(each.source, each.outcome) for each in found.sources] == [
        ("nbia", Outcome.FAILED),
        ("tcia", Outcome.UPDATED),
    ]
    assert found.sources[0].problem == "https://nbia.example: answers 500 (and 1 more)"
    assert found.summary == f"Registry of 2030-02-01: {STRICTER}; nbia failed"
    assert found.generation == current_name(root)


def test_where_every_source_fails_no_byte_changes(root: Path) -> None:
    before = files_in(root)
    gone = small.collections()[:2]
    for answer in (InputError("answers 500"), small.answers(small.DAYS[1], gone)):
        found = updated(root, {"tcia": answer})
        assert (found.exit_code, [each.outcome for each in found.sources]) == (1, [Outcome.FAILED])
        assert files_in(root) == before
    assert "more than a fifth fewer" in (found.sources[0].problem or "")


def test_a_dry_run_says_what_would_change_and_writes_nothing(root: Path, tmp_path: Path) -> None:
    before = files_in(root)
    answers = {"tcia": small.answers(small.DAYS[1], small.with_license(small.NC))}
    found = updated(root, answers, dry_run=True)
    assert found.summary == f"Dry run, registry of 2030-02-01: {STRICTER}"
    assert (found.generation, len(found.changes)) == (current_name(root), 2)
    assert files_in(root) == before
    updated(tmp_path / "new", {"tcia": InputError("answers 500")}, dry_run=True)
    assert not (tmp_path / "new").exists()


def test_without_one_it_begins_from_the_registry_that_came_with_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_registry.write(small.registry(small.DAYS[0]), tmp_path / "data")
    monkeypatch.setattr("tcia_policy.importers.update.shipped", lambda _kind: tmp_path / "data")
    found = updated(tmp_path / "registry", {"tcia": small.answers(small.DAYS[1])})
    assert found.begun_from == "the registry that came with the program"
    assert found.generation == current_name(tmp_path / "registry")
    failed = updated(tmp_path / "another", {"tcia": InputError("answers 500")})
    assert (failed.exit_code, failed.generation) == (1, None)
    assert current_name(tmp_path / "another") is None


def test_one_that_was_made_with_another_version_of_the_program_gets_the_facts_that_came_with_this_one(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    updated(root, {"tcia": small.answers(small.DAYS[1], small.with_license(small.NC))})
    generation = sound_generation(root)
    assert generation is not None
    seal = generation.folder / SEAL
    seal.write_text(generation.seal.model_copy(update={"shipped": "0" * 64}).model_dump_json(), encoding="utf-8")
    shipped = small.registry(small.DAYS[0])
    more = small.dataset(shipped).model_copy(
        update={"id": "Ours", "doi": "10.1234/ours", "archive": Archive.ELSEWHERE, "aliases": (), "title": "Our own"}
    )
    write_registry.write(replace(shipped, datasets=(*shipped.datasets, more)), tmp_path / "data")
    monkeypatch.setattr("tcia_policy.importers.update.shipped", lambda _kind: tmp_path / "data")
    found = updated(root, {"tcia": InputError("answers 500")})
    assert found.begun_from == f"{generation.name}, with the facts that came with this version of the program"
    now = sound_generation(root)
    assert now is not None
    assert (now.name == found.generation, now.seal.before) == (True, generation.name)
    registry = Registry.load(now.folder)
    assert registry.find("Our own") == ("Ours",)
    part = next(each for each in registry.get("Lung One").distributions if each.id == "11")
    assert [claim.license for claim in part.claims] == ["CC-BY-NC-4.0"]


def test_what_is_not_read_as_it_was_written_is_not_put_into_force(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_in(root)
    with monkeypatch.context() as patched:
        real = write_registry.files
        patched.setattr(
            write_registry,
            "files",
            lambda content: {name: text.replace("CC-BY-NC-4.0", "CC-BY-4.0") for name, text in real(content).items()},
        )
        with pytest.raises(InputError, match="is not read as it was written"):
            updated(root, {"tcia": small.answers(small.DAYS[1], small.with_license(small.NC))})
    assert files_in(root) == before


def test_two_updates_at_once_are_refused(root: Path) -> None:
    with alone_in(root), pytest.raises(InputError, match="is being updated by another program"):
        updated(root, {"tcia": small.answers(small.DAYS[1])})


def test_answers_in_a_folder_are_read_and_nobody_is_asked(root: Path, tmp_path: Path) -> None:
    written.write([small.answers(small.DAYS[1], small.with_license(small.NC))], tmp_path / "answers")
    assert sources_in(tmp_path / "answers") == TCIA
    found = update(Wanted(root, DAY, TCIA, in_folder(tmp_path / "answers"))).result
    assert [each.outcome for each in found.sources] == [Outcome.UPDATED]


def test_sources_are_named_and_an_unknown_name_is_one_clear_error() -> None:
    assert sources_named((), ("tcia", "elsewhere")) == TCIA
    assert sources_named(("tcia",), ()) == TCIA
    with pytest.raises(InputError, match="unknown source 'idcc'"):
        sources_named(("tcia", "idcc"), ())


def test_answers_of_a_day_to_come_fail_and_leave_the_registry_as_it_was(root: Path) -> None:
    before = files_in(root)
    found = updated(root, {"tcia": replace(small.answers(small.DAYS[1]), day=date(2031, 1, 2))})
    assert (found.exit_code, found.sources[0].outcome) == (1, Outcome.FAILED)
    assert "said to be of 2031-01-02, which is after 2031-01-01, the day of this update" in (
        found.sources[0].problem or ""
    )
    assert files_in(root) == before


def test_answers_that_would_add_a_fact_that_cannot_be_right_fail(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_in(root)
    real = refresh.refreshed

    def with_wrong_doi(content: Content, answers: Answers) -> Refreshed:
        found = real(content, answers).content
        first = found.datasets[0].model_copy(update={"doi": "lung"})
        return Refreshed(replace(found, datasets=(first, *found.datasets[1:])))

    monkeypatch.setattr(update_module, "refreshed", with_wrong_doi)
    found = updated(root, {"tcia": small.answers(small.DAYS[1])})
    assert (found.exit_code, found.sources[0].outcome) == (1, Outcome.FAILED)
    assert "datasets/lung-one.yaml: doi: is no DOI as the registry writes it: 'lung'" in (
        found.sources[0].problem or ""
    )
    assert files_in(root) == before


@pytest.mark.parametrize("fails", [False, True])
def test_where_the_one_in_force_is_damaged_the_one_before_is_begun_from_with_its_history(
    root: Path, *, fails: bool
) -> None:
    then, now = (small.answers(day, small.with_license(small.NC)) for day in small.DAYS[1:3])
    before = updated(root, {"tcia": then}).generation
    assert updated(root, {"tcia": now}).generation != before
    (root / (current_name(root) or "") / "index.json").write_text("{}", encoding="utf-8")
    found = updated(root, {"tcia": InputError("answers 500") if fails else now})
    assert found.begun_from == f"{before}, since the one in force cannot be used"
    assert (current_name(root) == before) is fails
    generation = sound_generation(root)
    assert generation is not None
    part = next(each for each in Registry.load(generation.folder).get("Lung One").distributions if each.id == "11")
    assert [past.license for past in part.past] == ["CC-BY-4.0"]


@pytest.mark.parametrize("label", ["", "TCIA Terms 2031"])
def test_a_label_that_is_none_or_new_leaves_its_part_open_and_holds_up_nothing(root: Path, label: str) -> None:
    found = updated(root, {"tcia": small.answers(small.DAYS[1], small.with_license({"label": label, "url": ""}))})
    assert (found.exit_code, found.sources[0].outcome) == (0, Outcome.UPDATED)
    changed = next(each for each in found.changes if each.kind is FactKind.LICENSE)
    assert (changed.dataset, changed.meaning) == ("Lung One", Meaning.UNKNOWN)
