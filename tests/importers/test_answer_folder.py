"""Folders of answers: those that were written, and the recordings that the registry is made from."""

import json
from datetime import date
from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers import answer_folder
from tcia_policy.importers.online import written
from tcia_policy.importers.online.answers import Answers

README = """| file | what it is | as of |
| --- | --- | --- |
| `tcia/collections.json` | collections | 2030-01-02 |
| `tcia/analysis-results.json` | analysis results | 2030-01-02 |
| `nbia/collection_report.csv` | report | 2030-01-03 |
| `nbia/collection_report_2030-04-10.csv` | the next one | 2030-04-10 |
| `datacite/dois.json` | DOIs | 2030-01-04 |
"""


def recordings(folder: Path) -> Path:
    files = {
        "README.md": README,
        "tcia/collections.json": json.dumps([{"slug": "a"}, {"slug": "b"}]),
        "tcia/analysis-results.json": json.dumps([{"slug": "c"}]),
        "nbia/collection_report.csv": "Collection,DOIs,Licenses\nA,,Old\n",
        "nbia/collection_report_2030-04-10.csv": "Collection,DOIs,Licenses\nA,10.1/x,New\nB\n",
        "datacite/dois.json": json.dumps({"data": [{"id": "10.1/x", "attributes": {}}], "meta": {}}),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_recordings_are_answers_of_their_day(tmp_path: Path) -> None:
    folder = recordings(tmp_path)
    assert answer_folder.sources_in(folder) == ("datacite", "nbia", "tcia")
    tcia = answer_folder.read(folder, "tcia")
    assert (tcia.day, tcia.form) == (date(2030, 1, 2), "v2")
    assert {name: len(found) for name, found in tcia.lists.items()} == {"collections": 2, "analysis-results": 1}
    datacite = answer_folder.read(folder, "datacite")
    assert datacite == Answers("datacite", date(2030, 1, 4), "dois", {"dois": ({"id": "10.1/x", "attributes": {}},)})


def test_of_several_reports_of_nbia_the_newest_is_what_it_says(tmp_path: Path) -> None:
    nbia = answer_folder.read(recordings(tmp_path), "nbia")
    assert (nbia.day, nbia.form) == (date(2030, 4, 10), "report")
    assert nbia.lists["collections"] == (
        {"Collection": "A", "DOIs": "10.1/x", "Licenses": "New"},
        {"Collection": "B", "DOIs": "", "Licenses": ""},
    )


def test_answers_that_were_written_are_read(tmp_path: Path) -> None:
    given = Answers("nbia", date(2030, 1, 3), "v4", {"series": ({"Collection": "A"},)})
    written.write([given], tmp_path / "answers")
    assert answer_folder.sources_in(tmp_path / "answers") == ("nbia",)
    assert answer_folder.read(tmp_path / "answers", "nbia") == given


def test_a_recording_without_a_day_is_refused(tmp_path: Path) -> None:
    folder = recordings(tmp_path)
    (folder / "README.md").write_text("nothing\n", encoding="utf-8")
    with pytest.raises(InputError, match="does not say when"):
        answer_folder.read(folder, "tcia")


def test_a_source_that_was_not_recorded_is_told_with_those_that_were(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no recording of 'idc'\n  it has: datacite, nbia, tcia"):
        answer_folder.read(recordings(tmp_path), "idc")


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no answers of any source"):
        answer_folder.sources_in(tmp_path)


def test_half_of_a_recording_is_no_recording_that_was_left_out(tmp_path: Path) -> None:
    folder = recordings(tmp_path)
    (folder / "tcia" / "analysis-results.json").unlink()
    assert "tcia" in answer_folder.sources_in(folder)
    with pytest.raises(InputError, match=r"analysis-results.json: no such file"):
        answer_folder.read(folder, "tcia")


def test_a_folder_without_answers_of_a_known_source_is_refused(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# A clone\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no answers of any source"):
        answer_folder.sources_in(tmp_path)
    written.write([], tmp_path)
    with pytest.raises(InputError, match="has no answers of any source"):
        answer_folder.sources_in(tmp_path)
    written.write([Answers("pacs", date(2030, 1, 3), "v1", {})], tmp_path, overwrite=True)
    with pytest.raises(InputError, match="unknown source 'pacs'"):
        answer_folder.sources_in(tmp_path)
