"""A single tag as it is written in Markdown, and the attributes of pandoc, as elements."""

import re
from html.parser import HTMLParser

from tcia_policy.documents.html.stylesheet import Element
from tcia_policy.lazy import dataclass

# Elements that have no end tag.
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Elements that begin a paragraph of their own.
BLOCKS = frozenset(
    (
        "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
        "footer form header hgroup hr li main menu nav ol p pre section summary table tbody tfoot thead ul"
    ).split()
) | set(HEADINGS)
_LISTS_OF_REFERENCES = frozenset("references ref-list reference-list csl-bib-body bibliography citation-list".split())
_MAY_LIST = frozenset("ol ul div section dl".split())
_ATTRIBUTE = re.compile(
    r"\.(?P<class>[\w-]+)|#(?P<id>[\w:.-]+)|(?P<name>[\w:-]+)\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'}]+)"
)


@dataclass(frozen=True)
class Tag:
    """A tag: the element that it begins, or ends."""

    element: Element
    ends: bool = False


class _Parser(HTMLParser):
    found: Tag | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = self.found or Tag(Element(tag, {name: value or "" for name, value in reversed(attrs)}))

    def handle_endtag(self, tag: str) -> None:
        self.found = self.found or Tag(Element(tag), ends=True)


def tag_of(text: str) -> Tag | None:
    """Return the one tag that a text is, or `None` for a comment or an instruction."""
    parser = _Parser()
    parser.feed(text)
    return parser.found


def lists_references(element: Element) -> bool:
    """Return whether an element is marked as a list of references, as pandoc and journals mark theirs."""
    marked = not _LISTS_OF_REFERENCES.isdisjoint(element.attributes.get("class", "").lower().split())
    is_pandocs = element.attributes.get("id") == "refs"
    return element.name in _MAY_LIST and (marked or is_pandocs or element.attributes.get("role") == "doc-bibliography")


def element_of(attributes: str, name: str = "span") -> Element:
    """Return the element that pandoc makes of attributes such as `{.hidden #x key="value"}`."""
    classes: list[str] = []
    said: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(attributes):
        if match["class"]:
            classes.append(match["class"])
        elif match["id"]:
            said.setdefault("id", match["id"])
        elif match["name"].lower() == "class":
            classes += match["value"].strip("\"'").split()
        else:
            said[match["name"].lower()] = match["value"].strip("\"'")
    return Element(name, {**said, "class": " ".join(classes)})
