"""A Word document with a form that people filled in, in Word or in another program that rewrote it.

A row is told by the tag of the control in it, else by its label: some programs drop controls and keep their text. What
counts is what a reader of the document sees: inserted text, not deleted, hidden or struck-out text. A box is ticked in
Word (`w14:checked`), or by typing an x where it stands or beside it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field

from lxml import etree

from tcia_policy.documents.docx.elements import attribute, child, is_on, local_name
from tcia_policy.documents.docx.package import WordPackage
from tcia_policy.documents.docx.unprinted import is_unprinted
from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass
from tcia_policy.model.matter import MatterKind
from tcia_policy.model.review_form import FormAnswer, FormEntry, FormReviewer, FormStated, ReviewAnswers
from tcia_policy.review.choices import LEADS_TO, STATED_BY, says_of
from tcia_policy.review.fields import FIELDS
from tcia_policy.review.forms.controls import (
    EMPTY,
    EMPTY_LIST,
    ID_LABEL,
    LABELS,
    OFF,
    ON,
    PREFIX,
    REVIEWER,
    STATED,
    WORD14,
    entry_key,
)
from tcia_policy.review.forms.stated import NO_FORM, stated_of
from tcia_policy.text.sanitize import clean, shortened

LONGEST = 60
MOST_TOLD = 100
_LONGEST_FIELD = 4000
_TICKS = frozenset(("x", "X", "✓", "✔", "☑", "☒", "🗹", "×"))
_BOXES = frozenset((OFF, ON, "☑", "🗹"))
_BREAKS = frozenset(("tab", "ptab", "br", "cr", "p"))
_STRUCK = ("vanish", "strike", "dstrike")
_CELLS = 2


@dataclass(frozen=True)
class _Box:
    """What stands where a box is ticked: the state of its control, if it has one, and the text in the cell."""

    checked: bool | None
    text: str

    @property
    def ticked(self) -> bool | None:
        """Return whether it is ticked; `None` where nobody can tell."""
        marks = self.text.replace(" ", "")
        typed = "".join(mark for mark in marks if mark not in _BOXES)
        if typed:
            return True if all(mark in _TICKS for mark in typed) and self.checked is not True else None
        shown = any(mark in _BOXES - {OFF} for mark in marks)
        if self.checked is None or not marks:
            return shown if self.checked is None else self.checked
        return shown if shown == self.checked else None


@dataclass
class _Found:
    """What was found so far: fields by entry and name, boxes by entry and number, and what is not clear."""

    fields: dict[tuple[str, str], str] = field(default_factory=dict)
    boxes: dict[tuple[str, int], _Box] = field(default_factory=dict)
    unclear: list[str] = field(default_factory=list)


def read_docx_form(content: bytes) -> ReviewAnswers:
    """Return what a document holds. Raise `InputError` for one that is no Word document, or has no form of ours."""
    package = WordPackage(content)
    root = package.xml(package.main)
    stated = _stated(root)
    keys = {entry_key(entry.kind, entry.id): entry for entry in stated.entries}
    found = _Found()
    _read_rows(root, keys, found)
    answers = tuple(_answer(key, entry, found) for key, entry in keys.items())
    who = {name: found.fields.get((REVIEWER, name), "") for name in LABELS}
    return ReviewAnswers(
        form=stated, reviewer=FormReviewer(**who), answers=answers, unclear=tuple(found.unclear[:MOST_TOLD])
    )


def _stated(root: etree._Element) -> FormStated:
    """Return what the form states of itself: in its control, or, where that was dropped, in the line that it left."""
    texts = [_text(control) for control in _elements(root, "sdt") if _tag(control) == STATED]
    texts = texts or [text for line in _elements(root, "p") if (text := _text(line)).startswith('{"form":')]
    if len(set(texts)) != 1:
        problem = "has no form of ours" if not texts else "has two forms in it"
        raise InputError(f"is a Word document that {problem}", hint=NO_FORM)
    return stated_of(texts[0])


def _read_rows(root: etree._Element, keys: Mapping[str, FormEntry], found: _Found) -> None:
    """Read every row of every table. A row with another table in it is none of the form."""
    by_name = {(entry.kind.value, clean(entry.id)): key for key, entry in keys.items()}
    entries: dict[etree._Element, str | None] = {}
    for row in _elements(root, "tr"):
        if is_unprinted(row) or next(_elements(row, "tbl"), None) is not None:
            continue
        cells = [each for each in _cells(row) if not is_unprinted(each)]
        if len(cells) < _CELLS:
            continue
        table = _table_of(row)
        tag = next((tag for tag in map(_tag, _elements(row, "sdt")) if tag.startswith(f"{PREFIX}:")), "")
        first, last = _text(cells[0]), _text(cells[-1])
        if first == ID_LABEL:
            kind, _, id_ = last.partition(" ")
            entries[table] = by_name.get((kind, id_))
        else:
            _read_row(_Row(tag, first, last, cells, entries.get(table)), keys, found)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """Yield the cells of a row, also those that a control surrounds."""
    return _elements(row, "tc")


def _table_of(row: etree._Element) -> etree._Element:
    return next((each for each in row.iterancestors() if local_name(each) == "tbl"), row)


@dataclass(frozen=True)
class _Row:
    """A row of a form: the tag of its control, its texts, its cells, and the entry whose table it stands in."""

    tag: str
    first: str
    last: str
    cells: list[etree._Element]
    entry: str | None


def _read_row(row: _Row, keys: Mapping[str, FormEntry], found: _Found) -> None:
    key, name = _named(row, keys)
    if key is None or name is None:
        if row.entry is not None:
            found.unclear.append(f"a row that is not of the form: {shortened(f'{row.first} {row.last}', LONGEST)!r}")
        return
    if name.startswith("choice."):
        found.boxes[key, int(name.removeprefix("choice."))] = _Box(_checked(row.cells[0]), row.first)
        return
    text = "" if row.last in (EMPTY, EMPTY_LIST) else row.last.removeprefix(EMPTY).strip()
    if (key, name) in found.fields and found.fields[key, name] != text:
        found.unclear.append(f"the field {shortened(name, LONGEST)!r} stands twice in it, with two texts")
    found.fields[key, name] = text[:_LONGEST_FIELD]


def _named(row: _Row, keys: Mapping[str, FormEntry]) -> tuple[str | None, str | None]:
    """Return the entry and the name of what a row is for: by its tag, else by its label."""
    parts = row.tag.split(":")
    if len(parts) == 3 and (parts[1] in keys or parts[1] == REVIEWER) and _is_name(parts[2], keys.get(parts[1])):  # noqa: PLR2004
        return parts[1], parts[2]
    if row.entry is None:
        return REVIEWER, next((name for name, label in LABELS.items() if row.first == label), None)
    for number, choice in enumerate(keys[row.entry].choices):
        says = clean(says_of(choice))
        if row.last == says or row.last.startswith(tuple(f"{says} {note}:" for note in (STATED_BY, LEADS_TO))):
            return row.entry, f"choice.{number}"
    return row.entry, next((each.name for each in FIELDS if _is_label(row.first, each.label, each.example)), None)


def _is_name(name: str, entry: FormEntry | None) -> bool:
    if entry is None:
        return name in LABELS
    if name.startswith("choice."):
        number = name.removeprefix("choice.")
        return number.isascii() and number.isdigit() and len(number) < 4 and int(number) < len(entry.choices)  # noqa: PLR2004
    return any(each.name == name for each in FIELDS)


def _is_label(text: str, label: str, example: str) -> bool:
    return text in (label, f"{label} ({example})")


def _answer(key: str, entry: FormEntry, found: _Found) -> FormAnswer:
    chosen = []
    for number, choice in enumerate(entry.choices):
        box = found.boxes.get((key, number))
        ticked = False if box is None else box.ticked
        if ticked is None and box is not None:
            what = f"{shortened(entry.id, LONGEST)}: nobody can tell whether {shortened(choice, LONGEST)!r} is ticked"
            found.unclear.append(f"{what}: {shortened(box.text, LONGEST)!r}")
        if ticked:
            chosen.append(choice)
    fields = {name: text for (owner, name), text in found.fields.items() if owner == key and text}
    kind = MatterKind(entry.kind)
    return FormAnswer(kind=kind, id=entry.id, choices=tuple(chosen), fields=fields)


def _elements(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (each for each in root.iter() if local_name(each) == name)


def _tag(control: etree._Element) -> str:
    tag = child(control, "sdtPr", "tag")
    return "" if tag is None else attribute(tag, "val") or ""


def _checked(cell: etree._Element) -> bool | None:
    """Return the state of the box in a cell; `None` where there is none, or more than one."""
    found = list(cell.iter(f"{{{WORD14}}}checked"))
    if len(found) != 1:
        return None
    return (found[0].get(f"{{{WORD14}}}val") or "1").lower() in ("1", "true", "on")


def _text(element: etree._Element) -> str:
    """Return the text that a reader sees in an element, on one line."""
    pieces: list[str] = []
    walk = etree.iterwalk(element, events=("start",))
    for _, each in walk:
        name = local_name(each)
        if name == "t":
            pieces.append(each.text or "")
        elif name in _BREAKS:
            pieces.append(" ")
        elif name == "sym":
            pieces.append(_symbol(each))
        elif name != "sdtContent" and (is_unprinted(each) or _is_struck(name, each)):
            walk.skip_subtree()
    return clean("".join(pieces))


def _is_struck(name: str | None, element: etree._Element) -> bool:
    return name == "r" and any(is_on(child(element, "rPr", mark)) for mark in _STRUCK)


def _symbol(element: etree._Element) -> str:
    """Return the box that a letter of Wingdings shows, which Word writes for a ticked one in older documents."""
    code = (attribute(element, "char") or "").upper()
    return {"F0FE": "☑", "F078": ON, "F0FD": ON, "F06F": OFF, "F0A8": OFF, "F0FC": "✓"}.get(code, "?")
