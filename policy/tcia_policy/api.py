"""The few names that a notebook needs. The command line gives the same answers by the same functions."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from tcia_policy.engine import assess as engine
from tcia_policy.engine.case import NO_OPTIONS, Case, CaseOptions, Library
from tcia_policy.engine.selections import study_or_project_of
from tcia_policy.engine.study import Study
from tcia_policy.model import Assessment, Project
from tcia_policy.references.formats import STYLED, WriteOptions, format_named
from tcia_policy.registry import Registry
from tcia_policy.reports import formats as report_formats

__all__ = ["CaseOptions", "Project", "Registry", "assess", "cite", "render"]


def assess(
    project: Project | Path | str,
    *,
    base: Path = Path(),
    as_of: date | None = None,
    registry: Registry | None = None,
    options: CaseOptions = NO_OPTIONS,
) -> Assessment:
    """Return the assessment of a project, or of the project file (or its folder) at a path, as `check` makes it.

    `base` is where the relative paths of a `Project` start. `as_of`, if given, replaces the day of `options`. Raises
    `InputError` as `Case.open` does.
    """
    opened = Study(project, base) if isinstance(project, Project) else Path(project)
    day = as_of or options.as_of
    return engine.assess(Case.open(opened, replace(options, as_of=day), Library(registry)))


def cite(
    *selection: str,
    flavor: Literal["bibtex", "biblatex"] = "bibtex",
    ascii_only: bool = False,
    only: Literal["required"] | None = None,
    registry: Registry | None = None,
    form: str | None = None,
    style: str | None = None,
) -> str:
    """Return the references for datasets, DOIs, series or cohort files, or for one project.

    `only="required"` leaves out those that are only requested. The text is BibTeX of that `flavor`, or in the reference
    format named `form`; with a CSL `style` it is plain text. Raises `InputError` for a selection that matches nothing,
    and as `Format.write` does.
    """
    registry = registry or Registry.load()
    case = Case.open(study_or_project_of(selection, registry), library=Library(registry))
    owed = engine.assess(case).citations
    citations = [item.citation for item in owed if item.required or only is None]
    written = form or (flavor if style is None else STYLED.name)
    return format_named(written).write(citations, WriteOptions(style, ascii_only))


def render(assessment: Assessment, form: str = report_formats.TEXT.name) -> str:
    """Return the assessment in the report format named `form`: text, html, markdown or json, which has everything.

    Raises `InputError` with the names of all formats if there is no such format.
    """
    return report_formats.format_named(form).render(assessment)
