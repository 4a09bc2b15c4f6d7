"""The numbers under which a document refers to what it lists once: data items, sources, references, terms stated."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from itertools import chain
from typing import TypeVar

from tcia_policy.lazy import dataclass
from tcia_policy.model import (
    Assessment,
    CellVerdict,
    Dataset,
    Distribution,
    Holding,
    LicenseClaim,
    PastClaim,
    Reference,
    Verdict,
)
from tcia_policy.reports.answer.matrix import names_apart
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.labels import dated
from tcia_policy.reports.memo.document import Line, Span
from tcia_policy.reports.memo.spans import between, line

FEW = 5  # data items that are always named
MANY = 12  # data items that are named where they are meant; more are a group
MANY_TIMES = 4  # as many as are left out must be meant, before those left out are named instead

_Key = TypeVar("_Key")
Statements = tuple[tuple[LicenseClaim, ...], tuple[PastClaim, ...]]
"""What sources state of a part, and what they stated before."""


@dataclass(frozen=True)
class CrossReferences:
    """The number of everything that is listed once, from 1 in the order of the list.

    `verdict_rows` are the ids of data items that have the same verdicts by the same rules, each group a row. `groups`
    are long lists of data items, which are told once: writing a line that needs one adds it, so they are listed last.
    """

    assessment: Assessment
    names: Names
    items: Mapping[str, int]
    sources: Mapping[str, int]
    references: Mapping[Reference, int]
    citations: Mapping[str, int]
    statements: Mapping[Statements, int]
    verdict_rows: tuple[tuple[str, ...], ...]
    groups: dict[tuple[str, ...], int] = field(default_factory=dict)

    @classmethod
    def of(cls, assessment: Assessment) -> "CrossReferences":
        """Return the numbers of all that `assessment` refers to."""
        names = Names.of(assessment)
        said = (each.references for each in assessment.findings)
        owed = (each.references for each in assessment.duties)
        stated = (statements(part) for holding in assessment.holdings for part in parts_of(holding, names))
        return cls(
            assessment=assessment,
            names=names,
            items=_numbered(holding.id for holding in assessment.holdings),
            sources=_numbered(source.id for source in assessment.sources),
            references=_numbered(chain.from_iterable(chain(said, owed))),
            citations=_numbered(owed.citation.doi for owed in assessment.citations),
            statements=_numbered(each for each in stated if each[0]),
            verdict_rows=_alike(assessment),
        )

    def item(self, holding_id: str) -> Span:
        """Return the name of a data item, which leads to what is known of it."""
        number = self.items.get(holding_id)
        name = self.names_apart.get(holding_id, holding_id)
        return Span(name, to=f"item-{number}" if number else None)

    def items_in_a_row(self, holding_ids: Sequence[str]) -> Line:
        """Return the names of data items with commas between them, `all 12 data items`, or `all data items but A`.

        Of none, `the study as a whole`.
        """
        if not holding_ids:
            return line("the study as a whole")
        others = [each for each in self.items if each not in set(holding_ids)]
        if len(self.items) < FEW or len(others) * MANY_TIMES > len(set(holding_ids) & set(self.items)):
            return self._listed(holding_ids) if len(holding_ids) <= MANY else self._grouped(tuple(holding_ids))
        if not others:
            return (Span(f"all {len(self.items)} data items", to="items"),)
        return (Span(f"all {len(self.items)} data items", to="items"), Span(" but "), *self._listed(others))

    def _grouped(self, holding_ids: tuple[str, ...]) -> Line:
        number = self.groups.setdefault(holding_ids, len(self.groups) + 1)
        return (Span(f"group {number}", to=f"group-{number}"), Span(f" ({len(holding_ids)} data items)"))

    def members(self, holding_ids: Sequence[str]) -> Line:
        """Return the names of all data items of a group."""
        return self._listed(holding_ids)

    def _listed(self, holding_ids: Sequence[str]) -> Line:
        return between([self.item(each) for each in holding_ids])

    @cached_property
    def names_apart(self) -> Mapping[str, str]:
        """Return the name of each data item by its id, told apart where two have one name."""
        return names_apart(self.assessment.holdings)

    @cached_property
    def cells(self) -> Mapping[str, tuple[CellVerdict | None, ...]]:
        """Return the verdicts on each data item, as `cells_of` has them."""
        return cells_of(self.assessment)

    @cached_property
    def finding_anchors(self) -> frozenset[str]:
        """Return the anchors of all that rules say."""
        return frozenset(
            finding_anchor(each.rule, each.verdict, each.lifted_by is not None) for each in self.assessment.findings
        )

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {each: number for number, ids in enumerate(self.verdict_rows, start=1) for each in ids}

    def verdict_row(self, holding_id: str) -> int | None:
        """Return the number of the row that has the verdicts on a data item."""
        return self._row_of.get(holding_id)

    def source(self, source_id: str) -> Span:
        """Return `S3`, which leads to the source; what is no id of a source as it is."""
        number = self.sources.get(source_id)
        return Span(f"S{number}", to=f"source-{number}") if number else Span(source_id)

    def dated_source(self, text: str) -> Line:
        """Return `S3` for the title of a source and the day that the list has of it, as interpretations name it.

        Another day is told; what is no title of a source is told as it is.
        """
        if text in self.sources:
            return (self.source(text),)
        for source in self.assessment.sources:
            if text in (source.title, f"{source.title}, {dated(source)}"):
                return (self.source(source.id),)
            if re.match(re.escape(source.title) + r"[ ,(]", text):
                return line(self.source(source.id), text.removeprefix(source.title))
        return line(text)

    def reference(self, reference: Reference) -> Span:
        """Return `R3`, which leads to the document that a rule rests on."""
        number = self.references[reference]
        return Span(f"R{number}", to=f"reference-{number}")

    def references_in_a_row(self, references: Sequence[Reference]) -> Line:
        """Return `R3, R5`."""
        return between([self.reference(each) for each in dict.fromkeys(references)])

    def citations_in_a_row(self, dois: Iterable[str]) -> Line:
        """Return `C1 to C4, C7` for references that the list has."""
        runs: list[list[int]] = []
        for number in sorted({self.citations[doi] for doi in dois}):
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        return between([_run(run) for run in runs])

    def citation(self, doi: str | None) -> Span | None:
        """Return `C12`, which leads to the reference in full; `None` for what the list does not have."""
        number = self.citations.get(doi or "")
        return Span(f"C{number}", to=f"citation-{number}") if number else None

    def statement(self, part: Distribution) -> Span | None:
        """Return `T2`, which leads to what sources state of `part`; `None` where none states a license."""
        number = self.statements.get(statements(part))
        return Span(f"T{number}", to=f"terms-{number}") if number else None


def _run(numbers: Sequence[int]) -> Line:
    first, last = (Span(f"C{number}", to=f"citation-{number}") for number in (numbers[0], numbers[-1]))
    if len(numbers) == 1:
        return (first,)
    return (first, Span(" to "), last)


def statements(part: Distribution) -> Statements:
    """Return what sources state of `part`, and what they stated before."""
    return part.claims, part.past


def parts_of(holding: Holding, names: Names) -> list[Distribution]:
    """Return the parts of `holding` that may have been used and that its dataset has."""
    dataset: Dataset | None = names.datasets.get(holding.dataset or "")
    return [] if dataset is None else [part for part in dataset.distributions if part.id in holding.distributions]


def finding_anchor(rule: str, verdict: Verdict | None, lifted: bool = False) -> str:
    """Return the anchor of what a rule says, as it led to `verdict`."""
    return f"finding-{rule}-{'lifted' if lifted else verdict.value if verdict else 'notice'}"


def cells_of(assessment: Assessment) -> dict[str, tuple[CellVerdict | None, ...]]:
    """Return the verdicts on each data item, in the order of the activities; `None` where one was not judged."""
    found = {(cell.holding, cell.activity): cell for cell in assessment.verdicts}
    return {
        holding.id: tuple(found.get((holding.id, activity)) for activity in assessment.activities)
        for holding in assessment.holdings
    }


def _alike(assessment: Assessment) -> tuple[tuple[str, ...], ...]:
    groups: dict[tuple[object, ...], list[str]] = {}
    for holding_id, cells in cells_of(assessment).items():
        key = tuple((cell.verdict, cell.rules) if cell else None for cell in cells)
        groups.setdefault(key, []).append(holding_id)
    return tuple(map(tuple, groups.values()))


def _numbered(keys: Iterable[_Key]) -> dict[_Key, int]:
    return {key: number for number, key in enumerate(dict.fromkeys(keys), start=1)}
