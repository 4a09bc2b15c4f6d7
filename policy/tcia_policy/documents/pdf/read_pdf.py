"""PDF files: what the text layer of their pages says, and what their links point to."""

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.model import Manuscript, Problem, SourceLocation, TextBlock
from tcia_policy.documents.pdf.lines import PageLine, lines_of, marked
from tcia_policy.documents.pdf.pages import BOUNDS, Link, Pages, bookmarks, read_pages, text_before
from tcia_policy.documents.reference_sections import parts_by_list, reference_lists
from tcia_policy.documents.section_headings import Sections, sure_levels
from tcia_policy.errors import InputError
from tcia_policy.files import limits, magic
from tcia_policy.text.doi import normalize_doi
from tcia_policy.text.english import joined

HEADER_WITHIN = 1024  # bytes, as PDF readers look for `%PDF-` (ISO 32000-1, annex H.3.4.1)
_SAVE_UNPROTECTED = "save an unprotected copy, or name the source that it was made from"
_NAME_THE_SOURCE = "run OCR on it, or name the source that it was made from"
_MAKE_AGAIN = "make it again, or name the source that it was made from"


def read_document(document: DocumentFile) -> Manuscript:
    """Return what a PDF holds, as `read_pdf` does."""
    return read_pdf(document.content(), document.shown)


def read_pdf(content: bytes, shown: str) -> Manuscript:
    """Return what the text layer of a PDF says, in the order in which its pages draw it, counted in pages from 1.

    A list of references is found by its heading (`reference_sections`); the bookmarks show other headings. Links to
    what their page does not print follow as prose of their own, so that no sentence is broken by them. Words broken
    over lines stay broken (`lines.printed`). Nothing is raised: what cannot be read is a `Problem`.
    """
    with _silence():
        try:
            reader, count = _opened(content)
        except InputError as error:
            return Manuscript(problems=(Problem(SourceLocation(shown), error.problem, error.hint),))
        pages = read_pages(reader, count)
        problems = tuple(_problems(shown, pages, count))
        if not any(pages.texts):
            return Manuscript(problems=problems)
        return Manuscript(files=(shown,), prose=tuple(_prose(shown, reader, pages)), problems=problems)


def first_pages(content: bytes, most: int) -> tuple[str, bool]:
    """Return the text of the first `most` pages of a PDF, and whether one of them shows a picture instead.

    Raise `InputError` for what is no PDF, is damaged, or is protected with a password.
    """
    with _silence():
        reader, count = _opened(content)
        pages = read_pages(reader, min(count, most))
        return "\n".join(pages.texts), bool(pages.drawn or pages.heavy or pages.unreadable)


@contextmanager
def _silence() -> Iterator[None]:
    """Keep pypdf from warning on stderr of all that it mends, and bound its work."""

    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings(), apply_configuration(**BOUNDS):
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _opened(content: bytes) -> tuple[PdfReader, int]:
    if len(content) > limits.PDF_FILE:
        raise InputError(f"is larger than {limits.PDF_FILE:,} bytes")
    if magic.PDF not in content[:HEADER_WITHIN]:
        raise InputError("is not a PDF, whatever its name says" if content.strip() else "is empty")
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileNotDecryptedError
        count = len(reader.pages)
    except FileNotDecryptedError:
        raise InputError("is protected with a password", hint=_SAVE_UNPROTECTED) from None
    except DependencyError:
        raise InputError("is encrypted, and this program cannot undo that", hint=_SAVE_UNPROTECTED) from None
    except Exception:  # pypdf raises anything on damaged files
        raise InputError("is damaged: its pages cannot be found", hint=_MAKE_AGAIN) from None
    if count == 0:
        raise InputError("has no pages", hint=_MAKE_AGAIN)
    if count > limits.PDF_PAGES:
        raise InputError(f"has {count:,} pages; more than {limits.PDF_PAGES:,} are not read", hint="name the source")
    return reader, count


def _problems(shown: str, pages: Pages, count: int) -> Iterator[Problem]:
    done = len(pages.texts)
    whole = done == count and not any(pages.texts)
    if whole and len(pages.drawn) + len(pages.heavy) == count:
        yield Problem(SourceLocation(shown), "has no text layer", _NAME_THE_SOURCE)
        return
    if done < count:
        yield Problem(
            SourceLocation(shown, done + 1, "page"), "too much to read: this page and all that follow", _MAKE_AGAIN
        )
    for numbers, what, hint in (
        (pages.damaged, "cannot be read", _MAKE_AGAIN),
        (pages.heavy, "too much is drawn to be read", _MAKE_AGAIN),
        (pages.drawn, "no text layer, as of a scan or a figure", _NAME_THE_SOURCE),
        (pages.unreadable, "a text layer without letters, for want of Unicode in its fonts", _NAME_THE_SOURCE),
    ):
        if numbers:
            yield Problem(SourceLocation(shown, numbers[0], "page"), f"on {_listed(numbers)}: {what}", hint)
    if whole and not (pages.damaged or pages.heavy or pages.drawn or pages.unreadable):
        yield Problem(SourceLocation(shown), "has no text", _NAME_THE_SOURCE)


def _listed(numbers: Sequence[int]) -> str:
    """Return `page 3` or `pages 3, 5-9 and 12`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    return f"{'page' if len(numbers) == 1 else 'pages'} {joined(said)}"


def _prose(shown: str, reader: PdfReader, pages: Pages) -> Iterator[TextBlock]:
    lines = lines_of(pages.texts)
    with_levels = marked(lines, bookmarks(reader))
    lists = reference_lists(with_levels)
    levels, sections = sure_levels(with_levels), Sections()
    for span, is_references in parts_by_list(len(lines), lists):
        block = _as_prose(shown, lines[span.start : span.stop], is_references=is_references)
        texts = (lines[index].text for index in span)
        yield replace(block, headings=sections.of_block(zip(texts, levels[span.start : span.stop], strict=True), 1))
    yield from _link_prose(shown, reader, pages, lines, {index for span in lists for index in span})


def _as_prose(shown: str, lines: Sequence[PageLine], *, is_references: bool) -> TextBlock:
    pieces = ((line.text, line.page) for line in lines)
    return TextBlock.of_pieces(shown, pieces, unit="page", is_references=is_references)


def _link_prose(
    shown: str, reader: PdfReader, pages: Pages, lines: Sequence[PageLine], listed: set[int]
) -> Iterator[TextBlock]:
    on_page: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        on_page.setdefault(line.page, []).append(index)
    links: dict[int, list[Link]] = {}
    for link in _unprinted(pages):
        links.setdefault(link.page, []).append(link)
    found: dict[bool, dict[PageLine, None]] = {False: {}, True: {}}
    for page, linked in links.items():
        inside = _inside(reader, pages, lines, on_page[page], linked, listed)
        for link, is_listed in zip(linked, inside, strict=True):
            found[is_listed][PageLine(link.target, page)] = None
    for is_listed, targets in found.items():
        if targets:
            yield _as_prose(shown, list(targets), is_references=is_listed)


def _unprinted(pages: Pages) -> Iterator[Link]:
    """Give the links to what their page does not print."""
    page, said = 0, ""
    for link in pages.links:
        if link.page != page:
            page, said = link.page, "".join(pages.texts[link.page - 1].split()).casefold()
        if _bare(link.target) not in said:
            yield link


def _bare(target: str) -> str:
    """Return what is printed of an address at least."""
    return normalize_doi(target) or target.partition("://")[2].rstrip("/").casefold() or target


def _inside(
    reader: PdfReader,
    pages: Pages,
    lines: Sequence[PageLine],
    on_page: Sequence[int],
    links: Sequence[Link],
    listed: set[int],
) -> list[bool]:
    """Return whether each link of a page stands in a list of references: as its line does, where that is known."""
    states = {index in listed for index in on_page if lines[index].text.strip()}
    if len(states) == 1:
        return [states.pop()] * len(links)
    try:
        number = links[0].page
        before = text_before(reader.pages[number - 1], number, pages, [link.rectangle for link in links])
    except Exception:  # pypdf raises anything on damaged files
        return [False] * len(links)
    return [amount is not None and _line_after(lines, on_page, amount) in listed for amount in before]


def _line_after(lines: Sequence[PageLine], on_page: Sequence[int], amount: int) -> int | None:
    """Return the line that begins once this many characters, white space aside, are printed on the page."""
    printed = 0
    for index in on_page:
        printed += sum(map(len, lines[index].text.split()))
        if printed > amount:
            return index
    return None
