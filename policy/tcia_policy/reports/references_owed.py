"""What a list of references is for: lines for the person who asked for it."""

from collections.abc import Iterator, Sequence

from tcia_policy.model import Assessment, CitationOwed, Duty, DutyKind, Holding, HoldingKind
from tcia_policy.references.bib_keys import citation_key
from tcia_policy.references.bib_merge import Merged

ROLES = {
    "dataset": "the dataset itself",
    "source": "what it was made from",
    "companion": "asked for on its page",
    "archive": "paper of its archive",
}


def lines_on_merge(merged: Merged, owed: Sequence[CitationOwed], assessment: Assessment) -> list[str]:
    """Return `KEY  added  required  LIDC-IDRI` for each, with the further keys of a work that has several entries."""
    level = {item.citation.doi.lower(): _level(item) for item in owed}
    names = {item.citation.doi.lower(): ", ".join(_held(item, assessment)) for item in owed}
    also = {doi: f" (also {', '.join(keys)})" for doi, keys in merged.repeated}
    return _columns(
        [
            (each.key, each.state, level[each.doi.lower()], names[each.doi.lower()] + also.get(each.doi, ""))
            for each in merged.references
        ]
    )


def lines_on_purposes(owed: Sequence[CitationOwed], assessment: Assessment) -> list[str]:
    """Return `KEY  required  LIDC-IDRI (the dataset itself)`, in the order in which the references are written."""
    return _columns(
        [
            (
                citation_key(item.citation),
                _level(item),
                f"{', '.join(_held(item, assessment))} ({ROLES[item.role]})",
            )
            for item in sorted(owed, key=lambda each: citation_key(each.citation))
        ]
    )


def _level(item: CitationOwed) -> str:
    return "required" if item.required else "requested"


def _held(item: CitationOwed, assessment: Assessment) -> list[str]:
    names = {holding.id: holding.dataset or holding.name for holding in assessment.holdings}
    return list(dict.fromkeys(names.get(holding, holding) for holding in item.holdings))


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def duties_without_reference(assessment: Assessment, *, required: bool) -> Iterator[Duty]:
    """Yield the duties to cite a work of which not enough is known to write its reference."""
    written = {owed.citation.doi for owed in assessment.citations} | {dataset.doi for dataset in assessment.datasets}
    for duty in assessment.duties:
        if duty.kind is DutyKind.CITE and duty.required is required and duty.doi not in written:
            yield duty


def lines_on_unresolved(holdings: Sequence[Holding]) -> Iterator[str]:
    """Yield a warning for each data item that is no dataset of the registry, with what is known of it."""
    for holding in holdings:
        if holding.kind not in (HoldingKind.DATASET, HoldingKind.OWN):
            known = holding.examples or ((holding.doi,) if holding.doi else ())
            which = f": {'; '.join(known)}" if known else ""
            yield f"warning: no reference for {holding.name} ({holding.kind.value}){which}"
