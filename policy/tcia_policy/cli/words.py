"""Words of closed lists, as users type them."""

from enum import StrEnum
from typing import TypeVar

from tcia_policy.errors import InputError
from tcia_policy.text.suggest import did_you_mean, similar

WordT = TypeVar("WordT", bound=StrEnum)


def word_of(kind: type[WordT], written: str, option: str) -> WordT:
    """Return the word of a closed list that a user wrote, in any case. Raise `InputError` with all of them."""
    for word in kind:
        if word.value == written.strip().casefold():
            return word
    meant = did_you_mean(similar(written, [word.value for word in kind], most=1, as_a_whole=True))
    hint = f"{meant} use one of {', '.join(kind)}".strip()
    raise InputError(f"unknown value {written!r}", field=option, hint=hint)
