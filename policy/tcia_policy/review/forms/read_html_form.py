"""A page with a form that was filled in and saved from a browser."""

from collections.abc import Iterator, Sequence

from lxml import etree, html

from tcia_policy.errors import InputError
from tcia_policy.model.review_form import FormAnswer, FormEntry, FormReviewer, ReviewAnswers
from tcia_policy.review.fields import FIELDS
from tcia_policy.review.forms.stated import NO_FORM, stated_of

_LONGEST_FIELD = 4000


def read_html_form(text: str) -> ReviewAnswers:
    """Return what a page holds. Raise `InputError` for one that has no form of ours."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise InputError("is an empty page, or none", hint=NO_FORM) from None
    data = root.xpath("//script[@id='stated']")
    if len(data) != 1:
        raise InputError("is a page without a form of ours", hint=NO_FORM)
    stated = stated_of(data[0].text_content())
    filled: dict[str, list[str]] = {}
    for name, value in _values(root):
        filled.setdefault(name, []).append(value)
    reviewer = {name: " ".join(filled.get(f"reviewer.{name}", ())) for name in ("by", "role", "on")}
    answers = tuple(_answer(number, entry, filled) for number, entry in enumerate(stated.entries))
    return ReviewAnswers(form=stated, reviewer=FormReviewer(**reviewer), answers=answers)


def _answer(number: int, entry: FormEntry, filled: dict[str, list[str]]) -> FormAnswer:
    fields = {field.name: " ".join(filled.get(f"{number}.{field.name}", ())) for field in FIELDS}
    return FormAnswer(
        kind=entry.kind,
        id=entry.id,
        choices=_chosen(entry, filled.get(f"{number}.choice", ())),
        fields={name: text for name, text in fields.items() if text},
    )


def _chosen(entry: FormEntry, ticked: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of the choices that are ticked, by their numbers in the page."""
    return tuple(key for number, key in enumerate(entry.choices) if str(number) in ticked)


def _values(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield the name and value of everything that is filled in, as the page was saved."""
    for element in root.iter("input", "select", "textarea"):
        name, value = element.get("name") or "", ""
        if element.tag == "textarea":
            value = element.text_content()
        elif element.tag == "select":
            value = " ".join(each.get("value") or "" for each in element.iter("option") if "selected" in each.attrib)
        elif element.get("type") != "radio" or "checked" in element.attrib:
            value = element.get("value") or ""
        if value.strip():
            yield name, value[:_LONGEST_FIELD]
