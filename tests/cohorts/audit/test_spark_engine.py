"""Spark counts as DuckDB does, row by row: on two workers, and through Spark Connect. Needs pyspark and Java."""

import importlib.util
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tcia_policy.cohorts.audit.count import count_table
from tcia_policy.cohorts.audit.question import Asked, Columns, used_rows
from tcia_policy.cohorts.audit.spark_engine import TEXT, count_with_spark, session_at
from tcia_policy.cohorts.index import duck
from tcia_policy.cohorts.index.sorted_copy import series_map
from tcia_policy.cohorts.index.sources import Sources
from tcia_policy.errors import InputError
from tests.cohorts.audit.tables import ROWS, write_csv, write_parquet
from tests.cohorts.index.small_index import write_sources

HAS_SPARK = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
needs_spark = pytest.mark.skipif(not HAS_SPARK, reason="needs pyspark and Java")
needs_sail = pytest.mark.skipif(importlib.util.find_spec("pysail") is None, reason="needs pysail")
MANY = 20_000
QUICK_TO_START = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"  # three processes of Java that live for seconds


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return write_sources(tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a session with two workers, each a process of its own."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - where it is installed

    found = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.extraJavaOptions", QUICK_TO_START)
        .config("spark.executor.extraJavaOptions", QUICK_TO_START)
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
        .getOrCreate()
    )
    yield found
    found.stop()


def many_rows(path: Path) -> Path:
    """Write 20,000 rows of 30 groups, of series that are known, removed, of an earlier version and unknown."""
    chosen = random.Random(13)  # noqa: S311 - the same rows each time
    known = [f"1.2.{number}" for number in (1, 2, 10, 11, 20, 30)]
    unknown = [f"9.9.{number}" for number in range(2_000)]
    rows = (
        (chosen.choice(known if chosen.random() < 0.9 else unknown), f"group {chosen.randrange(30)}", 1)
        for _ in range(MANY)
    )
    return write_csv(path, [*rows, *ROWS, ("1.2.1", 'a,"b"\\', 1)])


@needs_spark
def test_two_workers_count_as_duckdb_does(tmp_path: Path, sources: Sources, session: Any) -> None:
    for table, asked in (
        (many_rows(tmp_path / "many.csv"), Asked("bucket")),
        (write_parquet(tmp_path / "small.parquet"), Asked("bucket", rows="n")),
    ):
        here, there = count_table(str(table), asked, sources), count_with_spark(str(table), asked, session, sources)
        assert (there.groups, there.total) == (here.groups, here.total)
        assert there.engine.startswith("Spark 4")
    assert session.catalog.listTables() == []


@needs_spark
def test_a_table_of_the_catalog_is_counted_by_its_name(tmp_path: Path, sources: Sources, session: Any) -> None:
    session.read.parquet(str(write_parquet(tmp_path / "t.parquet"))).createOrReplaceTempView("my_scans")
    counted = count_with_spark("my_scans", Asked("bucket"), session, sources)
    assert counted.total.rows == len(ROWS)
    session.catalog.dropTempView("my_scans")


@needs_spark
def test_what_spark_refuses_is_one_error(tmp_path: Path, sources: Sources, session: Any) -> None:
    for label in ("nothing", "not/there.parquet", "a.b.c.d.e", "x; drop table my_scans"):
        with pytest.raises(InputError) as error:
            count_with_spark(label, Asked("bucket"), session, sources)
        assert "\n" not in error.value.problem
    with pytest.raises(InputError, match="no column 'x'"):
        count_with_spark(str(write_parquet(tmp_path / "t.parquet")), Asked("x"), session, sources)


def test_the_text_of_spark_has_the_same_answer_in_duckdb(tmp_path: Path, sources: Sources) -> None:
    table = write_parquet(tmp_path / "t.parquet")
    here = count_table(str(table), Asked("bucket"), sources)
    with duck.connect() as connection:
        series = series_map(connection, sources, None)
        connection.execute(f"create temp view m as select uid, code, row as nth from {series.source}")  # noqa: S608
        used = used_rows(f"read_parquet('{table}')", Columns("bucket", "SeriesInstanceUID"), "varchar")
        found = connection.execute(TEXT.format(used=used, map="m")).fetchall()
    rows = {(group, code): (rows, series) for is_total, group, code, rows, series, _ in found if not is_total}
    assert sum(rows_ for rows_, _ in rows.values()) == here.total.rows
    for group in here.groups:
        counted = sum(series for (name, code), (_, series) in rows.items() if name == group.name and code is not None)
        assert counted == group.known_series + group.unknown.series


def test_without_pyspark_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(InputError, match="pyspark is not installed"):
        session_at(None)


@needs_sail
def test_sail_counts_as_duckdb_does(tmp_path: Path, sources: Sources) -> None:
    from pysail.spark import SparkConnectServer  # noqa: PLC0415 - where it is installed

    server = SparkConnectServer(ip="127.0.0.1", port=0)
    server.start(background=True)
    session = session_at("sc://{}:{}".format(*server.listening_address))
    for table, asked in (
        (many_rows(tmp_path / "many.csv"), Asked("bucket")),
        (write_parquet(tmp_path / "small.parquet"), Asked("bucket", rows="n")),
    ):
        found, expected = (
            count_with_spark(str(table), asked, session, sources),
            count_table(str(table), asked, sources),
        )
        assert (found.groups, found.total) == (expected.groups, expected.total)
    session.stop()
    server.stop()
