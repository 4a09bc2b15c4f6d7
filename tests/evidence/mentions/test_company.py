"""Names that stand in one list with a name that counts."""

import pytest

from tcia_policy.documents.model import TextBlock
from tcia_policy.evidence.mentions.mentions import NameFinder
from tcia_policy.registry import Registry

FINDER = NameFinder(Registry.load().entries)


@pytest.mark.parametrize(
    ("text", "datasets"),
    [
        ("On LIDC-IDRI and NLST the error fell.", {"LIDC-IDRI", "NLST"}),
        ("NLST, RADCURE [4] and LIDC-IDRI were split.", {"NLST", "RADCURE", "LIDC-IDRI"}),
        ("Dice on LIDC-IDRI, Pancreas-CT and NLST was high.", {"LIDC-IDRI", "Pancreas-CT", "NLST"}),
        ("We trained on LIDC-IDRI and Pancreas-CT scans.", {"LIDC-IDRI", "Pancreas-CT"}),
        ("LIDC-IDRI and the NLST trial differ.", {"LIDC-IDRI"}),
        ("LIDC-IDRI and HNSCC differ.", {"LIDC-IDRI"}),
        ("LIDC-IDRI was read. NLST showed a benefit.", {"LIDC-IDRI"}),
        ("LIDC-IDRI and our Pancreas-CT were read.", {"LIDC-IDRI"}),
        ("NLST and NELSON differ, as LIDC-IDRI does.", {"LIDC-IDRI"}),
    ],
)
def test_a_name_counts_in_the_company_of_one_that_does(text: str, datasets: set[str]) -> None:
    assert {use.dataset for use in FINDER.find(TextBlock("a", text))} == datasets


def test_uses_stay_in_the_order_of_the_text() -> None:
    uses = FINDER.find(TextBlock("a", "NLST, RADCURE and LIDC-IDRI, CMMD."))
    assert [use.name for use in uses] == ["NLST", "RADCURE", "LIDC-IDRI", "CMMD"]
    assert uses[0].how == "listed with 'LIDC-IDRI'"
