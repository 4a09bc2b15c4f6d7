"""The document for legal review: a memo of two pages at most, then annexes that it refers to."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from tcia_policy.model import Activity, Assessment, Duty, DutyKind, DutyStatus, FactDays, Finding, HoldingKind, Verdict
from tcia_policy.reports.answer.answer import Answer, answer
from tcia_policy.reports.answer.asked import AskedQuestion
from tcia_policy.reports.answer.blockers import Blocker
from tcia_policy.reports.answer.matrix import STUDY
from tcia_policy.reports.answer.matrix import Row as MatrixRow
from tcia_policy.reports.fact_days import line_on_age
from tcia_policy.reports.json_report import render_json
from tcia_policy.reports.labels import DUTY_ORDER, activity_names, in_a_row, outputs
from tcia_policy.reports.memo.annex_basis import evidence_annex, position_line, sources_annex, versions_annex
from tcia_policy.reports.memo.annex_decisions import decisions_annex, decisions_told_in_memo
from tcia_policy.reports.memo.annex_duties import duties_annex, references_annex
from tcia_policy.reports.memo.annex_findings import findings_annex
from tcia_policy.reports.memo.annex_items import finding_link, items_annex, reason_of
from tcia_policy.reports.memo.annex_questions import answer_line, letter_link, questions_annex
from tcia_policy.reports.memo.changes import changes_annex, changes_section
from tcia_policy.reports.memo.cross_references import CrossReferences, finding_anchor
from tcia_policy.reports.memo.document import (
    Block,
    Bullets,
    Document,
    Fields,
    Line,
    Paragraph,
    Row,
    Section,
    Signature,
    Span,
    Table,
)
from tcia_policy.reports.memo.letters import Letter, addressee, letters, reach
from tcia_policy.reports.memo.spans import VERDICT_TONE, between, broken, line, mono, quiet, strong
from tcia_policy.reports.release_sentences import not_looked_at
from tcia_policy.text.english import count

MOST_ROWS, MOST_NAMES, MOST_QUESTIONS, MOST_REMEDIES = 12, 6, 8, 2  # in the memo; the annexes have all
UNTITLED = "Untitled study"
MATRIX_MEANS = (
    "What may be done with which data. ok: nothing stands against it; to do: once what is owed is done; ?1: question 1 "
    "is open; no: not permitted as planned; -: not done. Each word leads to its reason."
)
MOST_NOTES = 6
_ANNEX_F = Span("Annex F", to="annex-evidence")
_ANNEXES_OF_NOTES = (Span("Annex B", to="annex-findings"), Span(" and "), _ANNEX_F)
SHORT_ID = 12  # hexadecimal digits, as the footer has them
NOT_ASSESSED = (
    "Exceptions to copyright, such as fair use, and for research or text and data mining.",
    "Other laws: on privacy, medical devices, patents, export and competition; and the rules of your institution.",
    "Whether ethics approval or the consent of participants covers this use.",
)
STATES_MEAN = (
    "met: the evidence is there; open: it was looked for and is not there; unverified: there was nothing to look in, "
    "or no paper can show it."
)
SIGNED = ("Decision", "Name", "Role", "Date", "Signature")


def document_id(assessment: Assessment) -> str:
    """Return the SHA-256 of the assessment as JSON, in hexadecimal: the document is known by it."""
    return sha256(render_json(assessment).encode()).hexdigest()


def review_document(assessment: Assessment) -> Document:
    """Return the memo and its annexes. They look up, group and tell once what the assessment has, and judge nothing."""
    known = CrossReferences.of(assessment)
    found = answer(assessment)
    digest = document_id(assessment)
    day = assessment.as_of.isoformat()
    changes = assessment.changes
    memo = (
        *(() if changes is None else (changes_section(changes),)),
        _asked(assessment),
        _answer(found, known),
        _blocks(found, known),
        _open(found, known),
        _conditions(assessment),
        _not_assessed(assessment),
        _signature(digest, day),
    )
    annexes = (
        findings_annex(found.questions, known),
        duties_annex(known),
        references_annex(known),
        questions_annex(found.questions, known),
        evidence_annex(known),
        sources_annex(known),
        versions_annex(known, digest),
        *decisions_annex(known),
        *(() if changes is None else (changes_annex(changes),)),
    )
    return Document(
        title=found.first_line.title or UNTITLED,
        id=digest,
        day=day,
        answer=f"{found.first_line.word}: {'; '.join(found.first_line.reasons)}.",
        tone=VERDICT_TONE[assessment.verdict],
        sections=(*memo, items_annex(known), *annexes),
        footer=f"Document {digest[:SHORT_ID]}, as of {day}. An aid to review, not legal advice.",
    )


def _asked(assessment: Assessment) -> Section:
    use = assessment.project.use
    all_judged = "" if assessment.activities_stated else " (none were stated; all were judged)"
    entries = (
        ("Purpose", line(use.purpose.value if use.purpose else "not stated")),
        ("Activities", line(activity_names(assessment.activities) + all_judged)),
        ("Outputs", line(outputs(assessment.project))),
        *_stated_by_release(assessment),
        ("Country", line(use.country or "not stated")),
        ("As of", line(assessment.as_of.isoformat())),
    )
    return Section("1. What was asked", "asked", (Fields(entries),))


def _stated_by_release(assessment: Assessment) -> Iterator[tuple[str, Line]]:
    """Yield the licenses that files of the release state, each with its place: their outputs were judged as well."""
    read = assessment.release
    if read is None:
        return
    said = [each for file in read.files for each in file.says if each.topic == "license"]
    places = in_a_row([f"{each.license or 'a license that was not understood'} in {each.place}" for each in said])
    stated = f"{places}; each of these licenses was judged" if said else "no license"
    yield "Release", line(f"{in_a_row(read.paths)}, whose files state {stated}")


def _answer(found: Answer, known: CrossReferences) -> Section:
    blocks: list[Block] = [Paragraph(line(strong(note))) for note in found.notes[:MOST_NOTES]]
    if len(found.notes) > MOST_NOTES:
        more = count(len(found.notes) - MOST_NOTES, "more thing", "more things")
        blocks.append(Paragraph(line(strong(f"{more} to know: "), *_ANNEXES_OF_NOTES, ".")))
    rows = found.matrix.rows
    if rows:
        blocks.append(_matrix(found, known))
    if len(rows) > MOST_ROWS:
        more = count(len(rows) - MOST_ROWS, "more row", "more rows")
        blocks.append(Paragraph(line(f"{more}: ", Span("Annex A", to="verdicts"), " has all.")))
    cleared = [
        line(f"{item.output.name}: {'cleared' if item.cleared else 'not cleared'}")
        for item in known.assessment.clearance.outputs
    ]
    if cleared:
        blocks.append(Paragraph(line("Outputs: ", *between(cleared, "; "), " (", Span("Annex A", to="outputs"), ").")))
    rests_on = tuple(_rests_on(known))
    if rests_on:
        blocks += [
            Paragraph(line("The answer rests on what the project records (", _ANNEX_F, "):")),
            Bullets(rests_on[:MOST_NOTES]),
        ]
    if len(rests_on) > MOST_NOTES:
        more = count(len(rests_on) - MOST_NOTES, "more is", "more are")
        blocks.append(Paragraph(line(f"{more} in ", _ANNEX_F, ".")))
    blocks += decisions_told_in_memo(found.decisions)
    blocks.append(Paragraph(line(quiet(known.assessment.disclaimer))))
    return Section("2. Answer", "answer", tuple(blocks))


def _rests_on(known: CrossReferences) -> Iterator[Line]:
    """Yield each piece of evidence on which the answer rests: what it lifts, and which agreements it shows."""
    assessment = known.assessment
    lifted: dict[str, list[Finding]] = {}
    for finding in assessment.findings:
        if finding.lifted_by is not None:
            lifted.setdefault(finding.lifted_by, []).append(finding)
    for evidence, findings in lifted.items():
        rules = between([_lifted(rule, known) for rule in dict.fromkeys(finding.rule for finding in findings)])
        yield line(
            f"{_capital(evidence)}: lifts ",
            *rules,
            " for ",
            *_items_of([(each.holding,) for each in findings], known),
            ".",
        )
    signed: dict[str, list[Duty]] = {}
    for duty in assessment.duties:
        if duty.kind is DutyKind.AGREE and duty.status is DutyStatus.MET and duty.evidence is not None:
            signed.setdefault(duty.evidence, []).append(duty)
    for evidence, duties in signed.items():
        titles = in_a_row(list(dict.fromkeys(duty.title or duty.text for duty in duties)))
        yield line(
            f"{_capital(evidence)}: meets “{titles}” for ", *_items_of([each.holdings for each in duties], known), "."
        )
    if assessment.project.positions.model_is_adaptation is not None:
        yield line(Span("Legal position: "), *position_line(assessment), ".")


def _lifted(rule: str, known: CrossReferences) -> Line:
    finding = next(each for each in known.assessment.findings if each.rule == rule and each.lifted_by is not None)
    return (Span(rule, to=finding_anchor(rule, finding.verdict, lifted=True)),)


def _items_of(holdings: Sequence[tuple[str | None, ...]], known: CrossReferences) -> Line:
    return known.items_in_a_row(list(dict.fromkeys(id_ for each in holdings for id_ in each if id_ is not None)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _matrix(found: Answer, known: CrossReferences) -> Table:
    heads = ("Data items", *(column.word for column in found.matrix.columns), "Terms")
    activities = [column.activity for column in found.matrix.columns]
    rows = tuple(
        Row((_names(row, known), *_cells(row, activities, known), line(row.license)), f"matrix-{number}")
        for number, row in enumerate(found.matrix.rows[:MOST_ROWS], start=1)
    )
    return Table(MATRIX_MEANS, heads, rows)


def _names(row: MatrixRow, known: CrossReferences) -> Line:
    shown = row.names[:MOST_NAMES] if len(row.names) > MOST_NAMES + 1 else row.names
    more = len(row.names) - len(shown)
    number = known.verdict_row(row.holdings[0]) if row.holdings else None
    also = (Span(f" and {more} more", to=f"verdicts-{number}" if number else None),) if more else ()
    return line(strong(in_a_row(shown)), *also)


def _cells(row: MatrixRow, activities: Sequence[Activity], known: CrossReferences) -> Iterator[Line]:
    """Yield the word of each cell; each question and verdict is a link to its reason."""
    judged = known.cells.get(row.holdings[0], ()) if row.holdings else ()
    reasons = {each.activity: reason_of(each, known) for each in judged if each}
    for cell, activity in zip(row.cells, activities, strict=True):
        tone = None if cell.verdict is None else VERDICT_TONE[cell.verdict]
        if cell.questions:
            yield between([Span(f"?{number}", to=f"question-{number}", tone=tone) for number in cell.questions], " ")
        else:
            yield (Span(cell.word, to=reasons.get(activity), tone=tone),)


def _blocks(found: Answer, known: CrossReferences) -> Section:
    said = [_blocker(item, known, Verdict.PROHIBITED) for item in (*found.blocked, *found.owed)]
    blocks: tuple[Block, ...] = (Paragraph(line("Nothing.")),)
    if said:
        blocks = (Bullets(tuple(said[:MOST_ROWS])),)
    if len(said) > MOST_ROWS:
        more = f"{count(len(said) - MOST_ROWS, 'more is', 'more are')} in "
        blocks = (*blocks, Paragraph(line(more, Span("Annex B", to="annex-findings"), ".")))
    return Section("3. What blocks", "blocks", blocks)


def _blocker(item: Blocker, known: CrossReferences, verdict: Verdict) -> Line:
    names = item.names[:MOST_NAMES] if len(item.names) > MOST_NAMES + 1 else item.names
    more = f" and {len(item.names) - len(names)} more" if len(names) < len(item.names) else ""
    rules = between([finding_link(rule, known, verdict) for rule in item.rules])
    activities = f" for {activity_names(item.activities)}" if item.activities else ""
    remedies = item.remedies[:MOST_REMEDIES]
    return broken(
        [
            line(strong(f"{in_a_row(names)}{more}" if names else STUDY), f"{activities}: {item.text} [", *rules, "]"),
            *(line(quiet(remedy)) for remedy in remedies),
        ]
    )


def _open(found: Answer, known: CrossReferences) -> Section:
    written = letters(found.questions, known.assessment)
    rows = tuple(
        Row((_question(each), broken(_whom(each, written, known.assessment)), broken(map(answer_line, each.answers))))
        for each in found.questions[:MOST_QUESTIONS]
    )
    blocks: list[Block] = []
    if rows:
        heads = ("Question", "Whom to ask", "Answers")
        blocks.append(Table("What is open, whom to ask, and what each answer leads to", heads, rows))
    if len(found.questions) > MOST_QUESTIONS:
        more = count(len(found.questions) - MOST_QUESTIONS, "more question is", "more questions are")
        blocks.append(Paragraph(line(f"{more} in ", Span("Annex E", to="annex-questions"), ".")))
    if found.undecided:
        blocks.append(Paragraph(line("Open, and no question asks for it:")))
        said = [_blocker(item, known, Verdict.UNDETERMINED) for item in found.undecided[:MOST_ROWS]]
        blocks.append(Bullets(tuple(said)))
    return Section("4. Open questions", "open", tuple(blocks) or (Paragraph(line("None.")),))


def _question(each: AskedQuestion) -> Line:
    return line(Span(f"{each.number}.", to=f"question-{each.number}"), f" {each.question.text}")


def _whom(each: AskedQuestion, written: Sequence[Letter], assessment: Assessment) -> Iterator[Line]:
    yield line(f"{addressee(each.question)} (", *letter_link(each, written), ")")
    yield line(quiet(reach(each, assessment)))
    if not each.answers and each.question.remedy:
        yield line(quiet(each.question.remedy))


def _conditions(assessment: Assessment) -> Section:
    required = [duty for duty in assessment.duties if duty.required]
    entries = [_condition(kind, [duty for duty in required if duty.kind is kind]) for kind in DUTY_ORDER]
    found = tuple(entry for entry in entries if entry)
    blocks: tuple[Block, ...] = (Paragraph(line("Nothing is owed.")),)
    if found:
        blocks = (Bullets(found), Paragraph(line(quiet(STATES_MEAN))))
    asked_for = len(assessment.duties) - len(required)
    if asked_for:
        also = f"{count(asked_for, 'more is', 'more are')} asked for and not required: "
        blocks = (*blocks, Paragraph(line(also, Span("Annex C", to="annex-duties"), ".")))
    return Section("5. Conditions", "conditions", blocks)


def _condition(kind: DutyKind, duties: list[Duty]) -> Line:
    """Return what is owed of one kind, in a line: each title once, with how many there are in which state."""
    if not duties:
        return ()
    titles: dict[str, list[Duty]] = {}
    for duty in duties:
        titles.setdefault(duty.title or duty.text, []).append(duty)
    said = [line(title, f" ({_states(alike)})") for title, alike in titles.items()]
    return line(Span(kind.value, to=f"duties-required-{kind.value}"), ": ", *between(said, "; "), ".")


def _states(duties: list[Duty]) -> str:
    states: dict[str, int] = {}
    for duty in duties:
        states[duty.status.value] = states.get(duty.status.value, 0) + 1
    return ", ".join(f"{number} {state}" for state, number in states.items())


def _not_assessed(assessment: Assessment) -> Section:
    entries = (*(line(text) for text in (*_not_seen(assessment), *NOT_ASSESSED)),)
    return Section("6. What was not assessed", "not-assessed", (Bullets(entries),))


def _not_seen(assessment: Assessment) -> Iterator[str]:
    """Yield what this study leaves unseen."""
    manuscript = assessment.manuscript
    if manuscript is None:
        where = " They were looked for in the release alone." if assessment.release is not None else ""
        yield f"The manuscript: none was named, so nothing shows whether references and wordings are in it.{where}"
    elif manuscript.problems:
        number = count(len(manuscript.problems), "place", "places")
        yield f"The manuscript in part: {number} could not be read or understood (Annex F)."
    if assessment.release is not None:
        yield not_looked_at(assessment.release)
        yield "Whether what the release says is true, and whether credit in it has all creators, changes and notices."
    held = [item.held_by for item in assessment.evidence if item.held_by]
    if held:
        yield f"Evidence that others keep, which this check has not seen: {in_a_row(list(dict.fromkeys(held)))}."
    if any(item.document or item.held_by for item in assessment.evidence):
        yield "Whether recorded documents are genuine, and whether those who signed them had the right to."
    doubted = [item.text for item in assessment.evidence if item.doubt]
    if doubted:
        yield f"Evidence in doubt: {in_a_row(doubted)}."
    days = assessment.fact_days
    if days is not None:
        yield _since(days, assessment)
    words = [held.name for held in assessment.holdings if held.kind in (HoldingKind.OTHER, HoldingKind.OWN)]
    if words:
        yield f"What the project says of {in_a_row(words)}: it was taken at its word."


def _since(days: FactDays, assessment: Assessment) -> str:
    registry = days.registry.isoformat()
    age = f", {count(days.age, 'day', 'days')} before this document" if days.age > 0 else ""
    old = line_on_age(days, assessment.as_of)
    return f"What sources have stated since the registry was gathered on {registry}{age}.{f' {old}' if old else ''}"


def _signature(digest: str, day: str) -> Section:
    entries = (("Document", line(mono(digest))), ("As of", line(day)))
    return Section("7. Review", "review", (Fields(entries), Signature(SIGNED)))
