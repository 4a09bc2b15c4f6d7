"""The annex on the findings: what each rule says is told once, then for which data items, and where it differs."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, Finding, Reading, Reference, Verdict
from tcia_policy.model.question import QuestionKind
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.reports.alike import Told, told_once, with_slots
from tcia_policy.reports.answer.asked import AskedQuestion
from tcia_policy.reports.labels import activity_names, in_force
from tcia_policy.reports.memo.cross_references import CrossReferences, finding_anchor
from tcia_policy.reports.memo.document import Block, Fields, Line, Paragraph, Row, Section, Span, Table
from tcia_policy.reports.memo.spans import between, broken, line, quiet, strong
from tcia_policy.reports.view import by_what_they_do

HEADINGS = {
    "lifted": "Lifted by recorded evidence",
    "grants": "What permits it",
    "notices": "Notices that decide nothing",
}
PROHIBITS = "What prohibits"
OPEN = {
    QuestionKind.PARTS: "Open: which parts were used",
    QuestionKind.LICENSE: "Open: which of the stated licenses is right",
    QuestionKind.FACT: "Open: what the project does not state",
    QuestionKind.REPLY: "Open: what others must say",
    QuestionKind.EVIDENCE: "Open: whether recorded evidence counts",
    QuestionKind.MEND: "Open: what has to be changed",
}
NOT_ASKED = "Open, but not asked: no answer would change a verdict"
SLOTS = (
    "Words in square brackets stand for what differs: [data item] for the name of each data item, [its DOI] for the "
    "address that the annex on data items has, [A], [B] and so on for what the table below says."
)


def findings_annex(questions: Sequence[AskedQuestion], known: CrossReferences) -> Section:
    """Return the annex: what prohibits; what is open, by what is asked; what evidence lifted; permissions; notices."""
    roles = by_what_they_do(known.assessment.findings)
    against = roles.pop("against")
    groups = {**_against(against, questions), **{HEADINGS[role]: found for role, found in roles.items()}}
    asked = _Asked.of(questions)
    sections = [
        Section(title, f"findings-{number}", sections=tuple(_by_rule(findings, asked, known)))
        for number, (title, findings) in enumerate(groups.items(), start=1)
        if findings
    ]
    lead = () if against else (Paragraph(line("No rule stands against what is planned.")),)
    explained = (Paragraph(line(quiet(SLOTS))),) if known.assessment.findings else ()
    return Section("Annex B. Findings", "annex-findings", (*lead, *explained), tuple(sections))


@dataclass(frozen=True)
class _Asked:
    """The numbers and kinds of the questions that a rule asks on a data item (`None`: the study) and activity."""

    found: Mapping[tuple[str, str | None, Activity], tuple[tuple[int, QuestionKind], ...]]

    @classmethod
    def of(cls, questions: Sequence[AskedQuestion]) -> "_Asked":
        found: dict[tuple[str, str | None, Activity], tuple[tuple[int, QuestionKind], ...]] = {}
        for each in questions:
            for rule in each.question.rules:
                for cell in each.question.cells:
                    key = (rule, cell.holding, cell.activity)
                    found[key] = (*found.get(key, ()), (each.number, each.question.kind))
        return cls(found)

    def about(self, findings: Sequence[Finding]) -> dict[int, QuestionKind]:
        """Return the questions that ask for what `findings` leave open, ascending."""
        keys = [(each.rule, each.holding, activity) for each in findings for activity in each.activities]
        return dict(sorted(pair for key in keys for pair in self.found.get(key, ())))


def _against(findings: Sequence[Finding], questions: Sequence[AskedQuestion]) -> dict[str, list[Finding]]:
    """Return what stands against something: what prohibits, then what is open, by the kind of most of its questions."""
    asked = _Asked.of(questions)
    groups: dict[str, list[Finding]] = {PROHIBITS: []}
    groups |= {heading: [] for heading in OPEN.values()} | {NOT_ASKED: []}
    rules: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.verdict is Verdict.PROHIBITED:
            groups[PROHIBITS].append(finding)
        else:
            rules.setdefault(finding.rule, []).append(finding)
    for alike in rules.values():
        kinds = Counter(asked.about(alike).values()).most_common(1)
        groups[OPEN[kinds[0][0]] if kinds else NOT_ASKED] += alike
    return groups


def _by_rule(findings: Sequence[Finding], asked: _Asked, known: CrossReferences) -> Iterator[Section]:
    rules: dict[tuple[str, Verdict | None, str], list[Finding]] = {}
    for finding in findings:
        rules.setdefault((finding.rule, finding.verdict, finding.title), []).append(finding)
    for (rule, verdict, title), alike in rules.items():
        lifted = alike[0].lifted_by is not None
        word = f"{verdict.value.capitalize()}{', lifted' if lifted else ''}: " if verdict else ""
        shown = f"{word}{title} [{rule}]"
        anchor = finding_anchor(rule, verdict, lifted)
        yield Section(shown, anchor, tuple(_said(alike, asked, known)), is_folded=True)


def _texts(finding: Finding, known: CrossReferences) -> tuple[str, ...]:
    """Return why, what to do, and what each missing fact leads to, the name of the data item a slot."""
    name = known.names.holdings_of([finding.holding])[0] if finding.holding else None
    texts = [finding.because, finding.remedy or ""]
    texts += [missing.consequence for missing in finding.missing]
    holding = known.names.holdings.get(finding.holding or "")
    dataset = known.names.datasets.get(holding.dataset or "") if holding else None
    address = doi_url(dataset.doi) if dataset else None
    return tuple(with_slots(text, name, address) for text in texts)


def _said(findings: Sequence[Finding], asked: _Asked, known: CrossReferences) -> Iterator[Block]:
    """Yield what the rule says, the data items that it says it of, and at last what holds for all of them."""
    shared = _Shared.of(findings)
    by_facts: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        by_facts.setdefault(tuple(missing.fact for missing in finding.missing), []).append(finding)
    told = [
        _ToldOf(facts, each, tuple(_rows(each, alike, shared)))
        for facts, alike in by_facts.items()
        for each in told_once([_texts(finding, known) for finding in alike])
    ]
    remedies = {each.told.texts[1] for each in told}
    remedy = remedies.pop() if len(remedies) == 1 else ""
    because = ""
    for each in told:
        if each.told.texts[0] != because:
            because = each.told.texts[0]
            yield Paragraph(line(because))
        yield from _told(each, not remedy, known)
    yield Fields(
        (
            *((("What to do", line(remedy)),) if remedy else ()),
            *_common(findings, shared, asked, known),
        )
    )


ForItems = tuple["_Differs", tuple[str, ...]]
"""What is so, and the data items of which it is."""


@dataclass(frozen=True)
class _ToldOf:
    """Texts told once, the facts that are not known, and for which data items."""

    facts: tuple[str, ...]
    told: Told
    rows: tuple[ForItems, ...]


def _told(each: _ToldOf, says_remedy: bool, known: CrossReferences) -> Iterator[Block]:
    _, remedy, *missing = each.told.texts
    rows = each.rows
    entries: list[tuple[str, Line]] = []
    if len(rows) == 1 and not _difference(rows[0][0], known):
        entries.append(("Data", known.items_in_a_row(rows[0][1])))
        rows = ()
    entries += [("What to do", line(remedy))] if remedy and says_remedy else []
    entries += [
        ("Not known", line(strong(f"{fact}: "), consequence))
        for fact, consequence in zip(each.facts, missing, strict=True)
    ]
    if entries:
        yield Fields(tuple(entries))
    if rows:
        yield Table(
            "Where it differs",
            ("Data items", "Here"),
            tuple(Row((known.items_in_a_row(holdings), _difference(key, known))) for key, holdings in rows),
        )


def _back(findings: Sequence[Finding], known: CrossReferences) -> Line:
    """Return links back to the rows of the verdicts on these data items."""
    rows = dict.fromkeys(known.verdict_row(finding.holding) for finding in findings if finding.holding)
    return between([Span(f"row {row}", to=f"verdicts-{row}") for row in rows if row])


@dataclass(frozen=True)
class _Shared:
    """What is the same in all findings of a rule; `None` where it differs."""

    activities: tuple[Activity, ...] | None
    references: tuple[Reference, ...] | None

    @classmethod
    def of(cls, findings: Sequence[Finding]) -> "_Shared":
        activities = {finding.activities for finding in findings}
        references = {finding.references for finding in findings}
        return cls(
            activities.pop() if len(activities) == 1 else None,
            references.pop() if len(references) == 1 else None,
        )


@dataclass(frozen=True)
class _Differs:
    """What one rule says otherwise of some data items than of others."""

    values: tuple[tuple[str, str], ...]
    activities: tuple[Activity, ...] | None
    references: tuple[Reference, ...]
    readings: tuple[Reading, ...]
    lifted_by: str | None


def _rows(told: Told, findings: Sequence[Finding], shared: _Shared) -> Iterator[ForItems]:
    """Yield what differs, and the data items for which it is so."""
    groups: dict[_Differs, list[str]] = {}
    for case in told.cases:
        for number in case.numbers:
            finding = findings[number]
            key = _Differs(
                case.values,
                finding.activities if shared.activities is None else None,
                finding.references if shared.references is None else (),
                finding.readings,
                finding.lifted_by,
            )
            groups.setdefault(key, []).extend([finding.holding] if finding.holding else [])
    for key, holdings in groups.items():
        yield key, tuple(dict.fromkeys(holdings))


def _difference(key: _Differs, known: CrossReferences) -> Line:
    parts = [line(strong(f"[{letter}] "), value) for letter, value in key.values]
    if key.lifted_by:
        parts.append(line("Lifted by ", key.lifted_by))
    if key.activities is not None:
        parts.append(line(f"For {activity_names(key.activities)}"))
    if key.references:
        parts.append((Span("Source: "), *known.references_in_a_row(key.references)))
    return broken([between(parts, ". "), between(list(_readings(key.readings, known)), ". ")])


def _readings(readings: Sequence[Reading], known: CrossReferences) -> Iterator[Line]:
    """Yield `CC BY 4.0 (S1, 2026-08-21): undetermined for Images (43091); Segmentations (43092)`."""
    groups: dict[tuple[str | None, tuple[str, ...], str], list[str]] = {}
    for reading in readings:
        key = (reading.license, reading.sources, reading.outcome)
        groups.setdefault(key, []).append(reading.distribution or "all parts")
    for (license_id, stated_by, outcome), parts in groups.items():
        license_ = known.names.license(license_id) if license_id else "no license stated"
        sources = between([known.dated_source(source) for source in stated_by], "; ") or line("no source")
        yield line(f"{license_} (", *sources, f"): {outcome} for {'; '.join(parts)}")


def _common(
    findings: Sequence[Finding], shared: _Shared, asked: _Asked, known: CrossReferences
) -> Iterator[tuple[str, Line]]:
    """Yield what holds for all of `findings`."""
    periods = dict.fromkeys(in_force(finding.in_force) for finding in findings)
    numbers = between([Span(f"question {number}", to=f"question-{number}") for number in asked.about(findings)])
    back = _back(findings, known)
    parts = [
        line("for " if shared.activities else "", activity_names(shared.activities or ())),
        line("; ".join(period for period in periods if period)),
        line("verdicts: ", *back) if back else (),
        line("asked in ", *numbers) if numbers else (),
    ]
    yield "Holds", between([part for part in parts if part], "; ")
    sources = dict.fromkeys(source for finding in findings for source in finding.references)
    yield "Source", between([line(known.reference(source), f" {source.title}") for source in sources], "; ")
