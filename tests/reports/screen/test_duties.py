from tcia_policy.model import Assessment, DutyStatus
from tcia_policy.reports.screen.duties import duty_lines
from tcia_policy.reports.screen.painted_page import PaintedPage
from tcia_policy.reports.view import report_view
from tests.reports.assessments import SAMPLE


def told(assessment: Assessment, *, in_full: bool = False) -> str:
    return "\n".join(duty_lines(PaintedPage(), report_view(assessment).required, "Duties", in_full=in_full))


def test_duties_are_a_checklist_with_agreements_first() -> None:
    text = told(SAMPLE)
    assert "  agree\n    [ ] Have an approved data access request for TCGA-GBM\n  attribute\n    [x] Attribute" in text
    assert "  cite (5 items)\n    [?] Armato et al. 2015, https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx" in text


def test_what_one_rule_asks_of_several_holdings_is_told_once_with_its_text() -> None:
    duty = next(item for item in SAMPLE.duties if item.kind.value == "attribute").model_copy(
        update={
            "title": "Whoever shares must attribute",
            "text": "Attribute LIDC-IDRI.",
            "holdings": ("LIDC-IDRI",),
            "status": DutyStatus.UNVERIFIED,
            "evidence": None,
        }
    )
    other = duty.model_copy(update={"id": "other", "text": "Attribute TCGA-GBM.", "holdings": ("TCGA-GBM",)})
    both = SAMPLE.model_copy(update={"duties": (duty, other)})
    text = told(both)
    assert f"[?] Whoever shares must attribute: LIDC-IDRI, TCGA-GBM [{duty.rule}]" in text
    assert text.count("Attribute these data.") == 1
    in_full = told(both, in_full=True)
    assert "Attribute LIDC-IDRI." in in_full
    assert "Attribute TCGA-GBM." in in_full
