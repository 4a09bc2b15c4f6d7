"""Forms for those who use no terminal: written, and read back when they are filled in."""

import pkgutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tcia_policy.cli.review_write import ReviewFiles, Writing
from tcia_policy.cli.reviewed import remark_if_nobody_may
from tcia_policy.cli.terminal import for_terminal, print_result, remark
from tcia_policy.engine.case import Case
from tcia_policy.errors import InputError
from tcia_policy.files.atomic import write_new_file
from tcia_policy.model import Assessment
from tcia_policy.review.forms.form import Form, form_of
from tcia_policy.review.forms.read_form import read_form
from tcia_policy.review.forms.understood import Understood, understood

EXIT_UNCLEAR = 1
# How each form ends, and what writes it.
WRITERS: Mapping[str, str] = {
    ".docx": "tcia_policy.review.forms.docx_form:render_docx_form",
    ".html": "tcia_policy.review.forms.html_form:render_html_form",
}


def write_form(path: Path, assessment: Assessment, case: Case, *, overwrite: bool) -> None:
    """Write the form. Raise `InputError` for another ending, where the file exists, and where a library is missing."""
    ReviewFiles.of(case)
    content = _writer(path)(form_of(assessment))
    write_new_file(path, content, overwrite=overwrite, keep=case.inputs)
    remark_if_nobody_may(case)
    remark(f"wrote {path}; when it is filled in: tcia-policy review --import {path}")


def _writer(path: Path) -> Callable[[Form], bytes]:
    name = WRITERS.get(path.suffix.lower())
    if name is None:
        raise InputError(f"no form ends in {path.suffix!r}", file=path, field="--form", hint="form.docx, or form.html")
    try:
        found: Callable[[Form], bytes] = pkgutil.resolve_name(name)
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("tcia_policy"):
            raise
        problem = f"what writes Word documents is not installed ({error.name})"
        raise InputError(problem, field="--form", hint="pip install 'tcia-policy[docx]', or take form.html") from None
    return found


def import_form(path: Path, assessment: Assessment, case: Case, *, yes: bool) -> int:
    """Print what was understood of a form and what was not, ask, and write the decisions. Return the exit code.

    Raise `InputError` for what is no form, and for a form of another project.
    """
    files = ReviewFiles.of(case)
    answers = read_form(path)
    try:
        found = understood(answers, assessment, case.folder, files.names())
    except InputError as error:
        raise error.at(file=path) from None
    writing = Writing(files, case, assessment)
    counting, idle = writing.those_that_count(found.made)
    print_result(for_terminal(_told(found, idle)))
    written = bool(counting) and writing.write(counting, yes=yes)
    return 0 if written and not found.unclear and not idle else EXIT_UNCLEAR


def _told(found: Understood, idle: Sequence[str]) -> str:
    lines = [f"understood: {line}" for line in found.lines]
    lines += [f"not understood, and left open: {line}" for line in found.unclear]
    lines += [f"left out: {line}" for line in idle]
    return "\n".join(lines or ["the form is empty: nothing is ticked"]) + "\n"
