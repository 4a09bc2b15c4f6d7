"""The screen of `tcia-policy check`: the answer first, then as much as was asked for."""

from tcia_policy.model import Assessment, Verdict
from tcia_policy.reports.answer.answer import Answer, answer
from tcia_policy.reports.answer.first_line import FirstLine
from tcia_policy.reports.answer.project_places import IN_THE_PROJECT, Standpoint
from tcia_policy.reports.detail import Detail
from tcia_policy.reports.screen.budget import Section, fitted
from tcia_policy.reports.screen.entries import entries
from tcia_policy.reports.screen.matrix_lines import matrix_section
from tcia_policy.reports.screen.painted_page import BOLD, NARROWEST, VERDICT_COLOR, PaintedPage, cut
from tcia_policy.text.english import count

# The most lines for so many data items; of more, a line for each, until they are many.
MOST_LINES = ((3, 30), (12, 60))
MOST_LINES_OF_MANY = 100
LINES_A_TEXT = (None, 2, 1)  # the most lines of each text: all, or so many where the screen has not enough
LONGEST_TITLE = 60
WIDE = 60
NARROW_INDENT = 2
BLANKS = 5  # three between the sections, and two with the mark where stdout is a file


def render_screen(
    assessment: Assessment,
    width: int = 80,
    color: bool = False,
    detail: Detail = Detail.ANSWER,
    standpoint: Standpoint = IN_THE_PROJECT,
) -> str:
    """Return the assessment for a screen of `width` columns: the first line is the answer, the last the exit code.

    Words longer than the screen (addresses) are not broken. Controls in names and texts never reach the terminal;
    without `color` there is no escape sequence at all.
    """
    page = PaintedPage(max(width, NARROWEST), color)
    found = answer(assessment, standpoint)
    if detail is Detail.FIRST_LINE:
        return f"{_word(page, found.first_line)}  {found.first_line.text}\n"
    head, foot = _head(page, found), _footer(page, found)
    if detail is Detail.ANSWER:
        most = _most_lines(len(assessment.holdings)) - len(head) - len(foot) - BLANKS
        table, *below = fitted([_sections(page, found, lines) for lines in LINES_A_TEXT], most)
        more: list[list[str]] = []
    else:
        from tcia_policy.reports.screen.details import details  # noqa: PLC0415 - 2 ms, only where more is asked for

        table, *below = [list(section.lines) for section in _sections(page, found, None)]
        more = details(page, assessment, detail)
    blocks = [head, table, [line for lines in below for line in lines], *more, foot]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _sections(page: PaintedPage, found: Answer, lines: int | None) -> list[Section]:
    return [matrix_section(page, found.matrix), *entries(page, found, lines)]


def _most_lines(items: int) -> int:
    of_several, lines_of_several = MOST_LINES[-1]
    of_more = min(lines_of_several + items - of_several, MOST_LINES_OF_MANY)
    return next((lines for most, lines in MOST_LINES if items <= most), of_more)


def _word(page: PaintedPage, line: FirstLine) -> str:
    return page.painted(line.word, BOLD, VERDICT_COLOR[line.verdict])


def _head(page: PaintedPage, found: Answer) -> list[str]:
    """Return the first line, and what is to be known of the day before anything else."""
    line = found.first_line
    head = f"{line.word}  "
    title = "" if line.title is None else f"{cut(line.title, LONGEST_TITLE)}: "
    text = f"{title}{'; '.join(line.reasons)}."
    indent = len(head) if page.width >= WIDE else NARROW_INDENT
    lines = page.after(head, text, BOLD, VERDICT_COLOR[line.verdict], indent=indent)
    return [*lines, *(page.after("", found.days, indent=0) if found.days is not None else [])]


def _footer(page: PaintedPage, found: Answer) -> list[str]:
    """Return the exit code, with its reason where the verdict does not say it, and what the answer was made from."""
    footer = found.footer
    is_told = footer.by_gate or found.first_line.verdict is not Verdict.PROHIBITED
    why = f": {footer.why}" if footer.why and is_told else ""
    age = f" ({count(footer.age, 'day')} old)" if footer.age is not None and footer.age > 0 else ""
    parts = [
        f"exit {footer.exit_code}{why}",
        f"as of {footer.as_of.isoformat()}",
        f"registry {footer.registry}{age}",
    ]
    lines = page.packed(parts, " · ")
    if footer.explain is None:
        return lines
    together = page.packed([*parts, f"why: {footer.explain}"], " · ")
    return together if len(together) == len(lines) else page.with_command([*lines, "why:"], footer.explain, 2)
