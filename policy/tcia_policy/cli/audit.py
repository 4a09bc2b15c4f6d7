"""`tcia-policy audit`: which groups of this table may be used as planned?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tcia_policy.cli.completion import complete_words
from tcia_policy.cli.opened_registry import opened_registry
from tcia_policy.cli.options import CaseArguments, Format, FormatOption, VerboseOption, check_word
from tcia_policy.cli.terminal import print_result, width
from tcia_policy.cli.use_options import (
    ActivitiesOption,
    AsOfOption,
    MaxAgeOption,
    ObtainedFromOption,
    PurposeOption,
    RulesOption,
    SettingsOption,
)
from tcia_policy.cohorts.audit.question import Asked
from tcia_policy.cohorts.audit.warehouse import DIALECTS, emitted
from tcia_policy.cohorts.index import installed
from tcia_policy.engine.case import CaseOptions, Library
from tcia_policy.engine.examples import load_tested_rules
from tcia_policy.engine.fact_days import MAX_AGE
from tcia_policy.engine.selections import from_place
from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass
from tcia_policy.model import DataItem, OutputKind
from tcia_policy.reports.audit import render_audit
from tcia_policy.reports.lines import result_json

if TYPE_CHECKING:
    from tcia_policy.cohorts.audit.counted import Counted

ENGINES = ("duckdb", "spark")
USUAL_COLUMN = "SeriesInstanceUID"


@dataclass(frozen=True)
class Columns:
    """The columns of the table."""

    by: Annotated[
        str,
        typer.Option("--by", metavar="COLUMN", help="The column of the groups: a bucket, a project, a training set."),
    ] = ""
    column: Annotated[
        str | None,
        typer.Option("--column", metavar="COLUMN", help="The column of SeriesInstanceUIDs, if its name does not say."),
    ] = None
    rows: Annotated[
        str | None,
        typer.Option(
            "--count",
            metavar="COLUMN",
            help="The column that says how many rows each row stands for: n, in the answer of a warehouse.",
        ),
    ] = None


@dataclass(frozen=True)
class Where:
    """Where the table is counted."""

    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            metavar=f"[{'|'.join(ENGINES)}]",
            autocompletion=complete_words(ENGINES),
            help="What counts the table: DuckDB here (the default), or Spark where the table lies.",
        ),
    ] = ENGINES[0]
    spark_remote: Annotated[
        str | None,
        typer.Option("--spark-remote", metavar="ADDRESS", help="A server of Spark Connect, such as sc://host:15002."),
    ] = None
    emit_sql: Annotated[
        str | None,
        typer.Option(
            "--emit-sql",
            metavar=f"[{'|'.join(DIALECTS)}]",
            autocompletion=complete_words(DIALECTS),
            help="Count nothing; print the question in this SQL, to run it in your own warehouse.",
        ),
    ] = None


@dataclass(frozen=True)
class Planned:
    """What is done with the data, as `check` has it."""

    project: Annotated[
        Path | None,
        typer.Option(
            "--project",
            metavar="PROJECT",
            help="Take the use, positions, agreements, permissions and answers from this project file.",
        ),
    ] = None
    purpose: PurposeOption = None
    activities: ActivitiesOption = None
    release: Annotated[
        list[str] | None,
        typer.Option(
            "--release",
            metavar="KIND=LICENSE",
            autocompletion=complete_words(OutputKind, after="="),
            help="What is released, such as model=Apache-2.0. May be repeated.",
        ),
    ] = None
    obtained_from: ObtainedFromOption = None
    settings: SettingsOption = None
    as_of: AsOfOption = None
    max_age: MaxAgeOption = MAX_AGE
    rules: RulesOption = None

    def item(self, table: str) -> DataItem:
        """Return the table as a data item. Raise `InputError` for a place that is not known."""
        item = DataItem(manifest=table or "-")
        return item if self.obtained_from is None else from_place(item, self.obtained_from)

    @property
    def options(self) -> CaseOptions:
        """Return the options of the cases. Raise `InputError` for a word or a day that is none."""
        if self.settings and self.project is None:
            raise InputError("changes what a project file states", field="--set", hint="name it with --project")
        case = CaseArguments(
            purpose=self.purpose,
            release=self.release,
            as_of=self.as_of,
            max_age=self.max_age,
            rules=self.rules,
            no_decisions=True,
        )
        if case.names_release:
            raise InputError("is KIND=LICENSE here", field="--release", hint="judge a folder with `check --release`")
        return case.options(self.activities)


def command(
    table: Annotated[
        str,
        typer.Argument(
            metavar="TABLE",
            help="A table with a row for each image, series or file: Parquet, CSV or TSV, also gzipped; XLSX; a folder "
            "of Parquet files; or a pattern in quotes, such as 'lake/**/*.parquet'. With --engine spark or --emit-sql, "
            "the name of a table there.",
        ),
    ],
    columns: Columns,
    where: Where,
    planned: Planned,
    verbose: VerboseOption = 0,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Judge every group of a table. Which of them may be used as planned?

    The table is counted where it lies: which series are in which group, and how often. Then each group is judged by the
    same rules as `check` judges a list of its series. What IDC's index does not have leaves a group undetermined.

    Exit code: that of the worst group, as `check` has it.

    \b
    Example: tcia-policy audit examples/training-sets/images.csv --by training_set
    """
    if not columns.by:
        raise InputError("is not given", field="--by", hint="name the column of the groups, such as --by bucket")
    if where.emit_sql is not None:
        check_word("dialect", where.emit_sql, DIALECTS, option="--emit-sql")
        print_result(emitted(where.emit_sql, table, columns.column or USUAL_COLUMN, columns.by))
        return
    check_word("engine", where.engine, ENGINES, option="--engine")
    if where.spark_remote is not None and where.engine != "spark":
        raise InputError("belongs to --engine spark", field="--spark-remote", hint="add --engine spark")
    item, options = planned.item(table), planned.options
    counted = _counted(table, columns, where)
    from tcia_policy.engine.audit import Plan, audit  # noqa: PLC0415 - loads DuckDB

    plan = Plan(item, options, planned.project, tuple(planned.settings or ()))
    library = Library(opened_registry(), load_tested_rules(planned.rules))
    found = audit(counted, plan, library)
    print_result(result_json(found) if format_ is Format.JSON else render_audit(found, width(), verbose=verbose > 0))
    raise typer.Exit(found.exit_code)


def _counted(table: str, columns: Columns, where: Where) -> "Counted":
    """Return the table, counted by the engine that is asked for."""
    if not installed.has_duckdb() or installed.idc_index_data() is None:
        raise installed.needed("counting a table", "spark" if where.engine == "spark" else "bulk")
    asked = Asked(columns.by, columns.column, columns.rows)
    if where.engine == "spark":
        from tcia_policy.cohorts.audit.spark_engine import count_with_spark, session_at  # noqa: PLC0415 - loads DuckDB

        return count_with_spark(table, asked, session_at(where.spark_remote))
    from tcia_policy.cohorts.audit.count import count_table  # noqa: PLC0415 - loads DuckDB

    return count_table(table, asked)
