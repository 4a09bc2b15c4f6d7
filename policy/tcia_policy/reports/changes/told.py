"""What changed, in sentences: one first line, then groups of entries. Every format sets these."""

from collections.abc import Callable, Iterator, Sequence

from tcia_policy.lazy import dataclass
from tcia_policy.model.changes import (
    AssessmentDiff,
    AssessmentDiffPrinted,
    DutyChange,
    DutyState,
    ItemSeen,
    LicenseSeen,
    LinesChange,
    QuestionBecame,
    QuestionState,
    Turn,
    VerdictChange,
)
from tcia_policy.model.decision_kinds import DecisionKind, DecisionStatus
from tcia_policy.reports.labels import place
from tcia_policy.text.english import count, joined

WORD = {Turn.WORSE: "WORSE", Turn.BETTER: "BETTER", Turn.NEITHER: "NO WORSE"}
NOT_STATED = "not stated"


@dataclass(frozen=True)
class Entry:
    """A sentence on a change, and more lines on it. `turn` says whether it is for the worse or the better."""

    text: str
    more: tuple[str, ...] = ()
    turn: Turn = Turn.NEITHER

    @property
    def mark(self) -> str:
        """Return `worse: `, `better: `, or nothing."""
        return "" if self.turn is Turn.NEITHER else f"{self.turn.value}: "


@dataclass(frozen=True)
class Group:
    """Changes of one kind under a heading."""

    heading: str
    entries: tuple[Entry, ...]


def first_line(diff: AssessmentDiff) -> tuple[str, str]:
    """Return the answer as a word and a sentence: `WORSE`, `1 question is new; the rest is as it was.`."""
    if diff.answers_alike:
        alone = " Only the versions or the files differ." if diff.versions or diff.inputs else ""
        return "THE SAME", f"Nothing changed.{alone}"
    counted = [
        *_counted(diff, Turn.WORSE),
        *_counted(diff, Turn.BETTER),
        *_counted_otherwise(diff),
    ]
    if not counted:
        return WORD[diff.turn], f"{_overall(diff)}; what changed is below."
    said = joined(counted)
    rest = "more that is neither worse nor better is below" if _is_not_counted(diff) else "the rest is as it was"
    return WORD[diff.turn], f"{said[:1].upper()}{said[1:]}; {rest}."


def printed(diff: AssessmentDiff) -> AssessmentDiffPrinted:
    """Return what changed as a program reads it: with the first line and the exit code."""
    return AssessmentDiffPrinted(**dict(diff), summary=": ".join(first_line(diff)), exit_code=diff.exits_with)


def _counted(diff: AssessmentDiff, turn: Turn) -> Iterator[str]:
    """Yield how many verdicts, questions, duties, outputs and decisions took this turn."""
    is_worse = turn is Turn.WORSE
    cells = sum(len(each.cells) for each in diff.verdicts if each.turn is turn)
    yield from _said(cells, "verdict is", "verdicts are", turn.value)
    became = [each.became for each in diff.questions if each.turn is turn]
    words = (
        (QuestionBecame.NEW, "new"),
        (QuestionBecame.STALE, "open again"),
        (QuestionBecame.SETTLED, "settled"),
        (QuestionBecame.GONE, "gone with what it was about"),
    )
    for kind, word in words:
        yield from _said(became.count(kind), "question is", "questions are", word)
    duties = sum(each.turn is turn for each in diff.duties)
    yield from _said(duties, "duty is", "duties are", "to be done" if is_worse else "done or no longer owed")
    outputs = sum(each.turn is turn for each in diff.outputs)
    yield from _said(outputs, "output is", "outputs are", "not cleared" if is_worse else "no longer held up")
    turned = [each.kind is DecisionKind.REJECT for each in diff.decisions if each.turn is turn]
    no_longer = "no longer " if is_worse else "now "
    yield from _said(turned.count(False), f"decision {no_longer}counts", f"decisions {no_longer}count")
    against = "now" if is_worse else "no longer"
    yield from _said(turned.count(True), f"decision {against} rejects it", f"decisions {against} reject it")


def _counted_otherwise(diff: AssessmentDiff) -> Iterator[str]:
    yield from _said(sum(each.before is None for each in diff.items), "data item is", "data items are", "new")
    yield from _said(sum(each.after is None for each in diff.items), "data item is", "data items are", "gone")
    both = sum(each.before is not None and each.after is not None for each in diff.items)
    yield from _said(both, "data item", "data items", "changed")
    yield from _said(len(diff.licenses), "part has", "parts have", "other license terms")
    changed = sum(each.became is QuestionBecame.CHANGED for each in diff.questions)
    yield from _said(changed, "question is", "questions are", "about something else")
    yield from _said(len(diff.rules), "rule has", "rules have", "changed")
    yield from _said(len(diff.terms), "license is", "licenses are", "described otherwise")
    yield from _said(len(diff.facts), "thing", "things", "that the project states changed")


def _is_not_counted(diff: AssessmentDiff) -> bool:
    """Return whether something is told of which the first line says nothing."""
    turns = {
        *(each.turn for each in diff.verdicts),
        *(each.turn for each in diff.duties),
        *(each.turn for each in diff.outputs),
        *(each.turn for each in diff.decisions),
        *(each.turn for each in diff.questions if each.became is not QuestionBecame.CHANGED),
    }
    return bool(diff.citations) or Turn.NEITHER in turns


def _said(number: int, one: str, more: str, what: str = "") -> Iterator[str]:
    if number:
        yield f"{count(number, one, more)} {what}".rstrip()


def _overall(diff: AssessmentDiff) -> str:
    if diff.old.verdict is not diff.new.verdict:
        return f"The verdict is {diff.new.verdict.value} and was {diff.old.verdict.value}"
    return "Nothing is worse or better"


def since(diff: AssessmentDiff) -> str:
    """Return which two assessments were compared: their days, and their verdicts."""
    old, new = diff.old, diff.new
    verdicts = new.verdict.value if old.verdict is new.verdict else f"{new.verdict.value}, was {old.verdict.value}"
    return f"As of {new.as_of.isoformat()} against {old.as_of.isoformat()}: {verdicts}."


def groups(diff: AssessmentDiff) -> tuple[Group, ...]:
    """Return everything that changed, what a reader acts on first. Groups without a change are left out."""
    made = (Group(heading, tuple(_worst_first(told(diff)))) for heading, told in _GROUPS)
    return tuple(group for group in made if group.entries)


def _worst_first(entries: Iterator[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: list(Turn).index(entry.turn))


def _verdicts(diff: AssessmentDiff) -> Iterator[Entry]:
    for each in diff.verdicts:
        yield Entry(f"{_from_to(each)}: {_cells(each)}{_rules(each)}", turn=each.turn)


def _from_to(each: VerdictChange) -> str:
    if each.before is each.after and each.after is not None:
        return f"{each.after.value} as before, by other rules"
    if each.after is None:
        return f"no longer judged, was {'' if each.before is None else each.before.value}"
    return f"{each.after.value}, {'not judged before' if each.before is None else f'was {each.before.value}'}"


def _cells(each: VerdictChange) -> str:
    """Return `LIDC-IDRI and NLST (train-model, release-model)`, data items with the same activities together."""
    activities: dict[str, list[str]] = {}
    for cell in each.cells:
        activities.setdefault(cell.name or "the study", []).append(cell.activity.value)
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, done in activities.items():
        alike.setdefault(tuple(dict.fromkeys(done)), []).append(name)
    return "; ".join(f"{joined(names)} ({', '.join(done)})" for done, names in alike.items())


def _rules(each: VerdictChange) -> str:
    before, after = ", ".join(each.rules_before), ", ".join(each.rules_after)
    if each.before is each.after:
        return f" [{after}; was {before}]"
    return f" [{after or before}]" if after or before else ""


def _questions(diff: AssessmentDiff) -> Iterator[Entry]:
    for each in diff.questions:
        word = "new" if each.became is QuestionBecame.NEW else each.became.value
        by = ""
        if each.after is QuestionState.DECIDED or each.became is QuestionBecame.STALE:
            by = f" (decision{'s' if len(each.decisions) > 1 else ''} {', '.join(each.decisions)})"
        yield Entry(f"{word}: {each.text} [{each.id}]{by}", (*_moved(each.lost, each.gained),), each.turn)


def _moved(lost: Sequence[str], gained: Sequence[str]) -> Iterator[str]:
    for line in lost:
        yield f"was: {line}"
    for line in gained:
        yield f"now: {line}"


_DUTY_WORD = {
    DutyState.NOT_OWED: "not owed",
    DutyState.MET: "met",
    DutyState.DECIDED: "decided",
    DutyState.UNVERIFIED: "unverified",
    DutyState.OPEN: "open",
}


def _duties(diff: AssessmentDiff) -> Iterator[Entry]:
    """Yield the duties, those of one rule that changed alike together."""
    alike: dict[tuple[str, str, Turn], list[DutyChange]] = {}
    for each in diff.duties:
        rule = each.id.partition(":")[0]
        alike.setdefault((_duty_states(each), f"{each.text} [{rule}]", each.turn), []).append(each)
    for (states, text, turn), changes in alike.items():
        names = sorted({name for each in changes for name in each.names})
        yield Entry(f"{states}: {text} for {joined(names)}", turn=turn)


def _duty_states(each: DutyChange) -> str:
    asked = "" if each.required else " (asked for, not required)"
    if each.before is DutyState.NOT_OWED:
        return f"new, {_DUTY_WORD[each.after]}{asked}"
    if each.after is DutyState.NOT_OWED:
        return f"no longer owed, was {_DUTY_WORD[each.before]}{asked}"
    return f"{_DUTY_WORD[each.after]}, was {_DUTY_WORD[each.before]}{asked}"


def _outputs(diff: AssessmentDiff) -> Iterator[Entry]:
    words = {True: "cleared", False: "not cleared", None: "not among the outputs"}
    for each in diff.outputs:
        yield Entry(f"{each.name}: {words[each.after]}, was {words[each.before]}", turn=each.turn)


def _decisions(diff: AssessmentDiff) -> Iterator[Entry]:
    for each in diff.decisions:
        now, was = _status(each.after), _status(each.before)
        states = f"{now}, before: {was}" if now != was else f"{now} as before, with other content"
        yield Entry(f"{each.name} ({each.kind.value}): {states}", (each.why,) if each.why else (), each.turn)


def _status(status: DecisionStatus | None) -> str:
    return "not there" if status is None else status.value


def _items(diff: AssessmentDiff) -> Iterator[Entry]:
    for each in diff.items:
        if each.before is None and each.after is not None:
            yield Entry(f"new: {_item(each.after)}")
        elif each.after is None and each.before is not None:
            yield Entry(f"gone: {_item(each.before)}")
        elif each.before is not None and each.after is not None:
            yield Entry(f"changed: {_item(each.after)}", (*_differing(each.before, each.after),))


def _item(seen: ItemSeen) -> str:
    version = f", version {seen.version}" if seen.version else ""
    return f"{seen.name} from {place(seen.obtained_from)}{version} [{seen.id}]"


def _differing(before: ItemSeen, after: ItemSeen) -> Iterator[str]:
    for name in ItemSeen.model_fields:
        was, is_ = getattr(before, name), getattr(after, name)
        if was != is_:
            yield f"{name.replace('_', ' ')}: {_shown(is_)}, was {_shown(was)}"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(str, value)) or "none"
    return NOT_STATED if value is None else str(value)


def _facts(diff: AssessmentDiff) -> Iterator[Entry]:
    for each in diff.facts:
        yield Entry(f"{each.fact}: {each.after or NOT_STATED}, was {each.before or NOT_STATED}")


def _licenses(diff: AssessmentDiff) -> Iterator[Entry]:
    for each in diff.licenses:
        part = f", {each.part}" if each.part else ""
        yield Entry(f"{each.name}{part}", (f"was: {_license(each.before)}", f"now: {_license(each.after)}"))


def _license(seen: LicenseSeen | None) -> str:
    if seen is None:
        return "not among the parts"
    governing = f"{seen.governing} governs" if seen.governing else "no license governs"
    access = f", access {seen.access.value}" if seen.access else ""
    return f"{governing}{access}; stated: {'; '.join(seen.stated) or 'nothing'}"


def _citations(diff: AssessmentDiff) -> Iterator[Entry]:
    for each in diff.citations:
        now, was = each.after or "no longer owed", each.before or "not owed"
        yield Entry(f"{now}, was {was}: {each.text}")


def _substance(changes: Sequence[LinesChange]) -> Iterator[Entry]:
    for each in changes:
        yield Entry(each.id, (*_moved(each.lost, each.gained),))


def _versions(diff: AssessmentDiff) -> Iterator[Entry]:
    for each in diff.versions:
        yield Entry(f"{each.what}: {each.after or 'none'}, was {each.before or 'none'}")
    if diff.inputs:
        yield Entry(f"not the same as then: {joined(diff.inputs)}")


_GROUPS: tuple[tuple[str, Callable[[AssessmentDiff], Iterator[Entry]]], ...] = (
    ("Verdicts", _verdicts),
    ("Questions", _questions),
    ("Duties", _duties),
    ("Outputs", _outputs),
    ("Decisions", _decisions),
    ("Data items", _items),
    ("What the project states", _facts),
    ("Licenses", _licenses),
    ("References", _citations),
    ("Rules", lambda diff: _substance(diff.rules)),
    ("Descriptions of licenses", lambda diff: _substance(diff.terms)),
    ("Judged with and from", _versions),
)
