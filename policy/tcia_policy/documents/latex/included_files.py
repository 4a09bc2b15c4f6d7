"""The files that a LaTeX source names: where they are, and what they are as text."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import field
from pathlib import PurePosixPath

from tcia_policy.documents.archives import FileTree, inside
from tcia_policy.documents.latex.arguments import group, skip_blank
from tcia_policy.documents.latex.interpreter import Interpreter
from tcia_policy.documents.latex.stack import Frame
from tcia_policy.documents.latex.tokens import TEXT
from tcia_policy.documents.model import Problem, SourceLocation
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.text import decode_latex
from tcia_policy.lazy import dataclass

_READINGS_IN_DOUBT = 2
OUTSIDE = "name a file of the manuscript, relative to its main file"
# What a TeX distribution brings with it, so that no manuscript holds it.
_DISTRIBUTED = frozenset(
    "glyphtounicode glyphtounicode-cmr epsf xy psfig pdfcomment.tex supp-pdf supp-mis tikz pgfplots amssym.def "
    "amssym xypic "
    "IEEEabrv IEEEfull IEEEexample plainnat-names biblatex-examples xampl".split()
)


class OutsideError(Exception):
    """The name leads out of the tree, or cannot be known."""


@dataclass
class IncludedFiles:
    """The files of one reading. `bases` are the folders in which names are looked up, the first one first."""

    tree: FileTree
    main: PurePosixPath
    bases: list[PurePosixPath] = field(default_factory=list)
    active: list[PurePosixPath] = field(default_factory=list)
    _read: Counter[tuple[PurePosixPath, bool, bool]] = field(default_factory=Counter)
    read: list[str] = field(default_factory=list)
    characters: int = 0

    def find(self, name: str, endings: Iterable[str], bases: Iterable[PurePosixPath] = ()) -> PurePosixPath | None:
        """Return the file that is meant, with an ending where it is left out. Raise `OutsideError`."""
        if "|" in name or "\\" in name or name.startswith("~"):
            raise OutsideError(name)
        paths = [inside(base, f"{name}{ending}") for base in bases or self.bases for ending in endings]
        if not any(paths):
            raise OutsideError(name)
        return next((path for path in paths if path is not None and self.tree.has(path)), None)

    def is_new(self, path: PurePosixPath, *, live: bool, is_doubtful: bool) -> bool:
        """Return whether a file is yet to be read: once, and twice where it may be printed in one way or another."""
        if self._read[path, live, False]:
            return False
        return not is_doubtful or self._read[path, live, True] < _READINGS_IN_DOUBT

    def note(self, path: PurePosixPath, *, live: bool, is_doubtful: bool) -> None:
        """Note that a file is read."""
        self._read[path, live, is_doubtful] += 1

    def alike(self, name: str, ending: str) -> str | None:
        """Return a file of the tree that has this name in another folder or in other letters."""
        wanted = PurePosixPath(name).name.removesuffix(ending).lower()
        for path in self.tree.files():
            if path.suffix == ending and path.stem.lower() == wanted:
                return self.tree.shown(path)
        return None

    def not_there(self, name: str, ending: str, at: SourceLocation) -> Problem:
        """Return the problem that a file which is named at `at` is missing."""
        shown = name if PurePosixPath(name).suffix else f"{name}{ending}"
        alike = self.alike(name, ending)
        hint = f"did you mean {alike}?" if alike else "add the file, or remove the command that names it"
        return Problem(at, f"{shown} was not found, so that what it says is not known", hint)

    def with_jobname(self, name: str) -> str:
        """Return the name with `\\jobname` put in."""
        return name.replace("\\jobname", self.main.stem).replace(" .", ".").strip()

    def text(self, path: PurePosixPath) -> str:
        """Return the file as text with `\\n` at its line ends. Raise `InputError`."""
        content = self.tree.read(path)
        self.characters += len(content)
        if self.characters > limits.LATEX_CHARACTERS:
            raise InputError(
                f"the manuscript is larger than {limits.LATEX_CHARACTERS // 1_000_000} MB; the rest is not read"
            )
        return decode_latex(content)


def is_distributed(name: str) -> bool:
    """Return whether TeX itself brings this file, so that it need not be in the manuscript."""
    return PurePosixPath(name).name.removesuffix(".tex").removesuffix(".bib") in _DISTRIBUTED


def file_named(interpreter: Interpreter, frame: Frame, index: int) -> tuple[str, int]:
    """Return the name behind `\\input`, in braces or not, and where it goes on. Print what follows a bare name."""
    source = frame.source
    found = group(frame, index)
    if found is not None:
        is_name = not source.has_paragraph(found[0].start, found[0].end)
        return (interpreter.spelled(found[0]).replace('"', "").strip(), found[1]) if is_name else ("", index)
    start = skip_blank(source, index, frame.end)
    if start >= frame.end or source.kinds[start] != TEXT:
        return "", index
    name, _, rest = source.values[start].strip().partition(" ")
    interpreter.type(f" {rest}", frame.line(start))
    return name.replace('"', ""), start + 1
