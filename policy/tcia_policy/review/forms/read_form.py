"""A form that was filled in, read from a Word document, a web page or the file that the page saves."""

import json
from pathlib import Path

import pydantic_core
from pydantic import ValidationError

from tcia_policy.errors import InputError
from tcia_policy.files import limits, magic
from tcia_policy.files.content import read_content
from tcia_policy.files.misfits import misfits
from tcia_policy.files.text import decode_text
from tcia_policy.model.review_form import ReviewAnswers
from tcia_policy.review.forms.stated import NO_FORM, digest_of


def read_form(path: Path) -> ReviewAnswers:
    """Return what a form holds, whatever its name: what it is shows in its content.

    Raise `InputError` for what is no form, cannot be read, is too large, or has its own data changed.
    """
    content = read_content(path, limits.WORD_DOCUMENT, "a form")
    try:
        answers = _read(content, path)
    except InputError as error:
        raise error.at(file=path) from None
    if digest_of(answers.form.model_dump(mode="json")) != answers.form.digest:
        problem = "is a form whose own data were changed, so that nobody knows what was asked"
        raise InputError(problem, file=path, hint="make a new form, and fill that in")
    return answers


def _read(content: bytes, path: Path) -> ReviewAnswers:
    if content.startswith(magic.ZIP):
        from tcia_policy.review.forms.read_docx_form import read_docx_form  # noqa: PLC0415 - only for Word

        return read_docx_form(content)
    if len(content) > limits.HTML_TEXT:
        raise InputError(f"larger than {limits.HTML_TEXT:,} bytes; this is not a form")
    text = decode_text(content, str(path), limits.HTML_TEXT)
    if text.lstrip().startswith("<"):
        from tcia_policy.review.forms.read_html_form import read_html_form  # noqa: PLC0415 - only for pages

        return read_html_form(text)
    return read_answers(text)


def read_answers(text: str) -> ReviewAnswers:
    """Return what `review-answers.json` holds. Raise `InputError` for anything else."""
    try:
        data = pydantic_core.from_json(text)
    except ValueError:
        raise InputError("is no form", hint=NO_FORM) from None
    if not isinstance(data, dict) or "form" not in data:
        raise InputError("is no form", hint=NO_FORM)
    try:
        return ReviewAnswers.model_validate_json(json.dumps(data))
    except ValidationError as error:
        found = misfits(error.errors(include_url=False), ReviewAnswers, data)[0]
        raise InputError(found.problem, field=".".join(map(str, found.place)), hint=found.hint or NO_FORM) from None
