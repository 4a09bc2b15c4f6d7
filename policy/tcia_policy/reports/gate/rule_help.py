"""The rules behind results: what each says, why, and which sources say so, in text and in Markdown."""

from collections.abc import Sequence

from tcia_policy.lazy import dataclass
from tcia_policy.model import Reference
from tcia_policy.reports.alike import ITEM_SLOT, with_slots
from tcia_policy.reports.gate.results import GateResult, Level
from tcia_policy.reports.typeset.html import web_address
from tcia_policy.reports.typeset.markdown import escape
from tcia_policy.text.sanitize import clean

THESE_DATA = "these data"
MOST_SOURCES = 10


@dataclass(frozen=True)
class RuleHelp:
    """One rule: its id and title, why it is so (its title, where that differs by data item), its sources, its level.

    `remedy` says what to do; empty where that differs by data item.
    `address` is that of the first source on the web. `words` are those of `--fail-on` that its results have.
    """

    rule: str
    title: str
    because: str
    remedy: str
    sources: tuple[Reference, ...]
    level: Level
    address: str | None
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the help as plain text."""
        lines = [self.because, self.remedy, *(f"- {_source(item)}" for item in self.sources), self._how_to_read()]
        return "\n".join(filter(None, lines))

    @property
    def markdown(self) -> str:
        """Return the help in Markdown; nothing in it is active but links to the web."""
        sources = "\n".join(f"- {_linked(item)}" for item in self.sources)
        parts = [escape(self.because), escape(self.remedy), sources, f"`{self._how_to_read()}`"]
        return "\n\n".join(filter(None, parts))

    def _how_to_read(self) -> str:
        return f"tcia-policy rules show {self.rule}"


def rules_of(results: Sequence[GateResult]) -> tuple[RuleHelp, ...]:
    """Return each rule of these results once, in their order."""
    groups: dict[str, list[GateResult]] = {}
    for item in results:
        groups.setdefault(item.about.rule, []).append(item)
    return tuple(_help(rule, group) for rule, group in groups.items())


def _help(rule: str, group: Sequence[GateResult]) -> RuleHelp:
    first = group[0].about
    sources = tuple(dict.fromkeys(source for item in group for source in item.about.references))[:MOST_SOURCES]
    addresses = (web_address(source.url) for source in sources)
    return RuleHelp(
        rule=clean(rule),
        title=clean(first.title),
        because=clean(_same([item.about.because for item in group], group) or first.title),
        remedy=clean(_same([item.about.remedy for item in group], group)),
        sources=sources,
        level=min((item.level for item in group), key=list(Level).index),
        address=next(filter(None, addresses), None),
        words=tuple(dict.fromkeys(item.word.value for item in group)),
    )


def _same(texts: Sequence[str], group: Sequence[GateResult]) -> str:
    """Return what the texts of all results say, without the name of a data item; empty where they differ."""
    told = {
        with_slots(text, item.about.item).replace(ITEM_SLOT, THESE_DATA)
        for text, item in zip(texts, group, strict=True)
    }
    return next(iter(told)) if len(told) == 1 else ""


def _source(source: Reference) -> str:
    parts = [source.title, source.section or "", source.url or "", source.standing]
    return clean(", ".join(filter(None, parts)))


def _linked(source: Reference) -> str:
    address = web_address(source.url)
    title = escape(source.title)
    named = title if address is None else f"[{title}](<{address}>)"
    return ", ".join(filter(None, [named, escape(source.section or ""), escape(source.standing)]))
