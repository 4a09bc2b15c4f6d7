"""Names of tables and columns as SQL has them. A name comes from a user or a file, and is never trusted."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.text.sanitize import shortened

MOST_PARTS = 3  # catalog, schema, table; project, dataset, table


@dataclass(frozen=True)
class Spelling:
    """How a dialect of SQL writes a name, between which marks, and the type of text.

    A mark within a name is written twice; `refused` are characters that no name has, or that would be read otherwise.
    `upper` says that a name without marks means the same in capitals, `dotted_first` that the first part of the name of
    a table may have dots.
    """

    mark: str
    text: str
    refused: str = ""
    upper: bool = False
    dotted_first: bool = False

    def quoted(self, name: str) -> str:
        """Return a name between marks. Raise `InputError` for one that cannot be a name."""
        if not name or len(name) > limits.AUDIT_NAME:
            raise InputError(f"a name has 1 to {limits.AUDIT_NAME} characters: {shortened(name, 40)!r}")
        wrong = [letter for letter in name if not letter.isprintable() or letter in self.refused]
        if wrong:
            raise InputError(f"{shortened(name, 80)!r} is no name of SQL: {shortened(wrong[0], 1)!r} is in it")
        return f"{self.mark}{name.replace(self.mark, self.mark * 2)}{self.mark}"

    def column(self, name: str) -> str:
        """Return the name of a column, as a user writes it. Raise `InputError` for one that cannot be a name."""
        marked = len(name) > 1 and name[0] == name[-1] == self.mark
        bare = name[1:-1].replace(self.mark * 2, self.mark) if marked else name
        return self.quoted(bare.upper() if self.upper and not marked and _is_plain(bare) else bare)

    def table(self, name: str) -> str:
        """Return the name of a table, such as `catalog.schema.table`. Raise `InputError` for what cannot be one.

        A part that a user wrote between marks is taken as it is; else a part ends at a dot.
        """
        found = _parts(name.strip(), self.mark)
        if len(found) > MOST_PARTS and self.dotted_first:
            found = [".".join(found[: 1 - MOST_PARTS]), *found[1 - MOST_PARTS :]]
        if not found or len(found) > MOST_PARTS:
            raise InputError(f"{shortened(name, 80)!r} is not the name of a table", hint="write catalog.schema.table")
        return ".".join(self.column(part) for part in found)


def _is_plain(name: str) -> bool:
    return name.isascii() and name.replace("$", "_").isidentifier()


def _parts(name: str, mark: str) -> list[str]:
    """Return the parts of a dotted name, those between marks with their marks. Raise `InputError` for an open mark."""
    parts, rest = [], name
    while rest:
        if rest.startswith(mark):
            end = _end_of_marked(rest, mark)
            part, rest = rest[:end], rest[end:]
        else:
            part = rest.split(".", 1)[0]
            rest = rest[len(part) :]
        parts.append(part)
        if rest and not rest.startswith("."):
            raise InputError(
                f"{shortened(name, 80)!r} is not the name of a table", hint=f"a dot follows {mark}...{mark}"
            )
        if rest == ".":
            parts.append("")
        rest = rest[1:]
    return parts


def _end_of_marked(text: str, mark: str) -> int:
    at = 1
    while at < len(text):
        if text[at] == mark:
            if text[at + 1 : at + 2] != mark:
                return at + 1
            at += 1
        at += 1
    raise InputError(f"{shortened(text, 80)!r} is not the name of a table", hint=f"close it with {mark}")


DUCKDB = Spelling('"', "varchar")
SPELLINGS: Mapping[str, Spelling] = MappingProxyType(
    {
        "bigquery": Spelling("`", "string", refused="`\\", dotted_first=True),
        "spark": Spelling("`", "string"),
        "databricks": Spelling("`", "string"),
        "snowflake": Spelling('"', "varchar", upper=True),
        "trino": Spelling('"', "varchar"),
    }
)
"""How names are written, by dialect: BigQuery's lexical structure
(https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical), Spark's and Databricks' delimited identifiers
(https://spark.apache.org/docs/latest/sql-ref-identifier.html), Snowflake's double-quoted identifiers, which keep their
case (https://docs.snowflake.com/en/sql-reference/identifiers-syntax), and Trino's
(https://trino.io/docs/current/language/reserved.html)."""
