"""What is there to decide, as a reviewer sees it: each open thing once, with the choices that fit it."""

from tcia_policy.model.assessment import DutyStatus
from tcia_policy.model.base import Contract
from tcia_policy.model.decision import Decided, DecisionRead
from tcia_policy.model.decision_kinds import DecisionKind
from tcia_policy.model.matter import MatterKind
from tcia_policy.model.result import Judged


class Choice(Contract):
    """One thing that may be decided. `key` names it within its entry: `conclude:CC-BY-3.0`, `accept`.

    `says` is what it decides, in words, `value` what goes into the decision (a license, `true`, `permitted`).
    `stated_by` are the sources that state a license, each with its day. `leads_to` is what follows from the choice.
    """

    key: str
    kind: DecisionKind
    says: str
    value: str | None = None
    stated_by: tuple[str, ...] = ()
    leads_to: str | None = None


class OpenEntry(Contract):
    """A question, a prohibition or a duty that is not met: what is decided in one go, on all of its `matters`.

    `id` is that of the question, the finding or the duty. `because` says why it stands, `ask` who may answer, `remedy`
    what to do, `place` where in the project file. `about` are the data items, each with its DOI, and what is done with
    them. `decided_by` are the decisions, by name, that count for it already. `status` is that of a duty: open where it
    was looked for, unverified where nothing was given to look in.
    """

    kind: MatterKind
    id: str
    text: str
    because: str | None = None
    ask: str | None = None
    remedy: str | None = None
    about: str | None = None
    place: str | None = None
    matters: tuple[Decided, ...] = ()
    choices: tuple[Choice, ...] = ()
    decided_by: tuple[str, ...] = ()
    referred: tuple[str, ...] = ()
    number: int | None = None
    status: DutyStatus | None = None


class ReviewListing(Judged):
    """What `review --list` prints: what is there to decide (`entries`), and what was decided, as the check reads it.

    `roles` are those of the reviewers whom the project lists, each once.
    """

    title: str | None = None
    roles: tuple[str, ...] = ()
    entries: tuple[OpenEntry, ...] = ()
    decisions: tuple[DecisionRead, ...] = ()
