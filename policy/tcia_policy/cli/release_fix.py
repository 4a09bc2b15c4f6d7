"""`tcia-policy check --release DIR --fix`: what can be written into a release, shown as a diff before it is written."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tcia_policy.cli.terminal import for_terminal, print_result, remark
from tcia_policy.engine.release_study import NOT_NAMED
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.atomic import read_file, replace_file
from tcia_policy.files.content import is_folder
from tcia_policy.files.written_by import is_marked
from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment
from tcia_policy.model.release import ReleaseFileRead, ReleaseRead
from tcia_policy.references.bib_merge import diff
from tcia_policy.reports.notices.write_notices import render_notices
from tcia_policy.reports.release_fix.card import BEGIN, with_keys, with_references
from tcia_policy.reports.release_fix.wanted import CARD, PAGE, keys_wanted, lacks_references, references_wanted
from tcia_policy.text.sanitize import neutral

SHIPPED = ("NOTICE", "ATTRIBUTION.md")
NEW_CARD = "README.md"


@dataclass(frozen=True)
class _Change:
    """What a file has and what it shall have; `None` for a file that is not there, and need not be."""

    path: Path
    before: bytes | None
    after: bytes | None


def fix_cards(assessment: Assessment, base: Path, *, dry_run: bool) -> bool:
    """Print what is added to the cards of the release as a unified diff, and write it unless `dry_run`.

    A folder without any README gets one with the references that are missing. `base` is the folder that the paths of
    the release are relative to. Return whether anything was written. Raise `InputError`, with nothing written, for what
    is no folder, and for a card that cannot be added to.
    """
    read = _read(assessment, base)
    cards = (_main_card(read, shown) or _new_card(read, shown) for shown in read.paths)
    return _put([_card_change(card, assessment, base) for card in cards if card is not None], dry_run=dry_run)


def ship_notices(assessment: Assessment, base: Path, *, dry_run: bool) -> bool:
    """Print `NOTICE` and `ATTRIBUTION.md` as a diff, and write them unless `dry_run`. Return and raise as above.

    Nothing is written for a release whose data nobody knows: there is nothing to attribute yet.
    """
    read = _read(assessment, base)
    if {each.id for each in assessment.holdings} <= {NOT_NAMED}:
        remark(f"{' and '.join(SHIPPED)} are not written: nothing says which data the release was made from")
        return False
    notices = render_notices(assessment)
    changes = [change for shown in read.paths for name in SHIPPED for change in _shipped(base / shown / name, notices)]
    return _put(changes, dry_run=dry_run)


def _read(assessment: Assessment, base: Path) -> ReleaseRead:
    read = assessment.release
    if read is None:
        raise InputError("needs a release", field="--fix", hint="name its folder: --release DIR")
    for shown in read.paths:
        if not is_folder(base / shown):
            raise InputError("is no folder", file=shown, hint="--fix writes into the folder of a release")
        for name in (NEW_CARD, *SHIPPED):
            _refuse_link(base / shown / name, base / shown)
    return read


def _refuse_link(path: Path, folder: Path) -> None:
    """Raise `InputError` for a link that leads out of a release: what is outside is not part of it."""
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise InputError("leads out of the release", file=path, hint="put a file in the place of the link")


def _put(changes: Sequence[_Change], *, dry_run: bool) -> bool:
    """Print the changes, and make them unless `dry_run`. Return whether any was made."""
    made = [(each.path, each.before, each.after) for each in changes if each.after not in (None, each.before)]
    for path, before, after in made:
        print_result(for_terminal(diff(before or b"", after or b"", neutral(str(path)))))
    for path, before, after in () if dry_run else made:
        replace_file(path, after or b"", before)
        remark(f"wrote {path}")
    if dry_run and made:
        remark(f"{', '.join(str(path) for path, _, _ in made)}: not written (--dry-run)")
    return bool(made) and not dry_run


def _main_card(read: ReleaseRead, shown: str) -> ReleaseFileRead | None:
    """Return the first card of a release, which is the one at its top; else its README, which has no header."""
    own = _own_files(read, shown)
    readme = [each for each in own if each.format == PAGE and Path(each.file).name.lower() == "readme.md"]
    return next(iter([*(each for each in own if each.format == CARD), *readme]), None)


def _new_card(read: ReleaseRead, shown: str) -> ReleaseFileRead | None:
    """Return the README that a release does not have; `None` where it has one that is no Markdown."""
    readmes = [each.file for each in _own_files(read, shown) if Path(each.file).name.lower().startswith("readme")]
    if readmes:
        remark(f"{readmes[0]} is no Markdown and stays; `tcia-policy cite` prints the references")
        return None
    return ReleaseFileRead(file=(Path(shown) / NEW_CARD).as_posix(), format=PAGE)


def _own_files(read: ReleaseRead, shown: str) -> list[ReleaseFileRead]:
    inside = f"{Path(shown).as_posix()}/"
    return [each for each in read.files if each.file.startswith(inside) or shown == "."]


def _card_change(card: ReleaseFileRead, assessment: Assessment, base: Path) -> _Change:
    path = base / card.file
    before = read_file(path, limits.MANUSCRIPT_FILE)
    try:
        text = (before or b"").decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("is not UTF-8, and is not written to", file=card.file) from None
    after = with_keys(text, keys_wanted(card, assessment), card.file)
    if lacks_references(assessment) or BEGIN in after:
        after = with_references(after, references_wanted(assessment), card.file)
    return _Change(path, before, after.encode("utf-8") if after or before is not None else None)


def _shipped(path: Path, texts: Mapping[str, str]) -> Iterator[_Change]:
    """Yield the notice that is not there yet, or that this program wrote; those of others stay as they are."""
    before = read_file(path, limits.MANUSCRIPT_FILE)
    if before is None or is_marked(before):
        yield _Change(path, before, texts[path.name].encode("utf-8"))
    else:
        remark(f"{path} is yours and stays; `tcia-policy notices` prints what it may lack")
