"""The same document in GitHub-flavored Markdown."""

import re
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tcia_policy.files.written_by import MARK
from tcia_policy.model import Assessment
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.reports import labels
from tcia_policy.reports.html import TEMPLATES, spaced_like, web_address
from tcia_policy.reports.view import report_view
from tcia_policy.text.sanitize import clean

# An underscore between letters or digits is only an underscore.
_ACTIVE = re.compile(r"([\\`*{}\[\]<>#|~&$!]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))")
_BEGINS_LIST_OR_RULE = re.compile(r"^(\d{0,9})(?=[-+.)](?:\s|$)|[-=][-= ]*$)")
_BLANK_LINES = re.compile(r"\n{3,}")


def render_markdown(assessment: Assessment) -> str:
    """Return the report in Markdown. All text from data is escaped: it stays text, in a table and out of one."""
    text = _environment().get_template("report.md.jinja").render(content=report_view(assessment))
    return f"<!-- {MARK} -->\n\n" + _BLANK_LINES.sub("\n\n", text).strip() + "\n"


def escape(text: str) -> str:
    """Return `text` on one line, every character escaped that Markdown acts on, in a line or where a block begins."""
    line = _ACTIVE.sub(r"\\\1", clean(text))
    return _BEGINS_LIST_OR_RULE.sub(r"\1\\", line)


def link(url: str | None, text: str) -> Markup:
    """Return `[text](<url>)`, or plain text where `url` may not be linked."""
    address = web_address(url)
    if address is not None:
        return Markup(f"[{escape(text)}](<{address}>)")  # noqa: S704 - not HTML, and escaped for what it is
    return Markup(escape(text if url is None or url == text else f"{text} ({url})"))  # noqa: S704


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=False,  # noqa: S701 - this is not HTML; `_escaped` sees every expression
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_escaped,
    )
    environment.globals.update(link=link, doi_url=doi_url, labels=labels)
    return environment


def _escaped(value: object) -> object:
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return spaced_like(value, escape(value))
