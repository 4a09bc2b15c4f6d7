"""The few names that a notebook needs. The command line gives the same answers by the same functions."""

from collections.abc import Callable, Mapping
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
from tcia_policy.reports.html import render_html
from tcia_policy.reports.json_report import render_json
from tcia_policy.reports.markdown import render_markdown
from tcia_policy.reports.terminal import render_terminal

__all__ = ["CaseOptions", "Project", "Registry", "assess", "cite", "render"]

Form = Literal["text", "html", "markdown", "json"]

_RENDERERS: Mapping[Form, Callable[[Assessment], str]] = {
    "text": render_terminal,
    "html": render_html,
    "markdown": render_markdown,
    "json": render_json,
}


def assess(
    project: Project | Path | str,
    *,
    base: Path = Path(),
    as_of: date | None = None,
    registry: Registry | None = None,
    options: CaseOptions = NO_OPTIONS,
) -> Assessment:
    """Judge a project, or the project file (or its folder) at a path, as `tcia-policy check` does.

    `base` is where the relative paths of a `Project` start; `as_of` goes before the day of `options`. Raises
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
    """Return the references for datasets, DOIs, series or cohort files, or for one project: all, or only the required.

    BibTeX text of that `flavor`, or the reference format named `form`; a CSL `style` makes it text. Raises `InputError`
    for what names nothing, and as `Format.write` does.
    """
    registry = registry or Registry.load()
    case = Case.open(study_or_project_of(selection, registry), library=Library(registry))
    owed = engine.assess(case).citations
    citations = [item.citation for item in owed if item.required or only is None]
    written = form or (flavor if style is None else STYLED.name)
    return format_named(written).write(citations, WriteOptions(style, ascii_only))


def render(assessment: Assessment, form: Form = "text") -> str:
    """Return the assessment as terminal text, a self-contained HTML page, Markdown, or the JSON that loses nothing."""
    return _RENDERERS[form](assessment)
