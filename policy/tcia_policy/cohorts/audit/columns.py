"""The columns of a table that is audited: which has the series, and which the groups."""

from collections.abc import Iterable, Sequence

from tcia_policy.cohorts.records.roles import Role, meaning_of
from tcia_policy.errors import InputError
from tcia_policy.text.english import first_few, quoted
from tcia_policy.text.name_keys import heading_key
from tcia_policy.text.sanitize import shortened
from tcia_policy.text.suggest import did_you_mean, nearest

SHOWN = 12


def column_named(name: str, columns: Sequence[str], field: str) -> str:
    """Return the column that a user means: of this name, else of one that differs in case and punctuation alone.

    Raise `InputError`, with the `field` that names it, where there is none or several.
    """
    if columns.count(name) == 1:
        return name
    same = [each for each in columns if each == name or heading_key(each) == heading_key(name) != ""]
    if len(same) == 1:
        return same[0]
    if same:
        raise InputError(f"{len(same)} columns are called {_shown(name)}", field=field, hint="rename all but one")
    hint = f"{did_you_mean(map(_cut, nearest(name, columns)))} {_listed(columns)}".strip()
    raise InputError(f"the table has no column {_shown(name)}", field=field, hint=hint)


def series_column(columns: Sequence[str]) -> str:
    """Return the column of SeriesInstanceUIDs. Raise `InputError` where there is none, or more than one."""
    meant = [(each, meaning) for each in columns if (meaning := meaning_of(each)) and meaning.role is Role.SERIES]
    found = [each for each, meaning in meant if meaning.sure] or [each for each, _meaning in meant]
    if len(found) == 1:
        return found[0]
    if not found:
        hint = f"name it with --column; {_listed(columns)}"
        raise InputError("the table has no column of SeriesInstanceUIDs", hint=hint)
    names = first_few(quoted([_cut(each) for each in found]), SHOWN)
    raise InputError(
        f"the table has several columns of series: {names}",
        field="--column",
        hint="say which; to audit all of them, run once for each",
    )


def may_list_more(columns: Iterable[str]) -> bool:
    """Return whether a row without a series may list something by one of these columns, as in a cohort file."""
    meanings = (meaning_of(each) for each in columns)
    return any(meaning.sure and meaning.role is not Role.LICENSE for meaning in meanings if meaning is not None)


def _listed(columns: Iterable[str]) -> str:
    return f"its columns are {first_few(map(_cut, columns), SHOWN)}"


def _shown(name: str) -> str:
    return repr(_cut(name))


def _cut(name: str) -> str:
    return shortened(name, 80)
