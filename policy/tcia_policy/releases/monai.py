"""The metadata of MONAI bundles, `configs/metadata.json`.

Format: https://docs.monai.io/en/stable/mb_specification.html#metadata-json-file. The license of a bundle is its LICENSE
file, that of the data that it was trained on `docs/data_license.txt`.
"""

from collections.abc import Mapping

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.releases.json_fields import json_fields
from tcia_policy.releases.model import Released, ReleaseFile, Topic

_OWN_KEYS = frozenset(("monai_version", "network_data_format", "pytorch_version", "required_packages_version"))
_READ = ("name", "task", "description", "copyright", "data_source", "data_type", "intended_use", "changelog")


def read_metadata(file: DocumentFile) -> ReleaseFile | None:
    """Return what the metadata of a bundle say; `None` for a file that has none of the keys of the format."""
    fields = json_fields(file)
    if not isinstance(fields.located.data, Mapping) or not _OWN_KEYS & fields.located.data.keys():
        return None
    fields.say(Topic.TITLE, ("name",))
    fields.say_each(Topic.MADE_FROM, "data_source")
    fields.say_each(Topic.CITATION, "references")
    fields.say_license("license", says=Released.MODEL)
    fields.say_license("data_license", topic=Topic.DATA_LICENSE)
    return fields.file("MONAI bundle", Released.MODEL, False, fields.prose(*_READ))
