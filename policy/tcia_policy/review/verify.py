"""Whether the signatures on a review count: made with the key of a reviewer, over what is there now."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass
from tcia_policy.model import Project
from tcia_policy.model.decision import DecisionRead, ReviewRead, Waive
from tcia_policy.model.decision_kinds import DecisionStatus
from tcia_policy.model.project import Reviewer
from tcia_policy.model.signature import (
    DecisionSigned,
    Manifest,
    ReviewVerified,
    Signature,
    SignatureChecked,
    SignedWith,
)
from tcia_policy.review import gpg, ssh
from tcia_policy.review.manifest import canonical, what_differs
from tcia_policy.review.signatures import is_author, is_same_name, read_signature, reviewers_named
from tcia_policy.text.english import count

ALLOWED_SIGNERS = "reviewers.allowed_signers"
WHOSE_KEYS = (
    "name a list of keys that you trust with --allowed-signers, or put it beside the project as "
    f"{ALLOWED_SIGNERS}; a line of it is `jane@example.org ssh-ed25519 AAAA...`"
)


@dataclass(frozen=True)
class Keys:
    """Whose keys are known: the file of allowed signers, the GPG keyring, and the day on which they must be valid."""

    allowed: Path | None
    keyring: Path | None
    day: date


def verified(
    files: Iterable[Path], project: Project, review: ReviewRead | None, keys: Keys, now: Callable[[date], Manifest]
) -> ReviewVerified:
    """Return what is found of each file with a signature, and which decisions that count their makers signed.

    `now` returns the manifest of what is there, judged as of a day. Raise `InputError` as it does, and where a program
    that checks is not installed.
    """
    manifests: dict[date, Manifest] = {}

    def at(day: date) -> Manifest:
        if day not in manifests:
            manifests[day] = now(day)
        return manifests[day]

    checked = tuple(_checked_file(path, project, keys, at) for path in files)
    return result(checked, decisions_signed(review, checked))


def result(checked: Sequence[SignatureChecked], decisions: Sequence[DecisionSigned]) -> ReviewVerified:
    """Return the result of both, with the answer in a line. It is good where each counts, and there is a signature."""
    bad = [each for each in checked if not each.counts]
    unsigned = [each for each in decisions if each.not_signed_by]
    if not checked:
        summary = "NOT SIGNED  there is no signature; `tcia-policy review sign` makes one"
    elif bad or unsigned:
        said = [f"{len(bad)} of {count(len(checked), 'signature')} not good"] if bad else []
        said += [f"{count(len(unsigned), 'decision')} not signed by who made it"] if unsigned else []
        summary = f"NOT SIGNED  {'; '.join(said)}"
    else:
        summary = f"SIGNED  {count(len(checked), 'signature')} on what is there now"
    is_good = bool(checked) and not bad and not unsigned
    return ReviewVerified(
        summary=summary, exit_code=0 if is_good else 1, signatures=tuple(checked), decisions=tuple(decisions)
    )


def _checked_file(path: Path, project: Project, keys: Keys, now: Callable[[date], Manifest]) -> SignatureChecked:
    try:
        signature = read_signature(path)
    except InputError as error:
        where = "" if error.field is None else f"{error.field}: "
        return SignatureChecked(file=path.name, problems=(f"cannot be read: {where}{error.problem}",))
    moved = what_differs(signature.manifest, now(signature.manifest.as_of))
    return checked(path.name, signature, project, keys, moved)


def checked(name: str, signature: Signature, project: Project, keys: Keys, moved: tuple[str, ...]) -> SignatureChecked:
    """Return whether a signature counts; `moved` is what is not as it was signed."""
    reviewers = reviewers_named(project, signature.signer)
    problems = [*_of_signer(signature, project, reviewers)]
    if moved:
        problems.append("what was signed is not what is there now")
    found = _by_key(signature, reviewers, keys)
    if found.problem is not None:
        problems.append(found.problem)
    return SignatureChecked(
        file=name,
        signer=signature.signer,
        roles=signature.roles,
        as_of=signature.manifest.as_of,
        signed_with=signature.signed_with,
        key=found.key,
        known_as=found.known_as,
        problems=tuple(problems),
        moved=moved,
    )


def _of_signer(signature: Signature, project: Project, reviewers: Sequence[Reviewer]) -> list[str]:
    if not reviewers:
        return [f"{signature.signer} is not among the reviewers of the project"]
    if is_author(project, signature.signer):
        return [f"{signature.signer} wrote the project, and may not sign"]
    unknown = [role for role in signature.roles if role not in {each.role for each in reviewers}]
    return [f"{signature.signer} is not listed as {role}" for role in unknown]


def _by_key(signature: Signature, reviewers: Sequence[Reviewer], keys: Keys) -> ssh.Verified:
    names = [each.email for each in reviewers if each.email is not None]
    names = list(dict.fromkeys((*names, *(each.name for each in reviewers))))
    text = canonical(signature.manifest)
    if signature.signed_with is SignedWith.GPG:
        return gpg.verify(text, signature.signature, names, keys.keyring, keys.day)
    if keys.allowed is None:
        return ssh.Verified(problem=f"nobody says whose key made it; {WHOSE_KEYS}")
    return ssh.verify(text, signature.signature, names, keys.allowed, keys.day)


def decisions_signed(review: ReviewRead | None, signatures: Sequence[SignatureChecked]) -> tuple[DecisionSigned, ...]:
    """Return each decision that counts, with those of its makers whose signature is missing or counts for nothing."""
    decisions = () if review is None else review.decisions
    return tuple(_signed(each, signatures) for each in decisions if _counts(each))


def _counts(read: DecisionRead) -> bool:
    return read.status is DecisionStatus.COUNTS or bool(read.counts_for)


def _signed(read: DecisionRead, signatures: Sequence[SignatureChecked]) -> DecisionSigned:
    decision = read.decision
    by = (decision.by, decision.second_by) if isinstance(decision, Waive) else (decision.by,)
    signers = [each.signer for each in signatures if each.counts and each.signer is not None]
    missing = tuple(name for name in by if not any(is_same_name(name, signer) for signer in signers))
    return DecisionSigned(decision=decision.name, by=by, not_signed_by=missing)
