"""What a look at all facts of a registry came to."""

from tcia_policy.model.error_report import Mistake
from tcia_policy.model.result import Result


class RegistryVerified(Result):
    """What is wrong in a registry; `mistakes` is empty and `exit_code` 0 where nothing is.

    The path of a file is that in the folder of the registry, or in `rules/`. `remarks` are what a reader should know of
    facts that are right as they are.
    """

    registry: str
    datasets: int
    sources: int
    mistakes: tuple[Mistake, ...]
    remarks: tuple[str, ...] = ()
