"""The description of a model of MHub, `meta.json`: code and weights have licenses of their own.

Format: https://github.com/MHubAI/documentation, `documentation/mhub_models/model_json.md`.
"""

from collections.abc import Mapping

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.releases.json_fields import json_fields
from tcia_policy.releases.model import Released, ReleaseFile, Topic

_PARTS = {"code": Released.CODE, "weights": Released.MODEL, "model": Released.MODEL}
_NONE = ("n/a", "na", "none", "-")
_READ = ("title", "summary", "info")


def read_meta(file: DocumentFile) -> ReleaseFile | None:
    """Return what the description of a model says; `None` for a file without `details` and `summary`."""
    fields = json_fields(file)
    if not isinstance(fields.get("details"), Mapping) or not (fields.has("summary") or fields.has("info")):
        return None
    fields.say(Topic.TITLE, ("title",))
    license_ = fields.get("details", "license")
    if isinstance(license_, Mapping) and license_:
        for part, text in license_.items():
            place = ("details", "license", part)
            if isinstance(text, str) and text.strip().lower() in _NONE:
                fields.unread(place, f"is {text!r}, which is no license")
            else:
                fields.say_license(*place, says=_PARTS.get(str(part).lower()))
    else:
        fields.say_license("details", "license")
    fields.say(Topic.CITATION, ("details", "cite"))
    fields.say_each(Topic.CITATION, "details", "publications")
    fields.say_each(Topic.MADE_FROM, "info", "training", "references")
    fields.say_each(Topic.TESTED_ON, "info", "evaluation", "references")
    return fields.file("MHub model", Released.MODEL, True, fields.prose(*_READ))
