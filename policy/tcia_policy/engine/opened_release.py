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
        """Return the places at which a file states one of these licenses for what is released; of several, with which."""
        found = [each for each in self.verifier.said.licenses if each.license in licenses]
        is_one = len({each.license for each in found}) == 1
        return tuple(dict.fromkeys(each.where if is_one else f"{each.where} ({each.license})" for each in found))
