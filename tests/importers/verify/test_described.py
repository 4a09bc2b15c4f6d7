"""What a registry describes beside its datasets: sources, IDC's releases and collections, licenses."""

from dataclasses import replace

from tcia_policy.importers.content import Content
from tcia_policy.importers.verify import described
from tcia_policy.importers.verify.values import Known
from tcia_policy.model import IdcRelease, IdcRun, Source
from tcia_policy.registry.licenses import load_licenses
from tests.importers.refresh import small
from tests.importers.verify.made import SOURCE, TODAY


def known(content: Content) -> Known:
    """Return what the values of a registry are held against."""
    sources = frozenset(each.id for each in content.sources)
    return Known(frozenset(load_licenses()), sources, frozenset(each.id for each in content.datasets), TODAY)


def problems(*sources: Source) -> list[str]:
    """Return what is wrong in a list of sources, beside the one of TCIA."""
    content = small.registry(small.DAYS[0])
    content = replace(content, sources=(*content.sources, *sources))
    return [
        f"{'.'.join(map(str, each.place))}: {each.problem}" for each in described.wrong_sources(content, known(content))
    ]


def test_each_source_is_described_once_and_dated() -> None:
    other = Source(id="other", title="Other", publisher="Other", url="https://example.org/", as_of=TODAY)
    assert problems() == []
    assert problems(other) == []
    assert problems(other.model_copy(update={"id": SOURCE})) == [f"1.id: is described twice: {SOURCE!r}"]
    assert problems(other.model_copy(update={"id": SOURCE, "as_of": None}))[1:] == [f"1: has no day: {SOURCE}"]
    assert problems(other.model_copy(update={"id": SOURCE, "copies": "hearsay"}))[0] == (
        "1.copies: names a source that is not described: 'hearsay'"
    )


def test_a_source_that_answered_and_stated_nothing_is_told_and_no_mistake() -> None:
    content = small.registry(small.DAYS[0])
    other = Source(id="other", title="Other", publisher="Other", url="https://example.org/", as_of=TODAY)
    assert described.unused_sources(content) == []
    assert described.unused_sources(replace(content, sources=(*content.sources, other))) == ["other"]


def test_a_run_of_idc_is_of_versions_on_record_the_first_first() -> None:
    content = small.registry(small.DAYS[0])
    releases = tuple(
        IdcRelease(version=version, idc=int(version[:2]), released=TODAY, packaged=TODAY)
        for version in ("17.0.0", "18.0.0")
    )
    first = content.datasets[0]

    def wrong(run: IdcRun) -> list[str]:
        datasets = (first.model_copy(update={"idc_history": (run,)}), *content.datasets[1:])
        found = described.wrong_releases(replace(content, datasets=datasets, idc_releases=releases))
        return [each.problem for _, each in found]

    assert wrong(IdcRun(first="17.0.0", last="18.0.0")) == []
    assert wrong(IdcRun(first="17.0.0", last="19.0.0")) == [
        "names a version that idc-releases.yaml does not have: '19.0.0'"
    ]
    assert wrong(IdcRun(first="18.0.0", last="17.0.0")) == ["ends before it begins: 18.0.0 to 17.0.0"]


def test_a_collection_of_idc_leads_to_datasets_that_are_there() -> None:
    content = replace(small.registry(small.DAYS[0]), idc_collections={"two": ("Two", "Three")})
    (found,) = described.wrong_collections(content, known(content))
    assert (found.place, found.problem) == (
        ("idc_collections", "two"),
        "leads to a dataset that the registry does not have: 'Three'",
    )


def test_a_license_has_an_identifier_of_spdx_as_it_is_spelled_there() -> None:
    licenses = load_licenses()
    assert list(described.wrong_licenses(licenses)) == []
    one = licenses["CC-BY-4.0"]
    for id_, wrong in (("CC-BY-4.1", 1), ("cc-by-4.0", 1), ("LicenseRef-Ours", 0), ("CC BY 4.0", 1), ("MIT", 0)):
        assert len(list(described.wrong_licenses({id_: one}))) == wrong, id_
