"""Rules as they are written in `rules/*.yaml`, checked word by word when they are loaded."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator

from tcia_policy.errors import InputError
from tcia_policy.files import located_yaml
from tcia_policy.files.located_yaml import LocatedYaml, YamlPath
from tcia_policy.files.shipped import shipped
from tcia_policy.model import Activity, DutyKind, NoticeKind, Period, Reference, Verdict
from tcia_policy.model.base import Contract
from tcia_policy.rules.conditions import ALWAYS, Condition, Test, parse_condition, tests
from tcia_policy.rules.vocabulary import LIFTING

# What rules' texts may leave open, and how it is called where no holding fills it in.
PLACEHOLDERS: Mapping[str, str] = {
    "dataset.name": "the dataset",
    "dataset.link": "(its DOI)",
    "dataset.contacts": "the contacts that are recorded",
    "dataset.program": "its program",
    "license.name": "(name of the license)",
    "license.url": "(the license's address)",
    "holding.name": "the data",
    "holding.license": "the license stated",
    "holding.obtained_from": "(where they were obtained)",
    "repository.name": "(the repository)",
    "repository.short": "(its short name)",
    "holding.series": "(number)",
    "holding.doi": "(its DOI)",
    "holding.examples": "(examples)",
    "holding.named_otherwise": "another dataset",
    "parts.controlled": "(the part)",
    "manuscript.dataset": "a dataset",
    "manuscript.name": "its name",
    "manuscript.place": "(file and line)",
    "output.kind": "an output",
    "output.license": "the license stated",
    "output.file": "the license file",
    "output.found": "another license",
    "notice.summary": "(what the notice says)",
    **{f"notices.{kind}": "(what the sources say)" for kind in NoticeKind},
}
_PLACEHOLDER = re.compile(r"\{([a-z_.-]+)\}")
_RULES = re.compile(r"^rules:", re.MULTILINE)  # other files lie beside those of rules, too
_PROJECT_FACTS = ("use.", "position.", "manuscript.", "outputs.")

Expectation = Literal["prohibited", "undetermined", "permitted", "owed", "note", "silent", "lifted"]


class DutySpec(Contract):
    """What a rule says is owed, with what to `cite`; the rule's `unless` says what evidence meets it.

    `wordings` is text that the source asks to print as it is (any one of several serves); what is to be filled in
    stands in square brackets. `printed` is what text that meets it says: one of each group. `from_notices` makes one
    duty of each notice of that kind; the notice says what, in which wording, whether it is required or only requested,
    and where it says so.
    """

    kind: DutyKind
    text: str
    required: bool = True
    cite: Literal["dataset", "sources", "paper"] | None = None
    doi: str | None = None
    wordings: tuple[str, ...] = ()
    printed: tuple[tuple[str, ...], ...] = ()
    from_notices: NoticeKind | None = None

    @model_validator(mode="after")
    def _paper_has_its_doi(self) -> "DutySpec":
        if (self.cite == "paper") != (self.doi is not None):
            raise ValueError("`doi` goes with `cite: paper`, and only with it")
        return self

    @model_validator(mode="after")
    def _notices_say_the_rest(self) -> "DutySpec":
        said = {"cite", "wordings", "printed", "required"} & self.model_fields_set
        if self.from_notices is not None and said:
            raise ValueError(f"with `from_notices`, the notice says what `{min(said)}` would")
        if (self.from_notices is not None) != ("{notice.summary}" in self.text):
            raise ValueError("`from_notices` goes with a text that has {notice.summary}, and only with it")
        return self


class Example(Contract):
    """Facts, and what the rule says given them and nothing else. `license` stands for all facts of that license."""

    given: dict[str, Any]
    expect: Expectation


class Policy(Contract):
    """The document that the rules of one file come from."""

    id: str
    title: str
    url: str
    as_of: date
    note: str | None = None


class RuleText(Contract):
    """One rule as it is written. Exactly one of `verdict`, `duty` and `note` says what it does.

    A verdict that evidence lifts may name the agreement that is that evidence as its duty, too. `replaces` is the id of
    the rule that held in its place until the day before, and stays in the book.
    The one `fallback` speaks where no other verdict does.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str
    applies_to: dict[str, Any] = Field(default_factory=dict)
    when: dict[str, Any] = Field(default_factory=dict)
    verdict: Literal["permitted", "undetermined", "prohibited"] | None = None
    duty: DutySpec | None = None
    note: bool = False
    fallback: bool = False
    unless: dict[str, Any] | None = None
    because: str
    remedy: str | None = None
    reference: Reference
    see_also: tuple[Reference, ...] = ()
    in_force: Period = Period()
    replaces: str | None = None
    examples: tuple[Example, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _does_one_thing(self) -> "RuleText":
        does = [name for name in ("verdict", "duty", "note") if getattr(self, name)]
        if does == ["verdict", "duty"]:
            if self.unless is None or self.duty is None or self.duty.kind is not DutyKind.AGREE:
                raise ValueError("beside a verdict, a duty can only be the agreement that lifts it")
        elif len(does) != 1:
            raise ValueError("a rule has exactly one of verdict, duty and note")
        if self.verdict in ("permitted", "prohibited") and not self.reference.grade.carries_verdict:
            raise ValueError(f"a reference graded {self.reference.grade.value!r} cannot carry {self.verdict!r}")
        if any(reference.url is None for reference in (self.reference, *self.see_also)):
            raise ValueError("what a rule rests on has a `url`")
        return self


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

    @property
    def id(self) -> str:
        """Unique in the rule book."""
        return self.text.id

    @property
    def verdict(self) -> Verdict | None:
        """What it says where it speaks; `None` for a duty or a note."""
        return None if self.text.verdict is None else Verdict(self.text.verdict)

    @property
    def references(self) -> tuple[Reference, ...]:
        """The document it rests on, then others that say more."""
        return (self.text.reference, *self.text.see_also)

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        """Every test in its conditions, evidence left out."""
        return (*tests(self.applies_to), *tests(self.when))

    @cached_property
    def unless_tests(self) -> tuple[Test, ...]:
        """Every test of the evidence that lifts it."""
        return () if self.unless is None else tests(self.unless)

    def can_speak_of(self, activity: Activity) -> bool:
        """Whether it asks for no activity, or for this one among others."""
        asked = [test.values for test in tests(self.when) if test.fact.name == "use.activity"]
        return not asked or any(activity.value in values for values in asked)

    @cached_property
    def concerns_project(self) -> bool:
        """Whether it asks nothing of any holding, so that it speaks once for the whole project."""
        return all(test.fact.name.startswith(_PROJECT_FACTS) for test in self.tests)


@dataclass(frozen=True)
class RuleBook:
    """All rules, in the order of their files and lines. `version` identifies their exact text (12 hex digits)."""

    rules: tuple[Rule, ...]
    version: str

    def get(self, rule_id: str) -> Rule:
        """The rule of that id; raises `InputError` with a suggestion where there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        from rapidfuzz import process  # only where a name is wrong

        close = process.extract(rule_id, [rule.id for rule in self.rules], limit=3, score_cutoff=55)
        hint = "did you mean " + ", ".join(repr(name) for name, *_ in close) + "?" if close else "see `rules list`"
        raise InputError(f"unknown rule {rule_id!r}", hint=hint)

    def in_force(self, day: date) -> tuple[Rule, ...]:
        """The rules that hold on that day, the fallback left out."""
        return tuple(rule for rule in self.rules if day in rule.text.in_force and not rule.text.fallback)

    def history_of(self, rule: Rule) -> tuple[Rule, ...]:
        """The rules that hold in its place one after the other, the earliest first, itself among them."""
        earlier: list[Rule] = []
        first = rule
        while first.text.replaces is not None:
            first = self.get(first.text.replaces)
            earlier.insert(0, first)
        later = [rule]
        for known_rule in later:
            later += [each for each in self.rules if each.text.replaces == known_rule.id]
        return (*earlier, *later)

    @property
    def fallback(self) -> Rule:
        """The rule for what no other rule decides."""
        return next(rule for rule in self.rules if rule.text.fallback)


def load_rules(folder: Path | None = None, house: Path | None = None) -> RuleBook:
    """Every `*.yaml` with a `rules` list directly in `folder` (the shipped rules by default), then in `house`.

    `house` is an institution's own folder. Its rules come on top: the worst verdict wins, so that they can forbid or
    ask for more and can grant where no rule objects, but never replace a shipped rule or lift what it says.

    The shipped rules are read once. Raises `InputError` with file, line and rule for a fact or value that is not in the
    vocabulary, a placeholder that is not known, a missing example or reference, an id given twice, a rule that does not
    follow the one it replaces to the day, and a `house` that holds no rules.
    """
    return _shipped_rules() if folder is None and house is None else _read(folder or shipped("rules"), house)


@cache
def _shipped_rules() -> RuleBook:
    return _read(shipped("rules"), None)


def _read(folder: Path, house: Path | None) -> RuleBook:
    rules: dict[str, Rule] = {}
    digest = hashlib.sha256()
    own = [] if house is None else sorted(house.glob("*.yaml"))
    if house is not None and not own:
        raise InputError("is no folder with rule files (*.yaml)", file=house)
    for path in (*sorted(folder.glob("*.yaml")), *own):
        text = located_yaml.read_text(path)
        digest.update(text.encode())
        if path not in own and not _RULES.search(text):
            continue
        document = located_yaml.parse_text(path, text)
        if not isinstance(document.data, Mapping) or "rules" not in document.data:
            continue
        for rule in parse_rules(document):
            if rule.id in rules:
                first = rules[rule.id].path
                raise InputError(f"the rule {rule.id!r} is defined in {first.name} already", file=path, line=rule.line)
            if rule.text.fallback and path in own:
                raise InputError("only the shipped rules have a fallback", file=path, line=rule.line)
            rules[rule.id] = rule
    for rule in rules.values():
        _check_history(rule, rules)
    return RuleBook(tuple(rules.values()), digest.hexdigest()[:12])


def _check_history(rule: Rule, rules: Mapping[str, Rule]) -> None:
    """A rule begins on the day after the last one of the rule that it replaces."""
    if rule.text.replaces is None:
        return
    earlier = rules.get(rule.text.replaces)
    if earlier is None:
        raise InputError(f"replaces a rule {rule.text.replaces!r} that is not there", file=rule.path, line=rule.line)
    last, first = earlier.text.in_force.until, rule.text.in_force.from_
    if last is None or first != last + timedelta(days=1):
        raise InputError(
            f"{rule.id!r} is in force from {first}, and {earlier.id!r}, which it replaces, until {last}",
            file=rule.path,
            line=rule.line,
            hint="the one ends on the day before the other begins",
        )


def parse_rules(document: LocatedYaml) -> tuple[Rule, ...]:
    """The rules of one file; raises as `load_rules` does."""
    policy = document.parse(Policy, ("policy",))
    assert isinstance(document.data, Mapping)
    count = len(document.data["rules"] or ())
    return tuple(_parse_rule(document, policy, ("rules", index)) for index in range(count))


def _parse_rule(document: LocatedYaml, policy: Policy, place: YamlPath) -> Rule:
    text = document.parse(RuleText, place)
    conditions = {
        key: _condition(document, (*place, key), getattr(text, key)) for key in ("applies_to", "when", "unless")
    }
    unless = conditions["unless"] if text.unless is not None else None
    for test in tests(unless) if unless is not None else ():
        if test.fact.name not in LIFTING:
            raise _mistake(document, (*place, "unless"), f"{test.fact.name!r} is no evidence; only evidence lifts")
    for key in ("because", "remedy"):
        _check_placeholders(document, (*place, key), getattr(text, key))
    if text.duty is not None:
        _check_placeholders(document, (*place, "duty", "text"), text.duty.text)
        for name in (name for names in text.duty.printed for name in names):
            _check_placeholders(document, (*place, "duty", "printed"), name)
    return Rule(
        text=text,
        policy=policy,
        applies_to=conditions["applies_to"],
        when=conditions["when"],
        unless=unless,
        path=document.path,
        line=document.line(place) or 0,
    )


def _condition(document: LocatedYaml, place: YamlPath, data: dict[str, Any] | None) -> Condition:
    if not data:
        return ALWAYS
    try:
        return parse_condition(data)
    except ValueError as error:
        raise _mistake(document, place, str(error)) from None


def _check_placeholders(document: LocatedYaml, place: YamlPath, text: str | None) -> None:
    for name in _PLACEHOLDER.findall(text or ""):
        if name not in PLACEHOLDERS:
            known_names = ", ".join(sorted(PLACEHOLDERS))
            raise _mistake(document, place, f"unknown placeholder {{{name}}}; known are {known_names}")


def _mistake(document: LocatedYaml, place: YamlPath, problem: str) -> InputError:
    return InputError(problem, file=document.path, line=document.line(place), field=located_yaml.spell(place))


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with its `{placeholders}` replaced; one that has no value here reads `[not known]`."""
    return _PLACEHOLDER.sub(lambda match: values.get(match.group(1)) or "[not known]", text)
