"""Scenarios: whole cases in words, each with a study and the expected result.

A file is `scenarios: [...]`. The name of each is a sentence that a lawyer can agree or disagree with. Its `why` is the
source of the expectation. Only what `expect` states is compared; the rest of the assessment may be anything.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.engine.scenario_reviews import differing_decisions, differing_passes, review_of_today
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError
from tcia_policy.files import located_yaml
from tcia_policy.files.located_yaml import LocatedYaml, spell
from tcia_policy.files.model_shape import YamlPath
from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, Assessment, DutyStatus, Project, Verdict
from tcia_policy.model.base import Contract
from tcia_policy.model.decision_kinds import DecisionStatus
from tcia_policy.registry import Registry, normalize_doi
from tcia_policy.rules.rulebook import RuleBook, load_rules

DEFAULT_DAY = date(2026, 11, 22)
UNREADABLE = 2
NAMES_OF_RULES = ("findings", "silent", "open", "met", "owed", "lifted")

Every = Literal["every"]


def _one_for_every_activity(value: object) -> object:
    return {"every": value} if isinstance(value, str) else value


Cells = Annotated[dict[Activity | Every, Verdict], BeforeValidator(_one_for_every_activity)]


class Expectation(Contract):
    """The expected result. A field that is left out is not compared.

    `verdicts` has for a holding one verdict (for every activity judged) or one for each activity named. The fields
    `findings` (not lifted), `silent` (without finding or duty), `lifted` (by evidence), `owed` (a duty in any status),
    `open` and `met` have ids of rules. `cite` has DOIs among the references owed, `no_cite` DOIs not owed. `cleared`
    and `not_cleared` have outputs as reports name them, such as `model under Apache-2.0`. `exit: 2` expects that the
    project cannot be read. `decisions` has the status of decisions of reviewers by their names; `decided` and
    `undecided` have ids of questions and duties that these let pass, or not. `rests_on` has for a rule the title of the
    first source that its finding or duty names, for every data item.
    """

    verdict: Verdict | None = None
    exit: Annotated[int, Field(ge=0, le=3)] | None = None
    verdicts: dict[str, Cells] = Field(default_factory=dict)
    findings: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    lifted: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    no_cite: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()
    not_cleared: tuple[str, ...] = ()
    decisions: dict[str, DecisionStatus] = Field(default_factory=dict)
    decided: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    rests_on: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _expects_something(self) -> "Expectation":
        if not self.model_fields_set:
            raise ValueError("expects nothing; state at least one result under `expect`")
        return self


class Scenario(Contract):
    """One case. `name` is a sentence, `why` says where the expectation comes from, and `project` is the content of a
    project file; its paths are relative to the scenario file. With `files`, each a path and its text, they are relative
    to a folder that has these files and no others. `review` is the content of a review file. There, `digest: today`
    stands for what the matter is in this case, as a reviewer would find it who decides today, and `sha256: as it is`
    for that of the file beside it.
    """

    name: str = Field(min_length=10)
    why: str = Field(min_length=3)
    as_of: date = DEFAULT_DAY
    project: dict[str, object]
    files: dict[str, str] = Field(default_factory=dict)
    review: dict[str, object] | None = None
    expect: Expectation


class ScenarioFile(Contract):
    """Return the scenarios of one file."""

    scenarios: tuple[Scenario, ...] = Field(min_length=1)


@dataclass(frozen=True)
class LocatedScenario:
    """A scenario and where it stands; `line` is 1-based. `project` is `None` if it cannot be read, as expected."""

    scenario: Scenario
    project: Project | None
    path: Path
    line: int


@dataclass(frozen=True)
class ScenarioResult:
    """A scenario that was run. `differences` has one line for each result that is not as expected."""

    located: LocatedScenario
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether every result is as expected."""
        return not self.differences

    def __str__(self) -> str:
        where = f"{self.located.path.name}:{self.located.line}: {self.located.scenario.name}"
        return "\n".join([where, *(f"  {difference}" for difference in self.differences)])


def load_scenarios(path: Path, rules: RuleBook) -> tuple[LocatedScenario, ...]:
    """Return the scenarios of one file.

    Raises `InputError` with file, line and field for content of another shape, and for a rule or DOI that does not
    exist, because a misspelled rule would never apply.
    """
    document = located_yaml.read(path)
    content = document.parse(ScenarioFile)
    return tuple(_located(document, index, scenario, rules) for index, scenario in enumerate(content.scenarios))


def run_scenarios(
    paths: Iterable[Path], registry: Registry | None = None, rules: RuleBook | None = None
) -> Iterator[ScenarioResult]:
    """Run every scenario of the files, in their order. Raises as `load_scenarios` does."""
    registry = registry or Registry.load()
    rules = rules or load_rules()
    for path in paths:
        for located in load_scenarios(path, rules):
            yield run_scenario(located, registry, rules)


def run_scenario(located: LocatedScenario, registry: Registry, rules: RuleBook) -> ScenarioResult:
    """Assess the study of one scenario on its day, and return how the result differs from what is expected."""
    expected = located.scenario.expect
    if located.project is None:
        return ScenarioResult(located, ())
    try:
        assessment = assess_scenario(located, registry, rules, asking=False)
    except InputError as error:
        is_expected = expected.exit == UNREADABLE
        return ScenarioResult(located, () if is_expected else (f"the project cannot be read: {error}",))
    return ScenarioResult(located, tuple(differences(expected, assessment)))


def assess_scenario(
    located: LocatedScenario, registry: Registry, rules: RuleBook, *, asking: bool = True
) -> Assessment:
    """Return the assessment of a scenario on its day, `asking` or not as `assess` does.

    Raises `InputError` for a project that cannot be read.
    """
    assert located.project is not None
    with tempfile.TemporaryDirectory() as folder:
        _write_files(Path(folder), located)
        study = Study(located.project, Path(folder) if located.scenario.files else located.path.parent)
        options = CaseOptions(as_of=located.scenario.as_of)
        case = Case.open(study, options, Library(registry, rules))
        if located.scenario.review is not None:
            case = replace(case, review=review_of_today(located.scenario.review, case, study.base))
        return assess(case, asking=asking or case.review is not None)


def _write_files(folder: Path, located: LocatedScenario) -> None:
    """Write the files of a scenario. Raises `InputError` for one that would not stand in the folder."""
    for name, text in located.scenario.files.items():
        path = Path(os.path.normpath(folder / name))
        if not path.is_relative_to(folder) or path == folder:
            problem = f"{name!r} leads out of the scenario's folder"
            raise InputError(problem, file=located.path, line=located.line, field="files")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def differences(expected: Expectation, assessment: Assessment) -> Iterator[str]:
    """Yield one line for each result in `assessment` that is not as `expected`."""
    if expected.verdict is not None and assessment.verdict is not expected.verdict:
        yield f"expected the verdict {expected.verdict.value} on the study, but it is {assessment.verdict.value}"
    if expected.exit is not None and assessment.exit_code != expected.exit:
        yield f"expected exit code {expected.exit}, but it is {assessment.exit_code}"
    for holding, cells in expected.verdicts.items():
        yield from _differing_cells(holding, cells, assessment)
    yield from _differing_rules(expected, assessment)
    yield from _differing_outputs(expected, assessment)
    yield from _differing_sources(expected, assessment)
    yield from differing_decisions(expected.decisions, assessment)
    yield from differing_passes(expected.decided, expected.undecided, assessment)
    references = [owed.citation.doi for owed in assessment.citations]
    for doi in expected.cite:
        if normalize_doi(doi) not in references:
            yield f"expected a reference to {doi}, but the references owed are {_listed(references)}"
    for doi in expected.no_cite:
        if normalize_doi(doi) in references:
            yield f"expected no reference to {doi}, but it is owed"


def _differing_cells(holding: str, cells: dict[Activity | Every, Verdict], assessment: Assessment) -> Iterator[str]:
    found = [cell for cell in assessment.verdicts if cell.holding == holding]
    if not found:
        held = [item.id for item in assessment.holdings]
        yield f"expected a data item {holding!r}, but the data items are {_listed(held)}"
        return
    for activity, verdict in cells.items():
        meant = [cell for cell in found if activity in ("every", cell.activity)]
        if not meant:
            judged = [cell.activity.value for cell in found]
            yield f"expected {activity} to be judged on {holding}, but only these are judged: {_listed(judged)}"
        for cell in meant:
            if cell.verdict is not verdict:
                actual = f"it is {cell.verdict.value} because of {_listed(cell.rules)}"
                yield f"{holding}, {cell.activity.value}: expected {verdict.value}, but {actual}"


def _differing_outputs(expected: Expectation, assessment: Assessment) -> Iterator[str]:
    cleared = {item.output.name: item.cleared for item in assessment.clearance.outputs}
    for name in (*expected.cleared, *expected.not_cleared):
        if name not in cleared:
            yield f"expected an output {name!r}, but the outputs are {_listed(list(cleared))}"
        elif cleared[name] is not (name in expected.cleared):
            yield f"expected that {name} is {'' if name in expected.cleared else 'not '}cleared, but it is otherwise"


def _differing_sources(expected: Expectation, assessment: Assessment) -> Iterator[str]:
    for rule, title in expected.rests_on.items():
        stated = [finding.references[:1] for finding in assessment.findings if finding.rule == rule]
        stated += [duty.references[:1] for duty in assessment.duties if duty.rule == rule]
        found = [source.title for sources in stated for source in sources]
        if set(found) != {title}:
            yield f"expected that {rule} rests on {title}, but it rests on {_listed(found)}"


def _differing_rules(expected: Expectation, assessment: Assessment) -> Iterator[str]:
    applied = {finding.rule for finding in assessment.findings if finding.lifted_by is None}
    lifted = {finding.rule for finding in assessment.findings if finding.lifted_by is not None}
    owed = {duty.rule for duty in assessment.duties}
    of_status = {status: {duty.rule for duty in assessment.duties if duty.status is status} for status in DutyStatus}
    yield from _absent("a finding by", expected.findings, applied)
    yield from _absent("evidence that lifts", expected.lifted, lifted)
    yield from _absent("a duty by", expected.owed, owed)
    yield from _absent("an open duty by", expected.open, of_status[DutyStatus.OPEN])
    yield from _absent("a duty met by", expected.met, of_status[DutyStatus.MET])
    for rule in expected.silent:
        if rule in applied | lifted | owed:
            yield f"expected that {rule} does not apply, but it does"


def _absent(what: str, wanted: Sequence[str], found: set[str]) -> Iterator[str]:
    for rule in wanted:
        if rule not in found:
            yield f"expected {what} {rule}, but found {_listed(sorted(found))}"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words) or "none"


def _located(document: LocatedYaml, index: int, scenario: Scenario, rules: RuleBook) -> LocatedScenario:
    _check_words(document, index, scenario, rules)
    project = _project(document, ("scenarios", index, "project"), may_fail=scenario.expect.exit == UNREADABLE)
    return LocatedScenario(scenario, project, document.path, document.line(("scenarios", index)) or 0)


def _project(document: LocatedYaml, place: YamlPath, *, may_fail: bool) -> Project | None:
    try:
        return document.parse(Project, place)
    except InputError:
        if may_fail:
            return None
        raise


def _dois(expected: Expectation) -> Iterator[tuple[str, int, str]]:
    for key in ("cite", "no_cite"):
        for position, doi in enumerate(getattr(expected, key)):
            yield key, position, doi


def _check_words(document: LocatedYaml, index: int, scenario: Scenario, rules: RuleBook) -> None:
    place = ("scenarios", index, "expect")
    for key in NAMES_OF_RULES:
        for position, rule in enumerate(getattr(scenario.expect, key)):
            where = (*place, key, position)
            try:
                rules.get(rule)
            except InputError as error:
                raise error.at(file=document.path, line=document.line(where), field=spell(where)) from None
    for key, position, doi in _dois(scenario.expect):
        if normalize_doi(doi) is None:
            where = (*place, key, position)
            raise InputError(f"{doi!r} is not a DOI", file=document.path, line=document.line(where), field=spell(where))
