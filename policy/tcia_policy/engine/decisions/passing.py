"""What decisions let pass: questions and duties of which every matter is decided. No verdict changes."""

from collections.abc import Mapping, Sequence

from tcia_policy.engine.decided import DecidedCase
from tcia_policy.model import Assessment
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
    return assessment.model_copy(
        update={
            "questions": questions,
            "duties": duties,
            "review": decided.read,
        }
    )


def _passed_by(ids: Sequence[str], matters: Mapping[str, Matter], decided: DecidedCase) -> tuple[str, ...]:
    """Return the decisions that let something pass; none if any of its matters is left open."""
    by = [decided.passed_by(matters[id_]) if id_ in matters else () for id_ in ids]
    return tuple(dict.fromkeys(name for names in by for name in names)) if all(by) else ()
