"""Lines of text for a terminal: the answer first, labels with texts beside them, tables."""

import json
import textwrap
from collections.abc import Sequence

from pydantic import BaseModel

from tcia_policy.lazy import dataclass
from tcia_policy.text.sanitize import clean, escaped

LABEL = 12


@dataclass(frozen=True)
class Page:
    """A page of so many columns. Names and texts are cleaned: no control reaches a terminal, no line break a line."""

    width: int = 80

    def wrapped(self, text: str, first: str = "", then: str | None = None) -> list[str]:
        """Return the text in lines; `first` begins the first, `then` (by default as many blanks) the others.

        Words longer than a line, such as addresses, are not broken.
        """
        indent = " " * len(first) if then is None else then
        return textwrap.wrap(
            clean(text),
            self.width,
            initial_indent=first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [first.rstrip()]

    def labeled(self, label: str, text: str, indent: int = 0) -> list[str]:
        """Return `label       text`, the text aligned with that of other labels."""
        return self.wrapped(text, f"{' ' * indent}{label:<{LABEL}}")


def table(rows: Sequence[Sequence[str]], indent: str = "") -> list[str]:
    """Return rows in columns as wide as their widest word, two blanks apart."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    return [
        (indent + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]


def result_json(result: BaseModel) -> str:
    """Return the result of a command as JSON, fields in the order in which they are declared, ending in a newline."""
    data = result.model_dump(mode="json", by_alias=True)
    return escaped(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"
