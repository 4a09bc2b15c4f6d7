"""Metadata files of no format that is known, in JSON or YAML: what their license field says is never passed over.

The names that fields have are those of most formats. The BioImage Model Zoo's `rdf.yaml` is one of them:
https://bioimage-io.github.io/spec-bioimage-io.
"""

from collections.abc import Mapping
from pathlib import Path

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.files import limits
from tcia_policy.files.located_yaml import parse_text
from tcia_policy.files.text import decode_text
from tcia_policy.releases.fields import Fields
from tcia_policy.releases.json_fields import json_fields
from tcia_policy.releases.model import Released, ReleaseFile, Topic

METADATA = "metadata"
_WORDS = (b"license", b"licence")
_LICENSE_KEYS = ("license", "licence", "licenses", "License", "license_name")
_TITLE_KEYS = ("title", "name")
_SOURCE_KEYS = ("training_data", "datasets", "data_source", "source")
_CITED_KEYS = ("cite", "citation", "references")
_READ = ("title", "name", "description", "summary", "documentation")
_KINDS = {"model": Released.MODEL, "dataset": Released.DATA, "software": Released.CODE}


def read_metadata(file: DocumentFile) -> ReleaseFile | None:
    """Return what a file says that has a license field; `None` for one that has none.

    Raise `InputError` for one that may have one and cannot be read.
    """
    if not any(word in file.content().lower() for word in _WORDS):
        return None
    fields = json_fields(file) if file.path.suffix.lower() == ".json" else _yaml_fields(file)
    if not isinstance(fields.located.data, Mapping) or not any(fields.has(key) for key in _LICENSE_KEYS):
        return None
    for key in _LICENSE_KEYS:
        fields.say_license(key)
    for keys, topic in ((_TITLE_KEYS, Topic.TITLE), (_SOURCE_KEYS, Topic.MADE_FROM), (_CITED_KEYS, Topic.CITATION)):
        for key in keys:
            fields.say_each(topic, key)
    fields.say_each(Topic.BASE_MODEL, "parent")
    released = _KINDS.get((fields.text("type") or "").lower(), Released.UNKNOWN)
    return fields.file(METADATA, released, True, fields.prose(*_READ))


def _yaml_fields(file: DocumentFile) -> Fields:
    text = decode_text(file.content(), file.shown, limits.RELEASE_FILE)
    return Fields(parse_text(Path(file.shown), text), file.shown)
