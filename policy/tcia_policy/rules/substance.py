"""What a rule decides, in one line: its conditions and what follows, without the words in which it is told."""

from tcia_policy.rules.conditions import All, Condition, Not, Test
from tcia_policy.rules.rulebook import Rule


def substance_of(rule: Rule) -> str:
    """Return `rule cc-noncommercial: prohibited if license.prohibits = commercial-use and use.purpose = commercial`.

    It has all that decides: conditions, what follows, what lifts it, who may answer it, and its days. Its title, its
    reasons, its questions and its references are wording, and are left out; so is the order of its conditions.
    """
    text = rule.text
    says = text.verdict or ("a note" if text.note else "")
    parts = [", and ".join(filter(None, (says, _owed(rule))))]
    conditions = All((rule.applies_to, rule.when))
    condition = in_words(conditions)
    parts[0] += f" if {condition}" if condition else ""
    if rule.unless is not None:
        parts.append(f"unless {in_words(rule.unless)}")
    if text.answered_by:
        parts.append(f"answered by {' or '.join(sorted(text.answered_by))}")
    if text.in_force.from_ is not None:
        parts.append(f"in force from {text.in_force.from_.isoformat()}")
    if text.in_force.until is not None:
        parts.append(f"in force until {text.in_force.until.isoformat()}")
    return f"rule {rule.id}: {', '.join(parts)}"


def _owed(rule: Rule) -> str:
    """Return what the rule asks for, `owes cite dataset, required`; nothing where it asks for nothing."""
    duty = rule.text.duty
    if duty is None:
        return ""
    what = duty.cite or (None if duty.from_notices is None else f"what notices say ({duty.from_notices.value})")
    parts = [f"owes {duty.kind.value}", *filter(None, (what, duty.doi))]
    return f"{' '.join(parts)}, {'required' if duty.required else 'requested'}"


def in_words(condition: Condition) -> str:
    """Return a condition in one line: `(license.family = a or b) and not (use.purpose = commercial)`.

    Two that mean the same but for the order of their parts read the same.
    """
    if isinstance(condition, Test):
        return f"{condition.fact.name} = {' or '.join(sorted(condition.values))}"
    if isinstance(condition, Not):
        return f"not ({in_words(condition.part)})"
    kind = " and " if isinstance(condition, All) else " or "
    parts = sorted({words for part in _flat(condition) if (words := in_words(part))})
    if len(parts) == 1:
        return parts[0]
    return kind.join(f"({each})" if (" or " in each or " and " in each) else each for each in parts)


def _flat(condition: Condition) -> tuple[Condition, ...]:
    """Return the parts of a condition, with those of the same kind within it in their place."""
    if isinstance(condition, Test | Not):
        return (condition,)
    found: list[Condition] = []
    for part in condition.parts:
        found += _flat(part) if type(part) is type(condition) else [part]
    return tuple(found)
