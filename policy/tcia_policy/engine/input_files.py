"""The files that a case was read from: no command may replace one of them by what it writes."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tcia_policy.cohorts.resolve import Resolution
from tcia_policy.engine.study import Study
from tcia_policy.lazy import dataclass
from tcia_policy.model import EvidenceSeen
from tcia_policy.model.file_kind import FileKind

if TYPE_CHECKING:
    from tcia_policy.engine.review_file import ReviewFile


@dataclass(frozen=True)
class InputFile:
    """A file that was read, and what it is to the study."""

    kind: FileKind
    path: Path


@dataclass(frozen=True)
class TextsNamed:
    """The paths of a manuscript or release as they are named, the folder of these paths, and the files read of it."""

    kind: FileKind
    paths: Sequence[str]
    base: Path
    read: Sequence[str]


def input_files(
    study: Study,
    resolution: Resolution,
    texts: Iterable[TextsNamed],
    seen: Iterable[EvidenceSeen],
    rules: Path | None,
    review: "ReviewFile | None" = None,
) -> tuple[InputFile, ...]:
    """Return all files that a case was read from, those that exist: from the project file to the decisions."""
    documents = (each.document for each in seen if each.document is not None and "\0" not in each.document)
    found = (
        *(() if study.source is None else (InputFile(FileKind.PROJECT, study.source.path),)),
        *(InputFile(FileKind.COHORT, path) for path in resolution.files),
        *(InputFile(named.kind, path) for named in texts for path in _of_texts(named)),
        *(InputFile(FileKind.EVIDENCE, study.base / document) for document in documents),
        *(InputFile(FileKind.LICENSE, study.base / name) for name in _license_files(study, resolution)),
        *(() if rules is None else (InputFile(FileKind.HOUSE_RULES, path) for path in sorted(rules.rglob("*.yaml")))),
        *(() if review is None else _of_review(review, study.base)),
    )
    first: dict[Path, InputFile] = {}
    for each in found:
        first.setdefault(each.path, each)
    return tuple(each for each in first.values() if each.path.is_file())


def _of_texts(named: TextsNamed) -> Iterator[Path]:
    return (named.base / name for name in (*named.paths, *named.read) if "\0" not in name)


def _of_review(review: "ReviewFile", base: Path) -> Iterator[InputFile]:
    """Yield the file with the decisions, and the documents that these name."""
    if review.path is not None:
        yield InputFile(FileKind.REVIEW, review.path)
    named = (None if each.evidence is None else each.evidence.path for each in review.review.decisions)
    found = (base / path for path in named if path is not None and "\0" not in path)
    yield from (InputFile(FileKind.EVIDENCE, path) for path in found)


def _license_files(study: Study, resolution: Resolution) -> Iterator[str]:
    of_outputs = (each.license_file for each in study.project.use.outputs or ())
    of_copies = (each.license_file for each in study.project.data)
    of_folders = (each.item.license_file for each in resolution.selected)
    return (name for name in (*of_outputs, *of_copies, *of_folders) if name is not None and "\0" not in name)
