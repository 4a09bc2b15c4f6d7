"""The same study without some of its data items, as if these had never been used."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tcia_policy.engine.case import Case
from tcia_policy.engine.items_named import items_named
from tcia_policy.engine.manuscript_evidence import ManuscriptEvidence
from tcia_policy.engine.output_sources import named_by
from tcia_policy.errors import InputError
from tcia_policy.evidence.observations import Observations
from tcia_policy.lazy import dataclass
from tcia_policy.model import CitationOwed, Dataset, Duty, Holding, ManuscriptRead, Output
from tcia_policy.model.project import SOURCE_LISTS
from tcia_policy.registry import Registry

# Lists that cannot be empty. Without the data in one, the output may come from any data that is left.
NEVER_EMPTY = ("trained_on", "made_from")


def without(case: Case, names: Sequence[str], registry: Registry) -> Case:
    """Return the case without the data items that `names` mean, in any spelling; the case itself for no names.

    It is supposed that the manuscript no longer says that they were used. Raises `InputError`, with its field, for a
    name of none of the data items, and where none would be left.
    """
    if not names:
        return case
    try:
        gone = {holding.id for name in names for holding in items_named(name, case.holdings, registry)}
    except InputError as error:
        raise error.at(field="--without") from None
    left = tuple(holding for holding in case.holdings if holding.id not in gone)
    if not left:
        raise InputError("no data item is left", field="--without", hint="leave one in")
    outputs = case.project.use.outputs
    if outputs is not None:
        outputs = tuple(_of_what_is_left(output, left) for output in outputs)
    datasets = frozenset(holding.dataset for holding in case.holdings if holding.id in gone and holding.dataset)
    return replace(
        case.supposing(outputs=outputs),
        holdings=left,
        manuscript=None if case.manuscript is None else ManuscriptWithout(case.manuscript, datasets),
    )


def _of_what_is_left(output: Output, left: Sequence[Holding]) -> Output:
    """Return the output with what is left in its lists."""
    lists: dict[str, tuple[str, ...] | None] = {}
    for name in SOURCE_LISTS:
        entries: tuple[str, ...] | None = getattr(output, name)
        if entries is not None:
            kept = tuple(entry for entry in entries if named_by(entry, left))
            lists[name] = None if not kept and name in NEVER_EMPTY else kept
    return output.model_copy(update=lists)


@dataclass(frozen=True)
class ManuscriptWithout:
    """A manuscript that no longer says that these datasets were used; all else stands in it as before."""

    manuscript: ManuscriptEvidence
    datasets: frozenset[str]

    @property
    def read(self) -> ManuscriptRead:
        return self.manuscript.read

    def verify(
        self, duties: Sequence[Duty], citations: Sequence[CitationOwed], datasets: Mapping[str, Dataset]
    ) -> tuple[Duty, ...]:
        return self.manuscript.verify(duties, citations, datasets)

    def keys(
        self, duties: Sequence[Duty], citations: Sequence[CitationOwed], datasets: Mapping[str, Dataset]
    ) -> Mapping[str, str]:
        return self.manuscript.keys(duties, citations, datasets)

    def observe(self, holdings: Sequence[Holding], datasets: Mapping[str, Dataset]) -> Observations:
        seen = self.manuscript.observe(holdings, datasets)
        return replace(
            seen,
            cited=tuple(item for item in seen.cited if item.dataset not in self.datasets),
            named=tuple(item for item in seen.named if item.dataset not in self.datasets),
            asked=tuple(item for item in seen.asked if item.dataset not in self.datasets),
        )
