"""A project as a user gives it: its file, the settings that replace parts of it, and where its paths start."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tcia_policy.cohorts.resolve import Resolution
from tcia_policy.engine.discovery import PROJECT_FILE, project_above, project_in
from tcia_policy.errors import InputError, as_one
from tcia_policy.files import limits, located_yaml
from tcia_policy.files.content import is_folder, regular_size
from tcia_policy.files.located_yaml import LocatedYaml
from tcia_policy.lazy import dataclass
from tcia_policy.model import DataItem, Project, Use
from tcia_policy.model.project import NO_DATA_ALLOWED

if TYPE_CHECKING:
    from tcia_policy.engine.review_file import ReviewFile

# What each part of the use can be given by in a command, in the place of the project file.
OPTIONS = {"purpose": "--purpose", "activities": "--activity", "outputs": "--release"}


@dataclass(frozen=True)
class Study:
    """A project and the folder where its relative paths start. `source` is its file, for messages with a line.

    `review` are decisions of reviewers that are given beside it, and not read from their file. `counted` is what the
    data resolve to where they were counted elsewhere, and so are not read.
    """

    project: Project
    base: Path = Path()
    source: LocatedYaml | None = None
    review: "ReviewFile | None" = None
    counted: Resolution | None = None

    @classmethod
    def load(cls, path: Path, settings: Sequence[str] = ()) -> "Study":
        """Read a project file, or the `tcia-policy.yaml` of a folder. Raises `InputError` with file, line and field.

        `settings`, such as `use.purpose=commercial`, replace what the file states.
        """
        file = _project_file(path)
        try:
            source = located_yaml.read(file)
        except InputError as error:
            from tcia_policy.engine.not_a_project import something_else  # noqa: PLC0415 - where it is no project

            raise something_else(file) or error from None
        return cls._of_source(source, settings)

    @classmethod
    def parse(cls, text: str, path: Path, settings: Sequence[str] = ()) -> "Study":
        """Read the text of a project file that stands, or would stand, at `path`. Raises as `load` does."""
        return cls._of_source(located_yaml.parse_text(path, text), settings)

    @classmethod
    def _of_source(cls, source: LocatedYaml, settings: Sequence[str]) -> "Study":
        from tcia_policy.engine import not_a_project  # noqa: PLC0415 - for files only, as what follows
        from tcia_policy.engine.settings import supposing  # noqa: PLC0415 - as above

        if not isinstance(source.data, dict):
            raise not_a_project.something_else(source.path) or not_a_project.not_keys(source.path, source.data)
        may_be_else = not_a_project.may_be_something_else(source.data)
        if may_be_else and (error := not_a_project.something_else(source.path)) is not None:
            raise error
        if (error := not_a_project.other_yaml(source.path, source.data)) is not None:
            raise error
        for setting in settings:
            source = supposing(source, setting)
        project = source.parse(Project)
        if len(project.data) > limits.PROJECT_ITEMS:
            raise InputError(
                f"has {len(project.data):,} items, more than {limits.PROJECT_ITEMS:,}",
                file=source.path,
                line=source.line(("data",)),
                field="data",
                hint="list the series in a cohort file, and name that file as one item with `manifest:`",
            )
        return cls(project, source.path.parent, source)

    @classmethod
    def of(cls, items: Sequence[DataItem], base: Path = Path()) -> "Study":
        """Return a study of which only the data are known."""
        return cls(Project.model_construct(data=tuple(items)), base)

    @classmethod
    def of_manuscript(cls, items: Sequence[DataItem], manuscript: Sequence[str]) -> "Study":
        """Return a study of the data that its manuscript names: of none, if it names none."""
        project = Project.model_validate(
            {"data": tuple(items), "manuscript": tuple(manuscript)}, context={NO_DATA_ALLOWED: True}
        )
        return cls(project)

    @property
    def folder(self) -> Path | None:
        """Return the folder of the project file; `None` for data that are named in a command."""
        return None if self.source is None else self.base

    def using(self, said: Use) -> "Study":
        """Return the study with what is `said` of its use in the place of what it states; the rest stays."""
        given = {name: value for name, value in said if value is not None}
        use = self.project.use.model_copy(update=given)
        source = self.source
        for name in given if source is not None else ():
            source = source and source.overridden(("use", name), OPTIONS[name])
        return replace(self, project=self.project.model_copy(update={"use": use}), source=source)

    def locate(self, error: InputError) -> InputError:
        """Return `error` with the project file and the line of its field; a selection on a command line has neither."""
        return as_one(self._located(each) for each in error.mistakes)

    def _located(self, error: InputError) -> InputError:
        if self.source is None:
            return InputError(error.problem, file=error.file, line=error.line, hint=error.hint)
        problem = error.problem
        if error.file is not None:
            problem = f"{error.file}{'' if error.line is None else f':{error.line}'}: {problem}"
        if error.field is None:
            return InputError(problem, file=self.source.path, hint=error.hint)
        return self.source.mistake(located_yaml.place_of(error.field), problem, error.hint)

    def nearest_line(self, field: str) -> int | None:
        """Return the line of a field, or of what it is a part of; `None` without a file, and where an option set it."""
        if self.source is None:
            return None
        error = self.source.mistake(located_yaml.place_of(field), "")
        return error.line

    def line_of(self, field: str | None) -> int | None:
        """Return the line of a field of the project file, such as `permissions[0]`; `None` without a file."""
        return None if field is None else self.lines.get(field)

    @cached_property
    def lines(self) -> Mapping[str, int]:
        """Return the line of every field of the project file; nothing without a file."""
        if self.source is None:
            return {}
        found: dict[str, int] = {}
        for path, line in self.source.lines.items():
            found.setdefault(located_yaml.spell(path), line)
        return found


def _project_file(path: Path) -> Path:
    """Return the project file at `path`, or in the folder `path`. Raises `InputError` if there is none."""
    if is_folder(path):
        found = project_in(path)
        if found is None:
            above = project_above(path)
            hint = (
                "`tcia-policy init DATA` writes one for datasets or cohort files; to check a paper or a release alone, "
                "use `check --manuscript PATH` or `check --release DIR`"
                if above is None
                else f"the nearest one is {above}"
            )
            raise InputError(f"no {PROJECT_FILE} in this folder", file=path, hint=hint)
        path = found
    regular_size(path)
    return path
