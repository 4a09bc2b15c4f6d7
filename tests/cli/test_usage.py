"""What is typed wrongly: one clear error of the same form as any other, with a suggestion, and exit code 2."""

import pytest

from tests.cli.run import is_one_clear_error, run


@pytest.mark.parametrize(
    ("typed", "problem", "hint"),
    [
        ("check --formt json", "--formt: unknown option", "did you mean '--format'? `tcia-policy check --help`"),
        ("check --porpose commercial", "--porpose: unknown option", "did you mean '--purpose'?"),
        ("check --zzz", "--zzz: unknown option", "`tcia-policy check --help` says more"),
        ("chek", "unknown command 'chek'", "did you mean 'check'?"),
        ("rules shw", "unknown command 'shw'", "did you mean 'show'?"),
        ("LIDC-IDRI", "unknown command 'LIDC-IDRI'", "type `tcia-policy check LIDC-IDRI`"),
        ("cite", "SELECTION: is missing", "Datasets, DOIs"),
        ("report", "-o: is missing", "A file, written by its ending (.html"),
        ("licenses", "--for: is missing", "The kind of output"),
        ("check --max-age x", "--max-age: is not a whole number", "`tcia-policy check --help`"),
        ("check --max-age -2", "--max-age: must be at least 0", ""),
        ("check --max-age", "--max-age: needs a value", ""),
        ("list --format josn", "--format: unknown value 'josn'", "did you mean 'json'? use one of text, json"),
        ("check --fail-on prohibit", "--fail-on: unknown value 'prohibit'", "did you mean 'prohibited'?"),
        ("check --color blue", "--color: unknown value 'blue'", "use one of auto, always, never"),
        ("rules list one", "tcia-policy rules list: does not take 'one'", ""),
    ],
)
def test_a_command_that_is_typed_wrongly(typed: str, problem: str, hint: str) -> None:
    ran = run(*typed.split())
    is_one_clear_error(ran, f"error: {problem}", hint)
    for jargon in ("Usage:", "Error", "Input should", "valid integer"):
        assert jargon not in ran.err


def test_help_is_one_letter_away_for_every_command_and_so_is_the_version() -> None:
    assert run("-h").out == run("--help").out
    for command in ("check", "cite", "init", "rules show"):
        short = run(*command.split(), "-h")
        assert (short.code, short.err) == (0, "")
        assert short.out == run(*command.split(), "--help").out
        assert "\n  Example: tcia-policy " in short.out
    assert run("-V") == run("--version")


def test_no_command_shows_the_help_and_is_2() -> None:
    for group in ((), ("rules",)):
        ran = run(*group)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == run(*group, "--help").out
