"""Reports on disk: all of them or none."""

from pathlib import Path

from tcia_policy.files.atomic import write_folder
from tcia_policy.model import Assessment
from tcia_policy.reports.formats import DOCUMENTS


def write_report(assessment: Assessment, folder: Path, overwrite: bool = False) -> tuple[Path, ...]:
    """Write `report.html` and the other documents of the register into `folder`, which is made if it is not there.

    Return their paths. Raise `InputError` as `write_folder` does.
    """
    texts = {f"report{each.suffix}": each.render(assessment) for each in DOCUMENTS}
    return write_folder(folder, texts, overwrite=overwrite)
