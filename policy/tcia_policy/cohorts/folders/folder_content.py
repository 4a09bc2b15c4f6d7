"""What a folder has: cohort files, the series of images, and what is not read."""

from tcia_policy.cohorts.cohort import Cohort
from tcia_policy.lazy import dataclass


@dataclass(frozen=True)
class Images:
    """The series of images of a folder. `license_file` is the path in it of NBIA's license file that is for these."""

    cohort: Cohort
    license_file: str | None = None


@dataclass(frozen=True)
class NotRead:
    """How many files and folders were not read, of which kinds (`34 NIfTI files`), and the paths of the first three."""

    number: int = 0
    kinds: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


EVERYTHING_READ = NotRead()


@dataclass(frozen=True)
class Folder:
    """What a folder has: cohort files, images, what is not read, and what else is to be known of it."""

    cohorts: tuple[Cohort, ...]
    images: tuple[Images, ...]
    not_read: NotRead
    remark: str | None = None
