"""Which file references may be added to: a bibliography, and nothing else."""

from collections.abc import Iterable
from pathlib import Path

from tcia_policy.documents.bibtex.bib_file import scan
from tcia_policy.errors import InputError
from tcia_policy.files.atomic import refuse_inputs

SUFFIX = ".bib"
NAME_A_BIB = "name a .bib file; one that is not there yet is written"
_FREE_TEXT_BEGINS = ("%", "#", "//", "--")


def refuse_other_than_bib(path: Path, inputs: Iterable[Path]) -> None:
    """Raise `InputError` for a file that is not named as a bibliography, and for one that was read as something else.

    `inputs` are the files that were read; a bibliography among them may be added to.
    """
    if path.suffix.lower() != SUFFIX:
        raise InputError("is no BibTeX file, and nothing is added to it", file=path, field="--into", hint=NAME_A_BIB)
    refuse_inputs([path], (each for each in inputs if each.suffix.lower() != SUFFIX))


def refuse_no_bibliography(content: bytes) -> None:
    """Raise `InputError` for the content of a file that has something in it, and no entry, macro or comment."""
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("is a binary file, whatever its name says", hint=NAME_A_BIB)
    bib = scan(content)
    lines = (line.strip() for line in bib.text.removeprefix("\ufeff").splitlines())
    said = [line for line in lines if line and not line.startswith(_FREE_TEXT_BEGINS)]
    if said and not bib.blocks:
        raise InputError("has no BibTeX entry in it, and is something else, whatever its name says", hint=NAME_A_BIB)
