"""Creative Commons' charts, and the elements by which they go."""

from pathlib import Path
from typing import get_args

import pytest

from tcia_policy.errors import InputError
from tcia_policy.files.shipped import shipped
from tcia_policy.model import OutputKind
from tcia_policy.registry.licenses import load_licenses
from tcia_policy.rules.compatibility import Elements, elements_of, load_compatibility


@pytest.mark.parametrize(
    ("license_id", "elements"),
    [
        ("CC0-1.0", "CC0"),
        ("CC-BY-4.0", "BY"),
        ("CC-BY-3.0", "BY"),
        ("CC-BY-NC-4.0", "BY-NC"),
        ("CC-BY-NC-SA-4.0", "BY-NC-SA"),
        ("CC-BY-ND-4.0", "BY-ND"),
        ("MIT", None),
        ("Apache-2.0", None),
    ],
)
def test_a_license_has_the_elements_of_its_name(license_id: str, elements: str | None) -> None:
    assert elements_of(load_licenses()[license_id]) == elements


def test_every_license_has_a_row_and_every_output_its_terms() -> None:
    charts = load_compatibility()
    assert set(charts.adapters_chart.rows) == set(get_args(Elements))
    assert set(charts.outputs) == set(OutputKind)


def test_the_order_of_two_licenses_makes_no_difference_to_whether_they_may_mix() -> None:
    charts = load_compatibility()
    assert all(
        charts.may_mix(one, two) == charts.may_mix(two, one) for one in get_args(Elements) for two in get_args(Elements)
    )
    assert not charts.may_mix("BY-SA", "BY-NC-SA")
    assert charts.may_mix("BY", "BY-NC")


def test_a_chart_without_a_row_is_refused(tmp_path: Path) -> None:
    text = (shipped("rules") / "reference" / "compatibility.yaml").read_text(encoding="utf-8")
    (tmp_path / "compatibility.yaml").write_text(text.replace("    BY-SA:", "    BY-SB:", 1), encoding="utf-8")
    with pytest.raises(InputError, match=r"compatibility\.yaml"):
        load_compatibility(tmp_path)
