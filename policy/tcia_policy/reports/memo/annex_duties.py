"""The annex on what is owed: a row for what one rule asks, with all data items that it asks it for."""

from collections.abc import Iterator, Sequence

from tcia_policy.lazy import dataclass
from tcia_policy.model import CitationOwed, Contact, Duty, DutyStatus
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.references.datacite_text import render_text
from tcia_policy.reports.alike import Case, Told, told_once, with_slots
from tcia_policy.reports.labels import DUTY_ORDER, contact
from tcia_policy.reports.memo.cross_references import CrossReferences
from tcia_policy.reports.memo.document import Line, Paragraph, Row, Section, Span, Table
from tcia_policy.reports.memo.spans import STATUS_TONE, between, broken, line, quiet, strong

STATUS_MEANS = (
    "Met: evidence is named. Open: evidence was looked for and is not there, or an agreement is owed and none is "
    "recorded. Unverified: nothing was given to look in."
)


def duties_annex(known: CrossReferences) -> Section:
    """Return the annex: required duties by kind, then what is only asked for."""
    required = [duty for duty in known.assessment.duties if duty.required]
    requested = [duty for duty in known.assessment.duties if not duty.required]
    sections = [Section("Required", "duties-required", sections=tuple(_by_kind(required, known, "required")))]
    if not required:
        sections = [Section("Required", "duties-required", (Paragraph(line("Nothing is owed.")),))]
    if requested:
        by_kind = tuple(_by_kind(requested, known, "asked for"))
        sections.append(Section("Asked for, not required", "duties-requested", sections=by_kind))
    return Section("Annex C. Duties", "annex-duties", (Paragraph(line(quiet(STATUS_MEANS))),), tuple(sections))


def references_annex(known: CrossReferences) -> Section:
    """Return the annex with each reference to cite in full, once."""
    rows = [
        Row((line(f"C{number}"), _in_full(owed, known)), anchor=f"citation-{number}")
        for number, owed in enumerate(known.assessment.citations, start=1)
    ]
    if not rows:
        return Section("Annex D. References to cite", "annex-references", (Paragraph(line("None.")),))
    table = Table("The references in full, and for which data they are owed", ("No.", "Reference"), tuple(rows))
    return Section("Annex D. References to cite", "annex-references", (table,))


def _in_full(owed: CitationOwed, known: CrossReferences) -> Line:
    text = render_text(owed.citation)
    address = doi_url(owed.citation.doi)
    level = owed.role if owed.required else f"{owed.role}, asked for"
    items = known.items_in_a_row(owed.holdings) if owed.holdings else line("the study")
    return line(
        text.removesuffix(address) if text.endswith(address) else f"{text} ",
        Span(address, url=address),
        quiet(f" ({level}; for "),
        *items,
        quiet(")"),
    )


def _by_kind(duties: Sequence[Duty], known: CrossReferences, level: str) -> Iterator[Section]:
    heads = ("Status", "What is asked, and for which data")
    for kind in DUTY_ORDER:
        of_kind = [duty for duty in duties if duty.kind is kind]
        if of_kind:
            caption = f"Duties to {kind.value}, {level}"
            rows = tuple(_rows(of_kind, known))
            title = f"{kind.value.capitalize()} ({level})"
            anchor = f"duties-{level.replace(' ', '-')}-{kind.value}"
            yield Section(title, anchor, (Table(caption, heads, rows),), is_folded=True)


def _rows(duties: Sequence[Duty], known: CrossReferences) -> Iterator[Row]:
    rules: dict[tuple[str, str], list[Duty]] = {}
    for duty in duties:
        rules.setdefault((duty.rule, duty.title), []).append(duty)
    for (rule, title), alike in rules.items():
        for told in told_once([_texts(duty, known) for duty in alike]):
            yield _row(told, alike, known, f"{title} " if title else "", rule)


def _texts(duty: Duty, known: CrossReferences) -> tuple[str, ...]:
    name = known.names.holdings_of(duty.holdings)[0] if len(duty.holdings) == 1 else None
    address = doi_url(duty.doi) if duty.doi and known.citation(duty.doi) else None
    return (with_slots(duty.text, name, address), *duty.wordings)


def _row(told: Told, duties: Sequence[Duty], known: CrossReferences, title: str, rule: str) -> Row:
    text, *wordings = told.texts
    of_told = [duties[number] for case in told.cases for number in case.numbers]
    references = [source for duty in of_told for source in duty.references]
    is_mixed = len({duty.status for duty in of_told}) > 1
    what = broken(
        [
            line(strong(title), text, " (rule ", f"{rule}; ", *known.references_in_a_row(references), ")"),
            *(line(f"“{wording}”") for wording in wordings),
            (quiet("For "), *between([_for(group, is_mixed, known) for group in _groups(told, duties)], ". ")),
        ]
    )
    return Row((_status(of_told), what))


@dataclass(frozen=True)
class _Alike:
    """Duties that differ in the data item only."""

    values: tuple[tuple[str, str], ...]
    status: DutyStatus
    evidence: str | None
    contacts: tuple[Contact, ...]
    holdings: tuple[tuple[str, ...], ...]
    dois: tuple[str | None, ...]


def _groups(told: Told, duties: Sequence[Duty]) -> Iterator[_Alike]:
    groups: dict[tuple[object, ...], tuple[Case, list[Duty]]] = {}
    for case in told.cases:
        for number in case.numbers:
            duty = duties[number]
            key = (case.values, duty.status, duty.evidence, duty.contacts)
            groups.setdefault(key, (case, []))[1].append(duty)
    for case, alike in groups.values():
        first = alike[0]
        holdings = tuple(duty.holdings for duty in alike)
        dois = tuple(duty.doi for duty in alike)
        yield _Alike(case.values, first.status, first.evidence, first.contacts, holdings, dois)


def _for(group: _Alike, says_status: bool, known: CrossReferences) -> Line:
    """Return the data items of `group` with what stands in the slots, its status where others differ, and evidence."""
    cited = [doi for doi in group.dois if known.citation(doi)]
    if len(cited) == len(group.dois):
        about = known.citations_in_a_row(doi for doi in cited if doi)
    else:
        about = known.items_in_a_row(list(dict.fromkeys(each for holdings in group.holdings for each in holdings)))
    values = [line(strong(f"[{letter}] "), value) for letter, value in group.values]
    status = f"{group.status.value}{': ' if group.evidence else ''}" if says_status or group.evidence else ""
    proof = line(status, group.evidence or "")
    people = [line(f"{contact(person)} (", known.source(person.source), ")") for person in group.contacts]
    return between([part for part in (about, *values, proof, *people) if part], "; ")


def _status(duties: Sequence[Duty]) -> Line:
    """Return how many are open, unverified and met: the word alone where they are alike."""
    counts = {status: sum(duty.status is status for duty in duties) for status in DutyStatus}
    found = {status: number for status, number in counts.items() if number}
    one = len(found) == 1
    return between(
        [
            Span(status.value if one else f"{number} {status.value}", tone=STATUS_TONE[status])
            for status, number in found.items()
        ]
    )
