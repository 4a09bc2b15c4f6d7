"""Mistakes in how a command was typed, in our words: Typer's exceptions as `InputError`."""

import re
from collections.abc import Iterable
from typing import Any

from tcia_policy.errors import InputError
from tcia_policy.text.suggest import did_you_mean, similar

ALIKE = 70  # of 100: names of options and commands are short, and half of one is soon alike
HELP_WANTED = "NoArgsIsHelpError"
_CHOICES = re.compile(r"is not one of (.+?)\.?$")
_LEAST = re.compile(r"greater than or equal to (\S+)|in the range x>=(\S+?)\.?$")


def is_call_for_help(error: Exception) -> bool:
    """Return whether nothing was typed after the name of a group of commands, so that its help is the answer."""
    return type(error).__name__ == HELP_WANTED


def of_usage(error: Any) -> InputError:
    """Return what is wrong with the command line, and what would be right."""
    option: str | None = getattr(error, "option_name", None)
    parameter = getattr(error, "param", None)
    if option is not None and type(error).__name__ == "NoSuchOption":
        known = [name for each in error.ctx.command.get_params(error.ctx) for name in each.opts]
        meant = did_you_mean(similar(option, known, most=1, as_a_whole=True, at_least=ALIKE))
        return InputError("unknown option", field=option, hint=_with_help(meant, error))
    if option is not None:
        return InputError("needs a value", field=option, hint=_with_help("", error))
    if parameter is None:
        return _of_words(error)
    name = parameter.metavar or parameter.name.upper() if parameter.param_type_name == "argument" else parameter.opts[0]
    if type(error).__name__ == "MissingParameter":
        first_sentence = (parameter.help or "").partition(". ")[0].rstrip(".")
        return InputError("is missing", field=name, hint=_with_help(first_sentence, error))
    return _of_value(error.message, name, error)


def unknown_command(name: str, known: Iterable[str], group: str) -> InputError:
    """Return the error for a command that the group (`tcia-policy rules`) does not have."""
    meant = did_you_mean(similar(name, known, most=1, as_a_whole=True, at_least=ALIKE))
    return InputError(f"unknown command {name!r}", hint=_join(meant, f"`{group} --help` lists the commands"))


def no_command(text: str, known: Iterable[str], program: str) -> InputError:
    """Return the error for what stands in the place of a command: a name of one misspelled, else data or a project."""
    error = unknown_command(text, known, program)
    is_misspelled = (error.hint or "").startswith("did you mean")
    return error if is_misspelled else error.at(hint=f"to check data or a project, type `{program} check {text}`")


def _of_words(error: Any) -> InputError:
    message = error.message
    command = re.match(r"No such command '(.*?)'", message)
    if command is not None:
        return unknown_command(command[1], error.ctx.command.commands, error.ctx.command_path)
    extra = re.match(r"Got unexpected extra arguments? ?(?:\(s\) )?\((.*)\)", message)
    problem = f"does not take {extra[1]!r}" if extra is not None else message
    return InputError(problem, field=error.ctx and error.ctx.command_path, hint=_with_help("", error))


def _of_value(message: str, name: str, error: Any) -> InputError:
    """Return the error for a value that an option does not take; Typer quotes it in some of its messages only."""
    problem = message.removeprefix("Value error, ").rstrip(".")
    choices = _CHOICES.search(problem)
    if choices is not None:
        given = problem[: choices.start()].strip().strip("'")
        known = re.findall(r"'([^']*)'", choices[1])
        meant = did_you_mean(similar(given, known, most=1))
        return InputError(f"unknown value {given!r}", field=name, hint=_join(meant, f"use one of {', '.join(known)}"))
    least = _LEAST.search(problem)
    if least is not None:
        problem = f"must be at least {least[1] or least[2]}"
    elif "integer" in problem:
        problem = "is not a whole number"
    return InputError(problem, field=name, hint=_with_help("", error))


def _with_help(hint: str, error: Any) -> str:
    return hint if error.ctx is None else _join(hint, f"`{error.ctx.command_path} --help` says more")


def _join(meant: str, more: str) -> str:
    return f"{meant}{' ' if meant.endswith('?') else '; '}{more}" if meant else more
