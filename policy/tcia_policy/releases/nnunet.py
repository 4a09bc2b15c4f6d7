"""nnU-Net's `dataset.json` and `plans.json`, and the `dataset.json` of the Medical Segmentation Decathlon.

Formats: https://github.com/MIC-DKFZ/nnUNet, `documentation/dataset_format.md`, `nnunetv2/dataset_conversion/
generate_dataset_json.py` (`license`, `reference`, `release`, `description`); version 1 wrote `licence`. A folder of
trained weights has both files: there `dataset.json` describes the data that the weights were trained on.
"""

from collections.abc import Mapping

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.lazy import pattern
from tcia_policy.releases.fields import Fields, is_address
from tcia_policy.releases.json_fields import json_fields
from tcia_policy.releases.model import Released, ReleaseFile, Topic

_OWN_KEYS = frozenset(("numTraining", "channel_names", "modality", "file_ending", "tensorImageSize"))
_LICENSE_KEYS = ("license", "licence")
_READ = ("name", "description", "reference", "citation", "release")
_DATASET = pattern(r"(?:Dataset|Task)\d{2,4}_")


def read_dataset(file: DocumentFile) -> ReleaseFile | None:
    """Return what the description of a dataset says; `None` for a file that is not nnU-Net's."""
    fields = json_fields(file)
    if not isinstance(fields.located.data, Mapping) or not (
        fields.has("labels") and _OWN_KEYS & fields.located.data.keys()
    ):
        return None
    of_weights = file.tree.has(file.path.parent / "plans.json")
    for key in _LICENSE_KEYS:
        fields.say_license(key, topic=Topic.DATA_LICENSE if of_weights else Topic.LICENSE)
    _say_name(fields, "name", Topic.MADE_FROM if of_weights else Topic.TITLE)
    reference = fields.text("reference")
    topic = Topic.MADE_FROM if reference and is_address(reference) else Topic.CITATION
    fields.say_each(topic, "reference")
    fields.say_each(Topic.CITATION, "citation")
    released = Released.MODEL if of_weights else Released.DATA
    return fields.file("nnU-Net dataset", released, not of_weights, fields.prose(*_READ))


def read_plans(file: DocumentFile) -> ReleaseFile | None:
    """Return the name of the data that weights were trained on; `None` for a file that is not nnU-Net's."""
    fields = json_fields(file)
    if not fields.has("dataset_name") or not (fields.has("plans_name") or fields.has("configurations")):
        return None
    _say_name(fields, "dataset_name", Topic.MADE_FROM)
    return fields.file("nnU-Net plans", Released.MODEL, False, fields.prose())


def _say_name(fields: Fields, key: str, topic: Topic) -> None:
    """Note a name without nnU-Net's number (`Dataset017_AbdominalOrgans`)."""
    fields.say(topic, (key,), _DATASET.sub("", fields.text(key) or "", count=1).replace("_", " ").strip())
