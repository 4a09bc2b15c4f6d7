"""README and the help texts: what they say to type works, and prints what they show."""

import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from tcia_policy.cli.groups import UsualCommand
from tcia_policy.cli.main import COMMANDS, Command, app, load
from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, default_day
from tcia_policy.files import located_yaml
from tcia_policy.importers.online import written
from tcia_policy.model import Project
from tcia_policy.registry import Registry
from tcia_policy.review.bundle import bundle
from tcia_policy.review.lock import lock_of, render_lock
from tcia_policy.review.manifest import assessed
from tests.cli.run import EXAMPLES, run
from tests.importers.refresh import small as answers_of_tcia
from tests.refresh_readme import CHECK, README, ROOT, block, with_block
from tests.review.keys import SshKeys, small_project
from tests.transcripts import SHOWN

TEXT = README.read_text(encoding="utf-8")
PAGES = (README, *sorted({*(ROOT / "docs").glob("*.md")} - {*SHOWN}))
PLACEHOLDERS = {
    "[PROJECT]": "examples/lung-nodules",
    "SELECTION...": "LIDC-IDRI",
    "DATASET": "LIDC-IDRI",
    "DIR": "review",
    "ID": "cc-noncommercial",
    "OUTPUT": "segmentations",
    "PATH": "examples/student-paper/paper",
    "FOLDER": "examples/published-model/model",
    "TABLE": "examples/training-sets/images.csv",
    "COLUMN": "training_set",
}
SET_UP = "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e {} && .venv/bin/{}\n"


def commands_in(text: str) -> Iterator[str]:
    """Return what a page says to type: `tcia-policy ...` in code spans and code blocks."""
    spans = re.findall(r"`(tcia-policy (?!\.\.\.)[^`\n]+)`", text)
    fences = "".join(re.findall(r"^```(?:bash|sh|console)\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    yield from dict.fromkeys((*spans, *re.findall(r"(?:^|[\s/])(tcia-policy [^\n|&#>]+)", fences)))


def examples_in_help() -> Iterator[tuple[str, str]]:
    """Every command with the last line of its help."""
    yield "tcia-policy", _last_line_of_help(get_command(app))
    waiting = [(f"tcia-policy {command.name}", load(command)) for command in COMMANDS]
    while waiting:
        path, command = waiting.pop()
        waiting += [
            (path if isinstance(below, UsualCommand) else f"{path} {name}", below)
            for name, below in getattr(command, "commands", {}).items()
        ]
        yield path, _last_line_of_help(command)


def _last_line_of_help(command: Any) -> str:
    return (command.help or "").strip().splitlines()[-1]


@cache
def _saved() -> str:
    return run("check", EXAMPLES / "lung-nodules", "--format", "json").out


@cache
def _lock() -> str:
    case = Case.open(EXAMPLES / "lung-nodules")
    return render_lock(lock_of(case, assess(case)))


@cache
def _bundle() -> bytes:
    case = Case.open(EXAMPLES / "lung-nodules")
    return bundle(case, assessed(case))


@cache
def _key() -> tuple[bytes, bytes]:
    """Return an SSH key and its public half; empty ones where OpenSSH is not installed."""
    if shutil.which("ssh-keygen") is None:
        return b"", b""
    with tempfile.TemporaryDirectory() as folder:
        key = SshKeys(Path(folder)).make("key")
        return key.read_bytes(), key.with_suffix(".pub").read_bytes()


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """Return a folder with the examples, a manifest and a study to sign, as a newcomer may have it."""
    small_project(tmp_path / "study")
    for name, content in zip(("id_ed25519", "id_ed25519.pub"), _key(), strict=True):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "id_ed25519").chmod(0o600)
    (tmp_path / "reviewed.zip").write_bytes(_bundle())
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    shutil.copy(EXAMPLES / "lung-nodules" / "cohort" / "nsclc-radiomics.tcia", tmp_path / "cohort.tcia")
    shutil.copy(EXAMPLES / "lung-nodules" / "tcia-policy.yaml", tmp_path)
    (tmp_path / "saved.json").write_text(_saved(), encoding="utf-8")
    (tmp_path / "tcia-policy.lock").write_text(_lock(), encoding="utf-8")
    written.write([answers_of_tcia.answers(default_day())], tmp_path / "answers")
    (tmp_path / "note.md").write_text("We used 5,000 NLST CT scans.\n", encoding="utf-8")
    for folder in ("cohort", "paper"):
        shutil.copytree(EXAMPLES / "lung-nodules" / folder, tmp_path / folder)
    return tmp_path


def asking_nobody(words: list[str]) -> list[str]:
    """Return the words of a command; an update of the registry reads answers in the folder, and asks nobody."""
    is_update = words[:2] == ["registry", "update"]
    return [*words, "--from-dir", "answers", "--registry", "own"] if is_update else words


def test_the_check_command_sets_up_and_ends_in_the_main_job() -> None:
    assert block("command: check", TEXT) == SET_UP.format(".", "tcia-policy check examples/lung-nodules")


def test_the_tests_command_is_the_one_that_ci_runs() -> None:
    tests = block("command: tests", TEXT)
    assert tests == SET_UP.format("'.[dev,judges]'", "python -m pytest")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    found = re.search(r"^tests=(\$\(.*\))$", script, re.MULTILINE)
    assert found is not None
    extracted = subprocess.run(
        ["bash", "-c", f'printf %s "{found.group(1)}"'], cwd=ROOT, capture_output=True, check=True
    )
    assert extracted.stdout.decode() == tests.strip()
    assert '\nbash -euo pipefail -c "$tests"\n' in script


def test_readme_shows_what_check_prints_whatever_the_day_and_the_rules_version() -> None:
    def undated(text: str) -> str:
        return re.sub(r"as of \d{4}-\d{2}-\d{2}|\(\d+ days? old\)", "DAY", text)

    shown, printed = block("output: check", TEXT), run(*CHECK, cwd=ROOT).out
    assert undated(shown) != shown
    assert undated(shown) == undated(printed), "python tests/refresh_readme.py brings README up to date"


def test_refreshing_changes_the_block_and_nothing_else() -> None:
    changed = with_block("output: check", "a \\1\nb\n", TEXT)
    assert block("output: check", changed) == "a \\1\nb\n"
    assert with_block("output: check", block("output: check", TEXT), changed) == TEXT


@pytest.mark.parametrize(
    ("command", "page"),
    {command: page.name for page in PAGES for command in commands_in(page.read_text("utf-8"))}.items(),
)
def test_a_command_in_the_documents_works(workplace: Path, command: str, page: str) -> None:
    words = [PLACEHOLDERS.get(word, word) for word in shlex.split(command)[1:]]
    if words[0] == "init":
        words += [*(["LIDC-IDRI"] if words == ["init"] else []), "-o", "new.yaml"]
    if words[:2] == ["bundle", "verify"]:  # what the line before it has made
        words[2] = "reviewed.zip"
    ran = run(*asking_nobody(words), cwd=workplace)
    assert ran.code in (0, 1, 3), f"{page}: {command}: {ran.err}"


@pytest.mark.parametrize(("command", "last_line"), list(examples_in_help()))
def test_help_ends_with_an_example_of_its_command(command: str, last_line: str) -> None:
    assert last_line.startswith(f"Example: {command} ") or last_line == f"Example: {command}"


@pytest.mark.parametrize(
    "example", sorted({last_line.removeprefix("Example: ") for _, last_line in examples_in_help()})
)
def test_an_example_in_a_help_text_works(workplace: Path, example: str) -> None:
    ran = run(*asking_nobody(shlex.split(example)[1:]), cwd=workplace)
    assert ran.code in (0, 1, 3), ran.err


@pytest.mark.parametrize("command", [command for command, _ in examples_in_help()])
def test_help_fits_a_terminal_and_does_not_break_its_example(command: str) -> None:
    ran = run(*command.split()[1:], "--help")
    assert (ran.code, ran.err) == (0, "")
    assert re.search(r"^  Example: tcia-policy .+$", ran.out, re.MULTILINE)
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "..." not in ran.out.partition("Commands:")[2], "a summary that is cut off"


def test_the_project_in_readme_is_one() -> None:
    text = re.search(r"^```yaml\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    assert text is not None
    project = located_yaml.parse_text(README, text.group(1)).parse(Project)
    registry = Registry.load()
    for item in project.data:
        if item.collection is not None:
            assert registry.find(item.collection)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_table_of_commands_says_what_each_answers_in_the_words_of_its_help(command: Command) -> None:
    row = re.search(rf"^\| `tcia-policy {command.name}[ `].*? \| (.*) \|$", TEXT, re.MULTILINE)
    assert row is not None
    assert row.group(1).startswith(command.answers)
