"""What one file prints."""

from dataclasses import dataclass, field

from tcia_policy.documents.latex.writer import Writer
from tcia_policy.documents.model import Entry, SourceLocation, TextBlock
from tcia_policy.text.years import printed_year


@dataclass
class Item:
    """One `\\bibitem`: its key, where it begins in the list of references, and what of it is marked as what."""

    key: str
    place: SourceLocation
    start: int
    marked: dict[str, str] = field(default_factory=dict)

    def entry(self, text: str) -> Entry:
        """Return the item as an entry that says `text`."""
        return Entry(
            self.key,
            " ".join(text.split()),
            self.place,
            self.marked.get("title"),
            printed_year(self.marked.get("year", "")),
            True,
        )


@dataclass
class Output:
    """The text of a file, its footnotes, and its list of references."""

    file: str
    body: Writer = field(default_factory=Writer)
    notes: list[Writer] = field(default_factory=list)
    references: Writer = field(default_factory=Writer)
    items: list[Item] = field(default_factory=list)

    def prose(self) -> list[TextBlock]:
        """Return the text, with each footnote as a paragraph after it, and the list of references."""
        for note in self.notes:
            self.body.take(note)
        written = (
            self.body.prose(self.file, is_references=False),
            self.references.prose(self.file, is_references=True),
        )
        return [prose for prose in written if prose is not None]

    def entries(self) -> list[Entry]:
        """Return the list of references, item by item: each reaches up to the next."""
        if not self.items:
            return []
        text = self.references.text()
        ends = [item.start for item in self.items[1:]] + [len(text)]
        return [item.entry(text[item.start : end]) for item, end in zip(self.items, ends, strict=True)]
