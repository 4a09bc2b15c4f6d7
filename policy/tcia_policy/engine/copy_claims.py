"""What came with a copy: the license that the project states for it, and the license file beside it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.evidence.license_file import license_stated
from tcia_policy.model import CopyClaim, Holding, HoldingKind, License

ON_WORD = "the project, of its copy"
UNRECOGNIZED = "LicenseRef-unrecognized"


def with_copy_claims(holding: Holding, base: Path, licenses: Mapping[str, License]) -> Holding:
    """Return a dataset's holding with the licenses that came with the copy; the path of a file is relative to `base`.

    A file that is not there, cannot be read or states no license that is known claims `LicenseRef-unrecognized`, of
    which nothing is known.
    """
    if holding.kind is not HoldingKind.DATASET:
        return holding
    return holding.model_copy(update={"copy_claims": tuple(_claims(holding, base, licenses))})


def _claims(holding: Holding, base: Path, licenses: Mapping[str, License]) -> Iterator[CopyClaim]:
    if holding.copy_license is not None:
        yield CopyClaim(license=holding.copy_license, source=ON_WORD)
    if holding.copy_license_file is not None:
        yield _of_file(holding.copy_license_file, base, licenses)


def _of_file(name: str, base: Path, licenses: Mapping[str, License]) -> CopyClaim:
    try:
        stated = license_stated(base / name, licenses)
    except InputError as error:
        return CopyClaim(license=UNRECOGNIZED, source=f"{name}, which came with the copy ({error.problem})")
    if stated is None:
        return CopyClaim(license=UNRECOGNIZED, source=f"{name}, which came with the copy (no license recognized in it)")
    return CopyClaim(license=stated, source=f"{name}, which came with the copy")
