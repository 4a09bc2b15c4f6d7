"""The derivation of one verdict as a tree of text."""

from collections.abc import Iterator, Sequence

from tcia_policy.engine.evaluate import Outcome
from tcia_policy.engine.explain import ReadingTrace, RuleTrace, Step
from tcia_policy.model import CellVerdict, Holding
from tcia_policy.rules.kleene import Truth
from tcia_policy.text.sanitize import clean

MARKS = {Truth.TRUE: "[x]", Truth.FALSE: "[ ]", Truth.UNKNOWN: "[?]"}
ORIGINS = {
    "use": "the project",
    "position": "the project",
    "cptac": "the project",
    "permission": "the project's evidence",
    "agreement": "the project's evidence",
    "copy": "the project's evidence",
    "release": "the charts of rules/compatibility.yaml",
    "outputs": "the files that the project names",
    "manuscript": "the manuscript",
    "holding": "the selection",
    "dataset": "the registry",
    "notice": "the registry",
    "claims": "the registry",
    "license": "the license stated",
}


def render_explanation(holding: Holding, cell: CellVerdict, readings: Sequence[ReadingTrace]) -> str:
    """The verdict, then each reading of the sources: rules that spoke, were lifted or could not decide, with each
    condition and where its fact is from; last the silent rules that a single other fact would wake.
    """
    lines = [
        f"{clean(holding.name)}, {cell.activity.value}: {cell.verdict.value}",
        f"decided by {', '.join(cell.rules)}",
    ]
    for number, reading in enumerate(readings, start=1):
        lines += ["", *_reading(number, len(readings), reading)]
    return "\n".join(lines) + "\n"


def _reading(number: int, count: int, trace: ReadingTrace) -> Iterator[str]:
    part = clean(trace.reading.part or "no part of the registry")
    yield f"Reading {number} of {count}: {part} under {clean(trace.reading.license or 'a license not known')}"
    for source in trace.reading.sources:
        yield f"  stated by {clean(source)}"
    for rule in trace.rules:
        if rule.outcome is not Outcome.SILENT:
            yield from _rule(rule)
    waking = [rule for rule in trace.rules if rule.wakes]
    if waking:
        yield "  silent, and would speak if"
        for rule in waking:
            yield f"    {rule.rule.id}: {'; '.join(rule.wakes)}"
    asleep = sum(rule.outcome is Outcome.SILENT and not rule.wakes for rule in trace.rules)
    yield f"  silent, and no single fact would change that: {asleep} rules"


def _rule(trace: RuleTrace) -> Iterator[str]:
    yield f"  {trace.rule.id}: {trace.says}"
    for step in trace.steps:
        yield from _step(step, "    ")


def _step(step: Step, indent: str) -> Iterator[str]:
    stated = ""
    if step.stated is not None:
        origin = ORIGINS[step.text.split(".", 1)[0]]
        stated = f"  ({clean(step.stated)}; from {origin})"
    yield f"{indent}{MARKS[step.truth]} {clean(step.text)}{stated}"
    for part in step.parts:
        yield from _step(part, indent + "    ")
