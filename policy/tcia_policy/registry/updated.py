"""What an update of the registry came to."""

from enum import StrEnum

from tcia_policy.model.base import Contract, Day
from tcia_policy.model.result import Result
from tcia_policy.registry.changes import Change


class Outcome(StrEnum):
    """What came of asking a source: facts changed, none did, or it failed and its facts stay as they were."""

    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"


class SourceUpdate(Contract):
    """What came of asking one source.

    `day` is that of its answers, `says` what is otherwise in a few words, `problem` why it failed. `remarks` are what a
    reader should know: what was left as it was, and what to look at.
    """

    source: str
    outcome: Outcome
    day: Day | None = None
    says: str | None = None
    problem: str | None = None
    remarks: tuple[str, ...] = ()


class RegistryUpdate(Result):
    """What an update came to.

    `version` is the day of the new registry, and `generation` is the one that is in force now, if one is; with
    `dry_run`, and where every source failed, nothing is written. `begun_from` says from which registry the update
    began. `exit_code` is 1 where a source failed.
    """

    version: Day
    generation: str | None = None
    dry_run: bool = False
    begun_from: str
    sources: tuple[SourceUpdate, ...]
    changes: tuple[Change, ...]
