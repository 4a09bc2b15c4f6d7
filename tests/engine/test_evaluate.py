"""One rule over all readings: sure only where they agree, open where they differ, and it says which fact decides."""

from tcia_policy.engine.evaluate import barred_together, is_granted_together, judge, outcomes_of
from tcia_policy.engine.license_readings import WHICH_PART, PartReading, license_facts
from tcia_policy.engine.outcome import Outcome, outcome_of
from tcia_policy.rules.fact_value import Facts, known, truth
from tcia_policy.rules.vocabulary import NO_EVIDENCE
from tests.engine.small import INTERNAL, LIMITED, NIH, licenses, own, part, rules

COMMERCIAL = {"use.purpose": known("commercial"), "use.activity": known("analyze")}
NONCOMMERCIAL = {"use.purpose": known("noncommercial"), "use.activity": known("analyze")}
NOT_COMMERCIAL, GRANT, CITE = "cc-noncommercial", "cc-grants-use", "cc-attribution"


def reading(license_: str, facts: Facts, id_: str = "1", choice: str = WHICH_PART) -> tuple[PartReading, Facts]:
    """Return a part under a license, with all that is known."""
    read = PartReading(part(id_, own(license_)), license_, ("TCIA, 2026-11-22",), {}, (choice,))
    return read, {**NO_EVIDENCE, **license_facts(license_, licenses()), **facts}


def used(license_: str, facts: Facts, id_: str = "1") -> tuple[PartReading, Facts]:
    """Return a part that was used for sure, under a license, with all that is known."""
    return reading(license_, facts, id_, choice=id_)


def test_a_rule_whose_conditions_hold_speaks() -> None:
    _, facts = reading("CC-BY-NC-4.0", COMMERCIAL)
    assert outcome_of(rules().get(NOT_COMMERCIAL), facts) is Outcome.SPEAKS


def test_a_rule_with_a_missing_fact_is_unknown() -> None:
    _, facts = reading("CC-BY-NC-4.0", {})
    assert outcome_of(rules().get(NOT_COMMERCIAL), facts) is Outcome.UNKNOWN


def test_a_missing_fact_does_not_matter_where_another_rules_the_rule_out() -> None:
    _, facts = reading("CC-BY-4.0", {})
    assert outcome_of(rules().get(NOT_COMMERCIAL), facts) is Outcome.SILENT


def test_evidence_lifts_a_rule_whether_it_would_speak_or_is_unknown() -> None:
    granted = {"permission.grants": known("commercial-use")}
    for stated in (COMMERCIAL, {}):
        _, facts = reading("CC-BY-NC-4.0", {**stated, **granted})
        assert outcome_of(rules().get(NOT_COMMERCIAL), facts) is Outcome.LIFTED


def test_evidence_lifts_nothing_that_would_be_silent() -> None:
    _, facts = reading("CC-BY-NC-4.0", {**NONCOMMERCIAL, "permission.grants": known("commercial-use")})
    assert outcome_of(rules().get(NOT_COMMERCIAL), facts) is Outcome.SILENT


def test_a_prohibition_under_every_reading_is_spoken() -> None:
    both = [reading("CC-BY-NC-4.0", COMMERCIAL), reading("CC-BY-NC-3.0", COMMERCIAL)]
    assert judge(rules().get(NOT_COMMERCIAL), both).outcome is Outcome.SPEAKS


def test_a_prohibition_under_one_reading_only_is_open_and_shows_the_readings_side_by_side() -> None:
    both = [reading("CC-BY-NC-4.0", COMMERCIAL), reading("CC-BY-4.0", COMMERCIAL)]
    judgment = judge(rules().get(NOT_COMMERCIAL), both)
    assert judgment.outcome is Outcome.UNKNOWN
    assert [(each.license, each.outcome) for each in judgment.readings] == [
        ("CC-BY-NC-4.0", "prohibited"),
        ("CC-BY-4.0", "no objection from this rule"),
    ]
    (missing,) = judgment.missing
    assert missing.fact == "which of the stated licenses is right"
    assert "prohibited under CC-BY-NC-4.0" in missing.consequence


def test_a_prohibition_on_one_part_only_is_open_and_asks_which_part() -> None:
    both = [reading("CC-BY-NC-4.0", COMMERCIAL, "1"), reading("CC-BY-4.0", COMMERCIAL, "2")]
    judgment = judge(rules().get(NOT_COMMERCIAL), both)
    assert judgment.outcome is Outcome.UNKNOWN
    assert [missing.fact for missing in judgment.missing] == ["which parts of it were used"]
    assert "prohibited for Part 1" in judgment.missing[0].consequence


def test_a_prohibition_on_one_of_the_parts_that_were_used_together_is_spoken() -> None:
    both = [used("CC-BY-NC-4.0", COMMERCIAL, "1"), used("CC-BY-4.0", COMMERCIAL, "2")]
    judgment = judge(rules().get(NOT_COMMERCIAL), both)
    assert judgment.outcome is Outcome.SPEAKS
    assert [(each.distribution, each.outcome) for each in judgment.readings] == [
        ("Part 1 (1)", "prohibited"),
        ("Part 2 (2)", "no objection from this rule"),
    ]


def test_a_part_that_was_used_and_whose_sources_disagree_is_open_and_only_its_licenses_are_asked_about() -> None:
    both = [
        used("CC-BY-NC-4.0", COMMERCIAL, "1"),
        used("CC-BY-4.0", COMMERCIAL, "1"),
        used("CC-BY-4.0", COMMERCIAL, "2"),
    ]
    judgment = judge(rules().get(NOT_COMMERCIAL), both)
    assert judgment.outcome is Outcome.UNKNOWN
    (missing,) = judgment.missing
    assert missing.fact == "which of the stated licenses is right"
    assert missing.consequence == ("no objection from this rule under CC-BY-4.0; prohibited under CC-BY-NC-4.0")


def test_a_part_that_was_used_and_whose_readings_are_barred_by_different_rules_is_barred_beside_an_open_part() -> None:
    closed = {"holding.kind": known("dataset"), "access.study": known("phs004225")}
    readings = [
        used("CC-BY-NC-4.0", {**COMMERCIAL, **closed}, "1"),
        used(NIH, {**COMMERCIAL, **closed}, "1"),
        used("CC-BY-4.0", {**COMMERCIAL, **closed}, "2"),
    ]
    barring = [outcomes_of(rules().get(id_), readings) for id_ in (NOT_COMMERCIAL, "nih-controlled-access")]
    barred = barred_together(barring, [each for each, _ in readings])
    assert barred == {"1"}
    assert judge(rules().get(NOT_COMMERCIAL), readings, barred=barred).outcome is Outcome.SPEAKS


def test_a_grant_counts_only_where_every_part_that_was_used_is_granted() -> None:
    both = [used("CC-BY-4.0", NONCOMMERCIAL, "1"), used(NIH, NONCOMMERCIAL, "2")]
    assert not is_granted_together([outcomes_of(rules().get(GRANT), both)], len(both))
    assert judge(rules().get(GRANT), both).outcome is Outcome.SILENT


def test_evidence_for_one_part_does_not_lift_the_prohibition_on_another_that_was_used_beside_it() -> None:
    granted = {**COMMERCIAL, "permission.grants": known("commercial-use")}
    both = [used("CC-BY-NC-4.0", granted, "1"), used("CC-BY-NC-4.0", COMMERCIAL, "2")]
    assert judge(rules().get(NOT_COMMERCIAL), both).outcome is Outcome.SPEAKS


def test_a_prohibition_under_some_readings_is_spoken_where_other_rules_bar_the_rest() -> None:
    both = [reading("CC-BY-NC-4.0", COMMERCIAL), reading(NIH, COMMERCIAL)]
    assert judge(rules().get(NOT_COMMERCIAL), both, barred=frozenset({WHICH_PART})).outcome is Outcome.SPEAKS


def test_a_grant_that_only_some_readings_give_is_no_grant() -> None:
    both = [reading("CC-BY-4.0", NONCOMMERCIAL), reading(NIH, NONCOMMERCIAL)]
    assert judge(rules().get(GRANT), both).outcome is Outcome.SILENT


def test_a_duty_under_one_reading_is_owed() -> None:
    sharing = {**NONCOMMERCIAL, "use.activity": known("redistribute-data")}
    both = [reading("CC-BY-4.0", sharing), reading(NIH, sharing)]
    assert judge(rules().get(CITE), both).outcome is Outcome.SPEAKS


def test_evidence_that_lifts_a_prohibition_for_one_part_leaves_it_open_which_was_used() -> None:
    granted = {**COMMERCIAL, "permission.grants": known("commercial-use")}
    both = [reading("CC-BY-NC-4.0", granted, "1"), reading("CC-BY-NC-4.0", COMMERCIAL, "2")]
    judgment = judge(rules().get(NOT_COMMERCIAL), both)
    assert judgment.outcome is Outcome.UNKNOWN
    assert "lifted by the evidence recorded" in judgment.missing[0].consequence


def test_evidence_that_lifts_every_reading_lifts_the_prohibition() -> None:
    granted = {**COMMERCIAL, "permission.grants": known("commercial-use")}
    both = [reading("CC-BY-NC-4.0", granted, "1"), reading("CC-BY-4.0", granted, "2")]
    assert judge(rules().get(NOT_COMMERCIAL), both).outcome is Outcome.LIFTED


def test_an_open_judgment_says_what_would_follow_from_each_value_of_the_missing_fact() -> None:
    (missing,) = judge(rules().get(NOT_COMMERCIAL), [reading("CC-BY-NC-4.0", {})]).missing
    assert missing.fact == "the purpose"
    assert missing.consequence == (
        "prohibited if the purpose is commercial; no objection from this rule if the purpose is noncommercial"
    )


def test_a_rule_that_waits_for_the_terms_of_an_unknown_license_leaves_it_to_the_finding_on_that_license() -> None:
    assert judge(rules().get("legacy-no-commercial"), [reading(LIMITED, COMMERCIAL)]).outcome is Outcome.SILENT
    assert judge(rules().get("legacy-license-not-found"), [reading(LIMITED, COMMERCIAL)]).outcome is Outcome.SPEAKS
    read = [reading(INTERNAL, COMMERCIAL)]
    unknown_license = {**read[0][1], "holding.kind": known("other")}
    assert judge(rules().get("license-terms-unknown"), [(read[0][0], unknown_license)]).outcome is Outcome.SPEAKS


def test_a_rule_that_waits_for_more_than_the_terms_of_an_unknown_license_is_open() -> None:
    judgment = judge(rules().get("legacy-no-commercial"), [reading(LIMITED, {})])
    assert judgment.outcome is Outcome.UNKNOWN
    assert "the purpose" in [missing.fact for missing in judgment.missing]


def test_a_yes_or_no_is_asked_as_a_clause() -> None:
    released = {"use.activity": known("release-model"), "release.fine_tuned": truth(False)}
    (missing,) = judge(rules().get("cc-model-release"), [reading("CC-BY-4.0", released)]).missing
    assert missing.fact == "whether a model counts as an adaptation of its data"
    assert missing.consequence.startswith("permitted by this rule either way; state it")
