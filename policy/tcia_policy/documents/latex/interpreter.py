"""The walk over the tokens of a manuscript: what is live, what is printed, and where."""

from collections.abc import Callable, Iterator, Mapping

from tcia_policy.documents.latex.arguments import taken_by
from tcia_policy.documents.latex.characters import signs, typeset
from tcia_policy.documents.latex.doubt import Condition
from tcia_policy.documents.latex.output import Output
from tcia_policy.documents.latex.stack import Frame, Macro, Span, argument_of
from tcia_policy.documents.latex.tokens import (
    CLOSE,
    COMMAND,
    EMBEDDED,
    LOST,
    MATH,
    NEWLINE,
    OPEN,
    OPTION,
    OPTION_END,
    PARAGRAPH,
    PARAMETER,
    TEXT,
    VERBATIM_ENVIRONMENTS,
)
from tcia_policy.documents.model import CitationKeyUse, Heading, Problem, SourceLocation
from tcia_policy.files import limits

Handler = Callable[["Interpreter", Frame, int], int]
"""What a command does: takes where it stands, gives where to go on."""


class Interpreter:
    """The state of one reading. `live` is false in a preamble, where nothing prints or cites."""

    def __init__(
        self,
        handlers: Mapping[str, Handler],
        protected: frozenset[str],
        fallback: Callable[["Interpreter", str], Handler | None],
    ) -> None:
        """`handlers` are the commands that are understood, of which those in `protected` cannot be redefined;
        `fallback` knows what others do by their names."""
        self.handlers = handlers
        self.protected = protected
        self._fallback = fallback
        self.macros: dict[str, Macro] = {}
        self.aliases: dict[str, str] = {}
        self.environments: dict[str, tuple[Macro, Macro]] = {}
        self.flags: dict[str, bool | None] = {}
        self.hidden: set[str] = set()
        self.verbatim = set(VERBATIM_ENVIRONMENTS)
        self.unsettled: dict[str, Handler] = {}
        self.doubtful_environments: dict[str, Condition] = {}
        self.counters: dict[str, int | None] = {}
        self.boxes: dict[str, tuple[Macro, Condition | None]] = {}
        self.document_class = ""
        self.class_options: frozenset[str] = frozenset()
        self.given_options: frozenset[str] = frozenset()
        self.options: dict[str, Span] = {}
        self.packages: set[str] = set()
        self.has_file: Callable[[str], bool | None] = lambda name: None
        self.is_incomplete = False
        self.flags_only = False
        self.acronyms: dict[str, tuple[str, str]] = {}
        self.introduced: set[str] = set()
        self.embedded: dict[str, tuple[str, str]] = {}
        self.output = Output("")
        self.outputs: list[Output] = []
        self.writer = self.output.body
        self.sections: tuple[Heading, ...] = ()
        self.conditions: tuple[Condition, ...] = ()
        self.live = False
        self.citing = True
        self.math = False
        self.swallow = False
        self.ended = False
        self.began = False
        self.preamble_only = False
        self.citations: list[CitationKeyUse] = []
        self.problems: list[Problem] = []
        self.multiple: set[str] = set()
        self._depth = 0
        self._expanded = 0
        self._on_token: Mapping[int, Callable[[Frame, int], object]] = {
            NEWLINE: self._end_line,
            PARAGRAPH: self._end_paragraph,
            CLOSE: self._close,
            OPTION: self._bracket,
            OPTION_END: self._bracket,
            MATH: self._switch_math,
            PARAMETER: self._parameter,
            EMBEDDED: self._embed,
            LOST: self._lost,
        }

    # What the commands use

    def problem(self, place: SourceLocation, problem: str, hint: str | None = None) -> None:
        """Note what could not be read."""
        self.report(Problem(place, problem, hint))

    def report(self, problem: Problem) -> None:
        """Note a problem, up to so many."""
        if len(self.problems) < limits.LATEX_PROBLEMS:
            self.problems.append(problem)

    def write(self, text: str, line: int) -> None:
        """Print a text of one line, as it is."""
        if self.live and text:
            self.writer.write(text, line)

    def type(self, text: str, line: int) -> None:
        """Print a text of one line as LaTeX would: with dashes, quotes and ties."""
        if self.math:
            text = text.replace("_", "").replace("^", "")
        self.write(typeset(text), line)

    def newline(self) -> None:
        """End the line."""
        if self.live:
            self.writer.newline()

    def paragraph(self) -> None:
        """End the paragraph."""
        if self.live:
            self.writer.paragraph()

    def space(self) -> None:
        """Part two words."""
        if self.live:
            self.writer.space()

    def walk(self, span: Span, *, start: int | None = None) -> None:
        """Walk tokens that stand elsewhere than at the present place."""
        inner = Frame(span.frame.source, span.end, span.frame.arguments, span.frame.at)
        self.run(inner, span.start if start is None else start)

    def printed(self, span: Span) -> str:
        """Return what the tokens would print, in one line; nothing in them cites."""
        kept = self.writer, self.live, self.citing, self.math, self.output
        self.output = Output("")
        self.writer, self.live, self.citing = self.output.body, True, False
        self.walk(span)
        text = " ".join(self.output.body.text().split())
        self.writer, self.live, self.citing, self.math, self.output = kept
        return text

    def words(self, span: Span, depth: int = 0) -> Iterator[tuple[str, SourceLocation]]:
        """Give the tokens as they are written, with parameters and plain macros put in: for keys and names."""
        frame = span.frame
        kinds, values = frame.source.kinds, frame.source.values
        for index in range(span.start, span.end):
            if kinds[index] == PARAMETER:
                argument = argument_of(frame, values[index])
                if argument is not None and depth < limits.LATEX_DEPTH and self.may_expand(argument):
                    yield from self.words(argument, depth + 1)
            elif kinds[index] == COMMAND:
                yield from self._words_of_command(values[index], frame.place(index), depth)
            else:
                yield values[index], frame.place(index)

    def _words_of_command(self, name: str, place: SourceLocation, depth: int) -> Iterator[tuple[str, SourceLocation]]:
        macro = self.macros.get(name)
        if macro is None or macro.shape or name in self.unsettled:
            yield (name if name in "_%#&$ " else f"\\{name} "), place
        elif depth < limits.LATEX_DEPTH and self.may_expand(macro.body):
            yield from ((text, place) for text, _ in self.words(macro.body, depth + 1))

    def spelled(self, span: Span) -> str:
        """Return the tokens as they are written, in one string."""
        return "".join(text for text, _ in self.words(span)).strip()

    def may_expand(self, *spans: Span) -> bool:
        """Return whether macros have not grown beyond all bounds."""
        place = spans[0].frame.at or SourceLocation(spans[0].frame.source.file)
        return self.may_spend(sum(span.end - span.start + 1 for span in spans), place)

    def may_spend(self, work: int, place: SourceLocation) -> bool:
        """Count work that macros make, in tokens; return whether there is any left."""
        self._expanded += work
        if self._expanded <= limits.LATEX_EXPANDED:
            return True
        if self._expanded < 2 * limits.LATEX_EXPANDED:
            self._expanded = 2 * limits.LATEX_EXPANDED
            self.problem(place, "the macros grow too large; what they print from here on is not read")
        return False

    def begin_document(self) -> None:
        """End the preamble."""
        self.live = self.began = True
        self.ended = self.ended or self.preamble_only

    def end_document(self) -> None:
        """End the document: nothing after this counts."""
        self.ended = True

    def begin_section(self, heading: Heading) -> None:
        """Note that what follows stands in the section with this heading."""
        if heading.title:
            outer = (section for section in self.sections if section.level < heading.level)
            self.sections = (*outer, heading)

    # The walk

    def run(self, frame: Frame, start: int) -> None:
        """Walk a frame to its end. What is nested too deep is left out."""
        if self._depth >= limits.LATEX_DEPTH:
            self.problem(
                frame.place(start) if start < frame.end else SourceLocation(frame.source.file),
                "nested too deep; left out",
            )
            return
        self._depth += 1
        index, end, kinds = start, frame.end, frame.source.kinds
        while index < end and not self.ended:
            kind = kinds[index]
            if kind == TEXT:
                self._text(frame, index)
                index += 1
            elif kind == COMMAND:
                index = self.command(frame, index)
            else:
                index = self._other(frame, index, kind)
        for position in sorted(frame.closing):
            self._close(frame, position)
        self._depth -= 1

    def _text(self, frame: Frame, index: int) -> None:
        if not self.live:
            return
        text = frame.source.values[index]
        if self.swallow:
            text = text.lstrip(" \t")
            self.swallow = False
        if frame.at is not None and not self.may_spend(len(text) // limits.LATEX_TEXT_OF_TOKEN, frame.at):
            return
        self.type(text, frame.line(index))

    def _other(self, frame: Frame, index: int, kind: int) -> int:
        handle = self._on_token.get(kind)
        if handle is not None:
            handle(frame, index)
        if kind != NEWLINE:
            self.swallow = False
        return index + 1

    def _end_line(self, _frame: Frame, _index: int) -> None:
        if self.live and not self.swallow:
            self.writer.newline()

    def _end_paragraph(self, _frame: Frame, _index: int) -> None:
        self.math = False
        self.paragraph()

    def _bracket(self, frame: Frame, index: int) -> None:
        if not self._close(frame, index):
            self.write(frame.source.values[index], frame.line(index))

    def _switch_math(self, _frame: Frame, _index: int) -> None:
        self.math = not self.math

    def _lost(self, frame: Frame, index: int) -> None:
        self.never_closed(frame.source.values[index], frame.place(index))

    def never_closed(self, environment: str, place: SourceLocation) -> None:
        """Note that an environment has no end, and so hides what follows it."""
        hint = f"write \\end{{{environment}}} where it ends"
        self.problem(place, f"\\begin{{{environment}}} is never closed; what follows it is not read", hint)

    def _close(self, frame: Frame, index: int) -> bool:
        actions = frame.closing.pop(index, None)
        for action in actions or ():
            action()
        return actions is not None

    def _parameter(self, frame: Frame, index: int) -> None:
        argument = argument_of(frame, frame.source.values[index])
        if argument is not None and self.may_expand(argument):
            self.walk(argument)

    def _embed(self, frame: Frame, index: int) -> None:
        content = frame.source.embedded.get(index)
        if content is not None:
            self.embedded[frame.source.values[index]] = (content, frame.source.file)

    def command(self, frame: Frame, index: int) -> int:
        """Do what the command at `index` does, and return where to go on."""
        name = frame.source.values[index]
        unsettled = self.unsettled.get(name)
        if unsettled is not None:
            return unsettled(self, frame, index)
        if name in self.aliases:
            name = frame.source.values[index] = self.aliases[name]
        return self._settled(frame, index, name)

    def command_as(self, frame: Frame, index: int, macro: Macro | None, alias: str | None) -> int:
        """Do what the command at `index` does where it is this macro or the other command; where neither, its own."""
        if macro is not None:
            return self.expand(frame, index, macro)
        written = frame.source.values[index]
        frame.source.values[index] = name = alias or written
        after = self._settled(frame, index, name)
        frame.source.values[index] = written
        return after

    def knows(self, name: str) -> bool:
        """Return whether this reader understands a command by itself."""
        return name in self.handlers or self._fallback(self, name) is not None

    def _settled(self, frame: Frame, index: int, name: str) -> int:
        bare = name[:-1] if name[-1:] == "*" and len(name) > 1 else name
        macro = self.macros.get(name) or self.macros.get(bare)
        if macro is not None:
            return self.expand(frame, index, macro)
        handler = self.handlers.get(name) or self.handlers.get(bare) or self._fallback(self, name)
        if handler is not None:
            return handler(self, frame, index)
        return self._unknown(frame, index, bare) if self.live else index + 1

    def _unknown(self, frame: Frame, index: int, name: str) -> int:
        """Print a sign. Other commands vanish, with what stands in brackets; what stands in braces stays."""
        sign = signs().get(name)
        if sign is not None:
            self.write(sign, frame.line(index))
            self.swallow = name.isalpha() and not self.math
            return index + 1
        source = frame.source
        after = index + 1
        while after < frame.end and source.kinds[after] == OPTION:
            end = source.ends(after)
            if not after < end < frame.end or source.has_paragraph(after, end):
                break
            after = end + 1
        group = after
        while group < frame.end and source.kinds[group] == OPEN and group < source.ends(group) + 1 < frame.end:
            group = source.ends(group) + 1
            if source.kinds[group] != OPEN:
                break
            frame.on_close(group - 1, self.space)
        return after

    def expand(self, frame: Frame, index: int, macro: Macro, *, after: int | None = None) -> int:
        """Walk the body of the macro at `index` with its arguments put in, which stand behind it or at `after`."""
        starred = frame.source.values[index][-1:] == "*"
        arguments, after = taken_by(macro, frame, index + 1 if after is None else after, starred=starred)
        if self.may_expand(macro.body):
            body = Frame(macro.body.frame.source, macro.body.end, arguments, frame.place(index))
            self.run(body, macro.body.start)
        return after
