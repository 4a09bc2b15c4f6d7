"""The form as a web page: one file that loads nothing, works from a disk, and can be printed.

Its script saves what was filled in as `review-answers.json`, and keeps it in the page, so that the page can be saved
and sent as well. Without the script it can be read, and printed.
"""

from pathlib import Path

from markupsafe import Markup

from tcia_policy.files.mark import MARK
from tcia_policy.reports.typeset.safe_templates import script_in, templates_in
from tcia_policy.review.choices import notes_on
from tcia_policy.review.forms.form import HOW, NOTHING, TITLE, Form, fields_asked, head_of
from tcia_policy.review.forms.stated import stated_json

TEMPLATES = Path(__file__).resolve().parent / "templates"


def render_html_form(form: Form) -> bytes:
    """Return the page; the same form gives the same bytes. All text is escaped and freed of controls."""
    page = templates_in(TEMPLATES).get_template("form.html.jinja")
    shown = page.render(
        form=form,
        kind=TITLE,
        how=HOW,
        nothing=NOTHING,
        head_of=head_of,
        fields_asked=fields_asked,
        notes_on=notes_on,
        mark=MARK,
        stated=_inert(stated_json(form.stated)),
        **script_in(TEMPLATES / "form.js"),
    )
    return shown.encode("utf-8")


def _inert(json_text: str) -> Markup:
    """Return JSON that ends no element of HTML, within which it stands."""
    escaped = json_text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(escaped)  # noqa: S704 - no letter of it is active in HTML
