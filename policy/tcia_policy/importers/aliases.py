"""Other names by which a dataset may be asked for: page slugs, and the names that NBIA and IDC use.

Case and punctuation do not tell names apart (`key`), and a name that two datasets could claim belongs to neither.
"""

from collections import defaultdict
from collections.abc import Iterable

from tcia_policy.text.name_keys import compare_key


def settled(pairs: Iterable[tuple[str, str]], ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the aliases of every dataset, sorted. `pairs` are dataset ids with other names; `ids` are all datasets.

    A name like a dataset's id belongs to that dataset.
    """
    owners = {compare_key(id_): id_ for id_ in ids}
    wanted: dict[str, set[str]] = defaultdict(set)
    claimants: dict[str, set[str]] = defaultdict(set)
    for id_, name in pairs:
        wanted[id_].add(name)
        claimants[compare_key(name)].add(id_)

    def belongs(name: str, id_: str) -> bool:
        owner = owners.get(compare_key(name))
        return owner == id_ if owner is not None else len(claimants[compare_key(name)]) == 1

    return {id_: tuple(sorted(name for name in names - {id_} if belongs(name, id_))) for id_, names in wanted.items()}
