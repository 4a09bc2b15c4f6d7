"""PDF files for tests, written object by object."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

HEIGHT = 792
LEADING = 14


@dataclass(frozen=True)
class Page:
    """A page that draws `lines` from its top, or whatever `content` says. `links` are addresses, each with the number
    of the line (from 0) that it is on; `resources` stands in place of its fonts."""

    lines: Sequence[str] = ()
    links: Sequence[tuple[int, str]] = ()
    content: bytes | None = None
    resources: str = ""

    @property
    def drawn(self) -> bytes:
        """What its content stream says."""
        if self.content is not None:
            return self.content
        shown = "\n".join(f"({_escaped(line)}) Tj T*" for line in self.lines)
        return f"BT /F1 10 Tf {LEADING} TL 72 {HEIGHT - 72} Td\n{shown}\nET".encode("cp1252")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


@dataclass
class _Objects:
    written: list[bytes] = field(default_factory=list)

    def add(self, body: str | bytes) -> int:
        self.written.append(body if isinstance(body, bytes) else body.encode("latin-1"))
        return len(self.written)

    def stream(self, data: bytes, more: str = "") -> int:
        packed = zlib.compress(data)
        head = f"<< /Length {len(packed)} /Filter /FlateDecode {more} >>\nstream\n".encode()
        return self.add(head + packed + b"\nendstream")


def pdf(
    *pages: Page,
    bookmarks: Sequence[tuple[str, int]] = (),
    objects: Mapping[str, tuple[str, bytes]] | None = None,
    trailer: str = "",
) -> bytes:
    """Return a PDF of these pages. `bookmarks` are titles with page numbers from 1. `objects` are further streams (what
    their dictionaries say, and their data), which `{name}` in the pages' resources refers to."""
    written = _Objects([b"", b""])
    font = written.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    named = {name: f"{written.stream(data, more)} 0 R" for name, (more, data) in (objects or {}).items()}
    kids = []
    for page in pages:
        resources = page.resources or f"/Font << /F1 {font} 0 R >>"
        for name, reference in named.items():
            resources = resources.replace(f"{{{name}}}", reference)
        links = "".join(f"{written.add(_link(line, uri))} 0 R " for line, uri in page.links)
        content = written.stream(page.drawn)
        kids.append(
            written.add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 {HEIGHT}] /Resources << {resources} >> "
                f"/Contents {content} 0 R /Annots [{links}] >>"
            )
        )
    written.written[0] = f"<< /Type /Catalog /Pages 2 0 R {_outline(written, bookmarks, kids)} >>".encode()
    written.written[1] = (
        f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    )
    return _file(written.written, trailer)


def _link(line: int, uri: str) -> str:
    top = HEIGHT - 72 - LEADING * line + 9
    return (
        f"<< /Type /Annot /Subtype /Link /Rect [72 {top - 12} 300 {top}] /Border [0 0 0] "
        f"/A << /S /URI /URI ({_escaped(uri)}) >> >>"
    )


def _outline(written: _Objects, bookmarks: Sequence[tuple[str, int]], kids: Sequence[int]) -> str:
    if not bookmarks:
        return ""
    root = len(written.written) + 1
    ids = [root + 1 + index for index in range(len(bookmarks))]
    written.add(f"<< /Type /Outlines /First {ids[0]} 0 R /Last {ids[-1]} 0 R /Count {len(ids)} >>")
    for index, (title, page) in enumerate(bookmarks):
        following = f"/Next {ids[index + 1]} 0 R" if index + 1 < len(ids) else ""
        written.add(f"<< /Title ({title}) /Parent {root} 0 R /Dest [{kids[page - 1]} 0 R /Fit] {following} >>")
    return f"/Outlines {root} 0 R"


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)
