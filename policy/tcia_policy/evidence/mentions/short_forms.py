"""Names that may be short for a longer one: `TCGA-GBM` for `BraTS-TCGA-GBM`, `ISPY2` for `ACRIN 6698/I-SPY2 ...`."""

from collections.abc import Collection

from tcia_policy.registry.index import IndexEntry
from tcia_policy.text.name_keys import compare_key


def is_short_for(names: Collection[str], entry: IndexEntry) -> bool:
    """Return whether each of the names (as keys) is a part of a longer name of a dataset."""
    longer = [compare_key(name) for name in (entry.id, *entry.aliases, entry.title)]
    return bool(names) and all(any(name != other and name in other for other in longer) for name in names)
