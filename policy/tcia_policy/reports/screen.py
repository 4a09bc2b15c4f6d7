"""The main screen of `tcia-policy check`: plain text for a terminal."""

import textwrap
from collections.abc import Iterator, Sequence

from tcia_policy.model import Activity, Assessment, Duty, DutyStatus, HoldingKind, Reading, Route, Verdict
from tcia_policy.reports.digests_used import digests_line
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.labels import (
    STATUS_MARK,
    activity_names,
    contact,
    extent,
    in_a_row,
    in_force,
    manuscript_read,
    place,
    reference,
)
from tcia_policy.reports.view import DutyGroup, DutyView, FindingView, HoldingView, ReportView, report_view
from tcia_policy.text.english import count
from tcia_policy.text.sanitize import clean

NARROWEST = 40
BOLD, DIM, RED, GREEN, YELLOW, MAGENTA = "1", "2", "31", "32", "33", "35"
VERDICT_COLOR = {
    Verdict.PERMITTED: GREEN,
    Verdict.CONDITIONAL: YELLOW,
    Verdict.UNDETERMINED: MAGENTA,
    Verdict.PROHIBITED: RED,
}
STATUS_COLOR = {DutyStatus.MET: GREEN, DutyStatus.OPEN: RED, DutyStatus.UNVERIFIED: YELLOW}
LABEL_WIDTH = 16
MOST_PROBLEMS = 20


def render_screen(assessment: Assessment, width: int = 80, color: bool = False) -> str:
    """Return the assessment for a screen of `width` columns, ending in one line that says it all.

    Words longer than the screen (URLs) are not broken. Controls in names and texts never reach the terminal; without
    `color` there is no escape sequence at all.
    """
    screen = _Screen(max(width, NARROWEST), color)
    content = report_view(assessment)
    sections = [
        _header(screen, content),
        _data(screen, content),
        _outputs(screen, content),
        *(_findings(screen, content, item) for item in content.findings),
        _brief(screen, content.lifted, "Lifted by evidence"),
        _grants(screen, content),
        _duties(screen, content.required, "Duties"),
        _duties(screen, content.requested, "Asked for, not required"),
        _brief(screen, content.notices, "Notices"),
        _problems(screen, assessment),
        iter([screen.painted(clean(content.summary), BOLD, VERDICT_COLOR[assessment.verdict])]),
    ]
    blocks = ["\n".join(lines) for lines in map(list, sections) if lines]
    return "\n\n".join(blocks) + "\n"


class _Screen:
    """A screen: how wide it is, and whether it has colors."""

    def __init__(self, width: int, color: bool) -> None:
        self.width = width
        self.color = color

    def painted(self, text: str, *codes: str) -> str:
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.color and codes and text else text

    def wrapped(self, text: str, indent: int, *codes: str, first: str = "") -> list[str]:
        """Return `text` in lines, the first after `first` (which is part of the indent), each painted."""
        lines = textwrap.wrap(
            clean(text), max(self.width - indent, NARROWEST // 2), break_long_words=False, break_on_hyphens=False
        )
        painted = [self.painted(line, *codes) for line in lines or [""]]
        return [first + painted[0], *(" " * indent + line for line in painted[1:])]

    def labeled(self, label: str, text: str, indent: int, *codes: str) -> list[str]:
        """Return `  label     text`, the text aligned with that of other labels."""
        start = f"{' ' * indent}{self.painted(label, *(codes or (DIM,)))}{' ' * (LABEL_WIDTH - len(label))}"
        return self.wrapped(text, indent + LABEL_WIDTH, first=start)


def _header(screen: _Screen, content: ReportView) -> Iterator[str]:
    assessment = content.assessment
    use = assessment.project.use
    if content.days is not None:
        yield from screen.wrapped(content.days, 0, BOLD, YELLOW)
    yield from screen.wrapped(assessment.project.title or "Untitled study", 0, BOLD)
    yield from screen.labeled("purpose", use.purpose.value if use.purpose else "not stated", 2)
    activities = activity_names(assessment.activities)
    stated = activities if assessment.activities_stated else f"not stated; judged for all: {activities}"
    yield from screen.labeled("activities", stated, 2)
    versions = f"registry {assessment.versions.registry}, rules {assessment.versions.rules}"
    if assessment.manuscript is not None:
        yield from screen.labeled("manuscript", manuscript_read(assessment.manuscript), 2)
    yield from screen.labeled("as of", f"{assessment.as_of.isoformat()} ({versions})", 2)
    made_from = digests_line(assessment.versions.digests)
    if made_from:
        yield from screen.labeled("made from", made_from, 2)


def _data(screen: _Screen, content: ReportView) -> Iterator[str]:
    for number, item in enumerate(content.holdings):
        if number:
            yield ""
        yield from screen.wrapped(item.holding.name, 0, BOLD)
        yield from screen.wrapped(_facts(item), 2, first="  ")
        for read in item.words:
            yield from screen.labeled("parts", read, 2)
        for verdict, activities in item.verdicts:
            is_all = len(item.verdicts) == 1 and len(activities) > 1
            text = f"{_all(len(activities))} activities" if is_all else activity_names(activities)
            yield from screen.labeled(verdict.value, text, 2, VERDICT_COLOR[verdict])


def _outputs(screen: _Screen, content: ReportView) -> Iterator[str]:
    """Yield each output with its verdict and what it comes from, where the project says so of one."""
    if content.outputs:
        yield screen.painted("Outputs", BOLD)
    for item in content.outputs:
        output, verdict = item.clearance.output, item.clearance.verdict
        cleared = "cleared" if item.clearance.cleared else "not cleared"
        yield from screen.labeled(verdict.value, f"{output.name}: {cleared}", 2, VERDICT_COLOR[verdict])
        yield from screen.labeled("", f"from {in_a_row(item.sources)}", 2)
        if item.tested_on:
            yield from screen.labeled("", f"tested on {in_a_row(item.tested_on)}", 2)


def _facts(item: HoldingView) -> str:
    if item.holding.kind is HoldingKind.OWN:
        return "own data"
    route = item.holding.obtained_from
    parts = [
        in_a_row(item.licenses) or "no license known",
        extent(item.holding),
        "" if route is Route.TCIA else f"from {place(route)}",
        in_a_row(item.holding.parts_named),
        f"named as {item.holding.named_otherwise}" if item.holding.named_otherwise else "",
    ]
    return " · ".join(part for part in parts if part)


def _findings(screen: _Screen, content: ReportView, item: FindingView) -> Iterator[str]:
    finding = item.finding
    verdict = finding.verdict or Verdict.UNDETERMINED
    start = screen.painted(verdict.value, BOLD, VERDICT_COLOR[verdict]) + ": "
    lines = screen.wrapped(f"{verdict.value}: {finding.title} [{finding.rule}]", 2)
    yield start + lines[0].removeprefix(f"{verdict.value}: ")
    yield from lines[1:]
    yield from screen.labeled("data", in_a_row(item.holdings) or "the study as a whole", 2)
    yield from screen.labeled("activities", _activities(finding.activities, content.assessment), 2)
    yield from screen.labeled("why", finding.because, 2)
    for missing in finding.missing:
        yield from screen.labeled("missing", f"{missing.fact}: {missing.consequence}", 2)
    for reading in finding.readings:
        yield from screen.labeled("interpretation", _reading(reading, content.names), 2)
    if finding.remedy:
        yield from screen.labeled("what to do", finding.remedy, 2)
    for source in finding.references[:1]:
        yield from screen.labeled("source", reference(source), 2)
        yield from screen.wrapped(source.url or "", LABEL_WIDTH + 2, DIM, first=" " * (LABEL_WIDTH + 2))
    if in_force(finding.in_force):
        yield from screen.labeled("in force", in_force(finding.in_force), 2)


def _reading(reading: Reading, names: Names) -> str:
    license_ = "no license stated" if reading.license is None else names.license(reading.license)
    part = f" for {reading.distribution}" if reading.distribution else ""
    sources = "; ".join(names.dated_source(source) for source in reading.sources) or "no source"
    return f"{sources}: {license_}{part} -> {reading.outcome}"


def _brief(screen: _Screen, findings: Sequence[FindingView], heading: str) -> Iterator[str]:
    """Yield a line or two for each rule; why, only where it is a notice and the same for all data items."""
    if findings:
        yield screen.painted(heading, BOLD)
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
        yield from screen.wrapped(f"{''.join(parts)} [{rule}]", 4, first="  - ")


def _duties(screen: _Screen, groups: Sequence[DutyGroup], heading: str) -> Iterator[str]:
    if groups:
        marks = ", ".join(f"{mark} {status.value}" for status, mark in STATUS_MARK.items())
        yield f"{screen.painted(heading, BOLD)}  {screen.painted(marks, DIM)}"
    for group in groups:
        kind = group.kind.value
        yield f"  {kind}" if len(group.duties) == 1 else f"  {kind} ({count(len(group.duties), 'item')})"
        for alike in _by_rule(group.duties):
            if len(alike) > 1 and alike[0].duty.title:
                yield from _duty_for_all(screen, alike)
            else:
                for item in alike:
                    yield from _duty(screen, item)


def _grants(screen: _Screen, content: ReportView) -> Iterator[str]:
    """Yield which rules grant what is permitted; the report has each with its source."""
    rules = list(dict.fromkeys(item.finding.rule for item in content.grants))
    if rules:
        yield from screen.wrapped(
            f"{', '.join(rules)} (see `rules show`)", 12, first=screen.painted("Granted by", BOLD) + "  "
        )


def _problems(screen: _Screen, assessment: Assessment) -> Iterator[str]:
    """Yield what of the manuscript could not be read: what stands there was not seen."""
    problems = assessment.manuscript.problems if assessment.manuscript is not None else ()
    if problems:
        yield screen.painted("Of the manuscript, not read or not understood", BOLD)
    for problem in problems[:MOST_PROBLEMS]:
        yield from screen.wrapped(problem, 4, first="  - ")
    if len(problems) > MOST_PROBLEMS:
        yield f"  - and {len(problems) - MOST_PROBLEMS} more (`--format json` has all)"


def _by_rule(duties: Sequence[DutyView]) -> list[list[DutyView]]:
    """Return duties of one rule and status together, references each by itself."""
    groups: dict[tuple[object, ...], list[DutyView]] = {}
    for number, item in enumerate(duties):
        alone = number if item.citation is not None or item.duty.evidence or item.duty.wordings else None
        groups.setdefault((item.duty.rule, item.duty.status, alone), []).append(item)
    return list(groups.values())


def _duty_for_all(screen: _Screen, alike: Sequence[DutyView]) -> Iterator[str]:
    """Yield one line for what one rule asks of several data items; the report has each in full."""
    duty = alike[0].duty
    mark = screen.painted(STATUS_MARK[duty.status], STATUS_COLOR[duty.status])
    about = in_a_row(list(dict.fromkeys(name for item in alike for name in item.holdings)))
    yield from screen.wrapped(f"{duty.title}: {about}{_hearsay(duty)} [{duty.rule}]", 8, first=f"    {mark} ")


def _duty(screen: _Screen, item: DutyView) -> Iterator[str]:
    status = item.duty.status
    mark = screen.painted(STATUS_MARK[status], STATUS_COLOR[status])
    evidence = f" ({item.duty.evidence})" if item.duty.evidence else ""
    missing = [name for name in item.holdings if name not in item.label]
    about = f" (for {in_a_row(missing)})" if missing and item.citation is None else ""
    yield from screen.wrapped(f"{item.label}{about}{_hearsay(item.duty)}{evidence}", 8, first=f"    {mark} ")
    for wording in item.duty.wordings:
        yield from screen.wrapped(f"“{wording}”", 10, first=" " * 10)
    for person in item.duty.contacts:
        yield from screen.wrapped(contact(person), 8, DIM, first=" " * 8)


def _hearsay(duty: Duty) -> str:
    """Return ` (third party copy)` and the like where what the duty rests on is no official text."""
    standings = [source.standing for source in duty.references[:1] if source.standing and not source.is_official]
    return f" ({standings[0]})" if standings else ""


def _activities(activities: Sequence[Activity], assessment: Assessment) -> str:
    is_all = len(activities) > 1 and len(activities) == len(assessment.activities)
    return _all(len(activities)) if is_all else activity_names(activities)


def _all(number: int) -> str:
    return "both" if number == 2 else f"all {number}"  # noqa: PLR2004
