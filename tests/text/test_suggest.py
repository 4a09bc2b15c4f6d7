"""Did you mean ...?"""

from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.text.suggest import did_you_mean, nearest, similar

NAMES = ("LIDC-IDRI", "NSCLC-Radiomics", "NLST", "TCGA-GBM")


def test_the_likest_comes_first_whatever_the_case() -> None:
    assert similar("lidc", NAMES)[0] == "LIDC-IDRI"
    assert did_you_mean(similar("lidc idri", NAMES, most=1)) == "did you mean 'LIDC-IDRI'?"


def test_what_is_like_nothing_suggests_nothing() -> None:
    assert similar("zzzzzz", NAMES) == []
    assert did_you_mean([]) == ""
    assert did_you_mean(["a", "b", "c"]) == "did you mean 'a', 'b' or 'c'?"


@given(st.text(max_size=40))
def test_suggestions_are_known_names_each_once(name: str) -> None:
    found = similar(name, NAMES)
    assert set(found) <= set(NAMES)
    assert len(found) == len(set(found)) <= 3


def test_a_misspelled_key_or_word_has_one_that_is_nearest() -> None:
    assert nearest("porpose", ["purpose", "activities", "outputs"]) == ["purpose"]
    assert nearest("trained-on", ["trained_on", "tested_on"]) == ["trained_on"]
    assert nearest("train", ["train-model", "fine-tune"]) == ["train-model"]
    assert nearest("purpose", ["use", "data"], as_a_whole=True) == []
    assert nearest("academic", ["commercial", "noncommercial"]) == []
    assert nearest("", ["use"]) == []
