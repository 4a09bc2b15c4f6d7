"""Reading a release from its paths, for the engine."""

from collections.abc import Sequence
from pathlib import Path

from tcia_policy.evidence.release.said import ReleaseSaid
from tcia_policy.evidence.release.verify_release import ReleaseVerifier
from tcia_policy.evidence.verify_duties import ProjectContext
from tcia_policy.registry import Registry
from tcia_policy.releases.read_release import read_release


def open_release(paths: Sequence[str], base: Path, registry: Registry, context: ProjectContext) -> ReleaseVerifier:
    """Read the release folders at `paths`, relative to `base`; places are spelled relative to it.

    Raises `InputError` for a path that is not there.
    """
    return ReleaseVerifier(ReleaseSaid(read_release(paths, base, Path()), registry), registry, context)
