"""What changed between two registries, and by the history of one."""

from datetime import date
from pathlib import Path

import pytest

from tcia_policy.model import (
    Authority,
    Contact,
    Dataset,
    Extent,
    FactChange,
    Notice,
    NoticeKind,
    NoticeLevel,
)
from tcia_policy.registry import Registry
from tcia_policy.registry.changes import Change, between, changes_since, history_of, in_short, of_two
from tcia_policy.registry.standing_facts import FactKind
from tcia_policy.registry.strictness import Meaning
from tests.registry.histories import (
    BY4,
    JANUARY,
    JULY,
    MARCH,
    MAY,
    NC4,
    REGISTERED,
    THERE_AND_BACK,
    changed,
    claim,
    images,
    past,
)
from tests.registry.small_registry import dataset, registry_of

NOTICE = Notice(
    kind=NoticeKind.COMMERCIAL_RESTRICTION,
    level=NoticeLevel.REQUIRED,
    summary="Not for commercial use.",
    authority=Authority.OFFICIAL_STATEMENT,
    reading=Extent.FULL,
    source="tcia",
    as_of=JULY,
)
BEFORE = changed(images(claim(BY4, MARCH)))


def differences(before: Dataset | None, after: Dataset | None) -> list[Change]:
    return list(of_two(before, after, REGISTERED, REGISTERED))


def test_a_license_that_became_stricter_is_told_with_its_days_and_its_source() -> None:
    after = changed(images(claim(NC4, JULY, JULY), before=(past(BY4, JANUARY, MAY),)))
    license_, statement = differences(BEFORE, after)
    assert (license_.kind, license_.before, license_.after) == (FactKind.LICENSE, BY4, NC4)
    assert (license_.meaning, license_.last, license_.since) == (Meaning.STRICTER, MAY, JULY)
    assert [part.title for part in license_.parts] == ["Images"]
    assert (statement.kind, statement.of) == (FactKind.STATEMENT, "tcia")


def test_of_several_new_licenses_the_day_is_that_of_the_last() -> None:
    new = images(claim("LicenseRef-unrecognized", JULY, JULY), claim("CC-BY-3.0", MARCH, MARCH, by="nbia"))
    found = of_two(changed(images(claim(BY4, MAY, JANUARY))), changed(new), REGISTERED, REGISTERED)
    told = [each for each in found if each.kind is FactKind.LICENSE]
    assert [(each.since, each.meaning) for each in told] == [(JULY, Meaning.UNKNOWN)]


def test_that_a_source_was_read_again_is_no_change() -> None:
    assert differences(BEFORE, changed(images(claim(BY4, JULY, MARCH)))) == []


def test_a_source_that_counts_for_nothing_changes_no_license() -> None:
    before = changed(images(claim(BY4, JULY), claim(BY4, MARCH, by="nbia")))
    after = changed(images(claim(BY4, JULY), claim(NC4, MARCH, by="nbia")))
    assert [(each.kind, each.of) for each in differences(before, after)] == [(FactKind.STATEMENT, "nbia")]


def test_contacts_and_notices_that_came_or_changed_are_told() -> None:
    desk = Contact(name="Desk", email="a@example.org", source="tcia")
    other = desk.model_copy(update={"email": "b@example.org"})
    (came,) = differences(BEFORE, BEFORE.model_copy(update={"notices": (NOTICE,)}))
    assert (came.kind, came.before, came.meaning) == (FactKind.NOTICE, None, Meaning.STRICTER)
    (went,) = differences(BEFORE.model_copy(update={"notices": (NOTICE,)}), BEFORE)
    assert went.meaning is Meaning.LESS_STRICT
    (contact,) = differences(
        BEFORE.model_copy(update={"contacts": (desk,)}), BEFORE.model_copy(update={"contacts": (other,)})
    )
    assert (contact.kind, contact.of, contact.meaning) == (FactKind.CONTACT, "Desk", None)
    assert "b@example.org" in (contact.after or "")


def test_what_came_or_went_is_told_without_its_details() -> None:
    came = differences(None, BEFORE)
    assert [each.kind for each in came] == [FactKind.PRESENCE, FactKind.LICENSE, FactKind.ACCESS]
    (went,) = differences(BEFORE, None)
    assert (went.kind, went.after) == (FactKind.PRESENCE, None)
    (withdrawn,) = differences(BEFORE, BEFORE.model_copy(update={"withdrawn": JULY}))
    assert "2026-07-01" in (withdrawn.after or "")
    more = changed(images(claim(BY4, MARCH)), images(claim(BY4, MARCH)).model_copy(update={"id": "2"}))
    assert {each.kind for each in differences(BEFORE, more)} == {
        FactKind.PRESENCE,
        FactKind.LICENSE,
        FactKind.ACCESS,
    }


def test_parts_that_changed_alike_are_one_change() -> None:
    def of(license_: str) -> Dataset:
        return changed(*(images(claim(license_, JULY)).model_copy(update={"id": str(number)}) for number in range(5)))

    license_, _statement = differences(of(BY4), of(NC4))
    assert [part.id for part in license_.parts] == ["0", "1", "2", "3", "4"]
    assert in_short((license_,)) == "1 dataset: 1 license (1 stricter)"


def test_there_and_back_are_two_changes_each_on_its_day() -> None:
    found = [each for each in history_of(changed(THERE_AND_BACK), REGISTERED) if each.kind is FactKind.LICENSE]
    assert [(each.before, each.after, each.since, each.meaning) for each in found] == [
        (BY4, NC4, MARCH, Meaning.STRICTER),
        (NC4, BY4, JULY, Meaning.LESS_STRICT),
    ]


def test_the_first_label_on_record_is_no_change_but_part_of_a_history() -> None:
    first = history_of(changed(THERE_AND_BACK), REGISTERED, firsts=True)[0]
    assert (first.since, first.before, first.after) == (JANUARY, None, BY4)


def test_a_label_of_the_first_day_of_the_calendar_has_nothing_before_it() -> None:
    found = history_of(changed(images(claim(BY4, JULY, date.min))), REGISTERED, firsts=True)
    assert found[0].since == date.min


@pytest.mark.parametrize(("since", "days"), [(MARCH, [MARCH, JULY]), (date(2026, 3, 2), [JULY]), (JULY, [JULY])])
def test_the_day_that_is_named_is_included(since: date, days: list[date]) -> None:
    found = history_of(changed(THERE_AND_BACK), REGISTERED, since)
    assert sorted({each.since for each in found if each.since}) == days


def test_what_an_update_recorded_beside_licenses_is_in_the_history() -> None:
    recorded = (
        FactChange(day=MAY, fact="withdrawn", after="2026-05-01", source="tcia"),
        FactChange(day=MAY, fact="creators", before="A", after="B", source="tcia"),
        FactChange(day=MAY, fact="title", before="A", after="B", source="tcia"),
        FactChange(day=JULY, fact="withdrawn", before="2026-05-01", source="tcia"),
        FactChange(day=JULY, fact="distributions", distribution="1", after="Images", source="tcia"),
    )
    found = history_of(changed(images(claim(BY4, JULY)), changes=recorded), REGISTERED)
    assert [(each.kind, each.of, each.since) for each in found] == [
        (FactKind.PRESENCE, None, MAY),
        (FactKind.CITATION, None, MAY),
        (FactKind.OTHER, "title", MAY),
        (FactKind.PRESENCE, None, JULY),
        (FactKind.PRESENCE, None, JULY),
    ]


def test_full_given_names_are_no_other_reference_and_are_told_by_diff_with_all_else_that_was_recorded() -> None:
    recorded = (
        FactChange(
            day=JULY, fact="creators", before="Clark, K. W.; A group", after="Clark, Ken W.; A group", source="x"
        ),
        FactChange(day=JULY, fact="aliases", before=None, after="Uno", source="tcia"),
        FactChange(day=JULY, fact="title", before="A", after="Data of One", source="tcia"),
    )
    after = BEFORE.model_copy(update={"changes": recorded})
    assert {each.kind for each in history_of(after, REGISTERED)} == {FactKind.OTHER}
    assert [(each.kind, each.of) for each in differences(BEFORE, after)] == [
        (FactKind.OTHER, "creators"),
        (FactKind.OTHER, "aliases"),
    ]
    other = recorded[0].model_copy(update={"after": "Li, Ken X.; A group"})
    (told,) = history_of(BEFORE.model_copy(update={"changes": (other,)}), REGISTERED)
    assert told.kind is FactKind.CITATION


def test_two_folders_are_compared_dataset_by_dataset(tmp_path: Path) -> None:
    one, two = dataset("One", "10.1234/1"), dataset("Two", "10.1234/2")
    old = registry_of(tmp_path / "old", one)
    new = registry_of(tmp_path / "new", one.model_copy(update={"title": "Another"}), two)
    found = list(between(old, new))
    assert [(each.dataset, each.of or each.kind) for each in found][:2] == [("One", "title"), ("Two", "presence")]
    assert list(between(new, new)) == []


def test_the_labels_that_ship_changed_in_july_and_the_licenses_that_closed_are_never_called_less_strict() -> None:
    found = [each for each in changes_since(Registry.load(), date(2026, 7, 9)) if each.kind is FactKind.LICENSE]
    closed = [each for each in found if each.after == "LicenseRef-NIH-Controlled-Data-Access"]
    assert len(found) > len(closed) > 50
    assert {each.meaning for each in closed} <= {Meaning.UNKNOWN, Meaning.STRICTER}
