"""What stands below the matrix on a screen: what blocks, what is open, what is to do, each with a label."""

from collections.abc import Iterator, Sequence

from tcia_policy.model.question_kinds import Consequence
from tcia_policy.reports.answer.answer import Answer
from tcia_policy.reports.answer.asked import AskedQuestion, ReadyAnswer
from tcia_policy.reports.answer.blockers import Blocker
from tcia_policy.reports.answer.decisions import ASKED, DECIDED, REJECTED, ToldDecision
from tcia_policy.reports.answer.matrix import COLUMN_WORDS, STUDY
from tcia_policy.reports.answer.tasks import LeftOver, Task
from tcia_policy.reports.labels import contact
from tcia_policy.reports.screen.budget import WHERE_ALL_IS, Entry, Section
from tcia_policy.reports.screen.painted_page import BOLD, GREEN, MAGENTA, RED, YELLOW, PaintedPage, cut, names_within
from tcia_policy.text.english import count

LABEL = 12
NARROW_INDENT = 2
WIDE = 60
SHORT_ANSWERS = 3
MOST_RULES = 2
MOST_PLACES = 3
LONGEST_NAME = 60
DECISION_COLOR = {REJECTED: RED, ASKED: MAGENTA, DECIDED: GREEN}
CONSEQUENCE_COLOR = {Consequence.CLEAR: GREEN, Consequence.OPEN: MAGENTA, Consequence.PROHIBITED: RED}


class _Writer:
    """Writes entries on a page. Where a text has so many `lines` at most, the entries are short."""

    def __init__(self, page: PaintedPage, lines: int | None) -> None:
        self.page = page
        self.lines = lines
        self.short = lines is not None
        self.indent = LABEL if page.width >= WIDE else NARROW_INDENT

    def first(self, label: str, text: str, *codes: str) -> list[str]:
        """Return the lines of an entry with its label."""
        return self.page.after(self.label(label), text, BOLD, *codes, indent=self.indent, most=self.lines)

    def more(self, text: str, whole: str = "") -> list[str]:
        """Return further lines of an entry; its beginning, if it is to be pasted `whole`, is never cut."""
        pasted = len(self._lines_of(whole, None)) if whole else 0
        return self._lines_of(text, None if self.lines is None else max(self.lines, pasted))

    def remedy(self, text: str) -> list[str]:
        """Return what to do about what blocks: two lines of it at least, to say what to write and where."""
        return self._lines_of(text, None if self.lines is None else max(self.lines, 2))

    def _lines_of(self, text: str, most: int | None) -> list[str]:
        return self.page.after(" " * self.indent, text, indent=self.indent, most=most)

    def uncut(self, label: str, text: str, *codes: str) -> list[str]:
        """Return all lines of an entry: it is to be typed."""
        head = self.label(label) if label else " " * self.indent
        return self.page.after(head, text, BOLD, *codes, indent=self.indent)

    def names(self, names: Sequence[str]) -> str:
        """Return names in full, in short as many as fit on a line; each cut where it is very long."""
        cut_names = [cut(name, LONGEST_NAME) for name in names]
        return names_within(cut_names, self.page.width - self.indent) if self.short else ", ".join(cut_names)

    def label(self, label: str) -> str:
        """Return a label with the blanks after it."""
        return label.ljust(LABEL) if self.page.width >= WIDE else f"{label}  "

    def rules(self, rules: Sequence[str]) -> str:
        """Return the rules that say it, `[cc-noncommercial, …]`: the first of them."""
        shown = rules[: 1 if self.short else MOST_RULES]
        return f"[{', '.join((*shown, *(['…'] if len(rules) > len(shown) else [])))}]"


def entries(page: PaintedPage, found: Answer, lines: int | None = None) -> list[Section]:
    """Return the sections in the order in which they are read; with `lines`, each text in at most so many."""
    writer = _Writer(page, lines)
    return [
        _blockers(writer, "BLOCKED", found.blocked, RED, rank=0),
        _blockers(writer, "AGREE", found.owed, RED, rank=1),
        _questions(writer, found.questions),
        _decisions(writer, "NO EFFECT", [each for each in found.decisions if not each.counts], YELLOW, rank=1),
        *(
            _decisions(
                writer, label, [each for each in found.decisions if each.counts and each.label == label], color, 2
            )
            for label, color in DECISION_COLOR.items()
        ),
        _blockers(writer, "OPEN", found.undecided, MAGENTA, rank=1),
        _tasks(writer, found.tasks, found.left_over),
        _notes(writer, [note for note in found.notes if note != found.days]),
    ]


def _blockers(writer: _Writer, label: str, blockers: Sequence[Blocker], color: str, rank: int) -> Section:
    return Section(
        entries=tuple(Entry(tuple(_blocker(writer, label, item, color))) for item in blockers),
        one="thing",
        several="things",
        rank=rank,
        before=writer.label(label),
    )


def _blocker(writer: _Writer, label: str, item: Blocker, color: str) -> Iterator[str]:
    of = writer.names(item.names) or STUDY
    activities = ", ".join(COLUMN_WORDS[activity] for activity in item.activities)
    only = f" ({activities})" if activities else ""
    yield from writer.first(label, f"{_place(item.place)}{of}: {item.text}{only}  {writer.rules(item.rules)}", color)
    for remedy in item.remedies[:1] if writer.short else item.remedies:
        yield from writer.remedy(remedy)


def _questions(writer: _Writer, questions: Sequence[AskedQuestion]) -> Section:
    return Section(
        entries=tuple(Entry(tuple(_question(writer, item))) for item in questions),
        one="question",
        several="questions",
        rank=0,
        before=writer.label("QUESTION"),
    )


def _question(writer: _Writer, item: AskedQuestion) -> Iterator[str]:
    question = item.question
    about = [name for name in item.names if name not in question.text]
    alone = f"{writer.names(about)}: " if len(item.names) == len(about) == 1 else ""
    text = f"{_place(item.place)}{alone}{question.text}  {writer.rules(question.rules)}"
    yield from writer.first(f"QUESTION {item.number}", text, MAGENTA)
    if item.decided:
        yield from writer.more(item.decided)
    if about and not alone:
        yield from writer.more(f"decides {writer.names(item.names)}")
    for answer in item.answers[:SHORT_ANSWERS] if writer.short else item.answers:
        yield from _answer(writer, answer)
    left = len(item.answers) - SHORT_ANSWERS
    if writer.short and left > 0:
        yield from writer.more(f"{count(left, 'more answer', 'more answers')}: {WHERE_ALL_IS}")
    if question.ask is not None:
        yield from writer.more(f"ask {'; '.join((question.ask, *map(contact, question.contacts)))}")
    if question.remedy is not None and not any(answer.pasted for answer in item.answers):
        yield from writer.more(question.remedy)


def _decisions(writer: _Writer, label: str, told: Sequence[ToldDecision], color: str, rank: int) -> Section:
    """Return the decisions of reviewers, each with its place in the review file where something is to be mended."""
    return Section(
        entries=tuple(
            Entry(tuple(writer.first(label, f"{'' if each.counts else _place(each.place)}{each.text}", color)))
            for each in told
        ),
        one="decision",
        several="decisions",
        rank=rank,
        before=writer.label(label),
    )


def _answer(writer: _Writer, answer: ReadyAnswer) -> list[str]:
    return writer.more(f"{answer.write}  -> {answer.leads}", whole=f"{answer.write}  ->" if answer.pasted else "")


def _tasks(writer: _Writer, tasks: Sequence[Task], left: LeftOver) -> Section:
    found = [Entry(tuple(_task(writer, "" if number else "TO DO", item))) for number, item in enumerate(tasks)]
    counted = _left_over(left)
    label = "" if tasks else "TO DO"
    return Section(
        entries=tuple(found),
        one="task",
        several="tasks",
        rank=1,
        tail=tuple(writer.uncut(label, counted, YELLOW)) if counted else (),
        before=writer.label("TO DO"),
        before_more=writer.label(""),
    )


def _task(writer: _Writer, label: str, task: Task) -> list[str]:
    places = _places(task.places)
    text = f"{places}{task.text}"
    if task.command is not None:
        said = writer.uncut(label, f"{text}:", YELLOW) if task.text else []
        return writer.page.with_command(said, task.command, writer.indent)
    if not task.duties:
        return writer.uncut(label, text, YELLOW)
    return writer.first(label, text, YELLOW) if label else writer.more(text)


def _left_over(left: LeftOver) -> str:
    parts = [
        f"{left.unshowable} more that no paper can show" if left.unshowable else "",
        f"{left.requested} asked for and not required" if left.requested else "",
    ]
    said = ", ".join(filter(None, parts))
    return f"{said}: {WHERE_ALL_IS}" if said else ""


def _notes(writer: _Writer, notes: Sequence[str]) -> Section:
    return Section(
        entries=tuple(Entry(tuple(writer.first("NOTE", note))) for note in notes),
        one="note",
        several="notes",
        rank=3,
        before=writer.label("NOTE"),
    )


def _place(place: str | None) -> str:
    return "" if place is None else f"{place}  "


def _places(places: Sequence[str]) -> str:
    """Return `paper/main.tex:8,9  `: the lines of one file together; of many places the first."""
    lines: dict[str, list[str]] = {}
    for place in places:
        file, colon, line = place.rpartition(":")
        lines.setdefault(file if colon and line.isdigit() else place, []).extend([line] if line.isdigit() else [])
    shown = [f"{file}:{','.join(numbers)}" if numbers else file for file, numbers in lines.items()]
    more = f" and {count(len(shown) - MOST_PLACES, 'more', 'more')}" if len(shown) > MOST_PLACES else ""
    return f"{'; '.join(shown[:MOST_PLACES])}{more}  " if shown else ""
