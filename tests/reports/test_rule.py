"""One rule as a page of a handbook, and the lists of rules."""

import re

import pytest

from tcia_policy.model import Verdict
from tcia_policy.reports.rule import render_rule
from tcia_policy.rules.rulebook import Rule, load_rules
from tests.cli.run import run

BOOK = load_rules()


def page(rule: str, width: int = 80) -> str:
    found = BOOK.get(rule)
    return render_rule(found, width, BOOK.history_of(found))


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("rule", BOOK.rules, ids=[rule.id for rule in BOOK.rules])
def test_every_page_says_what_why_whom_from_where_and_since_when(rule: Rule) -> None:
    shown = page(rule.id)
    for heading in ("What it says", "Why", "Whom it binds", "Examples", "Source"):
        assert f"\n{heading}\n" in shown
    assert "In force   " in shown
    assert flat(shown).startswith(flat(rule.text.title))
    for reference in rule.references:
        assert reference.standing[1:] in shown
        assert (reference.url or "") in shown
    assert flat(shown).count(" where ") >= len(rule.text.examples)
    assert not re.search(r"\{[a-z_.]+\}|\[not known\]", shown)


@pytest.mark.parametrize("rule", BOOK.rules, ids=[rule.id for rule in BOOK.rules])
def test_conditions_and_examples_are_told_in_words_and_not_in_names_of_facts(rule: Rule) -> None:
    told = page(rule.id).split("\nWhom it binds\n")[1].split("\nSource\n")[0].split("\nWhat to do\n")
    spoken = told[0] + (told[-1].split("\nExamples\n")[-1] if len(told) > 1 else "")
    assert not re.search(r"\b(license|holding|dataset|use|agreement|permission|release|notice|copy)\.[a-z_]+", spoken)


def test_pages_keep_to_the_width_but_for_what_cannot_be_broken() -> None:
    long = [line for rule in BOOK.rules for line in page(rule.id, 72).splitlines() if len(line) > 72]
    assert [line for line in long if len(line.split()) > 1 and "http" not in line] == []


def test_a_prohibition_says_what_lifts_it_and_what_to_do() -> None:
    shown = flat(page("cc-noncommercial"))
    assert "Such a use is prohibited." in shown
    assert "Unless - a permission is recorded for commercial use" in shown
    assert "Applies to: data under a license of the family creative commons and whose license prohibits" in shown
    assert "Undetermined where no more is known than that the license is CC-BY-NC-3.0." in shown


def test_alternatives_and_exceptions_are_nested_lists() -> None:
    shown = page("cptac-freedom-to-publish")
    assert "    - none of these holds:\n        - a global analysis paper on these data is published\n" in shown
    assert "        - all of these hold:\n" in page("cc-model-release")


def test_words_to_print_are_quoted_and_blanks_stay_blanks() -> None:
    shown = flat(page("tcga-acknowledgement"))
    assert "Asked for, and no condition (acknowledge)" in shown
    assert "“The results [published or shown] here are in whole or part" in shown
    both = flat(page("cptac-acknowledgement"))
    assert "In these words: “Data used" in both
    assert "or in these: “Data used" in both
    assert "Print that shows it: phs004225; and (the repository) or (its short name)" in flat(
        page("nih-cite-accession")
    )


@pytest.mark.parametrize(
    "rule", ["tcia-analysis-center-review", "tcia-analysis-center-attribute-2021", "tcia-analysis-center-attribute"]
)
def test_every_version_of_a_rule_shows_the_whole_history(rule: str) -> None:
    history = flat(page(rule).split("\nHistory\n")[1])
    assert f"- {rule}, this rule:" in history
    assert "(until 2021-04-18)" in history
    assert "(from 2021-04-19 until 2024-05-07)" in history
    assert "(since 2024-05-08, until further notice)" in history


def test_a_rule_that_never_changed_has_no_history() -> None:
    assert "\nHistory\n" not in page("cc-noncommercial")


def ids(rule_list: str) -> set[str]:
    return {line.split()[0] for line in rule_list.splitlines() if line.startswith("  ")}


def test_rules_of_a_license_are_those_that_may_speak_of_data_under_it() -> None:
    noncommercial, plain = (ids(run("rules", "list", "--license", each).out) for each in ("CC-BY-NC-4.0", "CC-BY-4.0"))
    assert "cc-noncommercial" in noncommercial - plain
    assert {"cc-attribution", "cc-notices-4", "tcia-cite-dataset"} <= noncommercial & plain
    assert not {"cc-notices-3", "nih-controlled-access", "release-share-alike", "nlm-credit-line"} & (
        noncommercial | plain
    )
    controlled = ids(run("rules", "list", "--license", "LicenseRef-NIH-Controlled-Data-Access").out)
    assert "nih-controlled-access" in controlled
    assert "cc-attribution" not in controlled


def test_the_options_of_a_list_combine() -> None:
    of_all = ids(run("rules", "list", "--license", "CC-BY-NC-4.0").out)
    narrowed = run(
        "rules", "list", "--license", "CC-BY-NC-4.0", "--activity", "analyze", "--policy", "creative-commons"
    )
    assert ids(narrowed.out) == {"cc-grants-use", "cc-noncommercial"}
    assert ids(narrowed.out) < of_all


@pytest.mark.parametrize(
    ("option", "word", "known"),
    [
        ("--license", "CC-BY-NC", "did you mean 'CC-BY-NC-"),
        ("--license", "cc by 4.0", "did you mean 'CC-BY-4.0'"),
        ("--activity", "train", "train-model"),
        ("--policy", "cc", "creative-commons"),
    ],
)
def test_a_list_knows_its_words(option: str, word: str, known: str) -> None:
    ran = run("rules", "list", option, word)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {option}: unknown ")
    assert known in ran.err


def test_what_a_duty_asks_to_print_is_for_duties_of_print() -> None:
    """Wordings and marks are for what a manuscript can show: no agreement is met by print, nor a thing left undone."""
    kinds = {
        rule.text.duty.kind.value
        for rule in BOOK.rules
        if rule.text.duty is not None and (rule.text.duty.wordings or rule.text.duty.printed)
    }
    assert kinds == {"acknowledge", "cite"}


def test_nothing_is_called_undetermined_that_is_only_a_duty() -> None:
    for rule in BOOK.rules:
        assert ("Such a use is undetermined" in page(rule.id)) == (rule.verdict is Verdict.UNDETERMINED)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("cptac-data-use-agreement", "Applies to: CPTAC datasets obtained anywhere other than TCIA or IDC."),
        ("tcia-acknowledge", "Applies to: data published by TCIA."),
        ("nih-country-not-stated", "When: the country where the work is done is not stated."),
        ("nothing-grants-it", "Applies to: any data. When: any use."),
    ],
)
def test_whom_a_rule_binds_is_a_sentence(rule: str, said: str) -> None:
    assert said in flat(page(rule))


@pytest.mark.parametrize("rule", BOOK.rules, ids=[rule.id for rule in BOOK.rules])
def test_every_sentence_of_a_page_begins_with_a_capital_letter(rule: Rule) -> None:
    assert not re.search(r"[.] (the|a|an|this) ", flat(page(rule.id)).split(" Examples ")[0])
