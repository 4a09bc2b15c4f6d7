"""`--fail-on` and the gate of a project: which results make a command fail, and what is said of it."""

from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from tcia_policy.cli.completion import complete_list
from tcia_policy.cli.terminal import remark
from tcia_policy.engine.fail_on import with_gate
from tcia_policy.errors import InputError, as_one
from tcia_policy.model import Assessment
from tcia_policy.model.gate import NEVER, WRITTEN, gate_word, right_word

FailOnOption = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar=f"[{'|'.join((*WRITTEN, NEVER))}]",
        autocompletion=complete_list((*WRITTEN, NEVER)),
        help="The results for which the exit code is not 0, as a list: prohibited,stale. The first four each include "
        "those before it. stale and expiring:DAYS come on top; without one of the four, undetermined counts, too. "
        "Prohibited and open are 1, the others 3. The project's gate does not count then.",
    ),
]


def fail_on_words(given: Sequence[str] | None) -> tuple[str, ...] | None:
    """Return the words of `--fail-on`, each once; `None` without it. Raise `InputError` for what is none of them."""
    if not given:
        return None
    written = [each for text in given for each in text.split(",") if each.strip()] or [""]
    if any(each.strip().casefold() == NEVER for each in written):
        if len(written) > 1:
            raise InputError("never and other words exclude each other", field="--fail-on", hint="leave one out")
        return (NEVER,)
    words = [(each, gate_word(each)) for each in written]
    wrong = [
        InputError(f"unknown value {each.strip()[:60]!r}", field="--fail-on", hint=right_word(each))
        for each, word in words
        if word is None
    ]
    if wrong:
        raise as_one(wrong)
    return tuple(dict.fromkeys(word for _, word in words if word is not None))


def gated(assessment: Assessment, words: Sequence[str] | None) -> Assessment:
    """Return the assessment with the gate of `--fail-on`, if that is given, else as it is."""
    return assessment if words is None else with_gate(assessment, words)


def exit_on(assessment: Assessment, usual: int = 0, *, is_told: bool = False) -> NoReturn:
    """End the command with the exit code of the gate, if the assessment has one, else with the `usual` one.

    Where the gate makes it another one, stderr says so; of a project's gate not where the result tells it (`is_told`).
    """
    gate, own = assessment.gate, assessment.project.gate
    if gate is None:
        raise typer.Exit(usual)
    words, code = ",".join(gate.fail_on), gate.exit_code
    if gate.by == "option" and code != assessment.exit_code:
        remark(f"exit {code}, because of --fail-on {words}; without it, `check` has exit {assessment.exit_code}")
    if gate.by == "option" and own is not None:
        remark(f"--fail-on takes the place of the project's gate (fail_on: {', '.join(own.fail_on)})")
    if gate.by == "project" and code != usual and not is_told:
        remark(f"exit {code}, because of the project's gate (fail_on: {words}); without it, exit {usual}")
    raise typer.Exit(code)
