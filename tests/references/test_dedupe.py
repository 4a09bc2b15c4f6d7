"""Which references are written, and in which order."""

from datetime import date

from tcia_policy.references.dedupe import unique_by_doi
from tests.references.made_up import CLARK, LIDC, NLST, citation


def test_a_doi_is_written_once_whatever_its_case_as_it_was_read_last() -> None:
    old = citation("10.1/a", "Old", as_of=date(2025, 1, 1))
    new = citation("10.1/a", "New", as_of=date(2026, 1, 1))
    assert unique_by_doi([new, old]) == unique_by_doi([old, new, old]) == [new]


def test_the_order_is_the_same_whatever_order_they_come_in() -> None:
    assert unique_by_doi([LIDC, NLST, CLARK]) == unique_by_doi([CLARK, NLST, LIDC])
    assert unique_by_doi([]) == []
