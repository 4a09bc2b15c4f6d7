"""What reviewers can decide of a case: what is open, what is prohibited, and what is owed and not met."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tcia_policy.engine.basis import Basis, as_basis
from tcia_policy.engine.case import Case
from tcia_policy.engine.evidence_in_activity import Situations
from tcia_policy.engine.matter_ids import ON_ITS_OWN, HitMatter, is_prohibition, matters_of_hit
from tcia_policy.engine.rule_hits import Read, RuleHit
from tcia_policy.files.digests import digest_of_basis, digest_of_text
from tcia_policy.lazy import dataclass
from tcia_policy.model import Duty, DutyStatus, Holding
from tcia_policy.model.matter import Matter, MatterKind
from tcia_policy.model.question_kinds import QuestionKind
from tcia_policy.text.sanitize import clean

if TYPE_CHECKING:
    from tcia_policy.model.question import Question


@dataclass(frozen=True)
class Undecided:
    """What an assessment leaves to decide: the rules that count, the questions and the duties."""

    hits: Sequence[RuleHit]
    questions: Sequence["Question"]
    duties: Sequence[Duty]


def matters_of(case: Case, readings: Read, undecided: Undecided) -> tuple[Matter, ...]:
    """Return every matter of a case in the order of their ids. `readings` are those of its data items."""
    basis = Basis(case)
    read = {holding.id: (holding, facts) for holding, facts in readings}
    found = [
        *(_of_hit(hit, matter, basis) for hit in undecided.hits for matter in matters_of_hit(hit)),
        *(_of_question(question, basis, read) for question in undecided.questions if question.kind in ON_ITS_OWN),
        *(_of_duty(duty, basis, read) for duty in undecided.duties if is_owed(duty)),
    ]
    return tuple(sorted(_each_once(found), key=lambda matter: matter.id))


def is_owed(duty: Duty) -> bool:
    """Return whether a duty is required and not met."""
    return duty.required and duty.status is not DutyStatus.MET


def with_matters(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """Return the duties, each that is owed with its own id as what can be decided of it."""
    return tuple(duty.model_copy(update={"matters": (duty.id,)}) if is_owed(duty) else duty for duty in duties)


def _each_once(matters: Iterable[Matter]) -> Iterator[Matter]:
    """Yield the matters; those with one id are one, decided on the lines of them all."""
    alike: dict[str, list[Matter]] = {}
    for matter in matters:
        alike.setdefault(matter.id, []).append(matter)
    for group in alike.values():
        yield group[0] if len(group) == 1 else _together(group)


def _together(group: Sequence[Matter]) -> Matter:
    lines = as_basis(line for matter in group for line in matter.basis)
    first = min(group, key=lambda matter: (matter.kind is not MatterKind.PROHIBITION, matter.text))
    return first.model_copy(update={"basis": lines, "digest": digest_of_basis(lines)})


def _of_hit(hit: RuleHit, matter: HitMatter, basis: Basis) -> Matter:
    lines = basis.of_hit(hit, matter)
    return Matter(
        id=matter.id,
        kind=MatterKind.PROHIBITION if is_prohibition(hit) else MatterKind.QUESTION,
        text=_text(hit, matter),
        digest=digest_of_basis(lines),
        basis=lines,
        rule=hit.rule.id,
        holding=None if hit.holding is None else hit.holding.id,
        activity=hit.activity,
    )


def _text(hit: RuleHit, matter: HitMatter) -> str:
    """Return what is decided in a line: `A license forbids it: LIDC-IDRI (Images), release-model, model under MIT`."""
    name = None if hit.holding is None else hit.holding.name
    if name is not None and matter.part is not None:
        name = f"{name} ({matter.part.title})"
    output = None if matter.output is None else " under ".join(filter(None, matter.output))
    about = ", ".join(filter(None, (name, hit.activity.value, output)))
    return clean(f"{hit.rule.text.title}: {about}")


def _of_question(question: "Question", basis: Basis, read: dict[str, tuple[Holding, Situations]]) -> Matter:
    lines = _lines(question, basis, read)
    return Matter(
        id=question.id,
        kind=MatterKind.QUESTION,
        text=clean(question.text),
        digest=digest_of_basis(lines),
        basis=lines,
        holding=_holding_of(question),
    )


def _holding_of(question: "Question") -> str | None:
    """Return the data item that a question on parts or on a license is about."""
    if question.kind not in (QuestionKind.PARTS, QuestionKind.LICENSE):
        return None
    return next((cell.holding for cell in question.cells if cell.holding is not None), None)


def _lines(question: "Question", basis: Basis, read: dict[str, tuple[Holding, Situations]]) -> tuple[str, ...]:
    holding = _holding_of(question)
    if holding is not None:
        return basis.of_license(*read[holding])
    if question.kind is QuestionKind.EVIDENCE:
        return basis.of_evidence(question.field or "")
    return basis.of_fact(question.id)


def _of_duty(duty: Duty, basis: Basis, read: dict[str, tuple[Holding, Situations]]) -> Matter:
    """Return a duty as a matter. Of the manuscript, only that is in its basis whether it was looked for there."""
    lines = [basis.rule_of(duty.rule), f"duty: {duty.kind.value}", f"status: {duty.status.value}"]
    lines += [f"reference: {duty.doi}"] if duty.doi else []
    lines += [f"wording: sha256 {digest_of_text(wording)}" for wording in duty.wordings]
    lines += [f"printed: {' or '.join(group)}" for group in duty.printed]
    lines += [f"accession: {name}" for name in duty.accessions]
    for holding, situations in (read[id_] for id_ in duty.holdings):
        lines += [*basis.of_item(holding), *basis.of_notices(holding, duty), *basis.of_license_named(duty, situations)]
    basis_lines = as_basis(lines)
    return Matter(
        id=duty.id,
        kind=MatterKind.DUTY,
        text=clean(duty.text),
        digest=digest_of_basis(basis_lines),
        basis=basis_lines,
        rule=duty.rule,
        holding=duty.holdings[0] if len(duty.holdings) == 1 else None,
    )
