"""Roles and directives of Sphinx that docutils does not know: what they print, cite, include, and leave in doubt.

Formats: https://www.sphinx-doc.org/en/master/usage/restructuredtext and
https://sphinxcontrib-bibtex.readthedocs.io/en/latest/usage.html. What a directive prints that is not known here is in
doubt: it may be text or code.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives, roles
from docutils.parsers.rst.states import Inliner


class Cited(nodes.Inline, nodes.Element):
    """What a role cites: its `keys`."""


class Perhaps(nodes.General, nodes.Element):
    """Text in doubt; `doubt` says why."""


class BibliographyHere(nodes.Invisible, nodes.Element):
    """A list of references: the `names` of its files, and whether it `prints_all` that is in them."""


_TITLE_AND_TARGET = re.compile(r"([^<>]*\S)\s*<([^<>]*)>", re.DOTALL)
_AROUND_A_KEY = re.compile(r"\{[^{}]*\}")
_CITES = re.compile(r"(?:foot)?cite(?::\w+)?|citep|citet|cite_?\w{0,12}")
_CROSSED_OUT = frozenset("del strike strikethrough struck s".split())

_NOT_PRINTED = frozenset(
    """
    argparse autoattribute autoclass autodata autodecorator autodoc autoenum autoexception autofunction automethod
    automodule autopackage autopydantic_model autoproperty autoprogram autosummary autotypevar click code-tab
    codeauthor command-output currentmodule default-domain digraph doctest doxygenclass doxygenfile
    doxygenfunction doxygenindex doxygennamespace doxygenstruct exec-code gallery graph graphviz highlight highlightlang
    index inheritance-diagram ipython jupyter-execute jupyter-input jupyter-output jupyterlite
    literalinclude mermaid minigallery module moduleauthor nbgallery nbinput nblinkgallery nboutput openapi plantuml
    plot
    productionlist program program-output prompt py:currentmodule py:module redoc sectionauthor swagger
    tabularcolumns testcleanup testcode testoutput testsetup thebe-button thumbnail toctree todolist uml video vimeo
    youtube
    """.split()
)
_PRINTED = frozenset(
    """
    acks attribute c:function card card-carousel centered cmdoption confval cpp:class cpp:function
    data deprecated describe details dropdown envvar exception function glossary grid grid-item grid-item-card
    group-tab hint hlist js:function list-item method object option panels py:attribute py:class py:data py:exception
    py:function py:method py:property seealso tab tab-item tab-set tabbed tabs versionadded versionchanged
    versionremoved
    """.split()
)
_CONDITIONS = frozenset("only ifconfig".split())
_TODO = "only where `todo_include_todos` is set"


class _AnyOption(dict[str, Callable[[str | None], str]]):
    """The options of a directive, whatever their names are."""

    def __missing__(self, name: str) -> Callable[[str | None], str]:
        return str


class _Known(Directive):
    """A directive with any arguments and options. Its text is printed where it stands."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[Any] = _AnyOption({"class": str})

    def run(self) -> list[nodes.Node]:
        return self.text()

    def text(self) -> list[nodes.Node]:
        """Return the argument as a paragraph, and the content, which may have sections."""
        around = nodes.Element()
        for argument in self.arguments:
            words, messages = self.state.inline_text(argument, self.lineno)
            paragraph = nodes.paragraph("", "", *words)
            paragraph.source, paragraph.line = self.state_machine.get_source_and_line(self.lineno)
            around += [paragraph, *messages]
        self.state.nested_parse(self.content, self.content_offset, around, match_titles=True)
        return list(around.children)

    def perhaps(self, doubt: str, content: list[nodes.Node]) -> list[nodes.Node]:
        return [Perhaps("", *content, doubt=doubt)]


class _Classed(_Known):
    """Text with a class for style sheets, which is the argument."""

    def run(self) -> list[nodes.Node]:
        self.arguments = []
        return self.text()


class _Nothing(_Known):
    def run(self) -> list[nodes.Node]:
        return []


class _Conditional(_Known):
    """Text that a build may leave out: the argument is a condition."""

    def run(self) -> list[nodes.Node]:
        condition = " ".join(self.arguments).strip()[:80]
        self.arguments = []
        return self.perhaps(f"only if `{self.name}` finds that {condition!r} holds", self.text())


class _Todo(_Known):
    def run(self) -> list[nodes.Node]:
        return self.perhaps(_TODO, self.text())


class _Unknown(_Known):
    def run(self) -> list[nodes.Node]:
        return self.perhaps(f"only if the directive `{self.name[:40]}` prints its text", self.text())


class _Bibliography(_Known):
    """The references of sphinxcontrib-bibtex. What nothing cites is printed with `:all:`."""

    def run(self) -> list[nodes.Node]:
        names = " ".join(self.arguments).split()
        prints_all = "all" in self.options or self.options.get("filter", "").strip() == "True"
        here = BibliographyHere("", names=names, prints_all=prints_all)
        here.source, here.line = self.state_machine.get_source_and_line(self.lineno)
        return [here]


class _Include(_Known):
    """Another file, whose lines are read in place. The document's settings have what finds it."""

    def run(self) -> list[nodes.Node]:
        if "literal" in self.options or "code" in self.options or not self.arguments:
            return []
        name = self.arguments[0].strip()
        source, line = self.state_machine.get_source_and_line(self.lineno)
        lines = self.state.document.settings.include(name, source, line, self.options)
        self.state_machine.insert_input(lines.lines, lines.source)
        return []


def _cite(_name: str, raw: str, text: str, line: int, inliner: Inliner, *_: Any, **__: Any) -> Any:
    keys = [key.strip() for key in _AROUND_A_KEY.sub("", nodes.unescape(text)).split(",")]
    cited = Cited(raw, keys=[key for key in keys if key])
    source, cited.line = inliner.reporter.get_source_and_line(line)
    cited.source = None if source is None else str(source)
    return [cited], []


def _words(_name: str, raw: str, text: str, _line: int, _inliner: Inliner, *_: Any, **__: Any) -> Any:
    """Return what a role prints: its text, or the title before a target; a link's target is printed after it."""
    bare = nodes.unescape(text)
    match = _TITLE_AND_TARGET.fullmatch(bare)
    if match is None:
        return [nodes.Text(bare.lstrip("!~"))], []
    target = match[2].strip()
    link = f" {target}" if "://" in target or target.startswith("10.") else ""
    return [nodes.Text(match[1] + link)], []


def _nothing(*_: Any, **__: Any) -> Any:
    return [], []


@contextmanager
def markup_of_sphinx() -> Iterator[None]:
    """Let docutils find the roles and directives of Sphinx while a document is parsed, as Sphinx itself does.

    Nothing of it is left behind, nor of the roles that a document defines: others in this process may use docutils.
    """
    find_directive, find_role = directives.directive, roles.role
    by_document: dict[str, Any] = vars(roles)["_roles"]  # where the directive `role` puts what it defines
    before = dict(by_document)
    directives.directive, roles.role = partial(_directive, find_directive), partial(_role, find_role)
    try:
        yield
    finally:
        directives.directive, roles.role = find_directive, find_role
        by_document.clear()
        by_document.update(before)


_OVERRIDDEN: dict[str, type[Directive]] = {
    "include": _Include,
    **dict.fromkeys("class rst-class cssclass".split(), _Classed),
    **dict.fromkeys("raw meta contents code code-block sourcecode date default-role".split(), _Nothing),
}


def _directive(find: Any, name: str, language: Any, document: nodes.document) -> Any:
    """Return a directive. docutils' own refuse options that they do not know, and lose their text then: not these."""
    name = name.lower()
    if name in _OVERRIDDEN:
        return _OVERRIDDEN[name], []
    own, _ = find(name, language, document)
    if own is None:
        return _of_sphinx(name), []
    if isinstance(own.option_spec, _AnyOption):
        return own, []
    return type(own.__name__, (own,), {"option_spec": _AnyOption(own.option_spec or {"class": str})}), []


def _of_sphinx(name: str) -> type[Directive]:
    if name in ("bibliography", "footbibliography") or name.endswith(":bibliography"):
        return _Bibliography
    if name in _CONDITIONS:
        return _Conditional
    if name == "todo":
        return _Todo
    if name in _NOT_PRINTED:
        return _Nothing
    return _Known if name in _PRINTED else _Unknown


def _role(find: Any, name: str, language: Any, line: int, reporter: Any) -> Any:
    if name.lower() in _CROSSED_OUT:
        return _nothing, []
    if _CITES.fullmatch(name.lower()):
        return _cite, []
    own, _ = find(name, language, line, reporter)
    return (_words if own is None or name.lower() == "index" else own), []
