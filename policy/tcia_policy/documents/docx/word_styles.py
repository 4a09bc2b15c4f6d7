"""What the styles of a Word document (ECMA-376 part 1, 17.7) say of its text: what is a heading, what is hidden."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree

from tcia_policy.documents.docx.elements import attribute, child, is_on, local_name, outline_level
from tcia_policy.files import limits

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_Said = TypeVar("_Said", bool, int)


@dataclass(frozen=True)
class Styles:
    """The ids of styles that hide their text, and the level of those that make headings."""

    hidden: frozenset[str] = frozenset()
    levels: Mapping[str, int] = field(default_factory=dict)


def read_styles(root: etree._Element) -> Styles:
    """Return the styles in `styles.xml`; each has what it does not say from the one that it is based on."""
    styles = {attribute(style, "styleId") or "": style for style in root if local_name(style) == "style"}
    return Styles(
        hidden=frozenset(id_ for id_ in styles if _inherited(styles, id_, _hides)),
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


def _hides(style: etree._Element) -> bool | None:
    vanish = child(style, "rPr", "vanish")
    return None if vanish is None else is_on(vanish)


def _level(style: etree._Element) -> int | None:
    """Return the level from 1, or 0 where the style says that it is no heading."""
    outline, name = child(style, "pPr", "outlineLvl"), child(style, "name")
    if outline is not None:
        return outline_level(outline) or 0
    match = None if name is None else _HEADING.fullmatch(attribute(name, "val") or "")
    return int(match[1]) if match else None
