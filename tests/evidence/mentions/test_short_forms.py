"""Names that may be short for a longer one."""

import pytest

from tcia_policy.documents.model import Manuscript, TextBlock
from tcia_policy.evidence.dataset_uses import DatasetUses
from tcia_policy.evidence.mentions.short_forms import is_short_for
from tcia_policy.evidence.mentions.stance import Stance
from tcia_policy.registry import Registry

REGISTRY = Registry.load()
BRATS = "The labels are BraTS-TCGA-GBM (https://doi.org/10.7937/K9/TCIA.2017.KLXWJJ1Q). "


def stance(text: str, dataset: str) -> Stance:
    """Return what a text says of a dataset."""
    return DatasetUses(Manuscript(("a",), (TextBlock("a", text),)), REGISTRY).said[dataset].said.stance


def test_a_part_of_a_longer_name_is_short_for_it() -> None:
    brats = next(entry for entry in REGISTRY.entries if entry.id == "BraTS-TCGA-GBM")
    assert is_short_for({"tcgagbm"}, brats)
    assert not is_short_for({"tcgagbm", "tcgalgg"}, brats)
    assert not is_short_for((), brats)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BRATS + "TCGA-GBM has 135 cases.", Stance.SHORT_FORM),
        (BRATS + "We used TCGA-GBM for training.", Stance.USED),
        ("BraTS-TCGA-GBM is a relabeled set. TCGA-GBM has 135 cases.", Stance.NAMED),
        ("TCGA-GBM has 135 cases.", Stance.NAMED),
    ],
)
def test_a_name_beside_a_longer_one_that_is_cited_may_be_short_for_it(text: str, expected: Stance) -> None:
    assert stance(text, "TCGA-GBM") is expected


def test_the_place_says_for_which() -> None:
    said = DatasetUses(Manuscript(("a",), (TextBlock("a", BRATS + "TCGA-GBM has 135 cases."),)), REGISTRY).said
    assert said["TCGA-GBM"].where == "a:1, where it may be short for BraTS-TCGA-GBM, which is cited"
    assert not said["TCGA-GBM"].selects
    assert said["BraTS-TCGA-GBM"].selects
