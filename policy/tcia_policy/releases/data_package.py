"""Data packages, `datapackage.json`. Format: https://datapackage.org/standard/data-package (`licenses`, `sources`)."""

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.releases.json_fields import json_fields
from tcia_policy.releases.model import Released, ReleaseFile, Topic


def read_package(file: DocumentFile) -> ReleaseFile | None:
    """Return what a data package says, and the licenses of its resources where they have their own."""
    fields = json_fields(file)
    if not fields.has("resources") and not fields.has("licenses"):
        return None
    fields.say(Topic.TITLE, ("title",))
    fields.say_license("licenses")
    fields.say_license("license")
    fields.say_each(Topic.MADE_FROM, "sources")
    for place, _ in fields.items("resources"):
        path = fields.text(*place, "path")
        fields.say_license(*place, "licenses", covers=() if path is None else (str(file.path.parent / path),))
        fields.say_each(Topic.MADE_FROM, *place, "sources")
    return fields.file("data package", Released.DATA, True, fields.prose("title", "description", "sources"))
