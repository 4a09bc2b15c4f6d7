"""A claim has a time and a part that it speaks of: which of the claims on a part still count."""

from datetime import date

import pytest

from tcia_policy.model import Access, Distribution, LicenseClaim, Source
from tcia_policy.registry.standing import Registered, Standing, claims_that_count, standing_claims
from tests.engine.small import LIMITED, NIH, NO_COMMERCIAL_LIMITED, dataset, licenses, own, part, whole

BY3, BY4, NC4 = "CC-BY-3.0", "CC-BY-4.0", "CC-BY-NC-4.0"
EMBARGO = "LicenseRef-TCIA-Embargo-Attribution"
LONG_AGO, BEFORE, NEWER, NEWEST = (date(year, 1, 1) for year in (2023, 2025, 2026, 2027))


def source(id_: str, **fields: str) -> Source:
    return Source(id=id_, title=id_, publisher="TCIA", url="https://example.org", **fields)


SOURCES = {
    item.id: item
    for item in (source("tcia"), source("nbia", defers_to="tcia"), source("idc", copies="tcia"), source("stranger"))
}
REGISTERED = Registered(licenses(), SOURCES)


def said(claim: LicenseClaim, day: date, by: str | None = None, since: date | None = None) -> LicenseClaim:
    """Return the claim as one of that day, by that source."""
    return claim.model_copy(update={"as_of": day, "since": since, "source": by or claim.source})


def counting(first: Distribution, *others: Distribution) -> set[str]:
    made = dataset("Made-Up", first, *others)
    return {claim.license for claim in claims_that_count(first, made, REGISTERED)}


def test_a_label_that_the_authority_replaced_is_history_and_says_by_what_and_when() -> None:
    images = part("1", said(own(BY4), NEWER, since=NEWER), said(whole(BY3), BEFORE))
    now, before = standing_claims(images, dataset("A", images), REGISTERED)
    assert (now.standing, before.standing) == (Standing.COUNTS, Standing.HISTORY)
    assert before.replaced_by == now.claim


@pytest.mark.parametrize("old", [LIMITED, NO_COMMERCIAL_LIMITED])
def test_a_limited_label_is_history_once_the_authority_gave_its_successor_or_opened_the_part(old: str) -> None:
    assert counting(part("1", said(own(NIH), NEWER), said(whole(old), BEFORE))) == {NIH}
    assert counting(part("1", said(own(BY4), NEWER), said(whole(old), BEFORE))) == {BY4}


def test_an_older_restriction_counts_where_the_authority_said_nothing_newer_of_this_part() -> None:
    told, untold = (
        part("1", said(own(BY4), NEWER), said(whole(LIMITED), BEFORE)),
        part("2", said(whole(LIMITED), BEFORE)),
    )
    assert counting(told, untold) == {BY4}
    assert counting(untold, told) == {LIMITED}


def test_a_statement_of_the_same_day_or_an_older_one_replaces_nothing() -> None:
    assert counting(part("1", said(own(BY4), BEFORE), said(whole(NC4), BEFORE))) == {BY4, NC4}
    assert counting(part("1", said(own(BY4), LONG_AGO), said(whole(NC4), BEFORE))) == {BY4, NC4}


def test_what_was_said_at_the_same_time_is_a_disagreement() -> None:
    assert counting(part("1", said(own(BY4), NEWER, since=LONG_AGO), said(whole(NC4), BEFORE))) == {BY4, NC4}


def test_a_copy_of_the_authoritys_label_shows_what_the_authority_said_then() -> None:
    copied = said(own(BY4), NEWER, by="idc", since=LONG_AGO)
    assert counting(part("1", said(own(BY4), NEWER), said(whole(NC4), BEFORE), copied)) == {BY4, NC4}


def test_a_later_report_that_repeats_the_claim_counts_as_its_day() -> None:
    repeated = said(whole(NC4), LONG_AGO).model_copy(update={"until": BEFORE})
    assert counting(part("1", said(own(BY4), NEWER, since=BEFORE), repeated)) == {BY4, NC4}


def test_a_closed_label_takes_back_no_open_license() -> None:
    assert counting(part("1", said(own(NIH), NEWER), said(whole(BY3), BEFORE))) == {NIH, BY3}


def test_an_embargo_does_not_end_by_another_closed_label() -> None:
    assert counting(part("1", said(own(NIH), NEWER), said(whole(EMBARGO), BEFORE))) == {NIH, EMBARGO}


def test_an_older_copy_of_the_label_is_history_and_a_newer_one_that_differs_is_none() -> None:
    assert counting(part("1", said(own(BY4), NEWER), said(own(NC4), BEFORE, by="idc"))) == {BY4}
    assert counting(part("1", said(own(BY4), NEWER), said(own(NC4), NEWEST, by="idc"))) == {BY4, NC4}


def test_who_repeats_an_older_claim_later_keeps_it_alive() -> None:
    repeated = said(own(NC4), NEWEST, by="idc")
    judged = standing_claims(
        part("1", said(own(BY4), NEWER), said(whole(NC4), BEFORE), repeated), dataset("A"), REGISTERED
    )
    assert {item.standing for item in judged} == {Standing.COUNTS}


def test_a_source_that_defers_to_nobody_is_never_history() -> None:
    assert counting(part("1", said(own(BY4), NEWER), said(own(NC4), BEFORE, by="stranger"))) == {BY4, NC4}


def test_two_fields_of_the_authority_that_disagree_replace_nothing_that_one_of_them_says() -> None:
    both = (said(own(BY4), NEWER), said(own(NC4), NEWER))
    assert counting(part("1", *both, said(whole(NC4), BEFORE))) == {BY4, NC4}


def test_an_older_field_of_the_same_source_counts_only_where_the_newer_one_says_nothing_as_new() -> None:
    v1 = source("v1", defers_to="tcia", older_form_of="tcia")
    registered = Registered(licenses(), {**SOURCES, "v1": v1})
    older = said(own(NC4), NEWER, by="v1")

    def standing(*claims: LicenseClaim) -> list[Standing]:
        images = part("1", *claims)
        return [item.standing for item in standing_claims(images, dataset("A", images), registered)]

    assert standing(said(own(BY4), NEWER, since=LONG_AGO), older) == [Standing.COUNTS, Standing.OLDER_FIELD]
    assert standing(said(own(BY4), BEFORE), older) == [Standing.COUNTS, Standing.COUNTS]
    assert standing(said(own("LicenseRef-unrecognized"), NEWER), older) == [Standing.COUNTS, Standing.COUNTS]
    assert standing(older) == [Standing.COUNTS]


def test_an_older_field_makes_nothing_a_repeated_statement() -> None:
    v1 = source("v1", defers_to="tcia", older_form_of="tcia")
    registered = Registered(licenses(), {**SOURCES, "v1": v1})
    report = said(whole(BY3), BEFORE)
    images = part("1", said(own(BY4), NEWEST, since=NEWER), said(own(BY3), NEWEST, by="v1"), report)
    counted = claims_that_count(images, dataset("A", images), registered)
    assert [claim.license for claim in counted] == [BY4]


def test_a_source_that_defers_to_another_opens_nothing_that_this_one_has_closed_since_before() -> None:
    closed = said(own(NIH), NEWER, since=BEFORE)
    assert counting(part("1", closed, said(whole(BY4), NEWEST))) == {NIH}
    assert counting(part("1", closed, said(own(BY4), NEWEST, by="idc"))) == {NIH}
    assert counting(part("1", said(own(NC4), NEWER), said(own(BY4), NEWEST, by="nbia"))) == {NC4}
    assert counting(part("1", closed, said(own(BY4), NEWEST, by="stranger"))) == {NIH, BY4}
    # An open license of before may have been granted, and one that closes more counts.
    assert counting(part("1", closed, said(whole(BY4), LONG_AGO))) == {NIH, BY4}
    assert counting(part("1", said(own(BY4), NEWER), said(whole(NC4), NEWEST))) == {BY4, NC4}


def test_an_older_field_that_says_the_part_is_closed_counts_beside_a_newer_label_that_is_open() -> None:
    v1 = source("v1", defers_to="tcia", older_form_of="tcia")
    registered = Registered(licenses(), {**SOURCES, "v1": v1})
    limited = said(own(BY4, Access.CONTROLLED), NEWER, by="v1")
    images = part("1", said(own(BY4), NEWER), limited)
    assert limited in claims_that_count(images, dataset("A", images), registered)
