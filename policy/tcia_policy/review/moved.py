"""What moved since a lock was made, and what that changes for the study: two locks compared."""

from collections.abc import Iterator, Mapping
from datetime import date

from tcia_policy.lazy import dataclass
from tcia_policy.model.lock import Lock, LockedItem, LockedOutcome, LockedPart
from tcia_policy.text.sanitize import clean

SHOWN = 12  # digits of a digest
NOT_THERE = "not there"
_DIGEST_DIGITS = 64
_TERMS = ("license/", "access/")
# How what came out is called, in the order in which it is told.
_OUTCOMES: Mapping[str, str] = {
    "verdicts": "verdict",
    "outputs": "output",
    "findings": "finding",
    "duties": "duty",
    "citations": "reference",
    "questions": "question",
    "matters": "what can be decided",
    "decisions": "decision",
}


@dataclass(frozen=True)
class Move:
    """One thing that is not as it was: `before` and `now` are what it was and is, `None` where it is not there."""

    what: str
    before: str | None
    now: str | None

    def __str__(self) -> str:
        """Return `registry: 3f2a9c11d0ab -> d4897a4b255d`."""
        return clean(f"{self.what}: {_shown(self.before)} -> {_shown(self.now)}")


@dataclass(frozen=True)
class Moves:
    """What moved from one lock to another: what the study was judged from (`world`), and what came out (`outcome`)."""

    since: date
    until: date
    world: tuple[Move, ...]
    outcome: tuple[Move, ...]

    def __bool__(self) -> bool:
        return bool(self.world or self.outcome)

    @property
    def matter(self) -> bool:
        """Return whether a verdict, a duty, a reference, a question or a decision is not as it was."""
        return bool(self.outcome)


def moves(before: Lock, now: Lock) -> Moves:
    """Return what is not as it was. Another day alone moves nothing; what follows from it does.

    A rule moved where it says something else. That another rule speaks now shows in what came out.
    """
    world = (
        *_of_mappings("version of {}", before.versions, now.versions),
        *_of_mappings("{}", before.digests, now.digests),
        *_of_mappings("{}", _files(before), _files(now)),
        *(each for each in _of_mappings("rule {}", before.rules, now.rules) if each.before and each.now),
        *_of_mappings("data item {}", _items(before), _items(now)),
        *(_of_mappings("{}", _facts(before), _facts(now)) if before.datasets else ()),
    )
    return Moves(before.as_of, now.as_of, world, tuple(_of_outcomes(before.outcome, now.outcome)))


def render_moves(moved: Moves) -> str:
    """Return what moved, a line each, then what that changes for the study, or that it changes nothing."""
    if not moved:
        return f"nothing moved since the lock of {moved.since}\n"
    lines = [f"moved since the lock of {moved.since}:", *(f"  {each}" for each in moved.world)]
    if not moved.world:
        lines = [f"moved since the lock of {moved.since}: only the day, which is {moved.until} now"]
    if moved.matter:
        lines += ["what that changes for this study:", *(f"  {each}" for each in moved.outcome)]
    else:
        lines.append("it changes nothing for this study: verdicts, duties, references and questions are as they were")
    return "\n".join(lines) + "\n"


def _of_outcomes(before: LockedOutcome, now: LockedOutcome) -> Iterator[Move]:
    if before.verdict != now.verdict:
        yield Move("verdict on the study", before.verdict, now.verdict)
    for name, called in _OUTCOMES.items():
        yield from _of_mappings(f"{called} {{}}", getattr(before, name), getattr(now, name))


def _of_mappings(called: str, before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Move]:
    for name in sorted(before.keys() | now.keys()):
        if before.get(name) != now.get(name):
            yield Move(called.replace("{}", name), before.get(name), now.get(name))


def _files(lock: Lock) -> dict[str, str]:
    return {f"{each.kind.replace('-', ' ')} file {each.path}": each.sha256 for each in lock.files}


def _items(lock: Lock) -> dict[str, str]:
    """Return every statement on a data item and its parts, by what it states."""
    return {name: said for item in lock.items for name, said in _of_item(item)}


def _facts(lock: Lock) -> dict[str, str]:
    """Return what the registry says of the data beside the licenses and the access of parts: `_items` has these."""
    return {
        f"{item.id}, {name}": said
        for item in lock.datasets
        for name, said in item.facts.items()
        if not name.startswith(_TERMS)
    }


def _of_item(item: LockedItem) -> Iterator[tuple[str, str]]:
    yield item.id, item.name
    stated = {
        "dataset": item.dataset,
        "obtained from": item.obtained_from,
        "version": item.version,
        "series": None if item.series is None else str(item.series),
    }
    yield from ((f"{item.id}, {name}", said) for name, said in stated.items() if said is not None)
    for part in item.parts:
        yield f"{item.id}, part {part.title or 'not known'}", _of_part(part)


def _of_part(part: LockedPart) -> str:
    licenses = (each.license + (f" ({'; '.join(each.sources)})" if each.sources else "") for each in part.stated)
    stated = ", ".join(licenses) or "no license stated"
    return f"{stated}; governing {part.governing or 'none'}; access {part.access or 'not known'}"


def _shown(said: str | None) -> str:
    if said is None:
        return NOT_THERE
    is_digest = len(said) == _DIGEST_DIGITS and said.isalnum()
    return said[:SHOWN] if is_digest else said
