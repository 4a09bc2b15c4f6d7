"""Asking the sources: all pages, each record once, in both forms of TCIA's, and nothing that was not said."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.files.shipped import shipped
from tcia_policy.importers import answer_folder
from tcia_policy.importers.online import written
from tcia_policy.importers.online.ask import ask
from tcia_policy.version import __version__
from tests.importers.made_up import BY_3, BY_4, download, record
from tests.importers.online.replay import DAY, Answer, Held, Replay, doi_record, replaying, series_record

RECORDINGS = Path(os.environ.get("TCIA_POLICY_RECORDINGS") or shipped("data").parents[1] / "shared/recordings")


@pytest.fixture
def replay() -> Iterator[Replay]:
    with replaying() as running:
        yield running


def test_tcia_answers_with_all_pages(replay: Replay) -> None:
    answers = ask("tcia", replay.asking())
    assert (answers.source, answers.day, answers.form, answers.remarks) == ("tcia", DAY, "v2", ())
    assert answers.lists["collections"] == tuple(replay.held.collections)
    assert answers.lists["analysis-results"] == tuple(replay.held.results)
    assert replay.times("v2/collections/") == 2


def test_labels_of_v1_stand_beside_those_of_v2(replay: Replay) -> None:
    replay.held.labels_v1 = {11: "TCIA Restricted"}
    answers = ask("tcia", replay.asking())
    labels = {each["id"]: each["data_license"] for each in answers.lists["downloads-v1"]}
    assert labels == {11: "TCIA Restricted", 21: "CC BY 4.0", 31: "CC BY 4.0", 91: "CC BY 4.0"}
    assert answers.lists["collections"][0]["collection_downloads"] == [download(11, "Images", BY_3)]


def test_without_v2_the_records_of_v1_are_put_together(replay: Replay) -> None:
    replay.fault("/v2/", Answer({"message": "gone"}, 404))
    answers = ask("tcia", replay.asking())
    assert answers.form == "v1"
    assert "v2 could not be read, so that licenses are those of v1 alone" in answers.remarks[0]
    assert "answers 404" in answers.remarks[0]
    beta = next(each for each in answers.lists["collections"] if each["slug"] == "beta")
    assert beta["collection_downloads"] == [
        {
            "id": 21,
            "slug": "download-21",
            "download title": "Images",
            "date updated": "2029-12-31",
            "data type": ["CT"],
            "file type": ["DICOM"],
            "download type": ["Radiology Images"],
            "search url": "",
        }
    ]
    assert beta["program"] == ["Community"]
    assert beta["related_analysis_results"] == [{"id": 9, "title": "Data from Res", "doi": "10.7937/res"}]
    assert beta["citations"] == [{"id": 2_000, **replay.held.collections[1]["citations"][0]}]
    assert {each["id"]: each["data_license"] for each in answers.lists["downloads-v1"]}[11] == "CC BY 3.0"


@pytest.mark.parametrize("form", ["v2", "v1"])
def test_versions_have_one_shape_in_both_forms(replay: Replay, form: str) -> None:
    if form == "v1":
        replay.fault("/v2/", Answer({"message": "gone"}, 404))
    answers = ask("tcia", replay.asking())
    assert answers.form == form
    (version,) = answers.lists["versions"]
    stated = ("version_number", "version_date", "version_text", "version_downloads")
    assert [version[name] for name in stated] == ["1", "2029-01-01", "First", [11]]
    assert (version["related_collection"], version["related_analysis_result"]) == ([1], [])


def test_a_download_that_v1_does_not_list_is_told(replay: Replay) -> None:
    replay.fault("/v2/", Answer({"message": "gone"}, 404))
    replay.fault("/v1/downloads", Answer(replay.held.v1("downloads")[1:]))
    answers = ask("tcia", replay.asking())
    assert answers.remarks[1:] == ("download 11 of alpha is not among v1's downloads",)
    assert answers.lists["collections"][0]["collection_downloads"] == []


def test_where_neither_answers_both_are_told(replay: Replay) -> None:
    replay.fault("/v2/", Answer({"message": "gone"}, 404))
    replay.fault("/v1/", Answer(b"<html>Sorry</html>", type="text/html"))
    with pytest.raises(InputError) as refused:
        ask("tcia", replay.asking())
    assert [each.problem for each in refused.value.mistakes] == [
        "answers 404 Not Found",
        "is a web page (text/html), not JSON",
    ]


def test_versions_and_old_labels_that_do_not_answer_are_done_without(replay: Replay) -> None:
    replay.fault("/v2/versions", Answer({}, 500))
    replay.fault("/v1/downloads", Answer({}, 403))
    answers = ask("tcia", replay.asking())
    assert set(answers.lists) == {"collections", "analysis-results"}
    assert [remark.partition(":")[0] for remark in answers.remarks] == [
        "versions are left as they were",
        "downloads-v1 are left as they were",
    ]


def test_datacite_answers_by_cursor_and_for_other_dois_one_by_one(replay: Replay) -> None:
    asking = replay.asking(dois=["10.7937/ALPHA", "10.5281/zenodo.1", "10.1000/elsewhere"])
    answers = ask("datacite", asking)
    assert [each["id"] for each in answers.lists["dois"]] == [
        "10.7937/alpha",
        "10.7937/beta",
        "10.7937/gamma",
        "10.5281/zenodo.1",
    ]
    assert answers.form == "dois"
    assert answers.remarks == ("DataCite has no 10.1000/elsewhere",)


def test_nbia_answers_with_one_series_for_each_license_and_doi(replay: Replay) -> None:
    replay.held.series += [
        series_record("Alpha", "A-1", "1.2.2", "10.7937/alpha"),
        series_record("Alpha", "A-1", "1.2.9", "10.7937/res", ThirdPartyAnalysis="YES", LicenseName="Another"),
        series_record("Alpha", "A-2", "1.2.1", "10.7937/alpha"),
    ]
    answers = ask("nbia", replay.asking())
    assert answers.form == "v4"
    assert [(each["Collection"], each["SeriesInstanceUID"]) for each in answers.lists["series"]] == [
        ("Alpha", "1.2.2"),
        ("Alpha", "1.2.9"),
        ("Beta", "1.2.4"),
    ]


def test_collections_of_nbia_that_do_not_answer_are_told(replay: Replay) -> None:
    replay.held.series += [series_record(f"C{n}", "P", f"1.2.{n}", "10.7937/c") for n in range(10, 20)]
    replay.fault("getSeries?Collection=C12", Answer({}, 500))
    replay.fault("getPatient?Collection=C13", Answer(b"", type=None))
    answers = ask("nbia", replay.asking())
    assert len(answers.lists["series"]) == 10
    assert answers.remarks[0].startswith("C12: http://127.0.0.1")
    assert answers.remarks[0].endswith("answers 500 Internal Server Error (4 tries)")
    assert answers.remarks[1:] == ("C13: no patients are listed",)


def test_nbia_fails_as_a_whole_where_more_than_a_fifth_does_not_answer(replay: Replay) -> None:
    replay.fault("getSeries?Collection=Beta", Answer({}, 500))
    with pytest.raises(InputError, match="1 of 2 collections do not answer; the first: Beta"):
        ask("nbia", replay.asking())


def test_what_is_asked_says_who_asks_and_is_noted(replay: Replay) -> None:
    answers = ask("nbia", replay.asking())
    assert all(headers["user-agent"].startswith(f"tcia-policy/{__version__} ") for _, headers in replay.asked)
    assert all("authorization" not in headers and "cookie" not in headers for _, headers in replay.asked)
    assert answers.asked == tuple(sorted(f"{replay.base}{path}" for path, _ in replay.asked))


def test_the_same_answers_give_the_same_bytes(replay: Replay, tmp_path: Path) -> None:
    for name in ("one", "two"):
        written.write([ask(source, replay.asking()) for source in ("tcia", "datacite", "nbia")], tmp_path / name)
    for path in (tmp_path / "one").rglob("*.json"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()
    assert answer_folder.read(tmp_path / "one", "tcia") == ask("tcia", replay.asking())


def test_three_hundred_datasets_take_few_requests() -> None:
    held = Held(
        collections=[
            {"id": n, **record("collection", f"C{n}", f"10.7937/c{n}", [download(10_000 + n, "Images", BY_4)])}
            for n in range(1, 301)
        ],
        dois=[doi_record(f"10.7937/c{n}", f"C{n}") for n in range(1, 301)],
    )
    with replaying(held, per_page=100) as replay:
        assert len(ask("tcia", replay.asking()).lists["collections"]) == 300
        assert len(ask("datacite", replay.asking()).lists["dois"]) == 300
        assert len(replay.asked) < 20


@pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the recordings are not part of the repository")
def test_recorded_records_come_through_as_they_are() -> None:
    recorded = answer_folder.read(RECORDINGS, "tcia")
    dois = answer_folder.read(RECORDINGS, "datacite").lists["dois"]
    collections, results = (list(map(dict, recorded.lists[name])) for name in ("collections", "analysis-results"))
    with replaying(Held(collections, results, dois=list(map(dict, dois))), per_page=100) as replay:
        answers = ask("tcia", replay.asking())
        assert answers.lists["collections"] == recorded.lists["collections"]
        assert answers.lists["analysis-results"] == recorded.lists["analysis-results"]
        assert ask("datacite", replay.asking()).lists["dois"] == dois
