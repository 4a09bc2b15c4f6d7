"""The `.bib` files that a LaTeX source names."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from tcia_policy.documents.bibtex.read_bibtex import read_bib
from tcia_policy.documents.latex.arguments import group, option, skip
from tcia_policy.documents.latex.included_files import OUTSIDE, IncludedFiles, OutsideError, is_distributed
from tcia_policy.documents.latex.interpreter import Interpreter
from tcia_policy.documents.latex.stack import Frame
from tcia_policy.documents.model import CitationKeyUse, Entry, Manuscript, Problem, SourceLocation
from tcia_policy.errors import InputError
from tcia_policy.files import limits

NO_LIST = "only if something prints the list of references; no \\printbibliography does"


class BibFiles:
    """Collects their names during the walk, and reads them after it."""

    def __init__(self, files: IncludedFiles) -> None:
        self._files = files
        self.wanted: dict[str, tuple[SourceLocation, list[PurePosixPath]]] = {}
        self.are_biblatex = False
        self.are_printed = False

    def name(self, interpreter: Interpreter, frame: Frame, index: int) -> int:
        """Read `\\bibliography{a,b}`, `\\addbibresource[..]{x.bib}`, `\\putbib[a]`."""
        options = option(frame, index + 1)
        names = group(frame, options[1] if options else index + 1)
        is_biblatex = frame.source.values[index].startswith("add")
        self.are_biblatex |= is_biblatex
        self.are_printed |= not is_biblatex
        if frame.source.values[index] == "putbib":
            names, options = options, None
        if names is None or frame.source.has_paragraph(names[0].start, names[0].end):
            return index + 1
        if "remote" in (interpreter.spelled(options[0]) if options else ""):
            interpreter.problem(
                frame.place(index), "a remote bibliography is not fetched", "save it beside the manuscript"
            )
            return names[1]
        for name in filter(None, map(str.strip, interpreter.spelled(names[0]).split(","))):
            self.wanted.setdefault(self._files.with_jobname(name), (frame.place(index), list(self._files.bases)))
        return names[1]

    def print_list(self, interpreter: Interpreter, frame: Frame, index: int) -> int:
        """Read `\\printbibliography[..]`: without it, biblatex prints no list of references (manual 3.20, 3.8.2)."""
        self.are_printed |= interpreter.live and not interpreter.conditions
        return skip(frame, index + 1, "o")

    def in_doubt(self, uses: Iterable[CitationKeyUse]) -> tuple[CitationKeyUse, ...]:
        """Return the citations; in doubt where nothing prints the list that they refer to."""
        if not self.wanted or self.are_printed:
            return tuple(uses)
        return tuple(replace(use, doubt=use.doubt or NO_LIST) for use in uses)

    def read(
        self, embedded: Mapping[str, tuple[str, str]], cited: Iterable[str] = ()
    ) -> tuple[list[Manuscript], list[Problem]]:
        """Return those that are there, and what is to be said of those that are not. `embedded` are those that a source
        holds in `filecontents`: content, and the file that it stands in. `cited` are the keys as the text has them:
        BibTeX finds them in any case, and so their entries are given under these; biber does not.
        """
        found = [self._read(name, at, bases, embedded) for name, (at, bases) in self.wanted.items()]
        parts = [part for part in found if isinstance(part, Manuscript)]
        if not self.are_biblatex:
            spelled: dict[str, str] = {}
            for key in cited:
                spelled.setdefault(key.lower(), key)
            parts = [_with_keys(part, spelled) for part in parts]
        parts = _without_repeated(parts)
        return parts, [part for part in found if isinstance(part, Problem)]

    @staticmethod
    def are_read(parts: list[Manuscript]) -> bool:
        """Return whether any could be read."""
        return any(part.entries or not part.problems for part in parts if part.files)

    def _read(
        self, name: str, at: SourceLocation, bases: list[PurePosixPath], embedded: Mapping[str, tuple[str, str]]
    ) -> Manuscript | Problem:
        full = name if name.endswith(".bib") else f"{name}.bib"
        try:
            path = self._files.find(full, ("",), bases)
        except OutsideError:
            return Problem(at, f"{name} is outside of the manuscript, and was not read", OUTSIDE)
        if path is None and full in embedded:
            content, shown = embedded[full]
            return read_bib(content.encode(), shown)
        if path is None:
            return Manuscript() if is_distributed(name) else self._files.not_there(name, ".bib", at)
        shown = self._files.tree.shown(path)
        try:
            return read_bib(self._files.tree.read(path), shown)
        except InputError as error:
            return Problem(SourceLocation(shown), error.problem, error.hint)


def _with_keys(part: Manuscript, spelled: Mapping[str, str]) -> Manuscript:
    """Return a bibliography with its keys spelled as the text spells them."""
    entries = (replace(entry, key=spelled.get((entry.key or "").lower(), entry.key)) for entry in part.entries)
    return replace(part, entries=tuple(entries))


def _without_repeated(parts: list[Manuscript]) -> list[Manuscript]:
    """Leave out entries whose key an earlier one has: BibTeX and biber read only the first."""
    first: dict[str, SourceLocation] = {}
    kept = []
    for part in parts:
        repeated = [entry for entry in part.entries if first.get(entry.key or "", entry.place) != entry.place]
        problems = [_repeated(entry, first[entry.key or ""]) for entry in repeated[: limits.BIBTEX_REPEATED]]
        left_out = frozenset(entry.key for entry in repeated)
        entries = tuple(entry for entry in part.entries if entry.key not in left_out)
        first |= {entry.key: entry.place for entry in entries if entry.key is not None}
        kept.append(replace(part, entries=entries, problems=(*part.problems, *problems)))
    return kept


def _repeated(entry: Entry, first: SourceLocation) -> Problem:
    hint = f"only the first is read, at {first}; give this one another key"
    return Problem(entry.place, f"the key {(entry.key or '')[:60]} is there already", hint)
