"""The derivation of one verdict: in short, and as a tree of every rule and condition."""

from collections.abc import Iterator, Sequence

from tcia_policy.engine.explain import Decider, Explanation, ReadingTrace, RuleTrace, Step
from tcia_policy.engine.outcome import Outcome
from tcia_policy.model import Activity, CellVerdict, Duty, DutyStatus, Reading
from tcia_policy.reports.fact_sentences import sentence
from tcia_policy.reports.how_counted import counted_in_words
from tcia_policy.reports.labels import STATUS_MARK, activity_names, in_a_row, reference
from tcia_policy.reports.lines import Page
from tcia_policy.reports.question_lines import question_lines
from tcia_policy.rules.kleene import Truth
from tcia_policy.rules.vocabulary import VOCABULARY
from tcia_policy.text.english import count
from tcia_policy.text.sanitize import clean

MARKS = {Truth.TRUE: "[x]", Truth.FALSE: "[ ]", Truth.UNKNOWN: "[?]"}
MOST_ALIKE = 4
MOST_OTHERS = 12


def render_explanation(explanation: Explanation, width: int = 80, *, verbose: bool = False) -> str:
    """Return the verdict and the rule, source and facts that decide it; what is owed; other verdicts, grouped.

    Last a line that counts what else was looked at. `verbose` has all of that: for each interpretation of the sources,
    the rules that applied, were lifted or could not decide, with each condition; and the rules that did not apply and
    that a single other fact would bring in. Interpretations under which every rule says the same are told once.
    """
    page = Page(width)
    cell = explanation.cell
    first, *rest = explanation.deciders
    lines = [
        f"{cell.verdict.value.upper()}  {clean(explanation.holding.name)}, {cell.activity.value}",
        "",
        *page.labeled("decided by", f"{first.title} [{first.rule}]"),
        *_decider(first, page),
    ]
    for decider in rest:
        lines += page.labeled("and by", f"{decider.title} [{decider.rule}]")
    for counted in counted_in_words(explanation.holding):
        lines += page.labeled("the data", counted)
    for question in (each for each in explanation.questions if each.branches):
        lines += ["", *question_lines(question, explanation.names, page)]
    lines += _owed(explanation.duties, page)
    lines += _others(explanation, page)
    if verbose:
        for number, alike in enumerate(groups := _alike(explanation.readings), start=1):
            lines += ["", *_reading(number, len(groups), alike)]
    return "\n".join([*lines, "", *page.wrapped(_closing(explanation, verbose=verbose))]) + "\n"


def _decider(decider: Decider, page: Page) -> Iterator[str]:
    yield from page.labeled("why", decider.because)
    yield from page.labeled("facts", "; ".join(_facts(decider)))
    if decider.sources:
        yield from page.labeled("stated by", _sources(decider.sources))
    for reference_ in decider.references[:1]:
        yield from page.labeled("source", reference(reference_))
        if reference_.url:
            yield f"{'':<12}{clean(reference_.url)}"
    for missing in decider.missing:
        yield from page.labeled("missing", f"{missing.fact}: {missing.consequence}")
    for text in _readings(decider.readings):
        yield from page.labeled("if it is", text)
    if decider.remedy:
        yield from page.labeled("what to do", decider.remedy)


def _sources(sources: Sequence[str]) -> str:
    more = len(sources) - 1
    return f"{sources[0]}, and {count(more, 'other source')}" if more else sources[0]


def _facts(decider: Decider) -> list[str]:
    """Return each condition of the rule that a sentence can say, with what is known of it."""
    said = dict.fromkeys(text for step in decider.steps for text in _said(step))
    return list(said) or ["the rule has no condition"]


def _said(step: Step) -> Iterator[str]:
    if step.fact is None:
        for part in step.parts if step.truth is not Truth.FALSE and step.text == "any of" else ():
            if part.truth is step.truth:
                yield from _said(part)
    elif step.truth is Truth.TRUE and step.stated is not None:
        wanted = step.text.partition(" is ")[2].split(" or ")
        held = [word for word in step.stated.partition(";")[0].split(", ") if word in wanted]
        yield sentence(step.fact, _value(step.fact, held or wanted))
    elif step.truth is Truth.UNKNOWN:
        yield f"not known: {VOCABULARY[step.fact].label}"


def _value(fact: str, words: Sequence[str]) -> object:
    return words[0] == "true" if VOCABULARY[fact].is_yes_or_no else list(words)


def _readings(readings: Sequence[Reading]) -> Iterator[str]:
    """Yield what follows from the interpretations; those that lead to the same under one license are one."""
    alike: dict[tuple[str, str], list[str]] = {}
    for reading in readings:
        license_ = reading.license or "a license not known"
        alike.setdefault((license_, reading.outcome), []).append(reading.distribution or "")
    for (license_, outcome), parts in alike.items():
        named = [part for part in dict.fromkeys(parts) if part]
        yield f"under {license_}{_parts(named)}: {outcome}"


def _parts(names: Sequence[str]) -> str:
    if len(names) > MOST_ALIKE:
        return f" ({in_a_row(names[:MOST_ALIKE])} and {len(names) - MOST_ALIKE} more parts)"
    return f" ({in_a_row(names)})" if names else ""


def _owed(duties: Sequence[Duty], page: Page) -> Iterator[str]:
    """Yield each required duty, with what the manuscript or the evidence shows of it."""
    required = [duty for duty in duties if duty.required]
    if required:
        yield from ("", f"Owed for it ({', '.join(f'{STATUS_MARK[status]} {status.value}' for status in DutyStatus)})")
    for duty in required:
        shown = f": {duty.evidence}" if duty.evidence else ""
        yield from page.wrapped(f"{duty.title or duty.text}{shown} [{duty.rule}]", f"  {STATUS_MARK[duty.status]} ")


def _others(explanation: Explanation, page: Page) -> Iterator[str]:
    """Yield the other verdicts asked about; data items and activities of which the same is said are one line."""
    groups = _groups(explanation.others, explanation)
    if groups:
        yield from ("", "The others that were asked about, none of them worse")
    for text in groups[:MOST_OTHERS]:
        yield from page.wrapped(text, "  ", " " * 6)
    if len(groups) > MOST_OTHERS:
        yield f"  and {len(groups) - MOST_OTHERS} more lines; `check` has all"


def _groups(cells: Sequence[CellVerdict], explanation: Explanation) -> list[str]:
    by_item: dict[str, dict[tuple[str, tuple[str, ...]], list[Activity]]] = {}
    for cell in sorted(cells, key=lambda cell: -cell.verdict.severity):
        verdicts = by_item.setdefault(cell.holding, {})
        verdicts.setdefault((cell.verdict.value, cell.rules), []).append(cell.activity)
    alike: dict[tuple[str, tuple[str, ...], tuple[Activity, ...]], list[str]] = {}
    for item, verdicts in by_item.items():
        for (verdict, rules), activities in verdicts.items():
            alike.setdefault((verdict, rules, tuple(activities)), []).append(explanation.names[item])
    return [
        f"{verdict}: {_items(items, explanation)}{activity_names(activities)} [{in_a_row(rules[:1])}"
        f"{f' and {len(rules) - 1} more' if len(rules) > 1 else ''}]"
        for (verdict, rules, activities), items in alike.items()
    ]


def _items(items: Sequence[str], explanation: Explanation) -> str:
    is_same = set(items) == {explanation.holding.name}
    return "" if is_same else f"{in_a_row(items)}; "


def _closing(explanation: Explanation, *, verbose: bool) -> str:
    applied = {
        rule.rule for reading in explanation.readings for rule in reading.rules if rule.outcome is not Outcome.SILENT
    }
    rules = len(explanation.readings[0].rules)
    under = count(len(explanation.readings), "interpretation")
    rest = "" if verbose else " -v shows them, with every condition and what a single other fact would change."
    return (
        f"{rules} rules were looked at, under {under} of the sources; {len(applied)} of them have a say.{rest} "
        f"As of {explanation.as_of.isoformat()}, registry {explanation.versions.registry}."
    )


def _alike(readings: Sequence[ReadingTrace]) -> list[list[ReadingTrace]]:
    """Return the interpretations in groups: in each, every rule says the same for the same reasons."""
    groups: dict[tuple[str | None, tuple[RuleTrace, ...]], list[ReadingTrace]] = {}
    for reading in readings:
        groups.setdefault((reading.license, reading.rules), []).append(reading)
    return list(groups.values())


def _reading(number: int, total: int, alike: Sequence[ReadingTrace]) -> Iterator[str]:
    yield f"Interpretation {number} of {total}: {_heading(alike)}"
    if len(alike) > 1:
        yield "  each of these parts has one of its own, and every rule says the same of them"
    for trace in alike:
        if len(alike) > 1:
            yield f"  {clean(trace.part or 'no part of the registry')}"
        for source in trace.sources:
            yield f"  {'  ' if len(alike) > 1 else ''}stated by {clean(source)}"
    rules = alike[0].rules
    for rule in rules:
        if rule.outcome is not Outcome.SILENT:
            yield from _rule(rule)
    waking = [rule for rule in rules if rule.wakes]
    if waking:
        yield "  rules that did not apply, and would if"
        for rule in waking:
            yield f"    {rule.rule}: {'; '.join(rule.wakes)}"
    asleep = sum(rule.outcome is Outcome.SILENT and not rule.wakes for rule in rules)
    yield f"  rules that did not apply, and no single fact would change that: {asleep}"


def _heading(alike: Sequence[ReadingTrace]) -> str:
    license_ = clean(alike[0].license or "a license not known")
    part = clean(alike[0].part or "no part of the registry") if len(alike) == 1 else count(len(alike), "part")
    return f"{part} under {license_}"


def _rule(trace: RuleTrace) -> Iterator[str]:
    yield f"  {trace.rule}: {trace.says}"
    for step in trace.steps:
        yield from _step(step, "    ")


def _step(step: Step, indent: str) -> Iterator[str]:
    stated = ""
    if step.fact is not None and step.stated is not None:
        stated = f"  ({clean(step.stated)}; from {VOCABULARY[step.fact].origin})"
    yield f"{indent}{MARKS[step.truth]} {clean(step.text)}{stated}"
    for part in step.parts:
        yield from _step(part, indent + "    ")
