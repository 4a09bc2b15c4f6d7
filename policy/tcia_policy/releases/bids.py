"""The description of a BIDS dataset or of its derivatives, `dataset_description.json`.

Format: https://bids-specification.readthedocs.io/en/stable/modality-agnostic-files/dataset-description.html
"""

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.releases.json_fields import json_fields
from tcia_policy.releases.model import Released, ReleaseFile, Topic

_READ = ("Name", "Acknowledgements", "HowToAcknowledge", "Keywords", "SourceDatasets", "DatasetLinks")


def read_description(file: DocumentFile) -> ReleaseFile | None:
    """Return what the description of a dataset says; `None` for a file without the fields that BIDS asks for."""
    fields = json_fields(file)
    if not fields.has("Name") and not fields.has("BIDSVersion"):
        return None
    fields.say(Topic.TITLE, ("Name",))
    fields.say_license("License")
    for place, _ in fields.items("SourceDatasets"):
        link = next(filter(None, (fields.text(*place, key) for key in ("DOI", "URL"))), None)
        if link is None or link.lower() not in ("n/a", "unknown"):
            fields.say(Topic.MADE_FROM, place, link or fields.text(*place), link=link)
    fields.say(Topic.CITATION, ("HowToAcknowledge",))
    fields.say_each(Topic.CITATION, "ReferencesAndLinks")
    return fields.file("BIDS", Released.DATA, True, fields.prose(*_READ))
