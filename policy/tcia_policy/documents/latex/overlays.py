"""Slides: what beamer (user guide 3.69, sections 9 and 19) shows on no slide, and what on some only."""

import re
from functools import partial

from tcia_policy.documents.latex.alternatives import Alternative, walk_alternatives
from tcia_policy.documents.latex.arguments import group, skip
from tcia_policy.documents.latex.doubt import Condition
from tcia_policy.documents.latex.environments import behind, closing
from tcia_policy.documents.latex.interpreter import Handler, Interpreter
from tcia_policy.documents.latex.stack import Frame, Span
from tcia_policy.documents.latex.tokens import NOWHERE, TEXT
from tcia_policy.lazy import dataclass

FRAME_LEVEL = 8
ENVIRONMENTS = frozenset("frame onlyenv uncoverenv visibleenv invisibleenv actionenv note".split())
_CLASSES = frozenset(("beamer", "ltx-talk"))
_SPECIFICATION = re.compile(r"\s*[+*]?\s*<([^<>]{0,200})>")
_OTHER_MODES = frozenset(("article", "handout", "trans", "second"))
_NOT_SHOWN = Condition("the option handout", "false")


@dataclass(frozen=True)
class _Overlay:
    """On which slides something is shown, as it is written in `<..>`; `rest` is what follows in the same token."""

    text: str | None
    after: int
    rest: str = ""


def is_slides(interpreter: Interpreter) -> bool:
    """Return whether the document is one of slides."""
    return interpreter.document_class in _CLASSES


def _overlay(frame: Frame, index: int) -> _Overlay:
    if index >= frame.end or frame.source.kinds[index] != TEXT:
        return _Overlay(None, index)
    found = _SPECIFICATION.match(frame.source.values[index])
    if found is None:
        return _Overlay(None, index)
    return _Overlay(found.group(1), index + 1, frame.source.values[index][found.end() :])


def _is_shown(interpreter: Interpreter, overlay: str | None) -> bool | None:
    """Return whether it is on any slide; `None` where it is on those that are no handout."""
    modes: dict[str, str] = {}
    for part in (overlay or "").split("|"):
        mode, _, slides = part.rpartition(":") if part.strip() not in _OTHER_MODES else (part, "", "")
        modes[mode.strip() or "beamer"] = slides.strip()
    is_handout = "handout" in interpreter.class_options
    if all(part.strip() in _OTHER_MODES for part in (overlay or "").split("|")):  # `<article>` alone is on no slide
        return is_handout and modes.get("handout") not in (None, "0")
    slides = modes.get("presentation", modes.get("all", ""))
    if is_handout:
        return modes.get("handout", slides) != "0"
    if modes.get("beamer", slides) == "0":
        return False
    return None if modes.get("handout") == "0" else True


def _walk(interpreter: Interpreter, span: Span, *, is_shown: bool | None, condition: Condition = _NOT_SHOWN) -> None:
    if is_shown is None:
        walk_alternatives(interpreter, [Alternative(condition, partial(interpreter.walk, span))], are_all=False)
    elif is_shown:
        interpreter.walk(span)


def only(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\only<0>{text}`, `\\only{text}<0>`, and `\\onslide<0>` that holds for what follows."""
    overlay = _overlay(frame, index + 1)
    text = group(frame, overlay.after) if not overlay.rest.strip() else None
    is_shown = _is_shown(interpreter, overlay.text)
    if text is None:
        if overlay.text is None:
            return index + 1
        if is_shown is not False:
            interpreter.type(overlay.rest, frame.line(index))
            return overlay.after
        return _next(frame, overlay.after, ("onslide", "end"))
    after = text[1]
    if overlay.text is None and is_slides(interpreter):
        behind_it = _overlay(frame, after)
        if behind_it.text is not None:
            is_shown = _is_shown(interpreter, behind_it.text)
            _walk(interpreter, text[0], is_shown=is_shown)
            interpreter.type(behind_it.rest, frame.line(index))
            return behind_it.after
    _walk(interpreter, text[0], is_shown=is_shown)
    return after


def _next(frame: Frame, start: int, commands: tuple[str, ...]) -> int:
    found = [frame.source.next_command(name, start, frame.end) for name in commands]
    return min((at for at in found if at != NOWHERE), default=frame.end)


def invisible(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\invisible{text}`, and `\\invisible<1>{text}`, which other slides may show."""
    overlay = _overlay(frame, index + 1)
    text = group(frame, overlay.after)
    if text is None:
        return overlay.after
    shown = (overlay.text or "").strip()
    is_shown = False if shown in ("", "1-", "-", "+-") else True if shown == "0" else None
    _walk(interpreter, text[0], is_shown=is_shown, condition=Condition.of(f"\\invisible<{shown}>", value=False))
    return text[1]


def alternative(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\alt<0>{on these slides}{on others}`."""
    overlay = _overlay(frame, index + 1)
    one = group(frame, overlay.after)
    other = group(frame, one[1]) if one else None
    if overlay.text is None or one is None or other is None:
        return overlay.after
    _walk(interpreter, one[0], is_shown=_is_shown(interpreter, overlay.text))
    interpreter.space()
    interpreter.walk(other[0])
    return other[1]


def mode(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\mode<article>{text}` and `\\mode<article>`, which holds up to the next."""
    overlay = _overlay(frame, index + 1)
    if overlay.text is None:
        return index + 1
    names = {part.split(":")[0].strip() for part in overlay.text.split("|")}
    own = "handout" if "handout" in interpreter.class_options else "beamer"
    is_shown = not is_slides(interpreter) or bool(names & {own, "presentation", "all"})
    text = group(frame, overlay.after) if not overlay.rest.strip() else None
    if text is not None:
        _walk(interpreter, text[0], is_shown=is_shown)
        return text[1]
    return overlay.after if is_shown else _next(frame, overlay.after, ("mode",))


def item_is_hidden(interpreter: Interpreter, frame: Frame, index: int) -> int | None:
    """Return where it goes on behind the overlay of `\\item<0>` or behind all of the item; `None` where it has none."""
    overlay = _overlay(frame, index + 1)
    if overlay.text is None or not is_slides(interpreter):
        return None
    if _is_shown(interpreter, overlay.text) is False:
        return _next(frame, overlay.after, ("item", "end"))
    interpreter.type(overlay.rest, frame.line(index + 1))
    return overlay.after


def note(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Skip `\\note<1>[item]{what is to be said}`."""
    return skip(frame, _overlay(frame, index + 1).after, "om")


def begin(interpreter: Interpreter, frame: Frame, index: int, after: int, name: str) -> int | None:
    """Read the begin of an environment of slides; `None` where it is as any other."""
    overlay = _overlay(frame, skip(frame, after, "o") if name == "frame" else after)
    start = overlay.after
    if name == "note":
        return behind(interpreter, frame, index, after, name)
    is_shown = _is_shown(interpreter, overlay.text)
    if name == "invisibleenv":
        is_shown = False if overlay.text is None or overlay.text.strip() in ("1-", "-") else None
    if is_shown is False:
        return behind(interpreter, frame, index, start, name)
    end = closing(interpreter, frame, start, name)
    if is_shown is None and end != NOWHERE:
        _walk(interpreter, Span(frame, start, end), is_shown=None)
        return end
    interpreter.type(overlay.rest, frame.line(max(start - 1, index)))
    return _frame_title(interpreter, frame, skip(frame, start, "o")) if name == "frame" else start


def _frame_title(interpreter: Interpreter, frame: Frame, index: int) -> int:
    title = group(frame, index)
    interpreter.paragraph()
    if title is None:
        return index
    writer, begun = interpreter.writer, interpreter.writer.mark()
    interpreter.walk(title[0])
    interpreter.begin_section(writer.heading(begun, FRAME_LEVEL))
    interpreter.paragraph()
    return title[1]


COMMANDS: dict[str, Handler] = {
    **dict.fromkeys(["only", "uncover", "visible", "onslide", "action"], only),
    "invisible": invisible,
    "alt": alternative,
    "mode": mode,
}
AUTHORS_OWN = frozenset(COMMANDS)
