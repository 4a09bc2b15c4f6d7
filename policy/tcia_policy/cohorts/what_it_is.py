"""What a file is that is no cohort file, and what can be named in its place: one hint for each kind of file."""

import re
from collections.abc import Callable

from tcia_policy.cohorts.cohort_file import CohortFile
from tcia_policy.cohorts.uids import UUID_PATTERN
from tcia_policy.files import magic
from tcia_policy.lazy import pattern
from tcia_policy.text.sanitize import shortened

LONGEST_HEADINGS = 160
_COLUMNS = "`SeriesInstanceUID`, `StudyInstanceUID`, `PatientID`, `crdc_series_uuid`, `Collection` or `DOI`"
WHAT_COUNTS = f"a column {_COLUMNS} would count"
NAME_THE_SERIES = "name the list of series, or the manifest, that it was made from"
AN_IMAGE = f"an image says nothing of its origin; {NAME_THE_SERIES}"

# What a binary file begins with, what that is, and what to do.
BINARY = (
    (magic.ZIP, "a ZIP archive", "unpack it, and name the file in it or its folder; save a broken Excel workbook anew"),
    (magic.OLE[:4], "an old Excel workbook", "save the sheet as CSV or XLSX and name that file"),
    (magic.PARQUET, "a Parquet file", "export its column of SeriesInstanceUIDs as CSV"),
    (magic.GZIP, "packed twice", "unpack it first"),
    (magic.PDF[:4], "a PDF", "name the manifest, table or list that it was made from"),
    (magic.BZIP2, "packed with bzip2", "unpack it, or pack it with gzip or zstd"),
    (magic.XZ[:5], "packed with xz", "unpack it, or pack it with gzip or zstd"),
    (magic.SEVEN_ZIP, "a 7z archive", "unpack it, and name the file in it or its folder"),
    (magic.RAR, "a RAR archive", "unpack it, and name the file in it or its folder"),
    (b"\x89PNG", "a PNG image", AN_IMAGE),
    (b"\xff\xd8\xff", "a JPEG image", AN_IMAGE),
    (b"GIF8", "a GIF image", AN_IMAGE),
    (b"II*\0", "a TIFF image or slide", AN_IMAGE),
    (b"MM\0*", "a TIFF image or slide", AN_IMAGE),
    (b"\x5c\x01\0\0", "a NIfTI image", AN_IMAGE),
    (b"NRRD000", "an NRRD image", AN_IMAGE),
    (b"\x93NUMPY", "an array of NumPy", f"an array names no series; {NAME_THE_SERIES}"),
    (b"\x89HDF", "an HDF5 file", "export its list of series as CSV"),
    (b"SQLite format 3", "a SQLite database", "export the table with the series as CSV"),
    (b"ARROW1", "an Arrow file", "save it as Parquet or CSV"),
    (b"Obj\x01", "an Avro file", "save it as Parquet or CSV"),
    (b"RDX", "a file of R", "save the table as CSV"),
    (b"X\n\0\0", "a file of R", "save the table as CSV"),
)
# Pickles begin with the version of their protocol and run programs of whoever wrote them when they are loaded.
PICKLE = pattern(rb"\x80[\x02-\x05]|\(dp\d|\(lp\d")
A_PICKLE = ("a pickle of Python", "a pickle can run any program, so it is not opened; save its list as JSON or CSV")
TAR_AT = 257
_SINGLE_IMAGE = pattern(rf"(?:s3|gs)://[\w.\-]{{0,60}}idc[\w.\-]{{0,60}}/{UUID_PATTERN}\.dcm")
# Sections of TOML and INI (`[build-system]`, `[[tool]]`) begin with brackets, too.
_BEGINS_AS_JSON = pattern(r'\ufeff?\s*(?:\{\s*["}]|\[\s*(?:\[\s*)*(?:["{\]\d-]|null\b|true\b|false\b))')
_OWN_RESULT = pattern(
    r'\{\s*"(?:schema_version"\s*:\s*"[^"\n]{1,20}",\s*"written_by"\s*:\s*"Written by tcia-policy'
    r'|summary"\s*:\s*"[^"\n]{0,300}",\s*"exit_code"\s*:)'
)


def kind_of_binary(file: CohortFile) -> tuple[str, str] | None:
    """Return what a file is that is no text, and the hint for it; `None` where its beginning is not known."""
    if PICKLE.match(file.start):
        return A_PICKLE
    if file.start.startswith(b"ustar", TAR_AT):
        return "a tar archive", "unpack it, and name the file in it or its folder"
    return next(((name, hint) for beginning, name, hint in BINARY if file.start.startswith(beginning)), None)


def is_own_result(file: CohortFile) -> bool:
    """Return whether the file is JSON that this program printed: the UIDs in it are examples of what was found."""
    head = file.head.lstrip("\ufeff \t\r\n")
    return head.startswith("{") and _OWN_RESULT.match(head) is not None


def hint_for_text(file: CohortFile) -> str | None:
    """Return the hint for a text in which nothing was understood; `None` where it is of no kind that is known."""
    return next(filter(None, (look(file) for look in _LOOKS)), None)


def _of_image(file: CohortFile) -> str | None:
    is_header = re.match(r"(?:NRRD000\d|ObjectType\s*=|NDims\s*=)", file.head) is not None
    return f"it is the header of an image, which says nothing of its origin; {NAME_THE_SERIES}" if is_header else None


def _of_single_images(file: CohortFile) -> str | None:
    if _SINGLE_IMAGE.search(file.head) is None:
        return None
    return "it has addresses of single images at IDC, whose series they do not tell; name the series"


def _of_page(file: CohortFile) -> str | None:
    is_page = re.match(r"\s*<(?:!doctype html|html)\b", file.head, re.IGNORECASE) is not None
    return "it is a web page; save the list or table on it as a file" if is_page else None


def _of_own(file: CohortFile) -> str | None:
    outermost = [line for line in file.head_lines if line.strip() and line[0] not in "# \t-]}"]
    has_keys = any(re.match(r"(?:data|use)\s*:", line) for line in outermost)
    if has_keys and all(re.match(r"[\w-]+\s*:", line) for line in outermost):
        return "it is a project file; `tcia-policy check` takes it"
    return None


def _of_manuscript(file: CohortFile) -> str | None:
    if re.search(r'"nbformat"\s*:', file.head):
        return "it is a notebook, which is read as a manuscript: `--manuscript`; save its list of series as CSV or JSON"
    if re.search(r"\\documentclass|\\begin\{document\}", file.head):
        return "it is LaTeX, which is read as a manuscript: `--manuscript`"
    if re.search(r"^\s*@[A-Za-z]+\s*\{[^{},\s]*,", file.head, re.MULTILINE):
        return "it is a bibliography, which is read with its manuscript: `--manuscript`"
    return None


def _of_table(file: CohortFile) -> str | None:
    """Return the hint for a table: which headings it has, and which would count."""
    import csv  # noqa: PLC0415 - 0.5 ms, only where something is wrong

    lines = [line for line in file.head_lines if line.strip() and not line.startswith("#")][:3]
    for delimiter in "\t,;|":
        widths = [line.count(delimiter) for line in lines]
        if len(lines) > 1 and min(widths) > 0 and widths[0] == widths[1]:
            headings = [cell.strip() for cell in next(csv.reader(lines[:1], delimiter=delimiter), [])]
            named = shortened(", ".join(filter(None, headings)), LONGEST_HEADINGS)
            return f"it is a table with the headings {named}; {WHAT_COUNTS}"
    return None


def _of_json(file: CohortFile) -> str | None:
    if _BEGINS_AS_JSON.match(file.head) is None:
        return None
    return "it is JSON; its series count where they are UIDs, or stand under `SeriesInstanceUID`"


Look = Callable[[CohortFile], str | None]
_LOOKS: tuple[Look, ...] = (_of_image, _of_single_images, _of_page, _of_own, _of_manuscript, _of_json, _of_table)
