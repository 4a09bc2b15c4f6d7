"""The question in the SQL of warehouses: as it was reviewed, as their grammars have it, and safe from names."""

from pathlib import Path

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from tcia_policy.cohorts.audit.warehouse import DIALECTS, emitted
from tcia_policy.errors import InputError

GOLDEN = Path(__file__).parent / "golden"
TABLE, COLUMN, BY = "my-project.lake.images", "SeriesInstanceUID", "training set"
EVIL = ("x; drop table t", "a--b", "a/*b*/", "a' or '1'='1", 'a"b', "$(reboot)", "{text}")


def grammar_of(dialect: str) -> str:
    return dialect.split("-", maxsplit=1)[0]


def parsed(text: str, dialect: str) -> exp.Expr:
    """Return the one statement that a text has. Raise for what the dialect does not know, functions included."""
    (statement,) = sqlglot.parse(text, dialect=grammar_of(dialect), error_level=sqlglot.ErrorLevel.RAISE)
    assert statement is not None
    assert not list(statement.find_all(exp.Anonymous, exp.Command))
    return statement


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_text_is_the_one_that_was_reviewed(dialect: str) -> None:
    golden = (GOLDEN / f"{dialect}.sql").read_text(encoding="utf-8")
    assert emitted(dialect, TABLE, COLUMN, BY) == golden


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_text_is_one_select_that_the_dialect_knows_all_of(dialect: str) -> None:
    statement = parsed(emitted(dialect, TABLE, COLUMN, BY), dialect)
    assert isinstance(statement, exp.Select)


def test_a_function_that_is_not_known_is_found() -> None:
    with pytest.raises(AssertionError):
        parsed("select list_slice(a, 1, 2) from t", "bigquery")


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", EVIL)
def test_a_name_is_a_name_whatever_it_says(dialect: str, name: str) -> None:
    statement = parsed(emitted(dialect, f"lake.{name}", name, f"by {name}"), dialect)
    assert isinstance(statement, exp.Select)
    folded = {each.name.casefold() for each in statement.find_all(exp.Column)}
    assert name.casefold() in folded
    assert name.casefold() in {each.name.casefold() for each in statement.find_all(exp.Table)}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", ["a\nselect 2", "a\rb", "\u2028", "", "x" * 400])
def test_what_could_end_the_line_of_a_comment_is_no_name(dialect: str, name: str) -> None:
    for names in ((name, COLUMN, BY), (TABLE, name, BY), (TABLE, COLUMN, name)):
        with pytest.raises(InputError):
            emitted(dialect, *names)


@pytest.mark.parametrize("name", ["n", "N", "idc_version", COLUMN.lower()])
def test_the_group_has_another_name_than_what_is_counted(name: str) -> None:
    with pytest.raises(InputError, match="--by"):
        emitted("bigquery", TABLE, COLUMN, name)


def test_bigquery_is_asked_for_one_version_of_idc() -> None:
    text = emitted("bigquery", TABLE, COLUMN, BY)
    assert "bigquery-public-data.idc_v25.dicom_all" in text
    assert "idc_current" not in text


def test_the_plain_question_has_the_answer_that_it_asks_for() -> None:
    with duckdb.connect() as connection:
        connection.execute('create table images (SeriesInstanceUID varchar, "training set" varchar)')
        connection.execute("insert into images values ('1.2', 'a'), ('1.2', 'a'), ('1.3', 'b'), (null, null)")
        rows = connection.execute(emitted("trino", "images", COLUMN, BY)).fetchall()
    assert set(rows) == {("1.2", "a", 2), ("1.3", "b", 1), (None, None, 1)}


def test_the_joined_question_counts_known_series_and_lists_the_others() -> None:
    text = emitted("bigquery", "lake.images", COLUMN, BY).replace("bigquery-public-data.idc_v25.dicom_all", "idc.all")
    here = sqlglot.transpile(text, read="bigquery", write="duckdb")[0]
    with duckdb.connect() as connection:
        connection.execute("create schema idc; create schema lake")
        connection.execute(
            'create table idc."all" (SeriesInstanceUID varchar, source_DOI varchar, license_short_name varchar,'
            " collection_id varchar)"
        )
        connection.execute("insert into idc.\"all\" values ('1.2', 'd', 'l', 'c'), ('1.2', 'd', 'l', 'c')")
        connection.execute("insert into idc.\"all\" values ('1.3', 'd', 'l', 'c')")
        connection.execute('create table lake.images (SeriesInstanceUID varchar, "training set" varchar)')
        connection.execute(
            "insert into lake.images values ('1.2', 'a'), (' 1.2', 'a'), ('1.3', 'a'), ('9', 'a'), (null, 'a')"
        )
        rows = connection.execute(here).fetchall()
    assert set(rows) == {
        (None, "a", "d", "l", "c", "v25", 2, 3),
        ("9", "a", None, None, None, None, 0, 1),
        (None, "a", None, None, None, None, 0, 1),
    }
