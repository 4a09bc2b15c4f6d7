"""A `Document` as one HTML file: it loads nothing, runs its own script only, and prints well."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit

from jinja2 import Environment
from markupsafe import Markup

from tcia_policy.files.mark import MARK
from tcia_policy.model import Assessment
from tcia_policy.reports.memo.document import BREAK, Document, Picture, Row
from tcia_policy.reports.memo.memo import review_document
from tcia_policy.reports.typeset.safe_templates import script_in, templates_in
from tcia_policy.text.sanitize import clean, without_commands_in_markup

TEMPLATES = Path(__file__).resolve().parent / "templates"
LINKED_SCHEMES = ("http", "https")
LONG_CELL = 900  # characters


def render_html(assessment: Assessment) -> str:
    """Return the document for legal review as a page."""
    return document_as_html(review_document(assessment))


def document_as_html(document: Document) -> str:
    """Return a self-contained page. All text from data is escaped and freed of controls; links are of the web only.

    A Content Security Policy names the digest of the one script, which filters and unfolds; without it all is shown.
    """
    page = _environment().get_template("document.html.jinja")
    return without_commands_in_markup(page.render(document=document, **script_in(TEMPLATES / "document.js")))


def web_address(url: str | None) -> str | None:
    """Return `url` as it may stand in a link, or `None` where it is no address of the web."""
    line = clean(url or "")
    try:
        parts = urlsplit(line)
    except ValueError:
        return None
    if parts.scheme.lower() not in LINKED_SCHEMES or not parts.hostname:
        return None
    return quote(line, safe="/:;()-._~!*'+,=@$?#&%[]")


def link(url: str | None, text: str) -> Markup:
    """Return a link, `named` where its text does not show where it leads; plain text where `url` may not be linked."""
    address = web_address(url)
    if address is not None:
        shown = clean(text)
        named = Markup("") if shown and address.endswith(shown) else Markup(' class="named"')
        return Markup('<a{} href="{}" rel="noreferrer">{}</a>').format(named, address, shown)
    return Markup("{}").format(clean(text if url is None or url == text else f"{text} ({url})"))


def css_string(text: str) -> Markup:
    """Return `text` as a string of CSS, every character escaped that could end it."""
    escaped = re.sub(r"[^A-Za-z0-9 .,:-]", lambda found: f"\\{ord(found.group()):x} ", clean(text))
    return Markup(f'"{escaped}"')  # noqa: S704 - nothing in it is active in HTML or CSS


def _preformatted(text: str) -> Markup:
    """Return text with its line ends, each line cleaned, the spaces that it begins with kept."""
    lines = []
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip(" "))
        lines.append(" " * indent + clean(line))
    return Markup("{}").format("\n".join(lines))


def _picture(picture: Picture) -> Markup:
    return Markup(picture.svg)  # noqa: S704 - drawn by this program, which escapes what it draws


def _is_long(row: Row) -> bool:
    """Return whether a row may be split between pages of paper, since it would leave too much of one empty."""
    return any(sum(len(span.text) for span in cell) > LONG_CELL for cell in row.cells)


@cache
def _environment() -> Environment:
    environment = templates_in(TEMPLATES)
    environment.globals.update(
        BREAK=BREAK,
        link=link,
        web_address=web_address,
        preformatted=_preformatted,
        picture=_picture,
        css_string=css_string,
        mark=MARK,
        is_long=_is_long,
    )
    return environment
