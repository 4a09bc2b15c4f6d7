"""The content of a bundle: report, lock, decisions, signatures and evidence, and a page that says what they are."""

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from tcia_policy.engine.case import Case
from tcia_policy.errors import InputError, as_one
from tcia_policy.files import limits
from tcia_policy.files.content import read_content, regular_size
from tcia_policy.files.mark import MARK_LINE
from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment
from tcia_policy.model.decision_kinds import REVIEW_FILE, DecisionStatus
from tcia_policy.model.file_kind import FileKind
from tcia_policy.model.lock import LOCK_FILE, Lock, LockedFile
from tcia_policy.reports.answer.first_line import first_line
from tcia_policy.reports.formats import IN_FOLDER
from tcia_policy.review.bag import bag, oxum, sha256, zipped
from tcia_policy.review.lock import lock_of, lock_path, render_lock
from tcia_policy.review.manifest import manifest_of
from tcia_policy.review.signatures import read_signature, signature_files
from tcia_policy.text.sanitize import clean

README = "README.txt"
PROJECT = "tcia-policy.yaml"
SIGNATURES = "signatures/"
EVIDENCE = "evidence/"
REPORT_JSON = "report.json"
REDACTED = "Redacted: yes"


@dataclass(frozen=True)
class Referenced:
    """A document that evidence or a decision that counts rests on: its path, or who keeps it; its SHA-256 if known."""

    what: str
    path: str | None
    held_by: str | None
    sha256: str | None


def bundle(case: Case, assessment: Assessment) -> bytes:
    """Return the zip of a whole bundle of a case.

    Raise `InputError` for files that cannot be read or are too large, and for a signature on something else.
    """
    folder = lock_path(case).parent
    lock = lock_of(case, assessment)
    _refuse_too_large(case)
    payload = {**reports(assessment), LOCK_FILE: render_lock(lock).encode()}
    payload[PROJECT] = read_content(folder / (case.project_file or ""), limits.YAML)
    if (folder / REVIEW_FILE).is_file():
        payload[REVIEW_FILE] = read_content(folder / REVIEW_FILE, limits.YAML)
    payload |= _signatures(case, assessment, folder)
    _refuse_from_outside(lock, folder)
    for file in evidence_files(lock):
        content = read_content(folder / file.path, limits.EVIDENCE_FILE)
        if sha256(content) != file.sha256:
            raise InputError("was changed while it was read", file=file.path, hint="try again")
        payload[evidence_place(file)] = content
    return packed(payload, assessment, lock)


def redacted_bundle(assessment: Assessment) -> bytes:
    """Return the zip of a bundle that has the reports alone, of an assessment that is redacted already."""
    return packed(reports(assessment), assessment, None)


def packed(payload: Mapping[str, bytes], assessment: Assessment, lock: Lock | None) -> bytes:
    """Return the zip of a payload with its README; without a lock it says that it is redacted."""
    whole = {**payload, README: readme(assessment, lock).encode()}
    return zipped(bag(whole, info(assessment, whole, is_redacted=lock is None)))


def reports(assessment: Assessment) -> dict[str, bytes]:
    """Return the reports by their names, as `report -o FOLDER` writes them."""
    return {f"report{each.suffix}": each.content(assessment) for each in IN_FOLDER}


def info(assessment: Assessment, payload: Mapping[str, bytes], *, is_redacted: bool) -> str:
    """Return `bag-info.txt`: nothing in it depends on the clock."""
    lines = [
        f"Bag-Software-Agent: tcia-policy {assessment.versions.program}",
        f"Bagging-Date: {assessment.as_of}",
        f"External-Description: {clean(assessment.project.title or 'A study')[:200]}",
        f"Payload-Oxum: {oxum(payload)}",
        *([REDACTED] if is_redacted else []),
    ]
    return "\n".join(lines) + "\n"


def readme(assessment: Assessment, lock: Lock | None) -> str:
    """Return the page for who opens the bundle; without a lock, of one that is redacted."""
    lines = [
        clean(str(first_line(assessment))),
        "",
        assessment.disclaimer,
        f"Judged as of {assessment.as_of}, by tcia-policy {assessment.versions.program}.",
        "",
        "report.html       the document for legal review; open it in a browser",
        "report.md         the same as text",
        "report.json       the whole assessment, for programs; the two above are made from it",
    ]
    if lock is None:
        lines += ["", "Redacted: names of people, reasons, documents, decisions, signatures and the lock are left out."]
    else:
        lines += [
            f"{PROJECT}  what the authors say of the study",
            f"{LOCK_FILE}  digests of all that it was judged from",
            *([] if assessment.review is None else [f"{REVIEW_FILE}       what reviewers decided"]),
            "signatures/       signatures of reviewers, if there are any",
            *(["evidence/         the documents that evidence and decisions rest on"] if evidence_files(lock) else []),
            "",
            "Cohort files, manuscript, release and the institution's own rules are not in here; the lock has their",
            "digests.",
            *_documents(assessment, lock),
        ]
    lines += [
        "",
        "tcia-policy is a program that checks the use of cancer images from TCIA and IDC against their terms.",
        "To check that nothing in here is damaged or missing, and that all fits together:",
        "  tcia-policy bundle verify FILE.zip",
        "Without that program: sha256sum -c manifest-sha256.txt, in the folder that has data/.",
        "Whoever has the program can make another bundle that fits together as well. Only a signature that is",
        "checked with keys that you trust shows who stands behind it.",
        "",
        MARK_LINE,
    ]
    return "\n".join(lines) + "\n"


def _refuse_from_outside(lock: Lock, folder: Path) -> None:
    """Raise `InputError` for documents outside of the project's folder: who packs may not know what they are."""
    hint = "put a copy beside the project and name that, or say who keeps it: {held_by: ..., sha256: ...}"
    inside = folder.resolve()
    outside = [
        InputError("is outside of the folder of the project, and is not packed", file=each.path, hint=hint)
        for each in evidence_files(lock)
        if not (folder / each.path).resolve().is_relative_to(inside)
    ]
    if outside:
        raise as_one(outside)


def evidence_files(lock: Lock) -> tuple[LockedFile, ...]:
    """Return the documents that a bundle has, as the lock lists them."""
    return tuple(each for each in lock.files if each.kind is FileKind.EVIDENCE)


def evidence_place(file: LockedFile) -> str:
    """Return where a document is in a bundle: `evidence/SHA256/grant.pdf`, with a name that every system can have."""
    name = unicodedata.normalize("NFKD", posixpath.basename(file.path)).encode("ascii", "ignore").decode()
    safe = re.sub(r"[^A-Za-z0-9._-]+", "_", name)[-80:].lstrip("._-")
    return f"{EVIDENCE}{file.sha256}/{safe or 'document'}"


def documents_referenced(assessment: Assessment) -> Iterator[Referenced]:
    """Yield every document that evidence or a decision rests on, of those that count."""
    for seen in assessment.evidence:
        if seen.counts and (seen.document or seen.held_by):
            yield Referenced(seen.text, _plain(seen.document), seen.held_by, seen.sha256)
    for read in () if assessment.review is None else assessment.review.decisions:
        document = read.decision.evidence
        if document is not None and (read.status is DecisionStatus.COUNTS or read.counts_for):
            what = f"decision {read.decision.name}"
            yield Referenced(what, _plain(document.path), document.held_by, document.sha256)


def _plain(path: str | None) -> str | None:
    return None if path is None else posixpath.normpath(path)


def _documents(assessment: Assessment, lock: Lock) -> Iterator[str]:
    """Yield a line on each document: where it is in here, or who keeps it."""
    places = {each.path: evidence_place(each) for each in evidence_files(lock)}
    found = dict.fromkeys(documents_referenced(assessment))
    if found:
        yield from ("", "Documents:")
    for each in found:
        if each.path is None:
            yield clean(f"- {each.what}: kept by {each.held_by}; not in here")
        else:
            place = places.get(each.path)
            yield clean(f"- {each.what}: {each.path}, {'not in here' if place is None else f'here {place}'}")


def _signatures(case: Case, assessment: Assessment, folder: Path) -> dict[str, bytes]:
    """Return the files with signatures. Raise `InputError` where one is on something else than what is bundled."""
    files = signature_files(folder)
    now = manifest_of(case, assessment) if files else None
    found: dict[str, bytes] = {}
    for path in files:
        signed = read_signature(path).manifest
        if signed != now:
            again = "sign again" if signed.as_of == assessment.as_of else f"pass --as-of {signed.as_of}, or sign again"
            raise InputError("signs something else than what would be bundled", file=path, hint=again)
        found[SIGNATURES + path.name] = read_content(path, limits.SIGNATURE)
    return found


def _refuse_too_large(case: Case) -> None:
    size = sum(regular_size(each.path) for each in case.files if each.kind is FileKind.EVIDENCE)
    if size > limits.BUNDLE:
        hint = "leave large documents where they are, and say who keeps them: {held_by: ..., sha256: ...}"
        raise InputError(f"the documents have more than {limits.BUNDLE:,} bytes", field="evidence", hint=hint)
