"""What the commands on rules print: a list of rules, one rule as it is written, and how its examples ran."""

from collections.abc import Sequence

from tcia_policy.model.base import Contract
from tcia_policy.model.result import Result
from tcia_policy.rules.rule_text import Policy, RuleText
from tcia_policy.rules.rulebook import Rule, RuleBook
from tcia_policy.text.english import count


class RuleInShort(Contract):
    """A rule: what it does where it applies (`prohibited`, `cite`, `note`), and its file and line."""

    id: str
    policy: str
    does: str
    title: str
    place: str


class RulesListed(Result):
    """The rules that were asked for. `version` identifies the exact text of all rules."""

    version: str
    rules: tuple[RuleInShort, ...]


class RuleShown(Result):
    """A rule as it is written, its policy, and the rules that held in its place one by one, itself among them."""

    version: str
    place: str
    policy: Policy
    rule: RuleText
    history: tuple[RuleInShort, ...]


class RulesTested(Result):
    """How many examples and scenarios were run, how many passed, and a line or more for each that did not."""

    exit_code: int
    version: str
    examples: int
    examples_passed: int
    scenarios: int
    scenarios_passed: int
    differences: tuple[str, ...]


def does(rule: Rule) -> str:
    """Return what a rule does where it applies, in a word."""
    if rule.verdict is not None:
        return rule.verdict.value
    return "note" if rule.text.duty is None else rule.text.duty.kind.value


def listed(rules: Sequence[Rule], book: RuleBook) -> RulesListed:
    """Return the rules, each in short."""
    of_all = f" of {len(book.rules)}" if len(rules) < len(book.rules) else ""
    policies = count(len({rule.policy.id for rule in rules}), "policy", "policies")
    summary = f"{len(rules)}{of_all} rules of {policies}"
    return RulesListed(summary=summary, version=book.version, rules=tuple(map(_in_short, rules)))


def shown(rule: Rule, book: RuleBook) -> RuleShown:
    """Return one rule with its history."""
    return RuleShown(
        summary=f"{rule.id} ({does(rule)}): {rule.text.title}",
        version=book.version,
        place=rule.place,
        policy=rule.policy,
        rule=rule.text,
        history=tuple(map(_in_short, book.history_of(rule))),
    )


def _in_short(rule: Rule) -> RuleInShort:
    return RuleInShort(id=rule.id, policy=rule.policy.id, does=does(rule), title=rule.text.title, place=rule.place)
