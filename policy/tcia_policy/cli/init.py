"""`tcia-policy init`: a project file from what was used, by asking what is not known."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.model.project import Activity, DataItem, Purpose


def command(
    selection: Annotated[
        list[str],
        typer.Argument(metavar="SELECTION...", help="Dataset names, DOIs, SeriesInstanceUIDs or cohort files."),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The project file to write.")] = Path(
        "tcia-policy.yaml"
    ),
    purpose: Annotated[Purpose | None, typer.Option("--purpose", help="What the work is for.")] = None,
    activity: Annotated[
        list[Activity] | None, typer.Option("--activity", help="What is done; may be repeated.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it exists.")] = False,
) -> None:
    """Write a project file for these data. Asks on a terminal for what the options leave open.

    Example: tcia-policy init LIDC-IDRI --purpose noncommercial --activity publish-results -o study.yaml
    """
    from tcia_policy.cli.output import write_new_file
    from tcia_policy.cli.selections import study_of
    from tcia_policy.cli.terminal import remark
    from tcia_policy.registry import Registry
    from tcia_policy.reports.project_file import render_project_file
    from tcia_policy.selection.resolve import resolve

    registry = Registry.load()
    study = study_of(selection, registry)
    resolve(study.project.data, study.base, registry)
    if sys.stdin.isatty() and sys.stderr.isatty():
        purpose = purpose or _ask_purpose()
        activity = activity or _ask_activities()
    text = render_project_file(_relative(study.project.data, output), purpose, activity or ())
    write_new_file(output, text, overwrite=overwrite)
    remark(f"wrote {output}; next: tcia-policy check {output}")


def _relative(items: Sequence[DataItem], output: Path) -> list[DataItem]:
    """The items with their paths relative to the folder of the project file."""
    folder = output.resolve().parent
    return [
        item.model_copy(
            update={
                kind: Path(os.path.relpath(Path(path).resolve(), folder)).as_posix()
                for kind in ("manifest", "folder")
                if (path := getattr(item, kind)) is not None
            }
        )
        for item in items
    ]


def _ask_purpose() -> Purpose | None:
    answer = typer.prompt(
        "Is the use commercial or noncommercial? (empty: not known)", default="", show_default=False, err=True
    )
    return Purpose(answer) if answer in set(Purpose) else None


def _ask_activities() -> list[Activity]:
    typer.echo("What is done? " + ", ".join(Activity), err=True)
    answer = typer.prompt(
        "Activities, with commas between (empty: not known)", default="", show_default=False, err=True
    )
    return [Activity(word) for word in answer.replace(",", " ").split() if word in set(Activity)]
