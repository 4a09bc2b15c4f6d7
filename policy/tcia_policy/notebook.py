"""The few names that a notebook needs. The command line gives the same answers by the same functions."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from tcia_policy.citations.bibtex import render_bibtex
from tcia_policy.model import Assessment, Project
from tcia_policy.registry import Registry
from tcia_policy.reports.html import render_html
from tcia_policy.reports.json_report import render_json
from tcia_policy.reports.markdown import render_markdown
from tcia_policy.reports.terminal import render_terminal
from tcia_policy.selection.resolve import item_from_argument
from tcia_policy.study import Study, assess_study

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
    return assess_study(loaded, registry, as_of=as_of)


def cite(
    *selection: str,
    flavor: Literal["bibtex", "biblatex"] = "bibtex",
    ascii_only: bool = False,
    only: Literal["required"] | None = None,
    registry: Registry | None = None,
) -> str:
    """The references for datasets, DOIs, series or cohort files, as BibTeX text: all, or only what is required."""
    registry = registry or Registry.load()
    study = Study.of([item_from_argument(text, Path(), registry) for text in selection], Path())
    owed = assess_study(study, registry).citations
    citations = [item.citation for item in owed if item.required or only is None]
    return render_bibtex(citations, flavor, ascii_only=ascii_only)


def render(assessment: Assessment, form: Form = "text") -> str:
    """The assessment as text for a terminal, a self-contained HTML page, Markdown, or the JSON that loses nothing."""
    return _RENDERERS[form](assessment)
