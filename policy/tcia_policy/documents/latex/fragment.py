"""A piece of LaTeX outside of a manuscript, such as a field of a `.bib` file, as the page prints it."""

import re
import unicodedata
from functools import lru_cache

from tcia_policy.documents.latex import choices, citations, conditionals, layout, links
from tcia_policy.documents.latex.interpreter import Handler, Interpreter
from tcia_policy.documents.latex.output import Output
from tcia_policy.documents.latex.stack import Frame
from tcia_policy.documents.latex.tokens import tokenize
from tcia_policy.files.text import unix_lines

# No macros: those of the manuscript are not known, and one that a field defined would be larger than any title.
_COMMANDS: dict[str, Handler] = {
    **layout.COMMANDS,
    **links.COMMANDS,
    **conditionals.COMMANDS,
    **choices.COMMANDS,
    **citations.COMMANDS,
}
_BARE_SIGN = re.compile(r"\\[\s\S]|([%#&])")


@lru_cache(maxsize=4096)
def printed_text(latex: str) -> str:
    r"""Return what `latex` prints, on one line of Unicode; footnotes come last, and what is only cited is left out.

    A `%`, `#` or `&` stands for itself, with or without a backslash. `\href{target}{words}` prints as
    `words (target)`. Braces vanish, and so do commands that are not known; what they apply to stays. Never raises.
    """
    interpreter = Interpreter(_COMMANDS, frozenset(_COMMANDS), _by_its_name)
    interpreter.live, interpreter.citing = True, False
    interpreter.output = output = Output("")
    interpreter.writer = output.body
    escaped = _BARE_SIGN.sub(lambda found: f"\\{found[1]}" if found[1] else found[0], latex)
    source = tokenize(unix_lines(escaped), "", set())
    interpreter.run(Frame(source, len(source.kinds)), 0)
    for note in output.notes:
        output.body.take(note)
    return unicodedata.normalize("NFC", " ".join(output.body.text().split()))


def _by_its_name(interpreter: Interpreter, name: str) -> Handler | None:
    is_condition = name.startswith("if") and name != "iff"
    return conditionals.conditional if is_condition else citations.cites_by_its_name(name, interpreter.multiple)
