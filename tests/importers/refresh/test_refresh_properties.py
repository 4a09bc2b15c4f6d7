"""What holds for any answers: twice is once, nothing that was stated is lost, and only its authority lifts anything."""

import copy
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tcia_policy.errors import InputError
from tcia_policy.importers import read_registry, write_registry
from tcia_policy.importers.content import Content
from tcia_policy.importers.online.answers import Answers
from tcia_policy.importers.refresh.refresh import refreshed
from tcia_policy.importers.verify.whole import complaints_on
from tcia_policy.model import Access, Dataset, Distribution
from tcia_policy.registry.licenses import NONE_STATED, load_licenses
from tcia_policy.registry.standing import Registered, claims_that_count
from tests.importers.made_up import BY_3, BY_4, CONTROLLED, LONG_3, LONG_4
from tests.importers.refresh.small import DAYS, LUNG, NC, TWO, answers, collections, registry

LICENSES = [BY_3, BY_4, NC, CONTROLLED, {"label": "House rules", "url": ""}, {}, False]
RIGHTS = [
    {"rightsIdentifier": "cc-by-4.0"},
    {"rightsIdentifier": "CC-BY-NC-4.0"},
    {"rights": "NIH Controlled Data Access Policy"},
    {"rights": "House rules"},
]
REPORTED = [LONG_3, LONG_4, "Creative Commons Attribution-NonCommercial 4.0 International License", "House rules"]
V1 = ["CC BY 3.0", "CC BY-NC 4.0", "TCIA Restricted", ""]
TITLES = ["Data from Lung One", "Another title"]
KNOWN = load_licenses()

license_s = st.sampled_from(LICENSES)


@st.composite
def collections_s(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw the records of a day: other licenses and titles, a part or a dataset that is not there, one that is new."""
    records = collections()
    records[0]["collection_title"] = draw(st.sampled_from(TITLES))
    for row, license_ in zip(_rows(records), draw(st.tuples(license_s, license_s, license_s)), strict=False):
        row["license"] = copy.deepcopy(license_)
    if draw(st.booleans()):
        records[0]["collection_downloads"].pop(draw(st.integers(0, 1)))
    if draw(st.booleans()):
        records.pop(draw(st.integers(0, 1)))
    return records


def _rows(records: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for record in records for row in record["collection_downloads"]]


@st.composite
def others_s(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]]]:
    """Draw what a source that defers to TCIA says: DataCite, NBIA's report, or NBIA's series."""
    source = draw(st.sampled_from(["dois", "report", "v4"]))
    if source == "dois":
        rights = draw(st.lists(st.sampled_from(RIGHTS), max_size=2, unique_by=str))
        updated = draw(st.sampled_from(["2029-01-01", "2030-01-15", "2030-04-01"]))
        attributes = {"doi": draw(st.sampled_from([LUNG, TWO])), "rightsList": rights, "updated": updated}
        return source, [{"id": attributes["doi"], "attributes": attributes}]
    names = [("Lung One", LUNG), ("Two", TWO)]
    if source == "report":
        listed = draw(st.lists(st.sampled_from(REPORTED), min_size=1, max_size=2, unique=True))
        return source, [{"Collection": name, "DOIs": doi, "Licenses": ", ".join(listed)} for name, doi in names]
    label = draw(st.sampled_from(REPORTED))
    return source, [{"Collection": name, "DataDescriptionURI": doi, "LicenseName": label} for name, doi in names]


def of_tcia(day: date, records: list[dict[str, Any]], v1: list[str] | None = None) -> Answers:
    labels = [{"id": number, "data_license": text} for number, text in zip((11, 12, 21), v1 or (), strict=False)]
    return answers(day, records, downloads_v1=labels)


def of_others(day: date, said: tuple[str, list[dict[str, Any]]]) -> Answers:
    form, records = said
    source, name = ("datacite", "dois") if form == "dois" else ("nbia", "collections" if form == "report" else "series")
    return Answers(source, day, form, {name: tuple(records)})


def after(content: Content, said: Answers) -> Content:
    """Return the registry with the answers in it; as it was where so much is missing that the source fails."""
    try:
        return refreshed(content, said).content
    except InputError as error:
        if "more than a fifth fewer" not in str(error):
            raise
        return content


def parts(content: Content) -> dict[tuple[str, str], tuple[Dataset, Distribution]]:
    return {(each.id, part.id): (each, part) for each in content.datasets for part in each.distributions}


def stated(content: Content) -> set[tuple[str, str, str, str | None]]:
    """Return whatever is or was claimed of a part: by whom, and in which wording."""
    found = parts(content).items()
    now = {
        (*where, claim.source, None if claim.license == NONE_STATED else claim.stated_as)
        for where, (_, part) in found
        for claim in part.claims
    }
    return now | {(*where, claim.source, claim.stated_as) for where, (_, part) in found for claim in part.past}


def restrictions(content: Content) -> dict[tuple[str, str], set[str]]:
    """Return what the claims that count forbid of each part; `?` for a license that nobody knows."""
    registered = Registered(KNOWN, {source.id: source for source in content.sources}, ())
    found: dict[tuple[str, str], set[str]] = {}
    for where, (dataset, part) in parts(content).items():
        counted = {claim.license for claim in claims_that_count(part, dataset, registered)}
        known = [KNOWN[name] for name in counted if name in KNOWN]
        closed = {"closed" for item in known if item.access is Access.CONTROLLED}
        found[where] = closed | {word for item in known for word in item.prohibits}
        found[where] |= {"?"} if not counted or counted - set(KNOWN) else set()
    return found


@settings(max_examples=25, deadline=None)
@given(st.lists(collections_s(), min_size=1, max_size=4), st.lists(st.sampled_from(V1), max_size=3))
def test_any_answers_twice_are_as_good_as_once_and_nothing_stated_is_lost(
    days: list[list[dict[str, Any]]], v1: list[str]
) -> None:
    content = registry()
    for day, records in zip(DAYS[1:], days, strict=False):
        before, said = content, of_tcia(day, records, v1)
        content = after(content, said)
        assert write_registry.files(after(content, said)) == write_registry.files(content)
        assert stated(before) <= stated(content)
        assert {each.id for each in before.datasets} <= {each.id for each in content.datasets}
        assert complaints_on(content, DAYS[-1]) == ()


@settings(max_examples=25, deadline=None)
@given(collections_s(), collections_s())
def test_a_b_a_gives_the_facts_of_a_and_has_all_three_on_record(
    one: list[dict[str, Any]], two: list[dict[str, Any]]
) -> None:
    first = after(registry(), of_tcia(DAYS[1], one))
    second = after(first, of_tcia(DAYS[2], two))
    third = after(second, of_tcia(DAYS[3], one))
    assume(third is not second)
    assert facts(third, listed_in=one) == facts(first, listed_in=one)
    assert stated(first) | stated(second) <= stated(third)


def facts(content: Content, listed_in: list[dict[str, Any]]) -> object:
    """Return what is stated today of the datasets and parts that TCIA lists, without days and history."""
    listed = {str(row["id"]) for row in _rows(listed_in) if row.get("license")}
    return [
        (
            each.title,
            each.withdrawn is None,
            [
                (part.id, part.title, part.withdrawn is None, [(claim.license, claim.source) for claim in part.claims])
                for part in sorted(each.distributions, key=lambda part: part.id)
                if part.id in listed
            ],
        )
        for each in content.datasets
        if each.id in {record["collection_short_title"] for record in listed_in}
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(others_s(), max_size=3), collections_s(), others_s())
def test_a_source_that_defers_to_tcia_lifts_no_restriction_but_its_own(
    before: list[tuple[str, list[dict[str, Any]]]],
    records: list[dict[str, Any]],
    now: tuple[str, list[dict[str, Any]]],
) -> None:
    content = after(registry(), of_tcia(DAYS[1], records))
    for day, said in zip(DAYS[2:], before, strict=False):
        content = after(content, of_others(day, said))
    answered = of_others(DAYS[6], now)
    then = after(content, answered)
    own = {"dois": "datacite", "report": "nbia-collection-report", "v4": "nbia-series"}[now[0]]
    without = replace(content, datasets=tuple(_without(each, own) for each in content.datasets))
    left, found = restrictions(without), restrictions(then)
    assert all(words - {"?"} <= found[where] for where, words in left.items())


def _without(dataset: Dataset, source: str) -> Dataset:
    kept = (
        part.model_copy(update={"claims": tuple(claim for claim in part.claims if claim.source != source)})
        for part in dataset.distributions
    )
    return dataset.model_copy(update={"distributions": tuple(kept)})


@settings(max_examples=25, deadline=None)
@given(collections_s(), collections_s())
def test_tcia_lifts_a_restriction_only_where_it_states_another_license_of_the_part(
    one: list[dict[str, Any]], two: list[dict[str, Any]]
) -> None:
    first = after(registry(), of_tcia(DAYS[1], one))
    second = after(first, of_tcia(DAYS[2], two))
    restated = {str(row["id"]) for row in _rows(two) if row.get("license")}
    before, then = restrictions(first), restrictions(second)
    for (id_, part), words in before.items():
        assert part in restated or words <= then[id_, part]


@settings(max_examples=10, deadline=None)
@given(collections_s(), others_s())
def test_what_was_refreshed_is_read_as_it_was_written(
    tmp_path_factory: Any, records: list[dict[str, Any]], said: tuple[str, list[dict[str, Any]]]
) -> None:
    content = after(after(registry(), of_tcia(DAYS[1], records)), of_others(DAYS[2], said))
    folder = tmp_path_factory.mktemp("registry")
    write_registry.write(content, folder)
    assert read_registry.read(folder) == content
