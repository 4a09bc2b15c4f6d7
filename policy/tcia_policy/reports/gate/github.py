"""GitHub's workflow commands: annotations beside the lines of a pull request.

docs.github.com, "Workflow commands for GitHub Actions", and the escapes of `@actions/core`; read 2026-11-29.
"""

from tcia_policy.model import Assessment
from tcia_policy.reports.answer.first_line import first_line
from tcia_policy.reports.answer.project_places import IN_THE_PROJECT, Standpoint
from tcia_policy.reports.gate.results import GateResult, Level, results
from tcia_policy.text.english import count
from tcia_policy.text.sanitize import clean, neutral, shortened, without_old_commands

COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
MOST_RESULTS = 1000  # GitHub shows ten of each kind in a step
LONGEST_TITLE, LONGEST_MESSAGE = 200, 2000


def render_github(assessment: Assessment, standpoint: Standpoint = IN_THE_PROJECT) -> str:
    """Return a line for the answer and one for each result, every one a workflow command.

    What was decided is a notice. Nothing in a text can begin a line or a command of its own.
    """
    found = results(assessment, standpoint)
    lines = [_command("notice", {"title": "tcia-policy"}, str(first_line(assessment)))]
    lines += [_annotation(item) for item in found[:MOST_RESULTS]]
    left_out = len(found) - MOST_RESULTS
    if left_out > 0:
        lines.append(_command("notice", {"title": "tcia-policy"}, f"{count(left_out, 'more result')} not shown"))
    return "\n".join(lines) + "\n"


def _annotation(item: GateResult) -> str:
    place = item.places[0]
    where = {"file": place.path, "line": str(place.line), "title": shortened(clean(item.about.title), LONGEST_TITLE)}
    return _command(COMMANDS[item.level_left], where, shortened(item.told, LONGEST_MESSAGE))


def _command(name: str, properties: dict[str, str], message: str) -> str:
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {told}::{_data(message)}"


def _data(text: str) -> str:
    text = without_old_commands(neutral(text, keep="\r\n"))
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
