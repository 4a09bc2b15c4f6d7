"""Elements and attributes of WordprocessingML (ECMA-376 part 1), whichever of its two namespaces a document uses."""

from functools import lru_cache

from lxml import etree

# The namespaces of the transitional and of the strict form.
WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
MATH = ("http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math")
DRAWING = (
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
)
RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
BIBLIOGRAPHY = (
    "http://schemas.openxmlformats.org/officeDocument/2006/bibliography",
    "http://purl.oclc.org/ooxml/officeDocument/bibliography",
)


def local_name(element: etree._Element, *, of: tuple[str, ...] = WORD) -> str | None:
    """Return the local name of an element of WordprocessingML (or another namespace), or `None` for others."""
    return _name_in(element.tag, of)


@lru_cache(maxsize=10_000)
def _name_in(tag: object, spaces: tuple[str, ...]) -> str | None:
    namespace, _, name = str(tag).rpartition("}")
    return name if namespace[1:] in spaces else None


def attribute(element: etree._Element, name: str, *, of: tuple[str, ...] = WORD) -> str | None:
    """Return an attribute of WordprocessingML, in either form of it."""
    return next((value for space in of if (value := element.get(f"{{{space}}}{name}")) is not None), None)


def child(element: etree._Element, *path: str) -> etree._Element | None:
    """Return the first child of this name, and so on down."""
    found: etree._Element | None = element
    for name in path:
        if found is None:
            return None
        found = next((inner for inner in found if local_name(inner) == name), None)
    return found


def is_on(element: etree._Element | None) -> bool:
    """Return whether a toggle such as `w:vanish` is there and not switched off."""
    return element is not None and (attribute(element, "val") or "true").lower() not in ("false", "0", "off")


def outline_level(element: etree._Element) -> int | None:
    """Return the level (1 to 9) that `w:outlineLvl` gives, or `None` for body text, which it counts as 9."""
    written = attribute(element, "val") or ""
    return int(written) + 1 if written in list("012345678") else None
