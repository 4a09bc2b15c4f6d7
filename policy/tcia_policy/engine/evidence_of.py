"""The evidence of a project, its documents opened, and the decisions of reviewers on it."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from tcia_policy.engine.agreements import Evidence, Resolve, gather
from tcia_policy.engine.data_named import DataNamed
from tcia_policy.engine.recorded_evidence import Surroundings, examine, leave_given
from tcia_policy.engine.study import Study
from tcia_policy.evidence.observations import DocumentSeen
from tcia_policy.model import EvidenceDocument, Project
from tcia_policy.rules.rulebook import RuleBook

if TYPE_CHECKING:
    from tcia_policy.engine.review_file import ReviewFile


def surroundings(study: Study, named: DataNamed, rules: RuleBook, as_of: date) -> Surroundings:
    """Return what it takes to look at the evidence of a study. Each document is opened once."""
    return Surroundings(
        as_of=as_of,
        rules=rules,
        look=cache(lambda document: _seen(document, study)),
        datasets_of=named.datasets,
        line_of=study.line_of,
    )


def _seen(document: EvidenceDocument, study: Study) -> DocumentSeen:
    from tcia_policy.evidence.evidence_documents import look_at  # noqa: PLC0415 - where evidence names a document

    return look_at(document, study.base, None if study.source is None else study.source.path)


def evidence_of(project: Project, around: Surroundings, resolve: Resolve) -> Evidence:
    """Return what a project records that counts on the day judged. What it names is known."""
    found = gather(project, around.as_of, resolve, examine(project, around))
    return replace(found, leave=leave_given(project, around))


def review_of(study: Study) -> "ReviewFile | None":
    """Return the decisions of reviewers on a study: those given with it, else those beside its project file.

    Raise `InputError` for a file that does not fit.
    """
    if study.review is not None or study.source is None:
        return study.review
    from tcia_policy.engine.review_file import ReviewFile  # noqa: PLC0415 - for project files only

    return ReviewFile.beside(study.source.path)
