"""The book of rules: every rule of `rules/`, checked word by word when it is loaded."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tcia_policy.errors import InputError, Mistakes
from tcia_policy.files import located_yaml
from tcia_policy.files.compiled import compiled
from tcia_policy.files.content import is_folder
from tcia_policy.files.located_yaml import LocatedYaml
from tcia_policy.files.model_shape import YamlPath
from tcia_policy.files.shipped import shipped
from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, DutyKind, License, Reference, Verdict
from tcia_policy.rules.conditions import ALWAYS, Condition, Test, conjuncts, parse_condition, parse_test, tests
from tcia_policy.rules.rule_text import PLACEHOLDER, PLACEHOLDERS, Policy, RuleText
from tcia_policy.rules.vocabulary import LIFTING
from tcia_policy.text.suggest import did_you_mean, similar

if TYPE_CHECKING:
    from tcia_policy.rules.rule_files import FileOfRules


@dataclass(frozen=True)
class Rule:
    """A rule that has been checked: its conditions name facts of the vocabulary, its texts known placeholders."""

    text: RuleText
    policy: Policy
    applies_to: Condition
    when: Condition
    unless: Condition | None
    path: Path
    line: int

    def __hash__(self) -> int:
        """Return the hash of the id: rules are looked up very often, and their texts are long."""
        return hash(self.text.id)

    @property
    def place(self) -> str:
        """Return its file and line, such as `creative-commons/attribution.yaml:4`, for those who look it up."""
        folder = "" if self.path.stem == self.policy.id else f"{self.path.parent.name}/"
        return f"{folder}{self.path.name}:{self.line}"

    @property
    def id(self) -> str:
        """Return its id, unique in the rule book."""
        return self.text.id

    @cached_property
    def verdict(self) -> Verdict | None:
        """Return what it says where it applies; `None` for a duty or a note."""
        return None if self.text.verdict is None else Verdict(self.text.verdict)

    @property
    def references(self) -> tuple[Reference, ...]:
        """Return the document that the rule is based on, then others that say more."""
        return (self.text.reference, *self.text.see_also)

    def references_for(self, licenses: Sequence[License]) -> tuple[Reference, ...]:
        """Return the documents that count for data under these licenses.

        Where the rule names the texts of other licenses alone, the text of the license itself stands in their place.
        """
        named = {name for each in self.references for name in each.licenses}
        held = {license_.id for license_ in licenses}
        if not named or not held:
            return self.references
        own = [license_.reference for license_ in licenses if license_.id not in named]
        return (*own, *(each for each in self.references if not each.licenses or not held.isdisjoint(each.licenses)))

    def quote_for(self, licenses: Sequence[License]) -> str | None:
        """Return the words of the first source that counts for data under these licenses, never of another license."""
        return next((each.quote for each in self.references_for(licenses) if each.quote is not None), None)

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        """Return every test in its conditions, evidence left out."""
        return (*tests(self.applies_to), *tests(self.when))

    @cached_property
    def unless_tests(self) -> tuple[Test, ...]:
        """Return every test of the evidence that lifts it."""
        return () if self.unless is None else tests(self.unless)

    @cached_property
    def conditions(self) -> tuple[tuple[frozenset[str], Condition], ...]:
        """Return the conditions of which each must hold for it to apply, each with the facts that it names."""
        each_must_hold = (*conjuncts(self.applies_to), *conjuncts(self.when))
        return tuple((frozenset(test.fact.name for test in tests(each)), each) for each in each_must_hold)

    @cached_property
    def facts_named(self) -> tuple[str, ...]:
        """Return the facts that what it says depends on, each once."""
        answers = ("answer.permitted",) if self.verdict is Verdict.UNDETERMINED else ()
        return tuple(dict.fromkeys((*(test.fact.name for test in (*self.tests, *self.unless_tests)), *answers)))

    @cached_property
    def activities_named(self) -> frozenset[str]:
        """Return the activities that its conditions name; none if it speaks of any activity."""
        return frozenset(
            value for test in tests(self.when) if test.fact.name == "use.activity" for value in test.values
        )

    def can_speak_of(self, activity: Activity) -> bool:
        """Return whether the rule may apply to this activity, by its conditions on activities."""
        return not self.activities_named or activity.value in self.activities_named

    @cached_property
    def concerns_project(self) -> bool:
        """Return whether no condition is on a data item, so that the rule applies once to the whole project."""
        return all(test.fact.of_study for test in self.tests)


class RulesInForce:
    """The rules of a book that hold on one day, in the order of the book: one object for each book and day."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules

    @cached_property
    def on_study(self) -> tuple[Rule, ...]:
        """Return those that speak of the study as a whole."""
        return tuple(rule for rule in self.rules if rule.concerns_project)

    @cached_property
    def on_data(self) -> tuple[Rule, ...]:
        """Return those that speak of data items."""
        return tuple(rule for rule in self.rules if not rule.concerns_project)

    def asking_for(self, kind: DutyKind) -> "RulesInForce":
        """Return those that ask for a duty of this kind: one object for each kind."""
        if kind not in self._by_kind:
            asking = (rule for rule in self.rules if rule.text.duty is not None and rule.text.duty.kind is kind)
            self._by_kind[kind] = RulesInForce(tuple(asking))
        return self._by_kind[kind]

    @cached_property
    def _by_kind(self) -> "dict[DutyKind, RulesInForce]":
        return {}


@dataclass(frozen=True)
class RuleBook:
    """All rules, in the order of their files and lines. `version` identifies their exact text (12 hex digits)."""

    rules: tuple[Rule, ...]
    version: str

    def get(self, rule_id: str) -> Rule:
        """Return the rule of that id. Raises `InputError` with a suggestion where it is not found."""
        if rule_id in self._by_id:
            return self._by_id[rule_id]
        meant = did_you_mean(similar(rule_id, (rule.id for rule in self.rules)))
        raise InputError(f"unknown rule {rule_id!r}", hint=meant or "`tcia-policy rules list` lists all rules")

    @cached_property
    def _by_day(self) -> dict[date, RulesInForce]:
        return {}

    @cached_property
    def _by_id(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in reversed(self.rules)}

    def in_force(self, day: date) -> tuple[Rule, ...]:
        """Return the rules that hold on that day, the fallback left out."""
        return self.of_day(day).rules

    def of_day(self, day: date) -> RulesInForce:
        """Return the same rules by what they speak of."""
        if day not in self._by_day:
            self._by_day[day] = RulesInForce(
                tuple(rule for rule in self.rules if day in rule.text.in_force and not rule.text.fallback)
            )
        return self._by_day[day]

    def history_of(self, rule: Rule) -> tuple[Rule, ...]:
        """Return the rule, those that it replaced and those that replaced it, the earliest first."""
        earlier: list[Rule] = []
        first = rule
        while first.text.replaces is not None:
            first = self.get(first.text.replaces)
            earlier.insert(0, first)
        later = [rule]
        for known_rule in later:
            later += [each for each in self.rules if each.text.replaces == known_rule.id]
        return (*earlier, *later)

    @cached_property
    def fallback(self) -> Rule:
        """Return the rule for what no other rule decides."""
        return next(rule for rule in self.rules if rule.text.fallback)


def load_rules(folder: Path | None = None, house: Path | None = None, *, examples: bool = True) -> RuleBook:
    """Return the rules of every policy in `folder` (the shipped rules by default), then of those in `house`.

    `house` is an institution's own folder. Its rules are added: because the worst verdict wins, they can forbid or ask
    for more, and can grant where no rule objects, but they never replace a shipped rule or lift what it says.
    Without `examples`, which nothing is judged by, the texts of the shipped rules load in a quarter of the time.

    The shipped rules are read once. Raises `InputError` with file and line for a fact or value that is not in the
    vocabulary, an unknown placeholder, a missing example or reference, an id that is used twice, a rule that does not
    begin on the day after the rule that it replaces, and an example with a fact or value that is not in the vocabulary;
    and as `read_folder` and `read_house` do.
    """
    book = _shipped_rules(examples) if folder is None else _read(folder)
    return book if house is None else _with_house(book, house)


@cache
def _shipped_rules(examples: bool) -> RuleBook:
    folder = shipped("rules")
    if examples:
        return compiled("rules", [folder], lambda: _read(folder))
    return compiled("rules-without-examples", [folder], lambda: _without_examples(_read(folder)))


def _without_examples(book: RuleBook) -> RuleBook:
    """Return the book for those who judge: its rules know already which facts they name, and have no examples."""
    rules = tuple(replace(rule, text=rule.text.model_copy(update={"examples": ()})) for rule in book.rules)
    for rule in rules:
        for name in ("tests", "unless_tests", "conditions", "facts_named", "concerns_project"):
            getattr(rule, name)
    return replace(book, rules=rules)


def _read(folder: Path) -> RuleBook:
    from tcia_policy.rules.rule_files import read_folder  # noqa: PLC0415 - where what is shipped is compiled

    read = read_folder(folder)
    return _checked_book(_rules_of(read.files), read.texts)


def _with_house(book: RuleBook, house: Path) -> RuleBook:
    """Return the book with the rules of an institution at its end."""
    from tcia_policy.rules.house_files import read_house  # noqa: PLC0415 - where an institution has rules

    if not is_folder(house):
        raise InputError("is not a folder", file=house, hint="name the folder that has the rules of your institution")
    read = read_house(house)
    own = [_without_fallback(rule) for rule in _rules_of(read.files)]
    return _checked_book([*book.rules, *own], (book.version, *read.texts))


def _rules_of(files: Sequence["FileOfRules"]) -> list[Rule]:
    """Return the rules of all files. Raises `InputError` for everything that is wrong with any of them."""
    rules: list[Rule] = []
    mistakes = Mistakes()
    for file in files:
        with mistakes.noted():
            rules += parse_rules(file)
    mistakes.tell()
    return rules


def _checked_book(found: Sequence[Rule], texts: Sequence[str]) -> RuleBook:
    """Return the rules as a book. Raises `InputError` for an id that is used twice, and for a gap in a history."""
    rules: dict[str, Rule] = {}
    mistakes = Mistakes()
    for rule in found:
        with mistakes.noted():
            _check_id(rule, rules)
        rules.setdefault(rule.id, rule)
    for rule in found:
        with mistakes.noted():
            _check_history(rule, rules)
    mistakes.tell()
    return RuleBook(tuple(found), hashlib.sha256("".join(texts).encode()).hexdigest()[:12])


def _without_fallback(rule: Rule) -> Rule:
    """Return an institution's rule. Raises `InputError` if it is a fallback."""
    if rule.text.fallback:
        raise InputError("only the shipped rules may have a fallback", file=rule.path, line=rule.line)
    return rule


def _check_id(rule: Rule, earlier: Mapping[str, Rule]) -> None:
    """Raise `InputError` if an earlier rule has the same id."""
    if rule.id in earlier:
        first = earlier[rule.id].place
        raise InputError(f"the rule {rule.id!r} is already defined in {first}", file=rule.path, line=rule.line)


def _check_history(rule: Rule, rules: Mapping[str, Rule]) -> None:
    """Raise `InputError` unless the rule begins on the day after the rule that it replaces ends."""
    if rule.text.replaces is None:
        return
    earlier = rules.get(rule.text.replaces)
    if earlier is None:
        raise InputError(
            f"replaces the rule {rule.text.replaces!r}, which does not exist", file=rule.path, line=rule.line
        )
    last, first = earlier.text.in_force.until, rule.text.in_force.from_
    if last is None or first != last + timedelta(days=1):
        raise InputError(
            f"{rule.id!r} is in force from {first}, and {earlier.id!r}, which it replaces, until {last}",
            file=rule.path,
            line=rule.line,
            hint="the earlier rule must end on the day before the later one begins",
        )


def parse_rules(file: "FileOfRules") -> tuple[Rule, ...]:
    """Return the rules of one file. Raises as `load_rules` does, for all of them at once."""
    document = file.document
    rules = document.data["rules"] if isinstance(document.data, Mapping) else None
    if not isinstance(rules, list | None):
        raise InputError("is not a list", file=document.path, line=document.line(("rules",)), field="rules")
    found: list[Rule] = []
    mistakes = Mistakes()
    for index in range(len(rules or ())):
        with mistakes.noted():
            found.append(_parse_rule(file, ("rules", index)))
    mistakes.tell()
    return tuple(found)


def _parse_rule(file: "FileOfRules", place: YamlPath) -> Rule:
    document = file.document
    text = document.parse(RuleText, place)
    conditions: dict[str, Condition] = {}
    mistakes = Mistakes()
    with mistakes.noted():
        _check_placeholders(document, place, text)
    for key in ("applies_to", "when"):
        with mistakes.noted():
            conditions[key] = _condition(document, (*place, key), getattr(text, key))
    if text.unless is not None:
        with mistakes.noted():
            conditions["unless"] = _evidence(document, (*place, "unless"), text.unless)
    with mistakes.noted():
        _check_examples(document, place, text)
    mistakes.tell()
    return Rule(
        text=text,
        policy=file.policy,
        applies_to=conditions["applies_to"],
        when=conditions["when"],
        unless=conditions.get("unless"),
        path=document.path,
        line=document.line(place) or 0,
    )


def _evidence(document: LocatedYaml, place: YamlPath, data: dict[str, Any]) -> Condition:
    """Return the condition on evidence. Raises `InputError` for a fact that is not evidence."""
    condition = _condition(document, place, data)
    for test in tests(condition):
        if test.fact.name not in LIFTING:
            raise _mistake(document, place, f"{test.fact.name!r} is not evidence; only evidence can lift a rule")
    return condition


def _condition(document: LocatedYaml, place: YamlPath, data: dict[str, Any] | None) -> Condition:
    if not data:
        return ALWAYS
    try:
        return parse_condition(data)
    except ValueError as error:
        raise _mistake(document, place, str(error)) from None


def _check_placeholders(document: LocatedYaml, place: YamlPath, text: RuleText) -> None:
    """Raise `InputError` for an unknown placeholder in a rule's texts."""
    duty = text.duty
    texts: list[tuple[YamlPath, str | None]] = [(("because",), text.because), (("remedy",), text.remedy)]
    texts.append((("question",), text.question))
    if duty is not None:
        texts.append((("duty", "text"), duty.text))
        texts += [(("duty", "printed"), name) for names in duty.printed for name in names]
    for where, written in texts:
        for name in PLACEHOLDER.findall(written or ""):
            if name not in PLACEHOLDERS:
                known = ", ".join(sorted(PLACEHOLDERS))
                raise _mistake(document, (*place, *where), f"unknown placeholder {{{name}}}; use one of {known}")


def _check_examples(document: LocatedYaml, place: YamlPath, text: RuleText) -> None:
    """Raise `InputError` for a fact or value in an example that is not in the vocabulary."""
    for number, example in enumerate(text.examples):
        for name, value in example.given.items():
            try:
                if name == "license":
                    _check_license(value)
                elif value != []:
                    parse_test(name, value)
            except ValueError as error:
                raise _mistake(document, (*place, "examples", number, "given", name), str(error)) from None


def _check_license(value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"a license is the id of one, not {value!r}")


def _mistake(document: LocatedYaml, place: YamlPath, problem: str) -> InputError:
    return InputError(problem, file=document.path, line=document.line(place), field=located_yaml.spell(place))
