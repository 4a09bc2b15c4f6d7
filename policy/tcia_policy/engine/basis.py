"""The lines on which something is decided: rules in substance, facts, what sources claim, evidence.

They are readable, sorted, and the same however the project is ordered and on whatever day it is judged. Wording is in
none of them, and no day but those that decide.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from tcia_policy.engine.case import Case
from tcia_policy.engine.evidence_in_activity import Situations
from tcia_policy.engine.matter_ids import HitMatter, OutputMeant, thing_of, without_lines
from tcia_policy.engine.outcome import Outcome
from tcia_policy.engine.output_sources import sources_of
from tcia_policy.engine.recorded_evidence import POSITION, Item, in_words, recorded
from tcia_policy.engine.rule_hits import RuleHit
from tcia_policy.engine.use_facts import value_at
from tcia_policy.lazy import dataclass
from tcia_policy.model import (
    Agreement,
    Answer,
    Distribution,
    Duty,
    EvidenceSeen,
    Holding,
    HoldingKind,
    Output,
    Permission,
    StatedPosition,
)
from tcia_policy.registry.notices import format_notice, notices_on
from tcia_policy.registry.standing import claims_that_count
from tcia_policy.rules.fact_value import Facts, FactValue
from tcia_policy.rules.rule_text import PLACEHOLDER
from tcia_policy.rules.rulebook import Rule
from tcia_policy.rules.substance import substance_of
from tcia_policy.rules.vocabulary import VOCABULARY
from tcia_policy.text.sanitize import clean

LONGEST_LINE = 2000
RULING = "release.ruling"


@dataclass(frozen=True)
class Basis:
    """The lines of a case. What many matters share is made once."""

    case: Case
    _rules: dict[tuple[str, str | None], str] = field(default_factory=dict)
    _items: dict[tuple[str, str | None], tuple[str, ...]] = field(default_factory=dict)
    _claims: dict[tuple[str, str | None], tuple[str, ...]] = field(default_factory=dict)

    def of_hit(self, hit: RuleHit, matter: HitMatter) -> tuple[str, ...]:
        """Return on what the matter of a rule is decided."""
        lines = [self._rule(hit.rule), f"says: {_says(hit)}", f"activity: {hit.activity.value}"]
        lines += _facts(hit, matter)
        lines += [f"about: {each}" for each in thing_of(hit)]
        lines += [f"{name}: {without_lines(hit.values[name])}" for name in _SEEN if hit.values.get(name)]
        if "evidence.field" in hit.values:
            lines += self.of_evidence(hit.values["evidence.field"])
        if hit.rule.text.fallback or "evidence.field" in hit.values:
            lines += self._use()
        if hit.holding is not None:
            situations = _within(hit.situations, matter.part)
            lines += self.of_item(hit.holding, matter.part)
            lines += self._claimed(hit.holding, situations, matter.part)
            lines += self._evidence_for(hit, matter.part)
        if matter.output is not None:
            lines += self._output(hit, matter.output)
        return as_basis(lines)

    def of_item(self, holding: Holding, part: Distribution | None = None) -> tuple[str, ...]:
        """Return which copy of which data a data item is, without the id that the user gives it; or a part of it."""
        key = (holding.id, None if part is None else part.id)
        if key not in self._items:
            meant = holding if part is None else holding.model_copy(update={"distributions": (part.id,)})
            self._items[key] = (f"item: {', '.join(_item(meant))}",)
        return self._items[key]

    def of_license(self, holding: Holding, situations: Situations) -> tuple[str, ...]:
        """Return on what it is decided which license of a data item holds: on what is claimed of each of its parts."""
        return as_basis((*self.of_item(holding), *self._claimed(holding, situations, None)))

    def of_fact(self, path: str) -> tuple[str, ...]:
        """Return on what a fact of the project is decided: of a legal position, on the country and kinds of output."""
        lines = [f"asked: {path}"]
        lines += [f"stated: {self._stated(fact.stated_at)}" for fact in VOCABULARY.values() if fact.stated_at == path]
        if path == POSITION:
            use = self.case.project.use
            lines.append(f"fact use.country: {use.country or 'not stated'}")
            lines += [f"kind of output: {kind}" for kind in {output.kind.value for output in use.outputs or ()}]
            lines += [self._of_evidence(item, field) for field, item in self._recorded() if field == POSITION]
        return as_basis(lines)

    def of_evidence(self, place: str) -> tuple[str, ...]:
        """Return on what it is decided whether evidence counts: the document, and what it is for."""
        return as_basis(self._of_evidence(item, field) for field, item in self._recorded() if field == place)

    def of_notices(self, holding: Holding, duty: Duty) -> Iterator[str]:
        """Yield what notices on a data item ask for, as far as the duty says it: its rule does not."""
        spec = self.case.rules.get(duty.rule).text.duty
        dataset = self.case.known.datasets.get(holding.dataset or "")
        if spec is None or spec.from_notices is None or dataset is None:
            return
        for notice in notices_on(dataset, spec.from_notices, holding.distributions):
            if format_notice(notice) in duty.text:
                yield f"notice: {notice.level.value}, {format_notice(notice)}"

    def of_license_named(self, duty: Duty, situations: Situations) -> Iterator[str]:
        """Yield under which license a data item is read, where what is owed names it: an attribution, a notice."""
        spec = self.case.rules.get(duty.rule).text.duty
        if spec is not None and any(name.startswith("license.") for name in PLACEHOLDER.findall(spec.text)):
            yield from _read(situations)

    def rule_of(self, rule_id: str) -> str:
        """Return a rule of the book in substance."""
        return self._rule(self.case.rules.get(rule_id))

    def _rule(self, rule: Rule) -> str:
        key = (rule.id, rule.text.verdict)
        if key not in self._rules:
            self._rules[key] = substance_of(rule)
        return self._rules[key]

    def _stated(self, path: str | None) -> str:
        value = None if path is None else value_at(self.case.project, path)
        if isinstance(value, StatedPosition):
            value = value.value
        return "nothing" if value is None else str(value)

    def _use(self) -> list[str]:
        """Return what the use is: where no rule speaks of it, or evidence may not cover it, all of it may matter."""
        use = self.case.project.use
        return [
            f"fact use.purpose: {use.purpose or 'unknown'}",
            f"fact use.country: {use.country or 'unknown'}",
        ]

    def _claimed(self, holding: Holding, situations: Situations, part: Distribution | None) -> tuple[str, ...]:
        key = (holding.id, None if part is None else part.id)
        if key not in self._claims:
            self._claims[key] = tuple(sorted({*_read(situations), *self._claims_on(holding, situations)}))
        return self._claims[key]

    def _claims_on(self, holding: Holding, situations: Situations) -> Iterator[str]:
        """Yield what is claimed of each part, and by whom; not on which day it was last read."""
        registered = self.case.known.registered
        for name in (holding.dataset, holding.registered_as):
            dataset = self.case.known.datasets.get(name or "")
            if dataset is None:
                continue
            parts = {reading.distribution.id: reading.distribution for reading, _ in situations if reading.distribution}
            for part in parts.values():
                if part not in dataset.distributions:
                    continue
                for claim in claims_that_count(part, dataset, registered):
                    access = f", {claim.access.value}" if claim.access is not None else ""
                    stated = f"stated by {claim.source} of the {claim.scope.value}"
                    yield f"part {part.id}: {claim.license}{access}, {stated}"
        for license_id in holding.claimed_licenses:
            yield f"these series: {license_id}, stated by the place that they are from"
        for each in holding.copy_claims:
            yield f"this copy: {each.license}, stated by {each.source}"

    def _output(self, hit: RuleHit, output: OutputMeant) -> Iterator[str]:
        """Yield what the charts say of an output, and what it comes from."""
        for ruling in hit.outputs:
            if (ruling.name, ruling.license) == output:
                others = ", ".join(sorted(ruling.merged_with.split(", ")))
                yield f"chart: {ruling.ruling.value}" + (f" with {others}" if others else "")
        for each in self.case.project.use.outputs or ():
            if (each.kind.value, each.license) == output and hit.holding is not None:
                yield f"output {each.name}: {', '.join(self._sources(each, hit.holding)) or 'not from this item'}"

    def _sources(self, output: Output, holding: Holding) -> Iterator[str]:
        sources = sources_of(output, self.case.holdings)
        for word, ids in (("material", sources.material), ("base model", sources.base), ("tool", sources.tools)):
            if holding.id in ids:
                yield f"this item is its {word}"

    def _evidence_for(self, hit: RuleHit, part: Distribution | None) -> Iterator[str]:
        """Yield the evidence that is recorded for a data item and that the rule looks for."""
        if hit.holding is None:
            return
        evidence = self.case.evidence
        parts = [part] if part is not None else [reading.distribution for reading, _ in hit.situations]
        granted = {item for each in parts for item in evidence.permissions_for(hit.holding, each)}
        wanted = {value for test in hit.rule.unless_tests for value in test.values}
        dataset = self.case.known.datasets.get(hit.holding.dataset or "")
        found: list[Item] = [item for item in granted if item.grants in wanted]
        if hit.rule.unless_tests:
            found += [item for item in evidence.agreements_for(hit.holding, dataset) if _is_wanted(item, hit.rule)]
        found += [item for item in evidence.answers_for(hit.holding) if item.rule == hit.rule.id]
        places = {item: place for place, item in self._recorded()} if found else {}
        for item in found:
            yield self._of_evidence(item, places.get(item))

    def _recorded(self) -> Sequence[tuple[str, Item]]:
        return tuple(recorded(self.case.project))

    def _of_evidence(self, item: Item, place: str | None) -> str:
        seen = next((each for each in self.case.evidence.seen if each.field == place), None)
        return f"evidence: {in_words(item)}{_scope(item)}{_document(seen)}"


_SEEN = ("output.found", "release.other")


def as_basis(lines: Iterable[str]) -> tuple[str, ...]:
    """Return lines as a basis has them: one line each, bounded, sorted, each once."""
    return tuple(sorted({clean(line)[:LONGEST_LINE] for line in lines}))


def _says(hit: RuleHit) -> str:
    """Return what the rule says: `prohibited`, or what it would say if it could be decided."""
    verdict = hit.rule.text.verdict or "a duty"
    return f"{verdict}, if what is unknown makes it speak" if hit.judgment.outcome is Outcome.UNKNOWN else verdict


def _within(situations: Situations, part: Distribution | None) -> Situations:
    """Return the readings of one part; all of them where no part is apart."""
    if part is None:
        return situations
    return [(reading, facts) for reading, facts in situations if reading.distribution in (part, None)]


def _facts(hit: RuleHit, matter: HitMatter) -> Iterator[str]:
    """Yield the facts that the rule's conditions name, under each reading of the part; what is unknown is said so."""
    names = {test.fact.name for test in (*hit.rule.tests, *hit.rule.unless_tests)}
    if matter.output is not None:
        names.discard(RULING)
    situations = _within(hit.situations, matter.part)
    for name in names:
        values: dict[str, set[str]] = {}
        for reading, facts in situations:
            part = "" if reading.distribution is None else f"part {reading.distribution.id}"
            values.setdefault(_value(name, facts), set()).add(", ".join(filter(None, (part, reading.license))))
        for value, under in values.items():
            where = f" under {'; '.join(sorted(filter(None, under)))}" if len(values) > 1 else ""
            yield f"fact {name}: {value}{where}"


def _value(name: str, facts: Facts) -> str:
    value: FactValue | None = facts.get(name)
    if value is None:
        return "unknown"
    words = [*sorted(value.words), *(f"perhaps {word}" for word in sorted(value.possible - value.words))]
    return " and ".join(words or ["none"]) + ("" if value.complete else ", perhaps more")


def _read(situations: Situations) -> Iterator[str]:
    """Yield under which license each part is read; a fact on an earlier copy shows here."""
    for reading, _ in situations:
        part = "data" if reading.distribution is None else f"part {reading.distribution.id}"
        yield f"{part}: read as {reading.license or 'no license known'}"


def _item(holding: Holding) -> Iterator[str]:
    yield holding.dataset or holding.name
    if holding.kind is not HoldingKind.DATASET:
        yield holding.kind.value
        yield f"license {holding.license or 'not stated'}"
    yield f"obtained from {holding.obtained_from.value}"
    yield f"version {holding.version or 'not stated'}"
    if holding.obtained_on is not None:
        yield f"obtained on {holding.obtained_on.isoformat()}"
    words = "all used" if holding.all_used else "any of them"
    parts = (*sorted(holding.distributions), *sorted(holding.parts_named))
    yield f"parts {', '.join(parts)} ({words})" if parts else "no parts known"
    if holding.altered is not None:
        yield "altered by the place that it is from" if holding.altered else "not altered"
    stated = {
        "DOI": holding.doi,
        "removed from IDC after": holding.removed_after,
        "named like": holding.named_like,
        "registered as": holding.registered_as,
        "in a file named after": holding.named_otherwise,
        "in rows that name": " and ".join(holding.rows_name) or None,
        "not in IDC's index, by the word of": holding.on_word_of,
        "speaks of": holding.speaks_of,
    }
    yield from (f"{name} {value}" for name, value in stated.items() if value)
    if holding.may_be_unused:
        yield "perhaps not used"
    if holding.collections:
        yield f"collections {', '.join(sorted(holding.collections))}"
    if holding.kind in (HoldingKind.NOT_IN_IDC_INDEX, HoldingKind.UNLISTED_SOURCE) and holding.series is not None:
        yield f"{holding.series} series"
    yield from (f"such as {each}" for each in sorted(holding.examples))


def _is_wanted(item: Agreement, rule: Rule) -> bool:
    return any(item.id in test.values or test.fact.name == "agreement.accessions" for test in rule.unless_tests)


def _scope(item: Item) -> str:
    """Return what a piece of evidence is limited to, which its line in words leaves out."""
    if isinstance(item, Permission):
        territory = (item.territory,) if isinstance(item.territory, str) else item.territory
        limits: dict[str, Sequence[str] | None] = {
            "parts": item.distributions,
            "activities": item.activities,
            "outputs": item.outputs,
            "territory": territory,
        }
        return "".join(f"; {name}: {', '.join(sorted(values))}" for name, values in limits.items() if values)
    if isinstance(item, Answer):
        named = f"; activities: {', '.join(sorted(item.activities))}" if item.activities else ""
        return named + (f"; on the grant of {item.grantor}" if item.grantor else "")
    return ""


def _document(seen: EvidenceSeen | None) -> str:
    """Return which document it is, by its digest where that is known, and what speaks against it."""
    if seen is None:
        return ""
    if seen.sha256 is not None:
        shown = f"; sha256 {seen.sha256}"
    else:
        shown = f"; held by {seen.held_by}" if seen.held_by else f"; document {seen.document or 'not named'}"
    if seen.problem is not None:
        return f"{shown}; counts for nothing"
    return f"{shown}; in doubt" if seen.doubt is not None else shown
