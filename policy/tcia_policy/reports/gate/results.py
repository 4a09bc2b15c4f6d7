"""What stops a publication or may stop it, as one list: every format of the gate prints these results.

They are looked up in the assessment, and nothing is judged: what counts is `gate`, the questions, the findings, the
duties and the decisions that it has.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment, Duty, DutyStatus, Finding, Reference, Verdict
from tcia_policy.model.gate import USUAL, GateWord, words_of
from tcia_policy.model.question import Question
from tcia_policy.reports.answer.blockers import undecided_findings
from tcia_policy.reports.answer.first_line import first_line
from tcia_policy.reports.answer.matrix import names_apart
from tcia_policy.reports.answer.project_places import IN_THE_PROJECT, Standpoint, line_of_holding
from tcia_policy.reports.gate.decisions_seen import DecisionsSeen, Suppression
from tcia_policy.reports.gate.endings import endings
from tcia_policy.reports.gate.places import GatePlace, Places
from tcia_policy.text.english import joined
from tcia_policy.text.sanitize import clean

STUDY_OPEN = "study-undetermined"
FEW = 6


class Level(StrEnum):
    """How bad a result is: `error` is wrong, `warning` is not known, `note` was not looked at or will end."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


LEVELS = {
    GateWord.PROHIBITED: Level.ERROR,
    GateWord.OPEN: Level.ERROR,
    GateWord.UNDETERMINED: Level.WARNING,
    GateWord.STALE: Level.WARNING,
    GateWord.UNVERIFIED: Level.NOTE,
    GateWord.EXPIRING: Level.NOTE,
}


@dataclass(frozen=True)
class About:
    """What the rule of a result is: its title, why it is so, the sources that say so, and what to do.

    `item` is the name of the data item that the texts may name.
    """

    rule: str
    title: str
    because: str = ""
    references: tuple[Reference, ...] = ()
    item: str | None = None
    remedy: str = ""


@dataclass(frozen=True)
class GateResult:
    """One thing that stops a publication, or may.

    `id` is that of the question, the finding, the duty or the decision; no two results have the same. `word` is the
    word of `--fail-on` that stops on it. `message` says in a few sentences what it is and what to do. `places` has one
    at least. `stops` says that the gate stops because of it.
    """

    id: str
    word: GateWord
    about: About
    message: str
    places: tuple[GatePlace, ...]
    suppression: Suppression | None = None
    stops: bool = False

    @property
    def level(self) -> Level:
        """Return how bad it is by itself, whatever was decided."""
        return LEVELS[self.word]

    @property
    def is_accepted(self) -> bool:
        """Return whether a decision lets it pass."""
        return self.suppression is not None and self.suppression.lets_pass

    @property
    def level_left(self) -> Level:
        """Return how bad it is after what was decided: a note where a decision lets it pass."""
        return Level.NOTE if self.is_accepted else self.level

    @property
    def told(self) -> str:
        """Return the message, and what was decided on it."""
        return self.message if self.suppression is None else clean(f"{self.message} {self.suppression.in_words}.")

    @property
    def fingerprint(self) -> str:
        """Return a digest of the id: the same in every check, wherever the file and the line move to."""
        return sha256(self.id.encode("utf-8", "surrogatepass")).hexdigest()


def results(assessment: Assessment, standpoint: Standpoint = IN_THE_PROJECT) -> tuple[GateResult, ...]:
    """Return all results of an assessment, the worst first. `standpoint` is seen from the root of the repository."""
    stopping = words_of(USUAL if assessment.gate is None else assessment.gate.fail_on)
    found = sorted(_Listed(assessment, standpoint).all(), key=lambda item: list(LEVELS).index(item.word))
    return tuple(replace(item, stops=_stops(item, stopping)) for item in _with_ids_apart(found))


def _stops(item: GateResult, stopping: frozenset[GateWord]) -> bool:
    return item.word in stopping and not item.is_accepted


def _with_ids_apart(found: Iterable[GateResult]) -> Iterator[GateResult]:
    """Yield the results; of those with one id, all but the first have a digest of their message in theirs."""
    seen: set[str] = set()
    for item in found:
        id_ = item.id
        if id_ in seen:
            id_ += f"~{sha256(item.message.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
        if id_ not in seen:
            seen.add(id_)
            yield replace(item, id=id_)


@dataclass(frozen=True)
class _Listed:
    """The results of one assessment, kind by kind."""

    assessment: Assessment
    standpoint: Standpoint

    @cached_property
    def places(self) -> Places:
        """Return the spelling of places."""
        return Places(self.assessment, self.standpoint)

    @cached_property
    def names(self) -> dict[str, str]:
        """Return the names of the data items, by their ids."""
        return dict(names_apart(self.assessment.holdings))

    @cached_property
    def decisions(self) -> DecisionsSeen:
        """Return what reviewers decided."""
        return DecisionsSeen.of(self.assessment)

    def all(self) -> Iterator[GateResult]:
        """Yield every result."""
        yield from self._prohibitions()
        yield from self._of_decisions()
        yield from (self._duty(duty) for duty in self.assessment.duties if _is_owed(duty))
        still_open = [*map(self._question, self.assessment.questions), *self._undecided()]
        yield from still_open
        if all(item.is_accepted for item in still_open) and self.assessment.exit_code == 3:  # noqa: PLR2004 - undetermined
            yield self._whole_study()
        for end in endings(self.assessment):
            place = self.places.in_review(end.line) if end.in_review else self.places.in_project(end.line)
            about = About("expiring", "Something that counts will soon end")
            yield self._result(end.id, GateWord.EXPIRING, about, end.text, [place])

    def _prohibitions(self) -> Iterator[GateResult]:
        """Yield one for each rule and data item; on the study as a whole, one for each thing that is told."""
        groups: dict[tuple[str, str | None, str], list[Finding]] = {}
        for item in self.assessment.findings:
            if item.verdict is Verdict.PROHIBITED and item.lifted_by is None:
                told = "" if item.holding is not None else item.id or item.because
                groups.setdefault((item.rule, item.holding, told), []).append(item)
        for group in groups.values():
            yield self._of_findings(group, GateWord.PROHIBITED, "{name} may not be used for {activities}")

    def _undecided(self) -> Iterator[GateResult]:
        for item in undecided_findings(self.assessment):
            yield self._of_findings([item], GateWord.UNDETERMINED, "{name}: undetermined for {activities}")

    def _of_findings(self, group: Sequence[Finding], word: GateWord, head: str) -> GateResult:
        first = group[0]
        activities = list(dict.fromkeys(activity.value for item in group for activity in item.activities))
        begins = self._head(head, first.holding, activities)
        texts = dict.fromkeys(text for item in group for text in (item.because, item.remedy or ""))
        told = self.places.of(place for item in group for place in item.at)
        id_ = f"{first.rule}/{first.holding}" if first.holding is not None else first.id or first.rule
        # What is said of one place is no help on the rule.
        because, remedy = ("", "") if first.at else (first.because, first.remedy or "")
        matters = [matter for item in group for matter in item.matters]
        return self._result(
            id_,
            word,
            About(first.rule, first.title, because, first.references, self._name(first.holding), remedy),
            " ".join([f"{begins}{first.title}.", *texts]),
            [*told, self.places.in_project(first.line)],
            self.decisions.on(matters, ()) if word is not GateWord.PROHIBITED else None,
        )

    def _name(self, holding: str | None) -> str | None:
        return next((item.name for item in self.assessment.holdings if item.id == holding), None)

    def _head(self, head: str, holding: str | None, activities: Sequence[str]) -> str:
        if holding is None:
            return ""
        name = self.names.get(holding, holding)
        return f"{head.format(name=name, activities=joined(list(activities)))}: "

    def _question(self, question: Question) -> GateResult:
        asking = [item for item in self.assessment.findings if item.rule in question.rules]
        rule = question.rules[0] if question.rules else question.id
        found = next((item for item in asking if item.rule == rule), None)
        on_study = [item for item in asking if item.holding is None]
        is_said = "ask " in (question.remedy or "").casefold()
        ask = "" if question.ask is None or is_said else f"Ask {question.ask}."
        return self._result(
            question.id,
            GateWord.UNDETERMINED,
            About(rule, question.text if found is None else found.title, question.because, _sources(asking, rule)),
            " ".join(filter(None, (question.text, self._decides(question), question.because, question.remedy, ask))),
            [*self.places.of(place for item in on_study for place in item.at), self.places.in_project(question.line)],
            self.decisions.on(question.matters, question.decided_by),
        )

    def _decides(self, question: Question) -> str:
        """Return which data items wait for the answer, and for what."""
        ids = dict.fromkeys(cell.holding for cell in question.cells if cell.holding is not None)
        names = [self.names.get(id_, id_) for id_ in ids]
        shown = [*names[:FEW], *([f"{len(names) - FEW} more"] if len(names) > FEW else [])]
        activities = list(dict.fromkeys(cell.activity.value for cell in question.cells))
        waits = f"{joined(shown) or 'The study'} {'wait' if len(names) > 1 else 'waits'} for the answer"
        return f"{waits}: {joined(activities)}." if len(activities) <= FEW else f"{waits}."

    def _duty(self, duty: Duty) -> GateResult:
        is_open = duty.status is DutyStatus.OPEN
        seen = duty.evidence or ("nothing shows it" if is_open else self._not_looked_for())
        lines = (self.places.in_project(line_of_holding(id_, self.assessment)) for id_ in duty.holdings)
        return self._result(
            duty.id,
            GateWord.OPEN if is_open else GateWord.UNVERIFIED,
            About(duty.rule, duty.title or duty.text, duty.text, duty.references),
            f"{_sentence(duty.text)} {'Open' if is_open else 'Not verified'}: {_sentence(seen)}",
            [*self.places.of(duty.at), next(filter(None, lines), None)],
            self.decisions.on(duty.matters, duty.decided_by),
        )

    def _not_looked_for(self) -> str:
        is_read = self.assessment.manuscript is not None or self.assessment.release is not None
        return "nothing that was read can show it" if is_read else "nothing was given to look in"

    def _of_decisions(self) -> Iterator[GateResult]:
        for told in self.decisions.told():
            place = self.places.in_review(told.line)
            about = About(f"decision-{told.status}", told.title)
            yield self._result(told.id, told.word, about, told.text, [place])

    def _whole_study(self) -> GateResult:
        about = About(STUDY_OPEN, "The study is undetermined")
        why = first_line(self.assessment).why_exit
        return self._result(
            STUDY_OPEN, GateWord.UNDETERMINED, about, f"The study as a whole is undetermined: {why}.", []
        )

    def _result(
        self,
        id_: str,
        word: GateWord,
        about: About,
        message: str,
        places: Iterable[GatePlace | None],
        suppression: Suppression | None = None,
    ) -> GateResult:
        known = tuple(dict.fromkeys(place for place in places if place is not None))
        return GateResult(id_, word, about, clean(message), known or (self.places.anywhere(),), suppression)


def _is_owed(duty: Duty) -> bool:
    return duty.required and duty.status is not DutyStatus.MET


def _sources(findings: Iterable[Finding], rule: str) -> tuple[Reference, ...]:
    return tuple(dict.fromkeys(source for item in findings if item.rule == rule for source in item.references))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
