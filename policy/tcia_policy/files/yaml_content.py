"""The plain data of a YAML text, with the line of each place; `located_yaml` says what may be in it.

This is the only module that loads PyYAML to read: it takes 20 ms, and a check of named datasets reads no YAML.
"""

from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tcia_policy.errors import InputError, Mistakes
from tcia_policy.files import limits
from tcia_policy.files.model_shape import YamlPath, spell
from tcia_policy.files.yaml_mistakes import mistake_of
from tcia_policy.lazy import dataclass

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}
CORE_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "merge")}

NO_TAGS = "put a text that begins with ! in quotation marks"


def content_of(path: Path, text: str, lines: dict[YamlPath, int]) -> object:
    """Return the plain data of a text, and note in `lines` on which line (from 1 on) each place begins.

    `path` is for messages only. Raise `InputError` as `located_yaml.read` does.
    """
    try:
        _check_shape(path, text)
        root = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        problem, line, hint = mistake_of(error, text)
        raise InputError(problem, file=path, line=line, hint=hint) from None
    mistakes = Mistakes()
    data = None if root is None else _Builder(path, lines, mistakes).build(root, ())
    mistakes.tell()
    return data


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
