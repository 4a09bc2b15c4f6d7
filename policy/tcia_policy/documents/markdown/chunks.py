"""Chunks of code that Quarto, R Markdown and MyST run: the strings in them.

Format: https://quarto.org/docs/computations/execution-options.html, https://myst-nb.readthedocs.io. Code that is only
shown (three backticks and `python`) names nothing: it is an example.
"""

import re
from collections.abc import Iterator

from tcia_policy.documents.source_code import strings

_CHUNK = re.compile(r"\{(?:code-cell\}\s*(\w{1,30})?|([A-Za-z]\w{0,30}))")
_IF_NOT_SAID = "python"  # in MyST


def chunk_strings(info: str, code: str, first: int) -> Iterator[tuple[str, int]]:
    """Yield the strings of a fenced block, with their lines, if it is a chunk; `first` is the line of its code.

    `info` is what stands behind the fence: `{r, echo=FALSE}`, `{python}`, `{code-cell} ipython3`.
    """
    chunk = _CHUNK.match(info.strip())
    if chunk is not None:
        yield from strings(code, chunk[1] or chunk[2] or _IF_NOT_SAID, first)
