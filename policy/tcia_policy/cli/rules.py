"""`tcia-policy rules`: which rules are there, and why?"""

from typing import Annotated

import typer

app = typer.Typer(
    help="Which rules are there, and why?\n\n\b\nExample: tcia-policy rules show cc-noncommercial",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list")
def list_rules(
    policy: Annotated[str | None, typer.Option("--policy", help="Only the rules of this policy.")] = None,
) -> None:
    """Every rule: its id, what it does, its title.

    \b
    Example: tcia-policy rules list --policy creative-commons
    """
    from tcia_policy.cli.terminal import print_result
    from tcia_policy.engine.rulebook import load_rules
    from tcia_policy.errors import InputError
    from tcia_policy.reports.rule import render_rule_list

    rules = load_rules().rules
    policies = list(dict.fromkeys(rule.policy.id for rule in rules))
    if policy is not None and policy not in policies:
        raise InputError(f"unknown policy {policy!r}", field="--policy", hint=f"one of {', '.join(policies)}")
    print_result(render_rule_list([rule for rule in rules if policy in (None, rule.policy.id)]))


@app.command("show")
def show_rule(rule_id: Annotated[str, typer.Argument(metavar="ID", help="The id of a rule.")]) -> None:
    """What a rule says, why, and from where. Also when it speaks, what lifts it, and its examples.

    \b
    Example: tcia-policy rules show cc-noncommercial
    """
    from tcia_policy.cli.terminal import print_result, width
    from tcia_policy.engine.rulebook import load_rules
    from tcia_policy.reports.rule import render_rule

    print_result(render_rule(load_rules().get(rule_id), width()))


@app.command("test")
def test_rules() -> None:
    """Run the examples that every rule carries. Exit code 1 where one says something else.

    \b
    Example: tcia-policy rules test
    """
    from tcia_policy.cli.terminal import print_result
    from tcia_policy.engine.examples import run_examples
    from tcia_policy.engine.rulebook import load_rules
    from tcia_policy.registry import load_licenses

    results = list(run_examples(load_rules().rules, load_licenses()))
    wrong = [result for result in results if not result.passed]
    for result in wrong:
        print_result(
            f"{result.rule.path.name}:{result.rule.line}: {result.rule.id}, example {result.number}: "
            f"expected {result.example.expect}, said {result.said}"
        )
    print_result(f"{len(results) - len(wrong)} of {len(results)} examples hold")
    raise typer.Exit(1 if wrong else 0)
