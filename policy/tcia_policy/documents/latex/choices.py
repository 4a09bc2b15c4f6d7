"""What is printed under a condition that is written with braces: `\\ifthenelse{test}{one}{other}` and its kin.

Packages ifthen 1.1c, etoolbox 2.5k (sections 3.5 and 3.6), ifdraft 1.4, LaTeX's own `\\IfFileExists` (ltfiles) and
`\\IfBooleanTF` (usrguide, section 2.5).
"""

from collections.abc import Callable, Sequence
from functools import partial

from tcia_policy.documents.latex.alternatives import Alternative, walk_alternatives
from tcia_policy.documents.latex.arguments import group, single
from tcia_policy.documents.latex.doubt import Condition
from tcia_policy.documents.latex.formulas import boolean_expression, number_of, then_else
from tcia_policy.documents.latex.interpreter import Handler, Interpreter
from tcia_policy.documents.latex.meanings import is_defined, is_empty
from tcia_policy.documents.latex.operands import between
from tcia_policy.documents.latex.stack import Frame, Span, argument_of
from tcia_policy.documents.latex.tokens import COMMAND, PARAMETER

Test = Callable[[Interpreter, Sequence[Span]], bool | None]


def choose(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\iftoggle{draft}{one}{other}`: one of them where the test is known, else both in doubt."""
    name = frame.source.values[index].rstrip("*")
    count, test = TESTS.get(name, (0, _unknown))
    given, after = _arguments(frame, index + 1, count)
    only_if = name.endswith("T") and name.startswith("If")
    only_else = name.endswith("F") and not name.endswith("TF") and name.startswith("If")
    spans, behind = _arguments(frame, after, 1 if only_if or only_else else 2)
    if len(given) < count or not spans:
        return after
    one = None if only_else else spans[0]
    other = spans[0] if only_else else spans[1] if len(spans) > 1 else None
    value = test(interpreter, given)
    if value is None:
        shown = f"\\{name}{between(frame, index + 1, after)}"
        ways = [
            Alternative(Condition.of(shown, value), partial(_walk, interpreter, span))
            for value, span in ((True, one), (False, other))
        ]
        walk_alternatives(interpreter, ways, are_all=True)
    else:
        _walk(interpreter, one if value else other)
    return behind


def _walk(interpreter: Interpreter, span: Span | None) -> None:
    if span is not None:
        interpreter.walk(span)


def _arguments(frame: Frame, index: int, count: int) -> tuple[list[Span], int]:
    """Return so many arguments in braces, or commands without, as far as they are there."""
    spans: list[Span] = []
    for _ in range(count):
        found = group(frame, index)
        if found is None:
            span, after = single(frame, index)
            if span.end == span.start:
                break
            found = span, after
        span, index = found
        spans.append(span)
    return spans, index


def _unknown(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
    return None


def _flag(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
    return interpreter.flags.get(interpreter.spelled(given[0]))


def _option(name: str, opposite: str) -> Test:
    def test(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
        """Tell what the options of the class say; those that are given from outside are not in the source."""
        options = interpreter.class_options
        return True if name in options else False if opposite in options else None

    return test


def _name_of(given: Span) -> str:
    """Return the name of the command that is all of an argument."""
    frame = given.frame
    kinds, values = frame.source.kinds, frame.source.values
    for index in range(given.start, given.end):
        if kinds[index] == COMMAND:
            return values[index]
        if kinds[index] == PARAMETER and (argument := argument_of(frame, values[index])) is not None:
            return _name_of(argument)
    return ""


def _defined(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
    return is_defined(interpreter, _name_of(given[0]))


def _named(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
    return is_defined(interpreter, interpreter.spelled(given[0]))


def _emptied(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
    return is_empty(interpreter, _name_of(given[0]))


def _void(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
    name = _name_of(given[0])
    return True if is_defined(interpreter, name) is False else is_empty(interpreter, name)


def _not(test: Test) -> Test:
    def turned(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
        value = test(interpreter, given)
        return None if value is None else not value

    return turned


def _blank(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
    return not interpreter.spelled(given[0])


def _same_text(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
    return interpreter.spelled(given[0]) == interpreter.spelled(given[1])


def _macro_is_text(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
    macro = interpreter.macros.get(_name_of(given[0]))
    if macro is None or _name_of(given[0]) in interpreter.unsettled:
        return None
    return interpreter.spelled(macro.body) == interpreter.spelled(given[1])


def _compared(sign: str) -> Test:
    def test(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
        one, other = number_of(interpreter, given[0]), number_of(interpreter, given[-1])
        relation = interpreter.spelled(given[1]) if sign == "?" else sign
        if one is None or other is None:
            return None
        return {"<": one < other, "=": one == other, ">": one > other}.get(relation)

    return test


def _odd(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
    number = number_of(interpreter, given[0])
    return None if number is None else number % 2 == 1


def _no_value(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
    """Tell whether `#1` was left out: such an argument has no tokens."""
    frame = given[0].frame
    if given[0].end - given[0].start != 1 or frame.source.kinds[given[0].start] != PARAMETER:
        return None
    argument = argument_of(frame, frame.source.values[given[0].start])
    return None if argument is None else argument.start == argument.end


def _file(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
    return interpreter.has_file(interpreter.spelled(given[0]))


def _loaded(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
    """Tell of a package that the source names; another may have brought one that it does not."""
    return True if interpreter.spelled(given[0]) in interpreter.packages else None


def _of_class(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
    named = interpreter.document_class
    return None if not named or interpreter.is_incomplete else interpreter.spelled(given[0]) == named


def _formula(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
    return then_else(interpreter, given[0])


def _expression(interpreter: Interpreter, given: Sequence[Span]) -> bool | None:
    return boolean_expression(interpreter, given[0], TESTS)


TESTS: dict[str, tuple[int, Test]] = {
    **dict.fromkeys(["iftoggle", "ifbool"], (1, _flag)),
    **dict.fromkeys(["nottoggle", "notbool"], (1, _not(_flag))),
    "ifthenelse": (1, _formula),
    **dict.fromkeys(["ifboolexpr", "ifboolexpe"], (1, _expression)),
    **dict.fromkeys(["ifdraft", "ifoptiondraft"], (0, _option("draft", "final"))),
    **dict.fromkeys(["iffinal", "ifoptionfinal"], (0, _option("final", "draft"))),
    "ifdef": (1, _defined),
    "ifundef": (1, _not(_defined)),
    **dict.fromkeys(["ifcsdef", "ifcsname"], (1, _named)),
    **dict.fromkeys(["ifcsundef", "@ifundefined"], (1, _not(_named))),
    "ifdefempty": (1, _emptied),
    "ifdefvoid": (1, _void),
    **dict.fromkeys(["ifblank", "ifstrempty", "IfBlankTF", "IfBlankT", "IfBlankF"], (1, _blank)),
    "notblank": (1, _not(_blank)),
    "ifstrequal": (2, _same_text),
    "ifdefstring": (2, _macro_is_text),
    "ifnumcomp": (3, _compared("?")),
    "ifnumequal": (2, _compared("=")),
    "ifnumgreater": (2, _compared(">")),
    "ifnumless": (2, _compared("<")),
    "ifnumodd": (1, _odd),
    **dict.fromkeys(["IfNoValueTF", "IfNoValueT", "IfNoValueF"], (1, _no_value)),
    **dict.fromkeys(["IfValueTF", "IfValueT", "IfValueF"], (1, _not(_no_value))),
    **dict.fromkeys(["IfBooleanTF", "IfBooleanT", "IfBooleanF"], (1, _not(_no_value))),
    "IfFileExists": (1, _file),
    **dict.fromkeys(["@ifpackageloaded", "IfPackageLoadedTF", "IfPackageLoadedT", "IfPackageLoadedF"], (1, _loaded)),
    **dict.fromkeys(["@ifclassloaded", "IfClassLoadedTF", "IfClassLoadedT", "IfClassLoadedF"], (1, _of_class)),
    # What a package, the engine or the language says:
    "IfStandalone": (0, _unknown),
    **dict.fromkeys(["iflanguage", "IfLanguageName", "IfFormatAtLeastTF", "ifcsvoid", "ifcsempty"], (1, _unknown)),
    **dict.fromkeys(["ifdefmacro", "ifcsmacro"], (1, _unknown)),
    **dict.fromkeys(["ifdefequal", "ifcsequal", "ifinlist", "@ifpackagewith"], (2, _unknown)),
    "ifdimcomp": (3, _unknown),
}

# One that is called `\if..` may also be a flag, which ends with `\fi`.
COMMANDS: dict[str, Handler] = dict.fromkeys((name for name in TESTS if not name.startswith("if")), choose)
