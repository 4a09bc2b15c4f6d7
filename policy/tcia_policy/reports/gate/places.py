"""Places in the files of a repository: paths relative to its root, as code hosts want them."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import Assessment
from tcia_policy.reports.answer.project_places import PROJECT_FILES, Standpoint

_LINE = pattern(r"(?P<file>.+):(?P<line>\d{1,9})", re.DOTALL)


@dataclass(frozen=True)
class GatePlace:
    """A file by its path from the root of the repository (`paper/main.tex`), and a line; 1 where none is known."""

    path: str
    line: int = 1


@dataclass(frozen=True)
class Places:
    """The places of one assessment, as somebody at the root of the repository spells them."""

    assessment: Assessment
    standpoint: Standpoint

    def in_project(self, line: int | None) -> GatePlace | None:
        """Return a line of the project file; `None` where there is no line, or no file within the repository."""
        name = self.assessment.project_file
        if line is None or name is None:
            return None
        path = self._within(self.standpoint.project, name)
        return None if path is None else GatePlace(path, line)

    def in_review(self, line: int | None) -> GatePlace | None:
        """Return a line of the file with the decisions, which lies beside the project file."""
        review = self.assessment.review
        path = None if review is None else self._within(self.standpoint.project, review.file)
        return None if path is None else GatePlace(path, line or 1)

    def of(self, told: Iterable[str]) -> Iterator[GatePlace]:
        """Yield the places that are told (`paper/main.tex:8`), without those outside of the repository."""
        for text in told:
            match = _LINE.fullmatch(text)
            file, line = (text, 1) if match is None else (match["file"], max(int(match["line"]), 1))
            path = self._within(self._folder_of(file), file)
            if path is not None:
                yield GatePlace(path, line)

    def anywhere(self) -> GatePlace:
        """Return the place that stands for one that is not known: the first line of the project, else of what is read.

        Code hosts drop a result without a place.
        """
        manuscript, release = self.assessment.manuscript, self.assessment.release
        read = (
            *(() if manuscript is None else manuscript.files),
            *(() if release is None else (file.file for file in release.files)),
        )
        found = self.in_project(1) or next(self.of(read[:20]), None) or GatePlace(PROJECT_FILES[0])
        return GatePlace(found.path)

    def _folder_of(self, file: str) -> Path:
        release = self.assessment.release
        is_released = release is not None and any(file == each.file for each in release.files)
        return self.standpoint.release if is_released else self.standpoint.manuscript

    def _within(self, folder: Path, name: str) -> str | None:
        """Return the path of a file from the root; `None` for one that is not below it."""
        path = posixpath.normpath(posixpath.join(folder.as_posix(), name))
        if path.startswith("/") and self.standpoint.here is not None:
            path = posixpath.relpath(path, self.standpoint.here.as_posix())
        return None if path.startswith(("/", "../")) or path in (".", "..") else path
