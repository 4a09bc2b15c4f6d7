"""The derivation of one verdict as a tree of text."""

from collections.abc import Iterator

from tcia_policy.engine.explain import Explanation, ReadingTrace, RuleTrace, Step
from tcia_policy.engine.outcome import Outcome
from tcia_policy.model import Duty
from tcia_policy.reports.labels import STATUS_MARK
from tcia_policy.rules.kleene import Truth
from tcia_policy.rules.vocabulary import VOCABULARY
from tcia_policy.text.sanitize import clean

MARKS = {Truth.TRUE: "[x]", Truth.FALSE: "[ ]", Truth.UNKNOWN: "[?]"}


def render_explanation(explanation: Explanation) -> str:
    """Return the verdict, what it owes, and each interpretation of the sources.

    For each: the rules that applied, were lifted or could not decide, with each condition and where its fact is from;
    last the rules that did not apply and that a single other fact would bring in.
    """
    cell = explanation.cell
    lines = [
        f"{clean(explanation.holding.name)}, {cell.activity.value}: {cell.verdict.value}",
        f"decided by {', '.join(cell.rules)}",
        *(line for duty in explanation.duties for line in _duty(duty)),
    ]
    for number, reading in enumerate(explanation.readings, start=1):
        lines += ["", *_reading(number, len(explanation.readings), reading)]
    return "\n".join(lines) + "\n"


def _duty(duty: Duty) -> Iterator[str]:
    """Yield a required duty, with what the manuscript or the evidence shows of it."""
    if duty.required:
        shown = f" ({clean(duty.evidence)})" if duty.evidence else ""
        yield f"{STATUS_MARK[duty.status]} {duty.rule}: {duty.status.value}{shown}"


def _reading(number: int, count: int, trace: ReadingTrace) -> Iterator[str]:
    part = clean(trace.reading.part or "no part of the registry")
    yield f"Interpretation {number} of {count}: {part} under {clean(trace.reading.license or 'a license not known')}"
    for source in trace.reading.sources:
        yield f"  stated by {clean(source)}"
    for rule in trace.rules:
        if rule.outcome is not Outcome.SILENT:
            yield from _rule(rule)
    waking = [rule for rule in trace.rules if rule.wakes]
    if waking:
        yield "  rules that did not apply, and would if"
        for rule in waking:
            yield f"    {rule.rule.id}: {'; '.join(rule.wakes)}"
    asleep = sum(rule.outcome is Outcome.SILENT and not rule.wakes for rule in trace.rules)
    yield f"  rules that did not apply, and no single fact would change that: {asleep}"


def _rule(trace: RuleTrace) -> Iterator[str]:
    yield f"  {trace.rule.id}: {trace.says}"
    for step in trace.steps:
        yield from _step(step, "    ")


def _step(step: Step, indent: str) -> Iterator[str]:
    stated = ""
    if step.stated is not None:
        origin = VOCABULARY[step.text.split(" ", 1)[0]].origin
        stated = f"  ({clean(step.stated)}; from {origin})"
    yield f"{indent}{MARKS[step.truth]} {clean(step.text)}{stated}"
    for part in step.parts:
        yield from _step(part, indent + "    ")
