"""The form as a web page: one file that loads nothing, works from a disk, and can be printed.

Its script saves what was filled in as `review-answers.json`, and keeps it in the page, so that the page can be saved
and sent as well. Without the script it can be read, and printed.
"""

import base64
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tcia_policy.files.written_by import MARK
from tcia_policy.reports.typeset.html import cleaned
from tcia_policy.review.forms.form import HOW, TITLE, Form, fields_asked, head_of
from tcia_policy.review.forms.stated import stated_json

TEMPLATES = Path(__file__).resolve().parent / "templates"


def render_html_form(form: Form) -> bytes:
    """Return the page; the same form gives the same bytes. All text is escaped and freed of controls."""
    script = (TEMPLATES / "form.js").read_text(encoding="utf-8")
    digest = base64.b64encode(sha256(script.encode()).digest()).decode()
    page = _environment().get_template("form.html.jinja")
    shown = page.render(
        form=form,
        kind=TITLE,
        how=HOW,
        head_of=head_of,
        fields_asked=fields_asked,
        mark=MARK,
        script=Markup(script),  # noqa: S704 - our own file
        script_hash=f"sha256-{digest}",
        stated=_inert(stated_json(form.stated)),
    )
    return shown.encode("utf-8")


def _inert(json_text: str) -> Markup:
    """Return JSON that ends no element of HTML, within which it stands."""
    escaped = json_text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(escaped)  # noqa: S704 - no letter of it is active in HTML


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=cleaned,
    )
