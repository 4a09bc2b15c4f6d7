"""The review file: read whole, with every mistake at once, each with its line and what would be right."""

from pathlib import Path

import pytest

from tcia_policy.engine.review_file import ReviewFile
from tcia_policy.errors import InputError
from tcia_policy.files.digests import digest_of_basis

DIGEST = "a" * 64
GOOD = f"""decisions:
  - kind: accept
    name: lidc
    decides: [{{id: license/lidc, digest: {DIGEST}}}]
    by: Jane Doe
    role: counsel
    on: 2026-11-10
"""


def mistakes(text: str) -> list[str]:
    with pytest.raises(InputError) as raised:
        ReviewFile.parse(text, Path("review.yaml"))
    return [str(each) for each in raised.value.mistakes]


def test_a_file_that_fits_has_the_line_of_each_decision() -> None:
    found = ReviewFile.parse(f"# ours\n{GOOD}", Path("review.yaml"))
    assert [each.name for each in found.review.decisions] == ["lidc"]
    assert found.lines == (3,)
    assert found.file == "review.yaml"


@pytest.mark.parametrize("text", ["", "decisions: []\n", "# nothing yet\n"])
def test_a_file_may_have_no_decision(text: str) -> None:
    assert ReviewFile.parse(text, Path("review.yaml")).review.decisions == ()


def test_there_may_be_no_file(tmp_path: Path) -> None:
    assert ReviewFile.beside(tmp_path / "tcia-policy.yaml") is None


def test_a_misspelled_key_has_the_keys_of_its_kind() -> None:
    (told,) = mistakes(GOOD.replace("    role: counsel", "    role: counsel\n    untill: 2027-01-01"))
    assert told.startswith("review.yaml:7: decisions[0].untill: unknown key")
    assert "did you mean 'until'?" in told


def test_a_key_of_another_kind_is_none_of_this_one() -> None:
    (told,) = mistakes(GOOD.replace("    role: counsel", "    role: counsel\n    license: CC-BY-4.0"))
    assert "decisions[0].license: unknown key" in told


def test_an_unknown_kind_has_the_one_that_is_meant() -> None:
    (told,) = mistakes(GOOD.replace("kind: accept", "kind: acept"))
    assert told.startswith("review.yaml:2: decisions[0].kind: unknown word 'acept'")
    assert "did you mean 'accept'?" in told


def test_all_mistakes_are_told_at_once() -> None:
    text = GOOD.replace("on: 2026-11-10", "on: yesterday").replace("    by: Jane Doe\n", "") + GOOD.split("\n", 1)[
        1
    ].replace(DIGEST, "abc")
    told = mistakes(text)
    assert len(told) == 3
    assert "decisions[0].by: missing" in told[0]
    assert "decisions[0].on: is not a day" in told[1]
    assert "decisions[1].decides[0].digest: is no SHA-256" in told[2]


def test_two_decisions_of_one_name_are_told_apart_by_the_reviewer() -> None:
    (told,) = mistakes(GOOD + GOOD.split("\n", 1)[1])
    assert "decisions[1].name: the name 'lidc' is given twice" in told
    assert "line 3" in told


def test_a_decision_names_what_it_decides_once() -> None:
    twice = GOOD.replace("decides: [", f"decides: [{{id: license/lidc, digest: {'b' * 64}}}, ")
    assert mistakes(twice) == [
        "review.yaml:4: decisions[0].decides[1]: the decision names license/lidc twice\n"
        "  keep the one with the digest of what was decided"
    ]


def test_a_file_that_is_named_almost_so_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "review.yml").write_text("notes: [of the journal]\n", encoding="utf-8")
    assert ReviewFile.beside(tmp_path / "tcia-policy.yaml") is None
    (tmp_path / "review.yml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(InputError, match="is not read") as raised:
        ReviewFile.beside(tmp_path / "tcia-policy.yaml")
    assert raised.value.hint == "rename it review.yaml"


def test_lines_of_then_are_what_their_digest_says() -> None:
    lines = ("images: CC-BY-3.0", "rule x")
    good = GOOD + f'bases:\n  {digest_of_basis(lines)}: ["images: CC-BY-3.0", "rule x"]\n'
    assert ReviewFile.parse(good, Path("review.yaml")).review.bases
    (told,) = mistakes(good.replace("CC-BY-3.0", "CC0-1.0"))
    assert "is not the SHA-256 of its lines" in told


@pytest.mark.parametrize(
    "text", ["- accept\n", "accept\n", "decision: []\n", "decisions: {a: b}\n", "decisions: [1]\n"]
)
def test_what_is_no_review_is_told_with_its_line(text: str) -> None:
    assert all(told.startswith("review.yaml:1: ") for told in mistakes(text))


def test_a_country_is_a_country() -> None:
    position = f"""decisions:
  - kind: position
    name: p
    decides: [{{id: positions.model-is-adaptation, digest: {DIGEST}}}]
    value: false
    jurisdiction: [EU]
    by: Jane Doe
    role: counsel
    on: 2026-11-10
    evidence: memo.pdf
"""
    (told,) = mistakes(position)
    assert "decisions[0].jurisdiction[0]" in told
