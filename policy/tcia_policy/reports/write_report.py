"""Reports on disk: all of them or none."""

from pathlib import Path

from tcia_policy.files.atomic import write_folder, write_new_file
from tcia_policy.model import Assessment
from tcia_policy.reports.formats import IN_FOLDER, Format


def write_report(assessment: Assessment, folder: Path, overwrite: bool = False) -> tuple[Path, ...]:
    """Write `report.html` and the other documents that are text into `folder`, which is made if it is not there.

    Return their paths. Raise `InputError` as `write_folder` does.
    """
    texts = {f"report{each.suffix}": each.render(assessment) for each in IN_FOLDER}
    return write_folder(folder, texts, overwrite=overwrite)


def write_document(assessment: Assessment, path: Path, form: Format, overwrite: bool = False) -> None:
    """Write one document. Raise `InputError` as `write_new_file` and `Format.content` do."""
    write_new_file(path, form.content(assessment), overwrite=overwrite)
