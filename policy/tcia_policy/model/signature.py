"""Signatures of reviewers: what is signed, the file that has a signature, and what a check of it found."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from tcia_policy.files.mark import MARK
from tcia_policy.model.base import Contract, Day
from tcia_policy.model.evidence import Sha256
from tcia_policy.model.lock import Lock
from tcia_policy.model.result import Result

NAMESPACE = "tcia-policy"
"""What an SSH signature is for: `ssh-keygen -Y verify -n tcia-policy`. One for anything else is none of ours."""


class Manifest(Contract):
    """What is signed: the digests of all that was judged and decided. Its canonical JSON is the text that is signed.

    `assessment` is the SHA-256 of the assessment as JSON, judged as of `as_of` (`report --format json --as-of DAY`).
    `project_file` and `review` are of the project file and of `review.yaml` (`None` where there is none), byte for
    byte. `evidence` has the documents of the project and of the decisions, by their paths. `lock` is a whole lock, with
    the digests of everything else.
    """

    schema_version: Literal["1.0"] = "1.0"
    about: Literal["review of a project of tcia-policy"] = "review of a project of tcia-policy"
    as_of: Day
    assessment: Sha256
    project_file: Sha256
    review: Sha256 | None
    evidence: dict[str, Sha256]
    lock: Lock


class SignedWith(StrEnum):
    """The kind of key."""

    SSH = "ssh"
    GPG = "gpg"


class Signature(Contract):
    """A file with one signature: who signs, in which roles, what (`manifest`), and the armored `signature`.

    The name is the one in `reviewers`. It is said by who signs; that the key is theirs is what `review verify` checks.
    """

    schema_version: Literal["1.0"] = "1.0"
    written_by: str = MARK
    signer: str = Field(min_length=1, max_length=200)
    roles: tuple[str, ...]
    signed_with: SignedWith
    manifest: Manifest
    signature: str = Field(min_length=1, max_length=100_000)


class SignatureChecked(Contract):
    """A signature file, and whether it counts: made with a key of who signs, over what is there now.

    `key` is its fingerprint, `known_as` the name or address that the list of keys has for it. `problems` say why it
    counts for nothing; `moved` are the things that are not as they were when it was signed.
    """

    file: str
    signer: str | None = None
    roles: tuple[str, ...] = ()
    as_of: Day | None = None
    signed_with: SignedWith | None = None
    key: str | None = None
    known_as: str | None = None
    problems: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Return whether nothing speaks against it."""
        return not self.problems


class DecisionSigned(Contract):
    """A decision, by its name, who made it, and those of them who did not sign it with a signature that counts."""

    decision: str
    by: tuple[str, ...]
    not_signed_by: tuple[str, ...] = ()


class ReviewVerified(Result):
    """What `review verify` found: of each signature file, and of each decision that counts."""

    signatures: tuple[SignatureChecked, ...]
    decisions: tuple[DecisionSigned, ...]
