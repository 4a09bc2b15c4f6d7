"""The commands that cite: LaTeX's own, natbib, biblatex, REVTeX, apacite, harvard, achemso, csquotes, multibib."""

import re
from collections.abc import Iterator

from tcia_policy.documents.latex.arguments import group, option, skip, skip_blank
from tcia_policy.documents.latex.doubt import told
from tcia_policy.documents.latex.interpreter import Handler, Interpreter
from tcia_policy.documents.latex.stack import Frame, Span
from tcia_policy.documents.latex.tokens import TEXT
from tcia_policy.documents.model import CitationKeyUse, SourceLocation

_BRACKETED_NOTES = re.compile(r"\s*(?:<[^<>]*>\s*|\([^()]*\)\s*)+")

# natbib 8.31b (section 2.3), biblatex 3.20 (sections 3.9.1 to 3.9.5 and 3.9.7), apacite 6.03 (section 4.1), harvard,
# chicago, achemso, abntex2cite: all that take notes in brackets and then a list of keys.
_PLAIN = (
    "cite citep citet citealp citealt citeauthor citefullauthor citeyear citeyearpar citenum citetalias citepalias "
    "parencite footcite footcitetext textcite smartcite supercite autocite footfullcite fullcite citetitle citedate "
    "citeurl notecite pnotecite fnotecite bibentry onlinecite citen citeA citeNP citeANP citeauthorNP citeyearNP "
    "shortcite shortciteA shortciteNP shortciteauthor shortciteauthorNP fullciteA fullciteNP fullciteauthor maskcite "
    "maskciteA maskciteNP citeN citeNN shortciteN citeasnoun possessivecite citeonline apudonline citeposs posscite "
    "citealpos sidecite inlinecite"
).split()
_SEVERAL = (
    "cites parencites footcites footcitetexts smartcites textcites supercites autocites footfullcites fullcites "
    "citeauthors citetitles sidecites"
).split()
_VOLUMES = "volcite pvolcite fvolcite ftvolcite svolcite tvolcite avolcite".split()
_WITH_TEXT = "textcquote blockcquote parencquote hybridblockcquote citeaffixed apud citefield".split()
_NO_CITATION = frozenset(
    "citestyle citesetup citereset citetext citeindextrue citeindexfalse citetrackertrue citetrackerfalse "
    "citeform citepunct "
    "citeleft citeright citemid citedash citeopen citeclose citesep citeprefix citepostfix citetarget citename "
    "citelist "
    "citesort citeauthoryear citenumfont citecolor citefont citecount citecounter".split()
)


def cite(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\citep[see][p.~3]{a, b}`; the notes are prose, the keys are not."""
    after = _one(interpreter, frame, index, index + 1)
    return index + 1 if after is None else after


def cites(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\cites(pre)(post)[..]{a}[..]{b}`."""
    after, here = _one(interpreter, frame, index, index + 1), index + 1
    while after is not None:
        here = after
        after = _one(interpreter, frame, index, here)
    return here


def volume(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\volcite[pre]{volume}[page]{key}`."""
    start = skip(frame, index + 1, "om")
    after = _one(interpreter, frame, index, start)
    return index + 1 if after is None else after


def no_cite(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\nocite{a, b}` and `\\nocite{*}`: in the list of references, not in the text."""
    after = _one(interpreter, frame, index, index + 1, in_text=False)
    return index + 1 if after is None else after


def bibliographies(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Define what `\\newcites{data}{Data}` of multibib makes: `\\citedata`, `\\nocitedata` and `\\bibliographydata`."""
    names = group(frame, index + 1)
    if names is None:
        return index + 1
    interpreter.multiple.update(name.strip() for name in interpreter.spelled(names[0]).split(","))
    return skip(frame, names[1], "m")


def alias(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Skip `\\defcitealias{key}{text}`, which cites nothing yet."""
    return skip(frame, index + 1, "mm")


def cites_by_its_name(name: str, multiple: set[str]) -> Handler | None:
    """Return what an undefined command does whose name begins as those of citations do."""
    if name.startswith("nocite"):
        return no_cite if name[6:].rstrip("*") in multiple else None
    is_one = re.match(r"[Cc]ite[A-Za-z]*\*?$", name) is not None and name.rstrip("*") not in _NO_CITATION
    return cite if is_one else None


def _one(interpreter: Interpreter, frame: Frame, index: int, after: int, *, in_text: bool = True) -> int | None:
    """Read one list of keys with the notes before it; return where it goes on, or `None` where there is no list."""
    notes, start = _notes(frame, after)
    found = group(frame, start)
    if found is None:
        return None
    keys, after = found
    if keys.start - 1 in frame.source.nesting:
        return None
    if frame.source.has_paragraph(keys.start, keys.end):
        command = frame.source.values[index]
        interpreter.problem(
            frame.place(index), f"the braces of \\{command} are not closed", "close them behind the last key"
        )
        return None
    for note in notes:
        interpreter.space()
        interpreter.walk(note)
        interpreter.space()
    if interpreter.citing and (interpreter.live or not in_text):
        _use(interpreter, keys, in_text=in_text)
    if interpreter.live:
        interpreter.writer.cited()
    return after


def _notes(frame: Frame, index: int) -> tuple[list[Span], int]:
    """Return the notes in brackets, and where the keys begin. Notes in `<..>` and `(..)` are passed over."""
    source, notes = frame.source, []
    while True:
        start = skip_blank(source, index, frame.end)
        found = option(frame, start)
        if found is not None:
            notes.append(found[0])
            index = found[1]
        elif start < frame.end and source.kinds[start] == TEXT and _BRACKETED_NOTES.fullmatch(source.values[start]):
            index = start + 1
        else:
            return [note for note in notes if note.end > note.start], start


def _use(interpreter: Interpreter, keys: Span, *, in_text: bool) -> None:
    doubt = told(interpreter.conditions)
    interpreter.citations += [
        CitationKeyUse(key, place, in_text, doubt=doubt) for key, place in _keys(interpreter, keys)
    ]


def _keys(interpreter: Interpreter, keys: Span) -> Iterator[tuple[str, SourceLocation]]:
    key, place = "", None
    for text, where in interpreter.words(keys):
        for position, part in enumerate(text.split(",")):
            if position and key.strip() and place is not None:
                yield key.strip(), place
            if position:
                key, place = "", None
            if part.strip() and place is None:
                place = where
            key += " " if part == "\n" else part
    if key.strip() and place is not None:
        yield key.strip(), place


def _variants(names: list[str]) -> list[str]:
    return [*names, *(name[0].upper() + name[1:] for name in names)]


COMMANDS: dict[str, Handler] = {
    **dict.fromkeys(_variants(_PLAIN), cite),
    **dict.fromkeys(_variants(_WITH_TEXT), cite),
    **dict.fromkeys(_variants(_SEVERAL), cites),
    **dict.fromkeys(_variants(_VOLUMES), volume),
    "nocite": no_cite,
    "newcites": bibliographies,
    "defcitealias": alias,
}
