"""A decision goes stale exactly where the substance of what was decided changed."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tcia_policy.engine.case import Case
from tcia_policy.model import Reference
from tcia_policy.rules.conditions import parse_condition
from tests.engine.asking import DAY
from tests.engine.deciding import NOTHING, Change, case_of, change, digests, with_claims, with_rule, with_rules

STUDY = """
title: A study
use:
  activities: [publish-results, release-model]
  outputs: [{kind: model, license: Apache-2.0, trained_on: [lidc, nsclc]}]
data:
  - {id: lidc, dataset: LIDC-IDRI}
  - {id: nsclc, dataset: NSCLC-Radiomics}
  - {id: copy, dataset: QIN-HEADNECK, obtained_from: kaggle}
"""
GRANT = """
permissions:
  - {dataset: NSCLC-Radiomics, grants: commercial-use, from: Hugo Aerts, on: 2026-04-01, evidence: grant.txt}
"""
REFERENCE = Reference.model_validate(
    {
        "title": "Another page",
        "url": "https://example.org/",
        "authority": "official-statement",
        "reading": "full",
        "retrieved": "2026-11-01",
    }
)


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of(STUDY)


@pytest.fixture(scope="module")
def before(case: Case) -> dict[str, str]:
    return digests(case)


def of(before: dict[str, str], *words: str) -> frozenset[str]:
    """Return the ids that have one of the words between slashes, or are it."""
    return frozenset(id_ for id_ in before if not set(words).isdisjoint((id_, *id_.split("/"))))


def test_the_wording_of_a_rule_changes_nothing(case: Case, before: dict[str, str]) -> None:
    words = {"title": "Other words", "because": "For another reason.", "remedy": "Do that.", "question": "What now?"}
    for rule in {id_.partition("/")[0] for id_ in before if "/" in id_} & {rule.id for rule in case.rules.rules}:
        assert change(before, digests(with_rule(case, rule, **words, reference=REFERENCE))) == NOTHING, rule


def test_another_condition_of_a_rule_changes_what_it_decides_and_nothing_else(
    case: Case, before: dict[str, str]
) -> None:
    narrower = parse_condition({"use.purpose": "commercial", "not": {"use.country": "FR"}})
    found = change(before, digests(with_rule(case, "cc-noncommercial", when=narrower)))
    assert found.stale
    assert found.stale == of(before, "cc-noncommercial")
    assert not found.gone


def test_a_rule_that_is_added_or_taken_away_changes_no_other(case: Case, before: dict[str, str]) -> None:
    rules = case.rules.rules
    found = change(before, digests(with_rules(case, *(rule for rule in rules if rule.id != "cc-noncommercial"))))
    assert found == Change(frozenset(), of(before, "cc-noncommercial"), frozenset())
    first = case.rules.get("cc-noncommercial")
    twin = replace(first, text=first.text.model_copy(update={"id": "twin-of-noncommercial"}))
    found = change(before, digests(with_rules(case, *rules, twin)))
    assert not found.stale
    assert not found.gone
    assert all(id_.startswith("twin-of-noncommercial/") for id_ in found.new)


def test_rules_in_another_order_change_nothing(case: Case, before: dict[str, str]) -> None:
    assert change(before, digests(with_rules(case, *reversed(case.rules.rules)))) == NOTHING


def test_another_license_of_an_item_changes_what_is_decided_on_that_item(case: Case, before: dict[str, str]) -> None:
    found = change(before, digests(with_claims(case, "NSCLC-Radiomics", license="CC-BY-NC-4.0")))
    on_item = frozenset(id_ for id_ in before if "/nsclc/" in f"{id_}/")
    assert found.stale == on_item - found.gone
    assert found.gone <= on_item | frozenset(id_ for id_ in before if "NSCLC-Radiomics" in id_)


def test_a_duty_that_names_a_license_goes_stale_with_it_and_one_that_does_not_holds() -> None:
    text = STUDY.replace("[publish-results,", "[redistribute-data,")
    case = case_of(text)
    found = change(digests(case), digests(with_claims(case, "NSCLC-Radiomics", license="CC-BY-NC-4.0")))
    assert "cc-attribution:NSCLC-Radiomics" in found.stale
    assert not {"cc-attribution:LIDC-IDRI", "cc-no-endorsement:all", "tcia-no-reidentification:all"} & found.stale
    assert all("nsclc" in id_ or "NSCLC" in id_ or id_.endswith(("-3:all", "-4:all")) for id_ in found.stale)


def test_the_same_claims_read_on_a_later_day_change_nothing(case: Case, before: dict[str, str]) -> None:
    later = {"as_of": date(2026, 11, 20), "stated_as": "spelled otherwise"}
    assert change(before, digests(with_claims(case, "NSCLC-Radiomics", **later))) == NOTHING
    assert (
        change(before, digests(replace(case, versions=case.versions.model_copy(update={"program": "99"})))) == NOTHING
    )


@pytest.mark.parametrize("days", [1, 30])
def test_a_later_day_changes_nothing(before: dict[str, str], days: int) -> None:
    assert change(before, digests(case_of(STUDY, DAY + timedelta(days=days)))) == NOTHING


def test_another_document_changes_what_rests_on_it(tmp_path: Path) -> None:
    document = tmp_path / "grant.txt"
    document.write_text("We grant it.", encoding="utf-8")
    text = f"{STUDY}{GRANT}".replace("use:", "use:\n  purpose: commercial", 1)
    before = digests(case_of(text, folder=tmp_path))
    document.write_text("We grant it for a year.", encoding="utf-8")
    found = change(before, digests(case_of(text, folder=tmp_path)))
    assert found.stale
    assert all("nsclc" in id_ or "grant" in id_ for id_ in found.stale)
    assert not found.gone
    assert not found.new


def test_another_purpose_changes_what_waited_for_it(before: dict[str, str]) -> None:
    stated = digests(case_of(STUDY.replace("use:", "use:\n  purpose: commercial", 1)))
    found = change(before, stated)
    assert "use.purpose" in found.gone
    assert "cc-noncommercial/nsclc/release-model" in found.stale
    assert found.stale == {id_ for id_ in found.stale if "commercial" in id_}


def test_another_country_changes_a_position_and_nothing_that_does_not_ask_for_it(before: dict[str, str]) -> None:
    found = change(before, digests(case_of(STUDY.replace("use:", "use:\n  country: FR", 1))))
    assert "positions.model-is-adaptation" in found.stale
    assert not of(before, "cc-noncommercial", "use.purpose") & found.stale


def test_another_license_of_an_output_is_another_matter(before: dict[str, str]) -> None:
    found = change(before, digests(case_of(STUDY.replace("Apache-2.0", "MIT"))))
    assert not found.stale
    assert found.gone
    assert all(id_.endswith("model=Apache-2.0") for id_ in found.gone)
    assert {id_.replace("=MIT", "=Apache-2.0") for id_ in found.new} == found.gone


def test_an_item_that_is_added_is_new_and_what_was_decided_on_others_holds(before: dict[str, str]) -> None:
    more = STUDY.replace("[lidc, nsclc]", "[lidc, nsclc, more]") + "  - {id: more, dataset: CPTAC-LUAD}\n"
    found = change(before, digests(case_of(more)))
    assert not found.gone
    assert all(":" in id_ for id_ in found.stale), "only duties that are owed for it, too"
    assert all("more" in id_.split("/") or "CPTAC" in id_ or ":" in id_ for id_ in found.new)


def test_an_activity_that_is_added_is_new_and_what_was_decided_on_others_holds(before: dict[str, str]) -> None:
    found = change(before, digests(case_of(STUDY.replace("[publish-results,", "[publish-results, redistribute-data,"))))
    assert not found.gone
    assert not found.stale
    assert any(id_.endswith("/redistribute-data") for id_ in found.new)


def test_a_part_that_is_added_is_new_and_what_was_decided_on_others_holds() -> None:
    outcomes = "Oropharyngeal-Radiomics-Outcomes Clinical Data"
    text = "use: {activities: [release-model], purpose: commercial, outputs: [{kind: model, license: MIT}]}\n"
    before, after = (
        digests(case_of(f"{text}data: [{{id: hnscc, dataset: HNSCC, distributions: {parts}}}]\n"))
        for parts in (f"['{outcomes}', '42477']", f"['{outcomes}', '42477', '45785']")
    )
    found = change(before, after)
    assert not found.gone
    assert all(":" in id_ for id_ in found.stale), "only duties that are owed for the whole item"
    assert all(id_.endswith("45785") or "-45785/" in id_ for id_ in found.new)
    assert found.new


def test_another_id_of_an_item_is_another_matter(before: dict[str, str]) -> None:
    found = change(before, digests(case_of(STUDY.replace("nsclc", "lungs"))))
    assert not found.stale
    assert found.gone == of(before, "nsclc") == {id_.replace("lungs", "nsclc") for id_ in found.new}


def test_a_duty_that_is_not_met_is_the_same_whatever_the_manuscript_says(tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    text = f"{STUDY}manuscript: [paper.md]\n"
    paper.write_text("# On lungs\n\nWe used LIDC-IDRI, NSCLC-Radiomics and QIN-HEADNECK.\n", encoding="utf-8")
    before = digests(case_of(text, folder=tmp_path))
    paper.write_text("# Lungs\n\nData were QIN-HEADNECK, NSCLC-Radiomics and LIDC-IDRI.\n", encoding="utf-8")
    assert change(before, digests(case_of(text, folder=tmp_path))) == NOTHING
    assert any(id_.startswith("tcia-cite-dataset:") for id_ in before)


def test_a_duty_that_nobody_looked_for_is_another_once_it_is_looked_for_and_missing(tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text("# On lungs\n\nWe used LIDC-IDRI.\n", encoding="utf-8")
    before = digests(case_of(STUDY, folder=tmp_path))
    found = change(before, digests(case_of(f"{STUDY}manuscript: [paper.md]\n", folder=tmp_path)))
    printed = ("tcia-cite-", "tcia-acknowledge:", "nih-cite-")
    assert found.stale == {id_ for id_ in before if id_.startswith(printed)}
