"""What is owed for data items."""

from tcia_policy.lazy import dataclass
from tcia_policy.model.assessment import CitationOwed, Duty
from tcia_policy.model.dataset import Dataset
from tcia_policy.model.holding import Holding


@dataclass(frozen=True)
class Owed:
    """What is owed for data items: open duties come first, references of datasets before others.

    `datasets` are those that the data items come from, and those that these were made from, in the order of their ids.
    """

    holdings: tuple[Holding, ...]
    datasets: tuple[Dataset, ...]
    duties: tuple[Duty, ...]
    citations: tuple[CitationOwed, ...]
