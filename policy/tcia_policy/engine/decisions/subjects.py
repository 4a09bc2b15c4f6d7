"""What decisions are about: the matters of an assessment, each with the question that it belongs to."""

from collections.abc import Iterable, Iterator
from dataclasses import field

from tcia_policy.engine.recorded_evidence import POSITION
from tcia_policy.evidence.observations import SHORT_HASH
from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment
from tcia_policy.model.decision import Decided, Decision, Moved, Review, Supersede, TakePosition
from tcia_policy.model.decision_kinds import DecisionKind
from tcia_policy.model.evidence import EvidenceDocument
from tcia_policy.model.matter import Matter
from tcia_policy.model.question import Question, QuestionKind


@dataclass(frozen=True)
class Subject:
    """A matter, with the questions that wait for it. `own` is the question that is the matter itself, if one is."""

    matter: Matter
    questions: tuple[Question, ...] = ()

    @property
    def own(self) -> Question | None:
        """Return the question that has the matter's id: on a license, a fact, parts or evidence."""
        return next((each for each in self.questions if each.id == self.matter.id), None)


@dataclass
class Subjects:
    """All matters seen so far, by their id and digest: in the case as it is, and with what reviewers settled.

    `latest` has what each id is in the newest of these cases. `lifted` has, by the id of a finding, the evidence
    because of which it does not count.
    """

    by_digest: dict[str, dict[str, Subject]] = field(default_factory=dict)
    latest: dict[str, Subject] = field(default_factory=dict)
    lifted: dict[str, str] = field(default_factory=dict)

    def add(self, assessment: Assessment) -> None:
        """Note the matters of an assessment."""
        self.note(_subjects(assessment))
        for finding in assessment.findings:
            if finding.lifted_by is not None:
                self.lifted[finding.id] = f"{self.lifted.get(finding.id, '')}\n{finding.lifted_by}"

    def note(self, subjects: Iterable[Subject]) -> None:
        """Note matters with their questions."""
        for subject in subjects:
            self.by_digest.setdefault(subject.matter.id, {})[subject.matter.digest] = subject
            self.latest[subject.matter.id] = subject

    def is_lifted_by(self, id_: str, document: EvidenceDocument) -> bool:
        """Return whether a document lifts the rule that a matter was about, and nothing is left of that."""
        shown = (
            f"held by {document.held_by}; not seen"
            if document.path is None
            else f"evidence: {document.path}, SHA-256 {(document.sha256 or '-')[:SHORT_HASH]}..."
        )
        return self.is_lifted(id_, shown)

    def is_lifted(self, id_: str, shown: str = "") -> bool:
        """Return whether evidence, if any that reads as is `shown`, lifts what a matter was about, and all of it."""
        return not self.knows(id_) and any(
            shown in lines and f"{id_}/".startswith(f"{finding}/") for finding, lines in self.lifted.items() if finding
        )

    def knows(self, id_: str) -> bool:
        """Return whether there is a matter of this id."""
        return id_ in self.by_digest

    def found(self, decided: Decided) -> Subject | None:
        """Return the matter that was decided, if its substance is still the same."""
        return self.by_digest.get(decided.id, {}).get(decided.digest)

    def beside(self, subject: Subject) -> Iterator[Matter]:
        """Yield the other open questions of the same rule on the same data item and activity."""
        own = subject.matter
        for each in self.latest.values():
            other = each.matter
            alike = (other.kind, other.rule, other.holding, other.activity) == (
                own.kind,
                own.rule,
                own.holding,
                own.activity,
            )
            if alike and other.id != own.id:
                yield other

    def moved(self, decided: Decided, review: Review) -> Moved:
        """Return what changed of a matter since it was decided: the lines that it lost and gained."""
        now = self.latest[decided.id].matter.basis
        then = review.bases.get(decided.digest, ())
        return Moved(
            matter=decided.id,
            before=tuple(line for line in then if line not in now),
            now=tuple(line for line in now if line not in then),
        )


def _subjects(assessment: Assessment) -> Iterable[Subject]:
    asked: dict[str, list[Question]] = {}
    for question in assessment.questions:
        for id_ in question.matters:
            asked.setdefault(id_, []).append(question)
    return (Subject(matter, tuple(asked.get(matter.id, ()))) for matter in assessment.matters)


def what_counts_of(decision: Decision) -> tuple[Decided, ...]:
    """Return what a decision decides.

    A license, a position and whether a grant counts are one matter each, whatever rules wait for it. So of a decision
    that settles one of these, that matter counts alone, if it is named.
    """
    if isinstance(decision, Supersede):
        return ()
    own = tuple(each for each in decision.decides if _is_own(each.id, decision))
    return own or decision.decides


def _is_own(id_: str, decision: Decision) -> bool:
    if isinstance(decision, TakePosition):
        return id_ == POSITION
    beginning = {DecisionKind.CONCLUDE: QuestionKind.LICENSE, DecisionKind.ANSWER: QuestionKind.EVIDENCE}
    kind = beginning.get(decision.kind)
    return kind is not None and id_.startswith(f"{kind.value}/")
