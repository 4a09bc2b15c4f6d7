"""Did you mean ...? Names that are like one that is not known."""

from collections.abc import Iterable

from tcia_policy.text.english import one_of, quoted
from tcia_policy.text.name_keys import compare_key

LEAST_ALIKE = 55
LEAST_NEAR = 72  # of 100: `porpose` for `purpose` has 86, `train` for `train-model` 90
MOST_NEAR = 2
LEAST_OF_BEST = 0.9  # a name that is much less like it than the likest is not meant
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


def nearest(word: str, known: Iterable[str], *, as_a_whole: bool = False) -> list[str]:
    """Return the keys or words of a file that a word may be a misspelling of: at most two, the likest first.

    Without regard to case, hyphens and underscores it may be one of them; then that is the only one. A word may be a
    part of another (`train` of `train-model`), unless it is compared `as_a_whole`.
    """
    words = list(known)
    same = [each for each in words if compare_key(each) == compare_key(word) != ""]
    if same:
        return same[:1]
    from rapidfuzz import fuzz  # noqa: PLC0415 - 15 ms, only where a word is wrong

    found = similar(word, words, at_least=LEAST_NEAR, most=MOST_NEAR, as_a_whole=as_a_whole)
    scores = [fuzz.ratio(word.casefold(), each.casefold()) for each in found]
    return [each for each, score in zip(found, scores, strict=True) if score >= LEAST_OF_BEST * max(scores)]


def did_you_mean(names: Iterable[str]) -> str:
    """Return `did you mean 'a' or 'b'?`; empty where there is nothing to suggest."""
    found = list(names)
    return f"did you mean {one_of(quoted(found))}?" if found else ""
