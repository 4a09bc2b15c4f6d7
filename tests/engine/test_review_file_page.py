"""The page on decisions: its project and its review file are what the check takes, and every decision counts."""

import re
from pathlib import Path

from tcia_policy.model.decision import WaiverReason
from tcia_policy.model.decision_kinds import DecisionKind, DecisionStatus
from tests.engine.reviewed import LETTER, SHA256, judged, read

PAGE = (Path(__file__).parents[2] / "docs" / "review.md").read_text(encoding="utf-8")
PROJECT, REVIEW = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_the_decisions_on_the_page_count(tmp_path: Path) -> None:
    (tmp_path / "legal").mkdir()
    (tmp_path / "legal" / "archive.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "tcia-policy.yaml").write_text(PROJECT, encoding="utf-8")
    digests = {each.id: each.digest for each in judged(tmp_path).matters}
    text = re.sub(r"sha256: \w+\.\.\.", f"sha256: {SHA256}", REVIEW)
    text = re.sub(
        r'id: "?([^",]+)"?, digest: [^}]+', lambda found: f'id: "{found[1]}", digest: {digests[found[1]]}', text
    )
    (tmp_path / "review.yaml").write_text(text, encoding="utf-8")
    found = judged(tmp_path)
    assert {name: each.status for name, each in read(found).items()} == dict.fromkeys(
        ("ct-license", "model", "no-paper-yet"), DecisionStatus.COUNTS
    )
    assert found.verdict == "conditional"
    assert found.exit_code == 0


def test_the_page_has_every_kind_status_and_reason() -> None:
    for word in (*DecisionKind, *DecisionStatus, *WaiverReason):
        assert f"`{word.value}`" in PAGE or word is DecisionStatus.COUNTS, word
