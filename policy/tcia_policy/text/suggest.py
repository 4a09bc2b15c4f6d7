"""Did you mean ...? Names that are like one that is not known."""

from collections.abc import Iterable

from tcia_policy.text.english import one_of, quoted

LEAST_ALIKE = 55
MOST_SUGGESTIONS = 3


def similar(
    name: str,
    known: Iterable[str],
    *,
    at_least: float = LEAST_ALIKE,
    most: int = MOST_SUGGESTIONS,
    as_a_whole: bool = False,
) -> list[str]:
    """Return the names most like `name`, the likest first; the shorter first where two are equally so.

    Upper and lower case are the same. `at_least` is of 100, by rapidfuzz's WRatio, for which a name may be a part of
    another; or `as_a_whole` by its ratio, where many names have parts in common.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - 15 ms, only where a name is wrong

    scorer = fuzz.ratio if as_a_whole else fuzz.WRatio
    ranked = process.extract(
        name, list(known), scorer=scorer, processor=str.casefold, limit=None, score_cutoff=at_least
    )
    best = sorted(ranked, key=lambda match: (-match[1], len(match[0])))
    return [found for found, _score, _position in best[:most]]


def did_you_mean(names: Iterable[str]) -> str:
    """Return `did you mean 'a' or 'b'?`; empty where there is nothing to suggest."""
    found = list(names)
    return f"did you mean {one_of(quoted(found))}?" if found else ""
