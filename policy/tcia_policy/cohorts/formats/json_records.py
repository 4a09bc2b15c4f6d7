"""JSON, JSON Lines and YAML with records of series: what programs and people write beside tables.

A list of objects or of UIDs, an object of lists, records within records, DICOM JSON: `records/nested.py` has the forms.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tcia_policy.cohorts.cohort import Cohort, CohortFormat, Entries, NeedsWholeFileError, Origin
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.formats.plain_list import read_plain_list
from tcia_policy.cohorts.records.columns import remark_on
from tcia_policy.cohorts.records.nested import LocatedEntries, Record, Tables, TooDeepError, records_in
from tcia_policy.cohorts.records.stored import stored_json_lines
from tcia_policy.errors import InputError
from tcia_policy.files import limits, located_yaml
from tcia_policy.files.packing import unpacked
from tcia_policy.files.text import HEAD_BYTES, unix_lines
from tcia_policy.model.project import ITEM_KINDS

NAME = "JSON file"
NAME_OF_LINES = "JSON Lines file"
NAME_OF_YAML = "YAML file"
READ_BY_ROW = "save it as CSV or as JSON Lines, which are read row by row"
FIRST_LINES = 200
FIRST_RECORDS = 5_000  # by which columns are known
_BEGINS = re.compile(r"\ufeff?\s*(?:\{\s*[\"}]|\[\s*[\[{\"\d\]-])")
_YAML = re.compile(r"(?:-(?: |$)|[\"']?[\w .()-]{1,60}[\"']?:(?: |$))")


def is_json(file: CohortFile) -> bool:
    """Return whether the file begins as JSON does."""
    return _BEGINS.match(file.head) is not None


def is_json_lines(file: CohortFile) -> bool:
    """Return whether each of the first two lines is JSON by itself."""
    lines = [line for line in file.head_lines[:FIRST_LINES] if line.strip()][:2]
    return len(lines) > 1 and all(isinstance(_parsed(line), (dict, list, str)) for line in lines)


def is_yaml(file: CohortFile) -> bool:
    """Return whether the file begins as a list or mapping of YAML, and is no project file."""
    lines = [line for line in file.head_lines if line.strip() and not line.startswith(("#", "---"))]
    if not lines or _YAML.match(lines[0]) is None:
        return False
    is_whole = len(file.start) < HEAD_BYTES
    return isinstance(_yaml(file.path, "\n".join(file.head_lines if is_whole else file.head_lines[:-1])), (dict, list))


def read_json(file: CohortFile) -> Cohort:
    """Return the entries of a JSON file; what is no JSON after all is read as a list.

    Raise `InputError` for what is too large or nested too deep.
    """
    text = whole_text(file, limits.COHORT_JSON)
    if sum(map(text.count, ",[{")) > limits.COHORT_JSON_VALUES:
        problem = f"holds more than {limits.COHORT_JSON_VALUES:,} values"
        raise InputError(problem, file=file.path, hint=READ_BY_ROW)
    try:
        data = json.loads(text, object_pairs_hook=_with_all_values)
    except (ValueError, RecursionError):
        return read_plain_list(file)
    return _read(file, text, data, NAME)


def read_json_lines(file: CohortFile) -> Cohort:
    """Return the entries of a JSON Lines file (https://jsonlines.org), which is read line by line."""
    entries = Entries(file.path)
    tables = Tables(entries, _first_records(file))
    for number, line in enumerate(file.lines(), start=1):
        if number > limits.COHORT_LINES:
            raise InputError(f"has more than {limits.COHORT_LINES:,} lines; split it", file=file.path)
        _add_line(tables, number, line)
    return entries.cohort(NAME_OF_LINES, tables.origin, remark_on(entries))


def read_long_json_lines(file: CohortFile) -> Cohort:
    """Return a cohort whose entries are left in their lines, for DuckDB; or what `read_json_lines` returns.

    DuckDB reads lines that are flat objects with the keys of the first one, in their order. Others are for Python.
    """
    first = _first_records(file)
    columns = Tables(Entries(file.path), first).columns_for(first[0]) if first else None
    if columns is None or file.text is None or file.text.encoding != "utf-8":
        return read_json_lines(file)
    table = stored_json_lines(file, columns, NAME_OF_LINES, _AddLine(first, columns.origin))
    if table is None:
        return read_json_lines(file)
    return Cohort(path=file.path, format_name=NAME_OF_LINES, origin=columns.origin, table=table)


@dataclass
class _AddLine:
    """Notes what a line lists that DuckDB left; its cells end with the line itself."""

    first: list[Record]
    origin: Origin | None
    _tables: Tables | None = None

    def __call__(self, entries: Entries, number: int, cells: Sequence[str]) -> None:
        if self._tables is None or self._tables.entries is not entries:
            self._tables = Tables(entries, self.first)
        _add_line(self._tables, number, cells[-1])
        if self.origin is None and self._tables.origin is not None:  # which says where all of them are from
            raise NeedsWholeFileError


def _first_records(file: CohortFile) -> list[Record]:
    return [record for line in file.head_lines[:FIRST_LINES] for record in _records_of(_parsed(line), 0)]


def _add_line(tables: Tables, number: int, line: str) -> None:
    data = _parsed(line)
    if data is None and line.strip():
        tables.entries.add_unread(number, line)
    for record in _records_of(data, number):
        tables.add(record)


def read_yaml(file: CohortFile) -> Cohort:
    """Return the entries of a YAML file. Raise `InputError` for what is no YAML after all."""
    text = whole_text(file, limits.YAML)
    return _read(file, text, located_yaml.parse_text(file.path, text).data, NAME_OF_YAML)


def _read(file: CohortFile, text: str, data: object, name: str) -> Cohort:
    entries = LocatedEntries(file.path, text=text)
    try:
        tables = Tables(entries, islice(records_in(data), FIRST_RECORDS))
        for number, record in enumerate(records_in(data)):
            if number >= limits.COHORT_LINES:
                raise InputError(f"has more than {limits.COHORT_LINES:,} records; split it", file=file.path)
            tables.add(record)
    except (TooDeepError, RecursionError):
        raise InputError(f"nested more than {limits.YAML_DEPTH} levels deep", file=file.path) from None
    return entries.cohort(name, tables.origin, remark_on(entries))


def whole_text(file: CohortFile, most: int) -> str:
    """Return the text of a file, which may be one long line. Raise `InputError` for more than `most` bytes."""
    encoding = "utf-8" if file.text is None else file.text.encoding
    with unpacked(file.path, file.packing) as stream:
        content = bytearray()
        while block := stream.read(limits.BLOCK):
            content += block
            if len(content) > most:
                raise InputError(f"holds more than {most:,} bytes", file=file.path, hint=READ_BY_ROW)
    return unix_lines(content.decode(encoding, errors="replace")).lstrip("\ufeff")


def _parsed(line: str) -> object:
    """Return what a line of JSON says, or `None` where it is none."""
    try:
        return json.loads(line, object_pairs_hook=_with_all_values)
    except (ValueError, RecursionError):
        return None


def _with_all_values(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return an object of JSON; of a key that it gives twice, all values count, in a list."""
    read = dict(pairs)
    if len(read) == len(pairs):
        return read
    values: dict[str, list[object]] = {}
    for key, value in pairs:
        values.setdefault(key, []).append(value)
    return {key: given[0] if len(given) == 1 else given for key, given in values.items()}


def _records_of(data: object, number: int) -> Iterator[Record]:
    try:
        yield from records_in(data, number)
    except TooDeepError:
        return


def _yaml(path: Path, text: str) -> object:
    """Return what YAML says; `None` where it is none, and for a project file."""
    if len(text) > limits.YAML:
        return None
    try:
        data = located_yaml.parse_text(path, text).data
    except InputError:
        return None
    return None if isinstance(data, dict) and _is_project(data) else data


def _is_project(data: dict[str, object]) -> bool:
    items = data.get("data")
    of_project = isinstance(items, list) and any(
        isinstance(item, dict) and not set(ITEM_KINDS).isdisjoint(item) for item in items
    )
    return "use" in data or of_project


FORMAT = CohortFormat(NAME, "a JSON file with records of series", is_json, read_json)
LINES = CohortFormat(
    NAME_OF_LINES, "a JSON Lines file", is_json_lines, read_json_lines, read_large=read_long_json_lines
)
YAML = CohortFormat(NAME_OF_YAML, "a YAML file", is_yaml, read_yaml)
