"""`tcia-policy cite`: the references that a selection owes."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.cohort_help import COHORT_FILE
from tcia_policy.cli.completion import complete_datasets
from tcia_policy.cli.opened_registry import opened_registry
from tcia_policy.cli.options import CaseArguments, remark_on_days, remark_on_project
from tcia_policy.cli.terminal import STDOUT, print_result, remark
from tcia_policy.engine.assess import references_owed
from tcia_policy.engine.case import Case, Library
from tcia_policy.engine.selections import study_or_project_of
from tcia_policy.errors import InputError
from tcia_policy.files.atomic import write_new_file
from tcia_policy.files.mark import marked
from tcia_policy.lazy import dataclass
from tcia_policy.model import CitationOwed
from tcia_policy.model.owed import Owed
from tcia_policy.references.bib_keys import citation_key
from tcia_policy.references.citation_parts import Flavor
from tcia_policy.references.formats import BIBLATEX, BIBTEX, FORMATS, STYLED, Format, WriteOptions, format_named
from tcia_policy.registry import Registry
from tcia_policy.reports.references_owed import duties_without_reference, lines_on_purposes, lines_on_unresolved

EXIT_INCOMPLETE = 3


class Only(StrEnum):
    """The references to write, where the user does not want all of them."""

    REQUIRED = "required"


@dataclass(frozen=True)
class HowWritten:
    """The form in which to write the references, and which of them to write."""

    format_: Annotated[
        Format | None,
        typer.Option(
            "--format",
            parser=format_named,
            metavar=f"[{'|'.join(each.name for each in FORMATS)}]",
            help=f"The default is bibtex. {'; '.join(f'{each.name}: {each.help}' for each in FORMATS)}.",
        ),
    ] = None
    style: Annotated[str | None, typer.Option("--style", help="Write text in a CSL style: apa, ieee, FILE.csl ...")] = (
        None
    )
    only: Annotated[Only | None, typer.Option("--only", help="Leave out references that are only requested.")] = None
    ascii_only: Annotated[bool, typer.Option("--ascii", help="Write accents as LaTeX commands.")] = False

    @property
    def form(self) -> Format:
        """Return the format to write: text where a style is given."""
        return self.format_ or (BIBTEX if self.style is None else STYLED)


@dataclass(frozen=True)
class WhereWritten:
    """The file to write or to add to."""

    into: Annotated[
        Path | None, typer.Option("--into", help="Add what is missing to this .bib file, or write a new one.")
    ] = None
    fix: Annotated[
        bool, typer.Option("--fix", help="With --into: give entries that are there without their DOI that DOI.")
    ] = False
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --into: show the change, write nothing.")] = False
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file; - is stdout.")] = None
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the output file if it exists.")] = False


def command(
    selection: Annotated[
        list[str],
        typer.Argument(
            metavar="SELECTION",
            autocompletion=complete_datasets,
            help=f"Datasets, DOIs, SeriesInstanceUIDs, cohort files, or one project. A cohort file is {COHORT_FILE}.",
        ),
    ],
    how: HowWritten,
    where: WhereWritten,
    case: CaseArguments,
) -> None:
    """Write the references that these data, or a project, ask for. Each dataset, its source datasets, and papers.

    stderr says what each reference is for, and whether it is required or only requested.

    Exit code 0: all required references are there. 3: some are missing, because part of the selection matches no
    dataset, or too little is known of a paper to write its reference; stderr names them.

    \b
    Example: tcia-policy cite LIDC-IDRI NSCLC-Radiomics -o refs.bib
    """
    _check_options(how, where)
    registry = opened_registry()
    opened = Case.open(study_or_project_of(selection, registry, case.obtained_from), case.options(), Library(registry))
    remark_on_days(opened)
    remark_on_project(opened)
    all_owed = references_owed(opened)
    owed = [item for item in all_owed.citations if item.required or how.only is None]
    if where.into is not None:
        _merge_into(owed, (opened, all_owed, registry), how, where)
    else:
        _write(owed, how, where, opened.inputs)
        for line in lines_on_purposes(owed, all_owed.holdings):
            remark(line)
    without = _missing(all_owed, with_requested=how.only is None)
    raise typer.Exit(EXIT_INCOMPLETE if without else 0)


def _missing(owed: Owed, *, with_requested: bool) -> bool:
    """Print which references could not be written; return whether a required one is among them."""
    if with_requested:
        for duty in duties_without_reference(owed, required=False):
            remark(f"requested, but not written, because its reference is not known in full: {duty.text}")
    missing = list(lines_on_unresolved(owed.holdings))
    required = duties_without_reference(owed, required=True)
    missing += [f"warning: not written, because its reference is not known in full: {duty.text}" for duty in required]
    for line in missing:
        remark(line)
    return bool(missing)


def _check_options(how: HowWritten, where: WhereWritten) -> None:
    if where.into is None:
        for option, is_given in (("--dry-run", where.dry_run), ("--fix", where.fix)):
            if is_given:
                raise InputError("works only together with --into", field=option, hint="name a file with --into")
        return
    if where.output is not None:
        hint = "--into adds to a file, -o writes a new one: choose one of them"
        raise InputError("cannot be combined with -o", field="--into", hint=hint)
    if how.style is not None or not how.form.is_bibtex:
        problem = f"adds to BibTeX files only, and the format is {how.form.name}"
        raise InputError(problem, field="--into", hint="use --format bibtex or biblatex, without --style")


def _write(owed: Sequence[CitationOwed], how: HowWritten, where: WhereWritten, inputs: Sequence[Path]) -> None:
    citations = [item.citation for item in owed]
    text = how.form.write(citations, WriteOptions(how.style, how.ascii_only))
    if where.output is not None and where.output != STDOUT:
        whole = marked(text, where.output.name) if how.form is STYLED else text
        keep = (*inputs, *(() if how.style is None else [Path(how.style)]))
        write_new_file(where.output, whole, overwrite=where.overwrite, keep=keep)
        remark(f"{len(owed)} references in {where.output}")
    elif text.strip():
        print_result(text)
    for item in owed:
        if item.citation.truncated and not how.form.has_et_al:
            name = how.form.name.upper()
            remark(f"{citation_key(item.citation)}: has creators that its source leaves out; {name} has no 'et al.'")


def _merge_into(
    owed: Sequence[CitationOwed], opened: tuple[Case, Owed, Registry], how: HowWritten, where: WhereWritten
) -> None:
    from tcia_policy.cli.cite_into import HowMerged, Opened, merge_into  # noqa: PLC0415 - compiles patterns: 30 ms

    assert where.into is not None
    flavor: Flavor = "biblatex" if how.form is BIBLATEX else "bibtex"
    merge_into(where.into, owed, Opened(*opened), HowMerged(flavor, how.ascii_only, where.fix, where.dry_run))
