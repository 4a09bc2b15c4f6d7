"""Lists of references that are printed as they are: `thebibliography`, and the `.bbl` files of BibTeX."""

from tcia_policy.documents.latex.arguments import group, option, skip
from tcia_policy.documents.latex.interpreter import Handler, Interpreter
from tcia_policy.documents.latex.output import Item
from tcia_policy.documents.latex.stack import Frame, Span
from tcia_policy.text.years import printed_year

_MARKED = {"title": "title", "year": "year", "date": "year"}


def begin_references(interpreter: Interpreter) -> None:
    """Print what follows in the list of references."""
    interpreter.writer = interpreter.output.references


def end_references(interpreter: Interpreter) -> None:
    """Go on with the text."""
    if interpreter.writer is interpreter.output.references:
        interpreter.writer.paragraph()
        interpreter.writer = interpreter.output.body


def item(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\bibitem[label]{key}`: its text reaches up to the next."""
    label = option(frame, index + 1)
    key = group(frame, label[1] if label else index + 1)
    if key is None or frame.source.has_paragraph(key[0].start, key[0].end):
        return index + 1
    begin_references(interpreter)
    interpreter.writer.paragraph()
    marked = {}
    if label is not None:
        year = printed_year(interpreter.printed(label[0]))
        marked = {"year": str(year)} if year else {}
    interpreter.output.items.append(
        Item(" ".join(interpreter.spelled(key[0]).split()), frame.place(index), interpreter.writer.length, marked)
    )
    return key[1]


def marked_field(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\bibinfo{title}{..}` of REVTeX and Elsevier."""
    name = group(frame, index + 1)
    value = group(frame, name[1]) if name else None
    if name is None or value is None:
        return index + 1
    _mark(interpreter, _MARKED.get(interpreter.spelled(name[0]), ""), value[0])
    interpreter.walk(value[0])
    return value[1]


def marked_title(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\APACrefatitle{title}{Title}` of apacite, `\\showarticletitle{title}` of ACM."""
    value = group(frame, index + 1)
    if value is None:
        return index + 1
    _mark(interpreter, "title", value[0])
    interpreter.walk(value[0])
    return skip(frame, value[1], "m") if frame.source.values[index].startswith("APAC") else value[1]


def marked_year(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\APACrefYearMonthDay{2015}{}{}` of apacite."""
    value = group(frame, index + 1)
    if value is None:
        return index + 1
    _mark(interpreter, "year", value[0])
    interpreter.walk(value[0])
    return value[1]


def _mark(interpreter: Interpreter, name: str, value: Span) -> None:
    if name and interpreter.output.items and interpreter.may_expand(value):
        interpreter.output.items[-1].marked.setdefault(name, interpreter.printed(value).rstrip(".,; "))


COMMANDS: dict[str, Handler] = {
    "bibitem": item,
    "bibinfo": marked_field,
    "bibfield": marked_field,
    **dict.fromkeys(["APACrefatitle", "APACrefbtitle", "APACrefaetitle", "showarticletitle"], marked_title),
    **dict.fromkeys(["APACrefYearMonthDay", "APACrefYear"], marked_year),
}
