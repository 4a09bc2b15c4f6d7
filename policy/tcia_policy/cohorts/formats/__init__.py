"""The register of cohort formats. A new format is one module here with a `FORMAT`, and one line in `FORMATS`.

CONTRIBUTING.md has the steps.
"""

from tcia_policy.cohorts.cohort import CohortFormat
from tcia_policy.cohorts.formats import (
    croissant,
    dicom_file,
    elsewhere,
    fhir,
    json_records,
    parquet,
    plain_list,
    s5cmd_manifest,
    table,
    tcia_manifest,
    training_list,
    workbook,
    xml_list,
)
from tcia_policy.text.english import one_of

# The first that recognizes a file reads it. A list is any text, so it comes last.
FORMATS: tuple[CohortFormat, ...] = (
    dicom_file.FORMAT,
    tcia_manifest.FORMAT,
    elsewhere.FORMAT,
    croissant.FORMAT,
    fhir.FORMAT,
    training_list.FORMAT,
    table.FORMAT,
    workbook.FORMAT,
    parquet.FORMAT,
    s5cmd_manifest.FORMAT,
    xml_list.FORMAT,
    json_records.LINES,
    json_records.FORMAT,
    json_records.YAML,
    table.WITHOUT_HEADINGS,
    plain_list.FORMAT,
)


# What most people have, in the order in which they are named.
USUAL = (tcia_manifest.FORMAT, table.FORMAT, workbook.FORMAT, s5cmd_manifest.FORMAT)


def formats_in_words() -> str:
    """Return `a TCIA manifest, ... or a list ...`: every format, the usual ones first, as help and errors list them."""
    return one_of([each.help for each in (*USUAL, *(each for each in FORMATS if each not in USUAL))])
