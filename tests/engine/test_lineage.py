"""What the sources of a derived dataset are under, and where that is told or judged."""

from collections.abc import Sequence

import pytest

from tcia_policy.model import Assessment, Dataset
from tests.engine.small import NIH, cells, dataset, holding, judge, own, part

SHUT = dataset("Shut", part("1", own("CC-BY-NC-4.0")))
CLOSED = dataset("Closed", part("1", own(NIH)))
SHARED = dataset("Shared", part("1", own("CC-BY-SA-4.0")))
FREE = dataset("Free", part("1", own("CC-BY-4.0")))
COMMERCIAL = "use: {purpose: commercial, activities: [use-in-product], country: US}"
RESEARCH = "use: {purpose: noncommercial, activities: [analyze], country: US}"


def derived(types: Sequence[str], *sources: Dataset, license_: str = "CC-BY-4.0") -> Dataset:
    made = part("1", own(license_)).model_copy(update={"data_types": tuple(types)})
    return dataset("Made", made, derived_from=[each.id for each in sources])


def judged(study: str, made: Dataset, *sources: Dataset) -> Assessment:
    return judge(study, [holding(made)], [made, *sources])


def said(found: Assessment) -> dict[str, str]:
    return {finding.rule: finding.because for finding in found.findings if finding.rule.startswith("sources-")}


def test_a_product_is_told_which_sources_are_noncommercial_and_which_controlled() -> None:
    found = judged(COMMERCIAL, derived(["SEG"], SHUT, CLOSED, FREE), SHUT, CLOSED, FREE)
    texts = said(found)
    assert set(texts) == {"sources-noncommercial", "sources-controlled"}
    assert "was made from Shut," in texts["sources-noncommercial"]
    assert "was made from Closed," in texts["sources-controlled"]
    assert set(cells(found).values()) == {"conditional"}


def test_research_is_told_nothing() -> None:
    assert said(judged(RESEARCH, derived(["CT"], SHUT, CLOSED, SHARED), SHUT, CLOSED, SHARED)) == {}


@pytest.mark.parametrize(
    ("types", "verdict"), [(["CT"], "undetermined"), (["RTSTRUCT", "SEG"], "conditional"), ([], "undetermined")]
)
def test_images_made_from_noncommercial_sources_leave_a_commercial_purpose_open(types: list[str], verdict: str) -> None:
    assert set(cells(judged(COMMERCIAL, derived(types, SHUT), SHUT)).values()) == {verdict}


def test_sources_that_share_alike_leave_another_license_open() -> None:
    assert set(cells(judged(COMMERCIAL, derived(["SEG"], SHARED), SHARED)).values()) == {"undetermined"}
    kept = said(judged(COMMERCIAL, derived(["SEG"], SHARED, license_="CC-BY-SA-4.0"), SHARED))
    assert "sources-share-alike" not in kept


def test_a_source_that_the_registry_does_not_have_says_nothing() -> None:
    assert said(judged(COMMERCIAL, derived(["CT"], SHUT))) == {}
