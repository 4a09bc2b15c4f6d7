"""Whether a reader of the page sees an element: the one home of what HTML hides, for web pages and for Markdown.

Decided: what is for screen readers alone (`sr-only`) is not seen; `aria-hidden` is, and so is a closed `<details>`.
Formats: https://html.spec.whatwg.org/, and the classes of Bootstrap, Quarto, reveal.js and WordPress.
"""

import re
from collections.abc import Mapping

from tcia_policy.documents.html.stylesheet import Declared, Element, StyleSheet, declarations
from tcia_policy.lazy import dataclass


@dataclass(frozen=True)
class Sight:
    """Whether something is seen. `doubt` says why nobody can tell, as in `TextBlock`."""

    hidden: bool = False
    doubt: str | None = None

    def within(self, outer: "Sight") -> "Sight":
        """Return how it is seen inside of something else."""
        return outer if outer.hidden or (outer.doubt is not None and not self.hidden) else self


SEEN = Sight()
HIDDEN = Sight(hidden=True)

_NEVER_SEEN = frozenset(
    "script style template head title desc metadata defs symbol datalist del s strike rp audio video canvas iframe "
    "object noframes noembed annotation annotation-xml param source track".split()
)
_HIDING_CLASSES = frozenset(
    "hidden d-none content-hidden sr-only visually-hidden visuallyhidden screen-reader-text".split()
)
_SHOWN_AGAIN = re.compile(r"(?:d-)?(?:sm|md|lg|xl|xxl)[-:](?:block|inline|flex|grid|table)")
_WHITE = frozenset("white #fff #ffffff snow rgb(255,255,255)".split())
_NOTHING = re.compile(r"0+(?:\.0+)?(?:px|pt|em|rem|%|ex|ch|vw|vh)?")
_TINY = re.compile(r"[12](?:\.\d+)?(?:px|pt)|0?\.[01]\d*(?:em|rem)")
_CLEAR = re.compile(r"#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)|(?:rgb|hsl)a?\(.{1,40}[,/] ?0(?:\.0+)?%?\)|transparent")
_FAR_AWAY = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|pt)?|-\d{2,}(?:\.\d+)?(?:em|rem)")
_NO_SCALE = re.compile(r"\bscale[xy]?\(0(?:\.0+)?[),]")
_CLIPPED = re.compile(r"rect\((?:[01](?:px)?[ ,]*){4}\)|inset\((?:50|100)%.{0,20}\)")


def sight_of(element: Element, sheet: StyleSheet | None = None) -> Sight:
    """Return how an element is seen where all around it is seen. `sheet` is what the page says of its classes."""
    attributes = element.attributes
    if element.name in _NEVER_SEEN or "hidden" in attributes or _is_closed_or_noted(element):
        return HIDDEN
    if element.name == "noscript":
        return Sight(doubt="only where scripts do not run")
    inline = declarations(attributes["style"]) if attributes.get("style") else {}
    if element.name == "font" and "color" in attributes:
        inline.setdefault("color", attributes["color"].lower())
    declared = sheet.declared(element) if sheet else Declared()
    style = {**declared.style, **inline}
    seen = _of_style(style)
    return (_of_quarto(element) or _of_classes(element, style, declared)) if seen is SEEN else seen


def _of_classes(element: Element, style: Mapping[str, str], declared: Declared) -> Sight:
    classes = element.classes
    if classes & _HIDING_CLASSES and "display" not in style and not any(map(_SHOWN_AGAIN.match, classes)):
        return HIDDEN
    if any(_of_style(said) is not SEEN for said in declared.perhaps):
        return Sight(doubt="only if the page's own style does not hide it")
    return SEEN


def _is_closed_or_noted(element: Element) -> bool:
    """Return whether it is a dialog that is closed, or the notes of whoever speaks."""
    is_closed = element.name == "dialog" and "open" not in element.attributes
    return is_closed or (element.name == "aside" and "notes" in element.classes)


def _of_quarto(element: Element) -> Sight | None:
    """Return how content is seen that has a condition: https://quarto.org/docs/authoring/conditional.html."""
    if not element.classes & {"content-visible", "content-hidden"}:
        return None
    said = [f'{name}="{value}"' for name, value in element.attributes.items() if name.startswith(("when-", "unless-"))]
    if not said:
        return HIDDEN if "content-hidden" in element.classes else None
    return Sight(doubt=f"only in some formats ({' '.join(said)[:80]})")


def _of_style(style: Mapping[str, str]) -> Sight:
    said = {name: text.removesuffix("!important").strip() for name, text in style.items()}
    if _is_hidden(said) or _has_no_room(said):
        return HIDDEN
    if _NOTHING.fullmatch(said.get("opacity", "")):
        return Sight(doubt="in a style that makes it transparent")
    if _TINY.fullmatch(said.get("font-size", "")):
        return Sight(doubt="in tiny letters")
    is_white = said.get("color", "").replace(" ", "") in _WHITE
    if is_white and not said.get("background") and not said.get("background-color"):
        return Sight(doubt="in white, perhaps on white")
    return SEEN


def _is_hidden(said: Mapping[str, str]) -> bool:
    lines = f"{said.get('text-decoration', '')} {said.get('text-decoration-line', '')}"
    is_off = (
        said.get("display") == "none"
        or said.get("content-visibility") == "hidden"
        or said.get("visibility") in ("hidden", "collapse")
    )
    return is_off or "line-through" in lines or _has_no_color(said)


def _has_no_color(said: Mapping[str, str]) -> bool:
    color = said.get("color", "")
    behind = (said.get("background"), said.get("background-color"))
    return bool(color) and (color in behind or _CLEAR.fullmatch(color) is not None)


def _has_no_room(said: Mapping[str, str]) -> bool:
    """Return whether something is too small to be seen, off the page, or cut away."""
    sizes = [said.get(name, "") for name in ("font-size", "max-height", "max-width")]
    if "hidden" in said.get("overflow", ""):
        sizes += [said.get(name, "") for name in ("height", "width")]
    places = [said.get(name, "") for name in ("left", "top", "right", "text-indent", "margin-left")]
    scaled = _NO_SCALE.search(said.get("transform", "")) is not None
    clips = [said.get(name, "") for name in ("clip", "clip-path")]
    return (
        scaled
        or any(map(_NOTHING.fullmatch, sizes))
        or any(map(_FAR_AWAY.fullmatch, places))
        or any(map(_CLIPPED.match, clips))
    )
