"""The review file: what is written is read back, and nothing that was there is lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.errors import InputError
from tcia_policy.files.digests import digest_of_text
from tcia_policy.model.decision import Decision, Review
from tcia_policy.review.write_review import reviewed_in, with_decisions, written

FILE = Path("review.yaml")
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


def decision(name: str, **more: object) -> Decision:
    about = {"name": name, "kind": "accept", "by": "Rita", "role": "counsel", "on": "2026-11-22"}
    decides = [{"id": "license/lidc", "digest": digest_of_text("lidc")}]
    return Review.model_validate({"decisions": [{**about, "decides": decides, **more}]}).decisions[0]


def read(content: bytes, tmp_path: Path) -> Review:
    path = tmp_path / "review.yaml"
    path.write_bytes(content)
    return reviewed_in(path)[1]


def test_a_new_file_says_what_it_is_and_names_no_path(tmp_path: Path) -> None:
    content = with_decisions(None, [decision("a")], {}, FILE)
    assert content.startswith(b"# What reviewers decided on this project")
    assert b"file:" not in content
    assert read(content, tmp_path) == Review(decisions=(decision("a"),))


def test_name_and_kind_come_first_and_the_reason_last() -> None:
    keys = list(written(decision("a", reason="So it is.", until="2027-01-01")))
    assert keys == ["name", "kind", "until", "decides", "by", "role", "on", "reason"]


def test_the_lines_that_a_decision_rests_on_are_kept_once(tmp_path: Path) -> None:
    bases = {digest_of_text("lidc"): ("lidc",)}
    one = with_decisions(None, [decision("a")], bases, FILE)
    two = with_decisions(one, [decision("b")], bases, FILE)
    assert two.count(b"- lidc") == 1
    assert read(two, tmp_path) == Review(decisions=(decision("a"), decision("b")), bases=bases)


def test_a_name_that_is_taken_is_refused() -> None:
    one = with_decisions(None, [decision("a")], {}, FILE)
    with pytest.raises(InputError, match="has a decision 'a' already"):
        with_decisions(one, [decision("a")], {}, FILE)


def test_what_is_no_review_file_is_not_added_to() -> None:
    with pytest.raises(InputError, match=r"review\.yaml"):
        with_decisions(b"decisions:\n  - nothing\n", [decision("a")], {}, FILE)
    with pytest.raises(InputError, match="is not UTF-8"):
        with_decisions(b"# \xff\n", [decision("a")], {}, FILE)


@given(st.lists(TEXT, min_size=1, max_size=3), TEXT, st.lists(TEXT, max_size=2))
def test_what_is_written_is_read_back(reasons: list[str], by: str, lines: list[str]) -> None:
    content, decisions = None, []
    bases = {digest_of_text(line): (line,) for line in lines}
    for number, reason in enumerate(reasons):
        decisions.append(decision(f"d{number}", reason=reason, by=by))
        content = with_decisions(content, decisions[-1:], bases, FILE)
    assert content is not None
    assert with_decisions(content, [], {}, FILE) == content
