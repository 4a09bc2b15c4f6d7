"""What stands where on the page: heads, notes, items, environments, and what is not printed at all."""

import re
from functools import partial

from tcia_policy.documents.latex import boxes, overlays, pictures, unprinted
from tcia_policy.documents.latex.alternatives import Alternative, walk_alternatives
from tcia_policy.documents.latex.arguments import group, option, skip
from tcia_policy.documents.latex.bibliography import begin_references, end_references
from tcia_policy.documents.latex.characters import ACCENTS
from tcia_policy.documents.latex.environments import behind
from tcia_policy.documents.latex.interpreter import Handler, Interpreter
from tcia_policy.documents.latex.stack import Frame, Span
from tcia_policy.documents.latex.tokens import NOWHERE, TEXT
from tcia_policy.documents.latex.writer import Writer
from tcia_policy.files import limits

_LENGTH = re.compile(r"^ *=? *-?\d*\.?\d+ *[a-z]{2}(?: *(?:plus|minus) *\d*\.?\d+ *[a-z]{2,5})*")
_SECTIONS = {
    **dict.fromkeys(["part", "addpart"], 1),
    **dict.fromkeys(["chapter", "addchap"], 2),
    **dict.fromkeys(["section", "addsec"], 3),
    "subsection": 4,
    "subsubsection": 5,
    **dict.fromkeys(["paragraph", "minisec"], 6),
    "subparagraph": 7,
    "frametitle": 8,
}
_HEADS = "caption subcaption captionabove captionbelow bicaption legend".split()
_TITLE_FIELDS = (
    "title subtitle author date abstract keywords keyword institute affiliation affil address "
    "acknowledgments acknowledgements acknowledgment acknowledgement funding dataavailability publishers "
    "subject dedication "
    "corres authorcontributions note"
).split()
_NOTES = "footnote footnotetext thanks endnote sidenote marginpar marginnote tablefootnote tnotetext fntext".split()

# Names that authors and classes give a meaning of their own: what they define comes first.
AUTHORS_OWN = (
    frozenset(
        "todo missingfigure deleted sout st xout hidden replaced comment hide ignore gobble remove delete note "
        "legend subject "
        "address index orcid date ead color hypertarget".split()
    )
    | unprinted.AUTHORS_OWN
    | boxes.AUTHORS_OWN
    | overlays.AUTHORS_OWN
    | frozenset(ACCENTS)
)
_MATH = frozenset(
    "equation align gather multline eqnarray displaymath math alignat flalign dmath equation* align* gather* multline* "
    "eqnarray* alignat* flalign* dmath* subequations".split()
)
_ENVIRONMENT_SHAPES = {
    **dict.fromkeys(["tabular", "array", "longtable", "supertabular", "xltabular", "tabu", "longtabu"], "om"),
    **dict.fromkeys(["tabular*", "tabularx", "tabulary", "xltabular"], "mom"),
    **dict.fromkeys(["minipage"], "oom"),
    **dict.fromkeys(["wrapfigure", "wraptable"], "omom"),
    **dict.fromkeys(["multicols", "spacing", "adjustbox", "alignat", "alignat*", "thebibliography", "lrbox"], "om"),
    "tikzpicture": "o",
    **dict.fromkeys(["otherlanguage", "otherlanguage*"], "om"),
}


def head(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Print a heading or caption as a paragraph; leave out its short form for the table of contents."""
    short = option(frame, index + 1)
    found = group(frame, short[1] if short else index + 1)
    interpreter.paragraph()
    if found is None:
        return index + 1
    frame.on_close(found[1] - 1, interpreter.paragraph)
    return found[0].start


def section(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Print a heading as a paragraph, and note that a section begins with it."""
    start = head(interpreter, frame, index)
    found = group(frame, start - 1)
    if found is None or not interpreter.live or found[0].start != start:
        return start
    writer, begun = interpreter.writer, interpreter.writer.mark()
    level = _SECTIONS[frame.source.values[index].rstrip("*")]
    frame.on_close(found[1] - 1, lambda: interpreter.begin_section(writer.heading(begun, level)))
    return start


def title_field(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Print `\\title{..}` and the like, though they stand in the preamble."""
    if frame.source.values[index] == "note" and overlays.is_slides(interpreter):
        return overlays.note(interpreter, frame, index)
    kept = interpreter.live
    after = skip(frame, index + 1, "oo")
    found = group(frame, after)
    if found is None:
        return index + 1
    interpreter.live = True
    interpreter.writer.paragraph()
    interpreter.walk(found[0])
    interpreter.writer.paragraph()
    interpreter.live = kept
    return found[1]


def note(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Set `\\footnote{..}` apart from the sentence that it is in."""
    found = group(frame, skip(frame, index + 1, "o"))
    if found is None:
        return index + 1
    _note(interpreter, found[0])
    return found[1]


def _note(interpreter: Interpreter, span: Span) -> None:
    kept, interpreter.writer = interpreter.writer, Writer()
    interpreter.writer.resume(interpreter.sections)
    interpreter.output.notes.append(interpreter.writer)
    interpreter.walk(span)
    interpreter.writer = kept


def replaced(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\replaced{new}{old}`: the old is gone."""
    new = group(frame, skip(frame, index + 1, "o"))
    if new is None:
        return index + 1
    interpreter.walk(new[0])
    return skip(frame, new[1], "m")


def first_of_two(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\texorpdfstring{printed}{bookmark}`."""
    printed = group(frame, index + 1)
    if printed is None:
        return index + 1
    interpreter.walk(printed[0])
    return skip(frame, printed[1], "m")


def length(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\hskip 1em plus 0.5em`, `\\parindent=0pt`."""
    source = frame.source
    if index + 1 < frame.end and source.kinds[index + 1] == TEXT:
        interpreter.type(_LENGTH.sub("", source.values[index + 1], count=1), frame.line(index + 1))
        return index + 2
    return index + 1


def by_name(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\csname x\\endcsname`: a macro of the author's, or a command that is not followed."""
    last = frame.source.next_command("endcsname", index, min(frame.end, index + limits.LATEX_COMMAND_NAME))
    if last == NOWHERE:
        return index + 1
    return _named(interpreter, frame, index, interpreter.spelled(Span(frame, index + 1, last)), last + 1)


def used_by_name(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\csuse{x}` and `\\@nameuse{x}`."""
    name = group(frame, index + 1)
    return index + 1 if name is None else _named(interpreter, frame, index, interpreter.spelled(name[0]), name[1])


def _named(interpreter: Interpreter, frame: Frame, index: int, name: str, after: int) -> int:
    macro = interpreter.macros.get(name)
    return after if macro is None else interpreter.expand(frame, index, macro, after=after)


def commented(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Skip `\\comment ... \\endcomment`, or the argument of `\\comment{...}`."""
    found = group(frame, skip(frame, index + 1, "o"))
    if found is not None:
        return found[1]
    last = frame.source.next_command("endcomment", index, frame.end)
    return index + 1 if last == NOWHERE else last + 1


def end_all(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\stop`."""
    interpreter.end_document()
    return frame.end


def newline(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\\\[2pt]`."""
    if interpreter.live:
        interpreter.writer.newline()
    follows = option(frame, index + 1)
    return index + 1 if follows is None or follows[0].start != index + 2 else follows[1]


def item(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\item[label]`."""
    if interpreter.live:
        interpreter.writer.newline()
    behind_overlay = overlays.item_is_hidden(interpreter, frame, index)
    if behind_overlay is not None:
        return behind_overlay
    label = option(frame, index + 1)
    if label is None:
        return index + 1
    frame.on_close(label[1] - 1, interpreter.space)
    return label[0].start


def begin(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\begin{name}`."""
    named = group(frame, index + 1)
    if named is None or frame.source.has_paragraph(index, named[1]):
        return index + 1
    name, after = interpreter.spelled(named[0]), named[1]
    if name == "document":
        interpreter.begin_document()
        return after
    special = _special(interpreter, frame, index, after, name)
    if special is not None:
        return special
    interpreter.newline()
    interpreter.math = interpreter.math or name in _MATH
    if name == "thebibliography":
        begin_references(interpreter)
    own = interpreter.environments.get(name)
    if own is not None and name not in _ENVIRONMENT_SHAPES:
        return interpreter.expand(frame, index, own[0], after=after)
    return skip(frame, after, _ENVIRONMENT_SHAPES.get(name, "o"))


def _special(interpreter: Interpreter, frame: Frame, index: int, after: int, name: str) -> int | None:
    """Return where it goes on behind one that is hidden, a box, slide or picture; `None` where it is none of these."""
    if name in interpreter.hidden or name in unprinted.ENVIRONMENTS:
        return behind(interpreter, frame, index, after, name)
    if name in interpreter.doubtful_environments:
        return _in_doubt(interpreter, frame, index, after)
    if name in boxes.ENVIRONMENTS and name not in interpreter.environments:
        return boxes.save_environment(interpreter, frame, after, name)
    if name in overlays.ENVIRONMENTS and overlays.is_slides(interpreter):
        return overlays.begin(interpreter, frame, index, after, name)
    if name == "tikzpicture" and interpreter.live:
        return pictures.picture(interpreter, frame, skip(frame, after, "o"), name)
    return None


def _in_doubt(interpreter: Interpreter, frame: Frame, index: int, start: int) -> int:
    """Walk an environment of which nobody can tell whether its content is printed."""
    name = interpreter.spelled(Span(frame, start - 2, start - 1))
    condition = interpreter.doubtful_environments[name]
    after = behind(interpreter, frame, index, start, name)
    way = Alternative(condition, partial(interpreter.walk, Span(frame, start, after)))
    walk_alternatives(interpreter, [way], are_all=False)
    return after


def end(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\end{name}`."""
    named = group(frame, index + 1)
    if named is None or frame.source.has_paragraph(index, named[1]):
        return index + 1
    name, after = interpreter.spelled(named[0]), named[1]
    if name == "document":
        interpreter.end_document()
        return frame.end
    interpreter.newline()
    interpreter.math = interpreter.math and name not in _MATH
    if name == "thebibliography":
        end_references(interpreter)
    own = interpreter.environments.get(name)
    if own is not None:
        interpreter.expand(frame, index, own[1], after=after)
    return after


def open_math(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\(` and `\\[`."""
    interpreter.math = True
    return index + 1


def close_math(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\)` and `\\]`."""
    interpreter.math = False
    return index + 1


COMMANDS: dict[str, Handler] = {
    **unprinted.COMMANDS,
    **boxes.COMMANDS,
    **overlays.COMMANDS,
    **dict.fromkeys(_TITLE_FIELDS, title_field),
    **dict.fromkeys(_SECTIONS, section),
    **dict.fromkeys(_HEADS, head),
    **dict.fromkeys(_NOTES, note),
    **dict.fromkeys(["\\", "newline", "tabularnewline", "linebreak"], newline),
    **dict.fromkeys(
        ["hskip", "vskip", "kern", "parindent", "parskip", "tabcolsep", "baselineskip", "hangindent"], length
    ),
    "csname": by_name,
    **dict.fromkeys(["csuse", "@nameuse"], used_by_name),
    "comment": commented,
    **dict.fromkeys(["stop", "@@end"], end_all),
    "replaced": replaced,
    "texorpdfstring": first_of_two,
    "item": item,
    "begin": begin,
    "end": end,
    "(": open_math,
    "[": open_math,
    ")": close_math,
    "]": close_math,
}
