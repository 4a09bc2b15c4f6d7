"""Terms in the sentences of a release that take away what its license gives."""

from dataclasses import replace

import pytest

from tcia_policy.documents.model import Manuscript, SourceLocation, TextBlock
from tcia_policy.evidence.release.narrowings import narrowings
from tcia_policy.evidence.release.said import ReleaseSaid
from tcia_policy.registry import Registry
from tcia_policy.releases.model import Release, Released, ReleaseFile, Stated, Topic

REGISTRY = Registry.load()


def found(sentence: str, license_: str = "cc-by-4.0", *, doubt: str | None = None, is_code: bool = False) -> list[str]:
    """Return where a card with a sentence below its first line takes away what its license gives."""
    stated = Stated(Topic.LICENSE, license_, "license", SourceLocation("README.md", 2))
    pieces = [("The masks of nodules.\n\n", 5), (f"{sentence}\n", 7)]
    prose = replace(TextBlock.of_pieces("README.md", pieces), doubt=doubt, is_code=is_code)
    file = ReleaseFile("README.md", "card", Released.DATA, (stated,), text=Manuscript(("README.md",), (prose,)))
    said = ReleaseSaid([Release("m", (file,))], REGISTRY)
    return [each.where for each in narrowings(said)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The masks are for non-commercial use only.",
        "For research purposes only.",
        "Use is restricted to academic institutions.",
        "Commercial users must contact us for a license.",
        "You may not modify or redistribute the masks.",
        "By downloading the masks you agree to our conditions.",
        "Access needs a signed agreement.",
        "License: https://creativecommons.org/licenses/by-nc/4.0/",
        "| License | CC BY-NC 4.0 |",
        "These masks are shared under CC BY-SA 4.0.",
        "© 2026 The authors. All rights reserved.",
        "Our masks of LIDC-IDRI are for non-commercial use only.",
    ],
)
def test_a_sentence_that_takes_something_away_is_found_with_its_line(sentence: str) -> None:
    assert found(sentence) == ["README.md:7"]


@pytest.mark.parametrize(
    ("sentence", "license_"),
    [
        ("The masks are for non-commercial use only.", "cc-by-nc-4.0"),
        ("The masks are shared under CC BY 4.0.", "cc-by-4.0"),
        ("License: CC BY 4.0", "cc-by-4.0"),
        ("The weights are not for clinical use, and must not be used for diagnosis.", "cc-by-4.0"),
        ("The NLST data are for non-commercial use only.", "cc-by-4.0"),
        ("You may not use this file except in compliance with the License.", "apache-2.0"),
        ("Copyright (c) 2026 The authors. All rights reserved.", "mit"),
        ("The network may not find nodules below 3 mm.", "mit"),
        ("We do not use contrast.", "mit"),
        ("All of it is research.", "mit"),
    ],
)
def test_what_the_license_says_itself_and_what_is_said_of_the_data_is_left(sentence: str, license_: str) -> None:
    assert found(sentence, license_) == []


def test_text_that_nobody_may_see_and_code_take_nothing_away() -> None:
    assert found("For non-commercial use only.", doubt="only if x is true") == []
    assert found("For non-commercial use only.", is_code=True) == []


def test_without_a_license_there_is_nothing_to_take_away() -> None:
    assert found("For non-commercial use only.", "nobody-knows") == []
