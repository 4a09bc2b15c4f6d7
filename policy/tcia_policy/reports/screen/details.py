"""What `check -v` and `-vv` print below the answer: duties with their texts, notices, grants and sources; then all."""

from collections.abc import Iterator, Sequence

from tcia_policy.model import Activity, Assessment, EvidenceSeen, Reading, Reference, Verdict
from tcia_policy.reports.detail import Detail
from tcia_policy.reports.digests_used import digests_line
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.labels import activity_names, in_a_row, in_force, manuscript_read, reference
from tcia_policy.reports.screen.data import all_of, data_lines, output_lines
from tcia_policy.reports.screen.duties import duty_lines
from tcia_policy.reports.screen.painted_page import BOLD, DIM, LABEL_WIDTH, VERDICT_COLOR, PaintedPage
from tcia_policy.reports.screen.release_lines import release_lines
from tcia_policy.reports.view import FindingView, ReportView, report_view

MOST_PROBLEMS = 20


def details(page: PaintedPage, assessment: Assessment, detail: Detail) -> list[list[str]]:
    """Return blocks of lines: of `MORE`, duties, notices, grants and sources; of `ALL`, whatever is known."""
    content = report_view(assessment)
    in_full = detail is Detail.ALL
    blocks = [
        *([_header(page, content), data_lines(page, content), output_lines(page, content)] if in_full else []),
        *((_finding(page, content, item) for item in content.findings) if in_full else []),
        duty_lines(page, content.required, "Duties", in_full=in_full),
        duty_lines(page, content.requested, "Asked for, not required", in_full=in_full),
        *_others(page, content, in_full=in_full),
        _moved(page, assessment),
        release_lines(page, assessment.release, in_full=in_full),
        _evidence(page, assessment.evidence) if in_full else iter([]),
        _problems(page, assessment),
        iter([]) if in_full else _sources(page, assessment),
    ]
    return [lines for lines in map(list, blocks) if lines]


def _others(page: PaintedPage, content: ReportView, *, in_full: bool) -> Iterator[Iterator[str]]:
    """Yield what evidence lifted, notices and grants; each with its reason and source if `in_full`, else in brief."""
    for heading, findings in (
        ("Lifted by evidence", content.lifted),
        ("Notices", content.notices),
        ("Granted by", content.grants),
    ):
        if in_full:
            yield from (_finding(page, content, item, heading) for item in findings)
        elif heading == "Granted by":
            yield _grants(page, content)
        else:
            yield _brief(page, findings, heading)


def _header(page: PaintedPage, content: ReportView) -> Iterator[str]:
    assessment = content.assessment
    use = assessment.project.use
    yield from page.wrapped(assessment.project.title or "Untitled study", 0, BOLD)
    yield from page.labeled("purpose", use.purpose.value if use.purpose else "not stated", 2)
    activities = activity_names(assessment.activities)
    stated = activities if assessment.activities_stated else f"not stated; judged for all: {activities}"
    yield from page.labeled("activities", stated, 2)
    versions = f"registry {assessment.versions.registry}, rules {assessment.versions.rules}"
    if assessment.manuscript is not None:
        yield from page.labeled("manuscript", manuscript_read(assessment.manuscript), 2)
    yield from page.labeled("as of", f"{assessment.as_of.isoformat()} ({versions})", 2)
    made_from = digests_line(assessment.versions.digests)
    if made_from:
        yield from page.labeled("made from", made_from, 2)


def _finding(page: PaintedPage, content: ReportView, item: FindingView, heading: str = "") -> Iterator[str]:
    """Yield a finding with its reason, what is missing, how the interpretations differ, what to do, and its sources."""
    finding = item.finding
    word = heading or (finding.verdict or Verdict.UNDETERMINED).value
    colors = () if heading or finding.verdict is None else (VERDICT_COLOR[finding.verdict],)
    yield from page.after(f"{word}: ", f"{finding.title} [{finding.rule}]", BOLD, *colors, indent=2)
    yield from page.labeled("data", in_a_row(item.holdings) or "the study as a whole", 2)
    yield from page.labeled("activities", _activities(finding.activities, content.assessment), 2)
    yield from page.labeled("why", finding.because, 2)
    if finding.lifted_by:
        yield from page.labeled("lifted by", finding.lifted_by, 2)
    for missing in finding.missing:
        yield from page.labeled("missing", f"{missing.fact}: {missing.consequence}", 2)
    for reading in finding.readings:
        yield from page.labeled("interpretation", _reading(reading, content.names), 2)
    if finding.remedy:
        yield from page.labeled("what to do", finding.remedy, 2)
    for source in finding.references:
        yield from page.labeled("source", reference(source), 2)
        if source.url:
            yield from page.wrapped(source.url, LABEL_WIDTH + 2, DIM, first=" " * (LABEL_WIDTH + 2))
    if in_force(finding.in_force):
        yield from page.labeled("in force", in_force(finding.in_force), 2)


def _reading(reading: Reading, names: Names) -> str:
    license_ = "no license stated" if reading.license is None else names.license(reading.license)
    part = f" for {reading.distribution}" if reading.distribution else ""
    sources = "; ".join(names.dated_source(source) for source in reading.sources) or "no source"
    return f"{sources}: {license_}{part} -> {reading.outcome}"


def _brief(page: PaintedPage, findings: Sequence[FindingView], heading: str) -> Iterator[str]:
    """Yield a line or two for each rule; why, only where it is a notice and the same for all data items."""
    if findings:
        yield page.painted(heading, BOLD)
    groups: dict[tuple[str, str, str | None, str], list[FindingView]] = {}
    for item in findings:
        of_study = "" if item.holdings else item.finding.because
        groups.setdefault((item.finding.rule, item.finding.title, item.finding.lifted_by, of_study), []).append(item)
    for (rule, title, lifted_by, _), group in groups.items():
        about = in_a_row([name for item in group for name in item.holdings])
        because = {item.finding.because for item in group if item.finding.verdict is None}
        reason = because.pop() if len(because) == 1 else ""
        parts = [
            title,
            f" ({about})" if about else "",
            f": {reason}" if reason else "",
            f"; {lifted_by}" * bool(lifted_by),
        ]
        yield from page.wrapped(f"{''.join(parts)} [{rule}]", 4, first="  - ")


def _grants(page: PaintedPage, content: ReportView) -> Iterator[str]:
    """Yield each rule that grants something, with the data items and the source."""
    rules: dict[str, list[FindingView]] = {}
    for item in content.grants:
        rules.setdefault(item.finding.rule, []).append(item)
    if rules:
        yield page.painted("Granted by", BOLD)
    for rule, items in rules.items():
        about = in_a_row(list(dict.fromkeys(name for item in items for name in item.holdings)))
        sources = dict.fromkeys(reference(item.finding.references[0]) for item in items if item.finding.references)
        of = f" ({about})" if about else ""
        yield from page.wrapped(f"{items[0].finding.title}{of}: {'; '.join(sources)} [{rule}]", 4, first="  - ")


def _evidence(page: PaintedPage, seen: Sequence[EvidenceSeen]) -> Iterator[str]:
    """Yield what the project records as evidence, its document or keeper, its digest, and what speaks against it."""
    if seen:
        yield page.painted("Evidence recorded", BOLD)
    for item in seen:
        line = f", line {item.line}" if item.line is not None else ""
        kept = f"held by {item.held_by}" if item.held_by else item.document or "no document"
        digest = f", sha256 {item.sha256}" if item.sha256 else ""
        against = item.problem or item.doubt
        said = f"; {'does not count' if item.problem else 'in doubt'}: {against}" if against else ""
        yield from page.wrapped(f"{item.text} ({item.field}{line}): {kept}{digest}{said}", 4, first="  - ")
        if item.right:
            yield from page.wrapped(item.right, 4, first="    ")


def _moved(page: PaintedPage, assessment: Assessment) -> Iterator[str]:
    """Yield what changed since it was decided: the lines of then, and those of today."""
    review = assessment.review
    stale = [(each.decision.name, moved) for each in (review.decisions if review else ()) for moved in each.moved]
    if stale:
        yield page.painted("Changed since it was decided", BOLD)
    for name, moved in stale:
        yield from page.wrapped(f"{moved.matter} (d. {name})", 4, first="  - ")
        if not moved.before:
            yield from page.wrapped("the review file does not have what it was decided on", 6, first="    ")
        for mark, lines in (("-", moved.before), ("+", moved.now)):
            for each in lines:
                yield from page.wrapped(f"{mark} {each}", 6, first="    ")


def _sources(page: PaintedPage, assessment: Assessment) -> Iterator[str]:
    """Yield each text that a finding or a required duty rests on, once, with its address."""
    firsts = [finding.references[:1] for finding in assessment.findings]
    firsts += [duty.references[:1] for duty in assessment.duties if duty.required]
    found: dict[tuple[str, str | None], Reference] = {}
    for source in (source for first in firsts for source in first):
        found.setdefault((reference(source), source.url), source)
    if found:
        yield page.painted("Sources", BOLD)
    for source in found.values():
        yield from page.wrapped(reference(source), 4, first="  - ")
        if source.url:
            yield from page.wrapped(source.url, 4, DIM, first="    ")


def _problems(page: PaintedPage, assessment: Assessment) -> Iterator[str]:
    """Yield what of the manuscript and the release could not be read: what stands there was not seen."""
    for name, read in (("manuscript", assessment.manuscript), ("release", assessment.release)):
        problems = () if read is None else read.problems
        if problems:
            yield page.painted(f"Of the {name}, not read or not understood", BOLD)
        for problem in problems[:MOST_PROBLEMS]:
            yield from page.wrapped(problem, 4, first="  - ")
        if len(problems) > MOST_PROBLEMS:
            yield f"  - and {len(problems) - MOST_PROBLEMS} more (`--format json` has all)"


def _activities(activities: Sequence[Activity], assessment: Assessment) -> str:
    is_all = len(activities) > 1 and len(activities) == len(assessment.activities)
    return all_of(len(activities)) if is_all else activity_names(activities)
