"""Which footnotes of a file are printed: those that a mark refers to which is seen."""

from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token


def with_notes_in_use(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens without the notes that no mark refers to which is seen. A note is in doubt as its mark is."""
    bodies = list(_bodies(tokens))
    referred: dict[str | None, dict[str, str | None]] = {}
    for token, label in bodies:
        for mark in _note_marks(token.children or ()):
            known = referred.setdefault(label, {})
            doubt = mark.meta.get("doubt")
            known[mark.meta["label"]] = doubt and known.get(mark.meta["label"], doubt)
    used = dict(referred.get(None, {}))
    waiting = list(used)
    while waiting:
        within = waiting.pop()
        for label, doubt in referred.get(within, {}).items():
            if label not in used:
                used[label] = doubt or used[within]
                waiting.append(label)
    for token, label in bodies:
        if label is None or label in used:
            if label and used[label]:
                for each in (token, *(token.children or ())):
                    each.meta.setdefault("doubt", used[label])
            yield token


def _bodies(tokens: Iterable[Token]) -> Iterator[tuple[Token, str | None]]:
    """Yield each token with the label of the note that it stands in."""
    within: list[str] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            within.append(token.meta["label"])
        yield token, within[-1] if within else None
        if token.type == "footnote_reference_close" and within:
            within.pop()


def _note_marks(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "footnote_ref" and "label" in token.meta:
            yield token
