"""What a review file has, before its decisions are read each by its kind."""

from typing import get_args

from pydantic import ConfigDict, Field

from tcia_policy.model.base import Contract
from tcia_policy.model.decision import Decision
from tcia_policy.model.decision_kinds import DecisionKind
from tcia_policy.model.evidence import Sha256

BY_KIND = {get_args(each.model_fields["kind"].annotation)[0]: each for each in get_args(get_args(Decision)[0])}


class OfKind(Contract):
    """A decision, of which only the kind is looked at: the kind says which keys it has."""

    model_config = ConfigDict(extra="ignore")

    kind: DecisionKind


class Shape(Contract):
    """The file as a whole, before its decisions are read each by its kind."""

    decisions: tuple[OfKind, ...] = Field(default=(), max_length=10_000)
    bases: dict[Sha256, tuple[str, ...]] = Field(default_factory=dict, max_length=10_000)
