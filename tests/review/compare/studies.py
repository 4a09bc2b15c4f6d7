"""Studies to compare: the sample of the reports, with questions, matters and decisions."""

from collections.abc import Sequence
from datetime import date

from tcia_policy.files.digests import digest_of_text
from tcia_policy.model import Activity, Assessment
from tcia_policy.model.decision import Accept, Decided, DecisionRead, ReviewRead
from tcia_policy.model.decision_kinds import DecisionKind, DecisionStatus
from tcia_policy.model.matter import Matter, MatterKind
from tcia_policy.model.question import Question, QuestionCell, QuestionKind
from tests.reports.assessments import SAMPLE

ITEM = "LIDC-IDRI"
ASKED = f"license/{ITEM}"


def matter(id_: str, *basis: str, rule: str | None = None) -> Matter:
    """Return a matter that rests on these lines."""
    digest = digest_of_text("\n".join(sorted(basis)))
    return Matter(id=id_, kind=MatterKind.QUESTION, text=f"On {id_}", digest=digest, basis=basis, rule=rule)


def question(id_: str, *decided_by: str, matters: Sequence[str] = ()) -> Question:
    """Return a question on the sample's first data item, decided or not."""
    return Question(
        id=id_,
        kind=QuestionKind.LICENSE,
        text=f"Which license holds ({id_})?",
        because="Sources disagree.",
        cells=(QuestionCell(holding=ITEM, activity=Activity.TRAIN_MODEL),),
        rules=("cc-noncommercial",),
        matters=tuple(matters) or (id_,),
        decided_by=decided_by,
    )


def decision(name: str, status: DecisionStatus, *decides: str, why: str | None = None) -> DecisionRead:
    """Return a decision on these matters as it was read."""
    made = Accept(
        kind=DecisionKind.ACCEPT,
        name=name,
        decides=tuple(Decided(id=each, digest="0" * 64) for each in decides),
        by="R. Reviewer",
        role="counsel",
        on=date(2026, 11, 1),
    )
    return DecisionRead(decision=made, status=status, text="accepts it", field="decisions[0]", why=why)


def with_review(assessment: Assessment, *decisions: DecisionRead) -> Assessment:
    """Return the assessment with these decisions."""
    return assessment.model_copy(update={"review": ReviewRead(file="review.yaml", decisions=decisions)})


ASKING = SAMPLE.model_copy(
    update={
        "questions": (question(ASKED), question("purpose")),
        "matters": (
            matter(ASKED, "claim: CC-BY-3.0 by NBIA", "rule cc-x: prohibits commercial use", rule="cc-x"),
            matter("purpose", "fact use.purpose unknown"),
        ),
    }
)
