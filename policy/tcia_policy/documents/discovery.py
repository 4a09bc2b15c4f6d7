r"""Which files of a folder or zip are the manuscript, which are its sources, and which have nothing to do with it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile
from pathlib import PurePosixPath

from tcia_policy.documents import formats
from tcia_policy.documents.archives import FileTree
from tcia_policy.documents.beside_paper import FIGURE_FOLDERS, Beside, beside_paper, is_paper, nearest
from tcia_policy.documents.file_types import UNREAD_SUFFIXES
from tcia_policy.documents.formats import InFolder
from tcia_policy.documents.latex.roots import LatexRoots, find_roots
from tcia_policy.documents.model import Problem, SourceLocation
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.text import decode_text
from tcia_policy.files.written_by import MarkedError
from tcia_policy.lazy import dataclass
from tcia_policy.text.english import first_few

FEWEST_SENTENCES = 5
FEWEST_WORDS = 100
_MADE_BY_BIBTEX = ".bbl"
_NOTEBOOK = ".ipynb"

# What `tcia-policy notices` writes into one folder, to be pasted: it is in no manuscript yet.
_NOTICES = "ATTRIBUTION.md"
_PASTED_FROM_NOTICES = re.compile(r"acknowledge?ments?|data_?availability(?:_?statement)?")
# A source, and what is made from it in place.
_OUTPUTS = {
    ".qmd": (".md", ".tex", ".docx", ".pdf", ".html", ".odt", ".rtf", ".typ", ".ipynb", ".epub"),
    ".rmd": (".md", ".tex", ".docx", ".pdf", ".html", ".odt", ".rtf", ".epub"),
    ".ipynb": (".html", ".pdf"),
    ".md": (".docx", ".pdf", ".html", ".odt", ".rtf", ".typ", ".epub"),
    ".tex": (".pdf", ".html", ".rtf"),
    ".docx": (".pdf", ".doc", ".odt", ".rtf"),
}
_MENTIONED = (
    ".doc",
    ".odt",
    ".rtf",
    ".pages",
    ".adoc",
    ".org",
    ".typ",
    ".lyx",
    ".epub",
)
# Where earlier versions are kept: what they cite, the manuscript need not.
_EARLIER_FOLDERS = re.compile(
    r"(?:old|older|previous|earlier)(?:[ _-]?(?:drafts?|versions?|files?|stuff))?|drafts?|archived?"
    r"|back-?ups?|bak|deprecated|superseded|attic|trash",
    re.IGNORECASE,
)
_EARLIER_NAMES = re.compile(
    r".+[ ._-](?:old|back-?up|bak|deprecated|superseded|diff)|(?:old|diff)[ ._-].+", re.IGNORECASE
)
# Bibliographies: what is in them counts only where the text cites it.
_NOT_MARKED = (InFolder.SPARE, InFolder.NEVER, InFolder.WITHOUT_DOCUMENTS)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE_END = re.compile(r"[^\W\d_]{2,}[.?!](?=\s)")


@dataclass(frozen=True)
class Documents:
    """What is to be read of a tree: `main`; `spare` bibliographies, read where no document names them; `fragments` of
    LaTeX that are worth a word where no document includes them."""

    main: tuple[PurePosixPath, ...] = ()
    spare: tuple[PurePosixPath, ...] = ()
    fragments: tuple[PurePosixPath, ...] = ()
    problems: tuple[Problem, ...] = ()


def find_documents(tree: FileTree, files: Sequence[PurePosixPath], shown: str) -> Documents:
    """Return the documents among `files` of a tree. `shown` is how messages spell where they are.

    What describes a repository (README, card, LICENSE) and notebooks are read where there is no paper. Where there is
    one, they are told: what they cite, the paper does not.
    """
    beside = {path: kind for path in files if (kind := _beside(path, tree)) is not None}
    found = _find_papers(tree, [path for path in files if path not in beside], files, shown)
    descriptions = [path for path, kind in beside.items() if kind is Beside.DESCRIPTION and _is_text(path)]
    has_paper = any(is_paper(path, partial(_text, tree)) for path in found.main[: limits.MANUSCRIPT_DOCUMENTS])
    alone = [] if has_paper else nearest(descriptions)
    notebooks = [path for path in found.main if has_paper and path.suffix.lower() == _NOTEBOOK]
    documents = (*alone, *(path for path in found.main if path not in notebooks))
    main = documents or (() if found.spare else _programs(files))
    programs = _programs(files) if documents and not has_paper else ()
    return replace(
        found,
        main=main[: limits.MANUSCRIPT_DOCUMENTS],
        problems=(
            *_about_count(main, found.spare, shown),
            *found.problems,
            *_about_programs(programs, shown),
            *_about_passed_over([path for path in beside if path not in alone], notebooks, beside, shown),
        ),
    )


def _find_papers(
    tree: FileTree, candidates: Sequence[PurePosixPath], files: Sequence[PurePosixPath], shown: str
) -> Documents:
    """Return the documents among `candidates`, which may be a manuscript by their names."""
    marked = {path for path in _looked_at(candidates) if _is_marked(tree, path)}
    wanted = [path for path in candidates if path not in marked]
    made = _made(wanted)
    sorted_files = _by_place_in_folder(path for path in wanted if path not in made)
    latex = find_roots(tree, [path for path in sorted_files[InFolder.ROOTS] if path.suffix.lower() != _MADE_BY_BIBTEX])
    sources, earlier = _present([*latex.documents, *_sources(tree, sorted_files)], files)
    printed, further = _printed(sorted_files[InFolder.WITHOUT_SOURCES], bool(sources), latex.graphics)
    marked |= {path for path in printed if _is_marked(tree, path)}
    unread = [path for path in wanted if path not in made and _is_mentioned(path)]
    return Documents(
        main=(*sources, *(path for path in printed if path not in marked)),
        spare=tuple(sorted_files[InFolder.SPARE])[: limits.MANUSCRIPT_DOCUMENTS],
        fragments=latex.fragments,
        problems=(
            *_about_marked(sorted(marked), shown),
            *_about_latex(latex, shown),
            *_about_earlier(earlier, shown),
            *_about_pdfs(further, shown),
            *_about_unread(unread, shown),
        ),
    )


def _sources(tree: FileTree, sorted_files: Mapping[InFolder, Sequence[PurePosixPath]]) -> Iterator[PurePosixPath]:
    """Return the documents that are neither LaTeX nor the printed form of something else."""
    yield from (path for path in sorted_files[InFolder.NOT_PARTIAL] if not path.name.startswith("_"))
    yield from sorted_files[InFolder.EACH]
    texts = [path for path in sorted_files[InFolder.PROSE] if path.suffix]
    yield from (path for path in _nearest_first(texts)[: limits.MANUSCRIPT_TEXTS] if _is_prose(tree, path))


def _by_place_in_folder(paths: Iterable[PurePosixPath]) -> Mapping[InFolder, Sequence[PurePosixPath]]:
    """Return the paths whose format is read, by what such files are in a folder."""
    found: dict[InFolder, list[PurePosixPath]] = {place: [] for place in InFolder}
    for path in paths:
        known = formats.format_by_suffix(path)
        if known is not None:
            found[known.in_folder].append(path)
    return found


def _beside(path: PurePosixPath, tree: FileTree) -> Beside | None:
    """Return what a file is beside a manuscript, or `None` for what may be one, and for a bibliography."""
    known = formats.format_by_suffix(path)
    if known is not None and known.in_folder is InFolder.SPARE:
        return None
    stem = path.stem.casefold().replace("-", "_").replace(" ", "_")
    if _PASTED_FROM_NOTICES.fullmatch(stem) is not None and tree.has(path.parent / _NOTICES):
        return Beside.HOUSEKEEPING
    return beside_paper(path)


def _is_text(path: PurePosixPath) -> bool:
    """Return whether a description is of a format that is read, and is no bibliography."""
    known = formats.format_by_suffix(path)
    return known is not None and known.in_folder not in (InFolder.NEVER, InFolder.WITHOUT_DOCUMENTS)


def _programs(files: Iterable[PurePosixPath]) -> tuple[PurePosixPath, ...]:
    """Return the files that are read where there is nothing else, the nearest ones first."""
    known = ((path, formats.format_by_suffix(path)) for path in files)
    return tuple(
        _nearest_first(
            path for path, known in known if known is not None and known.in_folder is InFolder.WITHOUT_DOCUMENTS
        )
    )


def _nearest_first(paths: Iterable[PurePosixPath]) -> list[PurePosixPath]:
    return sorted(paths, key=lambda path: (len(path.parts), path))


def _looked_at(candidates: Sequence[PurePosixPath]) -> Iterator[PurePosixPath]:
    """Give those in which it is looked for who wrote them: of each ending the nearest ones, and no PDFs."""
    counts: Counter[str] = Counter()
    for path in _nearest_first(candidates):
        suffix = path.suffix.lower()
        counts[suffix] += 1
        is_text = suffix in (".txt", ".text")
        if not _is_pdf(path) and counts[suffix] <= (
            limits.MANUSCRIPT_TEXTS if is_text else limits.MANUSCRIPT_DOCUMENTS
        ):
            yield path


def _made(paths: Iterable[PurePosixPath]) -> frozenset[PurePosixPath]:
    """Return those that are made from another one beside them."""
    return frozenset(
        path.with_suffix(ending) for path in paths for ending in _OUTPUTS.get(path.suffix.lower(), ()) if path.stem
    )


def _present(
    found: Sequence[PurePosixPath], files: Sequence[PurePosixPath]
) -> tuple[list[PurePosixPath], list[PurePosixPath]]:
    """Part the present version from earlier ones, told by their name or folder; if all are such, they are present."""
    depth = _common_depth(files)
    earlier = [path for path in found if _is_earlier(path, depth)]
    present = [path for path in found if path not in earlier]
    return (present, earlier) if present else (list(found), [])


def _common_depth(files: Sequence[PurePosixPath]) -> int:
    """Return how many folders all files share."""
    folders = zip(*(path.parts[:-1] for path in files), strict=False)
    return sum(1 for _ in takewhile(lambda names: len(set(names)) == 1, folders))


def _is_earlier(path: PurePosixPath, depth: int) -> bool:
    folders = path.parts[depth:-1]
    return any(map(_EARLIER_FOLDERS.fullmatch, folders)) or _EARLIER_NAMES.fullmatch(path.stem) is not None


def _is_mentioned(path: PurePosixPath) -> bool:
    return formats.format_by_suffix(path) is None and path.name.lower().endswith((*_MENTIONED, ".tex.gz"))


def _is_pdf(path: PurePosixPath) -> bool:
    """Return whether a file is looked at only where there are no sources: a folder may have many figures."""
    return path.suffix.lower() == ".pdf"


def _is_marked(tree: FileTree, path: PurePosixPath) -> bool:
    """Return whether this program wrote the file; `False` for what is no document."""
    known = formats.format_by_suffix(path)
    if known is not None and known.in_folder is InFolder.PROSE and tree.size(path) > limits.MANUSCRIPT_PROSE:
        return False
    if (known is None and not _is_mentioned(path)) or (known is not None and known.in_folder in _NOT_MARKED):
        return False
    try:
        tree.read(path)
    except MarkedError:
        return True
    except InputError:
        return False
    return False


def _is_prose(tree: FileTree, path: PurePosixPath) -> bool:
    """Return whether a text is written in sentences, and is no list, log or table."""
    text = _text(tree, path)
    words = sum(1 for _ in _WORD.finditer(text))
    sentences = sum(1 for _ in _SENTENCE_END.finditer(text))
    return sentences >= FEWEST_SENTENCES and words >= FEWEST_WORDS and 2 * words > len(text.split())


def _text(tree: FileTree, path: PurePosixPath) -> str:
    """Return a text, or an empty one for what is too large for a text that is found in a folder, or cannot be read."""
    try:
        return "" if tree.size(path) > limits.MANUSCRIPT_PROSE else decode_text(tree.read(path), "")
    except InputError:
        return ""


def _printed(
    pdfs: Sequence[PurePosixPath], beside_sources: bool, graphics: frozenset[str]
) -> tuple[list[PurePosixPath], list[PurePosixPath]]:
    """Return which PDFs and pages to read, and which to mention. Beside sources, one may be somebody else's paper."""
    papers = [
        path for path in pdfs if path.stem not in graphics and not any(map(FIGURE_FOLDERS.fullmatch, path.parts[:-1]))
    ]
    if beside_sources:
        return [], papers
    highest = min((len(path.parts) for path in papers), default=0)
    return [p for p in papers if len(p.parts) == highest], [p for p in papers if len(p.parts) > highest]


def _about_marked(marked: Sequence[PurePosixPath], shown: str) -> Iterator[Problem]:
    if marked:
        problem = f"files that tcia-policy wrote were not read, since they are evidence of nothing: {first_few(marked)}"
        hint = "if a text is your own by now, remove the line at its head that says who wrote it"
        yield Problem(SourceLocation(shown, None), problem, hint)


def _about_count(main: Sequence[PurePosixPath], spare: Sequence[PurePosixPath], shown: str) -> Iterator[Problem]:
    if not main and not spare:
        hint = f"a manuscript is {formats.formats_in_words()}; a zip inside another or inside a folder is not opened"
        yield Problem(SourceLocation(shown, None), "has no manuscript in it", hint)
    if len(main) > limits.MANUSCRIPT_DOCUMENTS:
        problem = f"has {len(main):,} documents, of which the first {limits.MANUSCRIPT_DOCUMENTS} were read"
        yield Problem(SourceLocation(shown, None), problem, "name the manuscript's own files")


def _about_passed_over(
    paths: Sequence[PurePosixPath],
    notebooks: Sequence[PurePosixPath],
    beside: Mapping[PurePosixPath, Beside],
    shown: str,
) -> Iterator[Problem]:
    """Name what describes the repository, letters and notebooks beside a manuscript; the rest is no text."""
    left = [*notebooks, *(path for path in paths if beside[path] is not Beside.HOUSEKEEPING and _is_text(path))]
    if left:
        problem = f"passed over beside the manuscript: {first_few(_nearest_first(left))}"
        yield Problem(SourceLocation(shown, None), problem, "name those that belong to it")


def _about_programs(programs: Sequence[PurePosixPath], shown: str) -> Iterator[Problem]:
    """Name programs of a folder without a paper: their strings may name data that its pages do not."""
    if programs:
        problem = f"programs were not read: {first_few(programs)}"
        yield Problem(SourceLocation(shown, None), problem, "name those that say which data they load")


def _about_latex(latex: LatexRoots, shown: str) -> Iterator[Problem]:
    if not latex.have_class:
        problem = f"no .tex file in it has a \\documentclass; these were read one by one: {first_few(latex.documents)}"
        yield Problem(SourceLocation(shown, None), problem, "add the file that includes them")


def _about_earlier(earlier: Sequence[PurePosixPath], shown: str) -> Iterator[Problem]:
    if earlier:
        problem = f"what seem to be earlier versions were not read: {first_few(earlier)}"
        yield Problem(SourceLocation(shown, None), problem, "name those that belong to the manuscript")


def _about_pdfs(further: Sequence[PurePosixPath], shown: str) -> Iterator[Problem]:
    if further:
        kinds = sorted({"PDFs" if _is_pdf(path) else "web pages" for path in further})
        problem = f"{' and '.join(kinds)} that may be somebody else's papers were not read: {first_few(further)}"
        yield Problem(SourceLocation(shown, None), problem, "name those that belong to the manuscript")


def _about_unread(paths: Sequence[PurePosixPath], shown: str) -> Iterator[Problem]:
    by_suffix: dict[str, list[PurePosixPath]] = {}
    for path in paths:
        by_suffix.setdefault(path.suffix.lower(), []).append(path)
    for suffix, those in by_suffix.items():
        hint = UNREAD_SUFFIXES[suffix].hint
        yield Problem(SourceLocation(shown, None), f"{suffix} files are not read: {first_few(those)}", hint)
