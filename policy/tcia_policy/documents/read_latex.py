"""A LaTeX document, read from its root file."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from tcia_policy.documents.archives import FileTree
from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.latex import (
    bibliography,
    choices,
    citations,
    conditionals,
    counters,
    definitions,
    glossary,
    layout,
    links,
    package_options,
)
from tcia_policy.documents.latex.arguments import group, option, skip
from tcia_policy.documents.latex.biblatex_bbl import is_biblatex, read_biblatex_bbl
from tcia_policy.documents.latex.doubt import Condition, told
from tcia_policy.documents.latex.included_files import (
    OUTSIDE,
    IncludedFiles,
    OutsideError,
    file_named,
    is_distributed,
)
from tcia_policy.documents.latex.interpreter import Handler, Interpreter
from tcia_policy.documents.latex.output import Output
from tcia_policy.documents.latex.stack import Frame, Span
from tcia_policy.documents.latex.tokens import tokenize
from tcia_policy.documents.latex_bibliographies import BibFiles
from tcia_policy.documents.model import CitationKeyUse, Manuscript, SourceLocation
from tcia_policy.errors import InputError
from tcia_policy.files import limits

_ENDINGS = (".tex", "")
_ENDINGS_OF_TEX = (".sty", ".cls", ".clo", ".def", ".cfg", ".fd", ".ldf", ".bst", ".bbx", ".cbx", ".lbx", ".map")


def read_document(document: DocumentFile) -> Manuscript:
    """Return what the document with this root file holds, as `read_latex` does."""
    return read_latex(document.tree, document.path)


def read_latex(tree: FileTree, main: PurePosixPath) -> Manuscript:
    """Return what the document with the root file `main` cites and prints, and what it refers to.

    The files that it includes, its `.bib` files and its lists of references are read where they are in the tree. What
    cannot be read is a problem, never an error. A `.bbl` beside `main` stands in where no `.bib` could be read.
    """
    reading = _Reading(tree, main)
    reading.read_main()
    return reading.manuscript()


class _Reading:
    def __init__(self, tree: FileTree, main: PurePosixPath) -> None:
        self.files = IncludedFiles(tree, main, [main.parent])
        self.databases = BibFiles(self.files)
        self.tree = tree
        self.main = main
        self.only: frozenset[str] | None = None
        self.lists: list[Manuscript] = []
        own: dict[str, Handler] = {
            **dict.fromkeys(["input", "include", "InputIfFileExists", "loadglsentries", "@input"], self._input),
            **dict.fromkeys(["subfile", "subfileinclude", "includestandalone"], self._subfile),
            **dict.fromkeys(["import", "inputfrom", "includefrom"], self._import),
            **dict.fromkeys(["subimport", "subinputfrom", "subincludefrom"], self._import),
            **dict.fromkeys(["usepackage", "RequirePackage", "documentclass", "LoadClass"], self._package),
            **dict.fromkeys(["bibliography", "nobibliography", "putbib"], self.databases.name),
            **dict.fromkeys(["addbibresource", "addglobalbib", "addsectionbib"], self.databases.name),
            **dict.fromkeys(["printbibliography", "printbib"], self.databases.print_list),
            "includeonly": self._include_only,
            "endinput": _end_of_frame,
        }
        understood = {
            **layout.COMMANDS,
            **links.COMMANDS,
            **glossary.COMMANDS,
            **definitions.COMMANDS,
            **conditionals.COMMANDS,
            **choices.COMMANDS,
            **counters.COMMANDS,
            **package_options.COMMANDS,
            **bibliography.COMMANDS,
            **citations.COMMANDS,
            **own,
        }
        authors_own = layout.AUTHORS_OWN | glossary.AUTHORS_OWN
        self.interpreter = Interpreter(understood, frozenset(understood) - authors_own, self._by_its_name)
        self.interpreter.has_file = self._has_file

    # The files

    def read_main(self) -> None:
        """Read the root file and what it includes, then its bibliography."""
        self._read(self.main, SourceLocation(self.tree.shown(self.main)), self.files.bases)
        if not self.interpreter.began and not self.interpreter.live:
            self.interpreter.problem(
                SourceLocation(self.tree.shown(self.main)),
                "has no \\begin{document}, so that nothing of it is printed",
                "name the main file of the manuscript",
            )

    def manuscript(self) -> Manuscript:
        """Return all that was read."""
        bibliography = self._read_bibliography()
        interpreter = self.interpreter
        prose = [prose for output in interpreter.outputs for prose in output.prose()]
        entries = [entry for output in interpreter.outputs for entry in output.entries()]
        own = Manuscript(
            files=tuple(self.files.read),
            prose=tuple(prose),
            entries=tuple(entries),
            citations=self._citations(),
            problems=tuple(interpreter.problems),
        )
        return Manuscript.joined([own, *self.lists, *bibliography])

    def _read(self, path: PurePosixPath, at: SourceLocation, bases: list[PurePosixPath]) -> None:
        """Read one file at the present place of the walk; a second time only where it had not been printed."""
        files, interpreter = self.files, self.interpreter
        shown = self.tree.shown(path)
        if path in files.active:
            interpreter.problem(
                at, _circle([self.tree.shown(active) for active in files.active], shown), "remove one of these commands"
            )
            return
        if not files.is_new(path, live=interpreter.live, is_doubtful=bool(interpreter.conditions)):
            return
        if len(files.active) >= limits.LATEX_INCLUSION_DEPTH:
            interpreter.problem(
                at, f"files include each other more than {limits.LATEX_INCLUSION_DEPTH} deep; {shown} is not read"
            )
            return
        try:
            text = files.text(path)
        except InputError as error:
            interpreter.problem(SourceLocation(shown), error.problem, error.hint)
            return
        files.note(path, live=interpreter.live, is_doubtful=bool(interpreter.conditions))
        if shown not in files.read:
            files.read.append(shown)
        if path.suffix == ".bbl" and is_biblatex(text):
            self.lists.append(read_biblatex_bbl(text, shown, self._plain))
            return
        kept, files.bases = files.bases, bases
        files.active.append(path)
        self._walk(text, shown, is_references=path.suffix == ".bbl")
        files.active.pop()
        files.bases = kept

    def _walk(self, text: str, shown: str, *, is_references: bool) -> None:
        interpreter = self.interpreter
        is_root = len(self.files.active) == 1
        source = tokenize(text, shown, interpreter.verbatim, (f"if{flag}" for flag in interpreter.flags))
        if source.is_cut:
            interpreter.problem(
                SourceLocation(shown), f"is longer than {limits.LATEX_TOKENS} words and signs; the rest is not read"
            )
        kept = interpreter.output, interpreter.writer, interpreter.live, interpreter.math
        sections, conditions = interpreter.sections, interpreter.conditions
        interpreter.output = Output(shown, told(interpreter.conditions))
        interpreter.outputs.append(interpreter.output)
        interpreter.writer = (
            interpreter.output.references if is_references or kept[1] is kept[0].references else interpreter.output.body
        )
        interpreter.writer.resume(sections)
        length = len(source.kinds)
        has_preamble = source.is_document or source.has_class
        if is_root or has_preamble:
            interpreter.live = not has_preamble
        interpreter.run(Frame(source, length), 0)
        if is_root:
            return
        if source.is_document:
            interpreter.ended = False
        was_live = interpreter.live
        interpreter.output, interpreter.writer, interpreter.live, interpreter.math = kept
        if interpreter.conditions != conditions:
            interpreter.output = interpreter.output.under(told(interpreter.conditions) or "")
            interpreter.writer = interpreter.output.body
        if interpreter.sections != sections:
            interpreter.writer.resume(interpreter.sections)
        interpreter.live = interpreter.live or (was_live and not source.is_document)

    def _plain(self, text: str) -> str:
        source = tokenize(text, "", set())
        return self.interpreter.printed(Span(Frame(source, len(source.kinds)), 0, len(source.kinds)))

    # The commands

    def _by_its_name(self, interpreter: Interpreter, name: str) -> Handler | None:
        if name.startswith("if") and name != "iff":
            return conditionals.conditional
        if name in interpreter.counters:
            return counters.set_register
        for ending in ("true", "false"):
            if name.endswith(ending) and name.removesuffix(ending) in interpreter.flags:
                return definitions.flag_setter
        if name.startswith("bibliography") and name[12:] in interpreter.multiple:
            return self.databases.name
        return citations.cites_by_its_name(name, interpreter.multiple)

    def _input(self, interpreter: Interpreter, frame: Frame, index: int) -> int:
        """Read `\\input{file}`, `\\input file`, `\\include{file}`, `\\InputIfFileExists{file}{if it is}{if not}`."""
        command = frame.source.values[index]
        name, after = file_named(interpreter, frame, index + 1)
        if command == "include" and self.only is not None and name.removesuffix(".tex") not in self.only:
            self._left_out(name, frame.place(index))
            return after
        must_be_there = command not in ("InputIfFileExists", "@input")
        is_there = self._include(name, frame.place(index), self.files.bases, must_be_there=must_be_there)
        if command != "InputIfFileExists":
            return after
        then = group(frame, after)
        otherwise = group(frame, then[1]) if then else None
        chosen = then if is_there else otherwise
        if chosen is not None:
            interpreter.walk(chosen[0])
        return skip(frame, after, "mm")

    def _include_only(self, interpreter: Interpreter, frame: Frame, index: int) -> int:
        """Read `\\includeonly{one,two}`: no other file that is included is printed."""
        named = group(frame, index + 1)
        if named is None:
            return index + 1
        if not interpreter.conditions:
            names = interpreter.spelled(named[0]).split(",")
            self.only = frozenset(name.strip().removesuffix(".tex") for name in names)
        return named[1]

    def _left_out(self, name: str, at: SourceLocation) -> None:
        hint = "take \\includeonly out where the whole manuscript is to be checked"
        self.interpreter.problem(at, f"{name} is left out by \\includeonly, so that it is not read", hint)

    def _subfile(self, interpreter: Interpreter, frame: Frame, index: int) -> int:
        """Read `\\subfile{chapter/one}`: what it names is sought beside it."""
        name, after = file_named(interpreter, frame, skip(frame, index + 1, "o"))
        self._include(name, frame.place(index), self.files.bases, moves=True)
        return after

    def _import(self, interpreter: Interpreter, frame: Frame, index: int) -> int:
        """Read `\\import{folder}{file}` from the main file's folder, `\\subimport` from the importing file's."""
        folder = group(frame, index + 1)
        if folder is None:
            return index + 1
        name, after = file_named(interpreter, frame, folder[1])
        spelled = interpreter.spelled(folder[0]).strip()
        prefix = f"{spelled}/" if spelled else ""
        is_relative = frame.source.values[index].startswith("sub")
        bases = self.files.bases if is_relative else [self.main.parent]
        self._include(f"{prefix}{name}" if name else "", frame.place(index), bases, moves=True)
        return after

    def _include(
        self,
        name: str,
        at: SourceLocation,
        bases: list[PurePosixPath],
        *,
        moves: bool = False,
        must_be_there: bool = True,
    ) -> bool:
        """Read what a command names; return whether it is there."""
        name = self.files.with_jobname(name)
        if not name:
            return False
        try:
            path = self.files.find(name, _ENDINGS, bases)
        except OutsideError:
            self.interpreter.problem(at, f"{name} is outside of the manuscript, and was not read", OUTSIDE)
            self._is_incomplete()
            return False
        if path is None:
            if must_be_there and not is_distributed(name):
                self.interpreter.report(self.files.not_there(name, ".tex", at))
                self._is_incomplete()
            return False
        inner = (
            [path.parent, *(base for base in self.files.bases if base != path.parent)] if moves else self.files.bases
        )
        self._read(path, at, inner)
        return True

    def _is_incomplete(self) -> None:
        """Note that a file is missing that may set flags and define commands."""
        if not self.interpreter.live:
            self.interpreter.is_incomplete = True
            self.interpreter.flags = dict.fromkeys(self.interpreter.flags, None)

    def _has_file(self, name: str) -> bool | None:
        """Return whether a file is there; `None` for one that TeX may bring."""
        try:
            path = self.files.find(self.files.with_jobname(name), _ENDINGS)
        except OutsideError:
            return None
        is_of_tex = PurePosixPath(name).suffix in _ENDINGS_OF_TEX or is_distributed(name)
        return True if path is not None else None if is_of_tex else False

    def _package(self, interpreter: Interpreter, frame: Frame, index: int) -> int:
        """Take what the manuscript's own packages define, and of its own class which flags it sets."""
        options = option(frame, index + 1)
        names = group(frame, options[1] if options else index + 1)
        if names is None:
            return index + 1
        spelled = interpreter.spelled(names[0])
        if spelled == "subfiles" and options is not None:
            self._preamble(interpreter.spelled(options[0]))
        is_package = frame.source.values[index] in ("usepackage", "RequirePackage")
        named = [name.strip() for name in spelled.split(",")]
        given = interpreter.spelled(options[0]) if options is not None else ""
        interpreter.given_options = frozenset(map(str.strip, given.split(",")))
        self.databases.are_biblatex |= is_package and "biblatex" in named
        if is_package and not interpreter.conditions:
            interpreter.packages.update(named)
        elif frame.source.values[index] == "documentclass" and not interpreter.document_class:
            interpreter.document_class = spelled.strip()
            interpreter.class_options = interpreter.given_options
            if spelled.strip() == "acmart" and "anonymous" in interpreter.class_options:
                interpreter.hidden.update(("acks", "anonsuppress"))  # acmart 2.12, section 2.10
            if spelled.strip() == "exam" and "answers" not in interpreter.class_options:
                interpreter.doubtful_environments["solution"] = Condition("\\printanswers", "given")
        for name in named:
            try:
                path = self.files.find(name, (".sty",) if is_package else (".cls",))
            except OutsideError:
                continue
            if path is not None:
                interpreter.options, kept = {}, (interpreter.options, interpreter.flags_only)
                interpreter.flags_only = interpreter.flags_only or not is_package
                self._definitions(path)
                interpreter.options, interpreter.flags_only = kept
        return skip(frame, names[1], "o")

    def _preamble(self, name: str) -> None:
        """Read the preamble of the main document, for one of its subfiles that is read by itself."""
        try:
            path = self.files.find(name.strip(), _ENDINGS)
        except OutsideError:
            return
        if path is not None and path not in self.files.active:
            self.databases.are_printed = True  # the main document prints it
            self.interpreter.preamble_only = True
            self._definitions(path, [path.parent, *self.files.bases])
            self.interpreter.preamble_only = False
            self.interpreter.began = False

    def _definitions(self, path: PurePosixPath, bases: list[PurePosixPath] | None = None) -> None:
        """Read a file for what it defines, and nothing else."""
        interpreter = self.interpreter
        kept = interpreter.live, interpreter.citing, list(interpreter.problems)
        interpreter.live = interpreter.citing = False
        self._read(path, SourceLocation(self.tree.shown(path)), bases or self.files.bases)
        interpreter.live, interpreter.citing, interpreter.problems = kept
        interpreter.ended = False

    # The bibliography

    def _read_bibliography(self) -> list[Manuscript]:
        parts, missing = self.databases.read(self.interpreter.embedded, (use.key for use in self.interpreter.citations))
        if self.databases.are_read(parts) or not self._read_bbl():
            for problem in missing:
                self.interpreter.report(problem)
        return parts

    def _citations(self) -> tuple[CitationKeyUse, ...]:
        has_list = self.lists or any(output.items for output in self.interpreter.outputs)
        uses = self.interpreter.citations
        return tuple(uses) if has_list else self.databases.in_doubt(uses)

    def _read_bbl(self) -> bool:
        """Read the `.bbl` beside the main file, where it stands for the bibliography; whether it did."""
        path = self.main.with_suffix(".bbl")
        has_list = self.lists or any(output.items for output in self.interpreter.outputs)
        if not self.tree.has(path) or not (self.databases.wanted or (self.interpreter.citations and not has_list)):
            return False
        interpreter = self.interpreter
        interpreter.ended, interpreter.live, interpreter.citing = False, True, False
        interpreter.output = Output("")
        interpreter.writer = interpreter.output.references
        self.files.active.append(self.main)
        self._read(path, SourceLocation(self.tree.shown(path)), self.files.bases)
        self.files.active.pop()
        return True


def _circle(active: Iterable[str], shown: str) -> str:
    chain = list(active)
    between = chain[chain.index(shown) + 1 :]
    return f"{shown} includes itself" + (f" through {', '.join(between)}" if between else "") + "; read once"


def _end_of_frame(interpreter: Interpreter, frame: Frame, index: int) -> int:
    """Read `\\endinput`."""
    return frame.end
