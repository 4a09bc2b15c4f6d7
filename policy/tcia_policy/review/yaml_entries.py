"""YAML that people write, with entries added at the end of a list or a mapping at its top. Every other byte stays.

ruamel.yaml keeps comments, but sets indents, quotes and long lines anew; a reviewer then cannot see in a diff that
nothing but the new decision changed. So the place is found by the parser's marks, and text is put there.
"""

import re
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tcia_policy.errors import InputError
from tcia_policy.files.yaml_content import CONSTANTS
from tcia_policy.text.sanitize import escaped

_BOM = "\ufeff"
_WIDE = 10_000_000  # so that no line is folded
ON_LINES = "write each entry on lines of its own, below the key"


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice, since anchors are refused where it is read.

    Only what is more than text there is put in quotation marks: `on` and `2026-11-22` are text to our reader.
    """

    def ignore_aliases(self, data: object) -> bool:
        """Return that nothing is written as an alias."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent the entries of a list below their key, as the other files here do."""
        super().increase_indent(flow, False)


_Plain.yaml_implicit_resolvers = {}
_Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)\Z"), list("tf"))
_Plain.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:~|null|)\Z"), ["~", "n", ""])


def _text_node(dumper: _Plain, text: str) -> ScalarNode:
    """Return a text; one with characters that do not show stands in double quotes, where they can be escaped."""
    style = None if escaped(text) == text else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Plain.add_representer(str, _text_node)


def as_yaml(entries: list[Any] | dict[str, Any]) -> str:
    """Return entries as YAML on lines of their own, not indented; `located_yaml` reads them back as they are.

    What would not show, such as a mark that turns the order of letters around, is escaped.
    """
    return escaped(str(yaml.dump(entries, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=_WIDE)))


def with_entries(text: str, key: str, entries: list[Any] | dict[str, Any], path: Path) -> str:
    """Return the text with `entries` at the end of what the top-level `key` has, which is added if it is missing.

    Raise `InputError` where the text is no mapping on lines of their own, or the key has entries in brackets.
    """
    if not entries:
        return text
    bare = text.removeprefix(_BOM)
    root = yaml.compose(bare, Loader=yaml.SafeLoader)
    if root is not None and (not isinstance(root, MappingNode) or root.flow_style):
        raise InputError("is not written on lines of its own", file=path, hint=ON_LINES)
    value = _value_of(root, key)
    lines = bare.splitlines(keepends=True)
    if value is None:
        at, column, written = _end_of_text(lines), 0, f"{key}:\n{_indented(as_yaml(entries), 2)}"
    elif _is_empty(value):
        _empty_the_value(lines, value, key, path)
        at, column, written = value.start_mark.line + 1, 2, as_yaml(entries)
    else:
        if value.flow_style or value.start_mark.line == _key_line(root, key):
            raise InputError("is written in brackets", file=path, field=key, hint=ON_LINES)
        at, column, written = _end_of(value, lines), value.start_mark.column, as_yaml(entries)
    return text[: len(text) - len(bare)] + _put(lines, at, _indented(written, column))


def _value_of(root: MappingNode | None, key: str) -> Any:
    pairs = () if root is None else root.value
    return next((value for name, value in pairs if isinstance(name, ScalarNode) and name.value == key), None)


def _key_line(root: MappingNode | None, key: str) -> int:
    pairs = () if root is None else root.value
    return next((name.start_mark.line for name, _ in pairs if name.value == key), -1)


def _is_empty(value: Node) -> bool:
    if isinstance(value, ScalarNode):
        return CONSTANTS.get(value.value, "") is None and value.style is None
    return isinstance(value, (SequenceNode, MappingNode)) and not value.value


def _empty_the_value(lines: list[str], value: Node, key: str, path: Path) -> None:
    """Take `[]`, `{}` or `null` after the key out of its line."""
    start, end = value.start_mark, value.end_mark
    if start.line != end.line:
        raise InputError("is written in brackets", file=path, field=key, hint=ON_LINES)
    line = lines[start.line] if start.line < len(lines) else ""
    if start.column != end.column:
        lines[start.line] = line[: start.column].rstrip(" ") + line[end.column :]


def _end_of(value: Node, lines: list[str]) -> int:
    """Return the line below the last entry. Comments that are indented less than the entries belong to what follows."""
    at = min(value.end_mark.line + (1 if value.end_mark.column else 0), len(lines))
    while at > value.start_mark.line + 1 and _is_of_what_follows(lines[at - 1], value.start_mark.column):
        at -= 1
    return at


def _is_of_what_follows(line: str, column: int) -> bool:
    bare = line.lstrip(" ")
    return not bare.strip() or (bare.startswith("#") and len(line) - len(bare) < max(column, 1))


def _end_of_text(lines: list[str]) -> int:
    """Return where a new key goes: at the end, before a line that ends the document."""
    return next((at for at, line in enumerate(lines) if line.rstrip() == "..."), len(lines))


def _indented(text: str, columns: int) -> str:
    return "".join(f"{' ' * columns}{line}" if line.strip() else line for line in text.splitlines(keepends=True))


def _put(lines: list[str], at: int, written: str) -> str:
    line_end = "\r\n" if any(line.endswith("\r\n") for line in lines) else "\n"
    before, after = "".join(lines[:at]), "".join(lines[at:])
    if before and not before.endswith("\n"):
        before += line_end
    return before + written.replace("\n", line_end) + after
