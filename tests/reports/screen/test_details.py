from tcia_policy.model import Assessment, EvidenceSeen, Finding
from tcia_policy.reports.detail import Detail
from tcia_policy.reports.screen.details import details
from tcia_policy.reports.screen.painted_page import PaintedPage
from tests.reports.assessments import CLEAR, SAMPLE


def told(assessment: Assessment, detail: Detail = Detail.MORE) -> str:
    return "\n\n".join("\n".join(block) for block in details(PaintedPage(), assessment, detail))


def test_rules_that_grant_are_named_once_with_their_source() -> None:
    twice: list[Finding] = [item.model_copy(update={"holding": "TCGA-GBM"}) for item in CLEAR.findings]
    text = told(SAMPLE.model_copy(update={"findings": (*CLEAR.findings, *twice)}))
    assert text.count("[cc-grants]") == 1
    assert "CC BY 3.0 legal code, 3 (instrument)" in " ".join(text.split())


def test_more_is_duties_notices_and_grants_and_all_is_every_finding() -> None:
    assert "prohibited: A NonCommercial license" not in told(SAMPLE)
    assert "prohibited: A NonCommercial license" in told(SAMPLE, Detail.ALL)


def test_evidence_is_told_with_its_document_and_what_speaks_against_it() -> None:
    seen = EvidenceSeen(field="permissions[0]", line=4, text="a grant", document="g.pdf", problem="is not there")
    text = told(SAMPLE.model_copy(update={"evidence": (seen,)}), Detail.ALL)
    assert "  - a grant (permissions[0], line 4): g.pdf; does not count: is not there" in text
