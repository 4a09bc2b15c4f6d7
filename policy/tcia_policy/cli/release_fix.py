"""`tcia-policy check --release DIR --fix`: what can be written into a release, shown as a diff before it is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tcia_policy.cli.terminal import for_terminal, print_result, remark
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.atomic import read_file, replace_file
from tcia_policy.files.content import is_folder
from tcia_policy.files.written_by import is_marked
from tcia_policy.model import Assessment
from tcia_policy.model.release import ReleaseFileRead, ReleaseRead
from tcia_policy.references.bib_merge import diff
from tcia_policy.reports.notices.write_notices import render_notices
from tcia_policy.reports.release_fix.card import BEGIN, with_keys, with_references
from tcia_policy.reports.release_fix.wanted import CARD, keys_wanted, lacks_references, references_wanted
from tcia_policy.text.sanitize import neutral

SHIPPED = ("NOTICE", "ATTRIBUTION.md")


@dataclass(frozen=True)
class _Change:
    """What a file has and what it shall have; `before` is `None` for a file that is not there."""

    path: Path
    before: bytes | None
    after: bytes


def fix_cards(assessment: Assessment, base: Path, *, dry_run: bool) -> bool:
    """Print what is added to the cards of the release as a unified diff, and write it unless `dry_run`.

    `base` is the folder that the paths of the release are relative to. Return whether anything was written. Raise
    `InputError`, with nothing written, for what is no folder, and for a card that cannot be added to.
    """
    read = _read(assessment, base)
    cards = (card for card in (_main_card(read, shown) for shown in read.paths) if card is not None)
    return _put([_card_change(card, assessment, base) for card in cards], dry_run=dry_run)


def ship_notices(assessment: Assessment, base: Path, *, dry_run: bool) -> bool:
    """Print `NOTICE` and `ATTRIBUTION.md` as a diff, and write them unless `dry_run`. Return and raise as above."""
    read = _read(assessment, base)
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
    return read


def _put(changes: Sequence[_Change], *, dry_run: bool) -> bool:
    """Print the changes, and make them unless `dry_run`. Return whether any was made."""
    made = [change for change in changes if change.before != change.after]
    for change in made:
        print_result(for_terminal(diff(change.before or b"", change.after, neutral(str(change.path)))))
    for change in () if dry_run else made:
        replace_file(change.path, change.after, change.before)
        remark(f"wrote {change.path}")
    if dry_run and made:
        remark(f"{', '.join(str(change.path) for change in made)}: not written (--dry-run)")
    return bool(made) and not dry_run


def _main_card(read: ReleaseRead, shown: str) -> ReleaseFileRead | None:
    """Return the first card of a release, which is the one at its top."""
    inside = f"{Path(shown).as_posix()}/"
    own = [each for each in read.files if each.format == CARD and (each.file.startswith(inside) or shown == ".")]
    return own[0] if own else None


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
    return _Change(path, before, after.encode("utf-8"))


def _shipped(path: Path, texts: Mapping[str, str]) -> Iterator[_Change]:
    """Yield the notice that is not there yet, or that this program wrote; those of others stay as they are."""
    before = read_file(path, limits.MANUSCRIPT_FILE)
    if before is None or is_marked(before):
        yield _Change(path, before, texts[path.name].encode("utf-8"))
    else:
        remark(f"{path} is yours and stays; `tcia-policy notices` prints what it may lack")
