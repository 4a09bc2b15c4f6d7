"""The name of a decision: what it is about, and no number."""

import re
from collections.abc import Collection
from datetime import date
from itertools import chain

from tcia_policy.files.digests import digest_of_text
from tcia_policy.model.decision_kinds import DecisionKind
from tcia_policy.text.name_keys import slug

LONGEST = 60
_SETTLES = (DecisionKind.CONCLUDE, DecisionKind.POSITION, DecisionKind.ANSWER, DecisionKind.SUPERSEDE)
_DONE = {
    DecisionKind.ACCEPT: "accepted",
    DecisionKind.APPROVE_WITH_CONDITIONS: "approved",
    DecisionKind.WAIVE: "waived",
    DecisionKind.REJECT: "rejected",
    DecisionKind.REFER: "referred",
}


def decision_name(about: str, kind: DecisionKind, on: date, taken: Collection[str]) -> str:
    """Return a free name for a decision `about` an id: `lidc-license` for `license/lidc`, `lidc-license-accepted`.

    Where that is taken, the day follows, then the digest of what is decided.
    """
    start, _, rest = about.partition("/")
    words = slug(f"{rest} {start}" if rest else start)[:LONGEST].strip("-")
    name = words if kind in _SETTLES else f"{words}-{_DONE[kind]}"
    digest = digest_of_text(f"{about} {kind.value}")
    longer = chain([name, f"{name}-{on.isoformat()}"], (f"{name}-{digest[:length]}" for length in range(8, 19)))
    wanted = (re.sub(r"-{2,}", "-", each) for each in longer)
    return next((each for each in wanted if each not in taken), f"{digest}")
