"""Two assessments of a study, compared."""

from collections.abc import Iterable, Iterator

from tcia_policy.model import Assessment, Versions
from tcia_policy.model.changes import (
    AssessmentDiff,
    Compared,
    DecisionChange,
    DutyChange,
    OutputChange,
    QuestionChange,
    Turn,
    VerdictChange,
    VersionChange,
)
from tcia_policy.reports.memo.memo import document_id
from tcia_policy.review.compare.decided import decision_changes, question_changes, rule_changes
from tcia_policy.review.compare.items import fact_changes, item_changes, license_changes, terms_changes
from tcia_policy.review.compare.owed import citation_changes, duty_changes
from tcia_policy.review.compare.same_items import with_ids_of
from tcia_policy.review.compare.verdicts import output_changes, turn_of, verdict_changes

INPUTS = {
    "project": "the project",
    "cohorts": "the cohort files",
    "manuscript": "the manuscript",
    "release": "the release",
    "review": "the decisions",
}

_Turning = VerdictChange | OutputChange | QuestionChange | DutyChange | DecisionChange


def compare(old: Assessment, new: Assessment) -> AssessmentDiff:
    """Return what changed from `old` to `new`.

    Data items, questions, duties, references and decisions are matched by what they are; no order counts. Other words
    in a rule, or a later day, alone are no change. Nothing of it judges the study: both assessments did.
    """
    was = with_ids_of(old, new)
    verdicts = tuple(verdict_changes(was, new))
    outputs = tuple(output_changes(was, new))
    questions = tuple(question_changes(was, new))
    duties = tuple(duty_changes(was, new))
    decisions = tuple(decision_changes(was, new))
    overall = turn_of(old.verdict.severity, new.verdict.severity)
    return AssessmentDiff(
        old=_compared(old),
        new=_compared(new),
        turn=_turn(overall, (*verdicts, *outputs, *questions, *duties, *decisions)),
        items=tuple(item_changes(was, new)),
        facts=tuple(fact_changes(was, new)),
        licenses=tuple(license_changes(was, new)),
        verdicts=verdicts,
        outputs=outputs,
        questions=questions,
        duties=duties,
        citations=tuple(citation_changes(was, new)),
        decisions=decisions,
        rules=tuple(rule_changes(was, new)),
        terms=tuple(terms_changes(was.licenses, new.licenses)),
        versions=tuple(_version_changes(old.versions, new.versions)),
        inputs=tuple(_input_changes(old.versions, new.versions)),
    )


def _compared(assessment: Assessment) -> Compared:
    return Compared(
        title=assessment.project.title,
        as_of=assessment.as_of,
        verdict=assessment.verdict,
        document=document_id(assessment),
    )


def _turn(overall: Turn, changes: Iterable[_Turning]) -> Turn:
    turns = {overall, *(each.turn for each in changes)}
    return next(turn for turn in (Turn.WORSE, Turn.BETTER, Turn.NEITHER) if turn in {*turns, Turn.NEITHER})


def _version_changes(old: Versions, new: Versions) -> Iterator[VersionChange]:
    before, after = dict(_versions(old)), dict(_versions(new))
    for what, version in before.items():
        if version != after[what]:
            yield VersionChange(what=what, before=version, after=after[what])


def _versions(versions: Versions) -> Iterator[tuple[str, str | None]]:
    yield "program", versions.program
    yield "rules", versions.rules
    yield "registry", _with_digest(versions.registry, versions.digests.registry)
    yield "IDC index", versions.idc_index_data
    yield "house rules", _with_digest(None, versions.digests.house_rules)


def _with_digest(version: str | None, digest: str | None) -> str | None:
    short = None if digest is None else f"{digest[:12]}..."
    return f"{version} ({short})" if version and short else version or short


def _input_changes(old: Versions, new: Versions) -> Iterator[str]:
    for name, words in INPUTS.items():
        if getattr(old.digests, name) != getattr(new.digests, name):
            yield words
