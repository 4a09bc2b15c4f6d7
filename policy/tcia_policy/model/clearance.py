"""What stands against a release: of the study as a whole, and of each output."""

from enum import StrEnum

from tcia_policy.model.base import Made
from tcia_policy.model.project import Output
from tcia_policy.model.verdict import Verdict


class ObjectionKind(StrEnum):
    """What stands against a release: the verdict of the whole or of an output; a finding; a duty that is open; an
    agreement that is owed and not recorded; activities that the project does not state; an output that was not judged,
    since no activity stated releases it."""

    WHOLE = "whole"
    OUTPUT = "output"
    FINDING = "finding"
    DUTY = "duty"
    AGREEMENT = "agreement"
    ACTIVITIES_NOT_STATED = "activities-not-stated"
    NOT_JUDGED = "not-judged"


class Objection(Made):
    """One thing that stands against a release. `text` is the output, the finding's title or the duty's text."""

    kind: ObjectionKind
    text: str = ""
    holding: str | None = None
    verdict: Verdict | None = None
    rule: str | None = None


class Lineage(Made):
    """The ids of the data items in the lists of an output, each list in the order of the data items.

    A list that the project leaves out is empty here: nothing is said of it. An output without any list may come from
    all data.
    """

    trained_on: tuple[str, ...] = ()
    tested_on: tuple[str, ...] = ()
    base_model: tuple[str, ...] = ()
    made_from: tuple[str, ...] = ()
    made_with: tuple[str, ...] = ()


class OutputClearance(Made):
    """An output, the worst verdict on what leads to it and on releasing it, and what stands against it.

    It is `cleared` where nothing stands against releasing it but duties to be done with the release. `sources` are the
    ids of the data items that it comes from, `lineage` those that the project lists, by what they are to it.
    """

    output: Output
    verdict: Verdict
    cleared: bool
    objections: tuple[Objection, ...] = ()
    sources: tuple[str, ...] = ()
    lineage: Lineage = Lineage()


class Clearance(Made):
    """What stands against the study as a whole (nothing where `check` is clear), and against each output.

    `findings` has every finding that stands against anything planned.
    """

    objections: tuple[Objection, ...]
    findings: tuple[Objection, ...]
    outputs: tuple[OutputClearance, ...]
