"""What decisions let pass: questions and duties of which every matter is decided. No verdict changes."""

from collections.abc import Iterable, Mapping, Sequence

from tcia_policy.engine.decided import DecidedCase
from tcia_policy.model import Assessment, Clearance, DutyStatus, Objection
from tcia_policy.model.matter import Matter


def with_what_passes(assessment: Assessment, decided: DecidedCase) -> Assessment:
    """Return the assessment with its decisions, each question and duty with those that let it pass the gate."""
    matters = {matter.id: matter for matter in assessment.matters}
    questions = tuple(
        each.model_copy(update={"decided_by": _passed_by(each.matters, matters, decided)})
        for each in assessment.questions
    )
    duties = tuple(
        each.model_copy(update={"decided_by": _passed_by(each.matters, matters, decided)}) for each in assessment.duties
    )
    of_duties = _if_all((duty.rule, duty.text, duty.decided_by) for duty in duties if duty.status is DutyStatus.OPEN)
    of_findings = _if_all(
        (each.rule, each.holding, _passed_by(each.matters, matters, decided))
        for each in assessment.findings
        if each.lifted_by is None and each.verdict is not None
    )
    return assessment.model_copy(
        update={
            "questions": questions,
            "duties": duties,
            "review": decided.read,
            "clearance": _with_decisions(assessment.clearance, of_duties, of_findings),
        }
    )


def _passed_by(ids: Sequence[str], matters: Mapping[str, Matter], decided: DecidedCase) -> tuple[str, ...]:
    """Return the decisions that let something pass; none if any of its matters is left open."""
    by = [decided.passed_by(matters[id_]) if id_ in matters else () for id_ in ids]
    return tuple(dict.fromkeys(name for names in by for name in names)) if all(by) else ()


By = Mapping[tuple[str, str | None], tuple[str, ...]]
"""Decisions by the rule, and by the text of a duty or the data item of a finding."""


def _if_all(found: Iterable[tuple[str, str | None, tuple[str, ...]]]) -> By:
    """Return the decisions on what reads the same; none where one of these is left open."""
    by: dict[tuple[str, str | None], list[tuple[str, ...]]] = {}
    for rule, of, names in found:
        by.setdefault((rule, of), []).append(names)
    return {
        key: tuple(dict.fromkeys(name for names in each for name in names)) for key, each in by.items() if all(each)
    }


def _with_decisions(
    clearance: Clearance,
    of_duties: By,
    of_findings: By,
) -> Clearance:
    """Return the clearance with the decisions on what stands against a release, which stands all the same."""

    def named(objections: Iterable[Objection]) -> tuple[Objection, ...]:
        return tuple(each.model_copy(update={"decided_by": _on(each)}) for each in objections)

    def _on(each: Objection) -> tuple[str, ...]:
        if each.rule is None:
            return ()
        found = of_findings.get((each.rule, each.holding), ()) if each.verdict is not None else ()
        return found or of_duties.get((each.rule, each.text), ())

    outputs = tuple(output.model_copy(update={"objections": named(output.objections)}) for output in clearance.outputs)
    changes = {
        "objections": named(clearance.objections),
        "findings": named(clearance.findings),
        "outputs": outputs,
    }
    return clearance.model_copy(update=changes)
