"""What the styles of a Word document (ECMA-376 part 1, 17.7) say: what is a heading, what is not printed."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import field
from functools import partial
from typing import TypeVar

from lxml import etree

from tcia_policy.documents.docx.elements import attribute, child, is_on, local_name, outline_level
from tcia_policy.files import limits
from tcia_policy.lazy import dataclass

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_Said = TypeVar("_Said", bool, int)


# What takes text out of what is printed: hidden text, and text that is struck out once or twice.
TOGGLES = ("vanish", "strike", "dstrike")


@dataclass(frozen=True)
class Styles:
    """The ids of styles that switch on each of `TOGGLES`, and the level of those that make headings."""

    toggled: Mapping[str, frozenset[str]] = field(default_factory=dict)
    levels: Mapping[str, int] = field(default_factory=dict)

    def takes_out(self, properties: etree._Element | None, paragraph_style: str | None) -> bool:
        """Return whether a run is hidden, struck out or of no size, by its own `properties` or by a style.

        The style is that of the run or of its paragraph.

        Of each toggle, what the run says itself goes before its styles (17.7.3).
        """
        style = child(properties, "rStyle") if properties is not None else None
        ids = {paragraph_style, None if style is None else attribute(style, "val")}
        return _is_tiny(properties) or any(self._is_on(toggle, properties, ids) for toggle in TOGGLES)

    def _is_on(self, toggle: str, properties: etree._Element | None, styles: Collection[str | None]) -> bool:
        own = None if properties is None else child(properties, toggle)
        return is_on(own) if own is not None else not self.toggled.get(toggle, frozenset()).isdisjoint(styles)


def _is_tiny(properties: etree._Element | None) -> bool:
    """Return whether letters are at most one point high; `sz` counts half points (17.3.2.38)."""
    size = None if properties is None else child(properties, "sz")
    return size is not None and (attribute(size, "val") or "") in ("0", "1", "2")


def read_styles(root: etree._Element) -> Styles:
    """Return the styles in `styles.xml`; each has what it does not say from the one that it is based on."""
    styles = {attribute(style, "styleId") or "": style for style in root if local_name(style) == "style"}
    return Styles(
        toggled={
            toggle: frozenset(id_ for id_ in styles if _inherited(styles, id_, partial(_switches, toggle)))
            for toggle in TOGGLES
        },
        levels={id_: level for id_ in styles if (level := _inherited(styles, id_, _level))},
    )


def _inherited(
    styles: Mapping[str, etree._Element], id_: str, said: Callable[[etree._Element], _Said | None]
) -> "_Said | None":
    for _ in range(limits.WORD_STYLE_ANCESTORS):
        if id_ not in styles:
            return None
        own = said(styles[id_])
        if own is not None:
            return own
        based_on = child(styles[id_], "basedOn")
        id_ = "" if based_on is None else attribute(based_on, "val") or ""
    return None


def _switches(toggle: str, style: etree._Element) -> bool | None:
    """Return whether a style switches a toggle on or off, or `None` where it says nothing of it."""
    said = child(style, "rPr", toggle)
    return None if said is None else is_on(said)


def _level(style: etree._Element) -> int | None:
    """Return the level from 1, or 0 where the style says that it is no heading."""
    outline, name = child(style, "pPr", "outlineLvl"), child(style, "name")
    if outline is not None:
        return outline_level(outline) or 0
    match = None if name is None else _HEADING.fullmatch(attribute(name, "val") or "")
    return int(match[1]) if match else None
