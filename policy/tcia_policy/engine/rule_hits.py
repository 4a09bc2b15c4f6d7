"""Every rule that applies to a study: to each data item and activity, and to the study as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property

from tcia_policy.engine.agreements import approved_study
from tcia_policy.engine.answers import settles
from tcia_policy.engine.case import Case
from tcia_policy.engine.coverage import accessions_of
from tcia_policy.engine.evaluate import Judgment, Outcomes, barred_together, is_granted_together, judge, outcomes_of
from tcia_policy.engine.evidence_in_activity import Situations, rules_as_answered
from tcia_policy.engine.grants import covers
from tcia_policy.engine.license_readings import PartReading
from tcia_policy.engine.lineage import lineage_values
from tcia_policy.engine.lines import nearest_line
from tcia_policy.engine.manuscript_evidence import ManuscriptEvidence, observed_facts, observed_values
from tcia_policy.engine.may_be_unused import unless_unused
from tcia_policy.engine.may_speak import MaySpeak, answers_during
from tcia_policy.engine.observed_evidence import observed_evidence
from tcia_policy.engine.outcome import Outcome, outcome_of
from tcia_policy.engine.output_licenses import LicenseRuling, Releases
from tcia_policy.engine.placeholders import placeholders
from tcia_policy.engine.use_facts import activity_facts, use_facts
from tcia_policy.evidence.observations import NOTHING_OBSERVED, Observations
from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, Agreement, Dataset, Holding, License, Reference, Verdict
from tcia_policy.rules.conditions import Test
from tcia_policy.rules.fact_value import Facts
from tcia_policy.rules.kleene import Truth
from tcia_policy.rules.rulebook import Rule, RulesInForce
from tcia_policy.text.english import joined

PERMITS_COMMERCE = "release_folder.permits_commerce"
Read = Sequence[tuple[Holding, Sequence[tuple[PartReading, Facts]]]]
"""Every data item with its readings, each with all facts that hold under it for any activity."""


@dataclass(frozen=True)
class RuleHit:
    """A rule that applies, or could not be decided, on one holding and one activity.

    `values` fill the placeholders of its text. `lifted_by` names the evidence that lifts it, `agreements` are those
    among it. `accessions` are the dbGaP studies known to cover the data, if an approved request lifts the rule. `about`
    names the outputs because of whose license it speaks, `outputs` has them. `references` are what it rests on for
    these data. `line` is that of the evidence or the key of the project file that a rule on the whole study is about.
    `situations` are the readings that it was judged under, `concerned` those under which it applies or may apply.
    """

    rule: Rule
    holding: Holding | None
    activity: Activity
    judgment: Judgment
    values: Mapping[str, str]
    lifted_by: str | None = None
    agreements: tuple[Agreement, ...] = ()
    accessions: tuple[str, ...] = ()
    about: str = ""
    references: tuple[Reference, ...] = ()
    line: int | None = None
    outputs: tuple[LicenseRuling, ...] = ()
    situations: Situations = ()
    concerned: tuple[PartReading, ...] = ()


@dataclass(frozen=True)
class _Said:
    """What a rule says of a data item, over all readings.

    `concerned` are the readings under which it applies or may apply, `values` fill the placeholders on the data in its
    text, `references` are what it rests on.
    """

    judgment: Judgment
    concerned: tuple[PartReading, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class _Told:
    """What a rule says of a data item under each reading: the same for all activities that make no difference to it.

    `said` has what it says over all readings, by what all rules say together.
    """

    rule: Rule
    outcomes: Outcomes
    said: dict[tuple[frozenset[str], bool], _Said] = field(default_factory=dict)


@dataclass(frozen=True)
class _HeldCase:
    """One holding of a case: its readings with the facts of each, and the rules that may speak of it.

    `filled` and `told_before` keep what was found for one activity and is the same for others.
    """

    case: Case
    holding: Holding
    facts: Sequence[tuple[PartReading, Facts]]
    rules: MaySpeak
    releases: Releases
    with_values: bool = True
    filled: dict[tuple[object, ...], dict[str, str]] = field(default_factory=dict)
    told_before: dict[tuple[Rule, tuple[object, ...]], _Told] = field(default_factory=dict)

    @property
    def dataset(self) -> Dataset | None:
        """Return the dataset of the registry that is held, if it is one."""
        return self.case.known.datasets.get(self.holding.dataset or "")

    def placeholders(self, readings: Sequence[PartReading]) -> Mapping[str, str]:
        """Return the values of the placeholders on the data: the same for the same readings."""
        key = tuple((reading.part, reading.license, reading.choices) for reading in readings)
        if key not in self.filled:
            self.filled[key] = placeholders(self.holding, self.dataset, readings, self.case.known.licenses)
        return self.filled[key]

    def told(self, rule: Rule, doing: Situations) -> _Told:
        """Return what the rule says under each reading."""
        key = (rule, answers_during(rule, doing))
        if key not in self.told_before:
            self.told_before[key] = _Told(rule, outcomes_of(rule, doing))
        return self.told_before[key]

    def said(self, told: _Told, doing: Situations, *, barred: frozenset[str], granted: bool) -> _Said:
        """Return what the rule says over all readings, where `told` is what it says under each."""
        key = (barred, granted)
        if key not in told.said:
            judgment = judge(told.rule, doing, told.outcomes, barred=barred, granted=granted)
            if self.holding.may_be_unused:
                judgment = unless_unused(told.rule, judgment, [reading for reading, _ in doing])
            told.said[key] = self._in_words(told, judgment)
        return told.said[key]

    def _in_words(self, told: _Told, judgment: Judgment) -> _Said:
        if judgment.outcome is Outcome.SILENT or not self.with_values:
            return _Said(judgment)
        outcomes = zip(self.facts, told.outcomes, strict=True)
        concerned = tuple(reading for (reading, _), outcome in outcomes if outcome is not Outcome.SILENT)
        licenses = _licenses(concerned, self.case.known.licenses)
        quote = {"reference.quote": told.rule.quote_for(licenses) or ""}
        values = {**self.placeholders(concerned), **self.lineage, **_of_outputs(()), **quote}
        return _Said(judgment, concerned, values, told.rule.references_for(licenses))

    @cached_property
    def lineage(self) -> Mapping[str, str]:
        """Return the names of the datasets that it was made from, by their terms."""
        return lineage_values(self.dataset, self.case.known.datasets, self.case.known.registered)


def rule_hits(case: Case, activities: Sequence[Activity], readings: Read, rules: RulesInForce) -> list[RuleHit]:
    """Return what each of the rules says of the study, and of each data item for the activities done with it.

    `readings` are those of the case.
    """
    done = case.activities_on(activities)
    releases = case.releases(readings)
    on_data = hits_on_data(case, done, readings, rules, releases=releases)
    return [*hits_on_project(case, activities, rules), *on_data]


def hits_on_data(
    case: Case,
    done: Mapping[str, Sequence[Activity]],
    readings: Read,
    rules: RulesInForce,
    *,
    releases: Releases,
    with_values: bool = True,
) -> Iterator[RuleHit]:
    """Yield what each of the rules says of each data item in `done`, for the activities that it has there.

    `readings` are those of these data items, `releases` has all of the study: what is released may be made from
    several. Without `with_values`, the hits have no values for the placeholders of texts: for those who look at the
    outcomes alone.
    """
    for holding, facts in readings:
        if done.get(holding.id):
            held = _HeldCase(case, holding, facts, MaySpeak.of(rules, facts), releases, with_values)
            for activity in done[holding.id]:
                yield from _hits_on_holding(held, activity)


def hits_on_project(case: Case, activities: Sequence[Activity], rules: RulesInForce) -> Iterator[RuleHit]:
    """Yield the hits on the study as a whole; a rule on what a manuscript shows has one hit for each thing shown."""
    if not rules.on_study:
        return
    seen = _observed(case, activities)
    facts = {**use_facts(case.project, case.as_of), **observed_facts(seen)}
    nowhere = PartReading(None, None, (), {})
    doing = {activity: [(nowhere, {**facts, **activity_facts(activity)})] for activity in activities}
    for rule in rules.on_study:
        things = [values for test in rule.tests for values in observed_values(seen, test.fact.name)] or [{}]
        judged: dict[object, Judgment] = {}
        for activity, situations in doing.items():
            answers = answers_during(rule, situations)
            if answers not in judged:
                judged[answers] = judge(rule, situations)
            if judged[answers].outcome is Outcome.SILENT:
                continue
            for values in things:
                yield RuleHit(
                    rule,
                    None,
                    activity,
                    judged[answers],
                    values,
                    references=rule.references,
                    line=_line(rule, values, case),
                    situations=situations,
                )


def _line(rule: Rule, values: Mapping[str, str], case: Case) -> int | None:
    return nearest_line(values.get("evidence.field", rule.text.stated_at), case.lines)


def _observed(case: Case, activities: Sequence[Activity]) -> Observations:
    """Return what the manuscript and the evidence show; of license files only those of the outputs in question."""
    observed = NOTHING_OBSERVED if case.manuscript is None else _in_manuscript(case.manuscript, case)
    release = observed.release
    if case.release is not None:
        from tcia_policy.engine.release_observed import observed_release  # noqa: PLC0415 - compiles patterns: 30 ms

        release = observed_release(case.release, case.holdings, case.known.datasets)
    return replace(observed, evidence=observed_evidence(case, activities), release=release)


def _in_manuscript(manuscript: ManuscriptEvidence, case: Case) -> Observations:
    seen = manuscript.observe(case.holdings, case.known.datasets)
    files = {output.license_file for output in case.project.use.outputs or ()}
    return replace(seen, license_files=tuple(item for item in seen.license_files if item.file in files))


def _hits_on_holding(held: _HeldCase, activity: Activity) -> Iterator[RuleHit]:
    case = held.case
    doing = case.in_activity(activity, held.holding, held.facts, held.releases)
    rules = rules_as_answered(held.rules.during(doing), case.rules.fallback, held.holding, activity, case.evidence)
    told = [held.told(rule, doing) for rule in rules]
    barring = [each.outcomes for each in told if each.rule.verdict is Verdict.PROHIBITED]
    granting = [each.outcomes for each in told if each.rule.verdict is Verdict.PERMITTED]
    barred = barred_together(barring, [reading for reading, _ in doing])
    granted = is_granted_together(granting, len(doing))
    for each in told:
        rule, said = each.rule, held.said(each, doing, barred=barred, granted=granted)
        if said.judgment.outcome is Outcome.SILENT:
            continue
        if not held.with_values:
            yield RuleHit(rule, held.holding, activity, said.judgment, {})
            continue
        outputs = _outputs_meant(rule, held, said.concerned, activity)
        lifting = NOTHING_LIFTS
        if said.judgment.outcome is Outcome.LIFTED:
            lifting = _lifting_evidence(rule, held, doing, activity)
        yield RuleHit(
            rule=rule,
            holding=held.holding,
            activity=activity,
            judgment=said.judgment,
            values=_with_release(said.values, outputs, _of_files(rule, held, activity)),
            lifted_by=lifting.text,
            agreements=lifting.agreements,
            accessions=accessions_of(held.holding, held.dataset) if _asks_for_request(rule) else (),
            about="; ".join(dict.fromkeys(map(str, outputs))),
            references=said.references,
            outputs=outputs,
            situations=doing,
            concerned=said.concerned,
        )


def _licenses(readings: Sequence[PartReading], licenses: Mapping[str, License]) -> tuple[License, ...]:
    """Return the licenses of these readings, as far as they are described."""
    named = dict.fromkeys(reading.license or "" for reading in readings)
    return tuple(licenses[name] for name in named if name in licenses)


def _outputs_meant(
    rule: Rule, held: _HeldCase, readings: Sequence[PartReading], activity: Activity
) -> tuple[LicenseRuling, ...]:
    """Return the outputs because of whose license a rule applies, each once."""
    words = {word for test in rule.tests if test.fact.name == "release.ruling" for word in test.values}
    if not words:
        return ()
    ruled = (item for reading in readings for item in held.releases.ruled(held.holding, reading, activity))
    return tuple(dict.fromkeys(item for item in ruled if item.ruling.value in words))


def _of_outputs(meant: Sequence[LicenseRuling]) -> dict[str, str]:
    """Return the values of the placeholders on outputs: what they are, and the data that they may be merged with."""
    return {
        "release.outputs": joined(list(dict.fromkeys(item.name for item in meant))),
        "release.with": "; ".join(dict.fromkeys(item.merged_with for item in meant if item.merged_with)),
    }


def _with_release(
    values: Mapping[str, str], outputs: Sequence[LicenseRuling], files: Mapping[str, str]
) -> Mapping[str, str]:
    """Return the values with those on outputs and on files of a release, if the rule speaks of any."""
    return {**values, **_of_outputs(outputs), **files} if outputs or files else values


def _of_files(rule: Rule, held: _HeldCase, activity: Activity) -> dict[str, str]:
    """Return where the files of the release state the licenses because of which a rule applies, and which they are."""
    if held.case.release is None or not any(test.fact.name == PERMITS_COMMERCE for test in rule.tests):
        return {}
    licenses = held.releases.offered_for_any_use(held.holding, activity)
    return {
        "release.place": ", ".join(held.case.release.stating(licenses)),
        "release.text": joined(sorted(licenses)),
    }


@dataclass(frozen=True)
class _Lifting:
    """The evidence that lifts a rule, in one line, and the agreements among it."""

    text: str | None = None
    agreements: tuple[Agreement, ...] = ()


NOTHING_LIFTS = _Lifting()


def _lifting_evidence(
    rule: Rule, held: _HeldCase, doing: Sequence[tuple[PartReading, Facts]], activity: Activity
) -> _Lifting:
    """Return the grants, agreements and answers that lift the rule: those, and no others, that meet its condition."""
    evidence = held.case.evidence
    lines: list[str] = []
    agreements: list[Agreement] = []
    for reading, facts in doing:
        if outcome_of(rule, facts) is not Outcome.LIFTED:
            continue
        for test in rule.unless_tests:
            if test.fact.name == "permission.grants":
                lines += _grants(held, reading, test.values, activity)
            elif test.evaluate(facts) is Truth.TRUE:
                agreements += _agreements(held, test)
    lines += map(evidence.line, agreements)
    lines += [evidence.line(item) for item in evidence.answers_for(held.holding) if settles(item, rule, activity)]
    return _Lifting("; ".join(dict.fromkeys(lines)) or None, tuple(dict.fromkeys(agreements)))


def _asks_for_request(rule: Rule) -> bool:
    """Return whether an approved request at dbGaP lifts the rule."""
    return any("dbgap" in test.values or test.fact.name == "agreement.accessions" for test in rule.unless_tests)


def _grants(held: _HeldCase, reading: PartReading, asked: frozenset[str], activity: Activity) -> list[str]:
    """Return the grants of what is asked for that cover the activity, and of which nothing is in doubt."""
    evidence = held.case.evidence
    return [
        evidence.line(item)
        for item in evidence.permissions_for(held.holding, reading.distribution)
        if item.grants in asked
        and item not in evidence.doubtful
        and covers(item, activity, held.case.use_of(held.holding)) is Truth.TRUE
    ]


def _agreements(held: _HeldCase, test: Test) -> list[Agreement]:
    """Return the agreements for this data item of which a condition on evidence holds."""
    found = held.case.evidence.agreements_for(held.holding, held.dataset)
    if test.fact.name == "agreement.accessions":
        return [item for item in found if not test.values.isdisjoint(approved_study(item))]
    return [item for item in found if item.id in test.values]
