"""The fields of a file that says what is released (YAML, JSON, TOML): statements with their lines.

A license field that is there and is not understood is never dropped: it is among `unread_licenses`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from tcia_policy.documents.html.read_html import read_html
from tcia_policy.documents.model import Manuscript, Problem, SourceLocation, TextBlock
from tcia_policy.errors import InputError
from tcia_policy.files.located_yaml import LocatedYaml, spell
from tcia_policy.files.model_shape import YamlPath
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.releases.model import Released, ReleaseFile, Stated, Topic

# What formats call the identifier or name of a license, and its address, where a license is an object of its own.
_LICENSE_NAMES = (
    "spdx", "spdx_id", "spdx-id", "rightsIdentifier", "identifier", "id", "name", "licenseName", "type", "title",
    "rights", "text", "@id",
)  # fmt: skip
_TITLES = ("name", "title", "label", "full-title", "text", "id")
_ADDRESSES = ("url", "path", "uri", "rightsUri", "rightsURI", "href", "link", "DOI", "doi", "identifier", "@id")
_ADDRESS = pattern(r"https?://|doi:|10\.\d{4,9}/", re.IGNORECASE)
_LINK = pattern(r"https?://[^\s<>()]+")
_EMPTY: tuple[object, ...] = (None, "", [], {})


@dataclass
class Fields:
    """Collects what one file says. `located` are its fields, `shown` is how messages spell the file."""

    located: LocatedYaml
    shown: str
    stated: list[Stated] = field(default_factory=list)
    unread_licenses: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def get(self, *place: str | int) -> object:
        """Return what stands at a place; `None` where nothing does."""
        part: object = self.located.data
        for step in place:
            if isinstance(part, Mapping):
                part = part.get(step)
            elif isinstance(part, list) and isinstance(step, int) and step < len(part):
                part = part[step]
            else:
                return None
        return part

    def has(self, *place: str | int) -> bool:
        """Return whether the file has a field, whatever is in it."""
        above = self.get(*place[:-1])
        return isinstance(above, Mapping) and place[-1] in above

    def text(self, *place: str | int) -> str | None:
        """Return the text at a place on one line; `None` where none is."""
        return _one_line(self.get(*place))

    def where(self, place: YamlPath) -> SourceLocation:
        """Return the line of a place in the file."""
        return SourceLocation(self.shown, self.located.line(place))

    def texts(self, *place: str | int) -> Iterator[tuple[YamlPath, str]]:
        """Yield every text at a place: one, or those of a list or an object, with their places."""
        value = self.get(*place)
        one = _one_line(value)
        if one is not None:
            yield place, one
        elif isinstance(value, list | Mapping):
            for step in value if isinstance(value, Mapping) else range(len(value)):
                yield from self.texts(*place, step)

    def items(self, *place: str | int) -> Iterator[tuple[YamlPath, object]]:
        """Yield the items of a list with their places; what is no list is the only item."""
        value = self.get(*place)
        if isinstance(value, list):
            yield from (((*place, index), item) for index, item in enumerate(value))
        elif value is not None:
            yield place, value

    def say(self, topic: Topic, place: YamlPath, text: str | None = None, **more: object) -> None:
        """Note a statement: the text at a place, or `text`; nothing where there is none. `more` are further fields."""
        found = self.text(*place) if text is None else text
        if found:
            self.stated.append(Stated(topic, found, spell(place), self.where(place), **more))  # type: ignore[arg-type]

    def say_each(self, topic: Topic, *place: str | int) -> None:
        """Note every item of a place: a text, or an object that has a name or an address."""
        for at, item in self.items(*place):
            if isinstance(item, Mapping):
                name, link = _first(item, (*_TITLES, *_ADDRESSES)), self.address(item)
                self.say(topic, at, name, link=link)
            else:
                self.say(topic, at, link=_address_in(_one_line(item) or ""))

    def say_license(
        self,
        *place: str | int,
        topic: Topic = Topic.LICENSE,
        says: Released | None = None,
        covers: tuple[str, ...] = (),
        link: str | None = None,
    ) -> None:
        """Note the license at a place: a text, an object with a name or an address, or a list of these.

        `link` is the address of a text, where another field gives it.
        """
        if not self.has(*place) and not isinstance(place[-1], int):
            return
        items = list(self.items(*place))
        if not items:
            self.unread(place, "is empty")
        for at, item in items:
            name = _first(item, _LICENSE_NAMES + _ADDRESSES) if isinstance(item, Mapping) else _one_line(item)
            if isinstance(item, bool | int | float) or not name:
                self.unread(at, "is empty" if item in _EMPTY else f"is {_kind(item)}, of which no license is read")
            else:
                own = self.address(item) if isinstance(item, Mapping) else None
                self.say(topic, at, name, link=own or link, says=says, covers=covers)

    def unread(self, place: YamlPath, problem: str, hint: str | None = "write the license's SPDX identifier") -> None:
        """Note that the license at a place was not understood."""
        self.unread_licenses.append(Problem(self.where(place), f"`{spell(place)}` {problem}", hint))

    @staticmethod
    def address(item: Mapping[object, object]) -> str | None:
        """Return the first address or DOI that an object has."""
        said = (_one_line(item.get(key)) for key in _ADDRESSES)
        return next((text for text in said if text and _ADDRESS.match(text)), None)

    def prose(self, *read: str | YamlPath) -> Manuscript:
        """Return what people read of the file: the texts of some fields, and as a printed list what it cites."""
        places = ((name,) if isinstance(name, str) else name for name in read)
        texts = [each for place in places for each in self.texts(*place)]
        said = [(visible(text), self.located.line(place)) for place, text in texts]
        cited = [each for each in self.stated if each.topic is Topic.CITATION]
        listed = [(" ".join(filter(None, (each.text, each.link))), each.place.number) for each in cited]
        blocks = (self._block(said, is_references=False), self._block(listed, is_references=True))
        return Manuscript(files=(self.shown,), prose=tuple(block for block in blocks if block is not None))

    def _block(self, texts: Iterable[tuple[str, int | None]], is_references: bool) -> TextBlock | None:
        pieces = [(f"{text}\n", number or 1) for text, number in texts]
        return TextBlock.of_pieces(self.shown, pieces, is_references=is_references) if pieces else None

    def file(self, format_name: str, released: Released, has_license_field: bool, text: Manuscript) -> ReleaseFile:
        """Return all that was noted."""
        return ReleaseFile(
            file=self.shown,
            format=format_name,
            released=released,
            stated=tuple(self.stated),
            has_license_field=has_license_field,
            text=text,
            unread_licenses=tuple(self.unread_licenses),
            problems=tuple(self.problems),
        )


def visible(text: str) -> str:
    """Return what a reader sees of a text that may be HTML, as the descriptions on Zenodo are."""
    if "<" not in text:
        return text
    try:
        page = read_html(text.encode("utf-8", "replace"), "")
    except InputError:
        return text
    return "\n".join(block.text for block in page.prose if block.doubt is None)


def is_address(text: str) -> bool:
    """Return whether a text begins as an address of the web or as a DOI."""
    return _ADDRESS.match(text) is not None


def _address_in(text: str) -> str | None:
    """Return the first address of the web in a text that is more than that; `None` where there is none."""
    found = _LINK.search(text)
    return found.group().rstrip(".,;") if found is not None and found.group() != text else None


def _one_line(value: object) -> str | None:
    """Return a text or number on one line; `None` for what is neither, and for what is blank."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(str(value).split()) or None


def _first(item: Mapping[object, object], names: Sequence[str]) -> str | None:
    return next(filter(None, (_one_line(item.get(name)) for name in names)), None)


def _kind(item: object) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list in a list"}
    return kinds.get(type(item), "an object without name and address")
