"""`tcia-policy init`: write a first project file for a selection, and ask the user for what is not known."""

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from tcia_policy.cli.opened_registry import opened_registry
from tcia_policy.cli.release_words import output_of
from tcia_policy.cli.selection import SelectionArgument
from tcia_policy.cli.terminal import STDOUT, print_result, remark
from tcia_policy.cli.words import word_of
from tcia_policy.engine.discovery import PROJECT_FILE
from tcia_policy.engine.project_draft import DraftItem, project_draft
from tcia_policy.engine.selections import study_of
from tcia_policy.errors import InputError
from tcia_policy.files.atomic import write_new_file
from tcia_policy.files.content import is_folder, read_start
from tcia_policy.files.limits import BLOCK
from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, DataItem, Purpose
from tcia_policy.reports.project_file import Beginning, Item, Part, render_project_file

WordT = TypeVar("WordT", bound=StrEnum)
SCHEMA = Path(__file__).resolve().parents[1] / "schema" / "project.schema.json"
MANUSCRIPT_FOLDERS = ("paper", "manuscript")
RELEASE_FOLDERS = ("model", "models", "release", "bundle", "weights")
MOST_MANUSCRIPTS = 3
README = "README.md"


@dataclass(frozen=True)
class Known:
    """What the options say of the use; what they leave out is asked for on a terminal."""

    purpose: Annotated[str | None, typer.Option("--purpose", help="commercial or noncommercial.")] = None
    activity: Annotated[
        list[str] | None, typer.Option("--activity", help="An activity, such as train-model; may be repeated.")
    ] = None
    release: Annotated[
        list[str] | None,
        typer.Option("--release", metavar="KIND=LICENSE", help="What is released, such as model=Apache-2.0."),
    ] = None


def command(
    selection: SelectionArgument,
    known: Known,
    output: Annotated[Path, typer.Option("-o", "--output", help="The project file to write; - prints it.")] = Path(
        PROJECT_FILE
    ),
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it exists.")] = False,
) -> None:
    """Write a project file for these data. On a terminal, it asks for what the options do not say.

    What is not known is in the file as a comment, ready to fill in, and unknown until then: the outputs, counsel's
    position, the manuscript, the folder that is published, and the parts of a dataset of which some are open and some
    are controlled.

    \b
    Example: tcia-policy init LIDC-IDRI --purpose noncommercial -o study.yaml
    """
    purposes = _words(Purpose, [known.purpose] if known.purpose else [], "--purpose")
    activities = _words(Activity, known.activity or [], "--activity")
    outputs = [output_of(each) for each in known.release or []]
    registry = opened_registry()
    drafts = project_draft(study_of(selection, registry), registry)
    if sys.stdin.isatty() and sys.stderr.isatty():
        purposes = purposes or _ask(Purpose, "What is the purpose?")[:1]
        activities = activities or _ask(Activity, "What do you do with the data?")
    beginning = Beginning(
        purpose=purposes[0] if purposes else None,
        activities=activities,
        outputs=outputs,
        schema=SCHEMA.as_uri(),
        manuscripts=_manuscripts(output.parent),
        releases=[f"{name}/" for name in RELEASE_FOLDERS if is_folder(output.parent / name)],
    )
    items = [_item(draft, output) for draft in drafts]
    project = render_project_file(items, beginning)
    if output == STDOUT:
        print_result(project)
    else:
        write_new_file(output, project, overwrite=overwrite, keep=map(Path, selection))
    for draft in drafts:
        if draft.not_understood:
            remark(f"warning: not known of {draft.item.id}: {'; '.join(draft.not_understood)}")
        if draft.parts:
            remark(f"note: {draft.item.id} has open and controlled parts; name those that you used in {output}")
    if output != STDOUT:
        remark(f"wrote {output}; next: tcia-policy check {output}")


def _item(draft: DraftItem, output: Path) -> Item:
    parts = [Part(each.id, each.title, ", ".join((each.access, *each.licenses))) for each in draft.parts]
    return Item(_relative(draft.item, output), parts, draft.not_understood)


def _manuscripts(folder: Path) -> list[str]:
    """Return what may be the manuscript in a folder: LaTeX documents, else a folder of that name, else README.md."""
    try:
        documents = sorted(path.name for path in folder.glob("*.tex") if b"\\documentclass" in read_start(path, BLOCK))
    except (OSError, InputError):
        return []
    folders = [f"{name}/" for name in MANUSCRIPT_FOLDERS if is_folder(folder / name)]
    pages = [README] if (folder / README).is_file() else []
    return documents[:MOST_MANUSCRIPTS] or folders or pages


def _words(kind: type[WordT], words: Sequence[str], option: str) -> list[WordT]:
    return [word_of(kind, word, option) for word in words]


def _ask(kind: type[WordT], question: str) -> list[WordT]:
    """Ask until every word is one of `kind`, and return the words; an empty answer means not known."""
    typer.echo(f"{question} Choose from {', '.join(kind)}", err=True)
    while True:
        answer = typer.prompt("Leave it empty if you do not know", default="", show_default=False, err=True)
        try:
            return _words(kind, answer.replace(",", " ").split(), "your answer")
        except InputError as error:
            typer.echo(str(error), err=True)


def _relative(item: DataItem, output: Path) -> DataItem:
    """Return the item with its path relative to the folder of the project file."""
    folder = os.path.dirname(os.path.realpath(output))  # noqa: PTH120 - Path.resolve raises for a loop of links
    return item.model_copy(
        update={
            kind: Path(os.path.relpath(os.path.realpath(path), folder)).as_posix()
            for kind in ("manifest", "folder")
            if (path := getattr(item, kind)) is not None
        }
    )
