"""What changed since an earlier assessment: a section of the memo, and an annex that has all of it."""

from collections.abc import Iterator
from dataclasses import replace

from tcia_policy.model.changes import AssessmentDiff, Turn
from tcia_policy.reports.changes.told import Entry, Group, first_line, groups, since
from tcia_policy.reports.memo.document import Block, Bullets, Line, Paragraph, Section, Span, Tone
from tcia_policy.reports.memo.spans import broken, line, mono, quiet, strong
from tcia_policy.text.english import count

MOST_ENTRIES, MOST_LINES = 4, 6  # entries of a kind, and lines of one, in the memo; the annex has all
ANNEX = Span("the annex on changes", to="annex-changes")
_TONE = {Turn.WORSE: Tone.BAD, Turn.BETTER: Tone.GOOD, Turn.NEITHER: None}


def changes_section(diff: AssessmentDiff) -> Section:
    """Return the answer in a line, and the first changes of each kind that took a turn."""
    blocks: list[Block] = [*_answer(diff)]
    entries: list[Line] = []
    for group in groups(diff):
        turned = [entry for entry in group.entries if entry.turn is not Turn.NEITHER]
        entries += [_entry(_in_short(entry)) for entry in turned[:MOST_ENTRIES]]
        if len(turned) > MOST_ENTRIES:
            entries.append(line(f"{group.heading}: {count(len(turned) - MOST_ENTRIES, 'more', 'more')}."))
    if entries:
        blocks.append(Bullets(tuple(entries)))
    blocks.append(Paragraph(line("All of it is in ", ANNEX, ".")))
    return Section(f"What changed since {diff.old.as_of.isoformat()}", "changes", tuple(blocks))


def changes_annex(diff: AssessmentDiff) -> Section:
    """Return everything that changed, by kind."""
    compared = Paragraph(line("Compared with the document ", mono(diff.old.document), "."))
    inner = tuple(_group(group) for group in groups(diff))
    return Section("Annex on changes", "annex-changes", (compared,), inner, is_folded=True)


def changes_alone(diff: AssessmentDiff) -> Section:
    """Return everything that changed as one section, for a page that has nothing else."""
    title = f"What changed since {diff.old.as_of.isoformat()}"
    return Section(title, "changes", (*_answer(diff),), tuple(_group(group) for group in groups(diff)))


def _answer(diff: AssessmentDiff) -> Iterator[Block]:
    word, sentence = first_line(diff)
    yield Paragraph(line(Span(word, tone=_TONE[diff.turn]) if _TONE[diff.turn] else strong(word), f": {sentence}"))
    yield Paragraph(line(quiet(since(diff))))


def _group(group: Group) -> Section:
    anchor = f"changes-{group.heading.lower().replace(' ', '-')}"
    return Section(f"Changed: {group.heading}", anchor, (Bullets(tuple(map(_entry, group.entries))),))


def _in_short(entry: Entry) -> Entry:
    left_out = len(entry.more) - MOST_LINES
    if left_out <= 1:
        return entry
    return replace(entry, more=(*entry.more[:MOST_LINES], count(left_out, "more line", "more lines")))


def _entry(entry: Entry) -> Line:
    first = line(Span(entry.mark, tone=_TONE[entry.turn]) if entry.mark else "", entry.text)
    return broken([first, *(line(quiet(more)) for more in entry.more)])
