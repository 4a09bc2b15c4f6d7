"""`tcia-policy rules`: which rules are there, and why?"""

from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.options import RulesOption

app = typer.Typer(
    help="Which rules are there, and why?\n\n\b\nExample: tcia-policy rules show cc-noncommercial",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list")
def list_rules(
    policy: Annotated[str | None, typer.Option("--policy", help="Only the rules of this policy.")] = None,
    activity: Annotated[str | None, typer.Option("--activity", help="Only rules that may speak of it.")] = None,
    rules: RulesOption = None,
) -> None:
    """Every rule: its id, what it does, its title.

    \b
    Example: tcia-policy rules list --policy creative-commons
    """
    from tcia_policy.cli.terminal import print_result
    from tcia_policy.engine.rulebook import load_rules
    from tcia_policy.errors import InputError
    from tcia_policy.model import Activity
    from tcia_policy.reports.rule import render_rule_list

    known = load_rules(house=rules).rules
    policies = list(dict.fromkeys(rule.policy.id for rule in known))
    if activity is not None and activity not in set(Activity):
        raise InputError(f"unknown activity {activity!r}", field="--activity", hint=f"one of {', '.join(Activity)}")
    if policy is not None and policy not in policies:
        raise InputError(f"unknown policy {policy!r}", field="--policy", hint=f"one of {', '.join(policies)}")
    chosen = [rule for rule in known if policy in (None, rule.policy.id)]
    print_result(
        render_rule_list([rule for rule in chosen if activity is None or rule.can_speak_of(Activity(activity))])
    )


@app.command("show")
def show_rule(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="The id of a rule.")], rules: RulesOption = None
) -> None:
    """What a rule says, why, and from where. Also when it speaks, what lifts it, and its examples.

    \b
    Example: tcia-policy rules show cc-noncommercial
    """
    from tcia_policy.cli.terminal import print_result, width
    from tcia_policy.engine.rulebook import load_rules
    from tcia_policy.reports.rule import render_rule

    print_result(render_rule(load_rules(house=rules).get(rule_id), width()))


@app.command("test")
def run_tests(
    scenarios: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE", help="Files of scenarios to run beside the examples.")
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Run the examples that every rule carries, and scenarios. Exit code 1 where one says something else.

    \b
    Example: tcia-policy rules test
    """
    from tcia_policy.cli.terminal import print_result
    from tcia_policy.engine.examples import run_examples
    from tcia_policy.engine.rulebook import load_rules
    from tcia_policy.registry import load_licenses

    book = load_rules(house=rules)
    results = list(run_examples(book.rules, load_licenses()))
    wrong = [result for result in results if not result.passed]
    for result in wrong:
        print_result(
            f"{result.rule.path.name}:{result.rule.line}: {result.rule.id}, example {result.number}: "
            f"expected {result.example.expect}, said {result.said}"
        )
    print_result(f"{len(results) - len(wrong)} of {len(results)} examples hold")
    failed = 0
    if scenarios:
        from tcia_policy.scenarios import run_scenarios

        ran = list(run_scenarios(scenarios, rules=book))
        failed = sum(not result.passed for result in ran)
        for scenario in ran:
            if not scenario.passed:
                print_result(str(scenario))
        print_result(f"{len(ran) - failed} of {len(ran)} scenarios hold")
    raise typer.Exit(1 if wrong or failed else 0)
