"""XML with UIDs of series."""

import pytest

from tcia_policy.cohorts import read_cohort
from tcia_policy.cohorts.cohort import EntryKind
from tcia_policy.errors import InputError
from tests.cohorts.conftest import Write
from tests.cohorts.uids_for_tests import IMAGE, OTHER, SERIES, STUDY

READING = """<?xml version="1.0" encoding="UTF-8"?>
<LidcReadMessage uid="1.3.6.1.4.1.14519.5.2.1.6279.6001.1307390687803.0" xmlns="http://www.nih.gov">
  <ResponseHeader><Version>1.8.1</Version><SeriesInstanceUid>{series}</SeriesInstanceUid>
    <StudyInstanceUID>{study}</StudyInstanceUID></ResponseHeader>
  <readingSession><roi><imageSOP_UID>{image}</imageSOP_UID></roi></readingSession>
</LidcReadMessage>"""


@pytest.mark.parametrize(
    "text",
    [
        READING.format(series=SERIES, study=STUDY, image=IMAGE),
        READING.format(series=SERIES, study=STUDY, image=IMAGE).replace("\n", " "),
        f"<manifest><ListOfSeriesToDownload>\n{SERIES}\n</ListOfSeriesToDownload></manifest>",
        f"<jnlp><argument>--series</argument><series>{SERIES}</series></jnlp>",
        f'<download><item seriesInstanceUID="{SERIES}" studyInstanceUID="{STUDY}"/></download>',
        f"<seriesUID>{SERIES}</seriesUID>",
    ],
)
def test_the_series_count_and_not_what_stands_around_them(write: Write, text: str) -> None:
    cohort = read_cohort(write("a.tcia", text))
    assert cohort.format_name == "list in XML"
    assert cohort.listed == {EntryKind.SERIES: {SERIES: 0}}


def test_a_study_counts_where_no_series_stands_beside_it(write: Write) -> None:
    cohort = read_cohort(write("a.xml", f"<list><s><study_uid>{STUDY}</study_uid></s><t>see {OTHER}</t></list>"))
    assert cohort.listed == {EntryKind.STUDY: {STUDY: 0}, EntryKind.UID: {OTHER: 0}}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('<?xml version="1.0"?><a><b></a>', "is not well-formed XML"),
        ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "document type or entities"),
        ("<a>nothing</a>", "is a list in XML that lists no series"),
    ],
)
def test_what_cannot_be_read_is_one_error(write: Write, text: str, problem: str) -> None:
    path = write("a.xml", text)
    with pytest.raises(InputError, match=problem) as raised:
        read_cohort(path)
    assert str(path) in str(raised.value)


def test_a_page_that_begins_with_a_tag_is_read_as_a_list(write: Write) -> None:
    cohort = read_cohort(write("README.md", f"<div align=center>\n<img src=a>\n\n{SERIES}\n"))
    assert cohort.format_name == "list"
    assert list(cohort.listed[EntryKind.UID]) == [SERIES]


def test_a_very_long_tag_and_very_many_blanks_are_read_at_once(write: Write) -> None:
    text = f"<a><SeriesInstanceUID>{SERIES}</SeriesInstanceUID><{'series' * 5_000} />{' ' * 500_000}\n</a>"
    assert read_cohort(write("x.xml", text)).listed[EntryKind.SERIES] == {SERIES: 0}
