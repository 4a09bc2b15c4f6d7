"""What is there to decide on a study, each thing once: questions, then prohibitions, then duties that are not met."""

from collections.abc import Iterator, Mapping, Sequence

from tcia_policy.model import Assessment, DutyStatus, Verdict
from tcia_policy.model.decision import Decided, DecisionRead, Refer
from tcia_policy.model.decision_kinds import DecisionKind
from tcia_policy.model.matter import Matter, MatterKind
from tcia_policy.model.open_entry import OpenEntry, ReviewListing
from tcia_policy.model.use import Activity
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.reports.answer.asked import asked
from tcia_policy.reports.answer.matrix import names_apart
from tcia_policy.reports.answer.project_places import place_of_line
from tcia_policy.reports.labels import activity_names
from tcia_policy.review.choices import choices_on, choices_on_question
from tcia_policy.text.english import count


def listing(assessment: Assessment) -> ReviewListing:
    """Return what is there to decide, and what was decided."""
    entries = open_entries(assessment)
    decisions = () if assessment.review is None else assessment.review.decisions
    numbers = {kind: sum(each.kind is kind and not each.decided_by for each in entries) for kind in MatterKind}
    summary = "; ".join(
        [
            count(numbers[MatterKind.QUESTION], "question is open", "questions are open"),
            count(numbers[MatterKind.PROHIBITION], "thing is prohibited", "things are prohibited"),
            count(numbers[MatterKind.DUTY], "duty is not shown to be met", "duties are not shown to be met"),
            count(len(decisions), "decision is recorded", "decisions are recorded"),
        ]
    )
    return ReviewListing(
        summary=f"{summary}.",
        as_of=assessment.as_of,
        versions=assessment.versions,
        title=assessment.project.title,
        roles=tuple(dict.fromkeys(each.role for each in assessment.project.reviewers)),
        entries=entries,
        decisions=decisions,
    )


def open_entries(assessment: Assessment) -> tuple[OpenEntry, ...]:
    """Return everything that a reviewer may decide today. What has no matter, nobody can decide, and has no choices."""
    matters = {matter.id: matter for matter in assessment.matters}
    counting = (
        () if assessment.review is None else tuple(each for each in assessment.review.decisions if each.counts_for)
    )
    found = (*_questions(assessment, matters), *_prohibitions(assessment, matters), *_duties(assessment, matters))
    return tuple(_with_what_is_decided(each, counting) for each in found)


def _questions(assessment: Assessment, matters: Mapping[str, Matter]) -> Iterator[OpenEntry]:
    for each in asked(assessment):
        question = each.question
        decides = _decides(question.matters, matters)
        yield OpenEntry(
            kind=MatterKind.QUESTION,
            id=question.id,
            text=question.text,
            because=question.because,
            ask=question.ask,
            remedy=question.remedy,
            place=each.place,
            about=_about(
                [cell.holding for cell in question.cells if cell.holding is not None],
                [cell.activity for cell in question.cells],
                assessment,
            ),
            matters=decides,
            choices=choices_on_question(each, assessment) if decides else (),
            decided_by=question.decided_by,
            number=each.number,
        )


def _prohibitions(assessment: Assessment, matters: Mapping[str, Matter]) -> Iterator[OpenEntry]:
    for finding in assessment.findings:
        decides = _decides(finding.matters, matters)
        if finding.verdict is Verdict.PROHIBITED and finding.lifted_by is None:
            yield OpenEntry(
                kind=MatterKind.PROHIBITION,
                id=finding.id or finding.rule,
                text=finding.title,
                because=finding.because,
                remedy=finding.remedy,
                place=place_of_line(finding.line, assessment),
                about=_about([finding.holding] if finding.holding else [], finding.activities, assessment),
                matters=decides,
                choices=choices_on(MatterKind.PROHIBITION) if decides else (),
            )


def _duties(assessment: Assessment, matters: Mapping[str, Matter]) -> Iterator[OpenEntry]:
    for duty in assessment.duties:
        decides = _decides(duty.matters, matters)
        if duty.required and duty.status is not DutyStatus.MET and decides:
            yield OpenEntry(
                kind=MatterKind.DUTY,
                id=duty.id,
                text=duty.title or duty.text,
                because=duty.text if duty.title else None,
                about=_about(duty.holdings, duty.activities, assessment),
                matters=decides,
                choices=choices_on(MatterKind.DUTY),
                status=duty.status,
                decided_by=duty.decided_by,
            )


def _about(holdings: Sequence[str], activities: Sequence[Activity], assessment: Assessment) -> str | None:
    """Return `LIDC-IDRI (https://doi.org/...), for train-model`: what an entry is about, each thing once."""
    names = names_apart(assessment.holdings)
    dois = {each.id: each.doi for each in assessment.holdings}
    items = [_with_doi(names.get(id_, id_), dois.get(id_)) for id_ in dict.fromkeys(holdings)]
    done = activity_names([each for each in assessment.activities if each in activities])
    return ", for ".join(filter(None, (", ".join(items), done))) or None


def _with_doi(name: str, doi: str | None) -> str:
    return name if doi is None else f"{name} ({doi_url(doi)})"


def _decides(ids: tuple[str, ...], matters: Mapping[str, Matter]) -> tuple[Decided, ...]:
    return tuple(Decided(id=id_, digest=matters[id_].digest) for id_ in ids if id_ in matters)


def _with_what_is_decided(entry: OpenEntry, counting: Sequence[DecisionRead]) -> OpenEntry:
    """Return the entry with what rejects or waives all of it, and with who was asked about any of it."""
    wanted = {each.id for each in entry.matters}
    deciding = (
        each.decision.name
        for each in counting
        if wanted and wanted <= set(each.counts_for) and each.decision.kind is not DecisionKind.REFER
    )
    referred = (
        f"{each.decision.to} on {each.decision.asked_on.isoformat()} ({each.decision.name})"
        for each in counting
        if isinstance(each.decision, Refer) and wanted & set(each.counts_for)
    )
    decided_by = tuple(dict.fromkeys((*entry.decided_by, *deciding)))
    return entry.model_copy(update={"decided_by": decided_by, "referred": tuple(referred)})
