"""Entries of a cohort apart, by what may be done with them: each in a class, of which the worst counts."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field

from tcia_policy.cohorts.entry_rows import EntryRow
from tcia_policy.lazy import dataclass
from tcia_policy.model import Access, Assessment, HoldingTerms, Verdict

NOT_FOUND = "not-found"
NOT_UNDERSTOOD = "not-understood"
WITHOUT_ENTRY = "without-entry"
MIXED = "several-licenses"
CONTROLLED = "controlled"
LICENSE_IN_DOUBT = "license-in-doubt"
_NOT_OF_NAMES = re.compile(r"[^a-z0-9.]+")
# The best first; what is not found is unknown, and so worse than what may be decided.
BY_VERDICT = (Verdict.PERMITTED.value, Verdict.CONDITIONAL.value, Verdict.UNDETERMINED.value, NOT_FOUND)
WORST = Verdict.PROHIBITED.value


@dataclass(frozen=True)
class Apart:
    """The class of each data item, and how two classes of one entry are made one.

    By `worst`, an entry that is in two classes is in the worse one.
    """

    of_holding: Mapping[str, str]
    worst: Callable[[Iterable[str]], str]

    def of_row(self, row: EntryRow) -> str:
        """Return the class of an entry. One that is not found has its own, unless its row names its dataset."""
        classes = [self.of_holding[id_] for id_ in row.holdings if id_ in self.of_holding]
        if not classes or len(classes) < len(row.holdings):
            classes.append(NOT_FOUND)
        return self.worst(classes)


def by_verdict(assessment: Assessment) -> Apart:
    """Return the classes by the verdict on each data item, the worst of all activities that are judged."""
    verdicts = {terms.holding: terms.verdict.value for terms in assessment.terms}
    return Apart(_with_not_found(verdicts, assessment), _worst_verdict)


def by_license(assessment: Assessment) -> Apart:
    """Return the classes by the license that governs each data item; controlled access is a class of its own."""
    return Apart(_with_not_found({each.holding: _license(each) for each in assessment.terms}, assessment), _one_license)


def _with_not_found(classes: Mapping[str, str], assessment: Assessment) -> dict[str, str]:
    missing = {each.id for each in assessment.holdings if each.kind.value == "not-in-idc-index"}
    return {id_: NOT_FOUND if id_ in missing else each for id_, each in classes.items()}


def _worst_verdict(classes: Iterable[str]) -> str:
    order = (*BY_VERDICT, WORST)
    return max(classes, key=order.index)


def _one_license(classes: Iterable[str]) -> str:
    """Return the class of what is in several: the one that says the least of what may be done with it."""
    several = set(classes)
    if len(several) == 1:
        return several.pop()
    return next((each for each in (NOT_FOUND, CONTROLLED) if each in several), MIXED)


def _license(terms: HoldingTerms) -> str:
    if any(part.access is Access.CONTROLLED for part in terms.parts):
        return CONTROLLED
    governing = {part.governing for part in terms.parts}
    stated = next(iter(governing)) if len(governing) == 1 else None
    return LICENSE_IN_DOUBT if stated is None else _NOT_OF_NAMES.sub("-", stated.lower()).strip("-") or LICENSE_IN_DOUBT


@dataclass
class ClassesOfEntries:
    """The class of each entry of one cohort: of an entry in several rows, the worst."""

    apart: Apart
    found: dict[str, str] = field(default_factory=dict)

    def add(self, row: EntryRow) -> None:
        """Note a row."""
        here = self.apart.of_row(row)
        before = self.found.get(row.entry)
        self.found[row.entry] = here if before is None else self.apart.worst((before, here))
