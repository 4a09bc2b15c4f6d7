"""By which names a committee, an archive and counsel are known."""

import pytest

from tcia_policy.engine.answerers import ACCEPTED, is_answerer, may_be_answerer
from tcia_policy.rules.rule_text import Answerer
from tests.engine.small import dataset

COMMITTEE, ARCHIVE, COUNSEL = Answerer.ACCESS_COMMITTEE, Answerer.ARCHIVE, Answerer.COUNSEL


@pytest.mark.parametrize(
    ("answerer", "name"),
    [
        (COMMITTEE, "NCI Data Access Committee"),
        (COMMITTEE, "the NCI data access committee"),
        (COMMITTEE, "DAC"),
        (COMMITTEE, "National Cancer Institute Data Access Committee (DAC)"),
        (ARCHIVE, "TCIA Help Desk"),
        (ARCHIVE, "The Cancer Imaging Archive"),
        (ARCHIVE, "help@cancerimagingarchive.net"),
        (ARCHIVE, "Imaging Data Commons"),
        (COUNSEL, "counsel"),
        (COUNSEL, "Office of Counsel"),
        (COUNSEL, "Office of the General Counsel, Example University"),
        (COUNSEL, "legal department"),
        (COUNSEL, "General Counsel of Acme, Inc."),
        (COUNSEL, "Office of Counsel of Example University"),
        (COUNSEL, "Jane Doe, General Counsel"),
    ],
)
def test_a_party_is_known_by_its_whole_name(answerer: Answerer, name: str) -> None:
    assert is_answerer(answerer, name, [dataset("Set")])


@pytest.mark.parametrize(
    ("answerer", "name"),
    [
        (COMMITTEE, "our ethics committee"),
        (COMMITTEE, "Data Access Committee of my cousin"),
        (COMMITTEE, "not the DAC"),
        (COMMITTEE, "DAC (declined)"),
        (COMMITTEE, "NIH postdoc"),
        (COMMITTEE, "CTDC help desk"),
        (ARCHIVE, "TCIA has not replied"),
        (ARCHIVE, "a TCIA user"),
        (ARCHIVE, "Internet Archive"),
        (ARCHIVE, "not help@cancerimagingarchive.net"),
        (COUNSEL, "not legal"),
        (COUNSEL, "My cousin Bob (not an attorney)"),
        (COUNSEL, "genetic counsel"),
        (COUNSEL, "counsel (refused)"),
        (COUNSEL, "Legal & General Insurance"),
        (COUNSEL, "nobody in the legal office"),
        (COUNSEL, "Nobody, legal office"),
        (COUNSEL, "counsel of Nobody"),
        (COUNSEL, "counsel, Declined"),
        (COUNSEL, "no counsel"),
        (COUNSEL, ""),
    ],
)
def test_a_word_in_a_name_makes_nobody_a_party(answerer: Answerer, name: str) -> None:
    assert not is_answerer(answerer, name, [dataset("Set")])


def test_the_archive_of_the_trials_answers_for_their_data_only() -> None:
    trial = dataset("ACNS0332").model_copy(update={"program": "NCTN"})
    assert is_answerer(COMMITTEE, "CTDC help desk", [trial])
    assert not is_answerer(COMMITTEE, "CTDC help desk", [])


def test_a_refusal_may_come_from_whoever_has_a_word_of_the_party() -> None:
    assert may_be_answerer(COUNSEL, "Smith Law Firm, attorneys")
    assert not may_be_answerer(COUNSEL, "my cousin")
    assert not may_be_answerer(Answerer.DATA_OWNER, "Hugo Aerts")


def test_whoever_is_known_by_name_has_names_to_show() -> None:
    assert set(ACCEPTED) == set(Answerer) - {Answerer.DATA_OWNER}
