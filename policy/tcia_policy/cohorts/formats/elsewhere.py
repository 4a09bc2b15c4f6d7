"""Manifests of other commons, whose files neither TCIA nor IDC has: GDC, PDC, and what Gen3 and Cavatica export.

What such a file is, and under which terms, only its own portal can tell. Its patients and projects, such as TCGA-LUAD,
also have images at TCIA, under other terms: nothing in such a manifest is taken for these.

The columns are those of the GDC Data Transfer Tool (https://docs.gdc.cancer.gov/Data_Transfer_Tool/Users_Guide), of
GDC's sample sheets, of PDC's file manifest (https://pdc.cancer.gov/pdc/faq) and of Gen3's
(https://github.com/uc-cdis/cdis-data-client).
"""

import re
from dataclasses import dataclass

from tcia_policy.cohorts.cohort import Cohort, CohortFormat, Entries, Origin, numbered
from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.patients.patient_ids import known_patients_in
from tcia_policy.model import Route
from tcia_policy.text import english
from tcia_policy.text.name_keys import heading_key

NAME = "manifest of another commons"
MOST_PATIENTS = 100_000  # all archives have fewer with ids that are known by their form
_BETWEEN = re.compile(r"[\t,;]")
_GEN3 = re.compile(r"\"(?:object_id|guid|did)\"\s*:\s*\"[^\"]{8,90}\"")
_GEN3_FILE = re.compile(r"\"(?:file_name|file_size|md5sum|subject_id)\"\s*:")


@dataclass(frozen=True)
class Commons:
    """A commons, what its manifests list, where one can ask, and the columns that all of one kind have."""

    name: str
    route: Route
    portal: str
    columns: frozenset[str]


GDC, PDC = "the Genomic Data Commons (GDC)", "the Proteomic Data Commons (PDC)"
GDC_PORTAL, PDC_PORTAL = "portal.gdc.cancer.gov", "pdc.cancer.gov"
COMMONS = (
    Commons(GDC, Route.GDC, GDC_PORTAL, frozenset(("id", "filename", "md5", "size", "state"))),
    Commons(GDC, Route.GDC, GDC_PORTAL, frozenset(("id", "filename", "md5", "size"))),
    Commons(GDC, Route.GDC, GDC_PORTAL, frozenset(("fileid", "filename", "datacategory", "datatype", "projectid"))),
    Commons(GDC, Route.GDC, GDC_PORTAL, frozenset(("fileid", "filename", "caseid", "sampleid"))),
    Commons(PDC, Route.PDC, PDC_PORTAL, frozenset(("fileid", "filename", "runmetadataid"))),
    Commons(PDC, Route.PDC, PDC_PORTAL, frozenset(("pdcstudyid", "filename"))),
    Commons(PDC, Route.PDC, PDC_PORTAL, frozenset(("filename", "filedownloadlink"))),
)
GEN3 = Commons("a Gen3 commons", Route.OTHER, "the portal that it was exported from", frozenset())


def is_from_elsewhere(file: CohortFile) -> bool:
    """Return whether the first line has the columns of such a manifest, or the file begins as Gen3's do."""
    return _commons_of(file) is not None


def read_from_elsewhere(file: CohortFile) -> Cohort:
    """Return a cohort in which nothing is understood, with what can be done as its remark."""
    commons = _commons_of(file) or GEN3
    entries = Entries(file.path)
    is_json = commons is GEN3
    lines = numbered(file.lines(), file.path)
    patients: dict[str, None] = {}
    for number, line in lines:
        if len(patients) < MOST_PATIENTS:
            patients.update(dict.fromkeys(known_patients_in(line)))
        if is_json:
            for _file in _GEN3.finditer(line):
                entries.add_unread(number, line)
        elif number > 1:
            entries.add_unread(number, line)
    what = "a manifest of files at"
    remark = f"{what} {commons.name}, which TCIA and IDC do not have: {commons.portal} tells what they are"
    if patients:
        remark += f"; it names {english.count(len(patients), 'patient')}, whose images at TCIA and IDC are other files:"
        remark += " list the series of those that you used"
    return entries.cohort(NAME, Origin(commons.route, f"it is {what} {commons.name}"), remark)


def _commons_of(file: CohortFile) -> Commons | None:
    first = next((line for line in file.head_lines if line.strip()), "")
    headings = {heading_key(cell) for cell in _BETWEEN.split(first)}
    if any("series" in heading for heading in headings):
        return None
    found = next((each for each in COMMONS if headings >= each.columns), None)
    if found is None and first.lstrip().startswith(("[", "{")) and _GEN3.search(file.head):
        return GEN3 if _GEN3_FILE.search(file.head) else None
    return found


FORMAT = CohortFormat(NAME, "a manifest of another commons (GDC, PDC)", is_from_elsewhere, read_from_elsewhere)
