"""The folder of recordings: what each source answered, and on which day."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from tcia_policy.errors import InputError
from tcia_policy.files import limits, located_yaml
from tcia_policy.files.text import read_text

_ROW = re.compile(r"^\| `(?P<path>[^`]+)` \|.*\| (?P<day>\d{4}-\d{2}-\d{2}) \|$")

RecordT = TypeVar("RecordT", bound=BaseModel)


def recorded_on(folder: Path, path: str) -> date:
    """Return the day of one recording, from the table in the folder's `README.md`: first the path, last the day."""
    readme = folder / "README.md"
    for line in read_text(readme, limits.YAML).splitlines():
        row = _ROW.match(line.strip())
        if row is not None and row["path"] == path:
            return date.fromisoformat(row["day"])
    raise InputError(
        f"does not say when {path} was recorded", file=readme, hint=f"a row: | `{path}` | ... | YYYY-MM-DD |"
    )


def read_records(path: Path) -> list[object]:
    """Return the entries of a JSON list. Raise `InputError` for what is not a list, too large or too long."""
    try:
        data = json.loads(read_text(path, limits.SNAPSHOT))
    except json.JSONDecodeError as error:
        raise InputError(f"is not JSON: {error.msg}", file=path, line=error.lineno) from None
    except RecursionError:
        raise InputError("is nested too deeply", file=path) from None
    if not isinstance(data, list) or len(data) > limits.SNAPSHOT_RECORDS:
        raise InputError(f"is not a list of at most {limits.SNAPSHOT_RECORDS:,} records", file=path)
    return data


def parse_records(path: Path, model: type[RecordT]) -> Iterator[RecordT]:
    """Yield the records of a JSON list as `model`. Raise `InputError` with the record and field that do not fit."""
    for number, record in enumerate(read_records(path), start=1):
        try:
            yield model.model_validate(record)
        except ValidationError as error:
            complaint = error.errors()[0]
            field = f"record {number}{_name(record)}: {located_yaml.spell(complaint['loc'])}"
            raise InputError(complaint["msg"].removeprefix("Value error, "), file=path, field=field) from None


def _name(record: object) -> str:
    slug = record.get("slug") or record.get("doi") if isinstance(record, dict) else None
    return f" ({str(slug)[:80]})" if slug else ""
