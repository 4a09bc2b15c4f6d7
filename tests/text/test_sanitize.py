"""Text from outside, made safe to show."""

import json

import yaml
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.text.sanitize import clean, escaped, neutral, shortened, without_commands, without_commands_in_markup

HOSTILE = "a\x1b[31mb\u202ec\u200bd\x00e\u2028f"


@given(st.text("abcäß漢 .-()é\u0301", max_size=40))
def test_printable_text_stays(text: str) -> None:
    assert neutral(text) == text
    assert escaped(text) == text
    assert shortened(text, 100) == text.strip()


@given(st.text())
def test_what_is_shown_is_printable_and_cleaning_it_again_changes_nothing(text: str) -> None:
    assert all(letter.isprintable() for letter in neutral(text))
    assert neutral(neutral(text)) == neutral(text)
    assert clean(clean(text)) == clean(text)
    assert not set(clean(text)) & set("\n\r\t\x1b\u200b\u202e\ufeff\x00")


def test_what_was_there_can_be_seen() -> None:
    assert neutral(HOSTILE) == "a\ufffd[31mb\ufffdc\ufffdd\ufffde\ufffdf"
    assert neutral("a\nb\x07", keep="\n") == "a\nb\ufffd"
    assert clean(HOSTILE) == "a\ufffd[31mbcd\ufffde f"


def test_joiners_that_spelling_needs_stay() -> None:
    assert clean("\u0645\u06cc\u200c\u062e") == "\u0645\u06cc\u200c\u062e"


@given(st.text(), st.integers(1, 30))
def test_a_quotation_is_no_longer_than_allowed(text: str, longest: int) -> None:
    assert len(shortened(text, longest)) <= longest


@given(st.text(st.characters(codec="utf-8")))
def test_json_says_the_same_when_it_is_escaped(text: str) -> None:
    written = escaped(json.dumps(text, ensure_ascii=False))
    assert json.loads(written) == text
    assert yaml.safe_load(written) == text
    assert not set(written) & set("\u200b\u202e\u2028\x9b\ufeff")


def test_what_hides_a_text_in_another_goes() -> None:
    assert clean("LIDC\U000e0041\U000e0042\u3164-IDRI\U000e0100") == "LIDC-IDRI"


def test_a_name_that_is_no_utf_8_can_be_written_as_json() -> None:
    assert json.loads(escaped(json.dumps("m\udcff.tex", ensure_ascii=False)).encode("utf-8")) == "m\ufffd.tex"


def test_no_line_and_no_part_of_one_is_a_command_of_a_pipeline() -> None:
    text = "Title\n  ::error::x\na ##[add-mask]b ##vso[task.complete]c std::vector ## Heading"
    assert without_commands(text) == (
        "Title\n  \ufffd:error::x\na #\ufffd[add-mask]b #\ufffdvso[task.complete]c std::vector ## Heading"
    )
    assert without_commands_in_markup("<p>\n::a ##[b]") == "<p>\n&#58;:a #&#35;[b]"
    written = escaped(json.dumps("##vso[x]"))
    assert "##" not in written
    assert json.loads(written) == yaml.safe_load(written) == "##vso[x]"
