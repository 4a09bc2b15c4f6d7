"""Reading a manuscript from its paths, for the engine."""

from collections.abc import Sequence
from pathlib import Path

from tcia_policy.documents.read_documents import read_manuscript
from tcia_policy.errors import InputError
from tcia_policy.evidence.license_file import license_stated
from tcia_policy.evidence.observations import DifferingLicenseFile
from tcia_policy.evidence.verify_duties import ManuscriptVerifier, ProjectContext
from tcia_policy.model import Output, Project
from tcia_policy.registry import Registry


def open_manuscript(
    paths: Sequence[str], base: Path | None, project: Project, project_base: Path, registry: Registry
) -> ManuscriptVerifier:
    """Read what is at `paths`, relative to the project's `base` (or to the working directory), and its license files.

    Places are spelled relative to `base`. Raises `InputError` for a path that is not there and for a name in `not_used`
    that names no dataset.
    """
    differing, problems = _license_files(project, project_base, registry)
    return ManuscriptVerifier(
        read_manuscript(paths, base, Path()),
        registry,
        ProjectContext(
            names_manuscript=bool(paths),
            not_used=frozenset(not_used(project, registry)),
            differing=tuple(differing),
            problems=tuple(problems),
        ),
    )


def open_manuscript_alone(paths: Sequence[str], registry: Registry) -> ManuscriptVerifier:
    """Read a manuscript from which the data are inferred, because there is no project. Raises as `open_manuscript`."""
    return ManuscriptVerifier(read_manuscript(paths, None, Path()), registry, ProjectContext(selects=True))


def not_used(project: Project, registry: Registry) -> list[str]:
    """Return the ids of the datasets under `not_used`. Raise `InputError` with its field for a name of no dataset."""
    ids: list[str] = []
    for index, name in enumerate(project.not_used):
        try:
            ids += registry.find(name)
        except InputError as error:
            raise error.at(field=f"not_used[{index}]") from None
    return ids


def _license_files(project: Project, base: Path, registry: Registry) -> tuple[list[DifferingLicenseFile], list[str]]:
    """Return the files that do not state the license of the project, and a problem for each that states none."""
    differing: list[DifferingLicenseFile] = []
    problems = []
    for output in project.use.outputs or ():
        if output.license_file is None:
            continue
        try:
            stated = license_stated(base / output.license_file, registry.licenses)
        except InputError as error:
            problems.append(str(error).replace("\n", " "))
            stated = f"nothing that can be read ({error.problem})"
        if stated is None:
            problems.append(f"{output.license_file}: the license that it states was not recognized")
            stated = "no license that is known here"
        if not _is_same(stated, output):
            differing.append(DifferingLicenseFile(output.kind.value, output.license, output.license_file, stated))
    return differing, problems


def _is_same(stated: str, output: Output) -> bool:
    return stated.lower() == (output.license or "").lower()
