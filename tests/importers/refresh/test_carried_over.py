"""A user's own registry and another version of the program: what people add is the program's, history is of both."""

import itertools
from dataclasses import replace
from datetime import date

import pytest

from tcia_policy.importers import write_registry
from tcia_policy.importers.content import Content
from tcia_policy.importers.refresh.carried_over import carried_over
from tcia_policy.importers.refresh.refresh import refreshed
from tcia_policy.model import (
    Contact,
    Creator,
    Dataset,
    Distribution,
    LicenseClaim,
    Notice,
    NoticeKind,
    NoticeLevel,
    PastClaim,
    Source,
)
from tcia_policy.model.reference import Authority, Extent
from tests.importers.made_up import BY_3, CONTROLLED
from tests.importers.refresh.small import DAYS, NC, answers, dataset, part, registry, with_license

RESTRICTION = Notice(
    kind=NoticeKind.COMMERCIAL_RESTRICTION,
    level=NoticeLevel.REQUIRED,
    summary="Not for commercial use.",
    authority=Authority.OFFICIAL_STATEMENT,
    reading=Extent.FULL,
    source="page",
)


def with_dataset(content: Content, changed: Dataset) -> Content:
    others = tuple(each for each in content.datasets if each.id != changed.id)
    return replace(content, datasets=tuple(sorted((*others, changed), key=lambda each: each.id)))


def with_part(content: Content, changed: Distribution) -> Content:
    """Return the registry with a part of the first dataset in place of the one with its id, or beside the others."""
    others = [each for each in dataset(content).distributions if each.id != changed.id]
    return with_dataset(content, dataset(content).model_copy(update={"distributions": (changed, *others)}))


def without(content: Content, id_: str) -> Content:
    return replace(content, datasets=tuple(each for each in content.datasets if each.id != id_))


def as_nc(day: date, begin: Content) -> Content:
    """Return the registry with another license of one part, as TCIA states it on a day."""
    return refreshed(begin, answers(day, with_license(NC))).content


def test_the_same_registry_twice_is_that_registry() -> None:
    own = as_nc(DAYS[1], registry(DAYS[0]))
    assert write_registry.files(carried_over(own, own)) == write_registry.files(own)


def test_what_people_have_added_comes_with_the_program_and_newer_licenses_stay() -> None:
    shipped = registry(DAYS[0])
    own = as_nc(DAYS[2], shipped)
    restricted = dataset(shipped).model_copy(
        update={"notices": (RESTRICTION,), "contacts": (Contact(name="Desk", source="page"),)}
    )
    both = carried_over(own, with_dataset(shipped, restricted))
    assert dataset(both).notices == (RESTRICTION,)
    assert [each.name for each in dataset(both).contacts] == ["Desk"]
    assert [claim.license for claim in part(both).claims] == ["CC-BY-NC-4.0"]
    assert [past.license for past in part(both).past] == ["CC-BY-4.0"]
    assert both.version == DAYS[2]


def test_where_the_program_came_with_newer_records_what_the_user_had_is_history() -> None:
    own = as_nc(DAYS[1], registry(DAYS[0]))
    both = carried_over(own, registry(DAYS[3]))
    (claim,) = part(both).claims
    assert (claim.license, claim.as_of) == ("CC-BY-4.0", DAYS[3])
    assert [(past.license, past.first, past.last) for past in part(both).past] == [
        ("CC-BY-4.0", DAYS[0], DAYS[0]),
        ("CC-BY-NC-4.0", DAYS[1], DAYS[1]),
    ]
    assert both.version == DAYS[3]


def test_a_claim_is_on_record_since_the_first_day_of_either() -> None:
    both = carried_over(registry(DAYS[0]), registry(DAYS[3]))
    assert [(claim.since, claim.as_of) for claim in part(both).claims] == [(DAYS[0], DAYS[3])]
    assert part(both).past == ()


def test_what_only_one_of_them_has_is_kept_and_what_newer_records_lack_is_withdrawn() -> None:
    whole, later = registry(DAYS[0]), registry(DAYS[3])
    assert dataset(carried_over(without(later, "Two"), whole), "Two").withdrawn is None
    assert dataset(carried_over(later, without(whole, "Two")), "Two").withdrawn is None
    assert dataset(carried_over(whole, without(later, "Two")), "Two").withdrawn == DAYS[3]
    fewer = dataset(later).model_copy(update={"distributions": dataset(later).distributions[:1]})
    assert part(carried_over(whole, with_dataset(later, fewer)), 12).withdrawn == DAYS[3]


def test_one_doi_is_one_dataset_under_whatever_name() -> None:
    shipped = registry(DAYS[0])
    renamed = dataset(shipped).model_copy(update={"id": "Lung Uno"})
    both = carried_over(shipped, without(with_dataset(shipped, renamed), "Lung One"))
    assert [each.id for each in both.datasets if each.doi == renamed.doi] == ["Lung Uno"]


def test_changes_of_both_are_on_record_once() -> None:
    records = with_license(NC)
    records[0]["collection_title"] = "Another title"
    own = refreshed(registry(DAYS[0]), answers(DAYS[1], records)).content
    both = carried_over(own, own)
    assert dataset(both).changes == dataset(own).changes
    assert any(each.fact == "title" for each in dataset(carried_over(own, registry(DAYS[3]))).changes)


def test_creators_that_datacite_told_the_user_stay() -> None:
    shipped = registry(DAYS[0])
    full = (Creator(family="Doe", given="Jane", orcid="0000-0002-1825-0097"),)
    cited = dataset(shipped).citation.model_copy(update={"creators": full, "creators_from": "https://datacite.example"})
    own = with_dataset(shipped, dataset(shipped).model_copy(update={"citation": cited}))
    read = Source(id="datacite", title="DataCite", publisher="DataCite", url="https://datacite.example", as_of=DAYS[1])
    for version in (registry(DAYS[0]), registry(DAYS[3])):
        both = carried_over(replace(own, sources=(*own.sources, read)), version)
        assert dataset(both).citation.creators == full
        assert "datacite" in {source.id for source in both.sources}
    assert dataset(carried_over(own, registry(DAYS[3]))).citation.creators != full


def test_what_one_of_them_knows_to_be_closed_is_not_opened_again_by_the_other() -> None:
    later = LicenseClaim(license="CC-BY-4.0", source="nbia", as_of=DAYS[0], until=DAYS[1], stated_as="4.0")
    ended = LicenseClaim(license="CC-BY-3.0", source="nbia", as_of=DAYS[0], stated_as="3.0")
    closed = PastClaim(license="CC-BY-3.0", source="nbia", first=DAYS[0], last=DAYS[0], stated_as="3.0")
    base = registry(DAYS[0])
    shipped = with_part(base, part(base).model_copy(update={"claims": (later, ended)}))
    own = with_part(base, part(base).model_copy(update={"claims": (later,), "past": (closed,)}))
    for both in (carried_over(own, shipped), carried_over(shipped, own)):
        assert part(both).claims == (later,)
        assert part(both).past == (closed,)


def test_a_part_that_the_index_of_idc_has_since_is_not_withdrawn() -> None:
    own, shipped = registry(DAYS[0]), registry(DAYS[3])
    claim = LicenseClaim(license="CC-BY-4.0", source="idc-index-data", as_of=DAYS[2], stated_as="CC BY 4.0")
    more = part(own).model_copy(update={"id": "idc", "claims": (claim,)})
    read = Source(id="idc-index-data", title="IDC", publisher="IDC", url="https://idc.example", as_of=DAYS[2])
    own = replace(with_part(own, more), sources=(*own.sources, read), idc_index_data="99.0.0")
    both = carried_over(own, shipped)
    assert next(each for each in dataset(both).distributions if each.id == "idc").withdrawn is None
    assert both.idc_index_data == "99.0.0"


@pytest.mark.parametrize("of_program", list(itertools.product((BY_3, NC, CONTROLLED), (1, 3, 5))))
def test_nothing_that_either_has_ever_stated_is_lost_and_the_newer_statement_stands(
    of_program: tuple[dict[str, str], int],
) -> None:
    base = registry(DAYS[0])
    label, day = of_program
    shipped = refreshed(base, answers(DAYS[day], with_license(label))).content
    own = base
    for number, mine in ((2, NC), (4, BY_3)):
        own = refreshed(own, answers(DAYS[number], with_license(mine))).content
        both = part(carried_over(own, shipped))
        newer = own if DAYS[number] > DAYS[day] else shipped
        assert [claim.license for claim in both.claims] == [claim.license for claim in part(newer).claims]
        assert said(both) >= said(part(own)) | said(part(shipped))


def said(of: Distribution) -> set[str | None]:
    return {claim.license for claim in of.claims} | {past.license for past in of.past}
