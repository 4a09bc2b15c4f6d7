"""Assessments with decisions of reviewers, for the tests of the formats of the gate."""

from datetime import date

from tcia_policy.model import Assessment, DutyStatus
from tcia_policy.model.decision import DecisionRead, ReviewRead
from tcia_policy.model.decision_kinds import DecisionStatus
from tcia_policy.model.question import Question, QuestionCell, QuestionKind
from tests.reports.assessments import ACTIVITIES, EVIL_SAMPLE, SAMPLE

DIGEST = "0" * 64
ASKED = Question(
    id="cc-noncommercial/Phantom FDA",
    kind=QuestionKind.LICENSE,
    text="Which license do the images of Phantom FDA have?",
    because="The sources state different licenses.",
    cells=tuple(QuestionCell(holding="Phantom FDA", activity=activity) for activity in ACTIVITIES),
    rules=("cc-noncommercial",),
    line=12,
    matters=("license/Phantom FDA/images",),
)
BY_KIND: dict[str, dict[str, object]] = {
    "accept": {},
    "reject": {},
    "refer": {"to": "counsel", "asked_on": "2026-11-02"},
}


def decision(kind: str, name: str, matter: str, status: DecisionStatus, **read: object) -> DecisionRead:
    """Return a decision of this kind and name on one matter, as it was read."""
    made = {
        "kind": kind,
        "name": name,
        "decides": [{"id": matter, "digest": DIGEST}],
        "by": "R. Lee",
        "role": "data-steward",
        "on": "2026-11-01",
        **BY_KIND[kind],
    }
    values = {"decision": made, "status": status, "text": f"{kind}s it", "field": "decisions[0]", "line": 3}
    return DecisionRead.model_validate(values | read)


def with_review(*read: DecisionRead, decided_by: tuple[str, ...] = (), rejected_by: tuple[str, ...] = ()) -> Assessment:
    """Return `SAMPLE` with one question and one open duty, both decided by those named, and these decisions."""
    duties = tuple(
        duty.model_copy(update={"decided_by": decided_by, "matters": (duty.id,)})
        if duty.required and duty.status is DutyStatus.OPEN
        else duty
        for duty in SAMPLE.duties
    )
    return SAMPLE.model_copy(
        update={
            "project_file": "tcia-policy.yaml",
            "questions": (ASKED.model_copy(update={"decided_by": decided_by}),),
            "duties": duties,
            "review": ReviewRead(file="review.yaml", decisions=read, rejected_by=rejected_by),
        }
    )


ACCEPTED = with_review(
    decision("accept", "phantom", ASKED.matters[0], DecisionStatus.COUNTS, expires_on=date(2027, 5, 1)),
    decided_by=("phantom",),
)
REFERRED = with_review(decision("refer", "asked", ASKED.matters[0], DecisionStatus.COUNTS))
STALE = with_review(
    decision(
        "accept",
        "phantom",
        ASKED.matters[0],
        DecisionStatus.STALE,
        why="The license changed.",
        right="Decide it again.",
    )
)
REJECTED = with_review(decision("reject", "no", ASKED.matters[0], DecisionStatus.COUNTS), rejected_by=("no",))

HOSTILE = (
    "x\n::error file=a::b ##[set-env name=A;]1 ]]> <script>alert(1)</script> [a](javascript:b) "
    "\x1b[2J \u202egpj.exe %0A%25 \x00\ufffe"
)
HOSTILE_FILE = "a,b:c%\n::error ::x\x1b[31m\u202e <b>.tex"


def hostile() -> Assessment:
    """Return an assessment with harm in titles, reasons, ids, decisions and names of files."""
    findings = tuple(
        item.model_copy(update={"title": HOSTILE, "because": HOSTILE, "remedy": HOSTILE, "at": (f"{HOSTILE_FILE}:7",)})
        for item in EVIL_SAMPLE.findings
    )
    duties = tuple(
        item.model_copy(update={"text": HOSTILE, "evidence": HOSTILE, "title": HOSTILE, "at": (HOSTILE_FILE,)})
        for item in EVIL_SAMPLE.duties
    )
    question = ASKED.model_copy(update={"id": HOSTILE, "text": HOSTILE, "because": HOSTILE, "remedy": HOSTILE})
    read = decision("accept", "bad", HOSTILE, DecisionStatus.STALE, why=HOSTILE, right=HOSTILE, text=HOSTILE)
    return EVIL_SAMPLE.model_copy(
        update={
            "project_file": HOSTILE_FILE,
            "findings": findings,
            "duties": duties,
            "questions": (question,),
            "review": ReviewRead(file=HOSTILE_FILE, decisions=(read,)),
        }
    )
