"""Credit counts where one file says of the data what their license asks for."""

import re

import pytest

from tcia_policy.documents.model import Heading, Manuscript, SourceLocation, TextBlock
from tcia_policy.evidence.release.credit import Credit, CreditFinder, _is_named
from tcia_policy.evidence.release.said import LicenseSaid
from tcia_policy.model import Holding, HoldingKind, Route
from tcia_policy.model.dataset import Creator
from tcia_policy.registry import Registry
from tcia_policy.releases.model import Released, Stated, Topic

REGISTRY = Registry.load()
HELD = Holding(id="lidc", name="LIDC-IDRI", kind=HoldingKind.DATASET, dataset="LIDC-IDRI", obtained_from=Route.TCIA)


CC_BY = "https://creativecommons.org/licenses/by/3.0/"
WHOLE = f"Armato III, S. G., et al. Data From LIDC-IDRI, under CC BY 3.0 ({CC_BY})."


def credit(files: dict[str, str], *own: LicenseSaid) -> Credit:
    text = Manuscript(tuple(files), tuple(block(name, words) for name, words in files.items()))
    licenses = [REGISTRY.licenses["CC-BY-3.0"]]
    return CreditFinder(text, REGISTRY, own).of(HELD, REGISTRY.get("LIDC-IDRI"), licenses)


def block(name: str, words: str) -> TextBlock:
    heads = list(re.finditer(r"^(#+) (.+)$", words, re.MULTILINE))
    return TextBlock(name, words, headings=tuple(Heading(each.start(), len(each[1]), each[2]) for each in heads))


def states(text: str, field: str) -> LicenseSaid:
    place = SourceLocation("README.md", 5)
    return LicenseSaid(Stated(Topic.LICENSE, text, field, place), Released.MODEL, "CC-BY-3.0")


@pytest.mark.parametrize(
    ("files", "data", "license_"),
    [
        ({"NOTICE": "Made from LIDC-IDRI CT scans, under CC BY 3.0."}, "NOTICE", True),
        ({"NOTICE": f"LIDC-IDRI CT scans ({CC_BY})"}, "NOTICE", True),
        ({"README.md": "We used LIDC-IDRI CT scans.", "LICENSE": "CC BY 3.0"}, "README.md", False),
        ({"README.md": "A model of lungs, under CC BY 3.0."}, None, False),
        ({"README.md": "# Data\nWe used LIDC-IDRI CT scans.\n# Terms\nCC BY 3.0"}, "README.md", False),
        ({"README.md": "# LIDC-IDRI\nWe used its CT scans.\n## License\nCC BY 3.0"}, "README.md", True),
        ({"README.md": "LIDC-IDRI CT scans were used. The model is released under CC BY 3.0."}, "README.md", False),
        ({"README.md": "This model is trained on LIDC-IDRI CT scans, which are under CC BY 3.0."}, "README.md", True),
        ({"README.md": "LIDC-IDRI CT scans are not licensed under CC BY 3.0."}, "README.md", False),
        ({"README.md": "LIDC-IDRI CT scans: no longer available under CC BY 3.0."}, "README.md", False),
        ({"README.md": f"LIDC-IDRI CT scans, not licensed under CC BY 3.0 ({CC_BY})."}, "README.md", False),
        ({"README.md": "We did not change LIDC-IDRI CT scans (CC BY 3.0)."}, "README.md", True),
    ],
)
def test_the_license_counts_beside_the_data(files: dict[str, str], data: str | None, license_: bool) -> None:
    found = credit(files)
    assert (found.data, found.license) == (data, license_)


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        (WHOLE, set()),
        (WHOLE.replace(f" ({CC_BY})", ""), {"address"}),
        (WHOLE.replace(CC_BY, f"{CC_BY}deed.en"), set()),
        (WHOLE.replace("Armato III, S. G., et al.", ""), {"creators"}),
        (WHOLE.replace("Data From LIDC-IDRI", "Scans of LIDC-IDRI"), {"source"}),
        (WHOLE.replace("Data From LIDC-IDRI", "LIDC-IDRI (https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX)"), set()),
        (
            "Trained on LIDC-IDRI CT scans. We followed its license, CC BY 3.0, and gave all credit that it asks for.",
            {"address", "creators", "source"},
        ),
    ],
)
def test_credit_is_what_the_license_asks_for(text: str, lacking: set[str]) -> None:
    found = credit({"NOTICE": text})
    assert found.license
    assert {name for name in ("address", "creators", "source") if not getattr(found, name)} == lacking
    assert found.is_whole == (not lacking)


def test_the_license_of_the_release_is_not_that_of_its_data() -> None:
    card = "# LIDC-IDRI nodules\nTrained on LIDC-IDRI CT scans.\n## License\nWe chose CC BY 3.0."
    assert credit({"README.md": card}).license
    assert not credit({"README.md": card}, states("We chose CC BY 3.0.", "section License")).license


def test_the_text_of_a_license_is_as_good_as_its_address() -> None:
    files = {"NOTICE": WHOLE.replace(f" ({CC_BY})", "")}
    assert credit(files, states("Creative Commons ...", "text")).is_whole


def test_a_short_family_name_may_be_a_word() -> None:
    creator = Creator(family="An", given="P.")
    assert [_is_named(creator, text) for text in ("An image of lungs", "An, P., et al.", "An et al.")] == [
        False,
        True,
        True,
    ]
    assert _is_named(Creator(family="Müller", given="S."), "Muller S")
