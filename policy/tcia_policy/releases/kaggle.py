"""The metadata of what is published on Kaggle.

Formats: https://github.com/Kaggle/kaggle-api/wiki/Dataset-Metadata, .../Model-Metadata and
.../Kernel-Metadata; https://specs.frictionlessdata.io/data-package, of which the first is an extension.
"""

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.releases.json_fields import json_fields
from tcia_policy.releases.model import Released, ReleaseFile, Topic

_READ = (
    "title",
    "subtitle",
    "description",
    "overview",
    "usage",
    "provenanceSources",
    "userSpecifiedSources",
    "keywords",
)


def read_dataset(file: DocumentFile) -> ReleaseFile | None:
    """Return what `dataset-metadata.json` says: `licenses` is a list of objects with a name."""
    fields = json_fields(file)
    fields.say(Topic.TITLE, ("title",))
    fields.say_license("licenses")
    fields.say_license("license")
    fields.say_each(Topic.MADE_FROM, "userSpecifiedSources")
    fields.say_each(Topic.MADE_FROM, "sources")
    return fields.file("Kaggle dataset", Released.DATA, True, fields.prose(*_READ))


def read_model(file: DocumentFile) -> ReleaseFile | None:
    """Return what `model-metadata.json` and `model-instance-metadata.json` say: the latter has `licenseName`."""
    fields = json_fields(file)
    fields.say(Topic.TITLE, ("title",))
    fields.say_license("licenseName")
    fields.say_license("license")
    fields.say_each(Topic.MADE_FROM, "trainingData")
    fields.say_each(Topic.MADE_FROM, "provenanceSources")
    fields.say_each(Topic.BASE_MODEL, "baseModelInstance")
    is_instance = "instance" in file.path.name.lower()
    return fields.file("Kaggle model", Released.MODEL, is_instance, fields.prose(*_READ))


def read_kernel(file: DocumentFile) -> ReleaseFile | None:
    """Return what `kernel-metadata.json` says of a notebook: the data and models that it takes."""
    fields = json_fields(file)
    fields.say(Topic.TITLE, ("title",))
    for key in ("dataset_sources", "dataset_data_sources", "competition_sources"):
        fields.say_each(Topic.MADE_FROM, key)
    fields.say_each(Topic.BASE_MODEL, "model_sources")
    return fields.file("Kaggle notebook", Released.CODE, False, fields.prose(*_READ))
