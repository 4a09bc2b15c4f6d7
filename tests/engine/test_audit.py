"""An audit judges each group as `check` judges a list of its series."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tcia_policy.cohorts.audit.count import count_table
from tcia_policy.cohorts.audit.counted import Counted, GroupCount, Statement, Unknown
from tcia_policy.cohorts.audit.question import Asked
from tcia_policy.engine.assess import assess
from tcia_policy.engine.audit import Plan, audit
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.engine.examples import load_tested_rules
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError
from tcia_policy.model import Activity, DataItem, Project, Purpose, Route, Use, Verdict
from tcia_policy.model.audit import Audited
from tcia_policy.registry import Registry

DAY = date(2026, 11, 22)
IMAGES = Path(__file__).resolve().parents[2] / "examples" / "training-sets" / "images.csv"
LIDC = Statement("10.7937/k9/tcia.2015.lo9ql9sx", "CC BY 3.0", "lidc_idri")
NSCLC = Statement("10.7937/k9/tcia.2015.pf0m9rei", "CC BY-NC 3.0", "nsclc_radiomics")
TRAINING = Use(purpose=Purpose.COMMERCIAL, activities=(Activity.TRAIN_MODEL, Activity.PUBLISH_RESULTS))
TABLE = DataItem(manifest="table.csv")


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(Registry.load(), load_tested_rules(None))


@pytest.fixture(scope="module")
def counted() -> Counted:
    return count_table(str(IMAGES), Asked("training_set"))


def of(*groups: GroupCount) -> Counted:
    total = GroupCount(None, 1, groups[0].series) if groups else GroupCount(None, 0)
    return Counted("table.csv", "set", groups, total, "DuckDB", "25.0.5")


def audited(counted: Counted, library: Library, use: Use = TRAINING, item: DataItem = TABLE) -> Audited:
    return audit(counted, Plan(item, CaseOptions(said=use, as_of=DAY, decisions=False)), library)


def series_by_group() -> dict[str, list[str]]:
    found = defaultdict(list)
    for line in IMAGES.read_text(encoding="utf-8").splitlines()[1:]:
        _, uid, group = line.split(",")
        found[group].append(uid)
    return found


@pytest.mark.parametrize("purpose", Purpose)
def test_each_group_is_as_check_judges_a_list_of_its_series(
    tmp_path: Path, counted: Counted, library: Library, purpose: Purpose
) -> None:
    use = TRAINING.model_copy(update={"purpose": purpose})
    found = {group.group: group for group in audited(counted, library, use).groups}
    assert set(found) == set(series_by_group())
    for name, uids in series_by_group().items():
        (tmp_path / "table.csv").write_text("\n".join(["SeriesInstanceUID", *filter(None, uids)]), encoding="utf-8")
        study = Study(Project(data=(TABLE,), use=use), tmp_path)
        checked = assess(Case.open(study, CaseOptions(as_of=DAY), library))
        group = found[name or None]
        assert (group.verdict, group.exit_code) == (checked.verdict, checked.exit_code)
        cells = {(cell.holding, cell.activity): cell.verdict for cell in checked.verdicts}
        assert {(each.id, key): value for each in group.items for key, value in each.verdicts.items()} == cells
        assert {each.id: each.series for each in group.items} == {each.id: each.series for each in checked.holdings}


def test_the_worst_group_comes_first_and_is_the_exit_code(counted: Counted, library: Library) -> None:
    found = audited(counted, library)
    assert [(group.group, group.stands) for group in found.groups] == [
        ("augmented", "prohibited"),
        ("pilot", "undetermined"),
        ("baseline", "clear"),
    ]
    assert (found.exit_code, found.verdict, found.stands) == (1, Verdict.PROHIBITED, "prohibited")
    assert found.counted.series == 6
    assert [(each.name, each.groups) for each in found.items if each.dataset] == [
        ("NSCLC-Radiomics", 1),
        ("LIDC-IDRI", 3),
    ]


def test_an_exit_code_of_one_is_worse_than_three(library: Library) -> None:
    unknown = GroupCount("a", 1, {}, Unknown(1, 1, "9.9.9"))
    assert audited(of(unknown), library).exit_code == 3
    assert audited(of(unknown, GroupCount("b", 1, {NSCLC: 1})), library).exit_code == 1
    assert audited(of(GroupCount("c", 1, {LIDC: 1})), library).exit_code == 0


@pytest.mark.parametrize(
    "group",
    [
        GroupCount("a", 9, {LIDC: 5}, Unknown(1, 1, "9.9.9")),
        GroupCount("a", 9, {LIDC: 5}, Unknown(1, 1, "9.9.9", is_exact=False)),
        GroupCount("a", 9, {}, Unknown(9, 0)),
        GroupCount("a", 9, {LIDC: 5}, Unknown(0, 1, "9.9.9")),
        GroupCount("a", 9, {}, rows_without=9),
        GroupCount("a", 9, {Statement("10.9999/nobody", "CC BY 4.0", "x"): 1}),
        GroupCount("a", 9, {Statement("", "no license stated", "x"): 1}),
    ],
)
def test_nothing_unknown_is_permitted(library: Library, group: GroupCount) -> None:
    (found,) = audited(of(group), library).groups
    assert found.verdict is Verdict.UNDETERMINED
    assert found.exit_code == 3
    assert found.barriers


def test_rows_without_a_series_are_open_where_another_column_may_say_what_they_are(library: Library) -> None:
    counted = of(GroupCount("a", 9, {LIDC: 5}, rows_without=1))
    assert audited(counted, library).exit_code == 0
    assert audited(replace(counted, may_list_more=True), library).exit_code == 3
    assert audited(replace(of(GroupCount("a", 9, {LIDC: 5})), may_list_more=True), library).exit_code == 0


def test_a_use_that_is_not_stated_leaves_everything_undetermined(library: Library) -> None:
    assert audited(of(GroupCount("a", 1, {LIDC: 1})), library, Use()).stands == "undetermined"


def test_groups_that_are_alike_are_judged_once_and_keep_their_numbers(library: Library) -> None:
    groups: Iterable[GroupCount] = (GroupCount(f"g{number:02}", number, {LIDC: number}) for number in range(1, 21))
    found = audited(of(*groups, GroupCount(None, 1, {LIDC: 1, NSCLC: 1})), library)
    assert found.judged == 2
    assert {group.group: group.items[0].series for group in found.groups if group.group} == {
        f"g{number:02}": number for number in range(1, 21)
    }


def test_series_that_idc_removed_are_told_apart(library: Library) -> None:
    removed = LIDC._replace(removed_after="20.0.0")
    (found,) = audited(of(GroupCount("a", 2, {LIDC: 3, removed: 4})), library).groups
    assert sorted(each.series or 0 for each in found.items) == [3, 4]


def test_the_place_that_the_data_are_from_counts(library: Library) -> None:
    item = DataItem(manifest="table.csv", obtained_from=Route.IDC)
    (found,) = audited(of(GroupCount("a", 1, {LIDC: 1})), library, item=item).groups
    assert found.items[0].id == "LIDC-IDRI@idc"


PROJECT = """\
title: A product
use: {purpose: commercial, activities: [train-model], outputs: [{kind: model, license: MIT, trained_on: [own]}]}
data: [{id: own, own: {name: Our CT}}]
manuscript: [not-there.tex]
gate: {fail_on: [prohibited]}
"""


def planned(tmp_path: Path, text: str) -> Plan:
    path = tmp_path / "tcia-policy.yaml"
    path.write_text(text, encoding="utf-8")
    return Plan(TABLE, CaseOptions(as_of=DAY, decisions=False), path)


def test_a_project_says_what_is_done_and_its_data_and_texts_do_not_count(tmp_path: Path, library: Library) -> None:
    found = audit(of(GroupCount("a", 1, {NSCLC: 1})), planned(tmp_path, PROJECT), library)
    assert (found.purpose, found.activities) == (Purpose.COMMERCIAL, (Activity.TRAIN_MODEL,))
    assert [each.name for each in found.groups[0].items] == ["NSCLC-Radiomics"]
    assert found.exit_code == 1


def test_evidence_on_data_of_the_project_alone_is_refused(tmp_path: Path, library: Library) -> None:
    text = PROJECT + (
        "answers: [{rule: cc-noncommercial, data: own, says: prohibited, from: Counsel, on: 2026-01-01,"
        " evidence: {held_by: Counsel}}]\n"
    )
    with pytest.raises(InputError, match="no dataset of the registry"):
        audit(of(GroupCount("a", 1, {NSCLC: 1})), planned(tmp_path, text), library)


def test_a_permission_of_the_project_is_looked_at_for_every_group(tmp_path: Path, library: Library) -> None:
    text = PROJECT + (
        "permissions: [{dataset: NSCLC-Radiomics, grants: commercial-use, from: Maastro, on: 2026-01-01,"
        " evidence: {held_by: Contracts}}]\n"
    )
    before = audit(of(GroupCount("a", 1, {NSCLC: 1})), planned(tmp_path, PROJECT), library)
    after = audit(of(GroupCount("a", 1, {NSCLC: 1})), planned(tmp_path, text), library)
    rules = [{each.rule for each in found.groups[0].barriers} for found in (before, after)]
    assert rules[1] - rules[0] == {"grant-from-somebody-else"}
