"""What a file says beside the text of a license."""

import pytest

from tcia_policy.evidence.license_texts import lines_beside, words_of


def test_a_license_without_a_known_text_has_no_words() -> None:
    assert words_of("GPL-3.0-only") is None
    assert (words_of("MIT") or "").startswith("mit license copyright c year")


@pytest.mark.parametrize(
    ("text", "license_id", "beside"),
    [
        ("* Permission is hereby granted,\n  free of charge, TO ANY PERSON\n", "MIT", []),
        ("Permission is hereby granted, free of charge,\nto any student\n", "MIT", ["to any student"]),
        # Lines in another order, and words that the text has elsewhere
        ("to any person obtaining a copy\nPermission is hereby granted", "MIT", ["permission is hereby granted"]),
        ("Permission is hereby granted\nnot", "MIT", ["not"]),
        (
            "Neither the name of the University of Somewhere nor the\nnames of its contributors may be used to endorse",
            "BSD-3-Clause",
            [],
        ),
        ("Neither the name nor the face may be used", "BSD-3-Clause", ["neither the name nor the face may be used"]),
    ],
)
def test_lines_that_are_not_of_the_text_are_beside_it(text: str, license_id: str, beside: list[str]) -> None:
    assert list(lines_beside(text, license_id)) == beside


@pytest.mark.parametrize(
    "notice",
    [
        "in those instances\nwill be considered the “Licensor.” The text of the\nCreative Commons",
        "[More considerations for licensors](http://wiki.creativecommons.org/Considerations_for_licensors).",
        "Creative Commons may be contacted at [creativecommons.org](http://creativecommons.org).",
    ],
)
def test_what_creative_commons_writes_around_its_texts_is_theirs_wherever_a_line_ends(notice: str) -> None:
    assert list(lines_beside(notice, "CC-BY-NC-4.0")) == []


def test_a_link_to_another_license_is_beside_the_text() -> None:
    line = "see [our terms](http://creativecommons.org/licenses/by-nc/4.0/)"
    assert list(lines_beside(line, "CC-BY-4.0")) == [line]
