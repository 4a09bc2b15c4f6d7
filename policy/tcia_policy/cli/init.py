"""`tcia-policy init`: write a first project file for a selection, and ask the user for what is not known."""

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from tcia_policy.cli.options import SelectionArgument, word_of
from tcia_policy.cli.terminal import remark
from tcia_policy.engine.case import resolve_study
from tcia_policy.engine.selections import study_of
from tcia_policy.errors import InputError
from tcia_policy.files.atomic import write_new_file
from tcia_policy.model import Activity, DataItem, Purpose
from tcia_policy.registry import Registry
from tcia_policy.reports.project_file import render_project_file

WordT = TypeVar("WordT", bound=StrEnum)


def command(
    selection: SelectionArgument,
    output: Annotated[Path, typer.Option("-o", "--output", help="The project file to write.")] = Path(
        "tcia-policy.yaml"
    ),
    purpose: Annotated[str | None, typer.Option("--purpose", help="commercial or noncommercial.")] = None,
    activity: Annotated[
        list[str] | None, typer.Option("--activity", help="An activity, such as train-model; may be repeated.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it exists.")] = False,
) -> None:
    """Write a project file for these data. On a terminal, it asks for what the options do not say.

    \b
    Example: tcia-policy init LIDC-IDRI --purpose noncommercial -o study.yaml
    """
    purposes = _words(Purpose, [purpose] if purpose else [], "--purpose")
    activities = _words(Activity, activity or [], "--activity")
    registry = Registry.load()
    study = study_of(selection, registry)
    resolve_study(study, registry)
    if sys.stdin.isatty() and sys.stderr.isatty():
        purposes = purposes or _ask(Purpose, "What is the purpose?")[:1]
        activities = activities or _ask(Activity, "What do you do with the data?")
    text = render_project_file(_relative(study.project.data, output), purposes[0] if purposes else None, activities)
    write_new_file(output, text, overwrite=overwrite)
    remark(f"wrote {output}; next: tcia-policy check {output}")


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


def _relative(items: Sequence[DataItem], output: Path) -> list[DataItem]:
    """Return the items with their paths relative to the folder of the project file."""
    folder = os.path.dirname(os.path.realpath(output))  # noqa: PTH120 - Path.resolve raises for a loop of links
    return [
        item.model_copy(
            update={
                kind: Path(os.path.relpath(os.path.realpath(path), folder)).as_posix()
                for kind in ("manifest", "folder")
                if (path := getattr(item, kind)) is not None
            }
        )
        for item in items
    ]
