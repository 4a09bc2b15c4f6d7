"""The metadata that Zenodo takes from a repository, `.zenodo.json`.

Format: https://developers.zenodo.org/#representation, and https://inveniordm.docs.cern.ch/reference/metadata for the
newer form (`rights`, `resource_type`).
"""

from collections.abc import Mapping

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.errors import InputError
from tcia_policy.releases.fields import Fields
from tcia_policy.releases.json_fields import json_fields
from tcia_policy.releases.model import Released, ReleaseFile, Topic

_KINDS = {
    "dataset": Released.DATA,
    "image": Released.DATA,
    "video": Released.DATA,
    "software": Released.CODE,
    "model": Released.MODEL,
    "publication": Released.PUBLICATION,
    "poster": Released.PUBLICATION,
    "presentation": Released.PUBLICATION,
    "lesson": Released.PUBLICATION,
}
# DataCite's relations, https://datacite-metadata-schema.readthedocs.io/en/4.6/appendices/appendix-1/relationType
_TOPICS = {
    "isderivedfrom": Topic.MADE_FROM,
    "issourceof": None,
    "isvariantformof": Topic.MADE_FROM,
    "iscompiledby": Topic.BASE_MODEL,
    "cites": Topic.CITATION,
    "references": Topic.CITATION,
}
_READ = ("title", "description", "notes", "keywords", "method", "access_conditions", "copyright")


def read_zenodo(file: DocumentFile) -> ReleaseFile | None:
    """Return what `.zenodo.json` says; the fields may stand under `metadata`."""
    fields = json_fields(file)
    top = ("metadata",) if isinstance(fields.get("metadata"), Mapping) else ()
    fields.say(Topic.TITLE, (*top, "title"))
    if not isinstance(fields.located.data, Mapping):
        raise InputError("is no object with fields", file=file.shown)
    access = fields.text(*top, "access_right") or "open"
    if access != "open":
        fields.unread((*top, "access_right"), f"says `{access}`, so that the license is not given to all", None)
    for key in ("license", "rights"):
        fields.say_license(*top, key)
    for place, item in fields.items(*top, "references"):
        fields.say(Topic.CITATION, place, fields.text(*place, "reference") if isinstance(item, Mapping) else None)
    say_related(fields, (*top, "related_identifiers"), "relation", "identifier")
    printed = fields.prose(*((*top, key) for key in _READ))
    return fields.file("Zenodo", _released(fields, top), True, printed)


def say_related(fields: Fields, place: tuple[str, ...], relation_key: str, identifier_key: str) -> None:
    """Note the works that something is derived from or cites, by their relation in DataCite's words."""
    for at, item in fields.items(*place):
        if not isinstance(item, Mapping):
            continue
        relation = fields.text(*at, relation_key) or fields.text(*at, relation_key, "id") or ""
        topic = _TOPICS.get(relation.lower())
        if topic is not None:
            fields.say(topic, (*at, identifier_key), relation=relation)


def _released(fields: Fields, top: tuple[str, ...]) -> Released:
    said = fields.text(*top, "upload_type") or fields.text(*top, "resource_type", "id")
    said = said or fields.text(*top, "resource_type", "type") or ""
    return _KINDS.get(said.lower().partition("-")[0], Released.UNKNOWN)
