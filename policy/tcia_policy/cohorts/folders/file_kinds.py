"""Files of a folder that list no data themselves, told apart by the ends of their names: for counting, and no more."""

from collections.abc import Mapping
from enum import StrEnum

GZIP_SUFFIX = ".gz"


class FileKind(StrEnum):
    """What a file is that is not read: what one of them is called, with several behind the bar."""

    DICOM = "DICOM file|DICOM files"
    BROKEN_DICOM = "DICOM file that is cut off or names no series|DICOM files that are cut off or name no series"
    NIFTI = "NIfTI file|NIfTI files"
    NRRD = "NRRD file|NRRD files"
    META_IMAGE = "MetaImage file|MetaImage files"
    PICTURE = "picture|pictures"
    SLIDE = "slide image|slide images"
    ARRAY = "array file|array files"
    ARCHIVE = "archive|archives"
    MODEL = "file of a model|files of models"
    PROGRAM = "program or notebook|programs and notebooks"
    DOCUMENT = "document|documents"
    EMPTY = "empty file|empty files"
    TEXT = "table or text|tables and texts"
    OTHER = "other file|other files"


_SUFFIXES: Mapping[str, FileKind] = {
    suffix: kind
    for kind, suffixes in {
        FileKind.DICOM: ".dcm .dicom .dic .ima",
        FileKind.NIFTI: ".nii .hdr .img .mgz .mgh",
        FileKind.NRRD: ".nrrd .nhdr",
        FileKind.META_IMAGE: ".mha .mhd .raw .zraw",
        FileKind.PICTURE: ".png .jpg .jpeg .jp2 .gif .bmp .tif .tiff .webp .svg .pgm",
        FileKind.SLIDE: ".svs .ndpi .mrxs .scn .vms .vmu .bif .czi .qptiff .zarr",
        FileKind.ARRAY: ".npy .npz .h5 .hdf5 .hdf .mat .pkl .pickle .pt .tfrecord .tfrecords .lmdb .mdb .feather",
        FileKind.ARCHIVE: ".zip .tar .tgz .7z .rar .bz2 .xz .tbz2 .txz",
        FileKind.MODEL: ".pth .onnx .safetensors .ckpt .pb .tflite .keras .joblib",
        FileKind.PROGRAM: ".py .ipynb .sh .r .rmd .m .c .cpp .h .java .js .ts .exe .dll .so .bat .ps1",
        FileKind.DOCUMENT: ".pdf .doc .docx .ppt .pptx .odt .rtf .html .htm .md .rst .tex .bib",
        FileKind.TEXT: ".txt .csv .tsv .json .jsonl .ndjson .yaml .yml .xml .xlsx .xls .parquet .tcia .s5cmd .lst .log",
    }.items()
    for suffix in suffixes.split()
}
# Kinds of which no file lists data, so that none is opened. What these are made from may stand in their names.
IMAGES = frozenset(
    (
        *(FileKind.NIFTI, FileKind.NRRD, FileKind.META_IMAGE, FileKind.PICTURE, FileKind.SLIDE),
        *(FileKind.ARRAY, FileKind.ARCHIVE),
    )
)
NOT_OPENED = IMAGES | {FileKind.MODEL}


def kind_by_name(name: str) -> FileKind:
    """Return what a file is by the end of its name, without the end that says how it is packed."""
    lower = name.lower()
    ends = lower.removesuffix(GZIP_SUFFIX).removesuffix(".zst")
    dot = ends.rfind(".")
    return _SUFFIXES.get(ends[dot:], FileKind.OTHER) if dot > 0 else FileKind.OTHER


def in_words(kind: str, number: int) -> str:
    """Return `34 NIfTI files` of a kind that is written as `NIfTI file|NIfTI files`."""
    one, several = kind.split("|")
    return f"{number:,} {one if number == 1 else several}"
