from tcia_policy.reports.screen.data import all_of, data_lines
from tcia_policy.reports.screen.painted_page import PaintedPage
from tcia_policy.reports.view import report_view
from tests.reports.assessments import SAMPLE


def test_each_data_item_has_its_licenses_its_size_its_route_and_its_verdicts() -> None:
    text = "\n".join(data_lines(PaintedPage(), report_view(SAMPLE)))
    assert "LIDC-IDRI\n  CC BY 3.0 · 1,018 series, 124.5 GB\n" in text
    assert "  conditional     publish-results, release-model" in text
    assert "  prohibited      all 4 activities" in text


def test_two_of_two_are_both() -> None:
    assert (all_of(2), all_of(5)) == ("both", "all 5")
