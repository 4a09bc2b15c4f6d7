"""`audit`: a table, group by group."""

import json
from pathlib import Path

import pytest

from tcia_policy.cohorts.audit.warehouse import DIALECTS
from tests.cli.run import DAY, EXAMPLES, is_one_clear_error, run

IMAGES = EXAMPLES / "training-sets" / "images.csv"
USE = ("--purpose", "commercial", "--activity", "train-model", "--as-of", DAY)


def test_the_exit_code_is_that_of_the_worst_group(tmp_path: Path) -> None:
    ran = run("audit", IMAGES, "--by", "training_set", *USE)
    assert ran.code == 1
    assert ran.out.startswith("AUDIT  3 groups by training_set: 1 prohibited, 1 undetermined and 1 clear")
    lines = IMAGES.read_text(encoding="utf-8").splitlines()
    for group, code in (("baseline", 0), ("pilot", 3)):
        table = tmp_path / f"{group}.csv"
        table.write_text("\n".join([lines[0], *(line for line in lines if line.endswith(group))]), encoding="utf-8")
        assert run("audit", table, "--by", "training set", *USE).code == code


def test_the_answer_of_a_warehouse_comes_to_the_same(tmp_path: Path) -> None:
    counted: dict[str, int] = {}
    for line in IMAGES.read_text(encoding="utf-8").splitlines()[1:]:
        key = line.split(",", 1)[1]
        counted[key] = counted.get(key, 0) + 1
    answer = tmp_path / IMAGES.name
    rows = [f"{key},{number}" for key, number in counted.items()]
    answer.write_text("\n".join(["SERIESINSTANCEUID,TRAINING_SET,N", *rows]), encoding="utf-8")
    asked = json.loads(run("audit", IMAGES, "--by", "training_set", *USE, "--format", "json").out)
    answered = json.loads(run("audit", answer, "--by", "training_set", "--count", "n", *USE, "--format", "json").out)
    for each in (asked, answered):
        each["groups"] = [{**group, "items": len(group["items"])} for group in each["groups"]]
    for name in ("groups", "counted", "verdict", "exit_code"):
        assert asked[name] == answered[name]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_question_is_printed_and_nothing_is_read(tmp_path: Path, dialect: str) -> None:
    ran = run("audit", "lake.images", "--by", "bucket", "--emit-sql", dialect, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("-- tcia-policy audit")
    assert "#" not in ran.out


def test_names_of_groups_are_harmless_in_every_form(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text('SeriesInstanceUID,set\n1.2.3,"::error::\x1b[31m##[group]x\u202e"\n1.2.3,\n', encoding="utf-8")
    text = run("audit", table, "--by", "set", "-v", *USE)
    found = run("audit", table, "--by", "set", "--format", "json", *USE)
    assert (text.code, found.code) == (3, 3)
    for out in (text.out, found.out):
        assert "\x1b" not in out
        assert "##[" not in out
        assert "\u202e" not in out
    assert [group["group"] for group in json.loads(found.out)["groups"]][-1] is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((IMAGES,), "--by"),
        ((IMAGES, "--by", "set"), "no column 'set'"),
        ((IMAGES, "--by", "training_set", "--purpose", "x"), "--purpose"),
        ((IMAGES, "--by", "training_set", "--engine", "presto"), "use one of duckdb, spark"),
        ((IMAGES, "--by", "training_set", "--emit-sql", "mysql"), "unknown dialect"),
        ((IMAGES, "--by", "training_set", "--set", "use.purpose=commercial"), "--project"),
        ((IMAGES, "--by", "training_set", "--spark-remote", "sc://x"), "--engine spark"),
        ((IMAGES, "--by", "training_set", "--release", "."), "KIND=LICENSE"),
        ((IMAGES, "--by", "training_set", "--obtained-from", "mars"), "--obtained-from"),
        (("nothing.csv", "--by", "x"), "no such file"),
        (("s3://lake/images", "--by", "x"), "--emit-sql"),
        (("a;b", "--by", "x`y", "--emit-sql", "bigquery"), "--by"),
    ],
)
def test_what_is_wrong_is_one_clear_error(arguments: tuple[str | Path, ...], said: str) -> None:
    is_one_clear_error(run("audit", *arguments), said)
