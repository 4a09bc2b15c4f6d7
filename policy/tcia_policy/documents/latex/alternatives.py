"""What is printed in one of several ways, of which the source does not say which."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from tcia_policy.documents.latex.doubt import Condition, told
from tcia_policy.documents.latex.interpreter import Interpreter
from tcia_policy.documents.latex.output import Output
from tcia_policy.documents.model import CitationKeyUse
from tcia_policy.lazy import dataclass


@dataclass(frozen=True)
class Alternative:
    """One way: the condition under which it is taken, and what walks it."""

    condition: Condition
    walk: Callable[[], object]


@dataclass
class _Branch:
    """What one alternative printed, and cited, and whether it ended the document."""

    doubt: str
    condition: Condition
    output: Output
    citations: list[CitationKeyUse]
    files: list[Output]
    ended: bool


def walk_alternatives(interpreter: Interpreter, ways: Sequence[Alternative], *, are_all: bool) -> None:
    """Walk each of them in doubt. Where these `are_all` that there are, what all have alike is in no doubt."""
    parent, writer, around = interpreter.output, interpreter.writer, interpreter.conditions
    branches = [_walked(interpreter, way, in_references=writer is parent.references) for way in ways]
    interpreter.output, interpreter.writer, interpreter.conditions = parent, writer, around
    if are_all:
        _settle_citations(branches, told(around))
        _settle_files(interpreter, branches, told(around))
        _settle_text(interpreter, branches)
    for branch in branches:
        interpreter.citations += branch.citations
        interpreter.outputs += branch.files
        parent.take_doubtful(branch.output, branch.doubt)
    if are_all and all(branch.ended for branch in branches):
        interpreter.ended = True
    elif any(branch.ended for branch in branches):
        _go_on_in_doubt(interpreter, branches)


def _walked(interpreter: Interpreter, way: Alternative, *, in_references: bool) -> _Branch:
    around, parent, sections = interpreter.conditions, interpreter.output, interpreter.sections
    citations, outputs = interpreter.citations, interpreter.outputs
    interpreter.conditions = (*around, way.condition)
    doubt = told(interpreter.conditions) or ""
    interpreter.output = branch = Output(parent.file, doubt)
    interpreter.writer = branch.references if in_references else branch.body
    interpreter.writer.resume(interpreter.sections)
    interpreter.citations, interpreter.outputs = [], []
    way.walk()
    walked = _Branch(doubt, way.condition, branch, interpreter.citations, interpreter.outputs, ended=interpreter.ended)
    interpreter.citations, interpreter.outputs = citations, outputs
    interpreter.output, interpreter.conditions, interpreter.sections = parent, around, sections
    interpreter.ended = False
    return walked


def _settle_citations(branches: Sequence[_Branch], doubt: str | None) -> None:
    """Take the doubt from the keys that every branch cites."""
    alike = frozenset.intersection(
        *(
            frozenset((use.key, use.in_text) for use in branch.citations if use.doubt == branch.doubt)
            for branch in branches
        )
    )
    for branch in branches:
        branch.citations = [
            replace(use, doubt=doubt) if use.doubt == branch.doubt and (use.key, use.in_text) in alike else use
            for use in branch.citations
        ]


def _settle_files(interpreter: Interpreter, branches: Sequence[_Branch], doubt: str | None) -> None:
    """Take the doubt from the files that every branch includes, and have each once."""
    texts = [
        {(file.file, file.body.text()) for file in branch.files if file.doubt == branch.doubt} for branch in branches
    ]
    alike = set.intersection(*texts)
    for number, branch in enumerate(branches):
        kept = []
        for file in branch.files:
            if file.doubt != branch.doubt or (file.file, file.body.text()) not in alike:
                kept.append(file)
            elif not number:
                file.doubt = doubt
                kept.append(file)
        branch.files = kept


def _settle_text(interpreter: Interpreter, branches: Sequence[_Branch]) -> None:
    """Print what every branch prints, and leave it out of them."""
    parent, first = interpreter.output, branches[0].output
    if all(_all_text(branch.output) == _all_text(first) for branch in branches):
        if interpreter.writer is parent.references:
            parent.take_beside(first)
        else:
            interpreter.writer.append(first.body)
            parent.take_beside(first)
        for branch in branches:
            branch.output.body, branch.output.references = Output("").body, Output("").references
            branch.output.notes, branch.output.items = [], []
        return
    said = [{_plain(text) for text, _ in branch.output.body.sentences()} for branch in branches]
    alike = frozenset(set.intersection(*said))
    if alike:
        for text, line in first.body.sentences():
            if _plain(text) in alike:
                interpreter.writer.write_lines(text, line)
        for branch in branches:
            branch.output.body = branch.output.body.without(alike)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _all_text(output: Output) -> list[str]:
    return [_plain(writer.text()) for writer in (output.body, output.references, *output.notes)]


def _go_on_in_doubt(interpreter: Interpreter, branches: Sequence[_Branch]) -> None:
    """Print what follows a document that may have ended under the conditions that did not end it."""
    going_on = [branch for branch in branches if not branch.ended]
    ending = next(branch for branch in branches if branch.ended)
    condition = going_on[0].condition if going_on else Condition(ending.condition.test, f"not {ending.condition.value}")
    interpreter.conditions = (*interpreter.conditions, condition)
    interpreter.output = interpreter.output.under(told(interpreter.conditions) or "")
    interpreter.writer = interpreter.output.body
