"""The decisions of reviewers in the document for legal review: in brief beside the answer, and each in full."""

from collections.abc import Iterator

from tcia_policy.model.decision import Approve, DecisionRead, Moved, RecordAnswer, Supersede, Waive
from tcia_policy.model.decision_kinds import DecisionStatus
from tcia_policy.model.evidence import EvidenceDocument
from tcia_policy.reports.answer.decisions import ToldDecision
from tcia_policy.reports.memo.cross_references import CrossReferences
from tcia_policy.reports.memo.document import Block, Bullets, Line, Paragraph, Row, Section, Span, Style, Table, Tone
from tcia_policy.reports.memo.spans import between, broken, line, mono, quiet, strong
from tcia_policy.text.english import count

ANCHOR = "annex-decisions"
MOST_TOLD = 6
CAPTION = "Each decision in the review file, who made it and on what, and whether it counts today"


def decisions_told_in_memo(told: tuple[ToldDecision, ...]) -> tuple[Block, ...]:
    """Return what the memo itself says of decisions: those that count for nothing first, then the others."""
    if not told:
        return ()
    ordered = sorted(told, key=lambda each: each.counts)
    entries = tuple(line(each.text if each.counts else strong(each.text)) for each in ordered[:MOST_TOLD])
    left = len(told) - MOST_TOLD
    annex = Span("annex on decisions", to=ANCHOR)
    more = (Paragraph(line(f"{count(left, 'more is', 'more are')} in the ", annex, ".")),) if left > 0 else ()
    return (Paragraph(line("What reviewers decided (", annex, "):")), Bullets(entries), *more)


def decisions_annex(known: CrossReferences) -> tuple[Section, ...]:
    """Return the annex on decisions; nothing where no review file was read."""
    review = known.assessment.review
    if review is None:
        return ()
    digest = line("File: ", mono(review.file), quiet(f", SHA-256 {review.digest}" if review.digest else ""))
    if not review.decisions:
        return (Section("Annex on decisions", ANCHOR, (Paragraph(digest), Paragraph(line("It has no decision.")))),)
    rows = tuple(
        Row((_name(each), _what(each), _whether(each)), f"decision-{each.decision.name}") for each in review.decisions
    )
    table = Table(CAPTION, ("Decision", "What was decided, by whom and on what", "Does it count?"), rows)
    return (Section("Annex on decisions", ANCHOR, (Paragraph(digest), table)),)


def _name(read: DecisionRead) -> Line:
    place = read.field if read.line is None else f"{read.field}, line {read.line}"
    return broken([line(mono(read.decision.name)), line(quiet(place))])


def _what(read: DecisionRead) -> Line:
    decision = read.decision
    second = f"; {decision.second_by}, {decision.second_role}" if isinstance(decision, Waive) else ""
    ids = () if isinstance(decision, Supersede) else tuple(each.id for each in decision.decides)
    return broken(
        [
            line(read.text[:1].upper() + read.text[1:]),
            line("On: ", *between([mono(id_) for id_ in ids])) if ids else (),
            line(f"By {decision.by}, {decision.role}{second}; {decision.on.isoformat()}"),
            line(f"The answer came from {decision.from_}") if isinstance(decision, RecordAnswer) else (),
            *_conditions(read),
            line(f"Evidence: {_document(decision.evidence)}") if decision.evidence else (),
            line(f"Reason: {decision.reason}") if decision.reason else (),
        ]
    )


def _conditions(read: DecisionRead) -> Iterator[Line]:
    for each in read.decision.conditions if isinstance(read.decision, Approve) else ():
        done = f"done on {each.done_on}" if each.done_on else f"due on {each.due}"
        yield line(f"Condition: {each.text} ({each.owner}, {done})")


def _document(document: EvidenceDocument) -> str:
    where = document.path or f"held by {document.held_by}, not seen by this check"
    return where + (f", SHA-256 {document.sha256}" if document.sha256 else "")


def _whether(read: DecisionRead) -> Line:
    tone = Tone.GOOD if read.status is DecisionStatus.COUNTS else Tone.CARE
    end = f", to {read.expires_on.isoformat()}" if read.expires_on else ""
    alone = f"It counts for {', '.join(read.counts_for)} alone." if read.why and read.counts_for else ""
    return broken(
        [
            line(Span(read.status.value, Style.STRONG, tone=tone), end),
            line(f"Why: {read.why}.") if read.why else (),
            line(alone),
            line(f"What would be right: {read.right}") if read.right else (),
            *(each for moved in read.moved for each in _moved(moved)),
        ]
    )


def _moved(moved: Moved) -> Iterator[Line]:
    yield line(strong(f"Changed: {moved.matter}"))
    if not moved.before:
        yield line(quiet("The review file does not have what it was decided on."))
    yield from (line(quiet("then: "), mono(each)) for each in moved.before)
    yield from (line(quiet("now: "), mono(each)) for each in moved.now)
