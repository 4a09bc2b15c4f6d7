"""What a manuscript in which no dataset was found says of data all the same."""

import pytest

from tcia_policy.documents.model import Entry, Manuscript, Problem, SourceLocation, TextBlock
from tcia_policy.evidence.nothing_named import datasets_listed, nothing_named
from tcia_policy.evidence.observations import NothingNamed, Spoken
from tcia_policy.registry import Registry

LIDC = "10.7937/k9/tcia.2015.lo9ql9sx"


def _manuscript(text: str, *, is_references: bool = False) -> Manuscript:
    lines = text.split("\n")
    block = TextBlock.of_pieces(
        "a.md", ((line, number) for number, line in enumerate(lines, 1)), is_references=is_references
    )
    return Manuscript(files=("a.md",), prose=(block,))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Scans\ncame from TCIA.", "TCIA"),
        ("Intro\nThe Cancer Imaging Archive has them.", "Cancer Imaging Archive"),
        ("See\nhttps://www.cancerimagingarchive.net/x", "cancerimagingarchive"),
        ("We took\nthem from NCI IDC.", "NCI IDC"),
    ],
)
def test_the_archive_is_named_with_its_place(text: str, word: str) -> None:
    assert nothing_named(_manuscript(text)) == NothingNamed(archive=Spoken(word, "a.md:2"))


@pytest.mark.parametrize("word", ["data", "Patients", "CT", "mammograms", "fine-tuned", "checkpoints"])
def test_a_word_for_data_is_told_with_its_place(word: str) -> None:
    assert nothing_named(_manuscript(f"First.\nThen {word}.")) == NothingNamed(data=Spoken(f"“{word}”", "a.md:2"))


def test_a_word_for_data_may_be_a_part_of_a_name_in_a_program() -> None:
    assert nothing_named(_manuscript("D:/Study_2018_Data_Training")).data == Spoken("“Data”", "a.md:1")


@pytest.mark.parametrize(
    "text", ["This program sorts lines.", "MIT License\n\nCopyright 2026 A. Author", "IDC is invasive."]
)
def test_a_text_without_any_says_nothing_of_data(text: str) -> None:
    assert nothing_named(_manuscript(text)) == NothingNamed()


def test_references_speak_of_the_archive_and_what_was_not_read_may() -> None:
    listed = Manuscript(entries=(Entry("c", "The Cancer Imaging Archive (TCIA)", SourceLocation("r.bib", 3)),))
    assert nothing_named(listed).archive == Spoken("Cancer Imaging Archive", "r.bib:3")
    unread = Manuscript(problems=(Problem(SourceLocation("b.pdf"), "has no text layer"),))
    assert nothing_named(unread).data == Spoken("not all of it was read", "b.pdf")


def test_references_alone_list_datasets_and_those_beside_a_text_do_not() -> None:
    registry = Registry.load()
    entries = (Entry("l", f"Data https://doi.org/{LIDC}", SourceLocation("r.bib", 1)),)
    assert datasets_listed(Manuscript(entries=entries), registry) == ("LIDC-IDRI",)
    assert datasets_listed(Manuscript(entries=entries, prose=_manuscript("Text.").prose), registry) == ()
