"""Matters: what a reviewer can decide, each with an id that says what it is and a digest of its substance."""

from enum import StrEnum

from tcia_policy.model.base import Made
from tcia_policy.model.use import Activity


class MatterKind(StrEnum):
    """What kind of thing is decided.

    `question`: something that is open. `prohibition`: a rule that prohibits. `duty`: something owed that is not met.
    """

    QUESTION = "question"
    PROHIBITION = "prohibition"
    DUTY = "duty"


class Matter(Made):
    """Something that a reviewer can decide.

    `id` says what it is about, and never counts: the rule or the fact, the data item (the user's `id:`, else the
    dataset with route and version), parts, activity, output with license, as in
    `cc-noncommercial/lidc/images-42123/release-model`. Another order of the project changes no id.

    A question that asks for a fact (a license, a part, a legal position, whether evidence counts) has a matter with its
    own id: that is what `conclude`, `position` and `answer` settle, whatever hangs on it. What a rule leaves open for
    lack of that fact is a matter beside it: `cc-noncommercial/lidc/release-model`. So what is accepted as it is holds
    for no activity, data item or purpose that comes later.

    `basis` is what was decided on, in lines that a person can read: the rule in substance, the facts, what sources
    claim, the evidence. `digest` is the SHA-256 of these lines. Other words or a later day alone change neither.
    `text` is what it is in a sentence; it is no part of the digest.
    """

    id: str
    kind: MatterKind
    text: str
    digest: str
    basis: tuple[str, ...]
    rule: str | None = None
    holding: str | None = None
    activity: Activity | None = None
