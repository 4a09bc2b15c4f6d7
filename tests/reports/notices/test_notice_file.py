"""`NOTICE`: under which terms each thing stands, and never a clearance that is none."""

import pytest

from tcia_policy.reports.notices.context import NoticeContext
from tcia_policy.reports.notices.notice_file import WIDTH, render_notice
from tests.reports.notices.studies import NONCOMMERCIAL, using

NOT_CLEARED = "*** NOT CLEARED FOR RELEASE ***"


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def test_the_licence_of_an_output_covers_the_own_contribution_only() -> None:
    text = render_notice(NoticeContext.of(using("- {collection: LIDC-IDRI, distributions: [images]}")))
    assert NOT_CLEARED not in text
    said = unwrapped(text)
    assert "License of the authors' own contribution: Apache-2.0" in said
    assert "covers what its authors contributed and nothing else" in said
    assert "License (Images): Creative Commons Attribution 3.0 Unported (CC BY 3.0)" in said


def test_noncommercial_data_are_named_as_such() -> None:
    assert "NONCOMMERCIAL" not in render_notice(NoticeContext.of(using("- {collection: LIDC-IDRI}")))
    text = render_notice(NoticeContext.of(using("- {collection: LIDC-IDRI}\n- {collection: NSCLC-Radiomics}")))
    named = text.partition("NONCOMMERCIAL DATA")[2]
    assert "- NSCLC-Radiomics" in named
    assert "- LIDC-IDRI" not in named


def test_of_controlled_data_nothing_may_be_passed_on() -> None:
    text = render_notice(NoticeContext.of(using("- {collection: TCGA-GBM}")))
    assert "Nothing of them may be passed on" in unwrapped(text)
    assert "- TCGA-GBM: Images" in text


@pytest.mark.parametrize(
    ("data", "rest"),
    [
        ("- {collection: TCGA-GBM}", NONCOMMERCIAL),
        ("- {collection: NSCLC-Radiomics}", NONCOMMERCIAL.replace("noncommercial", "commercial")),
        ("- {collection: LIDC-IDRI}", NONCOMMERCIAL.replace(", release-model", "")),
        ("- {collection: LIDC-IDRI}", NONCOMMERCIAL.replace("  activities:", "  # activities:")),
        ("- other: {name: Hospital CT}", NONCOMMERCIAL),
        ("- {series: 1.2.3.4}", NONCOMMERCIAL),
        ("- {collection: LIDC-IDRI}", NONCOMMERCIAL.partition("positions")[0]),
    ],
    ids=["controlled", "commercial", "stray-output", "no-activities", "elsewhere", "unresolved", "no-position"],
)
def test_what_the_assessment_does_not_clear_is_said_before_anything_else(data: str, rest: str) -> None:
    assessment = using(data, rest)
    text = render_notice(NoticeContext.of(assessment))
    assert assessment.exit_code != 0
    assert text.split("\n\n")[1].startswith(NOT_CLEARED)
    assert "License of the authors' own contribution: Apache-2.0 (NOT CLEARED, see above)" in unwrapped(text)


def test_why_it_is_not_cleared_is_said_by_rule() -> None:
    text = unwrapped(render_notice(NoticeContext.of(using("- {collection: TCGA-GBM}"))))
    assert (
        "TCGA-GBM: prohibited, Data under NIH controlled access need an approved request [nih-controlled-access]"
        in text
    )


def test_no_outputs_means_no_licence_is_claimed() -> None:
    text = render_notice(
        NoticeContext.of(using("- {collection: LIDC-IDRI}", "use: {purpose: noncommercial, activities: [analyze]}\n"))
    )
    assert "The project states no outputs" in text
    assert "own contribution" not in text


def test_a_permission_of_the_authors_is_not_passed_on() -> None:
    granted = (
        "permissions: [{dataset: NSCLC-Radiomics, grants: commercial-use, from: Hugo Aerts, on: 2026-04-01, to: Us, "
        "territory: worldwide, activities: [analyze, train-model, publish-results, release-model, share-derived-data], "
        "outputs: [model, segmentations, derived-images, dataset-copy], "
        "sublicensable: true, evidence: {held_by: secret drawer}}]\n"
    )
    rest = NONCOMMERCIAL.replace("noncommercial", "commercial") + granted
    text = render_notice(NoticeContext.of(using("- {collection: NSCLC-Radiomics}", rest)))
    assert "It does not pass to recipients" in unwrapped(text)
    assert "secret drawer" not in text


def test_lines_are_short_but_for_addresses() -> None:
    text = render_notice(NoticeContext.of(using("- {collection: LIDC-IDRI}\n- {collection: Phantom FDA}")))
    assert all(len(line) <= WIDTH or "https://" in line for line in text.splitlines())
    assert text.isascii() or "’" in text or "“" in text
