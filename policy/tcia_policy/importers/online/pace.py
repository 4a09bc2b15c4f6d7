"""How long is waited for a source, how often it is asked again, and what is waited between."""

import random
import re
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime

from tcia_policy.lazy import dataclass

_SECONDS = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Pace:
    """All in seconds, but for `tries`.

    `connect` and `read` are for one step of a request, `answer` for a whole answer, and `whole` for all that a source
    is asked. Before the second try, about `first_wait` is waited, and twice as long before each further one, up to
    `longest_wait`. A source that asks for more than `longest_asked` is not waited for.
    """

    connect: float = 15.0
    read: float = 60.0
    answer: float = 180.0
    whole: float = 1_200.0
    tries: int = 4
    first_wait: float = 2.0
    longest_wait: float = 30.0
    longest_asked: float = 120.0
    sleep: Callable[[float], None] = time.sleep

    def wait(self, tried: int) -> float:
        """Return how long to wait after so many tries: at random, so that several users do not ask in step."""
        most: float = min(self.first_wait * 2 ** (tried - 1), self.longest_wait)
        return most * random.uniform(0.5, 1.0)  # noqa: S311 - nothing secret


def asked_to_wait(retry_after: str | None) -> float | None:
    """Return what `Retry-After` asks for, in seconds from now; `None` where it says nothing that is understood."""
    if retry_after is None:
        return None
    if _SECONDS.fullmatch(retry_after.strip()):
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (ValueError, OverflowError, TypeError):
        return None
