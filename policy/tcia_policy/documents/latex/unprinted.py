"""Commands that print nothing, or not all of what stands in their braces.

LaTeX's and TeX's own (source2e; "The TeXbook", chapter 24), and those of hyperref, bookmark, pdfcomment, todonotes,
fixme, changes, trackchanges, ulem, soul, cancel, censor, acmart, etoolbox and others, as their manuals say.

A note of todonotes or fixme is printed in drafts only, and counts as not printed: nobody hands it in.
"""

import re
from functools import partial

from tcia_policy.documents.latex.alternatives import Alternative, walk_alternatives
from tcia_policy.documents.latex.arguments import group, option, skip, skip_blank
from tcia_policy.documents.latex.doubt import Condition
from tcia_policy.documents.latex.interpreter import Handler, Interpreter
from tcia_policy.documents.latex.stack import Frame, Span
from tcia_policy.documents.latex.tokens import CLOSE, COMMAND, OPEN, TEXT
from tcia_policy.files import limits

_ON_COLOR = Condition("the background", "not white")
# Which keep a text for later under a name: `\appto\x{text}`.
_KEPT = "appto gappto eappto xappto preto gpreto epreto xpreto g@addto@macro addto pdfstringdef newhelp".split()
_WHITE = frozenset(
    (("", "white"), ("HTML", "ffffff"), ("rgb", "1,1,1"), ("RGB", "255,255,255"), ("gray", "1"), ("cmyk", "0,0,0,0"))
)
_STREAM = re.compile(r"\s*-?\d+\s*$")
# With the shape of their arguments.
_SHAPES = {
    name: shape
    for shape, names in {
        "m": "label ref eqref pageref autoref cref Cref vref Vref nameref fullref zlabel zref cpageref "
        "labelcref namecref "
        "bibliographystyle pagestyle thispagestyle pagenumbering selectlanguage hyphenation glsadd cline "
        "cmidrule AtBeginDocument AtEndDocument hypertarget hyperlink usetikzlibrary captionof "
        "@gobble newlength fnref tnoteref corref "
        "APACinsertmetastar BibitemShut",
        "": "BIBentryALTinterwordspacing BIBentrySTDinterwordspacing IEEEPARstart PARstart dropcap",
        "om": "hypersetup geometry lstset captionsetup sisetup tikzset pgfplotsset setlist graphicspath vspace "
        "hspace index "
        "phantom hphantom vphantom todo missingfigure deleted sout st xout DIFdel DIFdelFL hidden "
        "cellcolor rowcolor "
        "columncolor pagecolor colorbox foreignlanguage orcid orcidlink orcidID ead acused lstinputlisting "
        "rotatebox "
        "VerbatimInput verbatiminput crefname Crefname",
        "mm": "crefrange Crefrange DeclareUnicodeCharacter multicolumn resizebox setlength addtolength "
        "numberwithin markboth theoremstyle inputminted",
        "mmm": "definecolor colorlet addcontentsline",
        "omm": "rule fcolorbox",
        "omo": "documentstyle PassOptionsToPackage",
        "oom": "includegraphics includesvg includepdf includemedia",
        "moo": "raisebox",
        "mo": "scalebox",
        "mom": "newtheorem newcolumntype",
        "ommo": "multirow",
        "ooom": "parbox",
        "oo": "makebox framebox",
        "o": "lettrine printglossary printglossaries footnotemark",
    }.items()
    for name in names.split()
}
# Of packages; authors may give these names a meaning of their own.
_OF_PACKAGES = {
    name: shape
    for shape, names in {
        "m": "pdfinfo pdfcatalog pdfliteral DocumentMetadata bookmarksetup pdfcommentsetup tagpdfsetup "
        "pdfstringdefDisableCommands SetWatermarkText fixme xblackout blackout cancel xcancel "
        "bcancel xout soutthick",
        "om": "Description pdfcomment pdfmargincomment pdffreetextcomment pdfsquarecomment pdfcirclecomment bookmark "
        "fxnote fxwarning fxerror fxfatal todototoc censor censorbox unsure improvement "
        "againframe hide ignore gobble remove delete",
        "mm": "currentpdfbookmark subpdfbookmark belowpdfbookmark AtBeginEnvironment AtEndEnvironment "
        "BeforeBeginEnvironment AfterEndEnvironment AddToHookNext",
        "omm": "pdfbookmark AddToHook nomenclature",
        "mmm": "pdfobj",
        "mmmm": "pretocmd apptocmd",
        "mmmmm": "patchcmd xpatchcmd",
    }.items()
    for name in names.split()
}
_OF_TEX = {
    name: shape
    for shape, names in {
        "m": "message typeout special wlog errmessage @latex@warning @latex@info errhelp mark markright "
        "pgfkeys directlua",
        "mm": "PackageWarning PackageWarningNoLine PackageInfo PackageNote ClassWarning ClassWarningNoLine ClassInfo "
        "GenericInfo GenericWarning settowidth settoheight settodepth @gobbletwo",
        "mmm": "PackageError ClassError @gobblethree",
        "mmmm": "GenericError @gobblefour",
        "om": "typein newsavebox",
    }.items()
    for name in names.split()
}
_OF_TEX |= {"addtocontents": "mm"}
AUTHORS_OWN = frozenset(_OF_PACKAGES)
ENVIRONMENTS = frozenset(("nocomment", "CCSXML"))
_PRINTED_FIRST = frozenset("pdftooltip pdfmarkupcomment".split())


def not_printed(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Leave out the command with its arguments."""
    name = frame.source.values[index]
    shape = _ALL.get(name)
    return skip(frame, index + 1, _ALL[name.rstrip("*")] if shape is None else shape)


def printed_first(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\pdftooltip{printed}{hidden}`."""
    printed = group(frame, skip(frame, index + 1, "o"))
    if printed is None:
        return index + 1
    interpreter.walk(printed[0])
    return skip(frame, printed[1], "m")


def second_of_two(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Leave out the first argument of `\\@secondoftwo{a}{b}`."""
    return skip(frame, index + 1, "m")


def write(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Leave out `\\write18{..}`, `\\write\\file{..}`, which go to a file, and what is kept for later."""
    source = frame.source
    at = skip_blank(source, index + 1, frame.end)
    if at < frame.end and (
        source.kinds[at] == COMMAND or (source.kinds[at] == TEXT and _STREAM.match(source.values[at]))
    ):
        at += 1
    return skip(frame, at, "m")


def colored(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\textcolor{white}{text}`: white is seen only on another color."""
    color = group(frame, skip(frame, index + 1, "o"))
    text = group(frame, color[1]) if color else None
    if color is None or text is None:
        return color[1] if color else index + 1
    if not _is_white(interpreter, frame, index, color[0]):
        return color[1]
    way = Alternative(_ON_COLOR, partial(interpreter.walk, text[0]))
    walk_alternatives(interpreter, [way], are_all=False)
    return text[1]


def _is_white(interpreter: Interpreter, frame: Frame, index: int, color: Span) -> bool:
    """Return whether `[HTML]{FFFFFF}` or `{white}` is white."""
    model = option(frame, index + 1)
    said = "" if model is None else interpreter.spelled(model[0]).strip()
    return (said, "".join(interpreter.spelled(color).split()).lower()) in _WHITE


def color(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\color{white}`, which holds up to the end of the group that it stands in."""
    named = group(frame, skip(frame, index + 1, "o"))
    is_seen = not interpreter.live or _ON_COLOR in interpreter.conditions
    if named is None or is_seen or not _is_white(interpreter, frame, index, named[0]):
        return index + 1 if named is None else named[1]
    source, end = frame.source, named[1]
    last = min(frame.end, end + limits.LATEX_WHITE)
    while end < last and source.kinds[end] != CLOSE:
        end = max(end, source.ends(end)) + 1 if source.kinds[end] == OPEN else end + 1
    end = min(end, frame.end)
    way = Alternative(_ON_COLOR, partial(interpreter.walk, Span(frame, named[1], end)))
    walk_alternatives(interpreter, [way], are_all=False)
    return end


_ALL = _SHAPES | _OF_PACKAGES | _OF_TEX
COMMANDS: dict[str, Handler] = {
    **dict.fromkeys(_ALL, not_printed),
    **dict.fromkeys(_PRINTED_FIRST | {"@firstoftwo"}, printed_first),
    "@secondoftwo": second_of_two,
    "write": write,
    **dict.fromkeys(_KEPT, write),
    "textcolor": colored,
    "color": color,
}
