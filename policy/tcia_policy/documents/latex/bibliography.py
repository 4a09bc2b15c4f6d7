"""Lists of references that are printed as they are: `thebibliography`, and the `.bbl` files of BibTeX."""

from tcia_policy.documents.latex.arguments import group, option, skip
from tcia_policy.documents.latex.interpreter import Handler, Scan
from tcia_policy.documents.latex.output import YEAR, Item
from tcia_policy.documents.latex.stack import Frame, Span

_MARKED = {"title": "title", "year": "year", "date": "year"}


def begin_references(scan: Scan) -> None:
    """What follows is printed in the list of references."""
    scan.writer = scan.page.references


def end_references(scan: Scan) -> None:
    """The text goes on."""
    if scan.writer is scan.page.references:
        scan.writer.paragraph()
        scan.writer = scan.page.body


def item(scan: Scan, frame: Frame, index: int) -> int:
    """`\\bibitem[label]{key}`: its text reaches up to the next."""
    label = option(frame, index + 1)
    key = group(frame, label[1] if label else index + 1)
    if key is None or frame.source.has_paragraph(key[0].start, key[0].end):
        return index + 1
    begin_references(scan)
    scan.writer.paragraph()
    marked = {}
    if label is not None:
        year = YEAR.search(scan.printed(label[0]))
        marked = {"year": year.group()} if year else {}
    scan.page.items.append(Item(" ".join(scan.spelled(key[0]).split()), frame.place(index), scan.writer.length, marked))
    return key[1]


def marked_field(scan: Scan, frame: Frame, index: int) -> int:
    """`\\bibinfo{title}{..}` of REVTeX and Elsevier."""
    name = group(frame, index + 1)
    value = group(frame, name[1]) if name else None
    if name is None or value is None:
        return index + 1
    _mark(scan, _MARKED.get(scan.spelled(name[0]), ""), value[0])
    scan.walk(value[0])
    return value[1]


def marked_title(scan: Scan, frame: Frame, index: int) -> int:
    """`\\APACrefatitle{title}{Title}` of apacite, `\\showarticletitle{title}` of ACM."""
    value = group(frame, index + 1)
    if value is None:
        return index + 1
    _mark(scan, "title", value[0])
    scan.walk(value[0])
    return skip(frame, value[1], "m") if frame.source.values[index].startswith("APAC") else value[1]


def marked_year(scan: Scan, frame: Frame, index: int) -> int:
    """`\\APACrefYearMonthDay{2015}{}{}` of apacite."""
    value = group(frame, index + 1)
    if value is None:
        return index + 1
    _mark(scan, "year", value[0])
    scan.walk(value[0])
    return value[1]


def _mark(scan: Scan, name: str, value: Span) -> None:
    if name and scan.page.items and scan.may_expand(value):
        scan.page.items[-1].marked.setdefault(name, scan.printed(value).rstrip(".,; "))


COMMANDS: dict[str, Handler] = {
    "bibitem": item,
    "bibinfo": marked_field,
    "bibfield": marked_field,
    **dict.fromkeys(["APACrefatitle", "APACrefbtitle", "APACrefaetitle", "showarticletitle"], marked_title),
    **dict.fromkeys(["APACrefYearMonthDay", "APACrefYear"], marked_year),
}
