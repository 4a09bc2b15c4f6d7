"""Whether a bundle is whole and fits together: checked with nothing but the zip."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tcia_policy.engine.contradictions import contradiction
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment
from tcia_policy.model.bundle import BundleVerified
from tcia_policy.model.decision_kinds import REVIEW_FILE
from tcia_policy.model.lock import LOCK_FILE, Lock
from tcia_policy.model.signature import Manifest, Signature, SignatureChecked, SignedWith
from tcia_policy.reports.answer.first_line import first_line
from tcia_policy.reports.json_report import read_json, render_json
from tcia_policy.review.bag import INFO, PAYLOAD, problems_of_bag, read_zip, sha256
from tcia_policy.review.bundle import (
    PROJECT,
    README,
    REDACTED,
    REPORT_JSON,
    SIGNATURES,
    documents_referenced,
    evidence_files,
    evidence_place,
    info,
    readme,
    reports,
)
from tcia_policy.review.lock import digests_of, items_of, outcome_of, parse_lock
from tcia_policy.review.manifest import what_differs
from tcia_policy.review.signatures import parse_signature
from tcia_policy.review.verify import Keys, checked, decisions_signed
from tcia_policy.text.english import count
from tcia_policy.text.sanitize import clean
from tcia_policy.version import __version__

INDEX = "idc-index"  # a digest that an assessment does not have
_MOST_PROBLEMS = 200


@dataclass(frozen=True)
class Opened:
    """A bundle that was read: its payload by name, the assessment, and the lock (`None` where it is redacted)."""

    payload: Mapping[str, bytes]
    assessment: Assessment
    lock: Lock | None


@dataclass(frozen=True)
class Judged:
    """What was found of a bundle besides what is wrong."""

    verdict: str | None = None
    signatures: tuple[SignatureChecked, ...] = ()
    unchecked: tuple[str, ...] = ()


def verify_bundle(path: Path, keys: Keys) -> BundleVerified:
    """Return everything that is wrong with a bundle, and what could not be checked.

    Raise `InputError` for what is no zip, or is larger than any bundle.
    """
    problems: list[str] = []
    try:
        files = read_zip(path, problems)
    except InputError as error:
        raise error.at(file=path) from None
    problems += problems_of_bag(files)
    opened = _opened(files, problems)
    judged = Judged() if opened is None else _judged(opened, files, keys, problems)
    is_redacted = opened is not None and opened.lock is None
    return _result(path, "redacted bundle" if is_redacted else "bundle", judged, list(dict.fromkeys(problems)))


def _judged(opened: Opened, files: Mapping[str, bytes], keys: Keys, problems: list[str]) -> Judged:
    """Return what is found of a bundle that can be read; what is wrong is added to `problems`."""
    try:
        verdict = clean(str(first_line(opened.assessment)))
        problems += _of_reports(opened, files)
        problems += _of_content(opened)
        signatures, unchecked = _of_signatures(opened, keys, problems)
        unchecked += [
            f"{each.what}: kept by {each.held_by}, and not seen by this check"
            for each in documents_referenced(opened.assessment)
            if each.held_by is not None
        ]
    except InputError:
        raise
    except Exception as error:
        problems.append(f"{REPORT_JSON} names something that it does not have, so that no report can be made from it")
        problems.append(f"{REPORT_JSON}: {type(error).__name__}: {str(error)[:200]}")
        return Judged()
    return Judged(verdict, tuple(signatures), tuple(map(clean, unchecked)))


def _result(path: Path, what: str, judged: Judged, problems: Sequence[str]) -> BundleVerified:
    summary = f"WHOLE  the {what} fits together; nothing in it is damaged or missing"
    if problems:
        summary = f"NOT WHOLE  {count(len(problems), 'thing')} wrong with the {what}"
    elif judged.unchecked:
        summary += f"; {count(len(judged.unchecked), 'thing')} not checked"
    return BundleVerified(
        summary=summary,
        exit_code=1 if problems else 0,
        file=path.name,
        verdict=judged.verdict,
        problems=tuple(clean(each) for each in problems[:_MOST_PROBLEMS]),
        unchecked=judged.unchecked,
        signatures=judged.signatures,
    )


def _opened(files: Mapping[str, bytes], problems: list[str]) -> Opened | None:
    """Return what the bundle says, or `None` where its assessment cannot be read."""
    payload = {name.removeprefix(PAYLOAD): files[name] for name in files if name.startswith(PAYLOAD)}
    try:
        assessment = read_json(_text(payload, REPORT_JSON))
    except InputError as error:
        problems.append(f"{REPORT_JSON}: {error.field or ''} {error.problem}")
        return None
    if REDACTED in files.get(INFO, b"").decode("utf-8", "replace").splitlines():
        return Opened(payload, assessment, None)
    try:
        return Opened(payload, assessment, parse_lock(_text(payload, LOCK_FILE)))
    except InputError as error:
        problems.append(f"{LOCK_FILE}: {error.field or ''} {error.problem}")
        return None


def _text(payload: Mapping[str, bytes], name: str) -> str:
    if name not in payload:
        raise InputError("is missing")
    try:
        return payload[name].decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text") from None


def _of_reports(opened: Opened, files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield where the assessment contradicts itself, and which texts are not made from it."""
    assessment, payload = opened.assessment, opened.payload
    field = contradiction(assessment)
    if field is not None:
        yield f"{REPORT_JSON}: {field} does not follow from the findings and duties"
        return
    if payload[REPORT_JSON] != render_json(assessment).encode():
        yield f"{REPORT_JSON} is not as this program writes it"
    expected = {
        **{PAYLOAD + name: content for name, content in reports(assessment).items()},
        PAYLOAD + README: readme(assessment, opened.lock).encode(),
        INFO: info(assessment, payload, is_redacted=opened.lock is None).encode(),
    }
    of_version = assessment.versions.program
    other = "" if of_version == __version__ else f"; it is of version {of_version}, this is {__version__}: use that one"
    for name, content in expected.items():
        if name not in files:
            yield f"{name} is missing"
        elif files[name] != content:
            yield f"{name} is not made from {REPORT_JSON}{other}"


def _of_content(opened: Opened) -> Iterator[str]:
    """Yield what does not fit the assessment: lock, decisions, documents; and what no bundle has."""
    known = {*reports(opened.assessment), README}
    if opened.lock is not None:
        known |= {LOCK_FILE, PROJECT}
        known |= {evidence_place(each) for each in evidence_files(opened.lock)}
        known |= set() if opened.assessment.review is None else {REVIEW_FILE}
        known |= {name for name in opened.payload if name.startswith(SIGNATURES)}
        yield from _of_lock(opened.assessment, opened.lock)
        yield from _of_decisions(opened)
        yield from _of_documents(opened, opened.lock)
        if PROJECT not in opened.payload:
            yield f"{PROJECT} is missing"
    yield from (f"{name} belongs to no bundle like this" for name in sorted(opened.payload.keys() - known))


def _of_lock(assessment: Assessment, lock: Lock) -> Iterator[str]:
    digests = {name: digest for name, digest in lock.digests.items() if name != INDEX}
    for what, locked, said in (
        ("day", lock.as_of, assessment.as_of),
        ("digests", digests, digests_of(assessment)),
        ("items", lock.items, items_of(assessment)),
        ("outcome", lock.outcome, outcome_of(assessment)),
    ):
        if locked != said:
            yield f"{LOCK_FILE}: {what} is not that of {REPORT_JSON}"


def _of_decisions(opened: Opened) -> Iterator[str]:
    """Yield where the file with the decisions is not the one that was judged."""
    review, content = opened.assessment.review, opened.payload.get(REVIEW_FILE)
    if (review is None) != (content is None):
        yield f"{REVIEW_FILE} is {'too much' if review is None else 'missing'}: {REPORT_JSON} says otherwise"
    elif review is not None and content is not None and review.digest != _digest_as_read(content):
        yield f"{REVIEW_FILE} has another SHA-256 than the decisions in {REPORT_JSON}"


def _digest_as_read(content: bytes) -> str:
    return sha256(content.decode("utf-8-sig", "replace").encode())


def _of_documents(opened: Opened, lock: Lock) -> Iterator[str]:
    """Yield which documents are missing or are others than evidence and decisions rest on."""
    locked = {each.path: each for each in evidence_files(lock)}
    for file in locked.values():
        content = opened.payload.get(evidence_place(file))
        if content is None:
            yield f"{evidence_place(file)} is missing: the document {file.path}"
        elif sha256(content) != file.sha256:
            yield f"{evidence_place(file)} is another document than {file.path}"
    for each in documents_referenced(opened.assessment):
        if each.path is None:
            continue
        found = locked.get(each.path)
        if found is None:
            yield f"{each.what}: its document {each.path} is not in the bundle"
        elif each.sha256 not in (None, found.sha256):
            yield f"{each.what}: its document {each.path} has another SHA-256 than it states"


def _of_signatures(opened: Opened, keys: Keys, problems: list[str]) -> tuple[list[SignatureChecked], list[str]]:
    """Return the signatures that were checked against keys, and what was not checked; what is wrong is added."""
    found: list[SignatureChecked] = []
    unchecked: list[str] = []
    if opened.lock is None:
        return found, unchecked
    names = [name for name in opened.payload if name.startswith(SIGNATURES)]
    for name in sorted(names)[: limits.SIGNATURES]:
        try:
            signature = parse_signature(_text(opened.payload, name))
        except InputError as error:
            problems.append(f"{name}: cannot be read: {error.problem}")
            continue
        moved = what_differs(signature.manifest, _manifest(opened, opened.lock))
        if _has_keys(signature, keys):
            found.append(checked(name, signature, opened.assessment.project, keys, moved))
            problems.extend(f"{name}: {problem}" for problem in found[-1].problems)
        else:
            option = "--keyring" if signature.signed_with is SignedWith.GPG else "--allowed-signers"
            unchecked.append(f"{name}: whose key it is; name keys that you trust with {option}")
            problems.extend(f"{name}: what was signed is not what is in here" for _ in moved[:1])
        problems.extend(f"{name}: {each}" for each in moved)
    if keys.allowed is not None or keys.keyring is not None:
        problems.extend(
            f"decision {each.decision} is not signed by {', '.join(each.not_signed_by)}"
            for each in decisions_signed(opened.assessment.review, found)
            if each.not_signed_by
        )
    return found, unchecked


def _has_keys(signature: Signature, keys: Keys) -> bool:
    return (keys.keyring if signature.signed_with is SignedWith.GPG else keys.allowed) is not None


def _manifest(opened: Opened, lock: Lock) -> Manifest:
    """Return what would be signed of the content of a bundle."""
    review = opened.payload.get(REVIEW_FILE)
    return Manifest(
        as_of=opened.assessment.as_of,
        assessment=sha256(opened.payload[REPORT_JSON]),
        project_file=sha256(opened.payload.get(PROJECT, b"")),
        review=None if review is None else sha256(review),
        evidence={each.path: each.sha256 for each in evidence_files(lock)},
        lock=lock,
    )
