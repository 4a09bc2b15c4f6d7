"""Datasets as a list: how many there are, then a line for each."""

from collections.abc import Sequence

from tcia_policy.engine.listing import Listed, Listing
from tcia_policy.engine.usable import Usability
from tcia_policy.model import Verdict
from tcia_policy.reports.lines import Page, table
from tcia_policy.text.sanitize import clean
from tcia_policy.text.suggest import did_you_mean


def render_listing(found: Listing, width: int = 80) -> str:
    """Return the answer, then a line for each dataset: id, kind, program, DOI, licenses that any source states.

    What cannot be judged is below, apart, with the rule that leaves it open.
    """
    page = Page(width)
    lines = page.wrapped(f"{found.summary}.", "LIST  ")
    if found.similar:
        lines += page.wrapped(did_you_mean(found.similar), "      ")
    if found.activities and found.purpose is None:
        lines += page.wrapped(
            "No purpose is stated, and what depends on it cannot be judged; "
            "add --usable-for commercial or noncommercial.",
            "      ",
        )
    lines += ["", *_entries(found.datasets)] if found.datasets else []
    if found.unknown:
        lines += ["", "Cannot be judged, so not to be taken as usable", *_entries(found.unknown)]
    return "\n".join(lines) + "\n"


def _entries(entries: Sequence[Listed]) -> list[str]:
    return table(
        [
            (
                clean(entry.id),
                entry.kind.value,
                clean(entry.program or "-"),
                entry.doi,
                ", ".join(entry.licenses) + _withdrawn(entry) + _why(entry.usable),
            )
            for entry in entries
        ]
    )


def _withdrawn(entry: Listed) -> str:
    return "" if entry.withdrawn is None else f"  (its archive has it no longer: {entry.withdrawn})"


def _why(usable: Usability | None) -> str:
    """Return what is still to be agreed to, or the rule that leaves it open."""
    if usable is None:
        return ""
    if usable.verdict is Verdict.UNDETERMINED:
        return f"  [{usable.rules[0]}]"
    return "  (an agreement is owed)" if usable.agreements else ""
