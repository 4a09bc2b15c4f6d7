"""Keys of references: stable, since each depends on its own citation only, and unique, since each spells out a DOI."""

import re
from collections.abc import Container

from tcia_policy.model import Citation
from tcia_policy.text.name_keys import surname_key

TCIA_REGISTRANT = "10.7937"
# Single characters between letters or digits that stay one character; any other run becomes `:` and its bytes in hex.
_JOINTS = {".": ".", "-": "-", "/": "_"}
_RUN = re.compile(r"[^a-z0-9]+")


def citation_key(citation: Citation) -> str:
    """Return a key such as `armato2015-k9_tcia.2015.lo9ql9sx`: first creator, year, and the DOI.

    TCIA's own `10.7937/` is left out. Two DOIs never give one key: the spelling of the DOI can be undone. ASCII, and
    only characters that LaTeX takes in `\\cite`, and pandoc in `@key`.
    """
    return f"{_name(citation)}{citation.year}{_tail(citation.doi.lower())}"


def free_key(key: str, taken: Container[str]) -> str:
    """Return `key`, or `key-2`, `key-3` ... where BibTeX would take it for one of those `taken` (in lower case)."""
    free, number = key, 1
    while free.lower() in taken:
        number += 1
        free = f"{key}-{number}"
    return free


def _name(citation: Citation) -> str:
    for creator in citation.creators[:1]:
        first_word = (creator.literal or "").split()[:1]
        key = surname_key(creator.family or "".join(first_word))
        if key:
            return key
    return "anonymous"


def _tail(doi: str) -> str:
    registrant, _, suffix = doi.partition("/")
    spelled = _RUN.sub(_spell_run, suffix)
    if registrant == TCIA_REGISTRANT:
        return spelled if spelled.startswith(":") else f"-{spelled}"
    return f":{registrant.removeprefix('10.')}_{spelled}"


def _spell_run(run: re.Match[str]) -> str:
    at_end = run.end() == len(run.string)
    if run.group() in _JOINTS and run.start() > 0 and not at_end:
        return _JOINTS[run.group()]
    return f":{run.group().encode().hex()}{'' if at_end else ':'}"
