"""Signatures with SSH keys, by OpenSSH's own program, as git makes them.

The format is `PROTOCOL.sshsig` of OpenSSH, https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig;
the options are in ssh-keygen(1). No private key is opened here: `ssh-keygen` or the agent does that.
"""

import re
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files.content import regular_size
from tcia_policy.lazy import dataclass
from tcia_policy.model.signature import NAMESPACE
from tcia_policy.review.programs import SIGNING_SECONDS, Finished, run
from tcia_policy.text.sanitize import clean

PROGRAM = "ssh-keygen"
HASH = "sha512"
NAME_A_KEY = (
    "name your key with --key ~/.ssh/id_ed25519, or once for all with `git config gpg.format ssh` and "
    "`git config user.signingkey ~/.ssh/id_ed25519.pub`; to sign with GPG, add --gpg"
)
_LITERAL = "key::"
_KEY_TYPE = re.compile(r"(?:sk-)?(?:ssh|ecdsa)-\S+ \S+")
_OUT_OF_TIME = re.compile(r"key (?:has expired|is not yet valid)")
_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{20,}")


@dataclass(frozen=True)
class Verified:
    """Whether a signature was made with a key of somebody known: by which `key`, else what is wrong (`problem`).

    `known_as` is the name or the address under which the key is known.
    """

    key: str | None = None
    problem: str | None = None
    known_as: str | None = None


def key_of_git() -> str | None:
    """Return the SSH key that git signs with, as git's own settings name it; `None` where they name none."""
    if _git("gpg.format") != "ssh":
        return None
    return _git("user.signingkey")


def allowed_signers_of_git() -> Path | None:
    """Return the file of allowed signers that git's own settings name; `None` where they name none."""
    named = _git("gpg.ssh.allowedSignersFile", "--type=path")
    return None if named is None else Path(named)


def sign(text: bytes, key: str | None) -> str:
    """Return the armored signature of a text, by a key file, the `.pub` beside it, or a key of the agent.

    Raise `InputError` where no key is named, where `ssh-keygen` is not there, and where it does not sign.
    """
    named = key or key_of_git()
    if named is None:
        raise InputError("no key to sign with", field="--key", hint=NAME_A_KEY)
    with tempfile.TemporaryDirectory(prefix="tcia-policy.") as folder:
        literal = named.removeprefix(_LITERAL)
        in_agent = named.startswith(_LITERAL) or _KEY_TYPE.match(named) is not None
        path = Path(folder) / "key.pub" if in_agent else Path(named).expanduser()
        if in_agent:
            path.write_text(literal + "\n", encoding="utf-8")
        else:
            _refuse_no_key(path)
        words: list[str | Path] = [PROGRAM, "-Y", "sign", "-q", "-n", NAMESPACE, "-O", f"hashalg={HASH}", "-f", path]
        done = run([*words, "-U"] if in_agent else words, text, seconds=SIGNING_SECONDS)
    armored = done.out.decode("ascii", "replace")
    if done.code != 0 or "BEGIN SSH SIGNATURE" not in armored:
        raise InputError(f"ssh-keygen did not sign: {_said(done)}", field="--key", hint=NAME_A_KEY)
    return armored


def verify(text: bytes, armored: str, principals: Iterable[str], allowed: Path, day: date) -> Verified:
    """Return whether `armored` is a signature of the text by one of `principals`, with a key that is theirs on `day`.

    `allowed` is a file of allowed signers (ssh-keygen(1), ALLOWED SIGNERS). Raise `InputError` where `ssh-keygen` is
    not there.
    """
    with tempfile.TemporaryDirectory(prefix="tcia-policy.") as folder:
        signature = Path(folder) / "signature"
        signature.write_text(armored, encoding="utf-8")
        words: list[str | Path] = [
            PROGRAM,
            "-Y",
            "verify",
            "-f",
            allowed,
            "-n",
            NAMESPACE,
            "-O",
            f"verify-time={day:%Y%m%d}235959Z",
        ]
        said = ""
        for principal in principals:
            done = run([*words, "-s", signature, "-I", principal], text)
            if done.code == 0:
                return Verified(_fingerprint(done), known_as=principal)
            out_of_time = _OUT_OF_TIME.search(done.err)
            said = out_of_time.group() if out_of_time else said
        return _why_not(text, signature, said or "it is not among those of the signer")


def _why_not(text: bytes, signature: Path, of_key: str) -> Verified:
    """Tell a signature that is broken from one of a key that is not known to be the signer's."""
    alone = run([PROGRAM, "-Y", "check-novalidate", "-n", NAMESPACE, "-s", signature], text)
    if alone.code != 0:
        return Verified(problem=f"the signature is broken, or is of another text or purpose ({_said(alone)})")
    key = _fingerprint(alone)
    return Verified(key, f"the signature is good, and its key {key} does not count: {of_key}")


def _refuse_no_key(path: Path) -> None:
    try:
        regular_size(path)
    except InputError as error:
        raise error.at(field="--key", hint=NAME_A_KEY) from None


def _git(name: str, *how: str) -> str | None:
    try:
        done = run(["git", "config", *how, "--get", name])
    except InputError:
        return None
    said = done.out.decode("utf-8", "replace").strip()
    return said if done.code == 0 and said else None


def _fingerprint(done: Finished) -> str:
    found = _FINGERPRINT.search(done.out.decode("utf-8", "replace"))
    return found.group() if found else "a key without a fingerprint"


def _said(done: Finished) -> str:
    """Return what the program said of its failure, on one line."""
    return clean(done.err or done.out.decode("utf-8", "replace"))[:300] or f"exit code {done.code}"
