"""The fields of a JSON file of a release."""

from pathlib import Path

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.files import limits
from tcia_policy.files.located_json import parse_json
from tcia_policy.files.text import decode_text
from tcia_policy.releases.fields import Fields


def json_fields(file: DocumentFile) -> Fields:
    """Return the fields of a file. Raise `InputError` for what is too large, no JSON, or gives a key twice."""
    text = decode_text(file.content(), file.shown, limits.RELEASE_FILE)
    return Fields(parse_json(Path(file.shown), text), file.shown)
