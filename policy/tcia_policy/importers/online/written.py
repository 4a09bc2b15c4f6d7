"""Answers as files: written once, and read again without asking anybody.

`answers.json` says which sources answered, on which day, in which form, how many records each list has, and which
addresses were asked. `SOURCE/LIST.json` has the records of one list.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from tcia_policy.errors import InputError
from tcia_policy.files import limits, located_yaml
from tcia_policy.files.atomic import write_folder
from tcia_policy.files.content import read_content
from tcia_policy.importers.online import answered_json
from tcia_policy.importers.online.answers import Answers, Record
from tcia_policy.model.base import Contract, Day

FILE = "answers.json"
VERSION: Literal[1] = 1

Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=40)]
"""The name of a source, a form or a list; also that of a file, so that it leads to no other folder."""
Line = Annotated[str, Field(max_length=limits.MESSAGE)]


class _Written(Contract):
    day: Day
    form: Name
    lists: dict[Name, Annotated[int, Field(ge=0, le=limits.ANSWER_RECORDS)]] = Field(max_length=20)
    asked: tuple[Line, ...] = Field(default=(), max_length=limits.ANSWER_RECORDS)
    remarks: tuple[Line, ...] = Field(default=(), max_length=limits.ANSWER_RECORDS)


class _Folder(Contract):
    schema_version: Literal[1]
    sources: dict[Name, _Written] = Field(max_length=20)


def write(answers: Iterable[Answers], folder: Path, *, overwrite: bool = False) -> tuple[Path, ...]:
    """Write the answers of each source into `folder`, and return the paths; what is not asked about stays.

    The same answers give the same bytes. Raise `InputError` where a file is there already and `overwrite` is not set,
    and where the folder cannot be written to; then nothing is written.
    """
    given = sorted(answers, key=lambda each: each.source)
    texts = {
        f"{each.source}/{name}.json": _text(list(records)) for each in given for name, records in each.lists.items()
    }
    about = _Folder(schema_version=VERSION, sources={each.source: _about(each) for each in given})
    return write_folder(folder, texts | {FILE: _text(about.model_dump(mode="json"))}, overwrite=overwrite)


def sources_in(folder: Path) -> tuple[str, ...]:
    """Return the names of the sources whose answers are there. Raise `InputError` where `answers.json` is damaged."""
    return tuple(sorted(_about_all(folder)))


def read(folder: Path, source: str) -> Answers:
    """Return what one source answered. Raise `InputError` where it is not there, not whole or not as it was written."""
    sources = _about_all(folder)
    if source not in sources:
        there = ", ".join(sorted(sources)) or "none"
        raise InputError(f"has no answers of {source!r}", file=folder / FILE, hint=f"it has those of: {there}")
    about = sources[source]
    lists = {name: _records(folder / source / f"{name}.json", count) for name, count in about.lists.items()}
    return Answers(source, about.day, about.form, lists, about.asked, about.remarks)


def _about(answers: Answers) -> _Written:
    counts = {name: len(records) for name, records in answers.lists.items()}
    return _Written(day=answers.day, form=answers.form, lists=counts, asked=answers.asked, remarks=answers.remarks)


def _about_all(folder: Path) -> Mapping[str, _Written]:
    file = folder / FILE
    try:
        return _Folder.model_validate(answered_json.parse(read_content(file, limits.YAML), file)).sources
    except ValidationError as error:
        complaint = error.errors()[0]
        raise InputError(complaint["msg"], file=file, field=located_yaml.spell(complaint["loc"])) from None


def _records(file: Path, count: int) -> tuple[Record, ...]:
    found = answered_json.records(answered_json.parse(read_content(file, limits.ANSWER), file), file)
    if len(found) != count:
        raise InputError(f"has {len(found):,} records, and {FILE} says {count:,}", file=file)
    return found


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
