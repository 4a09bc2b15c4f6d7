"""What came with a copy: the license that the project states for it, and the license file beside it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.model import CopyClaim, Holding, HoldingKind, License
from tcia_policy.registry.license_expressions import clauses_of
from tcia_policy.registry.licenses import UNRECOGNIZED

ON_WORD = "the project, of its copy"


def with_copy_claims(holding: Holding, base: Path, licenses: Mapping[str, License]) -> Holding:
    """Return a dataset's holding with the licenses that came with the copy, beside those that rows of its file state.

    The path of a file is relative to `base`. A file that is not there, cannot be read or states no license that is
    known claims `LicenseRef-unrecognized`, of which nothing is known.
    """
    if holding.kind is not HoldingKind.DATASET:
        return holding
    return holding.model_copy(update={"copy_claims": (*holding.copy_claims, *_claims(holding, base, licenses))})


def _claims(holding: Holding, base: Path, licenses: Mapping[str, License]) -> Iterator[CopyClaim]:
    if holding.copy_license is not None:
        yield from _each(CopyClaim(license=holding.copy_license, source=ON_WORD))
    if holding.copy_license_file is not None:
        yield from _each(_of_file(holding.copy_license_file, base, licenses))


def _each(claim: CopyClaim) -> Iterator[CopyClaim]:
    """Yield a claim for each license of `A AND B`: both hold at once. Of `A OR B` nobody knows which was chosen."""
    for clause in clauses_of(claim.license):
        yield claim.model_copy(update={"license": " OR ".join(clause)})


def _of_file(name: str, base: Path, licenses: Mapping[str, License]) -> CopyClaim:
    from tcia_policy.evidence.license_file import license_stated  # noqa: PLC0415 - 6 ms, only where a file is named
    from tcia_policy.files.written_by import refuse_marked  # noqa: PLC0415 - as above

    try:
        refuse_marked(base / name)
        stated = license_stated(base / name, licenses)
    except InputError as error:
        return CopyClaim(license=UNRECOGNIZED, source=f"{name}, which came with the copy ({error.problem})")
    if stated is None:
        return CopyClaim(license=UNRECOGNIZED, source=f"{name}, which came with the copy (no license recognized in it)")
    return CopyClaim(license=stated, source=f"{name}, which came with the copy")
