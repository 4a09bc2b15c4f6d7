"""The whole assessment in one line."""

from collections.abc import Sequence

from tcia_policy.model import Assessment, Duty, DutyKind, DutyStatus, HoldingKind, OtherKind, Verdict
from tcia_policy.text.english import count


def summary_line(assessment: Assessment) -> str:
    """Return `PROHIBITED: 1 of 3 datasets may not be used as planned; 2 agreements are owed; 5 references to cite.`"""
    parts = [*_verdicts(assessment), *_outputs(assessment), *_owed(assessment)]
    return f"{assessment.verdict.value.upper()}: {'; '.join(parts)}."


def _verdicts(assessment: Assessment) -> list[str]:
    stated = assessment.activities_stated
    worst = [item.verdict for item in assessment.terms]
    prohibited = worst.count(Verdict.PROHIBITED)
    unknown = worst.count(Verdict.UNDETERMINED)
    of_all = f"of {count(len(worst), _noun(assessment))}"
    parts = (
        [] if stated else [f"what is planned is not stated, so all {len(assessment.activities)} activities were judged"]
    )
    if prohibited:
        parts.append(f"{prohibited} {of_all} may not be used {'as planned' if stated else 'for some of them'}")
    if unknown:
        parts.append(f"{unknown} {'more ' if prohibited else of_all + ' '}cannot be judged")
    return parts or [_all_well(assessment)]


def _outputs(assessment: Assessment) -> list[str]:
    """Return how many outputs are cleared, where the project says of one what it comes from."""
    outputs = assessment.clearance.outputs
    if not any(item.output.has_lists for item in outputs):
        return []
    cleared = sum(item.cleared for item in outputs)
    return [f"{cleared or 'none'} of {count(len(outputs), 'output')} {'is' if cleared <= 1 else 'are'} cleared"]


def _all_well(assessment: Assessment) -> str:
    number = len(assessment.holdings)
    everything = f"{'all ' if number > 1 else ''}{count(number, _noun(assessment))}"
    if assessment.verdict is Verdict.PERMITTED:
        return f"{everything} may be used as planned"
    if assessment.verdict is Verdict.CONDITIONAL:
        return f"{everything} may be used as planned once what is owed is done"
    return "the findings on the study as a whole say why"


def _noun(assessment: Assessment) -> str:
    known = (HoldingKind.DATASET, HoldingKind.OTHER, HoldingKind.OWN)
    are_data = all(holding.kind in known and holding.content is OtherKind.DATASET for holding in assessment.holdings)
    return "dataset" if are_data else "data item"


def _owed(assessment: Assessment) -> list[str]:
    required = [duty for duty in assessment.duties if duty.required]
    is_open = [duty.kind for duty in required if duty.status is DutyStatus.OPEN]
    agreements = is_open.count(DutyKind.AGREE)
    others = len(is_open) - agreements - is_open.count(DutyKind.CITE)
    parts = [
        f"{count(agreements, 'agreement')} {'is' if agreements == 1 else 'are'} owed" if agreements else "",
        f"{count(others, 'other duty', 'other duties')} open" if others else "",
        _references([duty for duty in required if duty.kind is DutyKind.CITE]),
    ]
    return [part for part in parts if part]


def _references(owed: Sequence[Duty]) -> str:
    """Return how many references are still to cite; empty where none is owed."""
    if not owed:
        return ""
    missing = sum(duty.status is not DutyStatus.MET for duty in owed)
    return f"{count(missing, 'reference')} to cite" if missing else "all references are cited"
