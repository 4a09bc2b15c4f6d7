"""What a shell offers for an argument or an option: names of datasets, and the words of closed lists."""

from collections.abc import Callable, Iterable

from tcia_policy.registry import Registry


def complete_datasets(incomplete: str) -> list[str]:
    """Return the datasets whose names begin so. A space is written `-`, because a shell divides at spaces."""
    names = ("-".join(entry.id.split()) for entry in Registry.load().entries)
    return [name for name in names if name.startswith(incomplete)]


def complete_words(words: Iterable[str], after: str = "") -> Callable[[str], list[str]]:
    """Return a function that offers those of `words` that begin with what is typed, each with `after` at its end."""
    known = [f"{word}{after}" for word in words]

    def offered(incomplete: str) -> list[str]:
        return [word for word in known if word.startswith(incomplete)]

    return offered


def complete_list(words: Iterable[str]) -> Callable[[str], list[str]]:
    """Return a function that offers those of `words` that begin with what is typed after the last comma."""
    known = list(words)

    def offered(incomplete: str) -> list[str]:
        before, comma, last = incomplete.rpartition(",")
        return [f"{before}{comma}{word}" for word in known if word.startswith(last)]

    return offered
