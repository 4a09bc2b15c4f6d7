"""The words of a question: what is asked, of whom, why, and what to do."""

from collections.abc import Mapping, Sequence

from tcia_policy.engine.answers import who_may_answer
from tcia_policy.engine.asked import OF_ITEM, Asked
from tcia_policy.engine.case import Case
from tcia_policy.engine.evidence_names import name_of_evidence
from tcia_policy.engine.ids import as_id
from tcia_policy.engine.rule_hits import RuleHit
from tcia_policy.model import Contact, Dataset
from tcia_policy.model.question import QuestionKind
from tcia_policy.rules.fact_type import FactType
from tcia_policy.rules.rule_text import Answerer, fill
from tcia_policy.rules.rulebook import Rule
from tcia_policy.rules.vocabulary import VOCABULARY
from tcia_policy.text.english import first_of, one_of
from tcia_policy.text.name_keys import slug

LIST_SERIES = (
    "List the series that you used in place of the patients or studies; if you used what the index does not have, name"
    " the dataset as a data item of its own."
)
COVERAGE = "If it does, say so in its entry (`to`, `territory`, `outputs`); if not, ask for a further grant."
SEVERAL: Mapping[str, str] = {"holding.name": "these data", "dataset.name": "these data"}
_PLACE = "manuscript.place"
_DATASET = "manuscript.dataset"


def id_of(asked: Asked, case: Case) -> str:
    """Return the id of a question, which never counts: `parts/BraTS-TCGA-GBM`, `use.purpose`, the id of a rule."""
    if asked.kind in (QuestionKind.PARTS, QuestionKind.LICENSE):
        return as_id((asked.kind.value, asked.about))
    if asked.kind is QuestionKind.EVIDENCE:
        return as_id(("evidence", slug(name_of_evidence(asked.about, case.evidence.seen))))
    return asked.about


def _evidence_in_words(asked: Asked, case: Case) -> str:
    return next((item.text for item in case.evidence.seen if item.field == asked.about), asked.about)


def _is_of_evidence(hits: Sequence[RuleHit]) -> bool:
    """Return whether a rule speaks of the evidence itself, and not only waits for it."""
    return any("evidence.field" in hit.values for hit in hits)


def text_of(asked: Asked, hits: Sequence[RuleHit], case: Case) -> str:
    """Return the question in words."""
    first = hits[0]
    if asked.kind is QuestionKind.EVIDENCE and not _is_of_evidence(hits):
        return f"Does this cover what you plan: {_evidence_in_words(asked, case)}?"
    name = first.values.get("holding.name", "the data")
    if asked.kind is QuestionKind.PARTS:
        return f"Which part of {name} did you use?"
    if asked.kind is QuestionKind.LICENSE and not _is_chosen(hits):
        return f"Which of the licenses stated for {name} is right?"
    declared = _declared(asked)
    if declared is not None:
        return declared.question or _of_label(declared)
    held = {hit.holding.id for hit in hits if hit.holding is not None}
    asking = next((hit for hit in hits if hit.rule.text.question is not None), first)
    question = asking.rule.text.question or f"What settles this: {asking.rule.text.title}?"
    values = {**asking.values, **_datasets_asked(hits)}
    return fill(question, {**values, **SEVERAL} if len(held) > 1 else values)


def _datasets_asked(hits: Sequence[RuleHit]) -> Mapping[str, str]:
    """Return the datasets that a question on a manuscript is about, and where they are named: the first of many."""
    places = {hit.values[_DATASET]: hit.values[_PLACE] for hit in hits if _DATASET in hit.values}
    if len(places) <= 1:
        return {}
    return {_DATASET: one_of(first_of(list(places))), _PLACE: "; ".join(first_of(list(places.values())))}


def _of_label(fact: FactType) -> str:
    """Return the question for a fact that is declared without one."""
    return f"Do you know {fact.label}?" if fact.is_yes_or_no else f"What is {fact.label}?"


def _is_chosen(hits: Sequence[RuleHit]) -> bool:
    """Return whether the user chooses the license, of several under which the data are offered."""
    return any(hit.rule.text.stated_at is not None for hit in hits)


def _declared(asked: Asked) -> FactType | None:
    """Return the fact that is asked for, if rules may ask for it by name."""
    if asked.kind is not QuestionKind.FACT:
        return None
    of_item = asked.about.removeprefix(OF_ITEM) if asked.about.startswith(OF_ITEM) else None
    places = ((fact, fact.of_item if of_item else fact.stated_at) for fact in VOCABULARY.values())
    return next((fact for fact, place in places if place == (of_item or asked.about)), None)


def because_of(hits: Sequence[RuleHit]) -> str:
    """Return why it is asked, as the first rule that waits for it says."""
    return fill(hits[0].rule.text.because, hits[0].values)


def remedy_of(asked: Asked, hits: Sequence[RuleHit]) -> str | None:
    """Return what to do, in a sentence."""
    if asked.kind is QuestionKind.PARTS:
        may_be_unused = any(hit.holding is not None and hit.holding.may_be_unused for hit in hits)
        return LIST_SERIES if may_be_unused else "State under `distributions` of this data item which parts you used."
    if asked.kind is QuestionKind.EVIDENCE and not _is_of_evidence(hits):
        return COVERAGE
    if asked.kind is QuestionKind.LICENSE and not _is_chosen(hits):
        return "Ask which license is right, and keep the reply; until then, the strictest counts."
    at_its_place = next((hit for hit in hits if asked.kind is QuestionKind.FACT and hit.rule.text.stated_at), None)
    if at_its_place is not None and at_its_place.rule.text.remedy is not None:
        return fill(at_its_place.rule.text.remedy, at_its_place.values)
    if asked.kind is QuestionKind.FACT:
        return f"State `{asked.about.removeprefix(OF_ITEM)}` in the project file."
    of_rule = next((hit for hit in hits if hit.rule.text.remedy is not None), None)
    return None if of_rule is None else fill(of_rule.rule.text.remedy or "", of_rule.values)


def ask_of(asked: Asked, hits: Sequence[RuleHit], case: Case) -> str | None:
    """Return in words who can answer, where that is somebody else than the user."""
    datasets = _datasets_of(hits, case)
    if asked.kind is QuestionKind.LICENSE and not _is_chosen(hits):
        return "the owner of the data, or the archive"
    declared = _declared(asked)
    if declared is not None:
        return declared.ask
    answerable = _answerable(hits)
    if asked.kind in (QuestionKind.REPLY, QuestionKind.EVIDENCE) and answerable is not None:
        return who_may_answer(answerable, datasets)
    return None


def contacts_of(asked: Asked, hits: Sequence[RuleHit], case: Case) -> tuple[Contact, ...]:
    """Return the recorded contacts of those who own the data, where they can answer."""
    answerable = _answerable(hits)
    is_theirs = answerable is not None and Answerer.DATA_OWNER in answerable.text.answered_by
    if asked.kind is not QuestionKind.LICENSE and not (asked.kind is QuestionKind.REPLY and is_theirs):
        return ()
    return tuple(dict.fromkeys(contact for dataset in _datasets_of(hits, case) for contact in dataset.contacts))


def _answerable(hits: Sequence[RuleHit]) -> Rule | None:
    return next((hit.rule for hit in hits if hit.rule.text.answered_by), None)


def _datasets_of(hits: Sequence[RuleHit], case: Case) -> list[Dataset]:
    ids = dict.fromkeys(hit.holding.dataset or "" for hit in hits if hit.holding is not None)
    return [case.known.datasets[id_] for id_ in ids if id_ in case.known.datasets]
