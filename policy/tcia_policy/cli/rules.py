"""`tcia-policy rules`: which rules are there, and why?"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.options import Format, FormatOption, check_word
from tcia_policy.cli.terminal import print_result, width
from tcia_policy.cli.use_options import RulesOption
from tcia_policy.engine.license_readings import license_facts
from tcia_policy.engine.outcome import can_speak
from tcia_policy.engine.tested import run_all
from tcia_policy.errors import InputError
from tcia_policy.model import Activity
from tcia_policy.registry import load_licenses
from tcia_policy.reports.lines import result_json
from tcia_policy.reports.rule import render_rule, render_rule_list, render_tested
from tcia_policy.rules.results import listed, shown
from tcia_policy.rules.rulebook import Rule, load_rules
from tcia_policy.text.suggest import did_you_mean, similar

app = typer.Typer(
    help="Which rules are there, and why?\n\n\b\nExample: tcia-policy rules show cc-noncommercial",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@app.command("list")
def list_rules(
    policy: Annotated[str | None, typer.Option("--policy", help="Only the rules of this policy.")] = None,
    activity: Annotated[
        str | None, typer.Option("--activity", help="Only rules that may apply to this activity.")
    ] = None,
    license_: Annotated[
        str | None, typer.Option("--license", help="Only rules that may apply to data under this license.")
    ] = None,
    rules: RulesOption = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """List every rule with its id, its effect and its title. Options can be combined.

    \b
    Example: tcia-policy rules list --license CC-BY-NC-4.0 --activity analyze
    """
    book = load_rules(house=rules)
    known = book.rules
    check_word("policy", policy, dict.fromkeys(rule.policy.id for rule in known))
    check_word("activity", activity, Activity)
    chosen = [
        rule
        for rule in known
        if policy in (None, rule.policy.id) and (activity is None or rule.can_speak_of(Activity(activity)))
    ]
    if license_ is not None:
        chosen = _applying_to_license(license_, chosen)
    print_result(result_json(listed(chosen, book)) if format_ is Format.JSON else render_rule_list(chosen))


def _applying_to_license(license_id: str, rules: Sequence[Rule]) -> list[Rule]:
    """Return the rules that have a condition on data and may apply to data under this license."""
    licenses = load_licenses()
    if license_id not in licenses:
        meant = did_you_mean(similar(license_id, licenses, most=1))
        hint = " ".join(filter(None, (meant, f"Known licenses: {', '.join(licenses)}")))
        raise InputError(f"unknown license {license_id!r}", field="--license", hint=hint)
    facts = license_facts(license_id, licenses)
    return [rule for rule in rules if not rule.concerns_project and can_speak(rule, facts)]


@app.command("show")
def show_rule(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="The id of a rule.")],
    rules: RulesOption = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Show what a rule says, why, and its source. Also its conditions, what lifts it, its examples and its history.

    \b
    Example: tcia-policy rules show cc-noncommercial
    """
    book = load_rules(house=rules)
    rule = book.get(rule_id)
    if format_ is Format.JSON:
        print_result(result_json(shown(rule, book)))
    else:
        print_result(render_rule(rule, width(), book.history_of(rule)))


@app.command("test")
def run_tests(
    scenarios: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE", help="Scenario files to run after the examples.")
    ] = None,
    rules: RulesOption = None,
    format_: FormatOption = Format.TEXT,
) -> None:
    """Run the examples of every rule, and scenarios. Exit code 1 if a result differs from what is expected.

    \b
    Example: tcia-policy rules test
    """
    found = run_all(load_rules(house=rules), scenarios or ())
    print_result(result_json(found) if format_ is Format.JSON else render_tested(found))
    raise typer.Exit(found.exit_code)
