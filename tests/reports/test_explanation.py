"""How a verdict came about, in words."""

from tcia_policy.reports.explanation import ORIGINS
from tcia_policy.rules.vocabulary import VOCABULARY


def test_every_fact_of_the_vocabulary_has_an_origin() -> None:
    assert {name.partition(".")[0] for name in VOCABULARY} <= set(ORIGINS)
