"""The program as a whole: completion in a shell, and the options that every command has."""

from pathlib import Path

import pytest

from tcia_policy.cli.completion import complete_datasets
from tcia_policy.registry import Registry
from tests.cli.run import process


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("tcia-policy ch", ["check"]),
        ("tcia-policy check --fo", ["--format"]),
        ("tcia-policy check --fail-on un", ["undetermined", "unverified"]),
        ("tcia-policy rules s", ["show"]),
        ("tcia-policy chek --f", []),
        ("tcia-policy check LIDC-I", ["LIDC-IDRI"]),
        ("tcia-policy resolve QIN-PROS", ["QIN-PROSTATE", "QIN-PROSTATE-Repeatability"]),
        ("tcia-policy check --activity train", ["train-model"]),
        ("tcia-policy check --release mod", ["model="]),
    ],
)
def test_a_shell_completes_commands_options_and_values(typed: str, offered: list[str]) -> None:
    words = len(typed.split()) - 1
    env = {"_TCIA_POLICY_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(words)}
    ran = process(env=env)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.split() == offered


def test_every_name_that_is_offered_means_its_dataset() -> None:
    registry = Registry.load()
    for entry in registry.entries:
        (offered,) = (name for name in complete_datasets("-".join(entry.id.split())) if len(name) == len(entry.id))
        assert entry.id in registry.find(offered)


def test_completion_can_be_shown_and_installed(tmp_path: Path) -> None:
    named = {"HOME": str(tmp_path), "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}  # tests may run in no shell
    assert "complete -o default -F" in process("--show-completion", "bash", env=named).out
    installed = process("--install-completion", "bash", env=named)
    assert installed.code == 0
    assert (tmp_path / ".bash_completions" / "tcia-policy.sh").exists()
