"""What no license lists, beside labels of a part that are described."""

from tcia_policy.engine.not_described import undescribed_beside_others, with_described
from tcia_policy.registry.licenses import NONE_STATED, unrecognized


def test_only_what_stands_beside_a_described_license_is_apart() -> None:
    unknown = unrecognized("House rules")
    assert undescribed_beside_others(["CC-BY-4.0", NONE_STATED, unknown]) == {NONE_STATED, unknown}
    assert undescribed_beside_others([NONE_STATED, unknown]) == frozenset()
    assert undescribed_beside_others(["CC-BY-4.0"]) == frozenset()


def test_a_described_reading_is_one_of_its_choice_and_of_those_that_are_described() -> None:
    assert with_described(("1",)) == ("1", "1, as far as it is described")
