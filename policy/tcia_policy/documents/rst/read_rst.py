"""reStructuredText, plain or of Sphinx, read with docutils: with what it includes and the bibliographies it names.

Format: https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html. docutils opens no file itself and passes no
raw HTML: what is included is read from the tree of the document alone.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import PurePosixPath

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.transforms import references
from docutils.utils import new_document

from tcia_policy.documents.archives import FileTree, inside
from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.formats import format_by_suffix
from tcia_policy.documents.model import Manuscript, Problem, SourceLocation
from tcia_policy.documents.paragraphs import text_blocks
from tcia_policy.documents.rst.markup import markup_of_sphinx
from tcia_policy.documents.rst.printed import ListHere, Printed, printed
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.text import decode_text
from tcia_policy.lazy import dataclass

_SETTINGS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 5,
    "halt_level": 6,
    "warning_stream": False,
    "syntax_highlight": "none",
    "line_length_limit": limits.RST_TEXT,
    "pep_references": None,
    "rfc_references": None,
}
# docutils' levels of messages: about what looks wrong, and about text that is not read
_WARNING = 2
_ERROR = 3
_LOSES_NOTHING = "Undefined substitution"  # which is printed as it is; Sphinx defines some in its configuration
_TRANSFORMS = (
    references.Substitutions,
    references.AnonymousHyperlinks,
    references.IndirectHyperlinks,
    references.ExternalTargets,
)
_CONFIGURATION = "conf.py"
_NAMED_IN_CONFIGURATION = "bibtex_bibfiles"


def read_document(document: DocumentFile) -> Manuscript:
    """Return what a document holds. Raise `InputError` where it cannot be read."""
    reading = _Reading(document.tree, document.path, document.bibliographies)
    return reading.manuscript()


@dataclass(frozen=True)
class _Included:
    lines: list[str]
    source: str


@dataclass
class _Reading:
    tree: FileTree
    path: PurePosixPath
    known: dict[PurePosixPath, Manuscript]
    files: dict[str, PurePosixPath] = field(default_factory=dict)
    others: list[Manuscript] = field(default_factory=list)
    problems: dict[Problem, None] = field(default_factory=dict)
    bibliographies: dict[PurePosixPath, None] = field(default_factory=dict)
    characters: int = 0
    warnings: int = 0

    def manuscript(self) -> Manuscript:
        shown = self.tree.shown(self.path)
        found = self._printed(shown)
        for named in found.lists:
            self._add_list(named)
        self._add_configuration()
        own = Manuscript(
            files=tuple(self.files),
            prose=tuple(text_blocks(found.paragraphs)),
            entries=tuple(found.entries),
            citations=tuple(found.uses),
            problems=tuple(self.problems)[: limits.RST_PROBLEMS],
        )
        return Manuscript.joined([own, *self.others, *(self.known[path] for path in self.bibliographies)])

    def _printed(self, shown: str) -> Printed:
        settings = get_default_settings(Parser)
        vars(settings).update(_SETTINGS, include=self._include)
        document = new_document(shown, settings)
        document.reporter.attach_observer(self._note)
        text = self._text(self.path)
        try:
            with markup_of_sphinx():
                Parser().parse(text, document)
            self._bound_substitutions(document, shown)
            document.transformer.add_transforms(_TRANSFORMS)
            document.transformer.apply_transforms()
        except InputError:
            raise
        except RecursionError:
            raise InputError("is nested too deep to be read", file=shown) from None
        except Exception as error:  # docutils has no error of its own for what it cannot parse
            problem = f"is no reStructuredText that docutils can read ({type(error).__name__})"
            raise InputError(problem, file=shown, hint="name the PDF that is made of it") from None
        return printed(document, shown)

    def _text(self, path: PurePosixPath) -> str:
        shown = self.tree.shown(path)
        text = decode_text(self.tree.read(path), shown, limits.RST_TEXT).removeprefix("\ufeff")
        self.characters += len(text)
        self.files[shown] = path
        return text

    def _note(self, message: nodes.system_message) -> None:
        """Note what docutils says of markup that it cannot read.

        Raise `InputError` where it says too much: for each mark that nothing closes it goes through a whole paragraph.
        """
        self.warnings += message["level"] >= _WARNING
        if self.warnings > limits.RST_WARNINGS:
            shown = self.tree.shown(self.path)
            raise InputError(f"has more than {limits.RST_WARNINGS:,} mistakes of reStructuredText", file=shown)
        said = " ".join(message.children[0].astext().split())[:200] if message.children else "it cannot be read"
        if message["level"] >= _ERROR and not said.startswith(_LOSES_NOTHING):
            place = SourceLocation(message.get("source") or self.tree.shown(self.path), message.get("line"))
            self.problems[Problem(place, f"docutils cannot read this: {said}", "mend it: its text may be lost")] = None

    # What it includes

    def _include(self, name: str, source: str, line: int, options: Mapping[str, str]) -> _Included:
        """Return the lines of an included file; none, and a problem, where they are not to be had."""
        place = SourceLocation(source, line)
        target = self._found(name, self.files.get(source, self.path))
        if target is None:
            self.problems[
                Problem(place, f"includes {name!r}, which is not there", "paths are relative to the file")
            ] = None
            return _Included([], source)
        shown = self.tree.shown(target)
        if shown in self.files:
            return _Included([], source)  # once is enough, and a circle ends here
        if len(self.files) >= limits.RST_INCLUDED or self.characters > limits.RST_TEXT:
            self.problems[Problem(place, f"{name!r} was not read: too much is included", None)] = None
            return _Included([], source)
        try:
            return self._lines(target, shown, options)
        except InputError as error:
            self.problems[Problem(place, f"includes {name!r}, which {error.problem}", error.hint)] = None
            return _Included([], source)

    def _lines(self, target: PurePosixPath, shown: str, options: Mapping[str, str]) -> _Included:
        other = format_by_suffix(target)
        if "parser" in options and other is not None and other.reader != f"{__name__}:{read_document.__name__}":
            self.files[shown] = target
            self.others.append(other.read(DocumentFile(self.tree, target, self.known)))
            return _Included([], shown)
        text = self._text(target)
        before, mark, rest = text.partition(options["start-after"]) if options.get("start-after") else ("", "", text)
        skipped = before.count("\n") + mark.count("\n")
        kept = rest.partition(options["end-before"])[0] if options.get("end-before") else rest
        return _Included([*[""] * skipped, *kept.expandtabs(8).split("\n")], shown)

    def _found(self, name: str, within: PurePosixPath) -> PurePosixPath | None:
        """Return a file as the file `within` names it, or from the folder of its project where it begins with `/`."""
        folders = within.parent.parents if name.startswith("/") else ()
        candidates = (inside(folder, name.lstrip("/")) for folder in (within.parent, *folders))
        return next((path for path in candidates if path is not None and self.tree.has(path)), None)

    # Its bibliographies

    def _add_list(self, named: ListHere) -> None:
        for name in named.names:
            self._add_bibliography(name, self.files.get(named.place.file, self.path), named.place)

    def _add_configuration(self) -> None:
        """Add the bibliographies that the project of Sphinx names, which the document is in."""
        for folder in self.path.parent, *self.path.parent.parents:
            path = folder / _CONFIGURATION
            if self.tree.has(path):
                for name, line in _named_in(self.tree, path):
                    self._add_bibliography(name, path, SourceLocation(self.tree.shown(path), line))
                return

    def _add_bibliography(self, name: str, within: PurePosixPath, place: SourceLocation) -> None:
        target = self._found(name, within)
        known = None if target is None else format_by_suffix(target)
        if target is None or known is None or not known.is_bibliography:
            hint = "its path is relative to this file, and stays inside the project's folder"
            self.problems[Problem(place, f"the bibliography {name!r} is not there", hint)] = None
            return
        if target not in self.known:
            try:
                self.known[target] = known.read(DocumentFile(self.tree, target))
            except InputError as error:
                at = SourceLocation(self.tree.shown(target), error.line)
                self.known[target] = Manuscript(problems=(Problem(at, error.problem, error.hint),))
        self.bibliographies[target] = None

    # Bounds

    def _bound_substitutions(self, document: nodes.document, shown: str) -> None:
        """Drop all substitutions of a document in which they would unfold to more than a document may have."""
        sizes: dict[str, int] = {}
        definitions = document.substitution_defs
        if sum(_unfolded(node, definitions, sizes) for node in document.findall(nodes.substitution_reference)) > (
            limits.RST_TEXT
        ):
            definitions.clear()
            document.substitution_names.clear()
            problem = Problem(SourceLocation(shown), "its substitutions unfold to too much text, and were left out")
            self.problems[problem] = None


def _unfolded(
    reference: nodes.substitution_reference,
    definitions: Mapping[str, nodes.substitution_definition],
    sizes: dict[str, int],
) -> int:
    """Return how many characters a reference unfolds to; those in a circle count once, for docutils refuses them."""
    name = reference["refname"]
    definition = definitions.get(name)
    if definition is None:
        return 1
    if name not in sizes:
        sizes[name] = 0
        inner = definition.findall(nodes.substitution_reference)
        sizes[name] = len(definition.astext()) + sum(_unfolded(node, definitions, sizes) for node in inner)
    return sizes[name]


def _named_in(tree: FileTree, path: PurePosixPath) -> Iterator[tuple[str, int]]:
    """Yield the bibliographies that a project's configuration names in so many words, with their lines."""
    try:
        module = ast.parse(decode_text(tree.read(path), tree.shown(path), limits.CODE))
    except (InputError, SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for statement in module.body:
        names = [target.id for target in getattr(statement, "targets", ()) if isinstance(target, ast.Name)]
        value = getattr(statement, "value", None)
        if _NAMED_IN_CONFIGURATION in names and isinstance(value, (ast.List, ast.Tuple)):
            for item in value.elts:
                if isinstance(item, ast.Constant) and isinstance(item.value, str):
                    yield item.value, item.lineno
