"""What a chunk of code prints by its options: the captions of its figures and tables.

Formats: https://quarto.org/docs/reference/cells/cells-knitr.html (`#| fig-cap: ...`), https://yihui.org/knitr/options/
(`{r, fig.cap='...'}`). A chunk that is not included prints nothing; `echo` speaks of its code alone.
"""

import re
from collections.abc import Iterator

from tcia_policy.documents.markdown.metadata import ProseHere

_OPTION = re.compile(r"[ \t]*(?:#|//|--|%)\|[ \t]*([\w.-]+)[ \t]*:[ \t]*(.*)")
_CAPTIONS = ("fig-cap", "tbl-cap", "lst-cap", "fig.cap", "tab.cap")
_IN_HEAD = re.compile(r"\b(?:fig|tab)\.cap\s*=\s*(?:\"([^\"\n]{1,2000})\"|'([^'\n]{1,2000})')")
_LEFT_OUT = re.compile(r"\binclude\s*=\s*(?:FALSE|F)\b")
_LEAVES_OUT = {"include": ("false", "no"), "output": ("false",), "eval": ("false",)}


def captions(info: str, code: str, line: int) -> Iterator[ProseHere]:
    """Yield the captions of a chunk whose fence, with `info` behind it, stands on `line`."""
    if not info.startswith("{"):
        return
    options = []
    for row, text in enumerate(code.split("\n"), start=1):
        option = _OPTION.match(text)
        if option is None:
            break
        options.append((option.group(1), option.group(2).strip(), line + row))
    if _LEFT_OUT.search(info) or any(value.lower() in _LEAVES_OUT.get(name, ()) for name, value, _ in options):
        return
    for match in _IN_HEAD.finditer(info):
        yield ProseHere(match.group(1) or match.group(2), line)
    for name, value, number in options:
        if name in _CAPTIONS:
            yield ProseHere(value.strip("\"'"), number)
