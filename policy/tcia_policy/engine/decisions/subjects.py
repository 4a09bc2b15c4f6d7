"""What decisions are about: the matters of an assessment, each with the question that it belongs to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tcia_policy.model import Assessment
from tcia_policy.model.decision import Decided, Moved, Review
from tcia_policy.model.matter import Matter
from tcia_policy.model.question import Question


@dataclass(frozen=True)
class Subject:
    """A matter, with the question that asks it, if one does. `is_lifted`: evidence lifts the rule that it is about."""

    matter: Matter
    question: Question | None = None
    is_lifted: bool = False


@dataclass
class Subjects:
    """All matters seen so far, by their id and digest: in the case as it is, and with what reviewers settled.

    `latest` has what each id is in the newest of these cases.
    """

    by_digest: dict[str, dict[str, Subject]] = field(default_factory=dict)
    latest: dict[str, Subject] = field(default_factory=dict)

    def add(self, assessment: Assessment) -> None:
        """Note the matters of an assessment."""
        for subject in _subjects(assessment):
            self.by_digest.setdefault(subject.matter.id, {})[subject.matter.digest] = subject
            self.latest[subject.matter.id] = subject

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
    asked = {id_: question for question in assessment.questions for id_ in question.matters}
    lifted = {id_ for finding in assessment.findings if finding.lifted_by is not None for id_ in finding.matters}
    for matter in assessment.matters:
        yield Subject(matter, asked.get(matter.id), matter.id in lifted)
