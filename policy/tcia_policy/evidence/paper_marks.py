"""What tells a reference to a paper from one to data: papers are often called what their data are called."""

import re

from tcia_policy.documents.model import Entry
from tcia_policy.lazy import pattern

NEAR = 200  # characters after a title in which a journal is named
FEWEST_WORDS = 6  # of a name that may be the title of a paper
IN_ARCHIVE = pattern(
    r"cancer\s+imaging\s+archive|cancerimagingarchive|imaging\s+data\s+commons|\bTCIA\b|\bdata\s+from\b|10\.(?:7937|25737)/",
    re.IGNORECASE,
)
_JOURNAL = pattern(
    r"\b(?:J\.|Journal|Nature|Nat\.?|Science|Scientific\s+(?:Data|Reports)|Sci\.?\s+(?:Data|Rep)|Radiology|Lancet|JAMA|PL[Oo]S"
    r"|Med(?:ical)?\.?\s+(?:Phys\w*|Image)|IEEE|Trans\.|Transactions|Proc\.|Proceedings|Frontiers|Front\.|BMC|Clin\.|Clinical\s+Cancer"
    r"|Ann\.|Annals|Oncolog\w+|Am\.?\s+J|N\.?\s+Engl|Blood|Cancer\s+Cell|arXiv|medRxiv|bioRxiv|preprint)"
    r"|\b(?:vol|pp?)\.\s*\d|\b\d{1,4}\s*\(\d{1,4}\)\s*[:,]\s*[a-z]?\d|\b\d{1,4}\s*:\s*[a-z]?\d+\s*[-–]\s*\d|\b\d{4}\s*;\s*\d"
)
_ENDS = pattern(r"\n\s*\n|\n\s*(?:\[\d{1,4}\]|\d{1,4}[.)])\s")


def is_paper(entry: Entry) -> bool:
    """Return whether what an entry says beside its title names a journal, and no archive of data."""
    return _names_journal(entry.text.replace(entry.title or "", " "))


def is_title_of_paper(text: str, end: int) -> bool:
    """Return whether a journal follows a title that ends at `end`, in the same reference, and no archive of data."""
    return _names_journal(_ENDS.split(text[end : end + NEAR], maxsplit=1)[0])


def _names_journal(text: str) -> bool:
    return _JOURNAL.search(text) is not None and IN_ARCHIVE.search(text) is None
