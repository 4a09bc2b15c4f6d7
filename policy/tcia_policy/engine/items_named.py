"""The data items of a case that a user means by a name, however it is spelled."""

from collections.abc import Sequence

from tcia_policy.engine.output_sources import named_by
from tcia_policy.errors import InputError
from tcia_policy.model import Holding
from tcia_policy.registry import Registry
from tcia_policy.text.english import first_few, quoted
from tcia_policy.text.suggest import did_you_mean, similar

NAMED_IN_ERROR = 10


def items_named(name: str, holdings: Sequence[Holding], registry: Registry) -> tuple[Holding, ...]:
    """Return the data items that `name` means: their id or name, the item they are from, or any name of their dataset.

    The registry knows names of datasets: DOIs, addresses, aliases, titles. Several data items have one name where a
    cohort file has become several, or where there are several copies of a dataset; with the place that it is from
    (`LIDC-IDRI@tcia`), the name of a dataset means one copy. Raise `InputError` for a name that means none of them.
    """
    text = name.strip()
    own = [holding for holding in holdings if text in _own_names(holding) and text != holding.dataset]
    found = tuple(own or named_by(text, holdings) or [holding for holding in holdings if holding.name == text])
    if not found and registry.knows(text):
        ids = registry.find(text)
        found = tuple(holding for holding in holdings if holding.dataset in ids)
    if not found:
        raise _not_there(text, holdings)
    return found


def _own_names(holding: Holding) -> tuple[str, str]:
    return holding.id, f"{holding.id}@{holding.obtained_from.value}"


def is_item(name: str, holdings: Sequence[Holding], registry: Registry) -> bool:
    """Return whether `items_named` finds something."""
    try:
        return bool(items_named(name, holdings, registry))
    except InputError:
        return False


def _not_there(name: str, holdings: Sequence[Holding]) -> InputError:
    ids = [holding.id for holding in holdings]
    meant = did_you_mean(similar(name, dict.fromkeys((*ids, *(holding.name for holding in holdings)))))
    hint = f"{meant} " if meant else ""
    return InputError(
        f"the project has no data item {name!r}", hint=f"{hint}It has {first_few(quoted(ids), NAMED_IN_ERROR)}"
    )
