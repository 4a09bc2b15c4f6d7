"""The words for parts: read once, and a key that is misspelt is found."""

from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.registry.part_words import load_part_words


def test_every_word_is_written_as_it_is_compared() -> None:
    words = load_part_words()
    every = [*words.titles, *words.telling, *words.everything, *words.details, *words.stop]
    every += [*words.negations, *words.before]
    every += [word for kind in words.kinds for word in kind.words]
    assert [word for word in every if word != word.casefold() or "-" in word] == []


def test_no_word_of_a_kind_is_also_one_that_tells_nothing() -> None:
    words = load_part_words()
    nothing = {*words.everything, *words.details, *words.stop}
    assert [word for kind in words.kinds for word in kind.words if word in nothing] == []


def test_a_misspelt_key_is_refused_with_its_line(tmp_path: Path) -> None:
    text = "kinds:\n  - kind: images\n    word: [image]\n    types: [CT]\n"
    (tmp_path / "part-words.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_part_words(tmp_path)
    assert raised.value.field is not None
