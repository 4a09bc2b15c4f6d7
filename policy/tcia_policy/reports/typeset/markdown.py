"""A `Document` in GitHub-flavored Markdown."""

from collections.abc import Iterator

from tcia_policy.files.mark import MARK
from tcia_policy.lazy import pattern
from tcia_policy.model import Assessment
from tcia_policy.model.changes import AssessmentDiff
from tcia_policy.reports.memo.changes import changes_alone
from tcia_policy.reports.memo.document import (
    BREAK,
    Block,
    Bullets,
    Document,
    Fields,
    Line,
    Paragraph,
    Picture,
    Preformatted,
    Quote,
    Section,
    Signature,
    Span,
    Style,
    Table,
)
from tcia_policy.reports.memo.memo import review_document
from tcia_policy.reports.typeset.html import web_address
from tcia_policy.text.sanitize import clean, spaced_like, without_commands

# An underscore between letters or digits is only an underscore.
_ACTIVE = pattern(r"([\\`*{}\[\]<>#|~&$!]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))")
_BEGINS_LIST_OR_RULE = pattern(r"^(\d{0,9})(?=[-+.)](?:\s|$)|[-=][-= ]*$)")
DEEPEST = 6  # levels of headings


def render_markdown(assessment: Assessment) -> str:
    """Return the document for legal review in Markdown."""
    return document_as_markdown(review_document(assessment))


def document_as_markdown(document: Document) -> str:
    """Return the document in Markdown. All text from data is escaped: it stays text, in a table and out of one."""
    blocks = [
        f"<!-- {MARK} -->",
        f"# {escape(f'Data use assessment: {document.title}')}",
        f"**{escape(document.answer)}**",
    ]
    for section in document.sections:
        blocks += _section(section, 2)
    blocks += ["---", escape(document.footer)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def changes_as_markdown(diff: AssessmentDiff) -> str:
    """Return what changed in Markdown, as a comment on a pull request."""
    return "\n\n".join([f"<!-- {MARK} -->", *_section(changes_alone(diff), 2)]) + "\n"


def escape(text: str) -> str:
    """Return `text` on one line, every character escaped that Markdown acts on, in a line or where a block begins."""
    line = _ACTIVE.sub(r"\\\1", clean(text))
    return _BEGINS_LIST_OR_RULE.sub(r"\1\\", line)


def _section(section: Section, level: int) -> Iterator[str]:
    yield f'<a id="{section.anchor}"></a>'
    yield f"{'#' * min(level, DEEPEST)} {escape(section.title)}"
    for block in section.blocks:
        yield from _block(block)
    for inner in section.sections:
        yield from _section(inner, level + 1)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _line(block.line)
        case Bullets():
            marks = block.marks or ("",) * len(block.entries)
            yield "\n".join(
                f"- {mark} {_line(entry)}".replace("-  ", "- ")
                for mark, entry in zip(marks, block.entries, strict=True)
            )
        case Fields():
            yield "\n".join(f"- {escape(label)}: {_line(entry)}" for label, entry in block.entries)
        case Table():
            yield from _table(block)
        case Quote():
            yield f"> {escape(block.text)}"
        case Preformatted():
            yield "\n".join(f"    {_unseen_out(line)}".rstrip() for line in block.text.splitlines())
        case Picture():
            yield f"*{escape(block.alternative)}*"
        case Signature():
            yield _row([escape(label) for label in block.labels])
            yield _row(["---"] * len(block.labels)) + "\n" + _row([" "] * len(block.labels))


def _table(table: Table) -> Iterator[str]:
    yield f"*{escape(table.caption)}*"
    rows = [_row([escape(head) for head in table.heads]), _row(["---"] * len(table.heads))]
    for row in table.rows:
        anchor = f'<a id="{row.anchor}"></a>' if row.anchor else ""
        first, *others = (_line(cell) for cell in row.cells)
        rows.append(_row([anchor + first, *others]))
    yield "\n".join(rows)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _line(line: Line) -> str:
    return "".join(map(_span, line)).strip()


def _span(span: Span) -> str:
    if span == BREAK:
        return "<br>"
    address = web_address(span.url)
    text = span.text if span.url is None or address or span.url == span.text else f"{span.text} ({span.url})"
    shown = escape(text)
    if address or span.to:
        return spaced_like(text, f"[{shown}](<{address}>)" if address else f"[{shown}](#{span.to})")
    styled = f"**{shown}**" if shown and (span.style is Style.STRONG or span.tone) else shown
    return spaced_like(text, styled)


def _unseen_out(line: str) -> str:
    indent = len(line) - len(line.lstrip(" "))
    return " " * indent + without_commands(clean(line))
