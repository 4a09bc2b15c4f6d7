"""From the paths of a manuscript to what the engine may ask of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tcia_policy.documents.read_documents import read_manuscript
from tcia_policy.errors import InputError
from tcia_policy.evidence.license_file import license_stated
from tcia_policy.evidence.verify_duties import ManuscriptLook
from tcia_policy.model import Project
from tcia_policy.registry import Registry


def look_into(
    paths: Sequence[str],
    base: Path,
    project: Project | None,
    project_base: Path,
    registry: Registry,
) -> ManuscriptLook:
    """Read what is at `paths` (relative to `base`), and the license files that the project names.

    Places are spelled relative to `base`. Without a project, the manuscript is what selects the data. Raises
    `InputError` for a path that is not there and for a dataset in `not_used` that is none.
    """
    manuscript = read_manuscript(paths, base, Path())
    if project is None:
        return ManuscriptLook(manuscript, registry, selects=True)
    differing, problems = _license_files(project, project_base, registry)
    return ManuscriptLook(
        manuscript,
        registry,
        named=bool(paths),
        not_used=_not_used(project, registry),
        differing=differing,
        problems=problems,
    )


def _not_used(project: Project, registry: Registry) -> list[str]:
    ids: list[str] = []
    for index, name in enumerate(project.not_used):
        try:
            ids += registry.find(name)
        except InputError as error:
            raise InputError(error.problem, field=f"not_used[{index}]", hint=error.hint) from None
    return ids


def _license_files(project: Project, base: Path, registry: Registry) -> tuple[list[Mapping[str, str]], list[str]]:
    """The files that state another license than the project does, and those that state none that is known."""
    differing: list[Mapping[str, str]] = []
    problems = []
    for output in project.use.outputs or ():
        if output.license_file is None:
            continue
        try:
            stated = license_stated(base / output.license_file, registry.licenses)
        except InputError as error:
            problems.append(str(error).replace("\n", " "))
            continue
        if stated is None:
            problems.append(f"{output.license_file}: which license it states was not recognized")
        elif stated.lower() != (output.license or "").lower():
            differing.append(
                {
                    "output.kind": output.kind.value,
                    "output.license": output.license or "no license",
                    "output.file": output.license_file,
                    "output.found": stated,
                }
            )
    return differing, problems
