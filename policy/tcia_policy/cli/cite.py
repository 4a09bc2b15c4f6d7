"""`tcia-policy cite`: the references that a selection owes."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.options import SelectionArgument


class Format(StrEnum):
    """The bibliography formats written."""

    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"


def command(
    selection: SelectionArgument,
    format_: Annotated[
        Format, typer.Option("--format", help="@misc for BibTeX, or @dataset for biblatex.")
    ] = Format.BIBTEX,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file instead of stdout.")] = None,
    ascii_only: Annotated[bool, typer.Option("--ascii", help="Write accents as LaTeX commands.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the output file if it exists.")] = False,
) -> None:
    """The references for these data: each dataset, what it was made from, and the archives' papers. Offline.

    Example: tcia-policy cite LIDC-IDRI 10.7937/K9/TCIA.2015.PF0M9REI -o refs.bib
    """
    from tcia_policy.citations.bibtex import render_bibtex
    from tcia_policy.cli.output import write_new_file
    from tcia_policy.cli.selections import study_of
    from tcia_policy.cli.terminal import print_result, remark
    from tcia_policy.model import HoldingKind
    from tcia_policy.registry import Registry
    from tcia_policy.study import assess_study

    registry = Registry.load()
    assessment = assess_study(study_of(selection, registry), registry)
    for holding in assessment.holdings:
        if holding.kind is not HoldingKind.DATASET:
            remark(f"warning: no reference for {holding.name} ({holding.kind.value}): {'; '.join(holding.examples)}")
    text = render_bibtex([owed.citation for owed in assessment.citations], format_.value, ascii_only=ascii_only)
    if output is None:
        print_result(text)
    else:
        write_new_file(output, text, overwrite=overwrite)
        remark(f"{len(assessment.citations)} references in {output}")
