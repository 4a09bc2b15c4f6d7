"""Datasets that are named above the headings of a table: titles say so, and so do lists that stand above a table.

Most such titles name the dataset whose series stand below. A dataset of which nothing stands below counts as if it were
listed.
"""

from collections.abc import Iterator
from dataclasses import replace

from tcia_policy.cohorts.drafts import Draft
from tcia_policy.cohorts.filename_check import filename_mismatch
from tcia_policy.cohorts.holdings import holdings_of_names
from tcia_policy.cohorts.index.answers import LookedUp
from tcia_policy.cohorts.items import Selected
from tcia_policy.cohorts.rows_say import datasets_named
from tcia_policy.registry import Registry


def holdings_named_above(selected: Selected, cohort: int, looked_up: LookedUp, registry: Registry) -> Iterator[Draft]:
    """Yield the datasets that are named above the headings, and of which no row lists anything."""
    if not selected.named_above:
        return
    held = {registry.by_doi(group.doi) for group in looked_up.groups if cohort in group.cohorts}
    held |= {*selected.datasets, *(id_ for beside in selected.beside for id_ in datasets_named(beside, registry))}
    listed = [id_ for id_ in held if id_ is not None]
    missing = tuple(
        name
        for name in selected.named_above
        if all(filename_mismatch((name,), id_, registry) is not None for id_ in listed)
    )
    if missing:
        yield from holdings_of_names(replace(selected, datasets=missing), cohort, registry)
