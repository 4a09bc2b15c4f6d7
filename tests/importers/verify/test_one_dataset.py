"""What the registry says of one dataset: creators, parts, days and notices fit together."""

from datetime import date

from tcia_policy.importers.verify.one_dataset import wrong_in
from tcia_policy.model import Dataset, PastClaim
from tests.importers.verify.made import dataset, notice


def problems(found: Dataset) -> list[str]:
    """Return what is wrong, each with its place."""
    return [f"{'.'.join(map(str, each.place))}: {each.problem}" for each in wrong_in(found)]


def test_a_dataset_of_an_import_fits_together() -> None:
    assert problems(dataset()) == []


def test_a_citation_has_creators_and_may_say_that_there_are_more() -> None:
    citation = dataset().citation
    assert problems(dataset(citation=citation.model_copy(update={"creators": ()}))) == [
        "citation.creators: has no creators"
    ]
    assert problems(dataset(citation=citation.model_copy(update={"truncated": True}))) == []


def test_each_part_has_an_id_of_its_own() -> None:
    first = dataset().distributions[0]
    assert problems(dataset(distributions=(first, first))) == [
        "distributions.1.id: is the id of another part of Lung One: '11'"
    ]


def test_a_claim_begins_before_it_ends() -> None:
    part = dataset().distributions[0]
    late = part.claims[0].model_copy(update={"since": date(2030, 2, 1)})
    past = PastClaim(license="CC-BY-3.0", source=late.source, first=date(2029, 2, 1), last=date(2029, 1, 1))
    parts = (part.model_copy(update={"claims": (late,), "past": (past,)}),)
    assert problems(dataset(distributions=parts)) == [
        "distributions.0.claims.0.since: is after `as_of`: 2030-02-01 is later than 2030-01-01",
        "distributions.0.past.0.first: is after `last`: 2029-02-01 is later than 2029-01-01",
    ]


def test_a_notice_has_one_day_and_parts_that_are_there() -> None:
    day = date(2030, 1, 1)
    assert problems(dataset(notices=(notice(as_of=None),))) == ["notices.0: has no day"]
    assert problems(dataset(notices=(notice(before=day),))) == ["notices.0: has two days"]
    assert problems(dataset(notices=(notice(distributions=("11", "99")),))) == [
        "notices.0.distributions.1: is about a part that Lung One does not have: '99'"
    ]


def test_the_sources_of_a_dataset_are_those_of_its_facts() -> None:
    assert problems(dataset(sources=())) == [
        "sources: lacks a source that a fact of the dataset names: tcia-collection-manager"
    ]
