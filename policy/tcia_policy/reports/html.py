"""The document for legal review: one HTML file that loads nothing, runs nothing and prints well."""

from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tcia_policy.files.written_by import MARK
from tcia_policy.model import Assessment
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.reports import labels
from tcia_policy.reports.view import report_view
from tcia_policy.text.sanitize import clean

TEMPLATES = Path(__file__).resolve().parent / "templates"
LINKED_SCHEMES = ("http", "https")


def render_html(assessment: Assessment) -> str:
    """Return a self-contained page. All text from data is escaped and freed of controls; links are of the web only."""
    return _environment().get_template("report.html.jinja").render(content=report_view(assessment))


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
    """Return a link, `named` where its text is not the address itself; plain text where `url` may not be linked."""
    address = web_address(url)
    if address is not None:
        named = Markup("") if clean(text) == address else Markup(' class="named"')
        return Markup('<a{} href="{}" rel="noreferrer">{}</a>').format(named, address, clean(text))
    return Markup("{}").format(clean(text if url is None or url == text else f"{text} ({url})"))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_cleaned,
    )
    environment.globals.update(link=link, doi_url=doi_url, labels=labels, mark=MARK)
    return environment


def spaced_like(value: str, shown: str) -> str:
    """Return `shown`, with a space where `value` begins or ends with one, to keep it apart from what is beside it."""
    if not shown:
        return " " if value else ""
    return f"{' ' * value[:1].isspace()}{shown}{' ' * value[-1:].isspace()}"


def _cleaned(value: object) -> object:
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return spaced_like(value, clean(value))
