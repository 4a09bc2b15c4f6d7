"""What one file prints."""

from dataclasses import field, replace

from tcia_policy.documents.latex.writer import Writer
from tcia_policy.documents.model import Entry, SourceLocation, TextBlock
from tcia_policy.files import limits
from tcia_policy.lazy import dataclass
from tcia_policy.text.years import printed_year

_MORE_DOUBTS = "only under conditions that the source does not decide"


@dataclass(frozen=True)
class Item:
    """One `\\bibitem`: its key, where it begins in the list of references, and what of it is marked as what."""

    key: str
    place: SourceLocation
    start: int
    marked: dict[str, str] = field(default_factory=dict)

    def entry(self, text: str, doubt: str | None) -> Entry:
        """Return the item as an entry that says `text`."""
        return Entry(
            self.key,
            " ".join(text.split()),
            self.place,
            self.marked.get("title"),
            printed_year(self.marked.get("year", "")),
            True,
            doubt=doubt,
        )


@dataclass
class Output:
    """The text of a file, its footnotes, and its list of references.

    All of it stands under the `doubt`. `doubtful` has what stands under more conditions, by what these come to.
    """

    file: str
    doubt: str | None = None
    body: Writer = field(default_factory=Writer)
    notes: list[Writer] = field(default_factory=list)
    references: Writer = field(default_factory=Writer)
    items: list[Item] = field(default_factory=list)
    doubtful: dict[str, "Output"] = field(default_factory=dict)

    def prose(self) -> list[TextBlock]:
        """Return the text, with each footnote as a paragraph after it, the list of references, and what is in doubt."""
        for note in self.notes:
            self.body.take(note)
        self.notes = []
        written = (
            self.body.prose(self.file, is_references=False, doubt=self.doubt),
            self.references.prose(self.file, is_references=True, doubt=self.doubt),
        )
        own = [prose for prose in written if prose is not None]
        return own + [prose for output in self.doubtful.values() for prose in output.prose()]

    def entries(self) -> list[Entry]:
        """Return the list of references, item by item: each reaches up to the next."""
        text = self.references.text() if self.items else ""
        ends = [item.start for item in self.items[1:]] + [len(text)]
        own = [
            item.entry(text[item.start : end], self.doubt)
            for item, end in zip(self.items, ends if self.items else [], strict=True)
        ]
        return own + [entry for output in self.doubtful.values() for entry in output.entries()]

    def under(self, doubt: str) -> "Output":
        """Return what stands under this doubt."""
        if doubt not in self.doubtful and len(self.doubtful) >= limits.LATEX_DOUBTS:
            doubt = _MORE_DOUBTS
        return self.doubtful.setdefault(doubt, Output(self.file, doubt))

    def take_doubtful(self, branch: "Output", doubt: str) -> None:
        """Take what a branch printed, all of it under this doubt."""
        self._take_under(doubt, branch)
        for inner, output in branch.doubtful.items():
            self._take_under(inner, output)

    def _take_under(self, doubt: str, branch: "Output") -> None:
        if branch.body.length or branch.references.length or branch.notes:
            self.under(doubt).take(branch)

    def take(self, branch: "Output") -> None:
        """Take what a branch printed that is no more in doubt than the rest, as a paragraph."""
        self.body.take(branch.body)
        self.take_beside(branch)

    def take_beside(self, branch: "Output") -> None:
        """Take the footnotes and references of a branch."""
        self.notes += branch.notes
        start = self.references.take(branch.references)
        self.items += [replace(item, start=start + item.start) for item in branch.items]
