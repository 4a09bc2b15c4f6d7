"""Duties from notices: one for each, required or requested as the notice says, with its own source."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError
from tcia_policy.files import located_yaml
from tcia_policy.model import (
    Activity,
    Assessment,
    Authority,
    Contact,
    Dataset,
    Duty,
    DutyKind,
    Extent,
    Notice,
    NoticeKind,
    NoticeLevel,
    NoticeReference,
    Project,
    Route,
)
from tcia_policy.registry.notices import notices_on
from tcia_policy.rules.rulebook import load_rules
from tests.engine.small import dataset, holding, judge, of_elsewhere, own, part, rules, verdict_of

PUBLISH = "use: {purpose: noncommercial, activities: [analyze, publish-results], country: US}\n"
ANALYZE = "use: {purpose: noncommercial, activities: [analyze], country: US}\n"
COMMERCIAL = "use: {purpose: commercial, activities: [analyze], country: US}\n"
AERTS, UNKNOWN = "10.1038/ncomms5006", "10.1000/not-known-here"
REQUIRED, REQUESTED = NoticeLevel.REQUIRED, NoticeLevel.REQUESTED
PAGE = "https://example.org/page"


def notice(
    kind: NoticeKind, level: NoticeLevel = REQUESTED, *parts: str, url: str | None = PAGE, **fields: Any
) -> Notice:
    """Return a notice on these parts, or on the whole, with further `fields` of `Notice`."""
    said = {
        "summary": "The page asks for something.",
        "authority": Authority.OFFICIAL_STATEMENT,
        "reading": Extent.FULL,
        "as_of": date(2026, 1, 2),
        **fields,
    }
    reference = NoticeReference(title="The page", url=url)
    return Notice(kind=kind, level=level, distributions=parts or None, reference=reference, source="tcia", **said)


def noticed(*notices: Notice, id_: str = "Asking-Set", license_: str = "CC-BY-4.0") -> Dataset:
    return dataset(id_, part("1", own(license_)), part("2", own(license_)), notices=notices)


def judged(study: str, *datasets: Dataset) -> Assessment:
    return judge(study, [holding(each) for each in datasets], datasets)


def duties(assessment: Assessment, rule: str) -> list[Duty]:
    return [duty for duty in assessment.duties if duty.rule == rule]


def shipped(*names: str) -> Assessment:
    """Return the assessment of datasets of the registry that are published on."""
    text = PUBLISH + "data:\n" + "".join(f"  - dataset: {name}\n" for name in names)
    project = located_yaml.parse_text(Path("project.yaml"), text).parse(Project)
    return assess(Case.open(Study(project), CaseOptions(as_of=date(2026, 11, 22))))


def test_every_notice_makes_a_duty_of_its_own_in_our_words_and_with_its_doi() -> None:
    asking = noticed(
        notice(NoticeKind.CITATION, summary="The page asks for one.", doi=AERTS),
        notice(NoticeKind.CITATION, summary="The page asks for another.", doi=UNKNOWN),
        notice(NoticeKind.CITATION, summary="The page asks for a third without a DOI."),
    )
    found = duties(judged(PUBLISH, asking), "collection-citation")
    assert [(duty.text, duty.doi) for duty in found] == [
        (f"The page asks for one, https://doi.org/{AERTS}", AERTS),
        (f"The page asks for another, https://doi.org/{UNKNOWN}", UNKNOWN),
        ("The page asks for a third without a DOI", None),
    ]
    assert len({duty.id for duty in found}) == 3
    assert all((duty.kind, duty.cites, duty.activities) == (DutyKind.CITE, "companion", (Activity.PUBLISH_RESULTS,))
               for duty in found)  # fmt: skip


def test_a_duty_is_required_where_its_notice_requires_it_and_only_then_holds_back() -> None:
    for level in NoticeLevel:
        assessment = judged(PUBLISH, noticed(notice(NoticeKind.CITATION, level, doi=AERTS)))
        (duty,) = duties(assessment, "collection-citation")
        assert duty.required is (level is REQUIRED)
        holding_back = {rule for cell in assessment.verdicts for rule in cell.rules}
        assert ("collection-citation" in holding_back) is (level is REQUIRED)


def test_what_one_dataset_requires_and_another_requests_stays_apart_and_is_one_reference() -> None:
    assessment = judged(
        PUBLISH,
        noticed(notice(NoticeKind.CITATION, REQUESTED, doi=AERTS), id_="Polite"),
        noticed(notice(NoticeKind.CITATION, REQUIRED, doi=AERTS), id_="Strict"),
    )
    found = duties(assessment, "collection-citation")
    assert {(duty.required, duty.holdings) for duty in found} == {(False, ("Polite",)), (True, ("Strict",))}
    assert len({duty.id for duty in found}) == 2
    (owed,) = [item for item in assessment.citations if item.citation.doi == AERTS]
    assert (owed.required, owed.role, set(owed.holdings)) == (True, "companion", {"Polite", "Strict"})


def test_what_two_datasets_request_is_one_duty_with_the_sources_of_both() -> None:
    assessment = judged(
        PUBLISH,
        noticed(notice(NoticeKind.CITATION, doi=AERTS, url="https://example.org/one"), id_="One"),
        noticed(notice(NoticeKind.CITATION, doi=AERTS, url="https://example.org/two"), id_="Two"),
    )
    (duty,) = duties(assessment, "collection-citation")
    assert duty.holdings == ("One", "Two")
    assert [source.url for source in duty.references] == ["https://example.org/one", "https://example.org/two"]


def test_only_a_paper_that_is_known_in_full_becomes_a_reference() -> None:
    asking = noticed(notice(NoticeKind.CITATION, doi=AERTS), notice(NoticeKind.CITATION, doi=UNKNOWN))
    dois = {item.citation.doi for item in judged(PUBLISH, asking).citations}
    assert AERTS in dois
    assert UNKNOWN not in dois


def test_a_duty_shows_the_page_it_is_from_its_day_and_whose_word_it_is() -> None:
    asking = noticed(notice(NoticeKind.CITATION, REQUIRED, authority=Authority.THIRD_PARTY_COPY, url=None))
    (duty,) = duties(judged(PUBLISH, asking), "collection-citation")
    (source,) = duty.references
    assert (source.title, source.url, source.standing) == ("The page", None, "third party copy")
    assert source.published == date(2026, 1, 2)
    assert duty.required


def test_a_duty_rests_on_its_rule_where_the_notice_names_no_page() -> None:
    asking = noticed(notice(NoticeKind.CITATION).model_copy(update={"reference": None}))
    (duty,) = duties(judged(PUBLISH, asking), "collection-citation")
    assert duty.references == rules().get("collection-citation").references


def test_an_acknowledgement_carries_the_wording_to_print() -> None:
    asking = noticed(notice(NoticeKind.ACKNOWLEDGEMENT, quote="We thank the givers."))
    (duty,) = duties(judged(PUBLISH, asking), "collection-acknowledgement")
    assert (duty.kind, duty.wordings, duty.required) == (DutyKind.ACKNOWLEDGE, ("We thank the givers.",), False)


def test_nothing_is_owed_before_anything_is_published() -> None:
    asking = noticed(notice(NoticeKind.CITATION, REQUIRED, doi=AERTS), notice(NoticeKind.ACKNOWLEDGEMENT, REQUIRED))
    assessment = judged(ANALYZE, asking)
    assert not [duty for duty in assessment.duties if duty.rule.startswith("collection-")]


@pytest.mark.parametrize(("held", "owed"), [(("1",), True), (("2",), False), ((), True)])
def test_a_notice_on_a_part_binds_who_has_or_may_have_that_part(held: tuple[str, ...], owed: bool) -> None:
    asking = noticed(notice(NoticeKind.CITATION, REQUIRED, "1", doi=AERTS))
    assessment = judge(PUBLISH, [holding(asking, *held)], [asking])
    assert bool(duties(assessment, "collection-citation")) is owed


def test_a_notice_on_parts_does_not_bind_who_has_others_beside_one_that_does() -> None:
    asking = noticed(
        notice(NoticeKind.CITATION, REQUIRED, "1", doi=AERTS),
        notice(NoticeKind.CITATION, REQUIRED, "2", doi=UNKNOWN),
    )
    (duty,) = duties(judge(PUBLISH, [holding(asking, "2")], [asking]), "collection-citation")
    assert duty.doi == UNKNOWN


def test_a_part_that_the_registry_does_not_have_is_bound_by_notices_on_the_whole_only() -> None:
    asking = noticed(notice(NoticeKind.CITATION, REQUIRED, doi=AERTS), notice(NoticeKind.CITATION, REQUIRED, "1"))
    (duty,) = duties(judge(PUBLISH, [of_elsewhere(asking, Route.PDC)], [asking]), "collection-citation")
    assert duty.doi == AERTS
    assert notices_on(asking, NoticeKind.CITATION, ()) == (asking.notices[0],)


def test_a_contact_of_a_dataset_is_asked_for_and_names_only_its_own_people() -> None:
    eve = Contact(name="Eve", email="eve@example.org", source="tcia")
    asking = noticed(notice(NoticeKind.CONTACT, contacts=(eve,)), notice(NoticeKind.CONTACT, summary="A forum."))
    found = duties(judged(ANALYZE, asking), "collection-contact")
    assert [(duty.kind, duty.required, duty.contacts) for duty in found] == [
        (DutyKind.CONTACT, False, (eve,)),
        (DutyKind.CONTACT, False, ()),
    ]


def test_a_page_that_says_noncommercial_bars_commercial_use_whatever_the_license_label_says() -> None:
    stated = noticed(notice(NoticeKind.NONCOMMERCIAL_STATEMENT, REQUIRED, summary="The page says so."))
    assessment = judged(COMMERCIAL, stated)
    assert verdict_of(assessment, "analyze") == "prohibited"
    (finding,) = [each for each in assessment.findings if each.rule == "collection-noncommercial-statement"]
    assert finding.because.startswith("The page says so. That stands")
    assert verdict_of(judged(ANALYZE, stated), "analyze") != "prohibited"


def test_what_is_said_of_open_and_closed_parts_is_a_note_in_its_own_words() -> None:
    said = noticed(notice(NoticeKind.ACCESS, REQUIRED, "1", summary="Part 1 was opened."))
    (finding,) = [each for each in judged(ANALYZE, said).findings if each.rule == "collection-access"]
    assert (finding.verdict, finding.because) == (None, "Part 1 was opened.")
    other_part = judge(ANALYZE, [holding(said, "2")], [said])
    assert not [each for each in other_part.findings if each.rule == "collection-access"]


def test_lidc_asks_for_its_acknowledgement_and_its_paper_and_requires_neither() -> None:
    assessment = shipped("LIDC-IDRI")
    (thanks,) = duties(assessment, "collection-acknowledgement")
    assert thanks.wordings[0].startswith("The authors acknowledge the National Cancer Institute and the Foundation for")
    (paper,) = duties(assessment, "collection-citation")
    assert paper.doi == "10.1118/1.3528204"
    assert not thanks.required
    assert not paper.required


def test_the_whole_cohort_of_ispy2_brings_the_data_citation_of_acrin_6698() -> None:
    assessment = shipped("ISPY2")
    (owed,) = [item for item in assessment.citations if item.role == "companion"]
    assert (owed.citation.doi, owed.required) == ("10.7937/tcia.kk02-6d95", True)
    held_too = shipped("ISPY2", "ACRIN-6698")
    (owed,) = [item for item in held_too.citations if item.citation.doi == "10.7937/tcia.kk02-6d95"]
    assert owed.role == "dataset"


def test_who_holds_other_data_owes_none_of_what_single_datasets_ask_for() -> None:
    assessment = shipped("CMB-CRC", "TCGA-KIRC", "BraTS-Africa")
    assert not [duty for duty in assessment.duties if duty.rule.startswith("collection-")]


@pytest.mark.parametrize(
    ("duty", "problem"),
    [
        ("{kind: cite, text: '{notice.summary}', from_notices: citation, required: false}", "leave `required` out"),
        ("{kind: cite, text: '{notice.summary}', from_notices: citation, wordings: [x]}", "leave `wordings` out"),
        ("{kind: cite, text: 'Cite it', from_notices: citation}", "a text with {notice.summary}"),
        ("{kind: cite, text: '{notice.summary}'}", "`from_notices` and a text with"),
        ("{kind: cite, text: '{notice.summary}', from_notices: citations}", "from_notices"),
    ],
)
def test_a_rule_that_says_what_the_notice_says_is_refused(tmp_path: Path, duty: str, problem: str) -> None:
    text = f"""
policy: {{id: house, title: House, url: https://example.org, as_of: 2026-01-01}}
rules:
  - id: house-notices
    title: Notices
    applies_to: {{notice.kinds: citation}}
    duty: {duty}
    because: So it is.
    reference: {{title: House, url: https://example.org}}
    examples:
      - {{given: {{notice.kinds: citation}}, expect: owed}}
      - {{given: {{notice.kinds: copyright}}, expect: silent}}
"""
    (tmp_path / "house.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_rules(tmp_path)
    assert problem in str(caught.value)


def test_a_rule_rests_on_a_document_that_has_an_address(tmp_path: Path) -> None:
    text = """
policy: {id: house, title: House, url: https://example.org, as_of: 2026-01-01}
rules:
  - id: house-note
    title: A note
    note: true
    because: So it is.
    reference: {title: Hearsay}
    examples: [{given: {}, expect: note}, {given: {dataset.id: x}, expect: note}]
"""
    (tmp_path / "house.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="every reference of a rule needs a `url`"):
        load_rules(tmp_path)
