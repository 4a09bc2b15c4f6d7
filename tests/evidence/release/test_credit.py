"""Credit counts where the data and their license stand in one file."""

import pytest

from tcia_policy.documents.model import Manuscript, TextBlock
from tcia_policy.evidence.release.credit import CreditFinder
from tcia_policy.model import Holding, HoldingKind, Route
from tcia_policy.registry import Registry

REGISTRY = Registry.load()
HELD = Holding(id="lidc", name="LIDC-IDRI", kind=HoldingKind.DATASET, dataset="LIDC-IDRI", obtained_from=Route.TCIA)


@pytest.mark.parametrize(
    ("files", "data", "license_"),
    [
        ({"NOTICE": "Made from LIDC-IDRI CT scans, under CC BY 3.0."}, "NOTICE", "NOTICE"),
        (
            {"NOTICE": "LIDC-IDRI CT scans (https://creativecommons.org/licenses/by/3.0/)"},
            "NOTICE",
            "NOTICE",
        ),
        ({"README.md": "We used LIDC-IDRI CT scans.", "LICENSE": "CC BY 3.0"}, "README.md", None),
        ({"README.md": "We used LIDC-IDRI CT scans, under CC BY 3.0 US."}, "README.md", "README.md"),
        ({"README.md": "A model of lungs, under CC BY 3.0."}, None, None),
    ],
)
def test_the_license_counts_beside_the_data(files: dict[str, str], data: str | None, license_: str | None) -> None:
    text = Manuscript(tuple(files), tuple(TextBlock(name, words) for name, words in files.items()))
    found = CreditFinder(text, REGISTRY).of(HELD, REGISTRY.get("LIDC-IDRI"), [REGISTRY.licenses["CC-BY-3.0"]])
    assert (found.data, found.license) == (data, license_)
