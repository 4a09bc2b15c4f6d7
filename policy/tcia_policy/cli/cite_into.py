"""`tcia-policy cite --into`: an author's own bibliography, to which what is missing is added."""

from collections.abc import Sequence
from pathlib import Path

from tcia_policy.cli.terminal import for_terminal, print_result, remark
from tcia_policy.engine.case import Case
from tcia_policy.errors import InputError
from tcia_policy.evidence.bibliography import Bibliography
from tcia_policy.files import limits
from tcia_policy.files.atomic import read_file, replace_file
from tcia_policy.lazy import dataclass
from tcia_policy.model import CitationOwed
from tcia_policy.model.owed import Owed
from tcia_policy.references.bib_merge import diff, merge
from tcia_policy.references.bib_target import refuse_no_bibliography, refuse_other_than_bib
from tcia_policy.references.citation_parts import Flavor
from tcia_policy.registry import Registry
from tcia_policy.reports.merged_references import line_on_change, lines_on_merge, warnings_on_merge
from tcia_policy.text.sanitize import neutral


@dataclass(frozen=True)
class HowMerged:
    """The form of new entries, whether DOIs are added to entries that are there, and whether anything is written."""

    flavor: Flavor
    ascii_only: bool
    fix: bool
    dry_run: bool


@dataclass(frozen=True)
class Opened:
    """A case, all that is owed in it, and the registry that it was opened with."""

    case: Case
    owed: Owed
    registry: Registry


def merge_into(path: Path, owed: Sequence[CitationOwed], opened: Opened, how: HowMerged) -> None:
    """Add missing references to a BibTeX file, or show them, and print which key is the reference of which data.

    Raise `InputError` for what is no bibliography, with nothing changed.
    """
    refuse_other_than_bib(path, opened.case.inputs)
    there = read_file(path, limits.BIBTEX_FILE)
    before = there or b""
    find = Bibliography(opened.owed.duties, opened.owed.datasets, opened.registry)
    try:
        refuse_no_bibliography(before)
        merged = merge(before, [item.citation for item in owed], how.flavor, how.ascii_only, how.fix, find)
    except InputError as error:
        raise error.at(file=path) from None
    is_changed = merged.content != before
    if how.dry_run and is_changed:
        print_result(for_terminal(diff(before, merged.content, neutral(str(path)))))
    elif is_changed:
        replace_file(path, merged.content, there)
    for line in lines_on_merge(merged, owed, opened.owed.holdings, path.name):
        remark(line)
    remark(line_on_change(merged, path, is_new=there is None, dry_run=how.dry_run))
    for line in warnings_on_merge(merged, path):
        remark(line)
