"""The versions of its datasets that TCIA states: number, day, what was changed, and which downloads it had.

Each record of `/versions` names the collection or analysis result that it is of. The newest version is in the record of
the dataset itself.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pydantic import BaseModel, Field, ValidationError

from tcia_policy.importers import apa, tcia
from tcia_policy.importers.online.answers import Answers
from tcia_policy.model import DatasetVersion
from tcia_policy.text.sanitize import shortened

LIST = "versions"
LONGEST = 500  # characters of what a version says
OF = ("related_collection", "related_analysis_result")

_NUMBER = re.compile(r"\d+")


class _Version(BaseModel):
    number: tcia.Text = Field(alias="version_number")
    day: tcia.MaybeDay = Field(default=None, alias="version_date")
    says: object = Field(default="", alias="version_text")
    downloads: object = Field(default=(), alias="version_downloads")
    related_collection: object = None
    related_analysis_result: object = None

    def version(self) -> DatasetVersion:
        """Return it as the registry has it."""
        says = apa.plain(self.says) if isinstance(self.says, str) else ""
        return DatasetVersion(
            number=self.number,
            day=self.day,
            says=shortened(says, LONGEST) or None,
            distributions=tuple(_numbers(self.downloads)),
            source=tcia.SOURCE,
        )


def versions(answers: Answers) -> Mapping[str, tuple[DatasetVersion, ...]]:
    """Return the versions by the number of the dataset's page. A record that cannot be read is left out."""
    found: dict[str, list[DatasetVersion]] = defaultdict(list)
    for record in answers.lists.get(LIST, ()):
        try:
            parsed = _Version.model_validate(_as_texts(record))
        except ValidationError:
            continue
        for number in (*_numbers(parsed.related_collection), *_numbers(parsed.related_analysis_result)):
            found[number].append(parsed.version())
    return {number: tuple(items) for number, items in found.items()}


def newest(number: str | None, day: date | None) -> tuple[DatasetVersion, ...]:
    """Return the version that the record of a dataset says it is, if it says so."""
    return () if number is None else (DatasetVersion(number=number, day=day, source=tcia.SOURCE),)


def merged(before: Iterable[DatasetVersion], now: Iterable[DatasetVersion]) -> tuple[DatasetVersion, ...]:
    """Return one version for each number, as `now` has it where both do, in the order of their days."""
    found = {item.number: item for item in before}
    for item in now:
        old = found.get(item.number)
        known = {} if old is None else old.model_dump(exclude_none=True, exclude_defaults=True)
        found[item.number] = DatasetVersion(**{**known, **item.model_dump(exclude_none=True, exclude_defaults=True)})
    return tuple(sorted(found.values(), key=lambda item: (item.day or date.min, _order(item.number), item.number)))


def _as_texts(record: Mapping[str, object]) -> dict[str, object]:
    """Return the record with its number as text: `2` and `2.0` may stand as numbers."""
    number = record.get("version_number")
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    return {**record, "version_number": str(number)} if is_number else dict(record)


def _numbers(value: object) -> Iterator[str]:
    """Yield the numbers of records that a field names: as numbers, as text, or as objects that have them."""
    for item in value if isinstance(value, list) else [value]:
        named = item.get("id", item.get("ID")) if isinstance(item, dict) else item
        if isinstance(named, int | str) and not isinstance(named, bool) and _NUMBER.fullmatch(str(named)):
            yield str(named)


def _order(number: str) -> tuple[int, ...]:
    return tuple(map(int, _NUMBER.findall(number)))
