"""The licenses that `rules/licenses/` describes, one file each."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from tcia_policy.errors import InputError
from tcia_policy.files import located_yaml
from tcia_policy.files.compiled import compiled
from tcia_policy.files.shipped import shipped
from tcia_policy.model import License

# What takes the place of a license where a source's label is none that is described, and where it states none
UNRECOGNIZED = "LicenseRef-unrecognized"
NONE_STATED = "LicenseRef-none-stated"
LONGEST_LABEL = 60  # characters of a label in an identifier


def load_licenses(folder: Path | None = None) -> Mapping[str, License]:
    """Return licenses by SPDX identifier (or `LicenseRef-...`), in the order of their identifiers.

    The shipped ones are read once. Raise `InputError` for a file that is not a license or whose name is not its `id`.
    """
    own = shipped("rules") / "licenses"
    return _shipped_licenses() if folder is None or folder == own else MappingProxyType(_read(folder))


def unrecognized(label: str) -> str:
    """Return an identifier for what a label that no license lists may mean: none that a license can have."""
    words = re.sub(r"[^A-Za-z0-9.]+", "-", label).strip("-.")[:LONGEST_LABEL]
    return f"{UNRECOGNIZED}-{words}" if words else UNRECOGNIZED


def is_unrecognized(license_id: str) -> bool:
    """Return whether it stands for a label that no license lists."""
    return license_id == UNRECOGNIZED or license_id.startswith(f"{UNRECOGNIZED}-")


@cache
def _shipped_licenses() -> Mapping[str, License]:
    folder = shipped("rules") / "licenses"
    return MappingProxyType(compiled("licenses", [folder], lambda: _read(folder)))


def _read(folder: Path) -> dict[str, License]:
    licenses: dict[str, License] = {}
    for path in sorted(folder.glob("*.yaml")):
        license_ = located_yaml.read(path).parse(License)
        if license_.id != path.stem:
            raise InputError(f"the file is called {path.stem!r} and the license {license_.id!r}", file=path, field="id")
        licenses[license_.id] = license_
    return licenses
