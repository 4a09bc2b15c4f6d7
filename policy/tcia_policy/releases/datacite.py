"""DataCite's metadata, as JSON or XML, and GIN's `datacite.yml`.

Formats: https://schema.datacite.org/meta/kernel-4.6; https://support.datacite.org/docs/datacite-api-json;
https://gin.g-node.org/G-Node/Info/wiki/DOIfile.
"""

from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.located_yaml import LocatedYaml, parse_text
from tcia_policy.files.model_shape import YamlPath
from tcia_policy.files.text import decode_text
from tcia_policy.files.xml import parse_xml
from tcia_policy.releases.fields import Fields
from tcia_policy.releases.json_fields import json_fields
from tcia_policy.releases.model import Released, ReleaseFile, Topic
from tcia_policy.releases.zenodo import say_related

DATACITE = "DataCite"
_TYPES = {
    "dataset": Released.DATA,
    "collection": Released.DATA,
    "image": Released.DATA,
    "software": Released.CODE,
    "computationalnotebook": Released.CODE,
    "model": Released.MODEL,
    "text": Released.PUBLICATION,
    "journalarticle": Released.PUBLICATION,
}
_GIN_RELATIONS = {"isderivedfrom": Topic.MADE_FROM}


def read_json(file: DocumentFile) -> ReleaseFile | None:
    """Return what DataCite's JSON says, by itself or under `data.attributes`; `None` for other JSON."""
    fields = json_fields(file)
    top: tuple[str, ...] = ("data", "attributes") if fields.has("data", "attributes") else ()
    if not any(fields.has(*top, key) for key in ("rightsList", "relatedIdentifiers", "types")):
        return None
    return _read(fields, top)


def read_xml(file: DocumentFile) -> ReleaseFile | None:
    """Return what DataCite's XML says; `None` for other XML. Raise `InputError` for what is not well-formed."""
    try:
        root = parse_xml(file.content())
    except InputError as error:
        raise error.at(file=file.shown) from None
    if etree.QName(root).localname != "resource" or "datacite.org" not in (etree.QName(root).namespace or ""):
        return None
    return _read(Fields(_as_json(root, Path(file.shown)), file.shown), ())


def read_gin(file: DocumentFile) -> ReleaseFile | None:
    """Return what GIN's form says: one `license` with its name and address, and references with their relation."""
    text = decode_text(file.content(), file.shown, limits.RELEASE_FILE)
    fields = Fields(parse_text(Path(file.shown), text), file.shown)
    fields.say(Topic.TITLE, ("title",))
    fields.say_license("license")
    for place, item in fields.items("references"):
        relation = fields.text(*place, "reftype") if isinstance(item, Mapping) else None
        topic = _GIN_RELATIONS.get((relation or "").lower(), Topic.CITATION)
        cited = fields.text(*place, "citation") or fields.text(*place, "id")
        fields.say(topic, place, cited, link=fields.text(*place, "id"), relation=relation)
    released = _TYPES.get((fields.text("resourcetype") or "").lower(), Released.UNKNOWN)
    return fields.file(DATACITE, released, True, fields.prose("title", "description", "keywords"))


def _read(fields: Fields, top: tuple[str, ...]) -> ReleaseFile:
    for place, _ in fields.items(*top, "titles"):
        fields.say(Topic.TITLE, (*place, "title"))
    fields.say_license(*top, "rightsList")
    say_related(fields, (*top, "relatedIdentifiers"), "relationType", "relatedIdentifier")
    kind = (fields.text(*top, "types", "resourceTypeGeneral") or "").lower()
    printed = fields.prose((*top, "titles"), (*top, "descriptions"), (*top, "subjects"))
    return fields.file(DATACITE, _TYPES.get(kind, Released.UNKNOWN), True, printed)


def _as_json(root: etree._Element, path: Path) -> LocatedYaml:
    """Return the elements that are read in the form of DataCite's JSON, with their lines."""
    lines: dict[YamlPath, int] = {}
    data: dict[str, object] = {}
    read = (("rights", "rightsList", "rights"), ("relatedIdentifier", "relatedIdentifiers", "relatedIdentifier"))
    more = (("title", "titles", "title"), ("description", "descriptions", "description"))
    for element, name, key in (*read, *more):
        items = []
        for index, each in enumerate(root.iter(f"{{*}}{element}")):
            lines[(name, index)] = each.sourceline or 1
            items.append({**dict(each.attrib), key: "".join(each.itertext()).strip()})
        if items:
            data[name] = items
    kind = next(root.iter("{*}resourceType"), None)
    if kind is not None:
        data["types"] = {"resourceTypeGeneral": kind.get("resourceTypeGeneral") or ""}
    return LocatedYaml(path, data, lines)
