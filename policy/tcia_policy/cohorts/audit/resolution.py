"""From a group that was counted to its data items, as from a cohort file that lists its series."""

from tcia_policy.cohorts.audit.counted import GroupCount
from tcia_policy.cohorts.cohort import Line, Unread
from tcia_policy.cohorts.holdings import holdings_of_series, holdings_of_the_rest, merge
from tcia_policy.cohorts.items import Selected
from tcia_policy.cohorts.not_in_index import holdings_of_unknown
from tcia_policy.cohorts.resolve import Resolution
from tcia_policy.model import DataItem, Holding, HoldingKind
from tcia_policy.registry import Registry

NO_SERIES = "rows that name no series"


def resolution_of(
    group: GroupCount, item: DataItem, version: str, registry: Registry, *, may_list_more: bool = False
) -> Resolution:
    """Return the data items of a group, in the order of their ids; `item` says where the copy is from.

    Their sizes are not known: series were counted and not added up. Rows that name no series are an item
    that is not understood where a group has nothing else, and where they `may_list_more`: by another column, which a
    cohort file would be judged by. Else they are passed over, as in a cohort file. Raise `InputError` for a version
    that is none of IDC's.
    """
    label = item.manifest or ""
    looked_up = group.looked_up(version)
    is_empty = not (group.series or group.unknown.rows or group.unknown.series)
    is_open = is_empty or (may_list_more and group.rows_without > 0)
    rows = Unread(group.rows_without, (Line(0, "no series"),)) if is_open else Unread()
    selected = Selected(item, label=label, lines=rows)
    drafts = [
        *holdings_of_series(selected, 0, looked_up, registry),
        *holdings_of_unknown(selected, 0, looked_up, registry),
        *holdings_of_the_rest(selected, 0),
    ]
    holdings = merge(drafts, [label], looked_up, registry)
    shown = (_as_counted(each) for each in holdings)
    return Resolution(tuple(sorted(shown, key=lambda each: each.id)), version)


def _as_counted(holding: Holding) -> Holding:
    """Return a data item without its size, under the same name in every group."""
    name = NO_SERIES if holding.kind is HoldingKind.NOT_UNDERSTOOD else holding.name
    return holding.model_copy(update={"size_mb": None, "name": name})
