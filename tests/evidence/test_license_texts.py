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
