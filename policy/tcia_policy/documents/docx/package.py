"""The parts of a Word document (Office Open XML, ECMA-376 part 2): XML files in a ZIP archive, read with bounds."""

import posixpath
from collections.abc import Mapping

from lxml import etree

from tcia_policy.errors import InputError
from tcia_policy.files import limits, magic
from tcia_policy.files.xml import parse_xml
from tcia_policy.files.zip import BoundedZip, ZipBounds
from tcia_policy.lazy import dataclass

_SAVE_AS_DOCX = "save it as .docx and name that file"
_NOT_WORD = (
    (magic.RTF, "is rich text (.rtf), not a Word document", _SAVE_AS_DOCX),
    (magic.PDF, "is a PDF, not a Word document", "give it the ending .pdf"),
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
            self._zip = BoundedZip(content, ZipBounds(limits.WORD_PARTS, limits.WORD_PART, limits.WORD_INFLATED))
        except InputError as error:
            raise error.at(hint="open it in Word and save it again") from None
        self._names = frozenset(member.filename for member in self._zip.members)
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
        try:
            return parse_xml(self._zip.read(part))
        except InputError as error:
            raise InputError(f"cannot be read: its part {part} {error.problem}", hint="save it again in Word") from None

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


def _refuse_others(content: bytes) -> None:
    if len(content) > limits.WORD_DOCUMENT:
        raise InputError(f"is larger than {limits.WORD_DOCUMENT:,} bytes")
    if not content:
        raise InputError("is empty")
    if content.startswith(magic.OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise InputError("is protected with a password", hint="save a copy without one and name that")
        raise InputError("is a Word document of the old kind (.doc)", hint=_SAVE_AS_DOCX)
    for beginning, problem, hint in _NOT_WORD:
        if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(beginning):
            raise InputError(problem, hint=hint)
    if not content.startswith(magic.ZIP):
        raise InputError("is not a Word document (.docx), whatever its name says", hint=_SAVE_AS_DOCX)
