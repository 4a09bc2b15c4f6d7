"""Where `report` and `render` write to: a file, by how its name ends; a folder; or stdout."""

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.completion import complete_words
from tcia_policy.cli.redaction import RedactOption
from tcia_policy.cli.terminal import STDOUT, print_result, remark
from tcia_policy.errors import InputError
from tcia_policy.files.content import is_folder
from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment
from tcia_policy.reports.formats import DOCUMENTS, IN_FOLDER, Format, document_by_name, fits, format_named
from tcia_policy.reports.write_report import write_document, write_report

_ENDS_LIKE_A_FILE = re.compile(r"\.[a-z]{2,5}", re.IGNORECASE)
_PARTS = {part for each in DOCUMENTS for part in Path(f"report{each.suffix}").suffixes}
_ENDINGS = ", ".join(each.suffix for each in DOCUMENTS)

_WHERE_TO = f"A file, written by its ending ({_ENDINGS}); a folder, which gets {len(IN_FOLDER)} files; or - for stdout."

OutputOption = typer.Option("-o", "--output", metavar="PATH", help=_WHERE_TO)
OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="Replace what is there.")]
DocumentOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        parser=format_named,
        autocompletion=complete_words([each.name for each in DOCUMENTS]),
        metavar=f"[{'|'.join(each.name for each in DOCUMENTS)}]",
        help="The document to print, or to write to a file that ends in .json alone. "
        f"The default is {DOCUMENTS[0].name}.",
    ),
]


@dataclass(frozen=True)
class HowWritten:
    """Whether what is there is replaced, and whether names and reasons are left out."""

    overwrite: OverwriteOption = False
    redact: RedactOption = False


@dataclass(frozen=True)
class Destination:
    """Where a report goes: to `path` in the format `form`; to stdout without a path; to a folder without a format."""

    path: Path | None
    form: Format | None

    def put(self, assessment: Assessment, overwrite: bool, keep: Iterable[Path] = ()) -> None:
        """Write or print the report, and say on stderr which files were written. Those to `keep` are not replaced."""
        if self.path is None:
            print_result((self.form or DOCUMENTS[0]).content(assessment))
        elif self.form is None:
            for path in write_report(assessment, self.path, overwrite=overwrite, keep=keep):
                remark(f"wrote {path}")
        else:
            write_document(assessment, self.path, self.form, overwrite=overwrite, keep=keep)
            remark(f"wrote {self.path}")


def destination(output: Path | None, form: Format | None) -> Destination:
    """Return where `-o` and `--format` say that a report goes to: to stdout where the format alone is named.

    Raise `InputError` where they do not agree, for an ending that no document has, and where a terminal would be shown
    what is no text.
    """
    if output is None and form is None:
        raise InputError("is missing", field="-o", hint=f"{_WHERE_TO} Or name a --format, which is printed")
    if output is None or output == STDOUT:
        return _to_stdout(form)
    if form is not None and not is_folder(output) and fits(form, output.name):
        return Destination(output, form)
    named = None if is_folder(output) else document_by_name(output.name)
    if named is None and not is_folder(output) and _ends_like_a_file(output):
        hint = f"name a file that ends in {_ENDINGS}, or a folder"
        raise InputError(f"no report is written as {output.suffix}", file=output, field="-o", hint=hint)
    if form is not None and form != named:
        raise InputError("does not fit -o", field="--format", hint=_right(output, form, named))
    return Destination(output, named)


def _ends_like_a_file(path: Path) -> bool:
    return path.suffix.lower() in _PARTS or _ENDS_LIKE_A_FILE.fullmatch(path.suffix) is not None


def _to_stdout(form: Format | None) -> Destination:
    if form is not None and form.extra is not None and sys.stdout.isatty():
        hint = f"name a file, such as -o report{form.suffix}"
        raise InputError(f"{form.name} is nothing for a terminal", field="--format", hint=hint)
    return Destination(None, form)


def _right(output: Path, form: Format, named: Format | None) -> str:
    if named is None:
        return f"a folder gets every document that is text; name a file, such as -o report{form.suffix}"
    return f"{output.name} is written as {named.name}; leave --format out, or name a file that ends in {form.suffix}"
