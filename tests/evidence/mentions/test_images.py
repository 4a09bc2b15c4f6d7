"""Words for images and for work on data beside a name."""

import pytest

from tcia_policy.evidence.mentions.images import images_after, images_from, images_of, work_on


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        (" CT scans were read", True),
        (" low-dose chest CTs", True),
        (" participants' low-dose CTs", True),
        ("'s whole-slide images", True),
        (" [4] annotations", True),
        (" showed a benefit of CT scans", False),
        (" trial", False),
        (" participants were randomized", False),
        ("", False),
    ],
)
def test_images_follow_a_name(behind: str, expected: bool) -> None:
    assert images_after(f"the NLST{behind}", len("the NLST")) == expected


def test_those_who_were_imaged_count_where_no_trial_has_the_name() -> None:
    assert images_after("LIDC subjects", 4, also_cases=True)
    assert not images_after("NLST subjects", 4)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("We took scans from the ", True),
        ("Images were downloaded from ", True),
        ("nodules from ", True),
        ("patients from the ", False),
        ("Results from the ", False),
    ],
)
def test_images_are_from_a_name(before: str, expected: bool) -> None:
    assert images_from(f"{before}NLST", len(before)) == expected


def test_images_are_of_a_name() -> None:
    assert images_of("Slides of the CATCH", len("Slides of the "))
    assert not images_of("The design of the CATCH", len("The design of the "))


@pytest.mark.parametrize(
    ("before", "behind", "expected"),
    [
        ("The model was trained on ", " and tuned", True),
        ("Results on ", " [3]", True),
        ("fine-tuned using ", ".", True),
        ("The model was trained on ", " of 50 patients", False),
        ("Guidelines based on ", ".", False),
    ],
)
def test_a_model_is_trained_on_a_name_alone(before: str, behind: str, expected: bool) -> None:
    name = "Pancreas-CT"
    assert work_on(f"{before}{name}{behind}", len(before), len(before) + len(name)) == expected
