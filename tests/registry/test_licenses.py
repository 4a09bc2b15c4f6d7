"""The licenses that are described, one file each."""

from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.files.shipped import shipped
from tcia_policy.registry.licenses import is_unrecognized, load_licenses, unrecognized

CC_BY = (shipped("rules") / "licenses" / "CC-BY-4.0.yaml").read_text(encoding="utf-8")


def test_a_folder_gives_its_licenses_in_the_order_of_their_ids() -> None:
    assert list(load_licenses()) == sorted(load_licenses())
    assert load_licenses()["CC-BY-4.0"].id == "CC-BY-4.0"


def test_a_file_that_is_called_otherwise_than_its_license_is_refused(tmp_path: Path) -> None:
    (tmp_path / "MIT.yaml").write_text(CC_BY, encoding="utf-8")
    with pytest.raises(InputError, match=r"MIT.*CC-BY-4\.0"):
        load_licenses(tmp_path)


def test_a_file_that_is_no_license_is_refused(tmp_path: Path) -> None:
    (tmp_path / "MIT.yaml").write_text("id: MIT\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"MIT\.yaml"):
        load_licenses(tmp_path)


def test_nobody_can_change_the_licenses_that_others_read() -> None:
    with pytest.raises(TypeError):
        load_licenses()["MIT"] = load_licenses()["CC-BY-4.0"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("label", "id_"),
    [
        ("TCIA Terms, 2027", "LicenseRef-unrecognized-TCIA-Terms-2027"),
        ("  ", "LicenseRef-unrecognized"),
        ("许可", "LicenseRef-unrecognized"),
        ("x" * 500, f"LicenseRef-unrecognized-{'x' * 60}"),
    ],
)
def test_a_label_that_no_license_lists_has_an_identifier_that_no_license_has(label: str, id_: str) -> None:
    assert unrecognized(label) == id_
    assert is_unrecognized(id_)
    assert not any(map(is_unrecognized, load_licenses()))
