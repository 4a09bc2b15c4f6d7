"""`tcia-policy cite`: the references that a selection owes."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tcia_policy.cli.options import SelectionArgument

if TYPE_CHECKING:
    from tcia_policy.model import Assessment, Duty, Holding

EXIT_INCOMPLETE = 3


class Format(StrEnum):
    """The bibliography formats written."""

    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"


class Only(StrEnum):
    """Which references are written, where not all."""

    REQUIRED = "required"


def command(
    selection: SelectionArgument,
    format_: Annotated[
        Format, typer.Option("--format", help="@misc for BibTeX, or @dataset for biblatex.")
    ] = Format.BIBTEX,
    only: Annotated[Only | None, typer.Option("--only", help="Leave out what is asked for but not required.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file instead of stdout.")] = None,
    ascii_only: Annotated[bool, typer.Option("--ascii", help="Write accents as LaTeX commands.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the output file if it exists.")] = False,
) -> None:
    """The references that these data call for. Each dataset, what it was made from, and the papers that are asked for.

    Exit code 0: all that are required. 3: some of these are missing, since part of the selection leads to no dataset
    or not enough is known of a paper to write its reference; stderr names them.

    \b
    Example: tcia-policy cite LIDC-IDRI NSCLC-Radiomics -o refs.bib
    """
    from tcia_policy.citations.bibtex import render_bibtex
    from tcia_policy.cli.output import write_new_file
    from tcia_policy.cli.selections import study_of
    from tcia_policy.cli.terminal import print_result, remark
    from tcia_policy.registry import Registry
    from tcia_policy.study import assess_study

    registry = Registry.load()
    assessment = assess_study(study_of(selection, registry), registry)
    citations = [owed.citation for owed in assessment.citations if owed.required or only is None]
    text = render_bibtex(citations, format_.value, ascii_only=ascii_only)
    if output is not None:
        write_new_file(output, text, overwrite=overwrite)
        remark(f"{len(citations)} references in {output}")
    elif text.strip():
        print_result(text)
    if only is None:
        for duty in _unwritten(assessment, required=False):
            remark(f"asked for, and not written, since its reference is not known in full: {duty.text}")
    without = list(_without_reference(assessment.holdings))
    without += [
        f"warning: no reference is known in full: {duty.text}" for duty in _unwritten(assessment, required=True)
    ]
    for line in without:
        remark(line)
    raise typer.Exit(EXIT_INCOMPLETE if without else 0)


def _unwritten(assessment: "Assessment", *, required: bool) -> "Iterator[Duty]":
    from tcia_policy.model import DutyKind

    written = {owed.citation.doi for owed in assessment.citations} | {dataset.doi for dataset in assessment.datasets}
    for duty in assessment.duties:
        if duty.kind is DutyKind.CITE and duty.required is required and duty.doi not in written:
            yield duty


def _without_reference(holdings: "Sequence[Holding]") -> "Iterator[str]":
    from tcia_policy.model import HoldingKind

    for holding in holdings:
        if holding.kind is not HoldingKind.DATASET:
            yield f"warning: no reference for {holding.name} ({holding.kind.value}): {'; '.join(holding.examples)}"
