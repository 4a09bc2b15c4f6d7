"""Arguments and options that several commands share."""

import os
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.completion import complete_datasets, complete_words
from tcia_policy.cli.opened_registry import opened_registry
from tcia_policy.cli.release_words import outputs_and_folders, two_meanings
from tcia_policy.cli.terminal import remark
from tcia_policy.cli.use_options import (
    ActivitiesOption,
    AsOfOption,
    MaxAgeOption,
    ObtainedFromOption,
    PurposeOption,
    RulesOption,
    SettingsOption,
)
from tcia_policy.cli.words import word_of
from tcia_policy.documents.formats import formats_in_words
from tcia_policy.engine.assess import settled
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.engine.discovery import repository_of
from tcia_policy.engine.fact_days import MAX_AGE
from tcia_policy.engine.selections import chosen
from tcia_policy.errors import MOST_SHOWN, InputError
from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, OutputKind, Purpose, Remark, Use
from tcia_policy.model.decision_kinds import REVIEW_FILE
from tcia_policy.registry import Registry
from tcia_policy.reports.answer.project_places import Standpoint
from tcia_policy.reports.fact_days import line_on_days


@dataclass(frozen=True)
class JudgedArguments:
    """What is judged: a project, or data without one, and what is done with them."""

    named: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PROJECT | DATA]",
            autocompletion=complete_datasets,
            help="A project file, or a folder with a tcia-policy.yaml. The default is that of this folder, or of the "
            "nearest one above it. Or data, without a project file: dataset names, DOIs, SeriesInstanceUIDs, cohort "
            "files, folders of images.",
        ),
    ] = None
    activities: ActivitiesOption = None


@dataclass(frozen=True)
class CaseArguments:
    """The options that every command that judges a project, or data without one, has."""

    purpose: PurposeOption = None
    release: Annotated[
        list[str] | None,
        typer.Option(
            "--release",
            metavar="KIND=LICENSE | DIR",
            autocompletion=complete_words(OutputKind, after="="),
            help="What is released, such as model=Apache-2.0, in the place of the project's outputs; or the folder "
            "that is about to be published, whose cards and licenses are read. May be repeated.",
        ),
    ] = None
    obtained_from: ObtainedFromOption = None
    manuscript: Annotated[
        list[str] | None,
        typer.Option(
            "--manuscript",
            metavar="PATH",
            help=f"Read this manuscript ({formats_in_words()}), or the one in this folder, instead of the project's. "
            "May be repeated.",
        ),
    ] = None
    as_of: AsOfOption = None
    settings: SettingsOption = None
    max_age: MaxAgeOption = MAX_AGE
    rules: RulesOption = None
    no_decisions: Annotated[
        bool,
        typer.Option("--no-decisions", help="Judge as if there were no review.yaml with decisions of reviewers."),
    ] = False

    @property
    def names_release(self) -> bool:
        """Return whether the command names the folder of a release, and not the project."""
        return bool(outputs_and_folders(self.release or ())[1])

    def open(self, judged: JudgedArguments, registry: Registry | None = None) -> Case:
        """Return the case of the project or the data that are named in the command.

        Raises `InputError` as `Case.open` and `chosen` do, and for a word or a day that is none.
        """
        options = self.options(judged.activities)
        registry = registry or opened_registry()
        found = chosen(judged.named or (), registry, self.obtained_from)
        for said in (found.remark, *two_meanings(self.release or ())):
            if said is not None:
                remark(said)
        opened = settled(Case.open(found.study, options, Library(registry)))
        remark_on_project(opened)
        if self.no_decisions and (opened.folder / REVIEW_FILE).exists():
            remark(f"{REVIEW_FILE} is not read, because of --no-decisions; what it rejects does not stop this")
        return opened

    def standpoint(self, folder: Path, *, from_root: bool) -> Standpoint:
        """Return the ways to the `folder` of the project, and to what options name, from here or from the repository.

        The root of the repository is the nearest folder at or above the project that has `.git`; without one, it is
        this folder, or that of the project where it is not below.
        """
        here, root = Path(), None
        if from_root:
            below = folder.resolve().is_relative_to(here.resolve())
            root = (repository_of(folder) or (here if below else folder)).resolve()
            here, folder = (Path(os.path.relpath(each.resolve(), root)) for each in (here, folder))
        manuscript, release = (here if named else folder for named in (self.manuscript, self.names_release))
        return Standpoint(folder, manuscript, release, root)

    def options(self, activities: Sequence[str] | None = None) -> CaseOptions:
        """Return the parsed options. Raises `InputError` for a word or a day that is none."""
        outputs, folders = outputs_and_folders(self.release or ())
        return CaseOptions(
            settings=tuple(self.settings or ()),
            said=Use.model_construct(
                purpose=None if self.purpose is None else word_of(Purpose, self.purpose, "--purpose"),
                activities=tuple(word_of(Activity, each, "--activity") for each in activities or ()) or None,
                outputs=outputs or None,
            ),
            manuscript=tuple(self.manuscript or ()),
            release=folders,
            house_rules=self.rules,
            as_of=parse_day(self.as_of),
            max_age=self.max_age,
            decisions=not self.no_decisions,
        )


def remark_on_project(case: Case) -> None:
    """Print to stderr what the author of the project may not have meant."""
    for each in case.remarks[:MOST_SHOWN]:
        remark(each.text if case.project_file is None else f"{_place(case.project_file, each)}: {each.text}")
    if len(case.remarks) > MOST_SHOWN:
        remark(f"{len(case.remarks) - MOST_SHOWN:,} more remarks like these; `--format json` has all")


def _place(project_file: str, each: Remark) -> str:
    line = "" if each.line is None else f":{each.line}"
    return f"{project_file}{line}: {each.field}"


def remark_on_days(case: Case) -> None:
    """Print a line to stderr if the facts of the case are old, or of a later day than the assessment."""
    line = line_on_days(case.fact_days, case.as_of)
    if line is not None:
        remark(line)


class Format(StrEnum):
    """The form in which a command prints its result."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="Text for people, or JSON.")]
WithoutOption = Annotated[
    list[str] | None,
    typer.Option(
        "--without", metavar="ITEM", help="Judge as if this data item, by any of its names, were not used. Repeatable."
    ),
]
VerboseOption = Annotated[
    int, typer.Option("--verbose", "-v", count=True, metavar="", show_default=False, help="Tell all of it.")
]


def check_word(what: str, word: str | None, words: Iterable[str], option: str = "") -> None:
    """Raise `InputError` if `word` is given and is not one of `words`; `option` is `--what` if left out."""
    known = list(words)
    if word is not None and word not in known:
        raise InputError(f"unknown {what} {word!r}", field=option or f"--{what}", hint=f"use one of {', '.join(known)}")


def parse_day(text: str | None, option: str = "--as-of") -> date | None:
    """Return the day that the user typed. Raises `InputError` if it is not a day."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} is not a day", field=option, hint="write it as 2026-11-22") from None
