"""What permissive and copyleft licenses say of outputs."""

import pytest

from tcia_policy.engine.open_licenses import rule_open, speaks_of_outputs
from tcia_policy.model import LicenseFamily, Positions
from tcia_policy.rules.compatibility import Nature, Ruling, load_compatibility
from tests.engine.small import licenses

CHARTS = load_compatibility()


@pytest.mark.parametrize(
    ("nature", "output", "material", "ruling"),
    [
        ("adaptation", "MIT", "GPL-3.0-only", Ruling.COPYLEFT_LOST),
        ("adaptation", "GPL-3.0-only", "GPL-3.0-or-later", Ruling.COPYLEFT_KEPT),
        ("adaptation", "MIT", "MPL-2.0", Ruling.PERHAPS_COPYLEFT),
        ("copy", "MIT", "Apache-2.0", Ruling.RELICENSED_COPY),
        ("by-position", "MIT", "CDLA-Sharing-1.0", Ruling.FREE_RESULTS),
        ("by-position", "MIT", "GPL-3.0-only", Ruling.POSITION_OPEN),
        ("adaptation", "LicenseRef-ours", "MIT", Ruling.KEEPS_NOTICES),
        ("adaptation", None, "ODbL-1.0", Ruling.COPYLEFT_NOT_STATED),
    ],
)
def test_the_license_of_the_material_decides(nature: Nature, output: str | None, material: str, ruling: Ruling) -> None:
    assert speaks_of_outputs(licenses()[material])
    assert rule_open(nature, output, licenses()[material], Positions(), CHARTS) is ruling


def test_every_copyleft_license_has_its_terms_on_outputs() -> None:
    of_family = {each.id for each in licenses().values() if each.family is LicenseFamily.COPYLEFT}
    assert of_family == {item.license for item in CHARTS.copyleft}
