"""The importer turns recordings into the registry's files, the same ones every time, or stops and says where."""

from datetime import date
from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers import sources, write_registry
from tcia_policy.importers.__main__ import main
from tcia_policy.importers.importer import Imported, import_registry
from tcia_policy.importers.upstream import Collected, Inputs, Upstream
from tcia_policy.model import Contact, Dataset, LicenseClaim, Source
from tcia_policy.registry.licenses import load_licenses
from tests.importers.made_up import BY_3, BY_4, IdcRow, MadeUp, download, record, small


def assembled(recordings: Path, parquet: Path) -> Imported:
    return import_registry(Inputs(recordings, parquet, load_licenses(), recordings.parent / "terms.yaml"))


def arguments(recordings: Path, parquet: Path, output: Path) -> list[str]:
    terms = recordings.parent / "terms.yaml"
    return [str(recordings), "-o", str(output), "--idc-index-data", str(parquet), "--terms", str(terms)]


def imported(recording: MadeUp, folder: Path) -> dict[str, Dataset]:
    recordings, parquet = recording.write(folder)
    result = assembled(recordings, parquet)
    return {dataset.id: dataset for dataset in result.content.datasets}


def problem(recording: MadeUp, folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        imported(recording, folder)
    return str(caught.value)


def claims(dataset: Dataset, part: str) -> list[LicenseClaim]:
    return [claim for each in dataset.distributions if each.id == part for claim in each.claims]


def test_every_dataset_of_tcia_and_every_other_source_of_idc_is_imported(tmp_path: Path) -> None:
    assert list(imported(small(), tmp_path)) == [
        "Lung One",
        "Lung One Annotations",
        "Two",
        "idc-lung-one-seg",
        "idc-lung-one-slides",
    ]


def test_the_same_recordings_make_the_same_bytes(tmp_path: Path) -> None:
    recordings, parquet = small().write(tmp_path)
    for name in ("first", "second"):
        assert main(arguments(recordings, parquet, tmp_path / name)) == 0
    first, second = (sorted((tmp_path / name).rglob("*.*")) for name in ("first", "second"))
    assert [path.name for path in first] == [path.name for path in second]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_label_and_link_that_name_one_license_make_one_claim(tmp_path: Path) -> None:
    (claim,) = claims(imported(small(), tmp_path)["Lung One"], "13")
    assert (claim.license, claim.field, claim.stated_as, str(claim.as_of)) == (
        "CC-BY-3.0",
        "label",
        "CC BY 3.0",
        "2030-01-02",
    )


def test_label_and_link_that_disagree_make_two_claims(tmp_path: Path) -> None:
    recording = small()
    recording.results[0]["result_downloads"][0]["license"] = {
        "label": "CC BY 4.0",
        "url": "http://creativecommons.org/licenses/by-nc/4.0",
    }
    found = claims(imported(recording, tmp_path)["Lung One Annotations"], "31")
    assert [(claim.license, claim.field) for claim in found] == [("CC-BY-4.0", "label"), ("CC-BY-NC-4.0", "url")]


def test_idcs_label_that_disagrees_with_its_long_name_makes_two_claims(tmp_path: Path) -> None:
    recording = small()
    recording.idc[3] = IdcRow(
        "two",
        "two",
        "10.7937/two",
        label="CC BY-NC 3.0",
        long_name=recording.report[0][2].split(", ")[1],
        url=BY_3["url"],
    )
    found = [claim for claim in claims(imported(recording, tmp_path)["Two"], "21") if claim.source == "idc-index-data"]
    assert [(claim.license, claim.field) for claim in found] == [("CC-BY-NC-3.0", "label"), ("CC-BY-3.0", "long name")]


def test_nbias_licenses_are_on_all_dicom_of_the_collection_and_on_nothing_else(tmp_path: Path) -> None:
    datasets = imported(small(), tmp_path)
    for part, expected in (("11", ["CC-BY-4.0", "CC-BY-3.0"]), ("12", ["CC-BY-4.0", "CC-BY-3.0"]), ("13", [])):
        stated = [each for each in claims(datasets["Lung One"], part) if each.source == "nbia-collection-report"]
        assert [claim.license for claim in stated] == expected
        assert all(claim.scope.value == "collection" for claim in stated)
    assert {claim.source for claim in claims(datasets["Lung One Annotations"], "31")} == {"tcia-collection-manager"}


def test_nbias_collection_of_another_name_is_found_by_its_doi(tmp_path: Path) -> None:
    two = imported(small(), tmp_path)["Two"]
    assert "nbia-collection-report" in {claim.source for claim in claims(two, "21")}
    assert "Second" in two.aliases


def test_idcs_license_is_not_on_what_tcia_controls(tmp_path: Path) -> None:
    one = imported(small(), tmp_path)["Lung One"]
    having = {part.id for part in one.distributions if any(claim.source == "idc-index-data" for claim in part.claims)}
    assert having == {"11"}


def test_a_dataset_whose_dicom_is_all_controlled_keeps_idcs_claim(tmp_path: Path) -> None:
    recording = small()
    del recording.collections[0]["collection_downloads"][0]
    one = imported(recording, tmp_path)["Lung One"]
    assert "idc-index-data" in {claim.source for claim in claims(one, "12")}


def test_a_download_without_an_id_gets_no_license_from_its_row(tmp_path: Path) -> None:
    recording = small()
    recording.results[0]["result_downloads"] = [download(0, "", BY_4)]
    (part,) = imported(recording, tmp_path)["Lung One Annotations"].distributions
    assert (part.id, part.claims, part.file_types) == ("0", (), ())


def test_lineage_is_of_analysis_results_and_conversions_and_not_of_related_collections(tmp_path: Path) -> None:
    datasets = imported(small(), tmp_path)
    origins = {name: [origin.dataset for origin in each.derived_from] for name, each in datasets.items()}
    assert origins == {
        "Lung One": [],
        "Lung One Annotations": ["Lung One"],
        "Two": [],
        "idc-lung-one-seg": ["Lung One"],
        "idc-lung-one-slides": ["Lung One"],
    }


def test_an_analysis_result_whose_studies_hold_nothing_else_derives_from_all_originals(tmp_path: Path) -> None:
    recording = small()
    recording.idc[2].study = "1.2.99"
    origins = imported(recording, tmp_path)["idc-lung-one-seg"].derived_from
    assert [origin.dataset for origin in origins] == ["Lung One", "idc-lung-one-slides"]


def test_creators_that_apa_cut_off_come_from_the_list_where_it_agrees(tmp_path: Path) -> None:
    recording = small()
    shown = ", ".join(f"Name{letter}, A." for letter in "ABCDEFGHIJKLMNOPQRS")
    text = f"{shown}, … Last, Z. (2029). Data from Two (Version 1) [Dataset]. The Cancer Imaging Archive. 10.7937/TWO"
    recording.collections[1]["citations"][0]["tcia_citation_text"] = text
    names = [*(f"Name{letter}" for letter in "ABCDEFGHIJKLMNOPQRST"), "Last"]
    authors = [{"family": name, "given": "Zoe" if name == "Last" else "Ada"} for name in names]
    recording.authors = [{"doi": "10.7937/TWO", "authors": authors, "source": "a page", "title": "another title"}]
    complete = imported(recording, tmp_path / "agrees")["Two"].citation
    assert (len(complete.creators), complete.truncated, complete.creators_from) == (21, False, "a page")
    assert complete.title == "Data from Two"
    recording.authors[0]["authors"][0]["family"] = "Someone"
    cut = imported(recording, tmp_path / "disagrees")["Two"].citation
    assert (len(cut.creators), cut.truncated, cut.creators_from) == (20, True, None)


@pytest.mark.parametrize(
    ("license_", "named"),
    [
        ({"label": "CC BY 5.0", "url": False}, "lung-one, download 13: no license has the label 'CC BY 5.0'"),
        ({"label": False, "url": "https://example.org/x"}, "no license has the url 'https://example.org/x'"),
    ],
)
def test_an_unmapped_license_of_tcia_stops_the_import_with_its_download(
    license_: dict[str, object], named: str, tmp_path: Path
) -> None:
    recording = small()
    recording.collections[0]["collection_downloads"][2]["license"] = license_
    message = problem(recording, tmp_path)
    assert named in message
    assert "collections.json" in message


def test_an_unmapped_license_of_nbia_stops_the_import_with_its_row(tmp_path: Path) -> None:
    recording = small()
    recording.report[1] = ("Second", "Not Specified", "Creative Commons Attribution 4.0 International License, Mine")
    message = problem(recording, tmp_path)
    assert "collection_report.csv:3: Second: no license has the label 'Mine'" in message


def test_an_unmapped_license_of_idc_stops_the_import_with_its_source(tmp_path: Path) -> None:
    recording = small()
    recording.idc[1].long_name = "CC BY 5.0"
    message = problem(recording, tmp_path)
    assert "lung_one_slides in lung_one: no license has the long name 'CC BY 5.0'" in message


def test_an_access_of_idc_that_is_not_known_stops_the_import(tmp_path: Path) -> None:
    recording = small()
    recording.idc[1].access = "Limited"
    assert "the access 'Limited' is not known" in problem(recording, tmp_path)


def test_a_failed_import_writes_nothing_and_exits_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recording = small()
    recording.idc[1].label = "Mine"
    recordings, parquet = recording.write(tmp_path)
    assert main(arguments(recordings, parquet, tmp_path / "out")) == 2
    assert not (tmp_path / "out").exists()
    assert capsys.readouterr().err.startswith("error: ")


def test_two_datasets_of_one_doi_are_refused(tmp_path: Path) -> None:
    recording = small()
    recording.collections.append(record("collection", "Three", "HTTPS://DOI.ORG/10.7937/Two", []))
    assert "the DOI '10.7937/two'" in problem(recording, tmp_path)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"collection_doi": "none"}, "record 1 (lung-one): collection_doi: is not a DOI"),
        ({"citations": []}, "lung-one: has 0 data citations"),
        ({"collection_downloads": "x"}, "record 1 (lung-one): collection_downloads"),
    ],
)
def test_a_record_of_another_shape_is_named(change: dict[str, object], expected: str, tmp_path: Path) -> None:
    recording = small()
    recording.collections[0].update(change)
    assert expected in problem(recording, tmp_path)


@pytest.mark.parametrize("content", ["", "{}", "[" * 100_000, '[{"slug": 1'])
def test_a_file_that_is_no_list_of_records_is_named(content: str, tmp_path: Path) -> None:
    recordings, parquet = small().write(tmp_path)
    (recordings / "tcia/collections.json").write_text(content, "utf-8")
    with pytest.raises(InputError, match=r"collections\.json"):
        assembled(recordings, parquet)


def test_a_recording_without_a_day_is_refused(tmp_path: Path) -> None:
    recording = small()
    recording.readme = recording.readme.replace("2030-01-03", "some day")
    assert "does not say when nbia/collection_report.csv was recorded" in problem(recording, tmp_path)


def test_an_import_removes_its_own_old_files_and_no_others(tmp_path: Path) -> None:
    recordings, parquet = small().write(tmp_path)
    result = assembled(recordings, parquet)
    old = tmp_path / "data" / "datasets"
    old.mkdir(parents=True)
    (old / "gone.yaml").write_text("# Generated by `python -m tcia_policy.importers` from somewhere.\n", "utf-8")
    (old / "mine.yaml").write_text("# By hand.\n", "utf-8")
    write_registry.write(result.content, tmp_path / "data")
    assert sorted(path.name for path in old.iterdir()) == [
        "idc-lung-one-seg.yaml",
        "idc-lung-one-slides.yaml",
        "lung-one-annotations.yaml",
        "lung-one.yaml",
        "mine.yaml",
        "two.yaml",
    ]


def test_a_new_source_is_one_line_in_the_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def add(_inputs: Inputs, collected: Collected) -> Collected:
        contact = Contact(name="Our help desk", source="ours")
        datasets = [dataset.model_copy(update={"contacts": (contact,)}) for dataset in collected.datasets]
        return collected.with_(datasets, [("Two", "Deux")], ["Two: also known as Deux"])

    ours = Source(id="ours", title="Ours", publisher="We", url="https://example.org", as_of=date(2030, 1, 6))
    monkeypatch.setattr(sources, "SOURCES", (*sources.SOURCES, Upstream(lambda _inputs: ours, add)))
    recordings, parquet = small().write(tmp_path)
    result = assembled(recordings, parquet)
    two = next(dataset for dataset in result.content.datasets if dataset.id == "Two")
    assert ours in result.content.sources
    assert two.contacts[0].name == "Our help desk"
    assert "Deux" in two.aliases
    assert "ours" in two.sources
    assert "Two: also known as Deux" in result.remarks


def test_the_sources_file_lists_every_source_of_the_register(tmp_path: Path) -> None:
    recordings, parquet = small().write(tmp_path)
    result = assembled(recordings, parquet)
    assert len(result.content.sources) == len(sources.SOURCES)
    assert [source.id for source in result.content.sources] == sorted({source.id for source in result.content.sources})


def test_a_citation_without_a_year_is_replaced_by_that_of_idc(tmp_path: Path) -> None:
    recording = small()
    citation = recording.collections[1]["citations"][0]
    citation["tcia_citation_text"] = citation["tcia_citation_text"].replace("(2029)", "(n.d.)")
    two = imported(recording, tmp_path)["Two"].citation
    assert (two.source, two.year, two.publisher) == ("idc-index-data", 2029, "Zenodo")
