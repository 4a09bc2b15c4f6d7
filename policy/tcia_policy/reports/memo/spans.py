"""Lines of a document, made of strings and spans."""

from collections.abc import Iterable, Sequence
from itertools import chain

from tcia_policy.model import DutyStatus, Verdict
from tcia_policy.reports.memo.document import BREAK, Line, Span, Style, Tone

VERDICT_TONE = {
    Verdict.PERMITTED: Tone.GOOD,
    Verdict.CONDITIONAL: Tone.CARE,
    Verdict.UNDETERMINED: Tone.OPEN,
    Verdict.PROHIBITED: Tone.BAD,
}
STATUS_TONE = {DutyStatus.MET: Tone.GOOD, DutyStatus.UNVERIFIED: Tone.CARE, DutyStatus.OPEN: Tone.BAD}


def line(*parts: str | Span) -> Line:
    """Return a line of these parts; empty strings are left out."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts if part)


def strong(text: str) -> Span:
    """Return what a reader shall see first."""
    return Span(text, Style.STRONG)


def quiet(text: str) -> Span:
    """Return what may be read last."""
    return Span(text, Style.QUIET)


def mono(text: str) -> Span:
    """Return what is typed or pasted."""
    return Span(text, Style.MONO)


def verdict_word(verdict: Verdict, to: str | None = None) -> Span:
    """Return the word for `verdict` in its tone, as a link to `to`."""
    return Span(verdict.value, to=to, tone=VERDICT_TONE[verdict])


def between(parts: Sequence[Span | Line], by: str | Span = ", ") -> Line:
    """Return the parts with `by` between each two."""
    spread = [(part,) if isinstance(part, Span) else part for part in parts]
    gap = (Span(by) if isinstance(by, str) else by,)
    return tuple(chain.from_iterable((*(gap if number else ()), *part) for number, part in enumerate(spread)))


def broken(lines: Iterable[Line]) -> Line:
    """Return the lines that are not empty as one, each on a line of its own."""
    return between([each for each in lines if each], BREAK)
