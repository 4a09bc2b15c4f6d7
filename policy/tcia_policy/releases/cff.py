"""`CITATION.cff` as a file that says what is released. Format: see `documents/citation_cff.py`."""

from dataclasses import replace

from tcia_policy.documents.citation_cff import PREFERRED, REFERENCES, cff_entries, read_cff
from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.model import Manuscript
from tcia_policy.releases.fields import Fields
from tcia_policy.releases.model import Released, ReleaseFile, Topic

_TYPES = {"software": Released.CODE, "dataset": Released.DATA}


def read_citation(file: DocumentFile) -> ReleaseFile | None:
    """Return what the file says of the release, and what it cites. Several licenses may be chosen from (`OR`)."""
    fields = Fields(read_cff(file), file.shown)
    fields.say(Topic.TITLE, ("title",))
    fields.say_license("license", link=fields.text("license-url"))
    if not fields.has("license"):
        fields.say_license("license-url")
    fields.say(Topic.CITATION, (PREFERRED, "title"), link=_link(fields, PREFERRED))
    for place, _ in fields.items(REFERENCES):
        fields.say(Topic.CITATION, place, fields.text(*place, "title"), link=_link(fields, *place))
    entries = cff_entries(fields.located, file.shown, printed=True)
    printed = fields.prose("title", "abstract", "message", "keywords")
    described = tuple(block for block in printed.prose if not block.is_references)
    text = replace(Manuscript(files=(file.shown,), entries=entries), prose=described)
    # `type` is `software` where nothing is written: that says nothing
    released = _TYPES.get((fields.text("type") or "").lower(), Released.UNKNOWN)
    return fields.file("CITATION.cff", released, True, text)


def _link(fields: Fields, *place: str | int) -> str | None:
    return fields.text(*place, "doi") or fields.text(*place, "url")
