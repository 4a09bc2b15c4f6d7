"""YAML that remembers its lines, bounded, and without surprises.

Only `true`, `false` and `null` are more than text here: dates, numbers and versions stay the text that was written
(`1.10` is not 1.1, `NO` is a country), and the types they are parsed into convert them. Anchors, aliases and tags are
refused: no file of ours needs them, and they are how a small file becomes a huge one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tcia_policy.errors import InputError, Mistakes, as_one
from tcia_policy.files import limits
from tcia_policy.files.misfits import misfits
from tcia_policy.files.model_shape import YamlPath
from tcia_policy.files.text import read_text
from tcia_policy.files.yaml_mistakes import mistake_of

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}
CORE_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "merge")}

NO_TAGS = "put a text that begins with ! in quotation marks"

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True)
class LocatedYaml:
    """Plain data of one file, and the 1-based line on which each of its places (`("data", 2, "doi")`) begins.

    `set_by` has the places that an option of the command line has set, in place of the file, and that option.
    """

    path: Path
    data: object
    lines: dict[YamlPath, int]
    set_by: Mapping[YamlPath, str] = field(default_factory=dict)

    def line(self, place: YamlPath) -> int | None:
        """Return the line of `place`, or of the nearest enclosing one that is known."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return None

    def parse(self, model: type[ModelT], place: YamlPath = ()) -> ModelT:
        """Return the part at `place` as `model`. Raise `InputError` with file, line and field if it does not fit.

        All that does not fit is told at once.
        """
        try:
            return model.model_validate(self.part(place))
        except ValidationError as error:
            raise self.mismatch(error, model, place) from None

    def part(self, place: YamlPath) -> object:
        """Return the data at a place that the file has."""
        part = self.data
        for step in place:
            part = part[step]  # type: ignore[index]
        return part

    def mismatch(self, error: ValidationError, model: type[BaseModel], place: YamlPath = ()) -> InputError:
        """Return everything that does not fit `model` at `place`, in our words and with its place in the file."""
        found = misfits(error.errors(include_url=False), model, self.part(place))
        return as_one(self.mistake((*place, *each.place), each.problem, each.hint) for each in found)

    def overridden(self, place: YamlPath, option: str) -> "LocatedYaml":
        """Return the file in which what stands at a place does not count, since an option says something else."""
        lines = {each: line for each, line in self.lines.items() if each[: len(place)] != place}
        return replace(self, lines=lines, set_by={**self.set_by, place: option})

    def mistake(self, place: YamlPath, problem: str, hint: str | None = None) -> InputError:
        """Return the error for what is wrong at a place, with its file and line, or with the option that set it."""
        option = next((option for set_, option in self.set_by.items() if place[: len(set_)] == set_), None)
        if option is not None:
            key = next((step for step in reversed(place) if isinstance(step, str)), "")
            as_option = (hint or "").replace(f"write `{key}: ", f"write `{option} {spell(place)}=")
            return InputError(problem, field=f"{option} {spell(place)}", hint=as_option or None)
        return InputError(problem, file=self.path, line=self.line(place), field=spell(place), hint=hint)


def spell(place: YamlPath) -> str:
    """Return `data[2].doi` for `("data", 2, "doi")`."""
    text = ""
    for step in place:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def place_of(field: str) -> YamlPath:
    """Return `("data", 2, "doi")` for `data[2].doi`: what `spell` was given."""
    steps = _STEP.findall(field)
    return tuple(int(number) if number else key for number, key in steps)


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
    except yaml.YAMLError as error:
        problem, line, hint = mistake_of(error, text)
        raise InputError(problem, file=path, line=line, hint=hint) from None
    lines: dict[YamlPath, int] = {}
    mistakes = Mistakes()
    data = None if root is None else _Builder(path, lines, mistakes).build(root, ())
    mistakes.tell()
    return LocatedYaml(path=path, data=data, lines=lines)


def _check_shape(path: Path, text: str) -> None:
    """Refuse depth, anchors and tags from the event stream, before anything recursive runs."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        line = 1 + (event.start_mark.line if event.start_mark is not None else 0)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            hint = "put a text that begins with & or * in quotation marks"
            raise InputError("anchors and aliases (& and *) are not used here", file=path, line=line, hint=hint)
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise InputError(f"the tag {tag!r} is not used here", file=path, line=line, hint=NO_TAGS)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > limits.YAML_DEPTH:
                raise InputError(f"nested more than {limits.YAML_DEPTH} levels deep", file=path, line=line)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


@dataclass(frozen=True)
class _Builder:
    """Makes plain data of nodes, and notes in `lines` where each place begins, in `mistakes` what no file may have."""

    path: Path
    lines: dict[YamlPath, int]
    mistakes: Mistakes

    def build(self, node: Node, place: YamlPath) -> object:
        """Return the plain data of a node. Raise `InputError` for one that is not used here."""
        line = node.start_mark.line + 1
        self.lines.setdefault(place, line)
        if isinstance(node, ScalarNode) and node.tag in CORE_TAGS:
            return node.value if node.style else CONSTANTS.get(node.value, node.value)  # libyaml has "" for plain
        if isinstance(node, SequenceNode) and node.tag == "tag:yaml.org,2002:seq":
            return [self.build(item, (*place, index)) for index, item in enumerate(node.value)]
        if isinstance(node, MappingNode) and node.tag == "tag:yaml.org,2002:map":
            return self._mapping(node, place)
        raise InputError(f"the tag {node.tag!r} is not used here", file=self.path, line=line, hint=NO_TAGS)

    def _mapping(self, node: MappingNode, place: YamlPath) -> dict[str, object]:
        mapping: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                raise InputError("a key is a single word", file=self.path, line=line)
            key = str(key_node.value)
            if key in mapping:
                hint = f"it stands on line {self.lines[(*place, key)]} already; keep one of the two"
                problem = f"the key {key!r} is given twice"
                self.mistakes.note(InputError(problem, file=self.path, line=line, field=spell(place), hint=hint))
                continue
            self.lines[(*place, key)] = line
            mapping[key] = self.build(value_node, (*place, key))
        return mapping
