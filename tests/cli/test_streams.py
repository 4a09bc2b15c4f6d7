"""What goes where: results to stdout, all else to stderr, nothing that a terminal would act on."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.cli.run import COMMAND, DAY, EXAMPLES, SOURCE, Project, process, run
from tests.work import PATIENCE

LUNG = EXAMPLES / "lung-nodules"
ESCAPE = "\x1b"
ONE_AFTER_THE_OTHER = """
import json, sys
from tcia_policy.cli import main
for arguments in json.loads(sys.argv[1]):
    sys.argv = ["tcia-policy", *arguments]
    try:
        main()
    except SystemExit as end:
        print("exit", end.code or 0)
"""
CHECK = ("check", LUNG, "--as-of", DAY)


@pytest.fixture
def check(project: Project) -> tuple[str | Path, ...]:
    """Return a small check, which is clear."""
    text = "use: {purpose: noncommercial, activities: [analyze]}\ndata: [{dataset: LIDC-IDRI}]\n"
    return ("check", project(text), "--as-of", DAY)


def on_a_terminal(*arguments: str | Path, **environment: str) -> str:
    """Return what a command writes to a terminal of 100 columns."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100", **environment},
    ) as running:
        os.close(theirs)
        written = b""
        while block := _read(ours):
            written += block
        running.wait(PATIENCE)
    os.close(ours)
    return written.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so where the other end is closed
        return b""


def one_after_the_other(commands: Sequence[Sequence[str | Path]], cwd: Path, env: Mapping[str, str | None]) -> str:
    """Return what commands write to stdout, and their exit codes, from one process: it takes long to start one."""
    surrounding = {**os.environ, "PYTHONPATH": SOURCE, **env}
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            ONE_AFTER_THE_OTHER,
            json.dumps([[str(each) for each in command] for command in commands]),
        ],
        cwd=cwd,
        env={name: value for name, value in surrounding.items() if value is not None},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    assert done.stderr == b""
    return done.stdout.decode("utf-8")


def test_color_is_for_terminals_only_and_not_where_no_color_is_set(check: tuple[str | Path, ...]) -> None:
    assert ESCAPE in on_a_terminal(*check, NO_COLOR="")
    assert ESCAPE not in on_a_terminal(*check, NO_COLOR="1")
    assert ESCAPE not in on_a_terminal(*check, NO_COLOR="", TERM="dumb")
    assert ESCAPE not in process(*check, env={"FORCE_COLOR": None}).out
    assert ESCAPE in process(*check, env={"FORCE_COLOR": "1", "NO_COLOR": None}).out
    assert ESCAPE not in process(*check, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).out


def test_color_is_as_the_option_says_before_or_after_the_command(check: tuple[str | Path, ...]) -> None:
    assert ESCAPE in run(*check, "--color", "always").out
    assert ESCAPE not in run(*check).out
    assert ESCAPE in run("--color=always", *check).out
    assert ESCAPE not in run("--color", "always", *check, "--color", "never").out
    assert ESCAPE not in run(*check, "--color", "always", "--format", "json").out


def test_a_result_is_the_same_bytes_whatever_surrounds_it(tmp_path: Path) -> None:
    link = tmp_path / "project"
    link.symlink_to(LUNG)
    surroundings: list[tuple[Path | None, dict[str, str | None]]] = [
        (None, {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "COLUMNS": "40"}),
        (tmp_path, {"PYTHONHASHSEED": "2", "TZ": "Etc/GMT+12", "LC_ALL": "tr_TR.UTF-8", "COLUMNS": "200"}),
        (LUNG, {"PYTHONUTF8": "0", "LANG": None, "LC_ALL": "POSIX", "PYTHONIOENCODING": "latin-1", "NO_COLOR": "1"}),
    ]
    as_json = (*CHECK, "--format", "json")
    results = [process(*as_json, cwd=cwd, env=env) for cwd, env in surroundings]
    assert results[0] == results[1] == results[2] == run(*as_json)
    commands: list[tuple[str | Path, ...]] = [
        (*CHECK, "--format", form) for form in ("sarif", "junit", "github", "gitlab")
    ]
    commands.append(("check", "project", "--as-of", DAY))
    pair = [one_after_the_other(commands, tmp_path, env) for _, env in surroundings[:2]]
    here = [run(*command, cwd=tmp_path) for command in commands]
    assert pair[0] == pair[1] == "".join(f"{ran.out}exit {ran.code}\n" for ran in here)


def test_references_are_the_same_bytes_whatever_surrounds_them() -> None:
    manifest = EXAMPLES / "commercial-product" / "cohort" / "training-series.csv"
    results = [
        process("cite", manifest, "CPTAC-LUAD", env={"PYTHONHASHSEED": seed, "LC_ALL": "C"}) for seed in ("1", "77")
    ]
    assert results[0] == results[1]
    assert results[0].code == 0


def test_the_day_is_that_of_as_of_else_of_source_date_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert json.loads(run("check", LUNG, "--format", "json").out)["as_of"] == "2026-01-01"
    assert json.loads(run("check", LUNG, "--format", "json", "--as-of", DAY).out)["as_of"] == DAY
    for wrong in ("yesterday", "1e99", "9" * 40):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        ran = run("check", LUNG)
        assert (ran.code, ran.out) == (2, "")
        assert f"SOURCE_DATE_EPOCH is '{wrong}'" in ran.err


@pytest.mark.parametrize("command", ["list", "registry conflicts --format json"])
def test_a_reader_who_leaves_early_gets_no_traceback(command: str) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    with subprocess.Popen([*COMMAND, *command.split()], stdout=theirs, stderr=subprocess.PIPE) as running:
        os.close(theirs)
        _, err = running.communicate(timeout=PATIENCE)
    assert err == b""
    assert running.returncode == 141


def test_a_pipeline_takes_the_first_line() -> None:
    with subprocess.Popen([*COMMAND, "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        first = subprocess.run(["head", "-1"], stdin=running.stdout, capture_output=True, check=True).stdout
        assert running.stdout is not None
        running.stdout.close()
        assert running.stderr is not None
        assert running.stderr.read() == b""
    assert first.startswith(b"LIST  ")


def test_closed_streams_and_a_full_disk_are_no_traceback(check: tuple[str | Path, ...]) -> None:
    def shell(redirection: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            ["sh", "-c", f'"$@" {redirection}', "sh", *COMMAND, *map(str, check)],
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )

    closed = shell(">&-")
    assert (closed.returncode, closed.stderr) == (0, b"")
    assert shell("2>&- >/dev/null").returncode == 0
    full = shell(">/dev/full")
    assert (full.returncode, full.stderr) == (2, b"error: stdout: cannot be written: No space left on device\n")


def test_version_is_one_line() -> None:
    ran = run("--version")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("tcia-policy ")
    assert ran.out.count("\n") == 1


def test_a_mistake_of_our_own_is_70_and_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("out of\x1b[31m cheese")

    monkeypatch.setattr("tcia_policy.engine.study.Study.load", fail)
    monkeypatch.delenv("TCIA_POLICY_DEBUG", raising=False)
    ran = run("check", LUNG)
    assert (ran.code, ran.out) == (70, "")
    assert ran.err.startswith("error: a bug in tcia-policy: RuntimeError: out of\ufffd[31m cheese\n")
    monkeypatch.setenv("TCIA_POLICY_DEBUG", "1")
    with pytest.raises(RuntimeError, match="cheese"):
        run("check", LUNG)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has it")
@pytest.mark.parametrize(("arguments", "code"), [(("check", "NO-SUCH-NAME"), 2), (("resolve", "LIDC-IDRI"), 0)])
def test_a_stderr_that_cannot_be_written_changes_no_exit_code(
    tmp_path: Path, arguments: Sequence[str], code: int
) -> None:
    written = () if code else ("-o", "found.csv")  # which tells on stderr what was written
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [*COMMAND, *arguments, *written],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=full,
            check=False,
            timeout=PATIENCE,
        )
    assert ran.returncode == code
