"""A statement in words, and how it is written in plain text, LaTeX and Markdown. Everything is escaped here."""

import textwrap
from collections.abc import Sequence
from enum import StrEnum

from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import Citation
from tcia_policy.references import latex_encoding
from tcia_policy.references.bib_keys import citation_key
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.reports.typeset import markdown
from tcia_policy.reports.typeset.html import web_address
from tcia_policy.text.sanitize import clean, spaced_like

WIDTH = 96
_HARMLESS_KEY = pattern(r"[^\s\\{}\[\]<>`,%#~^\"]+")
# See https://pandoc.org/MANUAL.html#citation-syntax; any other key stands in braces.
_PANDOC_KEY = pattern(r"\w(?:\w|[:.#$%&+?<>~/-](?=\w))*")


@dataclass(frozen=True)
class Link:
    """An address of the web, under a `text` or as it is."""

    url: str
    text: str | None = None


@dataclass(frozen=True)
class Gap:
    """A blank for the author to fill in, shown in square brackets."""

    text: str


@dataclass(frozen=True)
class Cited:
    r"""A reference: `\cite{key}`, `[@key]`, or the DOI link, which plain text leaves out where it is there anyway.

    Without a `key`, it is the one that `cite` would write.
    """

    citation: Citation
    linked: bool = False
    key: str | None = None


Run = str | Link | Gap | Cited


@dataclass(frozen=True)
class Paragraph:
    """Text to be printed."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Remark:
    """A comment for the author, which is no part of the statement."""

    text: str


Statement = Sequence[Paragraph | Remark]


class Form(StrEnum):
    """How a statement is written; the value is the suffix of its file."""

    TEXT = "txt"
    LATEX = "tex"
    MARKDOWN = "md"


def render_statement(blocks: Statement, form: Form) -> str:
    """Return paragraphs on one line each, remarks as comments (in plain text as lines that begin with `#`)."""
    shown = [
        _remark(block.text, form) if isinstance(block, Remark) else inline(block.runs, form).strip() for block in blocks
    ]
    return "\n\n".join(text for text in shown if text) + "\n"


def inline(runs: Sequence[Run], form: Form) -> str:
    """Return the words of one paragraph."""
    return "".join(_run(run, form, begins=number == 0) for number, run in enumerate(runs))


def in_markdown(*runs: Run) -> str:
    """Return the words of one paragraph in Markdown."""
    return inline(runs, Form.MARKDOWN)


def in_text(*runs: Run) -> str:
    """Return the words of one paragraph in plain text."""
    return inline(runs, Form.TEXT)


def _run(run: Run, form: Form, *, begins: bool) -> str:
    match run:
        case str():
            return spaced_like(run, _escaped(run, form, begins=begins))
        case Gap(text):
            return f"[{_escaped(text, form)}]"
        case Link(url, text):
            return _link(url, text, form)
        case Cited():
            return _cited(run, form)


def _escaped(text: str, form: Form, *, begins: bool = False) -> str:
    match form:
        case Form.TEXT:
            return clean(text)
        case Form.LATEX:
            return _latex(text)
        case Form.MARKDOWN:
            return _markdown(text, begins=begins)


def _latex(text: str) -> str:
    r"""Write it as in bibliographies, but for braces that do not nest: running text has no reader that counts them."""
    return latex_encoding.escape(text).replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")


def _markdown(text: str, *, begins: bool = False) -> str:
    """Escape as in reports, and what pandoc acts on beyond GitHub: `@key`, `^superscript^`, `:::`, `% title`.

    Only where a paragraph `begins` can a sign begin a list.
    """
    before = "" if begins else "("
    escaped = markdown.escape(before + clean(text)).removeprefix(before).replace("@", "\\@").replace("^", "\\^")
    return f"\\{escaped}" if begins and escaped.startswith((":", "%")) else escaped


def _link(url: str, text: str | None, form: Form) -> str:
    address = web_address(url)
    if form is not Form.MARKDOWN or address is None:
        shown = url if text is None or text == url else f"{text}, {url}"
        return _escaped(shown, form)
    return f"<{address}>" if text is None else f"[{_markdown(text)}](<{address}>)"


def _cited(reference: Cited, form: Form) -> str:
    own = reference.key or ""
    key = own if _HARMLESS_KEY.fullmatch(own) else citation_key(reference.citation)
    match form:
        case Form.LATEX:
            return f"~\\cite{{{key}}}"
        case Form.MARKDOWN:
            return f" [@{key}]" if _PANDOC_KEY.fullmatch(key) else f" [@{{{key}}}]"
        case Form.TEXT:
            return "" if reference.linked else f" ({doi_url(reference.citation.doi)})"


def _remark(text: str, form: Form) -> str:
    if form is Form.MARKDOWN:
        return f"<!-- {harmless_in_comment(text)} -->"
    sign = "% " if form is Form.LATEX else "# "
    lines = textwrap.wrap(clean(text), WIDTH - len(sign), break_long_words=False, break_on_hyphens=False)
    return "\n".join(sign + line for line in lines)


def harmless_in_comment(text: str) -> str:
    """Return `text` on one line, unable to end an HTML comment or to begin anything in one."""
    line = clean(text).replace("<", "‹").replace(">", "›")
    while "--" in line:
        line = line.replace("--", "- -")
    return line
