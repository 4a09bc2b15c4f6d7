"""One rule as a page of a handbook, and all of them as a list."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tcia_policy.lazy import pattern
from tcia_policy.model import Period, Reference
from tcia_policy.reports.fact_sentences import denial, scope, sentence
from tcia_policy.rules.results import RulesTested, does
from tcia_policy.rules.rule_text import PLACEHOLDERS, DutySpec, Example, RuleText, fill
from tcia_policy.rules.rulebook import Rule
from tcia_policy.text.english import joined, one_of

SAYS = {
    "prohibited": "Such a use is prohibited.",
    "permitted": "Such a use is permitted, as far as this rule goes; others may forbid it or ask for something.",
    "undetermined": "Such a use is undetermined: neither permitted nor prohibited until the question is answered.",
    "note": "A notice, to be known before the use. It decides nothing.",
}
EXPECTED = {
    "prohibited": "Prohibited",
    "permitted": "Permitted",
    "undetermined": "Undetermined",
    "owed": "Owed",
    "note": "Noted",
    "silent": "Does not apply",
    "lifted": "Lifted",
}
# What stands for the placeholders where no data are judged.
ON_THE_PAGE = {
    **PLACEHOLDERS,
    "license.name": "the license of the data",
    "license.url": "its address",
    "dataset.link": "its DOI",
    "repository.name": "the repository by name",
    "repository.short": "in short",
    "holding.obtained_from": "another place",
}
_AT_THE_START = pattern(r"(^|[.:] )\{([a-z_.-]+)\}")
_NUMBER = pattern(r"\d+(\(|$|[,;:]| \()")


def render_rule_list(rules: Sequence[Rule]) -> str:
    """Return the rules by policy: id, what they do, title."""
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


def render_tested(found: RulesTested) -> str:
    """Return each difference, then how many examples, and how many scenarios if any were run, pass."""
    lines = [*found.differences, f"{found.examples_passed} of {found.examples} examples pass"]
    if found.scenarios:
        lines.append(f"{found.scenarios_passed} of {found.scenarios} scenarios pass")
    return "\n".join(lines) + "\n"


def _answered_by(text: RuleText) -> str:
    return f"{one_of([each.in_words for each in text.answered_by])}; the project records the reply under `answers`"


def render_rule(rule: Rule, width: int = 80, history: Sequence[Rule] = ()) -> str:
    """Return what it says, why, whom it binds, what lifts it, what to do, its examples, sources and history.

    `history` are the rules that held in its place one after the other, itself among them.
    """
    text = rule.text
    title = _wrapped(text.title, width, "", "")
    lines = [*title, "=" * max(map(len, title)), ""]
    lines += _wrapped(f"Rule       {rule.id}", width, "", " " * 11)
    lines += _wrapped(f"Policy     {rule.policy.title}", width, "", " " * 11)
    lines += _wrapped(f"In force   {_in_force(text.in_force)}", width, "", " " * 11)
    lines += ["", "What it says", *_says(rule, width)]
    lines += ["", "Why", *_wrapped(_filled(text.because, rule), width)]
    lines += ["", "Whom it binds", *_when(rule, width)]
    if text.unless is not None:
        lines += ["", "Unless", *_conditions(text.unless, width, "  ")]
    if text.remedy is not None:
        lines += ["", "What to do", *_wrapped(_filled(text.remedy, rule), width)]
    if text.answered_by:
        lines += ["", "Who can answer it", *_wrapped(_answered_by(text), width)]
    lines += ["", "Examples"]
    for example in text.examples:
        lines += _wrapped(_in_words(example, rule), width, "  - ", "    ")
    lines += ["", "Source"]
    for reference in rule.references:
        lines += _reference(reference, width)
    if rule.policy.note:
        lines += ["", "On the policy", *_wrapped(rule.policy.note, width)]
    if len(history) > 1:
        lines += ["", "History"]
        for each in history:
            this = ", this rule" if each is rule else ""
            version = f"{each.id}{this}: {each.text.title} ({_in_force(each.text.in_force)})"
            lines += _wrapped(version, width, "  - ", "    ")
    return "\n".join(lines) + "\n"


def _filled(text: str, rule: Rule) -> str:
    """Return the text with words that stand for no data in particular; a sentence begins with a capital letter."""
    words = {**ON_THE_PAGE, "reference.quote": rule.quote_for(()) or ""}
    begun = _AT_THE_START.sub(lambda found: found[1] + _capital(words.get(found[2], "")), text)
    return _capital(fill(begun, words))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _wrapped(text: str, width: int, first: str = "  ", then: str = "  ") -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=then, break_on_hyphens=False, break_long_words=False
    )


def _in_force(period: Period) -> str:
    if period.until is None:
        return (
            "no first day is stated; until further notice"
            if period.from_ is None
            else f"since {period.from_}, until further notice"
        )
    return f"until {period.until}" if period.from_ is None else f"from {period.from_} until {period.until}"


def _says(rule: Rule, width: int) -> Iterator[str]:
    """Yield the verdict in a sentence, and what is owed, in which words."""
    verdict, duty = rule.text.verdict, rule.text.duty
    if verdict is not None or duty is None:
        yield from _wrapped(SAYS[verdict or "note"], width)
    if duty is None:
        return
    yield from _wrapped(f"{_how_firmly(duty, lifts=verdict is not None)}: {_filled(duty.text, rule)}", width)
    for number, wording in enumerate(duty.wordings):
        yield from ("", *_wrapped("In these words:" if number == 0 else "or in these:", width))
        yield from _wrapped(f"“{wording}”", width, "    ", "    ")
    if duty.printed:
        groups = [" or ".join(dict.fromkeys(fill(name, ON_THE_PAGE) for name in names)) for names in duty.printed]
        yield from ("", *_wrapped(f"Print that shows it: {'; and '.join(groups)}", width))


def _how_firmly(duty: DutySpec, *, lifts: bool) -> str:
    if duty.from_notices is not None:
        return "Owed or asked for, as the source of each notice has it"
    if lifts:
        return "What lifts it"
    return f"Owed ({duty.kind.value})" if duty.required else f"Asked for, and no condition ({duty.kind.value})"


def _when(rule: Rule, width: int) -> Iterator[str]:
    yield from _scope(rule.text.applies_to, width)
    if not rule.text.when:
        yield "  When: any use."
        return
    simple, rest = _split(rule.text.when)
    said = joined([_simple(key, value) or "" for key, value in simple.items()])
    yield from _listed(f"When: {said}" if said else "When", rest, width)


def _scope(data: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield `Applies to: CPTAC datasets obtained from PDC.`, and below it the conditions that are no sentence."""
    if not data:
        yield "  Applies to: any data."
        return
    simple, rest = _split(data)
    yield from _listed(f"Applies to: {scope(simple)}", rest, width)


def _listed(said: str, rest: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield what is said in a sentence, and the conditions that hold besides as a list below it."""
    yield from _wrapped(f"{said}, if" if rest else f"{said}.", width)
    yield from _conditions(rest, width, "    ")


def _split(data: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the conditions that are one sentence, and the others."""
    simple = {key: value for key, value in data.items() if _simple(key, value) is not None}
    return simple, {key: value for key, value in data.items() if key not in simple}


def _conditions(data: Mapping[str, Any], width: int, indent: str) -> Iterator[str]:
    """Yield each condition as an item of a list; `any`, `all` and `not` with their parts below them."""
    for key, value in data.items():
        simple = _simple(key, value)
        if simple is not None:
            yield from _wrapped(simple, width, f"{indent}- ", f"{indent}  ")
        elif key == "not":
            inner = value["any"] if list(value) == ["any"] else [value]
            yield f"{indent}- none of these holds:" if len(value) == 1 else f"{indent}- these do not all hold:"
            for item in inner:
                yield from _conditions(item, width, f"{indent}    ")
        else:
            yield f"{indent}- {'one of these holds' if key == 'any' else 'all of these hold'}:"
            for item in value:
                yield from _group(item, width, f"{indent}    ")


def _group(data: Mapping[str, Any], width: int, indent: str) -> Iterator[str]:
    """Yield one alternative; where it asks for several things, they belong together."""
    if len(data) == 1:
        yield from _conditions(data, width, indent)
    else:
        yield from _conditions({"all": [{key: value} for key, value in data.items()]}, width, indent)


def _simple(key: str, value: Any) -> str | None:
    """Return a condition that is one sentence, else `None`."""
    if key == "not" and len(value) == 1:
        (inner,) = value.items()
        return None if inner[0] in ("any", "all", "not") else denial(*inner)
    return None if key in ("any", "all", "not") else sentence(key, value)


def _in_words(example: Example, rule: Rule) -> str:
    """Return `Prohibited where the license is CC-BY-NC-3.0 and the purpose is commercial.`"""
    said = EXPECTED[example.expect]
    if not example.given:
        return f"{said} where nothing is known."
    facts = joined([sentence(fact, value) for fact, value in example.given.items()])
    is_open = example.expect == "undetermined" and rule.text.verdict != "undetermined"
    return f"{said} where no more is known than that {facts}." if is_open else f"{said} where {facts}."


def _reference(reference: Reference, width: int) -> list[str]:
    place = reference.section or ""
    section = f", section {place}" if _NUMBER.match(place) else f": {place}" if place else ""
    lines = _wrapped(f"{reference.title}{section}", width, "  - ", "    ")
    lines += [f"    {reference.url}"] if reference.url else []
    lines += _wrapped(_standing(reference), width, "    ", "    ")
    lines += _wrapped(f"“{reference.quote}”", width, "    ", "    ") if reference.quote else []
    if reference.note:
        lines += _wrapped(reference.note, width, "    ", "    ")
    return lines


def _standing(reference: Reference) -> str:
    """Return `Official statement, read in part; of 2024-05-08`, with the day on which it was read if that is known."""
    published = f"; of {reference.published}" if reference.published else ""
    retrieved = f"; read on {reference.retrieved}" if reference.retrieved else ""
    whose = reference.standing or "whose word it is, is not stated"
    return f"{whose[:1].upper()}{whose[1:]}{published}{retrieved}"
