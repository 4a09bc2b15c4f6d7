"""Reports on disk: all of them or none."""

from collections.abc import Iterable
from pathlib import Path

from tcia_policy.files.atomic import write_folder, write_new_file
from tcia_policy.model import Assessment
from tcia_policy.reports.formats import IN_FOLDER, Format


def write_report(
    assessment: Assessment, folder: Path, overwrite: bool = False, keep: Iterable[Path] = ()
) -> tuple[Path, ...]:
    """Write `report.html` and the other documents that are text into `folder`, which is made if it is not there.

    Return their paths. Files to `keep` are not replaced. Raise `InputError` as `write_folder` does.
    """
    texts = {f"report{each.suffix}": each.render(assessment) for each in IN_FOLDER}
    return write_folder(folder, texts, overwrite=overwrite, keep=keep)


def write_document(
    assessment: Assessment, path: Path, form: Format, overwrite: bool = False, keep: Iterable[Path] = ()
) -> None:
    """Write one document. Raise `InputError` as `write_new_file` and `Format.content` do."""
    write_new_file(path, form.content(assessment), overwrite=overwrite, keep=keep)
