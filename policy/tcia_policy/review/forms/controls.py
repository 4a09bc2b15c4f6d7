"""The content controls of a form in Word: what they are called, and what each looks like while it is empty.

ECMA-376 part 1, 17.5.2 (`w:sdt`); [MS-DOCX] 2.6.1 (`w14:checkbox`). A tag has at most 64 letters in Word, so an entry
is named by the beginning of a digest. The row that a control stands in can be told without it, too: by its label.
"""

from tcia_policy.files.digests import digest_of_text
from tcia_policy.model.matter import MatterKind

WORD14 = "http://schemas.microsoft.com/office/word/2010/wordml"
PREFIX = "tcia-policy"
STATED = f"{PREFIX}:stated"
REVIEWER = "reviewer"
OFF, ON = "☐", "☒"
EMPTY = "Click here to write"
EMPTY_LIST = "Choose"
ID_LABEL = "Id"
LABELS = {"by": "Name", "role": "Role", "on": "Day"}
_LENGTH = 12


def entry_key(kind: MatterKind, id_: str) -> str:
    """Return the short name of an entry in tags."""
    return digest_of_text(f"{kind.value} {id_}")[:_LENGTH]


def tag_of(entry: str, name: str) -> str:
    """Return the tag of a control: `tcia-policy:3f2a...:until`."""
    return f"{PREFIX}:{entry}:{name}"
