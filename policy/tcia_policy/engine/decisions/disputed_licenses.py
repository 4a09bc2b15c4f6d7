"""Licenses on which sources disagree while nothing asks, since the use is judged alike under each of them.

A conclusion on such a license counts all the same: notices and attributions follow it. It never touches what is
prohibited: there, a license is concluded only where the check asks for it.
"""

from collections.abc import Collection, Iterator, Sequence

from tcia_policy.engine.asked import Asked
from tcia_policy.engine.basis import Basis
from tcia_policy.engine.case import Case
from tcia_policy.engine.concluded_licenses import part_id
from tcia_policy.engine.decisions.subjects import Subject
from tcia_policy.engine.license_readings import PartReading
from tcia_policy.engine.question_texts import id_of
from tcia_policy.files.digests import digest_of_basis
from tcia_policy.model import Assessment, Verdict
from tcia_policy.model.matter import Matter, MatterKind
from tcia_policy.model.question import Question, QuestionKind


def disputed_licenses(case: Case, assessment: Assessment, ids: Collection[str]) -> Iterator[Subject]:
    """Yield the licenses of these ids that sources state in several ways and no question asks for."""
    asked = {matter.id for matter in assessment.matters}
    prohibited = {cell.holding for cell in assessment.verdicts if cell.verdict is Verdict.PROHIBITED}
    basis = Basis(case)
    for holding, facts in case.readings() if set(ids) - asked else ():
        id_ = id_of(Asked(QuestionKind.LICENSE, holding.id), case)
        is_free = holding.id not in prohibited and not holding.copy_claims
        if id_ in ids and id_ not in asked and is_free and _is_disputed([reading for reading, _ in facts]):
            lines = basis.of_license(holding, facts)
            text = f"Which of the licenses stated for {holding.name} is right?"
            matter = Matter(
                id=id_,
                kind=MatterKind.QUESTION,
                text=text,
                digest=digest_of_basis(lines),
                basis=lines,
                holding=holding.id,
            )
            question = Question(
                id=id_, kind=QuestionKind.LICENSE, text=text, because="", cells=(), rules=(), matters=(id_,)
            )
            yield Subject(matter, (question,))


def _is_disputed(readings: Sequence[PartReading]) -> bool:
    """Return whether several licenses are stated for one part."""
    stated: dict[tuple[str | None, str], set[str | None]] = {}
    for reading in readings:
        for choice in reading.choices:
            stated.setdefault((part_id(reading), choice), set()).add(reading.license)
    return any(len(licenses) > 1 for licenses in stated.values())
