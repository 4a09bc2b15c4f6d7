"""Places in the project file, as reports show them (`tcia-policy.yaml:12`), and how commands name the project."""

import os
import shlex
from pathlib import Path

from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment, Holding, OutputKind

PROJECT_FILES = ("tcia-policy.yaml", "tcia-policy.yml")
MOST_NAMED = 6


@dataclass(frozen=True)
class Standpoint:
    """The folder in which a reader types the commands.

    `project` is the way from there to the folder of the project file, `manuscript` and `release` those to the folders
    to which the paths of the manuscript and of the release are relative. By default, all are the folder in which the
    reader stands. `here` is that folder itself, so that absolute paths can be told from it; `None` where they cannot.
    """

    project: Path = Path()
    manuscript: Path = Path()
    release: Path = Path()
    here: Path | None = None


IN_THE_PROJECT = Standpoint()


def place_of_line(line: int | None, assessment: Assessment) -> str | None:
    """Return `tcia-policy.yaml:12`; `None` where there is no line, or no file."""
    if line is None or assessment.project_file is None:
        return None
    return f"{assessment.project_file}:{line}"


def line_of_holding(holding: str, assessment: Assessment) -> int | None:
    """Return the line of the item that a data item came from, `None` where it is not known."""
    lines = (item.line for terms in assessment.terms if terms.holding == holding for item in terms.items)
    return next((line for line in lines if line is not None), None)


def project_argument(assessment: Assessment, standpoint: Standpoint = IN_THE_PROJECT) -> str:
    """Return what a command is given: the project's folder, the project file, or the data by name."""
    if assessment.project_file is not None:
        is_found = assessment.project_file in PROJECT_FILES
        return path_argument(standpoint.project, "" if is_found else assessment.project_file)
    known = {holding.id for holding in assessment.holdings if holding.dataset is not None}
    labels = dict.fromkeys(
        item.label
        for terms in assessment.terms
        if assessment.release is None or terms.holding in known
        for item in terms.items
    )
    names = list(labels) or [holding.dataset or holding.name for holding in assessment.holdings]
    return " ".join(map(shlex.quote, names)) if len(names) <= MOST_NAMED else "SELECTION..."


def path_argument(folder: Path, name: str) -> str:
    """Return a path that is relative to `folder`, as a command is given it."""
    return shlex.quote(Path(os.path.normpath(folder / name)).as_posix())


def explain_command(assessment: Assessment, holding: str, standpoint: Standpoint = IN_THE_PROJECT) -> str:
    """Return the command that explains a data item of the assessment."""
    in_project = assessment.project_file is not None
    named = (_as_argument(item, in_project=in_project) for item in assessment.holdings if item.id == holding)
    name = next(named, holding)
    words = ["tcia-policy explain"]
    if in_project and (project := project_argument(assessment, standpoint)) != ".":
        words.append(project)
    words.append(shlex.quote(name))
    return " ".join([*words, *_use_said(assessment, holding)])


def _as_argument(item: Holding, *, in_project: bool) -> str:
    """Return how a data item is named in a command: by its dataset or its id, without a project by what it is from."""
    return item.dataset or (item.id if in_project or not item.items else item.items[0])


def _use_said(assessment: Assessment, holding: str) -> list[str]:
    """Return the options that say what a project file would say: the use, and the release that was read."""
    if assessment.project_file is not None:
        return []
    selects = assessment.release is not None and assessment.release.selects
    folders = [f"--release {shlex.quote(path)}" for path in release_paths(assessment)] if selects else []
    return [*_use(assessment, holding), *folders]


def release_paths(assessment: Assessment) -> tuple[str, ...]:
    """Return the paths of the release, spelled so that `--release` takes them for paths: `./model`."""
    paths = () if assessment.release is None else assessment.release.paths
    return tuple(f"./{path}" if path.casefold() in frozenset(OutputKind) else path for path in paths)


def _use(assessment: Assessment, holding: str) -> list[str]:
    """Return the options that say of data without a project what is done with them: the worst of it."""
    purpose = assessment.project.use.purpose
    cells = [cell for cell in assessment.verdicts if cell.holding == holding]
    worst = max(cells, key=lambda cell: cell.verdict.severity, default=None)
    return [
        *([] if purpose is None else [f"--purpose {purpose}"]),
        *([f"--activity {worst.activity}"] if worst is not None and assessment.activities_stated else []),
    ]
