"""The parts of a Word document (Office Open XML, ECMA-376 part 2): XML files in a ZIP archive, read with bounds."""

import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from tcia_policy.errors import InputError

MOST_BYTES = 300_000_000
MOST_MEMBERS = 20_000
MOST_PART_BYTES = 60_000_000
MOST_INFLATED = 150_000_000
MOST_TAGS = 2_000_000  # of one part; a thesis of 300 pages has half a million

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    IndexError,
    NotImplementedError,
)
_SAVE_AS_DOCX = "save it as .docx and name that file"
_NOT_WORD = (
    (b"{\\rtf", "is rich text (.rtf), not a Word document", _SAVE_AS_DOCX),
    (b"%PDF-", "is a PDF, not a Word document", "give it the ending .pdf"),
    (b"<", "is a web page or XML, not a Word document", _SAVE_AS_DOCX),
)


@dataclass(frozen=True)
class Target:
    """What a relationship points to: a part of the package, or an address outside."""

    kind: str
    target: str
    external: bool


class WordPackage:
    """An opened document. Nothing of it is inflated but the XML parts asked for, and no more than is allowed in all."""

    def __init__(self, content: bytes) -> None:
        """Open the bytes of a document. Raise `InputError` for what is no Word document, or is too large."""
        _refuse_others(content)
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
        except _DAMAGED:
            raise InputError("is a damaged Word document", hint="open it in Word and save it again") from None
        self._names = frozenset(self._archive.namelist())
        if len(self._names) > MOST_MEMBERS:
            raise InputError(f"has more than {MOST_MEMBERS:,} files in it, and no Word document has so many")
        self._allowed = MOST_INFLATED
        self._relationships: dict[str, Mapping[str, Target]] = {}
        self.main = self._main_part()

    def _main_part(self) -> str:
        targets = self.relationships("").values()
        main = next((found.target for found in targets if found.kind == "officeDocument" and not found.external), None)
        for name in (main, "word/document.xml"):
            if name is not None and name in self._names:
                return name
        if main is None and "[Content_Types].xml" not in self._names:
            raise InputError("is a ZIP archive, but not a Word document", hint=_SAVE_AS_DOCX)
        raise InputError("is a Word document without its text (word/document.xml)", hint="save it again in Word")

    def has(self, part: str) -> bool:
        """Return whether there is such a part."""
        return part in self._names

    def parts_below(self, folder: str) -> list[str]:
        """Return the names of all parts in a folder, sorted."""
        return sorted(name for name in self._names if name.startswith(folder))

    def xml(self, part: str) -> etree._Element:
        """Return the root of an XML part. Raise `InputError` where it is missing, too large or not well-formed."""
        return parse_xml(self._inflated(part), part)

    def relationships(self, part: str) -> Mapping[str, Target]:
        """Return what the relationship ids of a part (of the package itself for `""`) stand for, if it has any."""
        if part not in self._relationships:
            self._relationships[part] = self._read_relationships(part)
        return self._relationships[part]

    def _read_relationships(self, part: str) -> Mapping[str, Target]:
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self._names:
            return {}
        found = {}
        for element in self.xml(rels):
            kind, target = element.get("Type", ""), element.get("Target", "")
            external = element.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[element.get("Id", "")] = Target(kind.rpartition("/")[2], target, external)
        return found

    def _inflated(self, part: str) -> bytes:
        bound = min(MOST_PART_BYTES, self._allowed)
        try:
            with self._archive.open(part) as stream:
                data = stream.read(bound + 1)
        except (KeyError, *_DAMAGED):
            raise InputError(f"is damaged: its part {part} cannot be read", hint="save it again in Word") from None
        except RuntimeError:  # what zipfile raises for an encrypted member
            raise InputError(
                f"is protected: its part {part} is encrypted", hint="save a copy without a password"
            ) from None
        if len(data) > bound:
            raise InputError(f"is too large: its part {part} unpacks to more than {bound:,} bytes")
        self._allowed -= len(data)
        return data


def parse_xml(data: bytes, what: str) -> etree._Element:
    """Parse XML that has no DTD, and return its root: no entity is expanded, nothing fetched, depth is bounded.

    Raise `InputError`, whose message calls the document by `what` it is.
    """
    if data.count(b"<") > MOST_TAGS:
        raise InputError(f"is too large: {what} has more than {MOST_TAGS:,} tags")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(
            f"is damaged: {what} is not well-formed XML ({str(error)[:120]})", hint="save it again in Word"
        ) from None
    if root is None:
        raise InputError(f"is damaged: {what} is empty", hint="save it again in Word")
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError(f"has entities or a document type in {what}, which no Word document has; it was not read")
    return root


def _refuse_others(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise InputError(f"is larger than {MOST_BYTES:,} bytes")
    if not content:
        raise InputError("is empty")
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise InputError("is protected with a password", hint="save a copy without one and name that")
        raise InputError("is a Word document of the old kind (.doc)", hint=_SAVE_AS_DOCX)
    for magic, problem, hint in _NOT_WORD:
        if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(magic):
            raise InputError(problem, hint=hint)
    if not content.startswith(_ZIP):
        raise InputError("is not a Word document (.docx), whatever its name says", hint=_SAVE_AS_DOCX)
