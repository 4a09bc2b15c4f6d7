"""The release of a case, once it is read."""

from typing import TYPE_CHECKING

from tcia_policy.lazy import dataclass
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
        """Return the places at which a file states one of these licenses; of several, each with its own.

        The license of code is left out: what comes from data is judged, and code has nothing of them in it.
        """
        from tcia_policy.releases.model import Released  # noqa: PLC0415 - 1.5 ms, only where there is a release

        stating = [each for each in self.verifier.said.licenses if each.license in licenses]
        found = [each for each in stating if each.released is not Released.CODE] or stating
        is_one = len({each.license for each in found}) == 1
        return tuple(dict.fromkeys(each.where if is_one else f"{each.where} ({each.license})" for each in found))
