"""What a list of references is for: lines for the person who asked for it."""

from collections.abc import Iterator, Sequence

from tcia_policy.model import CitationOwed, Duty, DutyKind, Holding, HoldingKind
from tcia_policy.model.owed import Owed
from tcia_policy.references.bib_keys import citation_key

ROLES = {
    "dataset": "the dataset itself",
    "source": "what it was made from",
    "companion": "asked for on its page",
    "archive": "paper of its archive",
}


def lines_on_purposes(owed: Sequence[CitationOwed], holdings: Sequence[Holding]) -> list[str]:
    """Return `KEY  required  LIDC-IDRI (the dataset itself)`, in the order in which the references are written."""
    return in_columns(
        [
            (
                citation_key(item.citation),
                level_of(item),
                f"{', '.join(names_of(item, holdings))} ({ROLES[item.role]})",
            )
            for item in sorted(owed, key=lambda each: citation_key(each.citation))
        ]
    )


def level_of(item: CitationOwed) -> str:
    """Return `required` or `requested`."""
    return "required" if item.required else "requested"


def names_of(item: CitationOwed, holdings: Sequence[Holding]) -> list[str]:
    """Return the names of the data for which a reference is owed."""
    names = {holding.id: holding.dataset or holding.name for holding in holdings}
    return list(dict.fromkeys(names.get(holding, holding) for holding in item.holdings))


def in_columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return a line for each row, the columns below each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def duties_without_reference(owed: Owed, *, required: bool) -> Iterator[Duty]:
    """Yield the duties to cite a work of which not enough is known to write its reference."""
    written = {item.citation.doi for item in owed.citations} | {dataset.doi for dataset in owed.datasets}
    for duty in owed.duties:
        if duty.kind is DutyKind.CITE and duty.required is required and duty.doi not in written:
            yield duty


def lines_on_unresolved(holdings: Sequence[Holding]) -> Iterator[str]:
    """Yield a warning for each data item that is no dataset of the registry, with what is known of it."""
    for holding in holdings:
        if holding.kind not in (HoldingKind.DATASET, HoldingKind.OWN):
            known = holding.examples or ((holding.doi,) if holding.doi else ())
            which = f": {'; '.join(known)}" if known else ""
            yield f"warning: no reference for {holding.name} ({holding.kind.value}){which}"
