"""The bytes by which files of a kind begin, whatever their name says.

Most are in the list of PRONOM (https://www.nationalarchives.gov.uk/PRONOM) and in that of file(1).
"""

BZIP2 = b"BZh"
DICOM = b"DICM"  # after the preamble, PS3.10 section 7.1
DICOM_PREAMBLE = 128
EMPTY_ZIP = b"PK\x05\x06"
GZIP = b"\x1f\x8b"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of old Office, and of Office with a password
PARQUET = b"PAR1"
PDF = b"%PDF-"
POSTSCRIPT = b"%!PS"
RAR = b"Rar!"
RTF = b"{\\rtf"
SEVEN_ZIP = b"7z\xbc\xaf"
XZ = b"\xfd7zXZ"
ZIP = b"PK\x03\x04"
ZSTD = b"\x28\xb5\x2f\xfd"

BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def is_zip(head: bytes) -> bool:
    """Return whether a file begins as a zip does: also a Word document, an Excel workbook, an e-book."""
    return head.startswith((ZIP, EMPTY_ZIP))


def is_dicom(head: bytes) -> bool:
    """Return whether a file begins as a DICOM file does."""
    return head.startswith(DICOM, DICOM_PREAMBLE)


def encoding_by_mark(head: bytes) -> str:
    """Return the encoding that the byte order mark of a text states; UTF-8 where there is none."""
    return next((name for mark, name in BYTE_ORDER_MARKS.items() if head.startswith(mark)), "utf-8")
