"""The license fields of software packages: Python, JavaScript, R.

Formats: https://packaging.python.org/en/latest/specifications/pyproject-toml/#license;
https://setuptools.pypa.io/en/latest/userguide/declarative_config.html; https://docs.npmjs.com/cli/configuring-npm/
package-json#license; https://cran.r-project.org/doc/manuals/r-release/R-exts.html#Licensing. The whole folder may be
more than the package: each license is one of code.
"""

import configparser
import re
from collections.abc import Mapping
from email.parser import HeaderParser
from pathlib import Path

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.located_toml import parse_toml
from tcia_policy.files.located_yaml import LocatedYaml
from tcia_policy.files.model_shape import YamlPath
from tcia_policy.files.text import decode_text
from tcia_policy.lazy import pattern
from tcia_policy.releases.fields import Fields
from tcia_policy.releases.json_fields import json_fields
from tcia_policy.releases.model import Released, ReleaseFile, Topic

_NO_LICENSES = ("OSI Approved", "DFSG approved", "License")
_TO_FILE = pattern(r"see licen[cs]e in\b", re.IGNORECASE)
_R_FILE = pattern(r"[ \t]*(?:[+|][ \t]*)?file LICEN[CS]E[ \t]*$")


def read_pyproject(file: DocumentFile) -> ReleaseFile | None:
    """Return the license of `[project]` or `[tool.poetry]`, and those of classifiers; `None` where neither is there."""
    fields = Fields(parse_toml(Path(file.shown), _text(file)), file.shown)
    tables: tuple[tuple[str, ...], ...] = (("project",), ("tool", "poetry"))
    if not any(isinstance(fields.get(*table), Mapping) for table in tables):
        return None
    for table in tables:
        fields.say(Topic.TITLE, (*table, "name"))
        stated = fields.get(*table, "license")
        names_file = isinstance(stated, Mapping) and "file" in stated and "text" not in stated
        if stated is None or names_file:
            _say_classifiers(fields, (*table, "classifiers"))
        else:
            fields.say_license(*table, "license", says=Released.CODE)
    return fields.file("Python package", Released.CODE, False, fields.prose(("project", "description")))


def read_setup_cfg(file: DocumentFile) -> ReleaseFile | None:
    """Return the license of `[metadata]`; `None` where that is not there. Raise `InputError` for what is no INI."""
    text = _text(file)
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise InputError(f"is not read: {str(error).splitlines()[0]}", file=file.shown) from None
    if not parser.has_section("metadata"):
        return None
    data = dict(parser["metadata"])
    fields = Fields(LocatedYaml(Path(file.shown), data, _lines_of(data, text)), file.shown)
    fields.say(Topic.TITLE, ("name",))
    fields.say_license("license", says=Released.CODE)
    for line in (data.get("classifiers") or "").splitlines() if "license" not in data else ():
        _say_classifier(fields, ("classifiers",), line.strip())
    return fields.file("Python package", Released.CODE, False, fields.prose("description"))


def read_package_json(file: DocumentFile) -> ReleaseFile | None:
    """Return `license`, or the `licenses` of old packages; one that only names a file says nothing by itself."""
    fields = json_fields(file)
    if not fields.has("name") and not fields.has("license"):
        return None
    fields.say(Topic.TITLE, ("name",))
    for key in ("license", "licenses"):
        if not _TO_FILE.match(fields.text(key) or ""):
            fields.say_license(key, says=Released.CODE)
    return fields.file("JavaScript package", Released.CODE, False, fields.prose("description"))


def read_description(file: DocumentFile) -> ReleaseFile | None:
    """Return the license of an R package; `MIT + file LICENSE` is MIT with its text beside. `None` for another file."""
    text = _text(file)
    said = HeaderParser().parsestr(text)
    if "Package" not in said:
        return None
    data: dict[str, object] = {name: " ".join(str(value).split()) for name, value in said.items()}
    lines = _lines_of(data, text)
    named = _R_FILE.sub("", str(data.get("License", ""))).strip(" +|")
    names_only_a_file = bool(data.get("License")) and not named
    if "License" in data:
        data["License"] = named
    fields = Fields(LocatedYaml(Path(file.shown), data, lines), file.shown)
    fields.say(Topic.TITLE, ("Title",))
    if not names_only_a_file:
        fields.say_license("License", says=Released.CODE)
    return fields.file("R package", Released.CODE, True, fields.prose("Description"))


def _say_classifiers(fields: Fields, place: tuple[str, ...]) -> None:
    for at, text in fields.texts(*place):
        _say_classifier(fields, at, text)


def _say_classifier(fields: Fields, place: YamlPath, text: str) -> None:
    """Note the license that a classifier names, where no field does; `License :: OSI Approved` names none."""
    kind, _, named = text.partition(" :: ")
    name = named.rpartition(" :: ")[2]
    if kind == "License" and name not in _NO_LICENSES:
        fields.say(Topic.LICENSE, place, name, says=Released.CODE)


def _text(file: DocumentFile) -> str:
    return decode_text(file.content(), file.shown, limits.RELEASE_FILE)


def _lines_of(data: Mapping[str, object], text: str) -> dict[tuple[str | int, ...], int]:
    """Return the line on which each field begins, by its name at the beginning of a line."""
    numbered = [
        (re.split(r"[:=]", line, maxsplit=1)[0].strip().lower(), n) for n, line in enumerate(text.split("\n"), 1)
    ]
    first: dict[str, int] = {}
    for name, number in numbered:
        first.setdefault(name, number)
    return {(name,): first[name.lower()] for name in data if name.lower() in first}
