"""What is printed of an audit."""

from datetime import date

from tcia_policy.model import Activity, Purpose, Verdict, Versions
from tcia_policy.model.audit import Audited, AuditedGroup, AuditedItem, Barrier, ItemInAll, SeriesCount, Standing
from tcia_policy.reports.audit import render_audit

COUNTED = SeriesCount(rows=5, rows_without_series=0, series=3, unknown_series=0)
ITEM = AuditedItem(id="lidc", name="LIDC-IDRI", dataset="LIDC-IDRI", series=3, verdict=Verdict.PROHIBITED)
BARRIER = Barrier(rule="r", title="Not for sale", verdict=Verdict.PROHIBITED, items=("lidc",), missing=("use.country",))


def group(name: str | None, stands: Standing = "prohibited", counted: SeriesCount = COUNTED) -> AuditedGroup:
    return AuditedGroup(
        group=name,
        counted=counted,
        verdict=Verdict.PROHIBITED if stands == "prohibited" else Verdict.CONDITIONAL,
        stands=stands,
        exit_code=int(stands == "prohibited"),
        barriers=(BARRIER,) if stands == "prohibited" else (),
        owed={},
        items=(ITEM,),
    )


def audited(*groups: AuditedGroup, counted: SeriesCount = COUNTED) -> Audited:
    return Audited(
        summary="2 groups by set",
        exit_code=1,
        as_of=date(2026, 11, 22),
        versions=Versions(program="1", rules="2", registry="3", idc_index_data="25.0.5"),
        table="t.csv",
        by="set",
        engine="DuckDB 2",
        purpose=Purpose.COMMERCIAL,
        activities=(Activity.TRAIN_MODEL,),
        activities_stated=True,
        verdict=Verdict.PROHIBITED,
        stands="prohibited",
        counted=counted,
        judged=len(groups),
        groups=groups,
        items=(ItemInAll(id="lidc", name="LIDC-IDRI", groups=2, series=3, verdict=Verdict.PROHIBITED),),
    )


def test_the_answer_comes_first_then_the_groups_and_what_keeps_them_from_being_clear() -> None:
    lines = render_audit(audited(group("train"), group(None, "clear"))).splitlines()
    assert lines[0] == "AUDIT  2 groups by set."
    assert lines[1].strip() == "commercial use: train-model"
    assert [line.split() for line in lines[3:6]] == [
        ["group", "stands", "series", "not", "found", "rows"],
        ["train", "prohibited", "3", "0", "5"],
        ["(none)", "clear", "3", "0", "5"],
    ]
    assert "  prohibited    Not for sale: LIDC-IDRI (1 group)" in lines


def test_of_many_groups_the_first_are_told_and_the_others_counted() -> None:
    many = audited(*(group(f"g{number}") for number in range(40)))
    assert "  and 25 more groups: -v" in render_audit(many).splitlines()
    assert len(render_audit(many).splitlines()) < 40
    verbose = render_audit(many, verbose=True)
    assert "g39" in verbose
    assert verbose.count("(not known: use.country)") == 40


def test_nothing_in_a_name_reaches_the_terminal() -> None:
    evil = "\x1b[2J::error::x\r\n##[add-mask]y\u202e" + "z" * 5_000
    text = render_audit(audited(group(evil)))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert max(map(len, text.splitlines())) <= 120


def test_a_group_that_is_called_none_is_told_apart_from_rows_without_a_group() -> None:
    text = render_audit(audited(group("(none)"), group(None), group("\u200b")))
    assert "  ‘(none)’ " in text
    assert "  (none)   " in text
    assert "  ‘’       " in text


def test_an_estimate_says_that_it_is_one() -> None:
    counted = SeriesCount(rows=5, rows_without_series=2, series=3, unknown_series=7, unknown_is_exact=False)
    text = render_audit(audited(group("a", counted=counted), counted=counted))
    assert "~7" in text
    assert "counted by their hashes" in text
    assert "name no series: 2. They are passed over" in text


def test_others_are_spoken_of_only_where_there_are_others() -> None:
    one = SeriesCount(rows=1, rows_without_series=0, series=0, unknown_series=1, example="2.25.1")
    text = render_audit(audited(group("a", counted=one)), verbose=True)
    assert "not found: 2.25.1\n" in text
    several = one.model_copy(update={"unknown_series": 2})
    assert "not found: 2.25.1 and others" in render_audit(audited(group("a", counted=several)), verbose=True)
