"""The lock: what it has, and that it is read back as it was written."""

from datetime import date
from pathlib import Path

import pytest

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions
from tcia_policy.errors import InputError
from tcia_policy.files.digests import digest_of_file
from tcia_policy.model.lock import Lock
from tcia_policy.review.lock import lock_of, parse_lock, read_lock, render_lock
from tests.cli.run import EXAMPLES

DAY = date(2026, 11, 22)


def lock(folder: Path, *settings: str, day: date = DAY) -> Lock:
    case = Case.open(folder, CaseOptions(as_of=day, settings=settings))
    return lock_of(case, assess(case))


def test_it_has_every_file_that_was_read_but_the_project_which_counts_by_what_it_says() -> None:
    product = EXAMPLES / "commercial-product"
    made = lock(product)
    assert {each.path for each in made.files} == {
        "cohort/cptac-luad.s5cmd",
        "cohort/training-series.csv",
        "legal/cptac.txt",
        "legal/nsclc-radiomics-grant.txt",
    }
    for each in made.files:
        assert each.sha256 == digest_of_file(product / each.path)
    assert {"registry", "rules", "project", "cohorts", "idc-index"} <= made.digests.keys()


def test_it_has_what_each_item_came_to_and_what_sources_state_of_its_parts() -> None:
    radiomics = next(each for each in lock(EXAMPLES / "lung-nodules").items if each.dataset == "NSCLC-Radiomics")
    assert radiomics.series == 60
    (part,) = radiomics.parts
    assert (part.governing, part.access) == ("CC-BY-NC-3.0", "open")
    assert "TCIA Collection Manager, 2026-08-21" in part.stated[0].sources


def test_it_has_what_came_out() -> None:
    out = lock(EXAMPLES / "lung-nodules").outcome
    assert out.verdict == "conditional"
    assert set(out.outputs) == {"model under Apache-2.0", "figures under CC-BY-4.0"}
    assert "10.7937/k9/tcia.2015.lo9ql9sx" in out.citations
    assert any(name.endswith("/release-model") for name in out.verdicts)


def test_another_order_of_activities_changes_nothing_that_came_out() -> None:
    orders = ("[publish-results, train-model]", "[train-model, publish-results]")
    one, other = (lock(EXAMPLES / "lung-nodules", f"use.activities={order}").outcome for order in orders)
    assert one == other


def test_it_is_read_as_it_was_written_and_has_the_same_bytes_each_time() -> None:
    made = lock(EXAMPLES / "lung-nodules")
    text = render_lock(made)
    assert parse_lock(text) == made
    assert render_lock(lock(EXAMPLES / "lung-nodules")) == text


def test_a_comment_in_the_project_file_and_another_day_change_the_day_alone(tmp_path: Path) -> None:
    (tmp_path / "tcia-policy.yaml").write_text("data: [{dataset: LIDC-IDRI}]\n", encoding="utf-8")
    before = lock(tmp_path)
    (tmp_path / "tcia-policy.yaml").write_text("# a word\ndata: [{dataset: LIDC-IDRI}]\n", encoding="utf-8")
    after = lock(tmp_path, day=date(2026, 11, 23))
    assert after == before.model_copy(update={"as_of": date(2026, 11, 23)})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not JSON"),
        ("[]", "is no lock"),
        ('{"schema_version": "9.0"}', "has the form '9.0'"),
        ('{"schema_version": "1.0"}', "lock --update"),
    ],
)
def test_what_is_no_lock_of_ours_is_one_clear_error(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "tcia-policy.lock").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_lock(tmp_path / "tcia-policy.lock")
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "tcia-policy.lock"))


def test_without_a_lock_the_error_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="write one with `tcia-policy lock`"):
        read_lock(tmp_path / "tcia-policy.lock")
