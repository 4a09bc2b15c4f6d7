"""What a study that uses data of the registry wants to know of when it changes: of which datasets and parts, and what.

These are license, access, reference, contacts and notices of its data and of what they were made from, and whether the
archive still has them.
"""

from collections.abc import Callable, Collection, Iterable, Mapping

from tcia_policy.model import Dataset, Holding
from tcia_policy.registry.changes import RegistryChanges
from tcia_policy.registry.standing import Registered
from tcia_policy.registry.standing_facts import Fact, FactKind, Key, facts_of

WATCHED = (
    FactKind.PRESENCE,
    FactKind.LICENSE,
    FactKind.ACCESS,
    FactKind.CITATION,
    FactKind.CONTACT,
    FactKind.NOTICE,
)

PartsUsed = Mapping[str, frozenset[str]]
"""The ids of the parts that may have been used, by the id of the dataset."""


class StudyWatched(RegistryChanges):
    """What changed in the registry about the data of a study. `exit_code` is 1 where anything did.

    `datasets` are those that were compared. `unwatched` are the data items that are of no dataset of the registry.
    `is_same_registry` says that the lock was made with the very registry that it was compared with.
    """

    datasets: tuple[str, ...]
    unwatched: tuple[str, ...] = ()
    is_same_registry: bool = False


def parts_used(holdings: Iterable[Holding], get: Callable[[str], Dataset | None]) -> PartsUsed:
    """Return the parts that data items may be of, and all parts of what these were made from, or are the same as.

    `get` returns the dataset with an id, `None` where the registry has none.
    """
    found: dict[str, frozenset[str]] = {}
    beside: dict[str, None] = {}
    for holding in holdings:
        if holding.registered_as is not None:
            beside[holding.registered_as] = None
        if holding.dataset is not None:
            found[holding.dataset] = found.get(holding.dataset, frozenset()) | frozenset(holding.distributions)
            made_of = get(holding.dataset)
            beside.update(
                dict.fromkeys(item.dataset for item in (made_of.derived_from if made_of else ()) if item.dataset)
            )
    for id_ in beside:
        dataset = get(id_)
        if dataset is not None and id_ not in found:
            found[id_] = frozenset(part.id for part in dataset.distributions)
    return dict(sorted(found.items()))


def watched(dataset: Dataset, parts: Collection[str], registered: Registered) -> dict[Key, Fact]:
    """Return the facts on a dataset that matter to a study which uses these parts of it."""
    concern = tuple(
        each for each in dataset.notices if each.distributions is None or not set(each.distributions).isdisjoint(parts)
    )
    facts = facts_of(dataset.model_copy(update={"notices": concern}), registered)
    return {key: fact for key, fact in facts.items() if key.kind in WATCHED and (key.part is None or key.part in parts)}
