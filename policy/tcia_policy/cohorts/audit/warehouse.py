"""The question as SQL to run where the table lies. Written by hand, for each dialect; no map and no names leave here.

It asks which series are in which group, and how often. The answer comes back as a Parquet or CSV file, and `answers.py`
takes it. What runs it, and with whose rights, is the user's business: this program talks to no warehouse.
"""

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tcia_policy.cohorts.audit.names import SPELLINGS, Spelling
from tcia_policy.errors import InputError
from tcia_policy.registry.idc_releases import load_idc_releases

COUNT = "n"
"""The column of the answer that says how many rows there are."""

JOINED_COLUMNS = ("idc_source_doi", "idc_license", "idc_collection", "idc_version", "idc_series")
"""The columns of an answer in which the warehouse has looked series up itself, in IDC's own tables there."""

PLAIN = """\
-- tcia-policy audit: which series, in which group, how often. Save the answer as Parquet or CSV, and then:
-- tcia-policy audit RESULT.parquet {options}
select
  cast({column} as {text}) as {column},
  cast({by} as {text}) as {by},
  count(*) as n
from {table}
group by 1, 2
"""

JOINED = """\
-- tcia-policy audit: which series, in which group, how often; known series are counted by what IDC {idc} says of them.
-- Save the answer as Parquet or CSV, and then:
-- tcia-policy audit RESULT.parquet {options}
with idc as (
  select
    SeriesInstanceUID as idc_series_uid,
    any_value(source_DOI) as idc_source_doi,
    any_value(license_short_name) as idc_license,
    any_value(collection_id) as idc_collection
  from `bigquery-public-data.idc_{idc}.dicom_all`
  group by SeriesInstanceUID
),
used as (
  select
    trim(cast({column} as string)) as series_uid,
    cast({by} as string) as in_group,
    count(*) as n
  from {table}
  group by 1, 2
)
select
  case when idc_series_uid is null then series_uid end as {column},
  in_group as {by},
  idc_source_doi,
  idc_license,
  idc_collection,
  case when idc_series_uid is null then null else '{idc}' end as idc_version,
  count(distinct idc_series_uid) as idc_series,
  sum(n) as n
from used
left join idc on series_uid = idc_series_uid
group by 1, 2, 3, 4, 5, 6
"""


@dataclass(frozen=True)
class Dialect:
    """A warehouse to write for: its text, and how it spells names."""

    template: str
    spelling: Spelling


DIALECTS: Mapping[str, Dialect] = MappingProxyType(
    {
        "bigquery": Dialect(JOINED, SPELLINGS["bigquery"]),
        "bigquery-plain": Dialect(PLAIN, SPELLINGS["bigquery"]),
        **{name: Dialect(PLAIN, SPELLINGS[name]) for name in ("spark", "databricks", "snowflake", "trino")},
    }
)


def emitted(dialect: str, table: str, column: str, by: str) -> str:
    """Return the text for one of `DIALECTS`. Raise `InputError` for what is no name of a table or column there.

    A comment has names, too; no name that is let through ends its line.
    """
    chosen = DIALECTS[dialect]
    names = {
        "table": _named(chosen.spelling.table, table, "TABLE"),
        "column": _named(chosen.spelling.column, column, "--column"),
        "by": _named(chosen.spelling.column, by, "--by"),
    }
    taken = {each.casefold() for each in (names["column"], *map(chosen.spelling.column, (COUNT, *JOINED_COLUMNS)))}
    if names["by"].casefold() in taken:
        hint = "name the column of the groups; if it is called so, give it another name in a view"
        raise InputError(f"{by!r} is the name of another column of the answer", field="--by", hint=hint)
    return chosen.template.format(
        **names,
        text=chosen.spelling.text,
        options=f"--by {shlex.quote(by)} --column {shlex.quote(column)} --count {COUNT}",
        idc=f"v{load_idc_releases()[-1].version.split('.')[0]}",
    )


def _named(spell: Callable[[str], str], name: str, field: str) -> str:
    try:
        return spell(name)
    except InputError as error:
        raise error.at(field=field) from None
