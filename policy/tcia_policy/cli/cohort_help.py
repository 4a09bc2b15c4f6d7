"""What a cohort file is, in the help of a command: found when the help is shown, since it takes all readers."""

from functools import partial
from typing import Any

COHORT_FILE = "{what a cohort file is}"
"""Stands in a text of help for the names of all formats of cohort files."""


def tell_when_shown(command: Any) -> Any:
    """Return the command (or the group, with its commands); its help has the names of the formats when it is shown."""
    for each in command.params:
        if COHORT_FILE in (getattr(each, "help", None) or ""):
            each.get_help_record = partial(_told, each, each.get_help_record)
    for each in getattr(command, "commands", {}).values():
        tell_when_shown(each)
    return command


def _told(parameter: Any, record: Any, ctx: Any) -> Any:
    from tcia_policy.cohorts.formats import formats_in_words  # noqa: PLC0415 - 15 ms, only where help is shown

    parameter.help = parameter.help.replace(COHORT_FILE, formats_in_words())
    return record(ctx)
