"""Prose while it is written: one string that knows from which line of the source each part came."""

from tcia_policy.documents.model import TextBlock

_CLINGS = frozenset(".,;:)")


class Writer:
    """Collects text. Spaces are held back until something follows, so that none are doubled, leading or trailing."""

    def __init__(self) -> None:
        self.length = 0
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._numbers: list[int] = []
        self._pending = ""
        self._after_citation = False

    def write(self, text: str, line: int) -> None:
        """Write text of one line."""
        if text[:1] == " ":
            self.space()
        shown = text.strip(" ")
        if not shown:
            return
        self._settle(shown[0])
        if not self._numbers or line != self._numbers[-1]:
            self._starts.append(self.length)
            self._numbers.append(line)
        self._parts.append(shown)
        self.length += len(shown)
        if text[-1] == " ":
            self._pending = " "

    def space(self) -> None:
        """Put a space, unless one is there."""
        self._pending = self._pending or " "

    def newline(self) -> None:
        """End the line."""
        if self._pending != "\n\n":
            self._pending = "\n"

    def paragraph(self) -> None:
        """End the paragraph."""
        self._pending = "\n\n"

    def cited(self) -> None:
        """Note that a citation stood here: a full stop after it belongs to the word before it."""
        self._after_citation = True

    def take(self, other: "Writer") -> None:
        """Take another text as a paragraph of its own."""
        if other.length:
            self.paragraph()
            self._settle("")
            self._starts += [self.length + start for start in other._starts]
            self._numbers += other._numbers
            self._parts += other._parts
            self.length += other.length

    def text(self) -> str:
        """Return all of it."""
        return "".join(self._parts)

    def prose(self, file: str, *, is_references: bool) -> TextBlock | None:
        """Return what was written, or `None` where nothing was."""
        if not self.length:
            return None
        starts = (0, *self._starts[1:])
        return TextBlock(file, self.text(), starts, tuple(self._numbers), is_references=is_references)

    def _settle(self, following: str) -> None:
        clings = self._after_citation and following in _CLINGS and self._pending != "\n\n"
        if self._pending and self.length and not clings:
            self._parts.append(self._pending)
            self.length += len(self._pending)
        self._pending = ""
        self._after_citation = False
