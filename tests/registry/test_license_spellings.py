"""Licenses by what people write: only what a table has is recognized."""

import pytest

from tcia_policy.registry import Registry
from tcia_policy.registry.license_spellings import LicenseSpellings

SPELLINGS = LicenseSpellings(Registry.load().licenses)


@pytest.mark.parametrize(
    ("written", "license_id"),
    [
        ("https://choosealicense.com/licenses/mit/", "MIT"),
        ("https://creativecommons.org/licenses/by-nc/4.0/", "CC-BY-NC-4.0"),
        ("http://www.creativecommons.org/licenses/by-nc/4.0/legalcode", "CC-BY-NC-4.0"),
        ("https://creativecommons.org/licenses/by/4.0/deed.en", "CC-BY-4.0"),
        (" CC BY-NC 4.0 ", "CC-BY-NC-4.0"),
        ("Creative Commons Attribution Non-Commercial 4.0 International", "CC-BY-NC-4.0"),
        ("The MIT licence", "MIT"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("GPL-3.0", "GPL-3.0-only"),
        ("GPL-3.0+", "GPL-3.0-or-later"),
        ("mit or GPL-2.0", "MIT OR GPL-2.0-only"),
        ("https://spdx.org/licenses/ODbL-1.0.html", "ODbL-1.0"),
        ("odbl", "ODbL-1.0"),
        ("AGPL v3.0", "AGPL-3.0-only"),
        ("Attribution 4.0 International (CC BY 4.0)", "CC-BY-4.0"),
    ],
)
def test_a_usual_spelling_is_that_license(written: str, license_id: str) -> None:
    assert SPELLINGS.recognize(written) == license_id


@pytest.mark.parametrize(
    "written",
    [
        "https://creativecommons.org/licenses/by/3.0/us/",
        "CC BY 3.0 IGO",
        "CC-BY-3.0-DE",
        "cc-by",
        "openrail",
        "GPL",
        "Attribution 4.0 International (CC BY-NC 4.0)",
    ],
)
def test_what_is_near_a_license_is_not_that_license(written: str) -> None:
    assert SPELLINGS.one(written) is None
    assert SPELLINGS.recognize(written) == written
