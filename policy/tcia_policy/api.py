"""The few names that a notebook needs. The command line gives the same answers by the same functions."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from tcia_policy.engine.case import Study, assess_study, looking_into
from tcia_policy.model import Assessment, Project
from tcia_policy.references.render import Format, render_references
from tcia_policy.registry import Registry
from tcia_policy.reports.html import render_html
from tcia_policy.reports.json_report import render_json
from tcia_policy.reports.markdown import render_markdown
from tcia_policy.reports.terminal import render_terminal

__all__ = ["Project", "Registry", "assess", "cite", "render"]

Form = Literal["text", "html", "markdown", "json"]

_RENDERERS: Mapping[Form, Callable[[Assessment], str]] = {
    "text": render_terminal,
    "html": render_html,
    "markdown": render_markdown,
    "json": render_json,
}


def assess(
    study: Project | Path | str,
    *,
    base: Path = Path(),
    as_of: date | None = None,
    registry: Registry | None = None,
) -> Assessment:
    """Judge a project, or the project file (or its folder) at a path.

    `base` is where the relative paths of a `Project` start. Raises `InputError` as `Study.load` and `assess_study` do.
    """
    loaded = Study(study, base) if isinstance(study, Project) else Study.load(Path(study))
    registry = registry or Registry.load()
    return assess_study(looking_into(loaded, registry), registry, as_of=as_of)


def cite(
    *selection: str,
    flavor: Literal["bibtex", "biblatex"] = "bibtex",
    ascii_only: bool = False,
    only: Literal["required"] | None = None,
    registry: Registry | None = None,
    form: Format | None = None,
    style: str | None = None,
) -> str:
    """The references for datasets, DOIs, series or cohort files, or for one project: all, or only what is required.

    BibTeX text of that `flavor`, or whatever `form` says; a CSL `style` makes it text. Raises `InputError` for what
    names nothing, and as `render_references` does.
    """
    from tcia_policy.cli.selections import study_or_project_of

    registry = registry or Registry.load()
    owed = assess_study(study_or_project_of(selection, registry), registry).citations
    citations = [item.citation for item in owed if item.required or only is None]
    written = form or (flavor if style is None else "text")
    return render_references(citations, written, style=style, ascii_only=ascii_only)


def render(assessment: Assessment, form: Form = "text") -> str:
    """The assessment as text for a terminal, a self-contained HTML page, Markdown, or the JSON that loses nothing."""
    return _RENDERERS[form](assessment)
