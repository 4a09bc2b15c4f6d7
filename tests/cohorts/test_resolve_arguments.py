"""SELECTIONs of the command line."""

from pathlib import Path

import pytest

from tcia_policy.cohorts import item_from_argument
from tcia_policy.errors import InputError
from tcia_policy.model import DataItem
from tcia_policy.registry import Registry
from tests.cohorts import idc
from tests.cohorts.conftest import Write


def test_a_selection_is_a_name_a_doi_a_uid_a_file_or_a_folder(registry: Registry, write: Write, tmp_path: Path) -> None:
    write("cohort.tcia", "x")
    write("NLST", "x")
    write("Makefile", "x")
    write("lidc.idri", "x")
    write("1.2.3", "x")
    write("sub/m", "x")
    expected = {
        "lidc_idri": DataItem(dataset="lidc_idri"),
        f"https://doi.org/{idc.LIDC}": DataItem(doi=f"https://doi.org/{idc.LIDC}"),
        "1.2.3": DataItem(series="1.2.3"),
        "./1.2.3": DataItem(manifest="./1.2.3"),
        "cohort.tcia": DataItem(manifest="cohort.tcia"),
        "sub/m": DataItem(manifest="sub/m"),
        "sub": DataItem(folder="sub"),
        "NLST": DataItem(dataset="NLST"),
        "./NLST": DataItem(manifest="./NLST"),
        "Makefile": DataItem(manifest="Makefile"),
        "lidc.idri": DataItem(manifest="lidc.idri"),
    }
    for text, item in expected.items():
        assert item_from_argument(text, tmp_path, registry) == item, text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("LIDC", "unknown dataset 'LIDC'\n  did you mean 'LIDC-IDRI'"),
        ("10.9999/x", "unknown dataset '10.9999/x'"),
        ("cohort/nowhere.tcia", "cohort/nowhere.tcia: no such file"),
        ("nowhere.tcia", "nowhere.tcia: no such file, and no dataset of that name"),
        ("", "unknown dataset ''"),
    ],
)
def test_a_selection_that_is_nothing_is_one_error(registry: Registry, tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as raised:
        item_from_argument(text, tmp_path, registry)
    assert str(raised.value).startswith(message)
