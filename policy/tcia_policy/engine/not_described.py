"""What a source states that is no license described here, beside labels of the part that are.

It does not open what the known labels close. So the readings under these are, beside what they are, a choice of their
own: what applies under all of them is certain.
"""

from collections.abc import Iterable

from tcia_policy.registry.licenses import NONE_STATED, is_unrecognized

DESCRIBED = "as far as it is described"


def is_undescribed(license_id: str | None) -> bool:
    """Return whether it stands for no label, or for one that no license lists."""
    return license_id is not None and (license_id == NONE_STATED or is_unrecognized(license_id))


def undescribed_beside_others(stated: Iterable[str]) -> frozenset[str]:
    """Return which of the licenses stated of a part are no label, or one that no license lists, beside known ones."""
    names = frozenset(stated)
    found = frozenset(filter(is_undescribed, names))
    return found if found < names else frozenset()


def with_described(choices: tuple[str, ...]) -> tuple[str, ...]:
    """Return the choices of a reading under a license that is described, where another one of them is not."""
    return (*choices, *(f"{choice}, {DESCRIBED}" for choice in choices))
