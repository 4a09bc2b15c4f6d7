"""JSON-LD in the words of schema.org: Croissant, RO-Crate, CodeMeta and what repositories put on their pages.

Formats: https://docs.mlcommons.org/croissant/docs/croissant-spec.html; https://w3id.org/ro/crate/1.2 (`license` of the
root entity is a reference to another entity); https://codemeta.github.io/terms; https://schema.org/Dataset. Prefixes
(`sc:license`, `https://schema.org/license`) say the same as none. No context is fetched.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.files.model_shape import YamlPath
from tcia_policy.lazy import dataclass
from tcia_policy.releases.fields import Fields, is_address
from tcia_policy.releases.json_fields import json_fields
from tcia_policy.releases.model import Released, ReleaseFile, Topic

CROISSANT, RO_CRATE, CODEMETA, SCHEMA_ORG = "Croissant", "RO-Crate", "CodeMeta", "schema.org"
_BY_NAME = {"croissant.json": CROISSANT, "codemeta.json": CODEMETA, "ro-crate-metadata.json": RO_CRATE}
_DESCRIPTOR = "ro-crate-metadata.json"
_VOCABULARIES = (
    ("mlcommons.org/croissant", CROISSANT),
    ("w3id.org/ro/crate", RO_CRATE),
    ("codemeta", CODEMETA),
    ("schema.org", SCHEMA_ORG),
)
_TYPES = (
    (frozenset(("SoftwareSourceCode", "SoftwareApplication", "ComputationalWorkflow")), Released.CODE),
    (frozenset(("MLModel", "Model")), Released.MODEL),
    (frozenset(("Dataset", "DataDownload", "DataCatalog")), Released.DATA),
    (frozenset(("ScholarlyArticle", "Article", "Report", "Book")), Released.PUBLICATION),
)
_PARTS = frozenset(("File", "MediaObject", "Dataset", "ImageObject"))
_NAMES = ("name", "identifier", "title", "label", "headline")
# Pages with further terms: https://schema.org/usageInfo, https://schema.org/acquireLicensePage
_TERMS = ("usageInfo", "acquireLicensePage")
_READ = (
    "name",
    "description",
    "abstract",
    "usageInfo",
    "conditionsOfAccess",
    "creditText",
    "copyrightNotice",
    "keywords",
)
_CITED = ("citeAs", "citation", "referencePublication")
_SOURCES = ("isBasedOn", "isBasedOnUrl", "wasDerivedFrom", "isTranslationOf")
_MOST_SOURCES_DEPTH = 12

Node = Mapping[str, object]


def read_json_ld(file: DocumentFile) -> ReleaseFile | None:
    """Return what the root entity says, and the licenses of the parts. `None` for JSON that is not of schema.org."""
    fields = json_fields(file)
    graph = _Graph(fields)
    name = graph.vocabulary() or _BY_NAME.get(file.path.name.lower())
    root = None if name is None else graph.root()
    if name is None or root is None:
        return None
    place, node = root
    _say(graph, place, node)
    _say_parts(graph, place, file.path.parent)
    released = _released(graph, node)
    read = (at for key in _READ for at, _ in graph.values(place, node, key))
    return fields.file(name, released, True, fields.prose(*read))


def _say(graph: "_Graph", place: YamlPath, node: Node) -> None:
    fields = graph.fields
    for at, value in graph.values(place, node, "name"):
        fields.say(Topic.TITLE, at, _words(value))
    _say_license(graph, place, node)
    for key in _TERMS:
        for at, value in graph.values(place, node, key):
            fields.say(Topic.LICENSE, at, graph.named(value), link=graph.address(value))
    for at, value in graph.values(place, node, "distribution"):
        if isinstance(value, Mapping):
            _say_license(graph, at, value)
    for topic, keys in ((Topic.CITATION, _CITED), (Topic.MADE_FROM, _SOURCES)):
        for key in keys:
            for at, value in graph.values(place, node, key):
                fields.say(topic, at, graph.named(value), link=graph.address(value))


def _say_license(graph: "_Graph", place: YamlPath, node: Node, covers: tuple[str, ...] = ()) -> None:
    """Note the license of an entity: a text, an address, an object, or a reference to an entity."""
    fields = graph.fields
    for key in _Graph.keys(node, "license"):
        found = list(graph.values(place, {key: node[key]}, "license"))
        if not found:
            fields.unread((*place, key), "is empty")
        for at, value in found:
            name = graph.named(value)
            if name is None or name.lower() == "none":
                fields.unread(at, "is of a form that is not understood")
            else:
                fields.say(Topic.LICENSE, at, name, link=graph.address(value), covers=covers)


def _say_parts(graph: "_Graph", root: YamlPath, folder: PurePosixPath) -> None:
    """Note the licenses of the files and folders that are described one by one, and the data that went into actions.

    Their paths are below `folder`.
    """
    for place, node in graph.nodes:
        name = _words(node.get("@id"))
        types = graph.types(node)
        if place != root and name and types & _PARTS and not is_address(name) and not name.startswith("#"):
            covers = folder / f"{name}**" if name.endswith("/") else folder / name
            _say_license(graph, place, node, (str(covers),))
        if "CreateAction" in types:
            for at, value in graph.values(place, node, "object"):
                if graph.address(value) or graph.types(value) & {"Dataset"}:
                    graph.fields.say(Topic.MADE_FROM, at, graph.named(value), link=graph.address(value))


def _released(graph: "_Graph", root: Node) -> Released:
    """Return what the root is, or what it says is the main thing in it."""
    main = [value for _, value in graph.values((), root, "mainEntity")]
    found = (_released_by_types(graph.types(each)) for each in (*main, root))
    return next((each for each in found if each is not Released.UNKNOWN), Released.UNKNOWN)


def _released_by_types(types: frozenset[str]) -> Released:
    return next((released for own, released in _TYPES if own & types), Released.UNKNOWN)


def _words(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


@dataclass
class _Graph:
    """The entities of a file, each with its place, and what their keys lead to."""

    fields: Fields

    @cached_property
    def nodes(self) -> tuple[tuple[YamlPath, Node], ...]:
        """Return the entities at the top: those of `@graph`, of a list, or the object itself."""
        data = self.fields.located.data
        if isinstance(data, Mapping) and isinstance(data.get("@graph"), list):
            return tuple((("@graph", index), each) for index, each in enumerate(data["@graph"]) if _is_node(each))
        if isinstance(data, list):
            return tuple(((index,), each) for index, each in enumerate(data) if _is_node(each))
        return (((), data),) if isinstance(data, Mapping) else ()

    @cached_property
    def _by_id(self) -> Mapping[str, Node]:
        return {str(node["@id"]): node for _, node in self.nodes if isinstance(node.get("@id"), str)}

    def vocabulary(self) -> str | None:
        """Return the format that the context names; `None` where it names none of schema.org."""
        data = self.fields.located.data
        if not isinstance(data, Mapping | list):
            return None
        first = data if isinstance(data, Mapping) else next((each for each in data if _is_node(each)), {})
        context = str(first.get("@context", ""))
        named = next((name for words, name in _VOCABULARIES if words in context), None)
        has_prefix = any(
            key.startswith(("https://schema.org/", "http://schema.org/")) for _, n in self.nodes for key in n
        )
        return named or (SCHEMA_ORG if has_prefix else None)

    def root(self) -> tuple[YamlPath, Node] | None:
        """Return the entity that the file is about."""
        for _, node in self.nodes:
            if str(node.get("@id", "")).endswith(_DESCRIPTOR) and isinstance(about := node.get("about"), Mapping):
                return next((each for each in self.nodes if each[1].get("@id") == about.get("@id")), None)
        named = (each for each in self.nodes if each[1].get("@id") == "./")
        typed = (each for each in self.nodes if _released_by_types(self.types(each[1])) is not Released.UNKNOWN)
        return next(named, None) or next(typed, None) or next(iter(self.nodes), None)

    @staticmethod
    def keys(node: Node, name: str) -> list[str]:
        """Return the keys of an entity that are the property `name`, with whatever prefix."""
        return [key for key in node if isinstance(key, str) and _local(key) == name]

    def values(self, place: YamlPath, node: Node, name: str) -> Iterator[tuple[YamlPath, object]]:
        """Yield what a property of an entity has: texts and entities, references replaced by what they lead to."""
        for key in self.keys(node, name):
            yield from self._unfolded((*place, key), node[key])

    def _unfolded(self, place: YamlPath, value: object, depth: int = 0) -> Iterator[tuple[YamlPath, object]]:
        if isinstance(value, list) and depth < _MOST_SOURCES_DEPTH:
            for index, item in enumerate(value):
                yield from self._unfolded((*place, index), item, depth + 1)
        elif isinstance(value, Mapping) and {"@list", "@set", "@value"} & value.keys():
            key = next(iter({"@list", "@set", "@value"} & value.keys()))
            yield from self._unfolded(place, value[key], depth + 1)
        elif isinstance(value, Mapping) and value.keys() == {"@id"}:
            yield place, self._by_id.get(str(value["@id"]), value)
        elif value not in (None, ""):
            yield place, value

    def types(self, value: object) -> frozenset[str]:
        """Return the types of an entity without their prefixes."""
        said = value.get("@type") if isinstance(value, Mapping) else None
        return frozenset(_local(each) for each in (said if isinstance(said, list) else [said]) if isinstance(each, str))

    def named(self, value: object) -> str | None:
        """Return a text, or the name of an entity, else its address."""
        if not isinstance(value, Mapping):
            return _words(value)
        said = (_words(item) for key in _NAMES for _, item in self.values((), value, key))
        return next(filter(None, said), None) or self.address(value) or _words(value.get("@id"))

    def address(self, value: object) -> str | None:
        """Return the address or DOI of an entity; `None` for a text."""
        if not isinstance(value, Mapping):
            return None
        said = (item for key in ("url", "identifier", "sameAs") for _, item in self.values((), value, key))
        texts: Iterable[str | None] = map(_words, (value.get("@id"), *said))
        return next((text for text in texts if text and is_address(text)), None)


def _is_node(value: object) -> bool:
    return isinstance(value, Mapping)


def _local(key: str) -> str:
    """Return a name without its prefix or the address of its vocabulary."""
    return key.rpartition("/")[2].rpartition("#")[2].rpartition(":")[2]
