"""The annex on decisions: what was decided, by whom, and on whose word."""

from pathlib import Path

from tcia_policy.reports.typeset.markdown import render_markdown
from tests.engine.reviewed import COUNSEL, DISPUTED, judged, today, write


def test_it_says_who_gave_an_answer(tmp_path: Path) -> None:
    write(tmp_path, DISPUTED)
    matters = today(tmp_path, "license/ct")
    reply = {"kind": "answer", "name": "reply", "decides": matters, "says": "permitted", "from": "The archive"}
    write(tmp_path, DISPUTED, [{**reply, **COUNSEL, "evidence": {"held_by": "Office"}}])
    annex = render_markdown(judged(tmp_path)).partition("Annex on decisions")[2]
    assert "The answer came from The archive" in annex
