"""DOI names in any spelling, brought to one form."""

import re

# A DOI is a prefix `10.` with a registrant of four or more digits, and a suffix of any printable characters
# (https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html). Names are case-insensitive; we keep lower case.
_DOI = re.compile(
    r"^(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}(?:\.\d+)*/\S{1,200})$", re.IGNORECASE
)


def normalize_doi(text: str) -> str | None:
    """`10.7937/k9/tcia.2015.lo9ql9sx` for any spelling of it (resolver, `doi:`, case), or `None` for what is no DOI."""
    match = _DOI.match(text.strip().replace("%2F", "/").replace("%2f", "/"))
    return None if match is None else match.group(1).rstrip(".,;").lower()
