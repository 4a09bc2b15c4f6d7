"""The examples of rules and scenarios, run and counted."""

from collections.abc import Sequence
from pathlib import Path

from tcia_policy.engine.examples import ExampleResult, run_examples
from tcia_policy.engine.scenarios import run_scenarios
from tcia_policy.registry import load_licenses
from tcia_policy.rules.results import RulesTested
from tcia_policy.rules.rulebook import RuleBook


def run_all(book: RuleBook, scenarios: Sequence[Path] = ()) -> RulesTested:
    """Run the examples of all rules, then the scenario files. Raise `InputError` for a file that cannot be read."""
    results = list(run_examples(book.rules, load_licenses()))
    wrong = [result for result in results if not result.passed]
    ran = list(run_scenarios(scenarios, rules=book)) if scenarios else []
    failed = [scenario for scenario in ran if not scenario.passed]
    of_scenarios = f"; {len(ran) - len(failed)} of {len(ran)} scenarios pass" if scenarios else ""
    return RulesTested(
        summary=f"{len(results) - len(wrong)} of {len(results)} examples pass{of_scenarios}",
        exit_code=1 if wrong or failed else 0,
        version=book.version,
        examples=len(results),
        examples_passed=len(results) - len(wrong),
        scenarios=len(ran),
        scenarios_passed=len(ran) - len(failed),
        differences=(*map(_difference, wrong), *map(str, failed)),
    )


def _difference(result: ExampleResult) -> str:
    return (
        f"{result.rule.place}: {result.rule.id}, example {result.number}: "
        f"expected {result.example.expect}, but the rule says {result.said}"
    )
