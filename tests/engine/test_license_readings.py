"""What the sources' statements can mean for one part: which licenses count, and what is known under each."""

import pytest

from tcia_policy.engine.license_readings import (
    WHICH_PART,
    license_facts,
    readings_of,
    stated_licenses,
    with_controlled_parts_used,
)
from tcia_policy.model import Dataset, Distribution, NoticeKind, Route
from tcia_policy.registry.licenses import NONE_STATED, unrecognized
from tcia_policy.registry.standing import Registered
from tcia_policy.rules.fact_value import known
from tests.engine.small import (
    INTERNAL,
    LIMITED,
    NIH,
    NO_COMMERCIAL_LIMITED,
    copies,
    dataset,
    holding,
    known_data,
    licenses,
    notice,
    of_elsewhere,
    other,
    own,
    part,
    whole,
)

BY3, BY4, NC3, NC4 = "CC-BY-3.0", "CC-BY-4.0", "CC-BY-NC-3.0", "CC-BY-NC-4.0"
REGISTERED = Registered(licenses(), known_data([]).sources)


def stated(first: Distribution, *others: Distribution, selected: tuple[str, ...] = ()) -> set[str]:
    """Return the licenses of the first part of a dataset."""
    made: Dataset = dataset("Made-Up", first, *others)
    return set(stated_licenses(first, made, REGISTERED, selected))


def test_what_a_source_states_of_this_very_part_counts() -> None:
    assert stated(part("1", own(BY4))) == {BY4}


def test_two_sources_that_disagree_on_this_part_both_count() -> None:
    assert stated(part("1", own(BY4), own(NC4))) == {BY4, NC4}


def test_each_license_is_told_with_who_states_it_and_when() -> None:
    made = part("1", own(BY4), whole(BY4))
    spoken = stated_licenses(made, dataset("Made-Up", made), REGISTERED, [BY4])
    assert spoken == {BY4: ("TCIA, 2026-11-22", "IDC's index, for these series", "NBIA collection report, 2026-11-22")}


def test_a_part_that_no_source_speaks_of_has_no_license() -> None:
    assert stated(part("1")) == set()


def test_a_withdrawn_license_does_not_count_beside_its_successor() -> None:
    assert stated(part("1", own(NIH), whole(LIMITED))) == {NIH}


def test_a_withdrawn_license_counts_where_its_successor_is_not_stated() -> None:
    assert stated(part("1", own(BY4), whole(LIMITED))) == {BY4, LIMITED}
    assert stated(part("1", own(LIMITED))) == {LIMITED}


def test_a_withdrawn_license_that_forbids_more_than_its_successor_still_counts() -> None:
    assert stated(part("1", own(NIH), whole(NO_COMMERCIAL_LIMITED))) == {NIH, NO_COMMERCIAL_LIMITED}


def test_a_single_license_of_the_whole_collection_is_that_of_every_part() -> None:
    first, second = part("1", own(BY4), whole(NC4)), part("2", own(NC4), whole(NC4))
    assert stated(first, second) == {BY4, NC4}


def test_of_several_licenses_of_the_collection_another_parts_own_does_not_count_for_this_one() -> None:
    first = part("1", own(BY4), whole(BY4), whole(NC4))
    second = part("2", own(NC4), whole(BY4), whole(NC4))
    assert stated(first, second) == {BY4}
    assert stated(second, first) == {NC4}


def test_a_withdrawn_license_of_the_collection_is_explained_by_its_successor_on_another_part() -> None:
    images = part("1", own(BY4), whole(BY4), whole(LIMITED))
    heads = part("2", own(NIH), whole(BY4), whole(LIMITED))
    assert stated(images, heads) == {BY4}
    assert stated(heads, images) == {NIH}


def test_of_several_licenses_of_the_collection_one_that_restricts_no_more_than_the_parts_own_does_not_count() -> None:
    assert stated(part("1", own(BY4), whole(BY4), whole(BY3))) == {BY4}


def test_of_several_licenses_of_the_collection_one_that_restricts_more_counts() -> None:
    assert stated(part("1", own(BY4), whole(BY4), whole(NC4))) == {BY4, NC4}
    assert stated(part("1", own(BY4), whole(BY4), whole(LIMITED))) == {BY4, LIMITED}
    assert stated(part("1", own(BY4), whole(BY4), whole(NIH))) == {BY4, NIH}


def test_of_several_licenses_of_the_collection_one_that_is_not_described_counts() -> None:
    assert stated(part("1", own(BY4), whole(BY4), whole(INTERNAL))) == {BY4, INTERNAL}


def test_where_the_parts_own_license_is_not_among_those_of_the_collection_they_all_count() -> None:
    assert stated(part("1", own(BY4), whole(BY3), whole(NC3))) == {BY4, BY3, NC3}


def test_a_license_that_idcs_index_gives_the_very_series_counts() -> None:
    assert stated(part("1", own(BY4)), selected=(NC4,)) == {BY4, NC4}


def test_a_license_that_is_not_described_is_known_by_its_name_only() -> None:
    facts = license_facts(INTERNAL, licenses())
    assert facts["license.id"] == known(INTERNAL)
    assert facts["license.known"] == known("false")
    assert not {"license.access", "license.permits", "license.prohibits"} & set(facts)


def test_a_license_whose_text_nobody_read_may_forbid_more_than_is_listed() -> None:
    facts = license_facts(NO_COMMERCIAL_LIMITED, licenses())
    assert facts["license.prohibits"].words == {"commercial-use"}
    assert not facts["license.prohibits"].complete
    assert not facts["license.permits"].complete


def test_every_possible_part_under_every_stated_license_is_a_reading() -> None:
    made = dataset("Made-Up", part("1", own(BY4), own(NC4)), part("2", own(NIH)), part("3", own(BY3)))
    read = readings_of(holding(made, "1", "2"), made, REGISTERED, copies())
    assert [(reading.distribution.id if reading.distribution else None, reading.license) for reading in read] == [
        ("1", BY4),
        ("1", NC4),
        ("2", NIH),
    ]


def test_a_part_without_any_claim_is_a_reading_whose_license_is_not_known() -> None:
    made = dataset("Made-Up", part("1"))
    (reading,) = readings_of(holding(made), made, REGISTERED, copies())
    assert reading.license is None
    assert reading.facts["license.known"] == known("false")


def test_a_notice_on_one_part_is_known_of_that_part_only() -> None:
    noticed = notice(NoticeKind.COPYRIGHT, "2")
    made = dataset("Made-Up", part("1", own(BY4)), part("2", own(BY4)), notices=[noticed])
    first, second = readings_of(holding(made), made, REGISTERED, copies())
    assert first.facts["notice.kinds"] == known()
    assert second.facts["notice.kinds"] == known("copyright")


def test_sources_that_disagree_are_known_to_though_only_one_license_counts() -> None:
    made = dataset("Made-Up", part("1", own(NIH), whole(LIMITED)))
    (reading,) = readings_of(holding(made), made, REGISTERED, copies())
    assert reading.facts["claims.disagree"] == known("true")


def test_a_part_that_only_pdc_has_is_under_the_terms_of_pdc() -> None:
    made = dataset("Made-Up", part("1", own(NIH)), program="CPTAC")
    (reading,) = readings_of(of_elsewhere(made, Route.PDC), made, REGISTERED, copies())
    assert (reading.license, reading.distribution) == (BY4, None)


@pytest.mark.parametrize("route", [Route.GDC, Route.DBGAP, Route.CPTAC_PORTAL, Route.OTHER])
def test_a_part_from_a_place_whose_terms_are_not_recorded_has_no_known_license(route: Route) -> None:
    made = dataset("Made-Up", part("1", own(BY4)), program="CPTAC")
    (reading,) = readings_of(of_elsewhere(made, route), made, REGISTERED, copies())
    assert reading.license is None


def test_data_on_the_users_word_are_under_the_license_the_user_names() -> None:
    (reading,) = readings_of(other("X", NC4), None, REGISTERED, copies())
    assert reading.license == NC4


def test_an_approval_makes_the_controlled_parts_used_and_leaves_the_others_open() -> None:
    made = dataset("Made-Up", part("1", own(NIH)), part("2", own(BY4)), part("3", own(NIH), own(BY4)))
    read = with_controlled_parts_used(readings_of(holding(made), made, REGISTERED, copies()))
    used = {reading.distribution.id: reading.choices for reading in read if reading.distribution is not None}
    assert used == {"1": (WHICH_PART, "1"), "2": (WHICH_PART,), "3": (WHICH_PART,)}


@pytest.mark.parametrize("beside", [NONE_STATED, unrecognized("House rules")])
def test_what_is_not_described_opens_nothing_that_a_known_label_closes(beside: str) -> None:
    made = dataset("Made-Up", part("1", own(NIH), own(beside)), part("2", own(NIH)))
    data = known_data([made])
    readings = readings_of(holding(made), made, data.registered, copies())
    described = {each.license for each in readings if len(each.choices) > 1}
    assert (described, {each.license for each in readings}) == ({NIH}, {NIH, beside})
    assert len({choice for each in readings for choice in each.choices}) == 2
    used = with_controlled_parts_used(readings)
    assert [each.license for each in used if "1" in each.choices] == [NIH]


def test_a_label_that_is_not_described_by_itself_is_no_choice_apart() -> None:
    made = dataset("Made-Up", part("1", own(NONE_STATED)), part("2", own(NIH)))
    readings = readings_of(holding(made), made, known_data([made]).registered, copies())
    assert {each.choices for each in readings} == {(WHICH_PART,)}
