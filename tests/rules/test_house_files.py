"""The rules of an institution: whatever is done to their files, a prohibition stays or there is an error."""

import os
import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tcia_policy.engine.examples import load_tested_rules, said_given
from tcia_policy.errors import InputError
from tcia_policy.rules.house_files import read_house
from tcia_policy.rules.rulebook import load_rules
from tests.engine.small import licenses

POLICY = """policy:
  id: house
  title: House rules
  url: https://example.org/rules
"""
RULE = """  - id: no-products
    title: The hospital makes no products from these data
    applies_to: {license.family: creative-commons, dataset.program: CPTAC}
    when: {use.activity: use-in-product}
    verdict: prohibited
    because: The board decided so on 2026-01-01.
    remedy: Ask the board.
    reference:
      title: Minutes of the board
      url: https://example.org/minutes
      authority: instrument
      reading: full
    examples:
      - {given: {license: CC-BY-4.0, dataset.program: CPTAC, use.activity: use-in-product}, expect: prohibited}
      - {given: {license: CC-BY-4.0, dataset.program: CPTAC, use.activity: analyze}, expect: silent}
"""
TEXT = f"{POLICY}rules:\n{RULE}"
CASE = {"license": "CC-BY-4.0", "dataset.program": "CPTAC", "use.activity": "use-in-product"}


def write(folder: Path, text: str, name: str = "house.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def forbids(folder: Path) -> bool:
    """Return whether the house's rules forbid the product. Raises `InputError` where they cannot be read."""
    book = load_tested_rules(folder)
    own = [rule for rule in book.in_force(date(2026, 11, 29)) if rule.path.is_relative_to(folder)]
    return any(said_given(rule, CASE, licenses()) == "prohibited" for rule in own)


def refused(folder: Path) -> InputError:
    with pytest.raises(InputError) as raised:
        load_tested_rules(folder)
    return raised.value


@pytest.mark.parametrize(
    "name",
    [
        "house.yaml",
        "house.yml",
        "HOUSE.YAML",
        "house.Yml",
        "a b.yaml",
        ".hidden.yaml",
        "deep/er/house.yml",
        "reference/x.yaml",
    ],
)
def test_every_yaml_file_counts_in_the_folder_and_below(tmp_path: Path, name: str) -> None:
    write(tmp_path, TEXT, name)
    assert forbids(tmp_path)


@pytest.mark.parametrize("head", ["policy.yaml", "policy.yml", "Policy.YAML"])
@pytest.mark.parametrize("place", [".", "nested/house"])
def test_a_policy_of_several_topics_may_stand_at_any_depth(tmp_path: Path, head: str, place: str) -> None:
    write(tmp_path / place, f"{POLICY}topics: [products]\n", head)
    write(tmp_path / place, f"rules:\n{RULE}", "products.yml")
    assert forbids(tmp_path)


def test_other_files_may_stand_beside(tmp_path: Path) -> None:
    write(tmp_path, TEXT)
    for name in ("README.md", "minutes.txt", "house.yaml.bak", "data.json", ".gitignore", "notes/README"):
        write(tmp_path, "rules: none of these\n", name)
    assert forbids(tmp_path)


@pytest.mark.parametrize(
    ("text", "line", "field", "problem"),
    [
        (f"rules:\n{RULE}", 1, "policy", "missing"),
        (f"{POLICY}Rules:\n{RULE}", 5, "Rules", "unknown key"),
        (f"{POLICY}rule:\n{RULE}", 5, "rule", "unknown key"),
        (f"{POLICY}ruels:\n{RULE}", 5, "ruels", "unknown key"),
        (f"{POLICY}rules: true\n", 5, "rules", "is not a list"),
        (f"{POLICY}rules: {{}}\n", 5, "rules", "is not a list"),
        (f"{POLICY}rules:\n", 5, "rules", "has no rule"),
        (f"{POLICY}rules: []\n", 5, "rules", "has no rule"),
        (f"{POLICY}rules: [true]\n", 5, "rules[0]", "needs keys with values"),
        (RULE, 1, None, "needs keys with values"),
        ("true\n", 1, None, "needs keys with values"),
        ("", 1, None, "is empty"),
        ("# nothing yet\n", 1, None, "is empty"),
        (POLICY, 1, "rules", "missing"),
        (f"policy: true\nrules:\n{RULE}", 1, "policy", "needs keys with values"),
        (f"{TEXT}rules: []\n", 21, None, "the key 'rules' is given twice"),
        (f"{TEXT}comment: ours\n", 21, "comment", "unknown key"),
        (TEXT.replace("verdict: prohibited", "verdict: forbidden"), 10, "rules[0].verdict", "'forbidden'"),
        (TEXT.replace("verdict: prohibited", "Verdict: prohibited"), 10, "rules[0].Verdict", "unknown key"),
        (TEXT.replace("CPTAC, use.activity: analyze", "CPTAC, use.activity: analyse"), 20, None, "cannot be 'analyse'"),
        (TEXT.replace("CPTAC, use.activity: analyze", "CPTAC, use.actvity: analyze"), 20, None, "unknown fact"),
        (TEXT.replace("expect: silent", "expect: quiet"), 20, "rules[0].examples[1].expect", "'quiet'"),
        (TEXT.replace("given: {license: CC-BY-4.0,", "given: {license: true,"), 19, None, "a license is the id of one"),
        (TEXT.replace("program: CPTAC}\n    when", "program: CPTAX}\n    when"), 6, "examples[0]", "says 'silent'"),
        (TEXT.replace("verdict: prohibited", "verdict: permitted"), 6, "examples[0]", "says 'permitted'"),
    ],
)
def test_what_is_no_rule_file_is_an_error_with_its_line(
    tmp_path: Path, text: str, line: int, field: str | None, problem: str
) -> None:
    path = write(tmp_path, text)
    write(tmp_path, TEXT.replace("no-products", "another"), "other.yaml")
    error = refused(tmp_path)
    assert (error.file, error.line) == (path, line)
    assert problem in error.problem
    assert field is None or error.field == field


def test_a_key_that_is_nearly_right_is_suggested(tmp_path: Path) -> None:
    write(tmp_path, f"{POLICY}Rules:\n{RULE}")
    assert refused(tmp_path).hint == "did you mean 'rules'?"


def test_a_folder_without_rule_files_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "no rules yet", "README.md")
    assert refused(tmp_path).problem == "has no rule files (*.yaml, *.yml)"


def test_links_are_followed_and_their_loops_are_not(tmp_path: Path) -> None:
    house, elsewhere = tmp_path / "house", tmp_path / "elsewhere"
    write(elsewhere, TEXT)
    house.mkdir()
    (house / "linked").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(house)
    (house / "self").symlink_to(house)
    assert forbids(house)
    assert len(read_house(house).files) == 1


@pytest.mark.parametrize("target", ["gone.yaml", "broken.yaml"])
def test_a_link_that_leads_nowhere_is_an_error(tmp_path: Path, target: str) -> None:
    write(tmp_path, TEXT)
    (tmp_path / "broken.yaml").symlink_to(tmp_path / target)
    assert refused(tmp_path).file == tmp_path / "broken.yaml"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "house.yaml")
    assert refused(tmp_path).problem == "is not a regular file"


def test_a_milder_rule_than_its_example_is_refused_and_a_stricter_one_is_not(tmp_path: Path) -> None:
    write(tmp_path, TEXT.replace("expect: prohibited", "expect: undetermined"))
    assert forbids(tmp_path)


VALUES = ("true", "null", "[]", "{}", "''", "1", "[a, {b: c}]", "!!str x", "&a x", "*a", "2026-01-01", "~")
LETTERS = ("", " ", "\n", ":", "-", "#", "x", "\0", "\u2028", '"', "{", "]")
Change = Callable[[random.Random, str], str]


def _without_a_line(dice: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    del lines[dice.randrange(len(lines))]
    return "".join(lines)


def _with_a_line_twice(dice: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    number = dice.randrange(len(lines))
    return "".join([*lines[: number + 1], *lines[number:]])


def _with_another_indent(dice: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    number = dice.randrange(len(lines))
    lines[number] = dice.choice([lines[number].lstrip(), "  " + lines[number], "\t" + lines[number]])
    return "".join(lines)


def _with_another_value(dice: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    number = dice.randrange(len(lines))
    key, colon, _ = lines[number].partition(":")
    value = dice.choice(
        ["true", "null", "[]", "{}", "''", "1", "[a, {b: c}]", "!!str x", "&a x", "*a", "2026-01-01", "~"]
    )
    lines[number] = f"{key}{colon} {value}\n"
    return "".join(lines)


def _with_another_key(dice: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    number = dice.randrange(len(lines))
    key, colon, rest = lines[number].partition(":")
    lines[number] = dice.choice([key.title(), key.upper(), f"{key}s", key[:-1]]) + colon + rest
    return "".join(lines)


def _with_another_letter(dice: random.Random, text: str) -> str:
    place = dice.randrange(len(text))
    return (
        text[:place]
        + dice.choice(["", " ", "\n", ":", "-", "#", "x", "\0", "\u2028", '"', "{", "]"])
        + text[place + 1 :]
    )


CHANGES: tuple[Change, ...] = (
    _without_a_line,
    _with_a_line_twice,
    _with_another_indent,
    _with_another_value,
    _with_another_key,
    _with_another_letter,
)


def mutations(change: Change, number: int) -> Iterator[str]:
    dice = random.Random(change.__name__)  # noqa: S311 - not for secrets
    for _ in range(number):
        yield change(dice, TEXT)


@pytest.mark.parametrize("change", CHANGES, ids=[change.__name__.strip("_") for change in CHANGES])
def test_no_change_of_a_file_loses_the_prohibition_in_silence(tmp_path: Path, change: Change) -> None:
    for text in mutations(change, 60):
        write(tmp_path, text)
        try:
            kept = forbids(tmp_path)
        except InputError:
            continue
        assert kept, f"lost in silence:\n{text}"


def test_what_the_shipped_rules_say_stays_whatever_a_house_says(tmp_path: Path) -> None:
    write(tmp_path, TEXT)
    shipped = {rule.id for rule in load_rules().rules}
    assert shipped < {rule.id for rule in load_rules(house=tmp_path).rules}


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(
        tmp_path, TEXT.replace("verdict: prohibited", "verdit: prohibited").replace("expect: silent", "expect: quiet")
    )
    write(tmp_path, TEXT.replace("verdict: prohibited", "verdict: forbidden"), "other.yaml")
    error = refused(tmp_path)
    assert [(Path(str(each.file)).name, each.field) for each in error.mistakes] == [
        ("house.yaml", "rules[0].verdit"),
        ("house.yaml", "rules[0].examples[1].expect"),
        ("other.yaml", "rules[0].verdict"),
    ]
    assert "did you mean 'verdict'?" in str(error)


def test_all_keys_that_a_file_of_rules_cannot_have_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, f"{POLICY}ruels: []\nnote: ours\n")
    error = refused(tmp_path)
    assert [each.field for each in error.mistakes] == ["ruels", "note"]
    assert error.hint == "did you mean 'rules'?"
