"""UIDs and ids for made-up files, and what a file lists in few words."""

from pathlib import Path

from tcia_policy.cohorts import read_cohort
from tcia_policy.cohorts.cohort import Beside, Cohort

ROOT = "1.3.6.1.4.1.14519.5.2.1.9999.1"
S1, S2, S3 = (f"{ROOT}.1000000000{n}" for n in (1, 2, 3))  # series
T1, T2 = (f"{ROOT}.2000000000{n}" for n in (1, 2))  # studies
U1, U2 = "28621ba9-1aca-4aab-a2a1-f6d2c3e2ab19", "f0b76401-c6d1-4b61-a5fd-3fa596e6cc41"
P1, P2 = "LIDC-IDRI-0001", "TCGA-02-0003"
DOI = "10.7937/k9/tcia.2015.lo9ql9sx"


def listed(cohort: Cohort) -> dict[str, list[str]]:
    """Return the entries by the word of their kind."""
    return {kind.value: list(entries) for kind, entries in cohort.listed.items()}


def listed_in(path: Path) -> dict[str, list[str]]:
    """Return the entries of a file that says nothing else."""
    cohort = read_cohort(path)
    assert not cohort.names
    assert not cohort.unread.count
    return listed(cohort)


def beside(cohort: Cohort) -> dict[str, Beside]:
    """Return what stands beside each entry."""
    return {entry: cohort.beside[at] for entries in cohort.listed.values() for entry, at in entries.items()}
