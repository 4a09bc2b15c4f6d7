"""What is typed wrongly: one clear error of the same form as any other, with a suggestion, and exit code 2."""

import pytest

from tests.cli.run import is_one_clear_error, process, run


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
        ("review sing", "unknown command 'sing'", "did you mean 'sign'?"),
        ("bundle verfy x.zip", "unknown command 'verfy'", "did you mean 'verify'?"),
        ("bundle", "-o: is missing", "`tcia-policy bundle --help` says more"),
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


def test_a_command_that_needs_no_name_has_the_help_of_its_group() -> None:
    for group, others in (("review", ("sign", "verify")), ("bundle", ("verify",))):
        told = run(group, "--help").out
        assert told.startswith(f"Usage: tcia-policy {group} [OPTIONS] [PROJECT]\n")
        assert f"\n  Example: tcia-policy {group} examples/" in told
        listed = told.partition("\nCommands:\n")[2]
        assert [line.split()[0] for line in listed.splitlines()] == list(others)
        assert "..." not in listed


def test_no_command_shows_the_help_and_is_2() -> None:
    for group in ((), ("rules",)):
        ran = run(*group)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == run(*group, "--help").out


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("review s", ["sign"]),
        ("review ", ["sign", "verify"]),
        ("review --li", ["--list"]),
        ("bundle v", ["verify"]),
        ("review sign s", []),
        ("check --format sa", ["sarif"]),
        ("report --format sp", ["spdx"]),
        ("check --fail-on open,st", ["open,stale"]),
    ],
)
def test_a_shell_offers_what_may_follow(typed: str, offered: list[str]) -> None:
    words = f"tcia-policy {typed}"
    asked = {"_TCIA_POLICY_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    ran = process(env=asked)
    assert ran.out.split() == offered
