"""What a source of the registry answered on one day: records as they came, by the name of the list that they are of."""

from collections.abc import Mapping
from datetime import date

from tcia_policy.lazy import dataclass

Record = Mapping[str, object]
"""One record as the source answered it: parsed from JSON, and not looked at yet."""


@dataclass(frozen=True)
class Answers:
    """All that one source answered on one day.

    `source` is its short name (`tcia`, `datacite`, `nbia`, `idc`). `form` is the form of the records where a source has
    several, such as `v1` and `v2` of TCIA's Collection Manager. `lists` are the records by the name of their list, such
    as `collections`, in the order of the answer.
    """

    source: str
    day: date
    form: str
    lists: Mapping[str, tuple[Record, ...]]
