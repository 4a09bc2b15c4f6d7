"""The register of report formats. A new format is one module with a renderer, and one line in `FORMATS`.

CONTRIBUTING.md has the steps.
"""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from tcia_policy.errors import InputError
from tcia_policy.model import Assessment


@dataclass(frozen=True)
class Screen:
    """A screen: how many columns wide, and whether in color."""

    width: int = 80
    color: bool = False


PLAIN_SCREEN = Screen()

Renderer = Callable[[Assessment], str]
"""Return the whole report as text; the same assessment gives the same text."""
ScreenRenderer = Callable[[Assessment, int, bool], str]
"""Return the report for a screen of so many columns, in color or not."""


@dataclass(frozen=True)
class Format:
    """One format, by the name that users type.

    `renderer` is `module:function` of a `Renderer`, or of a `ScreenRenderer` where it is `for_screens`. It is imported
    when the format is written: templates take a while to load. `is_document`: `report` writes a file of it.
    """

    name: str
    suffix: str
    help: str
    renderer: str
    is_document: bool = True
    for_screens: bool = False

    def render(self, assessment: Assessment, screen: Screen = PLAIN_SCREEN) -> str:
        """Return the assessment in this format; only what is for screens depends on `screen`."""
        if self.for_screens:
            show: ScreenRenderer = pkgutil.resolve_name(self.renderer)
            return show(assessment, screen.width, screen.color)
        render: Renderer = pkgutil.resolve_name(self.renderer)
        return render(assessment)


_HERE = "tcia_policy.reports"
TEXT = Format("text", ".txt", "the answer on a screen", f"{_HERE}.screen:render_screen", False, True)
FORMATS = (
    TEXT,
    Format("html", ".html", "the document for legal review, one file that loads nothing", f"{_HERE}.html:render_html"),
    Format("markdown", ".md", "the same document in GitHub's Markdown", f"{_HERE}.markdown:render_markdown"),
    Format("json", ".json", "the whole assessment; any report can be made of it", f"{_HERE}.json_report:render_json"),
)
DOCUMENTS = tuple(each for each in FORMATS if each.is_document)


def format_named(name: str) -> Format:
    """Return the format of this name. Raise `InputError` with all names where there is none."""
    for each in FORMATS:
        if each.name == name:
            return each
    names = ", ".join(each.name for each in FORMATS)
    raise InputError(f"there is no report format {name!r}", field="--format", hint=f"the formats are {names}")


def formats_in_help() -> str:
    """Return what the formats are, in one line for a command's help."""
    return "; ".join(f"{each.name}: {each.help}" for each in FORMATS)
