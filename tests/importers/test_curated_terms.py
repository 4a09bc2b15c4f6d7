"""What pages of single datasets ask for becomes notices by decisions, each entry judged by itself."""

from pathlib import Path
from textwrap import dedent

import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers.importer import Imported, import_registry
from tcia_policy.importers.upstream import Inputs
from tcia_policy.model import Contact, Dataset, Notice, NoticeKind, NoticeLevel, standing
from tcia_policy.registry.licenses import load_licenses
from tests.importers.made_up import MadeUp, small, term

PAPER = "10.1000/Paper"
TAKEN = """
    taken:
      - {dataset: Two, kind: citation, doi: 10.1000/paper, becomes: citation, summary: The page asks for a paper.}
"""


def recording(*terms: dict[str, object], decisions: str = TAKEN) -> MadeUp:
    made_up = small()
    made_up.terms = list(terms)
    made_up.decisions = dedent(decisions)
    return made_up


def assembled(made_up: MadeUp, folder: Path) -> Imported:
    recordings, parquet = made_up.write(folder)
    return import_registry(Inputs(recordings, parquet, load_licenses(), folder / "terms.yaml"))


def imported(made_up: MadeUp, folder: Path) -> dict[str, Dataset]:
    return {dataset.id: dataset for dataset in assembled(made_up, folder).content.datasets}


def notice(made_up: MadeUp, folder: Path) -> Notice:
    (only,) = imported(made_up, folder)["Two"].notices
    return only


def problem(made_up: MadeUp, folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        assembled(made_up, folder)
    return str(caught.value)


def test_an_entry_that_is_taken_gives_the_notice_its_level_doi_page_and_day_and_we_the_words(tmp_path: Path) -> None:
    found = notice(recording(term("Two", doi=PAPER, level="required")), tmp_path)
    assert (found.kind, found.level, found.doi) == (NoticeKind.CITATION, NoticeLevel.REQUIRED, "10.1000/paper")
    assert found.summary == "The page asks for a paper."
    assert found.quote is None
    assert found.reference is not None
    assert found.reference.url == "https://example.org/page"
    assert str(found.as_of) == "2029-06-30"
    assert found.source == "collection-terms"


@pytest.mark.parametrize(
    ("confidence", "text", "standing_of_it"),
    [
        ("high", 'Quote: "Please cite."', "official statement"),
        ("high", "The page names a paper.", "official statement, read in part"),
        ("medium", 'Quote: "Please cite."', "third party copy"),
    ],
)
def test_a_copy_is_told_from_the_page_itself(confidence: str, text: str, standing_of_it: str, tmp_path: Path) -> None:
    found = notice(recording(term("Two", doi=PAPER, confidence=confidence, text=text)), tmp_path)
    assert standing(found.authority, found.reading) == standing_of_it


@pytest.mark.parametrize(
    ("as_of", "day", "before"),
    [
        ("2029-02-03", "2029-02-03", "None"),
        ("2028-02", "None", "2028-02-29"),
        ("2028", "None", "2028-12-31"),
        (None, "None", "2030-01-05"),
    ],
)
def test_a_day_that_is_not_known_is_bounded_and_not_made_up(
    as_of: str | None, day: str, before: str, tmp_path: Path
) -> None:
    found = notice(recording(term("Two", doi=PAPER, as_of=as_of)), tmp_path)
    assert (str(found.as_of), str(found.before)) == (day, before)


def test_a_source_without_an_address_keeps_its_own_words(tmp_path: Path) -> None:
    words = "a public file quoting the page; https://example.org/other"
    found = notice(recording(term("Two", doi=PAPER, source_url=words)), tmp_path)
    assert found.reference is not None
    assert (found.reference.title, found.reference.url) == (words, None)


def test_a_page_is_called_by_its_title_and_how_it_was_read(tmp_path: Path) -> None:
    decisions = f"titles: [{{begins: 'https://example.org/', title: The page}}]\n{dedent(TAKEN)}"
    made_up = recording(term("Two", doi=PAPER, source_url="https://example.org/page (via a copy)"), decisions=decisions)
    found = notice(made_up, tmp_path)
    assert found.reference is not None
    assert (found.reference.title, found.reference.url) == ("The page (via a copy)", "https://example.org/page")


def test_the_beginning_of_a_doi_is_no_doi(tmp_path: Path) -> None:
    made_up = recording(term("Two", doi="10.1148/radiol."), decisions=TAKEN.replace("10.1000/paper", "10.1148/radiol."))
    assert notice(made_up, tmp_path).doi is None


def test_what_a_program_asks_for_is_on_the_datasets_it_is_said_to_cover_and_on_no_other(tmp_path: Path) -> None:
    decisions = TAKEN.replace("dataset: Two", "dataset: 'program:X', on: [Lung One, Lung One Annotations]")
    found = imported(recording(term("program:X", doi=PAPER), decisions=decisions), tmp_path)
    assert {name for name, dataset in found.items() if dataset.notices} == {"Lung One", "Lung One Annotations"}


def test_a_notice_on_parts_names_them_by_their_ids(tmp_path: Path) -> None:
    decisions = TAKEN.replace("dataset: Two", "dataset: Lung One, parts: [Images, Clinical data]")
    found = imported(recording(term("Lung One", doi=PAPER), decisions=decisions), tmp_path)
    assert found["Lung One"].notices[0].distributions == ("11", "13")


def test_the_help_desk_is_a_contact_of_the_dataset_with_the_page_that_names_it(tmp_path: Path) -> None:
    desk = "help_desk: {name: Help Desk, email: help@example.org, of: [Two]}"
    text = 'Quote: "contact TCIA\'s Helpdesk"'
    two = imported(recording(term("Two", "contact", text=text), decisions=desk), tmp_path)["Two"]
    assert two.contacts == (
        Contact(name="Help Desk", email="help@example.org", page="https://example.org/page", source="collection-terms"),
    )
    assert two.notices == ()
    assert "collection-terms" in two.sources


def test_a_page_that_does_not_name_the_help_desk_is_refused(tmp_path: Path) -> None:
    desk = "help_desk: {name: Help Desk, of: [Two]}"
    made_up = recording(term("Two", "contact", text='Quote: "contact Dr. No"'), decisions=desk)
    assert "no page of 'Two' names the help desk" in problem(made_up, tmp_path)


def test_an_entry_that_is_left_out_makes_no_notice_and_no_remark(tmp_path: Path) -> None:
    left = "left_out: [{why: history, entries: [{dataset: T*, kind: restriction, source: 'https://example.org/*'}]}]"
    result = assembled(recording(term("Two", "restriction"), decisions=left), tmp_path)
    assert all(dataset.notices == () for dataset in result.content.datasets)
    assert not [remark for remark in result.remarks if "terms.json" in remark]


def test_an_entry_on_which_nothing_is_decided_is_a_remark(tmp_path: Path) -> None:
    result = assembled(recording(term("Two", doi=PAPER), term("Two", "embargo")), tmp_path)
    assert "Two: terms.yaml has no decision on a embargo of curated/terms.json" in result.remarks


def test_an_exact_quote_is_kept_and_another_refused(tmp_path: Path) -> None:
    decisions = TAKEN.replace("kind: citation", "kind: citation, quote: Please cite this.")
    assert notice(recording(term("Two", doi=PAPER), decisions=decisions), tmp_path).quote == "Please cite this."
    made_up = recording(term("Two", doi=PAPER, text='Quote: "Cite this, please."'), decisions=decisions)
    assert "has a quote that is not in the entry" in problem(made_up, tmp_path / "other")


@pytest.mark.parametrize(
    ("terms", "decisions", "expected"),
    [
        ((), TAKEN, "fits 0 entries of curated/terms.json"),
        ((term("Two", doi=PAPER), term("Two", doi=PAPER)), TAKEN, "fits 2 entries"),
        ((term("Two"),), TAKEN, "fits 0 entries"),
        ((term("Nine", doi=PAPER),), TAKEN.replace("Two", "Nine"), "no dataset is called 'Nine'"),
        (
            (term("Two", doi=PAPER),),
            TAKEN.replace("dataset: Two", "dataset: Two, parts: [Nothing]"),
            "Two has no part 'Nothing'",
        ),
        ((term("Two", doi=PAPER),), TAKEN.replace("Two,", "Two, turns_into: x,"), "unknown key"),
        ((term("Two", doi=PAPER, as_of="June"),), TAKEN, "is not a day, month or year"),
        ((term("Two", doi=PAPER, level="perhaps"),), TAKEN, "level"),
    ],
)
def test_a_decision_or_entry_that_does_not_fit_stops_the_import(
    terms: tuple[dict[str, object], ...], decisions: str, expected: str, tmp_path: Path
) -> None:
    assert expected in problem(recording(*terms, decisions=decisions), tmp_path)
