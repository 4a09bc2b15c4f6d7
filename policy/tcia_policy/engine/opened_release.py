"""The release of a case, once it is read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcia_policy.model import Output

if TYPE_CHECKING:  # it compiles patterns (30 ms), and most studies have no release
    from tcia_policy.evidence.release.verify_release import ReleaseVerifier


@dataclass(frozen=True)
class OpenedRelease:
    """What was read of a release. `stated` are its outputs as the files state them, `own` those of the project.

    `own` is `None` where no project names the data: the study is what the files say.
    """

    verifier: "ReleaseVerifier"
    stated: tuple[Output, ...]
    own: tuple[Output, ...] | None

    def stating(self, licenses: frozenset[str]) -> tuple[str, ...]:
        """Return the places at which a file states one of these licenses for what is released."""
        said = self.verifier.said.licenses
        return tuple(dict.fromkeys(each.where for each in said if each.license in licenses))
