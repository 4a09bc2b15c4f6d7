"""From the names and links by which sources state a license to our identifiers, and from there to claims.

The mapping is `labels` and `urls` of `rules/licenses/*.yaml` and nothing else: what is not there stops the import.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass
from tcia_policy.model import Access, ClaimScope, License, LicenseClaim

_PAGE_OF_CC = re.compile(r"(?<=^creativecommons\.org/)(licenses|publicdomain)(/.+?)/(?:deed|legalcode)(?:\.[\w-]+)?$")


@dataclass(frozen=True)
class Record:
    """Where a statement stands, for messages: the file, and the record in it."""

    file: Path
    name: str
    line: int | None = None


@dataclass(frozen=True)
class Statement:
    """One field of a source's record that names a license: its wording, and the license it maps to."""

    field: str
    text: str
    license: str


class LicenseNames:
    """The spellings of all licenses in `rules/licenses/`."""

    def __init__(self, licenses: Mapping[str, License]) -> None:
        self._by_label = {label: license_.id for license_ in licenses.values() for label in license_.labels}
        self._by_url = {_bare(url): license_.id for license_ in licenses.values() for url in license_.urls}

    def label(self, text: str, record: Record, field: str = "label") -> Statement:
        """Return the license that a name stands for. Raise `InputError` for a name that no license lists."""
        if text not in self._by_label:
            raise _unmapped(text, record, field, "labels")
        return Statement(field, text, self._by_label[text])

    def known_label(self, text: str) -> str | None:
        """Return the license that a name stands for, or `None` for a name that no license lists."""
        return self._by_label.get(text)

    def url(self, text: str, record: Record, field: str = "url") -> Statement:
        """Return the license behind a link, whatever its scheme and trailing slash. Raise as `label` does."""
        if _bare(text) not in self._by_url:
            raise _unmapped(text, record, field, "urls")
        return Statement(field, text, self._by_url[_bare(text)])

    def known_url(self, text: str) -> str | None:
        """Return the license behind a link, or `None` for a link that no license lists."""
        return self._by_url.get(_bare(text))

    def labels(self, text: str, record: Record, field: str = "label") -> tuple[Statement, ...]:
        """Return the licenses of a list of names with `, ` between them. A name may have a comma itself."""
        if text in self._by_label:
            return (self.label(text, record, field),)
        for label in self._by_label:
            if text.startswith(f"{label}, "):
                rest = text.removeprefix(f"{label}, ")
                return (self.label(label, record, field), *self.labels(rest, record, field))
        raise _unmapped(text, record, field, "labels")


def claims(
    statements: Iterable[Statement],
    source: str,
    as_of: date,
    scope: ClaimScope = ClaimScope.DISTRIBUTION,
    access: Access | None = None,
) -> tuple[LicenseClaim, ...]:
    """Return one claim for each license that the fields of a record name, in the wording of the first that names it."""
    first: dict[str, Statement] = {}
    for statement in statements:
        first.setdefault(statement.license, statement)
    return tuple(
        LicenseClaim(
            license=statement.license,
            source=source,
            as_of=as_of,
            stated_as=statement.text,
            field=statement.field,
            scope=scope,
            access=access,
        )
        for statement in first.values()
    )


def _bare(url: str) -> str:
    """Return a link without its scheme, and that of a Creative Commons license without the form of its page."""
    bare = url.strip().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    return _PAGE_OF_CC.sub(r"\1\2", bare)


def _unmapped(text: str, record: Record, field: str, known_as: str) -> InputError:
    return InputError(
        f"no license has the {field} {text[:120]!r}",
        file=record.file,
        line=record.line,
        field=record.name,
        hint=f"add it to `{known_as}` of its license in rules/licenses/, or a new license there",
    )
