"""Whether an assessment that was read from a file fits together: its verdicts must follow from what rules said."""

from tcia_policy.engine.clearance import Judged, clearance_of
from tcia_policy.engine.fail_on import with_gate
from tcia_policy.engine.findings import that_bind_cells
from tcia_policy.engine.verdicts import cells, overall
from tcia_policy.errors import InputError
from tcia_policy.model import Assessment


def refuse_changed(assessment: Assessment) -> None:
    """Raise `InputError` where one part of an assessment contradicts another: a reviewer would sign what nobody found.

    What was changed throughout is not seen; the document id tells that it is not what `report` makes of the project.
    """
    field = contradiction(assessment)
    if field is not None:
        problem = "does not follow from the findings and duties, so the file is not as `check` wrote it"
        raise InputError(problem, field=field, hint="write it again with `check --format json`")


def contradiction(assessment: Assessment) -> str | None:
    """Return the field of an assessment that does not follow from its findings and duties, or `None`.

    `check` never writes such an assessment, so it was changed since.
    """
    found, findings, duties = assessment.verdicts, assessment.findings, assessment.duties
    ids = {holding.id for holding in assessment.holdings}
    of_duties = {id_ for duty in duties for id_ in duty.holdings}
    of_findings = {finding.holding for finding in findings if finding.holding is not None}
    if not {cell.holding for cell in found} | of_duties | of_findings <= ids:
        return "holdings"
    judged = {
        (cell.holding, cell.activity): cell.verdict
        for cell in cells(assessment.holdings, assessment.activities, that_bind_cells(findings), duties, "")
    }
    if any(judged.get((cell.holding, cell.activity)) is not cell.verdict for cell in found):
        return "verdicts"
    stated = assessment.activities_stated
    if assessment.holdings and not found:
        return "verdict"
    if overall(assessment.holdings, found, findings, activities_stated=stated) is not assessment.verdict:
        return "verdict"
    whole = Judged(assessment.activities, stated, assessment.verdict, found, findings, duties)
    follows = clearance_of(whole, assessment.project.use.outputs or (), assessment.holdings)
    if follows != assessment.clearance:
        return "clearance"
    return "gate" if _has_another_gate(assessment) else None


def _has_another_gate(assessment: Assessment) -> bool:
    """Return whether the gate is not what follows from the project, or from the option that states it."""
    gate = assessment.gate
    by_option = gate.fail_on if gate is not None and gate.by == "option" else None
    return with_gate(assessment, by_option).gate != gate
