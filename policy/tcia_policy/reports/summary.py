"""The one line that says it all."""

from collections.abc import Iterable

from tcia_policy.model import Assessment, Duty, DutyKind, DutyStatus, HoldingKind, Verdict
from tcia_policy.text.english import count


def summary_line(assessment: Assessment) -> str:
    """Return `PROHIBITED: 1 of 3 datasets may not be used as planned; 2 agreements are owed; 5 references to cite.`"""
    parts = [*_verdicts(assessment), *_owed(assessment)]
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


def _all_well(assessment: Assessment) -> str:
    number = len(assessment.holdings)
    everything = f"{'all ' if number > 1 else ''}{count(number, _noun(assessment))}"
    if assessment.verdict is Verdict.PERMITTED:
        return f"{everything} may be used as planned"
    if assessment.verdict is Verdict.CONDITIONAL:
        return f"{everything} may be used as planned once what is owed is done"
    return "the findings on the study as a whole say why"


def _noun(assessment: Assessment) -> str:
    known = (HoldingKind.DATASET, HoldingKind.OTHER)
    return "dataset" if all(holding.kind in known for holding in assessment.holdings) else "data item"


def _owed(assessment: Assessment) -> list[str]:
    required = [duty for duty in assessment.duties if duty.required]
    agreements = _open(duty for duty in required if duty.kind is DutyKind.AGREE)
    others = _open(duty for duty in required if duty.kind not in (DutyKind.AGREE, DutyKind.CITE))
    references = [duty for duty in required if duty.kind is DutyKind.CITE and duty.status is not DutyStatus.MET]
    cited = any(duty.kind is DutyKind.CITE for duty in required) and not references
    parts = [
        f"{count(agreements, 'agreement')} {'is' if agreements == 1 else 'are'} owed" if agreements else "",
        f"{count(others, 'other duty', 'other duties')} open" if others else "",
        f"{count(len(references), 'reference')} to cite" if references else "all references are cited" if cited else "",
    ]
    return [part for part in parts if part]


def _open(duties: Iterable[Duty]) -> int:
    return sum(duty.status is DutyStatus.OPEN for duty in duties)
