"""A file that is given as a project and is something else: what it is, and the command that takes it."""

import codecs
import re
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from tcia_policy.cohorts.cohort_file import open_cohort_file
from tcia_policy.cohorts.detect import read_cohort
from tcia_policy.cohorts.what_it_is import is_own_result, kind_of_binary
from tcia_policy.documents.formats import format_by_magic, format_by_suffix, format_by_text
from tcia_policy.engine.discovery import PROJECT_FILE
from tcia_policy.errors import InputError
from tcia_policy.files import magic
from tcia_policy.files.content import read_start
from tcia_policy.files.magic import encoding_by_mark
from tcia_policy.lazy import pattern
from tcia_policy.model import Project
from tcia_policy.text import english
from tcia_policy.text.sanitize import shortened
from tcia_policy.text.suggest import similar

HEAD = 65_536  # bytes
KEYS_SHOWN = 4
ALIKE = 75  # of 100, from which on a key is a misspelling of one of ours
LONGEST_KEY = 30  # characters that are shown
MOST_CONTROLS = 20  # one in so many bytes of a text may be a control character, by mistake
OWN_SUFFIXES = (".yaml", ".yml", ".json", ".txt", "")  # which say nothing of what a file is
IS_YAML = "a project file is YAML, such as tcia-policy.yaml"
WHAT_IS_NEEDED = "a project file has keys, at least `data:`; `tcia-policy init` writes one"
_LISTS_OF_RULES = pattern(rb"^(?:rules|policy)\s*:", re.MULTILINE)
_SCENARIOS = pattern(rb"^scenarios\s*:", re.MULTILINE)
_CONTROLS = pattern(rb"[\x00-\x08\x0e-\x1a]")
_BIBTEX = pattern(rb"^\s*@[A-Za-z]+\s*\{[^{},\s]*,", re.MULTILINE)


Look = Callable[[Path, bytes], InputError | None]


def something_else(path: Path) -> InputError | None:
    """Return the error for a file that is a manuscript, a cohort file, an assessment or rules; `None` for others."""
    try:
        head = read_start(path, HEAD)
    except InputError:
        return None
    return next(filter(None, (look(path, head) for look in _LOOKS)), None)


def not_keys(path: Path, data: object) -> InputError:
    """Return the error for a file whose content has no keys, so that it is no project."""
    if data is None:
        return InputError("is not a project file: it is empty", file=path, hint=WHAT_IS_NEEDED)
    if isinstance(data, list):
        hint = "write `data:` on a line above the list, and each entry as `- dataset: NAME`"
        return InputError("is not a project file: it is a list", file=path, hint=hint)
    return InputError("is not a project file: it is text without keys", file=path, hint=WHAT_IS_NEEDED)


def other_yaml(path: Path, data: Mapping[str, object]) -> InputError | None:
    """Return the error for YAML of other programs, such as the settings of a training; `None` for a project.

    A file with the name of a project is one. So is one with the keys of a project, or with keys like these.
    """
    keys = list(map(str, data))
    known = [key for key in keys if key in Project.model_fields]
    others = [key for key in keys if key not in known]
    if path.name == PROJECT_FILE or any(_has_shape(key, data[key]) for key in known):
        return None
    meant = [key for key in known if key not in ("data", "use")]
    if len(others) <= len(meant) or any(_is_like_ours(key) for key in others):
        return None
    shown = english.joined(english.quoted([shortened(key, LONGEST_KEY) for key in keys[:KEYS_SHOWN]]))
    problem = f"is YAML that lists no series, and no project file: its keys are {shown}"
    return InputError(problem if len(keys) <= KEYS_SHOWN else f"{problem} and others", file=path, hint=WHAT_IS_NEEDED)


def _is_like_ours(key: str) -> bool:
    return bool(similar(key[:LONGEST_KEY], Project.model_fields, at_least=ALIKE, most=1, as_a_whole=True))


def _has_shape(key: str, value: object) -> bool:
    """Return whether a value is as a project has it under a key: `data` a list of objects, `use` an object."""
    if key == "data":
        return isinstance(value, list) and any(isinstance(each, dict) for each in value)
    return isinstance(value, (dict, list))


def may_be_something_else(data: dict[str, object]) -> bool:
    """Return whether the keys of a file are not those of a project; an assessment has some of them."""
    return "schema_version" in data or not any(key in Project.model_fields for key in data)


def _error(path: Path, what: str, hint: str) -> InputError:
    return InputError(f"is {what}, not a project file", file=path, hint=hint)


def _command(words: str, path: Path) -> str:
    return f"`tcia-policy {words.format(shlex.quote(str(path)))}`"


def _manuscript(path: Path, head: bytes) -> InputError | None:
    form = format_by_magic(head) or format_by_text(head)
    if form is None and path.suffix.lower() not in OWN_SUFFIXES:
        form = format_by_suffix(PurePosixPath(path.name))
    if form is None and _BIBTEX.search(head) is not None:
        form = format_by_suffix(PurePosixPath("a.bib"))
    if form is None and not magic.is_zip(head):
        return None
    what = "a zip, perhaps of a manuscript" if form is None else f"a manuscript ({form.name})"
    if form is not None and form.is_bibliography:
        what = f"a bibliography ({form.name})"
    hint = f"{IS_YAML}; name a manuscript with `--manuscript`: {_command('check --manuscript {}', path)}"
    return _error(path, what, hint)


def _cohort_file(path: Path, head: bytes) -> InputError | None:
    """Return the error for a manifest, a table or a list of series, by its content."""
    from tcia_policy.cohorts.formats import (  # noqa: PLC0415 - 15 ms, only for what may be no project
        FORMATS,
        json_records,
        plain_list,
        table,
        xml_list,
    )

    # Formats of which a file that is no cohort file may be as well.
    of_anything = (
        *(plain_list.FORMAT, json_records.FORMAT, json_records.LINES, json_records.YAML),
        *(table.WITHOUT_HEADINGS, xml_list.FORMAT),
    )
    try:
        file = open_cohort_file(path)
    except InputError:
        return None
    found = next((each for each in FORMATS if each.recognizes(file)), plain_list.FORMAT)
    if found in of_anything and not _lists_series(path):
        return None
    hint = f"{_command('init {}', path)} writes a project of it; {_command('resolve {}', path)} says what is in it"
    name = "list of series" if found is plain_list.FORMAT else found.name
    return _error(path, f"a {name}", hint)


def _lists_series(path: Path) -> bool:
    try:
        return read_cohort(path).lists_entries
    except InputError:
        return False


def _assessment(path: Path, head: bytes) -> InputError | None:
    if not head.lstrip().startswith(b"{") or b'"schema_version"' not in head:
        return _result(path)
    return _error(path, "a saved assessment", f"{_command('render {} -o report.html', path)} prints it")


def _result(path: Path) -> InputError | None:
    try:
        is_own = is_own_result(open_cohort_file(path))
    except InputError:
        return None
    return _error(path, "a result of tcia-policy", IS_YAML) if is_own else None


def _rules(path: Path, head: bytes) -> InputError | None:
    if _SCENARIOS.search(head) is not None:
        return _error(path, "a file of scenarios", f"{_command('rules test {}', path)} runs it")
    if _LISTS_OF_RULES.search(head) is not None:
        hint = f"name its folder with `--rules`: {_command('check --rules {}', path.parent)}"
        return _error(path, "a file of rules", hint)
    return None


def _binary(path: Path, head: bytes) -> InputError | None:
    """Return the error for what is no text, so that it is told what it is and not that it is large or not UTF-8."""
    try:
        file = open_cohort_file(path)
    except InputError:
        return None
    if _is_text(head) if file.text is None else not _has_controls(head):
        return None
    name, hint = kind_of_binary(file) or ("a binary file", None)
    return _error(path, name, hint or IS_YAML)


def _is_text(head: bytes) -> bool:
    """Return whether bytes are UTF-8, perhaps with a few control characters; the last character may be cut off."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return not _has_controls(head)


def _has_controls(head: bytes) -> bool:
    """Return whether bytes have many control characters that no text has, and are none in UTF-16.

    A few are a mistake in a project, whose line is told.
    """
    return encoding_by_mark(head) != "utf-16" and len(_CONTROLS.findall(head)) * MOST_CONTROLS > len(head)


_LOOKS: tuple[Look, ...] = (_assessment, _rules, _cohort_file, _manuscript, _binary)
