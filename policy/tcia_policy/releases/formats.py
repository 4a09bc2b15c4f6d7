"""The register of files that say what is released. A new format is one module with a reader, and one line here."""

import pkgutil
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.lazy import dataclass
from tcia_policy.releases.model import ReleaseFile

Reader = Callable[[DocumentFile], ReleaseFile | None]
"""A reader returns what a file says; `None` where it turns out to be of another format.

It raises `InputError` where nothing of it can be read.
"""


@dataclass(frozen=True)
class ReleaseFormat:
    """One format: how a file of it is recognized, and what reads it.

    `names` are glob patterns for the end of a path in lower case (`configs/metadata.json`). `marks` are words of which
    one stands in the beginning of every such file, whatever its name; the names do not count then.
    `states_license` says that a file that cannot be read may have stated the license of what is released.
    `reader` is `module:function` of a `Reader`.
    """

    name: str
    names: tuple[str, ...]
    reader: str
    help: str
    marks: tuple[bytes, ...] = ()
    states_license: bool = True

    def has_name(self, path: PurePosixPath) -> bool:
        """Return whether a file is called as those of the format are."""
        lowered = path.as_posix().lower()
        return any(fnmatchcase(lowered, name) or fnmatchcase(lowered, f"*/{name}") for name in self.names)

    def has_mark(self, head: bytes) -> bool:
        """Return whether the beginning of a file has a word that only files of the format have."""
        return any(mark in head for mark in self.marks)

    def read(self, file: DocumentFile) -> ReleaseFile | None:
        """Return what a file of this format says, `None` where it is none. Raise `InputError` for one not readable."""
        reader: Reader = pkgutil.resolve_name(self.reader)
        return reader(file)


_HERE = "tcia_policy.releases"
FORMATS = (
    ReleaseFormat(
        "JSON-LD (Croissant, RO-Crate, CodeMeta, schema.org)",
        ("ro-crate-metadata.json", "codemeta.json", "croissant.json", "*.jsonld"),
        f"{_HERE}.json_ld:read_json_ld",
        "`license`, `name`, `citeAs`, `citation`, `isBasedOn` of the root; the licenses of parts",
        marks=(b'"@context"', b'"@graph"', b"//schema.org/"),
    ),
    ReleaseFormat(
        "MONAI bundle",
        ("configs/metadata.json",),
        f"{_HERE}.monai:read_metadata",
        "name, copyright, data source, intended use, references",
        states_license=False,
    ),
    ReleaseFormat(
        "MHub model",
        ("meta.json",),
        f"{_HERE}.mhub:read_meta",
        "the licenses of code and weights, publications, the data of training and evaluation",
    ),
    ReleaseFormat(
        "nnU-Net dataset",
        ("dataset.json",),
        f"{_HERE}.nnunet:read_dataset",
        "`name`, `license` or `licence`, `reference`; beside `plans.json`, of the data that weights were trained on",
    ),
    ReleaseFormat(
        "nnU-Net plans",
        ("plans.json",),
        f"{_HERE}.nnunet:read_plans",
        "`dataset_name`, the data that weights were trained on",
        states_license=False,
    ),
    ReleaseFormat(
        "Kaggle dataset",
        ("dataset-metadata.json",),
        f"{_HERE}.kaggle:read_dataset",
        "`title`, `licenses`, sources",
    ),
    ReleaseFormat(
        "Kaggle model",
        ("model-metadata.json", "model-instance-metadata.json"),
        f"{_HERE}.kaggle:read_model",
        "`title`, `licenseName`, `trainingData`, `baseModelInstance`",
    ),
    ReleaseFormat(
        "Kaggle notebook",
        ("kernel-metadata.json",),
        f"{_HERE}.kaggle:read_kernel",
        "`dataset_sources`, `model_sources`",
        states_license=False,
    ),
    ReleaseFormat(
        "Zenodo",
        (".zenodo.json",),
        f"{_HERE}.zenodo:read_zenodo",
        "`license`, `title`, `upload_type`, `references`, `related_identifiers` by their relation",
    ),
    ReleaseFormat(
        "BIDS",
        ("dataset_description.json",),
        f"{_HERE}.bids:read_description",
        "`Name`, `License`, `SourceDatasets`, `HowToAcknowledge`, `ReferencesAndLinks`",
    ),
    ReleaseFormat(
        "data package",
        ("datapackage.json",),
        f"{_HERE}.data_package:read_package",
        "`licenses` and `sources`, of the package and of its resources",
    ),
    ReleaseFormat(
        "CITATION.cff",
        ("citation.cff",),
        f"{_HERE}.cff:read_citation",
        "`title`, `license`, `license-url`, `type`, `preferred-citation`, `references`",
    ),
    ReleaseFormat(
        "DataCite",
        ("datacite.json",),
        f"{_HERE}.datacite:read_json",
        "`rightsList`, titles, `relatedIdentifiers` by their relation",
        marks=(b"datacite.org/schema/kernel", b'"rightsList"'),
    ),
    ReleaseFormat("DataCite (XML)", ("*datacite*.xml",), f"{_HERE}.datacite:read_xml", "the same"),
    ReleaseFormat("DataCite (GIN)", ("datacite.yml", "datacite.yaml"), f"{_HERE}.datacite:read_gin", "the same"),
    ReleaseFormat(
        "REUSE",
        ("reuse.toml",),
        f"{_HERE}.reuse:read_reuse",
        "`SPDX-License-Identifier` of each path",
    ),
    ReleaseFormat("REUSE (dep5)", (".reuse/dep5",), f"{_HERE}.reuse:read_dep5", "the license of each path"),
    ReleaseFormat(
        "REUSE (beside a file)",
        ("*.license",),
        f"{_HERE}.reuse:read_beside",
        "`SPDX-License-Identifier` of the file of that name",
    ),
    ReleaseFormat(
        "REUSE (texts)",
        ("licenses/*.txt",),
        f"{_HERE}.license_text:read_text_of_license",
        "the text, which states nothing by itself",
        states_license=False,
    ),
    ReleaseFormat(
        "Python package",
        ("pyproject.toml",),
        f"{_HERE}.packages:read_pyproject",
        "the license of the code, classifiers",
    ),
    ReleaseFormat("Python package (setup.cfg)", ("setup.cfg",), f"{_HERE}.packages:read_setup_cfg", "the same"),
    ReleaseFormat(
        "JavaScript package",
        ("package.json",),
        f"{_HERE}.packages:read_package_json",
        "`license`, `licenses`",
    ),
    ReleaseFormat("R package", ("description",), f"{_HERE}.packages:read_description", "`License`"),
    ReleaseFormat(
        "license of the training data",
        ("docs/data_license*", "data_license.txt"),
        f"{_HERE}.license_text:read_data_license",
        "the terms of the data that a MONAI bundle was trained on, each with its address",
    ),
    ReleaseFormat(
        "license text",
        (
            *("licen[cs]e", "licen[cs]e[-._]*", "copying*", "unlicense*", "*[-_]licen[cs]e"),
            *("*[-_]licen[cs]e.txt", "*[-_]licen[cs]e.md", "*.licen[cs]e"),
        ),
        f"{_HERE}.license_text:read_license",
        "the text, which is compared with those of the licenses that are known",
    ),
    ReleaseFormat(
        "Hugging Face card",
        ("readme.md", "readme", "readme.markdown", "*model*card*.md", "*data*card*.md"),
        f"{_HERE}.hugging_face:read_card",
        "`license`, `license_name`, `license_link`, `datasets`, `base_model`, `model-index`, tags; without a header, "
        "the text",
    ),
    ReleaseFormat(
        "metadata",
        (
            *("metadata.json", "meta.json", "dataset.json", "model.json", "info.json"),
            *("metadata.y*ml", "meta.y*ml", "dataset.y*ml", "model.y*ml", "rdf.yaml", "bioimageio.yaml"),
        ),
        f"{_HERE}.metadata:read_metadata",
        "where it has a license field: that, names, sources and citations by their usual names",
    ),
    ReleaseFormat(
        "citations",
        ("citation", "citation.*", "citations", "citations.*", "datacitation*", "references.bib"),
        f"{_HERE}.pages:read_citations",
        "the works in it",
        states_license=False,
    ),
    ReleaseFormat(
        "notice",
        (
            *("notice*", "attribution*", "acknowledg*", "credits*", "*third*party*"),
            *(
                "eula*",
                "copyright*",
                "*agreement*.md",
                "*agreement*.txt",
                "conditions*",
                "terms*",
                "use_policy*",
                "*data_use*",
                "*data-use*",
                "licenses.*",
            ),
        ),
        f"{_HERE}.pages:read_notice",
        "the text",
        states_license=False,
    ),
    ReleaseFormat(
        "page",
        (
            *("readme.*", "*model*card*", "*data*card*", "datasheet*", "data.md", "dataset.md", "datasets.md"),
            *("data_availability*", "training_data*", "docs/index.md"),
        ),
        f"{_HERE}.pages:read_page",
        "the text",
        states_license=False,
    ),
)

WHATEVER_ITS_NAME = {".md": "Hugging Face card", ".markdown": "Hugging Face card"}
"""The format of a file that is named by itself, by its suffix, where its name says nothing; `page` for all others."""


def formats_by_name(path: PurePosixPath) -> tuple[ReleaseFormat, ...]:
    """Return the formats whose files may be called so, the most telling first."""
    return tuple(each for each in FORMATS if each.has_name(path))


def formats_by_mark(head: bytes) -> tuple[ReleaseFormat, ...]:
    """Return the formats that the beginning of a file shows, whatever it is called."""
    return tuple(each for each in FORMATS if each.has_mark(head))


def format_of_one(path: PurePosixPath) -> ReleaseFormat:
    """Return the format that a file is read as that somebody named by itself."""
    name = WHATEVER_ITS_NAME.get(path.suffix.lower(), "page")
    return next(each for each in FORMATS if each.name == name)
