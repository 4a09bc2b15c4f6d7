"""`tcia-policy cite`: the references that a selection owes."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tcia_policy.errors import InputError

if TYPE_CHECKING:
    from tcia_policy.model import Assessment, CitationOwed, Duty, Holding
    from tcia_policy.references.bib_merge import Merged
    from tcia_policy.references.bibtex import Flavor

EXIT_INCOMPLETE = 3
MOST_BYTES = 50_000_000
ROLES = {
    "dataset": "the dataset itself",
    "source": "what it was made from",
    "companion": "asked for on its page",
    "archive": "paper of its archive",
}


class Format(StrEnum):
    """The formats written."""

    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"
    RIS = "ris"
    CSL_JSON = "csl-json"
    CFF = "cff"
    ENDNOTE = "endnote"
    TEXT = "text"


class Only(StrEnum):
    """Which references are written, where not all."""

    REQUIRED = "required"


def command(
    selection: Annotated[
        list[str],
        typer.Argument(metavar="SELECTION", help="Datasets, DOIs, SeriesInstanceUIDs, cohort files, or one project."),
    ],
    format_: Annotated[
        Format | None, typer.Option("--format", help="bibtex if left out; endnote is XML, cff a references: block.")
    ] = None,
    style: Annotated[str | None, typer.Option("--style", help="Text in a CSL style: apa, ieee, FILE.csl ...")] = None,
    only: Annotated[Only | None, typer.Option("--only", help="Leave out what is asked for but not required.")] = None,
    into: Annotated[Path | None, typer.Option("--into", help="Add what is missing to this BibTeX file.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --into: only show the change.")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file instead of stdout.")] = None,
    ascii_only: Annotated[bool, typer.Option("--ascii", help="Write accents as LaTeX commands.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the output file if it exists.")] = False,
) -> None:
    """The references that these data, or a project, call for. Each dataset, what it was made from, and papers.

    stderr says what each of them is for, and whether it is required or only requested.

    Exit code 0: all that are required. 3: some of these are missing, since part of the selection leads to no dataset
    or not enough is known of a paper to write its reference; stderr names them.

    \b
    Example: tcia-policy cite LIDC-IDRI NSCLC-Radiomics -o refs.bib
    """
    form = format_ or (Format.BIBTEX if style is None else Format.TEXT)
    _check_options(form, style, into, dry_run, output)

    from tcia_policy.cli.selections import study_or_project_of
    from tcia_policy.cli.terminal import remark
    from tcia_policy.engine.case import assess_study
    from tcia_policy.registry import Registry

    registry = Registry.load()
    assessment = assess_study(study_or_project_of(selection, registry), registry)
    owed = [item for item in assessment.citations if item.required or only is None]
    if into is not None:
        _merge_into(into, owed, assessment, form, ascii_only, dry_run)
    else:
        _write(owed, form, style, ascii_only, output, overwrite)
        for line in _purposes(owed, assessment):
            remark(line)
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


def _check_options(form: Format, style: str | None, into: Path | None, dry_run: bool, output: Path | None) -> None:
    if dry_run and into is None:
        raise InputError("shows what --into would change", field="--dry-run", hint="name a file with --into")
    if into is None:
        return
    if output is not None:
        raise InputError("either --into, which adds to a file, or -o, which writes one", field="--into")
    if style is not None or form not in (Format.BIBTEX, Format.BIBLATEX):
        raise InputError(f"adds to BibTeX files, not to {form.value}", field="--into", hint="use --format biblatex")


def _write(
    owed: "Sequence[CitationOwed]",
    form: Format,
    style: str | None,
    ascii_only: bool,
    output: Path | None,
    overwrite: bool,
) -> None:
    from tcia_policy.cli.terminal import print_result, remark
    from tcia_policy.files.atomic import write_new_file
    from tcia_policy.references.bib_keys import citation_key
    from tcia_policy.references.render import render_references

    text = render_references([item.citation for item in owed], form.value, style=style, ascii_only=ascii_only)
    if output is not None:
        write_new_file(output, text, overwrite=overwrite)
        remark(f"{len(owed)} references in {output}")
    elif text.strip():
        print_result(text)
    for item in owed:
        if form is Format.CSL_JSON and item.citation.truncated:
            remark(f"{citation_key(item.citation)}: has more creators than its source names; CSL-JSON has no 'et al.'")


def _merge_into(
    path: Path,
    owed: "Sequence[CitationOwed]",
    assessment: "Assessment",
    form: Format,
    ascii_only: bool,
    dry_run: bool,
) -> None:
    """Add what is missing to a BibTeX file, or show what would be added, and say which key serves what."""
    from tcia_policy.cli.terminal import for_terminal, neutral, print_result, remark
    from tcia_policy.files.atomic import read_file, replace_file
    from tcia_policy.references.bib_merge import diff, merge

    there = read_file(path, MOST_BYTES)
    before = there or b""
    flavor: Flavor = "biblatex" if form is Format.BIBLATEX else "bibtex"
    try:
        merged = merge(before, [item.citation for item in owed], flavor, ascii_only)
    except InputError as error:
        raise InputError(error.problem, file=path, line=error.line, hint=error.hint) from None
    if dry_run and merged.content != before:
        print_result(for_terminal(diff(before, merged.content, neutral(str(path)))))
    elif merged.content != before:
        replace_file(path, merged.content, there)
    for line in _served(merged, owed, assessment):
        remark(line)
    for block in merged.broken:
        remark(f"warning: {path}:{block.line}: {block.problem}; BibTeX may not read what follows")


def _served(merged: "Merged", owed: "Sequence[CitationOwed]", assessment: "Assessment") -> list[str]:
    """`KEY  added  required  LIDC-IDRI`, with the further keys of a work that has several entries."""
    level = {item.citation.doi.lower(): _level(item) for item in owed}
    names = {item.citation.doi.lower(): ", ".join(_held(item, assessment)) for item in owed}
    also = {doi: f" (also {', '.join(keys)})" for doi, keys in merged.repeated}
    return _columns(
        [
            (each.key, each.state, level[each.doi.lower()], names[each.doi.lower()] + also.get(each.doi, ""))
            for each in merged.references
        ]
    )


def _purposes(owed: "Sequence[CitationOwed]", assessment: "Assessment") -> list[str]:
    """`KEY  required  LIDC-IDRI (the dataset itself)`, in the order in which the references are written."""
    from tcia_policy.references.bib_keys import citation_key

    return _columns(
        [
            (
                citation_key(item.citation),
                _level(item),
                f"{', '.join(_held(item, assessment))} ({ROLES[item.role]})",
            )
            for item in sorted(owed, key=lambda each: citation_key(each.citation))
        ]
    )


def _level(item: "CitationOwed") -> str:
    return "required" if item.required else "requested"


def _held(item: "CitationOwed", assessment: "Assessment") -> list[str]:
    names = {holding.id: holding.dataset or holding.name for holding in assessment.holdings}
    return list(dict.fromkeys(names.get(holding, holding) for holding in item.holdings))


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


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
            known = holding.examples or ((holding.doi,) if holding.doi else ())
            which = f": {'; '.join(known)}" if known else ""
            yield f"warning: no reference for {holding.name} ({holding.kind.value}){which}"
