"""Names of tables and columns in SQL, whatever characters they have."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.cohorts.audit.names import DUCKDB, SPELLINGS
from tcia_policy.errors import InputError

EVIL = 'x"; drop table t; --'


def test_a_name_stands_between_the_marks_of_its_dialect() -> None:
    assert SPELLINGS["spark"].column("a`b") == "`a``b`"
    assert SPELLINGS["trino"].column('a"b') == '"a""b"'
    assert SPELLINGS["bigquery"].column("a b") == "`a b`"


@pytest.mark.parametrize("name", ["a`b", "a\\b", "a\nb", "", "a\u202eb"])
def test_bigquery_has_no_such_names(name: str) -> None:
    with pytest.raises(InputError):
        SPELLINGS["bigquery"].column(name)


def test_snowflake_reads_a_plain_name_in_capitals_and_a_marked_one_as_it_is() -> None:
    snowflake = SPELLINGS["snowflake"]
    assert snowflake.table("lake.public.Images") == '"LAKE"."PUBLIC"."IMAGES"'
    assert snowflake.table('lake."public"."my ""x"".t"') == '"LAKE"."public"."my ""x"".t"'


def test_a_project_of_google_cloud_may_have_dots() -> None:
    assert SPELLINGS["bigquery"].table("example.com:lab.lake.images") == "`example.com:lab`.`lake`.`images`"


@pytest.mark.parametrize("name", ["", ".", "a.", ".a", "a..b", "a.b.c.d", '"a', '"a"b', '"a".'])
def test_what_is_no_table_is_refused(name: str) -> None:
    with pytest.raises(InputError):
        SPELLINGS["trino"].table(name)


@given(st.text(min_size=1, max_size=30))
def test_no_name_ends_the_quotation(name: str) -> None:
    try:
        quoted = DUCKDB.quoted(name)
    except InputError:
        assert not name.isprintable()
        return
    with duckdb.connect() as connection:
        connection.execute(f"select 1 as {quoted}")
        assert connection.description is not None
        assert connection.description[0][0] == name


def test_a_statement_within_a_name_is_a_name() -> None:
    assert DUCKDB.quoted(EVIL) == '"x""; drop table t; --"'
