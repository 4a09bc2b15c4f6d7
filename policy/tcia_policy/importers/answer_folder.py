"""A folder of answers: one that was written from the network, or the folder of recordings that `data/` is made from.

The recordings are answers too: their days stand in the table of the folder's `README.md`. TCIA's have the records of
the Collection Manager's v2, NBIA's is the newest of its collection reports, and DataCite's is one page of its answer.
"""

import csv
import io
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.content import read_content
from tcia_policy.files.text import read_text
from tcia_policy.importers import nbia, tcia
from tcia_policy.importers.online import answered_json, answers, written
from tcia_policy.importers.online.answers import Answers, Record
from tcia_policy.importers.snapshots import recorded_on
from tcia_policy.model import DatasetKind

_TCIA_LISTS = {DatasetKind.COLLECTION: "collections", DatasetKind.ANALYSIS_RESULT: "analysis-results"}
_DATACITE = "datacite/dois.json"


def sources_in(folder: Path) -> tuple[str, ...]:
    """Return the names of the sources whose answers are in the folder.

    Raise `InputError` where it is neither a folder of answers nor one of recordings.
    """
    found = written.sources_in(folder) if (folder / written.FILE).exists() else _recorded_in(folder)
    unknown = [source for source in found if source not in answers.SOURCES]
    if unknown:
        hint = f"use one of {', '.join(answers.SOURCES)}"
        raise InputError(f"unknown source {unknown[0]!r}", file=folder / written.FILE, field="sources", hint=hint)
    if not found:
        hint = f"a folder with {written.FILE}, or one of recordings with a README.md"
        raise InputError("has no answers of any source", file=folder, hint=hint)
    return found


def read(folder: Path, source: str) -> Answers:
    """Return what one source answered. Raise `InputError` where that is not there, damaged, or of an unknown day."""
    there = sources_in(folder)
    if (folder / written.FILE).exists():
        return written.read(folder, source)
    if source not in there:
        raise InputError(f"has no recording of {source!r}", file=folder, hint=f"it has: {', '.join(there) or 'none'}")
    return _RECORDINGS[source](folder)


def _recorded_in(folder: Path) -> tuple[str, ...]:
    """Return the sources that have a recording; one with half of its files is asked, and fails."""
    if not (folder / "README.md").exists():
        return ()
    recorded = {
        answers.TCIA: any((folder / file).exists() for file in tcia.FILES.values()),
        answers.DATACITE: (folder / _DATACITE).exists(),
        answers.NBIA: any((folder / nbia.FOLDER).glob(nbia.FILES)),
    }
    return tuple(sorted(source for source, there in recorded.items() if there))


def _tcia(folder: Path) -> Answers:
    lists = {name: _list(folder / tcia.FILES[kind]) for kind, name in _TCIA_LISTS.items()}
    return Answers(answers.TCIA, min(recorded_on(folder, file) for file in tcia.FILES.values()), "v2", lists)


def _datacite(folder: Path) -> Answers:
    file = folder / _DATACITE
    page = answered_json.parse(read_content(file, limits.ANSWER), file)
    found = answered_json.records(page.get("data") if isinstance(page, dict) else page, file, "data")
    return Answers(answers.DATACITE, recorded_on(folder, _DATACITE), "dois", {"dois": found})


def _nbia(folder: Path) -> Answers:
    paths = (folder / nbia.FOLDER).glob(nbia.FILES)
    day, path = max((recorded_on(folder, f"{nbia.FOLDER}/{path.name}"), path) for path in paths)
    return Answers(answers.NBIA, day, "report", {"collections": _rows(path)})


def _list(file: Path) -> tuple[Record, ...]:
    return answered_json.records(answered_json.parse(read_content(file, limits.ANSWER), file), file)


def _rows(file: Path) -> tuple[Record, ...]:
    reader = csv.DictReader(io.StringIO(read_text(file, limits.YAML), newline=""), restkey="", restval="")
    found: list[Record] = []
    for row in reader:
        found.append({column: value for column, value in row.items() if column})
        if len(found) > limits.ANSWER_RECORDS:
            raise InputError(f"has more than {limits.ANSWER_RECORDS:,} rows", file=file)
    return tuple(found)


_RECORDINGS = {answers.TCIA: _tcia, answers.DATACITE: _datacite, answers.NBIA: _nbia}
