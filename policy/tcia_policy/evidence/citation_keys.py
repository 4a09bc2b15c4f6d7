"""The entries that cited keys stand for. Each document has keys of its own."""

from collections import defaultdict

from tcia_policy.documents.model import ALL_KEYS, CitationKeyUse, Entry, Manuscript


class KeyUses:
    """Where the entries of a manuscript are cited.

    The keys of a document belong to its own bibliography. If it has no bibliography (a chapter of a book), it may cite
    entries of another document's. If its own lacks the key, it may cite entries of a bibliography that was named alone.
    """

    def __init__(self, manuscript: Manuscript) -> None:
        self._keys: dict[str | None, set[str]] = defaultdict(set)
        for entry in manuscript.entries:
            if entry.key is not None:
                self._keys[entry.document].add(entry.key)
        self._uses: dict[str, list[CitationKeyUse]] = defaultdict(list)
        for use in manuscript.citations:
            self._uses[use.key].append(use)

    def of(self, entry: Entry) -> CitationKeyUse | None:
        """Return the first use of an entry.

        One that is printed counts before one of which nobody can tell, one in the text before one that only lists it.
        """
        return min(self.all_of(entry), key=_rank, default=None)

    def all_of(self, entry: Entry) -> list[CitationKeyUse]:
        """Return where the text cites an entry, or lists it."""
        if entry.key is None:
            return []
        uses = [use for use in self._uses.get(entry.key, ()) if self._means(use, entry)]
        return uses + [use for use in self._uses.get(ALL_KEYS, ()) if self._lists(use, entry)]

    @property
    def unresolved(self) -> str | None:
        """Return the first key that the text cites and that no entry has, and where it is cited."""
        known = set().union(*self._keys.values())
        missing = (use for uses in self._uses.values() for use in uses if use.key not in known)
        return next((f"{use.key} ({use.place})" for use in missing if use.key != ALL_KEYS), None)

    def _means(self, use: CitationKeyUse, entry: Entry) -> bool:
        if use.document == entry.document:
            return True
        own = self._keys.get(use.document, set())
        return use.key not in own if entry.document is None else not own

    def _lists(self, use: CitationKeyUse, entry: Entry) -> bool:
        return use.document == entry.document or (entry.document is None and not self._keys.get(use.document))


def _rank(use: CitationKeyUse) -> tuple[bool, bool]:
    return use.doubt is not None, not use.in_text
