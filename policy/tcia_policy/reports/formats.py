"""The register of report formats. A new format is one module with a renderer, and one line in `FORMATS`.

CONTRIBUTING.md has the steps.
"""

import pkgutil
from collections.abc import Callable

from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment
from tcia_policy.reports.answer.project_places import IN_THE_PROJECT, Standpoint
from tcia_policy.reports.detail import Detail


@dataclass(frozen=True)
class Screen:
    """A screen: how many columns wide, whether in color, how much it tells, and where its reader stands."""

    width: int = 80
    color: bool = False
    detail: Detail = Detail.ANSWER
    standpoint: Standpoint = IN_THE_PROJECT


PLAIN_SCREEN = Screen()

Renderer = Callable[[Assessment], str]
"""Return the whole report as text that ends in a newline; the same assessment gives the same text."""
ScreenRenderer = Callable[[Assessment, int, bool, Detail, Standpoint], str]
"""Return the report for a screen of so many columns, in color or not, with so much detail, read in that place."""
PlaceRenderer = Callable[[Assessment, Standpoint], str]
"""Return the report with paths as somebody at the root of the repository, who stands in that place, spells them."""
PaperRenderer = Callable[[Assessment], bytes]
"""Return the whole report as the content of a file; the same assessment gives the same bytes."""


@dataclass(frozen=True)
class Format:
    """One format, by the name that users type.

    `renderer` is `module:function` of a `Renderer`, of a `ScreenRenderer` where it is `for_screens`, of a
    `PlaceRenderer` where it is `for_repositories`, or of a `PaperRenderer` where there is an `extra`: then what is
    written is no text, and that extra of the package installs the library that writes it. It is imported when the
    format is written: libraries take a while to load.
    `is_document`: `report` writes a file of it. `in_folder`: it is among the files that `report` puts into a folder.
    `is_checked`: `check` prints it. `suffixes` are how its files end, ours first; one may have several parts
    (`.odrl.jsonld`). `is_linked_data`: it is JSON-LD, and a file of it may end in `.json` or `.jsonld` where the format
    is named.
    """

    name: str
    suffixes: tuple[str, ...]
    help: str
    renderer: str
    is_document: bool = True
    for_screens: bool = False
    for_repositories: bool = False
    extra: str | None = None
    in_folder: bool = False
    is_checked: bool = True
    is_linked_data: bool = False

    @property
    def suffix(self) -> str:
        """Return how a file of this format ends."""
        return self.suffixes[0]

    def render(self, assessment: Assessment, screen: Screen = PLAIN_SCREEN) -> str:
        """Return the assessment in this format; only what is for screens or repositories depends on `screen`.

        Raise `InputError` where the format is no text.
        """
        if self.extra is not None:
            hint = f"write a file with `tcia-policy report -o report{self.suffix}`"
            raise InputError(f"{self.name} is no text to print", field="--format", hint=hint)
        if self.for_screens:
            show: ScreenRenderer = pkgutil.resolve_name(self.renderer)
            return show(assessment, screen.width, screen.color, screen.detail, screen.standpoint)
        if self.for_repositories:
            show_places: PlaceRenderer = pkgutil.resolve_name(self.renderer)
            return show_places(assessment, screen.standpoint)
        render: Renderer = pkgutil.resolve_name(self.renderer)
        return render(assessment)

    def printed(self, assessment: Assessment, screen: Screen = PLAIN_SCREEN) -> str | bytes:
        """Return what is printed; bytes, printed as they are, where a pipeline reads it. Raise as `render`."""
        shown = self.render(assessment, screen)
        return shown.encode("utf-8") if self.for_repositories else shown

    def content(self, assessment: Assessment) -> bytes:
        """Return what a file of this format has. Raise `InputError` where the library that writes it is missing."""
        if self.extra is None:
            return self.render(assessment).encode("utf-8")
        try:
            write: PaperRenderer = pkgutil.resolve_name(self.renderer)
        except ModuleNotFoundError as error:
            if error.name and error.name.partition(".")[0] == __name__.partition(".")[0]:
                raise
            problem = f"what writes {self.name} is not installed ({error.name})"
            raise InputError(problem, hint=f"pip install 'tcia-policy[{self.extra}]'") from None
        return write(assessment)


_HERE = "tcia_policy.reports"


def _for_repositories(name: str, suffix: str, help_: str) -> Format:
    renderer = f"{_HERE}.gate.{name}:render_{name}"
    return Format(name, (suffix,), help_, renderer, is_document=False, for_repositories=True)


TEXT = Format("text", (".txt",), "the answer on a screen", f"{_HERE}.screen.screen:render_screen", False, True)
FORMATS = (
    TEXT,
    Format(
        "html",
        (".html", ".htm"),
        "the document for legal review, one file that loads nothing",
        f"{_HERE}.typeset.html:render_html",
        in_folder=True,
    ),
    Format(
        "markdown",
        (".md", ".markdown"),
        "in GitHub's Markdown",
        f"{_HERE}.typeset.markdown:render_markdown",
        in_folder=True,
    ),
    Format(
        "json",
        (".json",),
        "the whole assessment, for any report",
        f"{_HERE}.json_report:render_json",
        in_folder=True,
    ),
    Format("docx", (".docx",), "the same document for Word", f"{_HERE}.typeset.docx:render_docx", extra="docx"),
    Format("pdf", (".pdf",), "the same document on paper", f"{_HERE}.typeset.pdf:render_pdf", extra="pdf"),
    Format(
        "ro-crate",
        (".ro-crate.json", "ro-crate-metadata.json"),
        "the study, its data and outputs as RO-Crate metadata",
        f"{_HERE}.terms.ro_crate:render_ro_crate",
        is_checked=False,
        is_linked_data=True,
    ),
    Format(
        "odrl",
        (".odrl.jsonld",),
        "what the study may do, as ODRL 2.2 policies",
        f"{_HERE}.terms.odrl:render_odrl",
        is_checked=False,
        is_linked_data=True,
    ),
    Format(
        "spdx",
        (".spdx.json",),
        "data and outputs with their licenses, for machines",
        f"{_HERE}.terms.spdx:render_spdx",
        is_checked=False,
        is_linked_data=True,
    ),
    Format(
        "croissant",
        (".croissant.json",),
        "the data as a data set of Croissant 1.1",
        f"{_HERE}.terms.croissant:render_croissant",
        is_checked=False,
        is_linked_data=True,
    ),
    _for_repositories("sarif", ".sarif", "what stops it, for code scanning (SARIF 2.1.0)"),
    _for_repositories("junit", ".xml", "the same as test cases (JUnit's XML)"),
    _for_repositories("github", ".txt", "the same as annotations in GitHub Actions"),
    _for_repositories("gitlab", ".json", "the same as GitLab's code quality report"),
)
TEXTS = tuple(each for each in FORMATS if each.extra is None)
CHECKED = tuple(each for each in TEXTS if each.is_checked)
DOCUMENTS = tuple(each for each in FORMATS if each.is_document)
LINKED_DATA = (".json", ".jsonld")
IN_FOLDER = tuple(each for each in DOCUMENTS if each.in_folder)


def format_named(name: str) -> Format:
    """Return the format of this name. Raise `InputError` with all names where there is none."""
    for each in FORMATS:
        if each.name == name:
            return each
    names = ", ".join(each.name for each in FORMATS)
    raise InputError(f"there is no report format {name!r}", field="--format", hint=f"the formats are {names}")


def checked_format(name: str) -> Format:
    """Return the format of this name, for `check`. Raise `InputError` for what only `report` writes."""
    found = format_named(name)
    if found.extra is None and not found.is_checked:
        hint = f"write a file with `tcia-policy report -o report{found.suffix}`"
        raise InputError(f"{found.name} is not what check prints", field="--format", hint=hint)
    return found


def document_by_name(name: str) -> Format | None:
    """Return the format of files whose name ends so, in any case, by the longest ending; `None` where there is none."""
    endings = [(suffix, each) for each in DOCUMENTS for suffix in each.suffixes if name.lower().endswith(suffix)]
    return max(endings, key=lambda found: len(found[0]), default=(None, None))[1]


def fits(form: Format, name: str) -> bool:
    """Return whether a file of this name can have the format that is named for it, in any case."""
    by_name = document_by_name(name)
    if form.is_linked_data and (by_name is None or by_name.suffix in LINKED_DATA):
        return name.lower().endswith(LINKED_DATA)
    return by_name == form


def formats_in_help() -> str:
    """Return what the formats that are text are, in one line for a command's help."""
    return "; ".join(f"{each.name}: {each.help}" for each in CHECKED)
