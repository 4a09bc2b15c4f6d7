"""The evidence of a project, its documents opened, and the decisions of reviewers on it."""

from dataclasses import replace
from datetime import date
from functools import cache

from tcia_policy.engine.agreements import Evidence, Resolve, gather
from tcia_policy.engine.data_named import DataNamed
from tcia_policy.engine.recorded_evidence import Surroundings, examine, leave_given
from tcia_policy.engine.review_file import ReviewFile
from tcia_policy.engine.study import Study
from tcia_policy.evidence.evidence_documents import look_at
from tcia_policy.model import Project
from tcia_policy.rules.rulebook import RuleBook


def surroundings(study: Study, named: DataNamed, rules: RuleBook, as_of: date) -> Surroundings:
    """Return what it takes to look at the evidence of a study. Each document is opened once."""
    project_file = None if study.source is None else study.source.path
    return Surroundings(
        as_of=as_of,
        rules=rules,
        look=cache(lambda document: look_at(document, study.base, project_file)),
        datasets_of=named.datasets,
        line_of=study.line_of,
    )


def evidence_of(project: Project, around: Surroundings, resolve: Resolve) -> Evidence:
    """Return what a project records that counts on the day judged. What it names is known."""
    found = gather(project, around.as_of, resolve, examine(project, around))
    return replace(found, leave=leave_given(project, around))


def review_of(study: Study) -> ReviewFile | None:
    """Return the decisions of reviewers on a study: those given with it, else those beside its project file.

    Raise `InputError` for a file that does not fit.
    """
    if study.review is not None or study.source is None:
        return study.review
    return ReviewFile.beside(study.source.path)
