"""`registry update` as a user runs it: what is printed, the exit codes, and what is left where something is wrong."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tcia_policy.importers import write_registry
from tcia_policy.importers.generation_folder import Made, alone_in, put_in_force
from tcia_policy.importers.online import written
from tcia_policy.registry.location import own_root
from tests.cli.run import is_one_clear_error, run
from tests.importers.refresh import small

TODAY = "1896566400"  # 2030-02-06
CHANGED = small.answers(small.DAYS[1], small.with_license(small.NC))


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)


def begin(root: Path) -> None:
    """Put a registry of a few datasets into force, as an update has done before."""
    content = small.registry(small.DAYS[0])
    texts = {name: text.encode() for name, text in write_registry.files(content).items()}
    with alone_in(root):
        put_in_force(Made(texts, content.version, content.version), root, lambda _folder: None)


@pytest.fixture(autouse=True)
def _a_day_after_the_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2030, 6, 1, tzinfo=UTC).timestamp())))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with an updated registry."""
    begin(tmp_path / "registry")
    return tmp_path / "registry"


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Return a folder with what TCIA answers a month later: one license is another."""
    written.write([CHANGED], tmp_path / "answers")
    return tmp_path / "answers"


def test_an_update_is_told_source_by_source_and_what_changed_is_shown(root: Path, answers: Path) -> None:
    options = ("--registry", root, "--from-dir", answers)
    dry = run("registry", "update", *options, "--dry-run")
    assert (dry.code, dry.err) == (0, "")
    assert dry.out.startswith("Dry run, registry of 2030-02-01: 1 dataset: 1 license (1 stricter)")
    assert "\nWhat would change\n\nLung One\n  license of part Images (11): stricter\n" in dry.out
    ran = run("registry", "update", *options)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Registry of 2030-02-01: 1 dataset: 1 license (1 stricter)")
    for line in (
        "  begun from 2030-01-01-",
        "  in force: 2030-02-01-",
        "\nSources\n  updated    tcia, as of 2030-02-01: 1 dataset: 1 license",
        "\nWhat changed\n\nLung One\n  license of part Images (11): stricter\n",
        "    was: CC BY 4.0\n    now: CC BY-NC 4.0",
    ):
        assert line in ran.out
    again = run("registry", "update", *options)
    assert "  unchanged  tcia, as of 2030-02-01: says what it said before\n" in again.out
    shown = run("show", "Lung One", "-v", "--registry", root)
    assert "CC BY-NC 4.0" in shown.out
    assert "before: CC BY 4.0" in shown.out


def test_json_has_all_of_it(root: Path, answers: Path) -> None:
    ran = run("registry", "update", "--registry", root, "--from-dir", answers, "--format", "json")
    found = json.loads(ran.out)
    assert (found["exit_code"], found["version"], found["dry_run"]) == (0, "2030-02-01", False)
    assert [each["outcome"] for each in found["sources"]] == ["updated"]
    assert found["changes"][0]["after"] == "CC-BY-NC-4.0"


def test_a_source_whose_answers_are_damaged_fails_and_the_old_registry_stays(root: Path, answers: Path) -> None:
    (answers / "tcia" / "collections.json").write_text("[{", encoding="utf-8")
    before = (root / "current").read_bytes()
    ran = run("registry", "update", "--registry", root, "--from-dir", answers)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("Registry of 2030-01-01: nothing changed; tcia failed\n")
    assert "  failed     tcia: what the registry has of it stays as it was\n" in ran.out
    assert "collections.json" in ran.out
    assert (root / "current").read_bytes() == before


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--only", "elsewhere"), "unknown source 'elsewhere'"),
        (("--as-of", "yesterday"), "'yesterday' is not a day"),
        (("--as-of", "2030-02-07"), "2030-02-07 is after today, 2030-02-06"),
        (("--from-dir", "nowhere"), "has no answers of any source"),
    ],
)
def test_what_is_typed_wrong_is_one_clear_error(root: Path, answers: Path, options: tuple[str, ...], says: str) -> None:
    from_dir = () if "--from-dir" in options else ("--from-dir", str(answers))
    is_one_clear_error(run("registry", "update", "--registry", root, *from_dir, *options), says)


def test_nothing_is_written_beside_the_files_of_somebody(tmp_path: Path, answers: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "paper.tex").write_text("", encoding="utf-8")
    ran = run("registry", "update", "--registry", tmp_path / "mine", "--from-dir", answers)
    is_one_clear_error(ran, "has files that are not of an updated registry", "name a new or empty folder")


def test_the_day_of_the_update_is_the_one_that_is_stated(root: Path, answers: Path) -> None:
    run("registry", "update", "--registry", root, "--from-dir", answers, "--as-of", "2030-02-03")
    name = (root / "current").read_text(encoding="utf-8").strip()
    seal = json.loads((root / name / "seal.json").read_text(encoding="utf-8"))
    assert date.fromisoformat(seal["made_on"]) == date(2030, 2, 3)


def test_the_users_own_registry_is_where_their_data_are_and_is_used_by_all_commands(
    tmp_path: Path, answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    root = own_root()
    assert root is not None
    begin(root)
    assert run("registry", "update", "--from-dir", answers).code == 0
    checked = run("check", "Lung One", "--format", "json", "--as-of", "2030-03-01")
    facts = json.loads(checked.out)["fact_days"]
    assert (facts["place"], facts["registry"], facts["age"]) == ("own", "2030-02-01", 28)
    assert "2030-02-01" in run("registry", "status").out
