"""Why nobody can tell whether a text is printed: the conditions around it that the source does not decide."""

from tcia_policy.files import limits
from tcia_policy.lazy import dataclass

_MOST_TOLD = 3


@dataclass(frozen=True)
class Condition:
    """What has to hold for a text to be printed: that `test` (`\\ifdraft`) comes to `value` (`true`, `false`, `2`)."""

    test: str
    value: str

    @classmethod
    def of(cls, test: str, value: bool | str) -> "Condition":
        """Return the condition that a test comes out as `value`."""
        shown = " ".join(test.split())
        if len(shown) > limits.LATEX_CONDITION_SHOWN:
            shown = f"{shown[: limits.LATEX_CONDITION_SHOWN]}..."
        return cls(shown, str(value).lower())

    def __str__(self) -> str:
        return f"{self.test} is {self.value}"


def told(conditions: tuple[Condition, ...]) -> str | None:
    """Return the doubt that conditions come to, in a few words; `None` where there are none."""
    distinct = tuple(dict.fromkeys(map(str, conditions)))
    if not distinct:
        return None
    more = " and more" if len(distinct) > _MOST_TOLD else ""
    return f"only if {' and '.join(distinct[:_MOST_TOLD])}{more}"
