"""The program as a whole: completion in a shell, and the options that every command has."""

from pathlib import Path

import pytest

from tests.cli.run import process, run


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("tcia-policy ch", ["check"]),
        ("tcia-policy check --fo", ["--format"]),
        ("tcia-policy check --fail-on un", ["undetermined", "unverified"]),
        ("tcia-policy rules s", ["show"]),
        ("tcia-policy chek --f", []),
    ],
)
def test_a_shell_completes_commands_options_and_values(typed: str, offered: list[str]) -> None:
    words = len(typed.split()) - 1
    env = {"_TCIA_POLICY_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(words)}
    ran = process(env=env)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.split() == offered


def test_completion_can_be_shown_and_installed(tmp_path: Path) -> None:
    assert "complete -o default -F" in run("--show-completion", "bash").out
    installed = process("--install-completion", "bash", env={"HOME": str(tmp_path)})
    assert installed.code == 0
    assert (tmp_path / ".bash_completions" / "tcia-policy.sh").exists()
