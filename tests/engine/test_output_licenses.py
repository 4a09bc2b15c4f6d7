"""May this output carry this license? CC's charts cell by cell, and what must hold of every choice."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcia_policy.engine.agreements import Evidence
from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.engine.license_choices import Choice, license_choices
from tcia_policy.model import (
    Activity,
    Archive,
    Assessment,
    Holding,
    License,
    LicenseFamily,
    Output,
    OutputKind,
    Positions,
    Purpose,
    Use,
    Verdict,
    Versions,
)
from tcia_policy.rules.compatibility import Ruling, elements_of, load_compatibility
from tests.engine.small import (
    INTERNAL,
    NIH,
    NLM,
    TODAY,
    dataset,
    holding,
    known_data,
    licenses,
    other,
    own,
    part,
    project,
    rules,
)

GREEN, YELLOW, DARK = "green", "yellow", "dark"
COLUMNS = ("BY", "BY-NC", "BY-NC-ND", "BY-NC-SA", "BY-ND", "BY-SA", "CC0")
# Creative Commons, FAQ, adapter's license chart, as it stands there: rows are the material, columns the adaptation.
ADAPTERS_CHART = {
    "BY": (GREEN, GREEN, GREEN, GREEN, GREEN, GREEN, YELLOW),
    "BY-NC": (YELLOW, GREEN, GREEN, GREEN, YELLOW, YELLOW, YELLOW),
    "BY-NC-ND": (DARK,) * 7,
    "BY-NC-SA": (DARK, DARK, DARK, GREEN, DARK, DARK, DARK),
    "BY-ND": (DARK,) * 7,
    "BY-SA": (DARK, DARK, DARK, DARK, DARK, GREEN, DARK),
}
COLOR = {Verdict.PERMITTED: GREEN, Verdict.CONDITIONAL: YELLOW, Verdict.PROHIBITED: DARK}
SOFTWARE = ("MIT", "BSD-3-Clause", "Apache-2.0")
OPEN = ("MIT", "Apache-2.0", "CDLA-Sharing-1.0", "GPL-2.0-only", "GPL-3.0-or-later", "MPL-2.0", "ODbL-1.0")
INPUTS = ("CC0-1.0", *(each for each in licenses() if each.startswith("CC-")), NLM, NIH, INTERNAL, *OPEN, None)
OUTPUTS = (*load_compatibility().candidates, INTERNAL)
FEW = settings(max_examples=50, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


def of(elements: str) -> str:
    """Return the newest license of these elements."""
    return "CC0-1.0" if elements == "CC0" else f"CC-{elements}-4.0"


def case(*inputs: str | None, position: bool | None = None) -> Case:
    """Return a noncommercial study of data from elsewhere under these licenses."""
    return case_of([other(f"Set {number}", each) for number, each in enumerate(inputs)], position)


def case_of(holdings: list[Holding], position: bool | None = None) -> Case:
    stated = project("use: {purpose: noncommercial}", holdings)
    return Case(
        project=stated.model_copy(update={"positions": Positions.model_validate({"model_is_adaptation": position})}),
        holdings=tuple(holdings),
        rules=rules(),
        known=known_data(()),
        evidence=Evidence(TODAY, (), ()),
        as_of=TODAY,
        versions=Versions(program="0", rules=rules().version, registry="2026-11-22"),
    )


def choose(kind: str, license_: str | None, *inputs: str | None, position: bool | None = None) -> Choice:
    """Return what this license on an output of these inputs comes to."""
    found = license_choices(case(*inputs, position=position), OutputKind(kind)).choices
    return next(choice for choice in found if choice.license == license_)


def check(activity: Activity, stated: Case, *outputs: Output) -> Assessment:
    use = Use(purpose=Purpose.NONCOMMERCIAL, activities=(activity,), outputs=outputs or None)
    return assess(replace(stated, project=stated.project.model_copy(update={"use": use})), asking=False)


def checked(activity: str, *inputs: str | None, position: bool | None = None) -> str:
    """Return the verdict of an activity for which no output is stated."""
    (cell,) = check(Activity(activity), case(*inputs, position=position)).verdicts
    return cell.verdict.value


@pytest.mark.parametrize(
    ("material", "adaptation", "color"),
    [
        (row, column, color)
        for row, colors in ADAPTERS_CHART.items()
        for column, color in zip(COLUMNS, colors, strict=True)
    ],
)
def test_adapted_images_may_carry_what_the_adapters_chart_says(material: str, adaptation: str, color: str) -> None:
    choice = choose("derived-images", of(adaptation), of(material))
    assert COLOR[choice.verdict] == color
    assert choice.is_warned_of == (color == YELLOW)


@pytest.mark.parametrize("license_", ["CC-BY-3.0", "CC-BY-NC-3.0"])
@pytest.mark.parametrize("column", COLUMNS)
def test_the_chart_has_no_versions_for_by_and_by_nc(license_: str, column: str) -> None:
    newer = license_.replace("3.0", "4.0")
    old, new = (choose("derived-images", of(column), each) for each in (license_, newer))
    assert old.verdict is new.verdict


@pytest.mark.parametrize("elements", ["BY-SA", "BY-NC-SA"])
def test_share_alike_may_be_followed_by_a_later_version_and_never_by_an_earlier_one(elements: str) -> None:
    old, new = f"CC-{elements}-3.0", f"CC-{elements}-4.0"
    assert choose("derived-images", new, old).verdict is Verdict.PERMITTED
    assert choose("derived-images", old, new).verdict is Verdict.PROHIBITED


@pytest.mark.parametrize("kind", OutputKind)
def test_what_was_made_from_public_domain_data_may_carry_any_licence(kind: OutputKind) -> None:
    visible_human = dataset("idc-nlm-visible-human-project", part("1", own(NLM)), archive=Archive.IDC)
    library = replace(case_of([holding(visible_human)]), known=known_data([visible_human]))
    for stated in (case("CC0-1.0"), library):
        assert {choice.verdict for choice in license_choices(stated, kind).choices} == {Verdict.PERMITTED}


def test_other_data_under_nlms_terms_are_not_called_public_domain() -> None:
    choices = license_choices(case(NLM), OutputKind.DERIVED_IMAGES).choices
    assert {choice.verdict for choice in choices} == {Verdict.UNDETERMINED}


@pytest.mark.parametrize("license_", SOFTWARE)
def test_a_software_licence_on_an_adaptation_is_never_plainly_permitted(license_: str) -> None:
    for kind in ("derived-images", "segmentations", "features", "figures"):
        by = choose(kind, license_, "CC-BY-4.0")
        assert by.verdict is Verdict.CONDITIONAL
        assert {reason.rule for reason in by.reasons} == {"release-notices-travel-along", "release-software-license"}
        assert choose(kind, license_, "CC-BY-NC-4.0").verdict is Verdict.UNDETERMINED
    assert choose("derived-images", license_, "CC-BY-SA-4.0").verdict is Verdict.PROHIBITED
    assert choose("derived-images", license_, "CC-BY-ND-4.0").verdict is Verdict.PROHIBITED


@pytest.mark.parametrize("material", ["CC-BY-3.0", "CC-BY-4.0", "CC-BY-NC-4.0"])
def test_terms_that_nobody_described_are_undetermined_on_an_adaptation(material: str) -> None:
    assert choose("derived-images", "LicenseRef-proprietary", material).verdict is Verdict.UNDETERMINED
    output = Output(kind=OutputKind.SEGMENTATIONS, license="LicenseRef-nobody-knows")
    (cell,) = check(Activity.SHARE_DERIVED_DATA, case(material), output).verdicts
    assert cell.verdict is Verdict.UNDETERMINED
    assert cell.rules == ("release-license-not-described",)


@pytest.mark.parametrize("material", [each for each in INPUTS if each and each.startswith("CC-")])
def test_unchanged_copies_keep_their_licence_to_the_version(material: str) -> None:
    choices = license_choices(case(material), OutputKind.DATASET_COPY).choices
    allowed = {choice.license for choice in choices if choice.verdict is Verdict.PERMITTED}
    assert allowed == {None, material}
    assert {choice.verdict for choice in choices if choice.license not in allowed} == {Verdict.PROHIBITED}


def test_copies_of_two_datasets_have_no_licence_in_common_and_may_keep_each_its_own() -> None:
    choices = license_choices(case("CC-BY-3.0", "CC-BY-4.0"), OutputKind.DATASET_COPY).choices
    assert [choice.license for choice in choices if choice.verdict is not Verdict.PROHIBITED] == [None]
    assert choose("dataset-copy", "CC-BY-4.0", "CC-BY-3.0", "CC-BY-4.0").decided_by == ("Set 0",)


@pytest.mark.parametrize("kind", ["segmentations", "features"])
def test_whether_outlines_and_numbers_adapt_the_images_is_left_open_where_it_decides(kind: str) -> None:
    assert choose(kind, "CC-BY-4.0", "CC-BY-3.0").verdict is Verdict.PERMITTED
    assert choose(kind, "CC-BY-4.0", "CC-BY-ND-4.0").verdict is Verdict.UNDETERMINED
    assert choose(kind, "CC-BY-4.0", "CC-BY-SA-4.0").verdict is Verdict.UNDETERMINED
    assert choose(kind, "CC-BY-SA-4.0", "CC-BY-SA-4.0").verdict is Verdict.PERMITTED


@pytest.mark.parametrize("material", ["CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-SA-4.0", "CC-BY-ND-4.0"])
def test_a_model_follows_the_projects_position(material: str) -> None:
    def verdicts(kind: OutputKind, position: bool | None) -> dict[str | None, Verdict]:
        found = license_choices(case(material, position=position), kind).choices
        return {choice.license: choice.verdict for choice in found}

    assert set(verdicts(OutputKind.MODEL, False).values()) == {Verdict.PERMITTED}
    assert set(verdicts(OutputKind.MODEL, None).values()) == {Verdict.UNDETERMINED}
    assert verdicts(OutputKind.MODEL, True) == verdicts(OutputKind.DERIVED_IMAGES, True)


def test_without_a_position_both_branches_are_worked_out() -> None:
    told = {
        license_: next(
            reason.because
            for reason in choose("model", license_, "CC-BY-SA-4.0").reasons
            if reason.rule == "release-model-position-open"
        )
        for license_ in ("CC-BY-SA-4.0", "MIT")
    }
    assert (
        "if it is an adaptation, CC's chart names this license; if it is not, any license may be chosen"
        in told[of("BY-SA")]
    )
    assert "if it is an adaptation, this license is not allowed" in told["MIT"]


@pytest.mark.parametrize("other_input", ["CC-BY-NC-4.0", "CC-BY-NC-3.0", "CC-BY-NC-SA-4.0"])
def test_share_alike_and_noncommercial_data_may_not_be_merged_under_any_licence(other_input: str) -> None:
    inputs = ("CC-BY-SA-4.0", other_input)
    model = license_choices(case(*inputs, position=True), OutputKind.MODEL).choices
    assert {choice.verdict for choice in model} == {Verdict.PROHIBITED}
    images = license_choices(case(*inputs), OutputKind.DERIVED_IMAGES).choices
    assert {choice.verdict for choice in images} <= {Verdict.PROHIBITED, Verdict.UNDETERMINED}
    free = license_choices(case(*inputs, position=False), OutputKind.MODEL).choices
    assert {choice.verdict for choice in free} == {Verdict.PERMITTED}


@pytest.mark.parametrize("other_input", ["CC0-1.0", "CC-BY-3.0", "CC-BY-4.0"])
def test_share_alike_data_mix_with_freer_ones_under_their_own_licence(other_input: str) -> None:
    choices = license_choices(case("CC-BY-SA-4.0", other_input, position=True), OutputKind.MODEL).choices
    assert [choice.license for choice in choices if choice.verdict is Verdict.PERMITTED] == ["CC-BY-SA-4.0"]


def test_pictures_keep_the_licence_of_what_they_show() -> None:
    assert choose("figures", "CC-BY-3.0", "CC-BY-3.0").verdict is Verdict.PERMITTED
    marked = choose("figures", "CC-BY-4.0", "CC-BY-3.0")
    assert (marked.verdict, marked.reasons[0].rule) == (Verdict.CONDITIONAL, "release-pictures-marked")
    assert choose("figures", "CC-BY-4.0", "CC-BY-NC-4.0").is_warned_of
    for license_ in ("CC-BY-ND-4.0", "CC-BY-4.0"):
        assert choose("figures", license_, "CC-BY-ND-4.0").verdict is Verdict.UNDETERMINED
    assert choose("figures", "CC-BY-4.0", "CC-BY-SA-4.0").verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize("license_", OUTPUTS[:-1])
def test_an_article_may_carry_any_licence_and_marks_pictures_of_noncommercial_data(license_: str) -> None:
    for material in ("CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-ND-4.0"):
        assert choose("article", license_, material).verdict is Verdict.PERMITTED
    noncommercial = choose("article", license_, "CC-BY-NC-4.0")
    assert noncommercial.verdict is Verdict.CONDITIONAL
    assert [reason.rule for reason in noncommercial.reasons] == ["release-article-noncommercial"]


@pytest.mark.parametrize("material", [NIH, INTERNAL, None, "LicenseRef-proprietary"])
@pytest.mark.parametrize("kind", OutputKind)
@pytest.mark.parametrize("position", [True, False, None])
def test_inputs_under_unknown_or_controlled_terms_never_let_a_licence_through(
    material: str | None, kind: OutputKind, position: bool | None
) -> None:
    for inputs in ((material,), ("CC0-1.0", material)):
        found = license_choices(case(*inputs, position=position), kind).choices
        stated = {choice.verdict for choice in found if choice.license is not None}
        assert stated <= {Verdict.UNDETERMINED, Verdict.PROHIBITED}


def test_sources_that_disagree_are_all_heard_and_the_difference_is_left_open() -> None:
    disputed = dataset("Disputed", part("1", own("CC-BY-4.0"), own("CC-BY-SA-4.0")))
    stated = replace(case_of([holding(disputed)]), known=known_data([disputed]))
    found = {each.license: each for each in license_choices(stated, OutputKind.DERIVED_IMAGES).choices}
    assert found["CC-BY-4.0"].verdict is Verdict.UNDETERMINED
    (reason,) = [each for each in found["CC-BY-4.0"].reasons if each.rule == "release-share-alike"]
    assert {reading.license for reading in reason.readings} == {"CC-BY-4.0", "CC-BY-SA-4.0"}


def test_the_strictest_of_two_stated_licences_governs_what_is_asked() -> None:
    disputed = dataset("Disputed", part("1", own("CC-BY-4.0"), own("CC-BY-NC-4.0")))
    stated = replace(case_of([holding(disputed)]), known=known_data([disputed]))
    found = {each.license: each for each in license_choices(stated, OutputKind.SEGMENTATIONS).choices}
    assert found["CC-BY-4.0"].is_warned_of
    assert found["MIT"].verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    ("material", "activity", "position", "verdict"),
    [
        ("CC-BY-4.0", "share-derived-data", None, "conditional"),
        ("CC-BY-NC-4.0", "share-derived-data", None, "undetermined"),
        ("CC-BY-SA-4.0", "share-derived-data", None, "undetermined"),
        ("CC-BY-ND-4.0", "share-derived-data", None, "undetermined"),
        ("CC0-1.0", "share-derived-data", None, "permitted"),
        ("CC-BY-NC-4.0", "publish-figures", None, "conditional"),
        ("CC-BY-SA-4.0", "publish-figures", None, "undetermined"),
        ("CC-BY-ND-4.0", "publish-figures", None, "undetermined"),
        ("CC-BY-NC-4.0", "release-model", True, "undetermined"),
        ("CC-BY-SA-4.0", "release-model", True, "undetermined"),
        ("CC-BY-ND-4.0", "release-model", True, "prohibited"),
        ("CC-BY-NC-ND-4.0", "release-model", True, "prohibited"),
        ("CC-BY-ND-4.0", "release-model", None, "undetermined"),
        ("CC-BY-ND-4.0", "release-model", False, "permitted"),
        ("CC0-1.0", "release-model", None, "permitted"),
        ("CC-BY-ND-4.0", "redistribute-data", None, "conditional"),
        ("CC-BY-NC-SA-4.0", "host-access", None, "conditional"),
        ("CC-BY-SA-4.0", "use-in-product", None, "undetermined"),
        ("CC-BY-ND-4.0", "use-in-product", None, "undetermined"),
        ("CC-BY-ND-4.0", "train-model", None, "permitted"),
    ],
)
def test_what_follows_where_no_output_is_stated(
    material: str, activity: str, position: bool | None, verdict: str
) -> None:
    assert checked(activity, material, position=position) == verdict


@FEW
@given(st.lists(st.sampled_from(INPUTS), min_size=1, max_size=3), st.sampled_from(INPUTS), st.data())
def test_another_input_never_improves_a_licence(
    inputs: list[str | None], more: str | None, data: st.DataObject
) -> None:
    kind = data.draw(st.sampled_from(OutputKind))
    position = data.draw(st.sampled_from([True, False, None]))
    fewer = {each.license: each for each in license_choices(case(*inputs, position=position), kind).choices}
    for choice in license_choices(case(*inputs, more, position=position), kind).choices:
        before = fewer.get(choice.license)
        assert before is None or before.verdict.severity <= choice.verdict.severity


@FEW
@given(st.lists(st.sampled_from(INPUTS), min_size=1, max_size=3), st.data())
def test_no_licence_comes_out_better_than_check_has_it(inputs: list[str | None], data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(OutputKind))
    stated = case(*inputs, position=data.draw(st.sampled_from([True, False, None])))
    found = license_choices(stated, kind)
    verdicts = [choice.verdict.severity for choice in found.choices]
    assert verdicts == sorted(verdicts)
    for choice in found.choices:
        assessment = check(found.activity, stated, Output(kind=kind, license=choice.license))
        worst = max(cell.verdict.severity for cell in assessment.verdicts)
        assert choice.verdict.severity == worst or worst <= Verdict.CONDITIONAL.severity
        assert choice.verdict is Verdict.PERMITTED or choice.decided_by
        assert choice.license is None or choice.reasons


def test_one_output_under_a_wrong_licence_decides_over_another_under_a_right_one() -> None:
    right = Output(kind=OutputKind.SEGMENTATIONS, license="CC-BY-SA-4.0")
    wrong = Output(kind=OutputKind.DERIVED_IMAGES, license="CC-BY-4.0")
    (cell,) = check(Activity.SHARE_DERIVED_DATA, case("CC-BY-SA-4.0"), right, wrong).verdicts
    assert cell.verdict is Verdict.PROHIBITED
    assert cell.rules == ("release-share-alike",)


@pytest.mark.parametrize("activity", [Activity.SHARE_DERIVED_DATA, Activity.REDISTRIBUTE_DATA, Activity.HOST_ACCESS])
@pytest.mark.parametrize(
    ("kind", "material", "rule"),
    [
        ("dataset-copy", "CC-BY-3.0", "cc-copies-keep-license"),
        ("derived-images", "CC-BY-SA-4.0", "release-share-alike"),
        ("segmentations", "CC-BY-NC-4.0", "cc-noncommercial-data-license"),
    ],
)
def test_what_the_sharing_of_data_is_called_makes_no_licence_right(
    activity: Activity, kind: str, material: str, rule: str
) -> None:
    output = Output(kind=OutputKind(kind), license="MIT")
    assessment = check(activity, case(material), output)
    assert rule in {finding.rule for finding in assessment.findings}
    assert assessment.verdict.severity >= Verdict.UNDETERMINED.severity


def test_an_output_that_no_stated_activity_releases_is_not_passed_over() -> None:
    output = Output(kind=OutputKind.MODEL, license="MIT")
    assessment = check(Activity.ANALYZE, case("CC0-1.0"), output)
    assert assessment.verdict is Verdict.UNDETERMINED
    assert [finding.rule for finding in assessment.findings if finding.holding is None] == [
        "release-activity-not-stated"
    ]


def test_every_ruling_is_spoken_of_by_a_rule() -> None:
    spoken = {
        word
        for rule in rules().rules
        for test in rule.tests
        if test.fact.name == "release.ruling"
        for word in test.values
    }
    assert spoken == {ruling.value for ruling in Ruling}


def test_every_candidate_is_a_licence_and_every_cc_licence_has_its_elements() -> None:
    charts = load_compatibility()
    assert set(charts.candidates) <= set(licenses())
    by_creative_commons: list[License] = [
        each for each in licenses().values() if each.family is LicenseFamily.CREATIVE_COMMONS
    ]
    assert {elements_of(each) for each in by_creative_commons} == set(charts.adapters_chart.rows)
    current = {each.id for each in by_creative_commons if each.version == "4.0"}
    assert current - set(charts.candidates) == set()  # older ones are judged where a project states them
