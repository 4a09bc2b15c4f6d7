"""YAML that remembers its lines, bounded, and without surprises.

Only `true`, `false` and `null` are more than text here: dates, numbers and versions stay the text that was written
(`1.10` is not 1.1, `NO` is a country), and the types they are parsed into convert them. Anchors, aliases and tags are
refused: no file of ours needs them, and they are how a small file becomes a huge one.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.text import read_text
from tcia_policy.text.english import count

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}
CORE_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "merge")}

# What pydantic calls these, in words for people; see https://docs.pydantic.dev/latest/errors/validation_errors/.
PROBLEMS = {
    "extra_forbidden": "unknown key",
    "missing": "missing",
    "too_short": "is an empty list",
    "string_too_short": "is empty",
    "model_type": "is no mapping of keys to values",
    "model_attributes_type": "is no mapping of keys to values",
    "dict_type": "is no mapping of keys to values",
    "tuple_type": "is no list",
    "string_type": "is no text",
    "bool_type": "is neither true nor false",
}

YamlPath = tuple[str | int, ...]
ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True)
class LocatedYaml:
    """Plain data of one file, and the 1-based line on which each of its places (`("data", 2, "doi")`) begins."""

    path: Path
    data: object
    lines: dict[YamlPath, int]

    def line(self, place: YamlPath) -> int | None:
        """Return the line of `place`, or of the nearest enclosing one that is known."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return None

    def parse(self, model: type[ModelT], place: YamlPath = ()) -> ModelT:
        """Return the part at `place` as `model`. Raise `InputError` with file, line and field if it does not fit."""
        part = self.data
        for step in place:
            part = part[step]  # type: ignore[index]
        try:
            return model.model_validate(part)
        except ValidationError as error:
            raise self.mismatch(error, place) from None

    def mismatch(self, error: ValidationError, place: YamlPath = ()) -> InputError:
        """Return the first of pydantic's complaints, in our words and with its place in the file."""
        complaint = error.errors()[0]
        where = (*place, *complaint["loc"])
        line = self.line(where)
        given = complaint.get("input")
        problem = PROBLEMS.get(complaint["type"], complaint["msg"].removeprefix("Value error, "))
        if complaint["type"] == "too_short" and given:
            problem = f"has {count(len(given), 'entry', 'entries')}, and needs {complaint['ctx']['min_length']}"
        if isinstance(given, str) and complaint["type"] not in ("extra_forbidden", "missing"):
            problem = f"{problem} (found {given[:60]!r})"
        return InputError(problem, file=self.path, line=line, field=spell(where))


def spell(place: YamlPath) -> str:
    """Return `data[2].doi` for `("data", 2, "doi")`."""
    text = ""
    for step in place:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def read(path: Path, most_bytes: int = limits.YAML) -> LocatedYaml:
    """Read one YAML file of at most `most_bytes`, nested at most `limits.YAML_DEPTH` deep.

    Raise `InputError` for a file that cannot be read, is too large or too deep, is not UTF-8, is not YAML, has an
    anchor, an alias or a tag, or gives a key twice.
    """
    return parse_text(path, read_text(path, most_bytes))


def parse_text(path: Path, text: str) -> LocatedYaml:
    """Parse YAML text; `path` is for messages only. Raise as `read` does."""
    try:
        _check_shape(path, text)
        root = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = None if mark is None else mark.line + 1
        raise InputError(f"is not valid YAML: {error.problem or error.context}", file=path, line=line) from None
    except yaml.YAMLError as error:
        raise InputError(f"is not valid YAML: {str(error).splitlines()[0]}", file=path) from None
    lines: dict[YamlPath, int] = {}
    data = None if root is None else _build(path, root, (), lines)
    return LocatedYaml(path=path, data=data, lines=lines)


def _check_shape(path: Path, text: str) -> None:
    """Refuse depth, anchors and tags from the event stream, before anything recursive runs."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        line = 1 + (event.start_mark.line if event.start_mark is not None else 0)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise InputError("anchors and aliases (& and *) are not used here", file=path, line=line)
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise InputError(f"the tag {tag!r} is not used here", file=path, line=line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > limits.YAML_DEPTH:
                raise InputError(f"nested more than {limits.YAML_DEPTH} levels deep", file=path, line=line)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _build(path: Path, node: Node, place: YamlPath, lines: dict[YamlPath, int]) -> object:
    """Return the plain data of a node, and note in `lines` where each of its places begins."""
    line = node.start_mark.line + 1
    lines.setdefault(place, line)
    if isinstance(node, ScalarNode) and node.tag in CORE_TAGS:
        return node.value if node.style else CONSTANTS.get(node.value, node.value)  # libyaml has "" for plain
    if isinstance(node, SequenceNode) and node.tag == "tag:yaml.org,2002:seq":
        return [_build(path, item, (*place, index), lines) for index, item in enumerate(node.value)]
    if isinstance(node, MappingNode) and node.tag == "tag:yaml.org,2002:map":
        return _mapping(path, node, place, lines)
    raise InputError(f"the tag {node.tag!r} is not used here", file=path, line=line)


def _mapping(path: Path, node: MappingNode, place: YamlPath, lines: dict[YamlPath, int]) -> dict[str, object]:
    mapping: dict[str, object] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            raise InputError("a key is a single word", file=path, line=line)
        key = str(key_node.value)
        if key in mapping:
            raise InputError(f"the key {key!r} is given twice", file=path, line=line, field=spell(place))
        lines[(*place, key)] = line
        mapping[key] = _build(path, value_node, (*place, key), lines)
    return mapping
