"""The release of a case: read from the paths that a project or a command names."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tcia_policy.engine.opened_release import OpenedRelease
from tcia_policy.engine.release_study import outputs_said, project_of, with_outputs_of_files
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError, as_one
from tcia_policy.evidence.open_manuscript import not_used
from tcia_policy.evidence.release.open_release import open_release
from tcia_policy.evidence.verify_duties import ProjectContext
from tcia_policy.registry import Registry


def study_of_release(paths: Sequence[str], registry: Registry) -> tuple[Study, OpenedRelease]:
    """Return the study that a release describes by itself, and what was read. Raises `InputError` for no such path."""
    verifier = open_release(paths, Path(), registry, ProjectContext(selects=True))
    project = project_of(verifier)
    return Study(project), OpenedRelease(verifier, outputs_said(verifier.said), None)


def with_release(study: Study, instead: Sequence[str], registry: Registry) -> tuple[Study, OpenedRelease]:
    """Return a study with the outputs that its release states, and what was read: that of the project, or `instead`.

    Raises `InputError`, with the project's line that names the path, for a path that is not there.
    """
    paths = instead or study.project.release or ()
    try:
        context = ProjectContext(not_used=frozenset(not_used(study.project, registry)))
        verifier = open_release(paths, Path() if instead else study.base, registry, context)
    except InputError as error:
        raise as_one(_located(each, study, instead) for each in error.mistakes) from None
    project, stated = with_outputs_of_files(study.project, verifier.said)
    return replace(study, project=project), OpenedRelease(verifier, stated, study.project.use.outputs or ())


def _located(error: InputError, study: Study, instead: Sequence[str]) -> InputError:
    """Return the error with the project's line that names the path, unless a command names it."""
    if instead and error.field is None:
        return error.at(field="--release")
    named = [Path(path).as_posix() for path in study.project.release or ()]
    shown = Path(str(error.file)).as_posix()
    field = f"release[{named.index(shown)}]" if error.field is None and shown in named else error.field
    return study.locate(error.at(field=field))
