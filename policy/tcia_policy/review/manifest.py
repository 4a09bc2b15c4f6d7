"""What is signed: a manifest with the digests of all that was judged and decided, and its canonical text."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.engine.fail_on import with_gate
from tcia_policy.files.digests import digest_of_file, digest_of_text
from tcia_policy.model import Assessment
from tcia_policy.model.decision_kinds import REVIEW_FILE
from tcia_policy.model.file_kind import FileKind
from tcia_policy.model.signature import Manifest
from tcia_policy.reports.json_report import render_json
from tcia_policy.review.lock import lock_of, lock_path, within
from tcia_policy.review.moved import Move, moves

_DIGEST_DIGITS = 64


def assessed(case: Case) -> Assessment:
    """Return the assessment as `report` writes it: with the gate of the project."""
    return with_gate(assess(case))


def manifest_of(case: Case, assessment: Assessment) -> Manifest:
    """Return what is signed of a case. Raise `InputError` for one without a project file, and for unreadable files."""
    folder = lock_path(case).parent
    review = folder / REVIEW_FILE
    return Manifest(
        as_of=assessment.as_of,
        assessment=digest_of_text(render_json(assessment)),
        project_file=digest_of_file(folder / (case.project_file or "")),
        review=digest_of_file(review) if review.is_file() else None,
        evidence=dict(sorted(_evidence(case, folder))),
        lock=lock_of(case, assessment),
    )


def canonical(manifest: Manifest) -> bytes:
    """Return the text that is signed: JSON in ASCII with sorted keys and no white space between its signs.

    For what a manifest holds (texts, whole numbers, lists, mappings) that is nearly the form of RFC 8785, which would
    leave characters outside of ASCII as they are.
    """
    return json.dumps(manifest.model_dump(mode="json"), sort_keys=True, separators=(",", ":")).encode("ascii")


def what_differs(signed: Manifest, now: Manifest) -> tuple[str, ...]:
    """Return every thing that is not as it was signed, a line each, with what it was and is."""
    whole = (
        Move("project file", signed.project_file, now.project_file),
        Move(REVIEW_FILE, signed.review, now.review),
        *(
            Move(f"evidence {name}", signed.evidence.get(name), now.evidence.get(name))
            for name in sorted(signed.evidence.keys() | now.evidence.keys())
        ),
    )
    moved = moves(signed.lock, now.lock)
    named = [each for each in (*whole, *moved.world, *moved.outcome) if each.before != each.now]
    if signed.assessment != now.assessment:
        named.append(Move("assessment", signed.assessment, now.assessment))
    if signed.as_of != now.as_of:
        named.append(Move("day of the assessment", signed.as_of.isoformat(), now.as_of.isoformat()))
    return tuple(str(each) for each in _each_once(named))


def _each_once(found: Iterable[Move]) -> Iterator[Move]:
    """Yield each thing once: a file has the same two digests in the manifest and in its lock."""
    seen: set[tuple[str | None, str | None]] = set()
    for each in found:
        is_file = _DIGEST_DIGITS in (len(each.before or ""), len(each.now or ""))
        if not is_file or (each.before, each.now) not in seen:
            yield each
        seen.add((each.before, each.now))


def _evidence(case: Case, folder: Path) -> Iterator[tuple[str, str]]:
    for each in case.files:
        if each.kind is FileKind.EVIDENCE:
            yield within(each.path, folder), digest_of_file(each.path)
