"""One rule as a page of a handbook, and all of them as a list."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tcia_policy.engine.rulebook import PLACEHOLDERS, DutySpec, Rule, fill
from tcia_policy.model import Grade, Reference

GRADES = {
    Grade.PRIMARY: "the text itself was read",
    Grade.PRIMARY_PARTIAL: "the source itself, read in part",
    Grade.DATA: "computed from a source's data",
    Grade.SECONDARY: "a copy or summary by others",
}


def render_rule_list(rules: Sequence[Rule]) -> str:
    """Rules by policy: id, what they do, title."""
    width = max((len(rule.id) for rule in rules), default=0)
    lines: list[str] = []
    for policy in dict.fromkeys(rule.policy.title for rule in rules):
        lines += ["", policy]
        lines += [
            f"  {rule.id:<{width}}  {does(rule):<12}  {rule.text.title}"
            for rule in rules
            if rule.policy.title == policy
        ]
    return "\n".join(lines[1:]) + "\n"


def does(rule: Rule) -> str:
    """What a rule does where it speaks, in a word."""
    if rule.verdict is not None:
        return rule.verdict.value
    return "note" if rule.text.duty is None else rule.text.duty.kind.value


def render_rule(rule: Rule, width: int = 80) -> str:
    """What it says, why, when it speaks, what lifts it, its source with grade and date, its examples."""
    text = rule.text
    lines = [
        text.title,
        "=" * min(len(text.title), width),
        "",
        f"Rule       {rule.id}",
        f"Policy     {rule.policy.title}",
    ]
    lines.append(f"Says       {does(rule)}")
    if text.in_force.from_ or text.in_force.until:
        lines.append(
            f"In force   from {text.in_force.from_ or 'the start'} until {text.in_force.until or 'further notice'}"
        )
    lines += _section("Why", text.because, width)
    if text.duty is not None:
        lines += _section(_duty_heading(text.duty), text.duty.text, width)
        for wording in text.duty.wordings:
            lines += _section("In these words", wording, width)
    if text.remedy is not None:
        lines += _section("What to do", text.remedy, width)
    lines += ["", "When it speaks"]
    conditions = {**text.applies_to, **text.when}
    lines += [f"  {line}" for line in _condition(conditions)] or ["  always"]
    if text.unless is not None:
        lines += ["", "Unless", *(f"  {line}" for line in _condition(text.unless))]
    lines += ["", "Source"]
    for reference in rule.references:
        lines += _reference(reference, width)
    lines += ["", "Examples"]
    lines += [f"  {_given(example.given)}: {example.expect}" for example in text.examples]
    return "\n".join(lines) + "\n"


def _duty_heading(duty: DutySpec) -> str:
    if duty.from_notices is not None:
        return f"What is owed or asked for, as each notice of kind {duty.from_notices.value} says"
    return "What is owed" if duty.required else "What is asked for"


def _section(title: str, text: str, width: int) -> list[str]:
    return [
        "",
        title,
        *textwrap.wrap(
            fill(text, PLACEHOLDERS), width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
        ),
    ]


def _condition(data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        if key in ("any", "all"):
            yield f"{key} of:"
            for item in value:
                first, *others = _condition(item)
                yield f"  - {first}"
                yield from (f"    {line}" for line in others)
        elif key == "not":
            yield "not:"
            yield from (f"  {line}" for line in _condition(value))
        else:
            yield f"{key} is {_values(value)}"


def _values(value: object) -> str:
    if isinstance(value, list):
        return " or ".join(str(item) for item in value) if value else "none"
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _reference(reference: Reference, width: int) -> list[str]:
    section = f", {reference.section}" if reference.section else ""
    lines = textwrap.wrap(
        f"{reference.title}{section}", width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
    )
    day = f", as of {reference.as_of}" if reference.as_of else ""
    lines += [f"    {reference.url}", f"    {GRADES[reference.grade]}{day}"]
    if reference.note:
        lines += textwrap.wrap(reference.note, width, initial_indent="    ", subsequent_indent="    ")
    return lines


def _given(given: Mapping[str, Any]) -> str:
    if not given:
        return "nothing known"
    return ", ".join(f"{name} {_values(value)}" for name, value in given.items())
