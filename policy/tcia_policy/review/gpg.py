"""Signatures with OpenPGP keys, by GnuPG. Its status lines are in `doc/DETAILS` of its source.

No private key is opened here: GnuPG and its agent do that.
"""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.review.programs import SIGNING_SECONDS, Finished, run
from tcia_policy.review.ssh import Verified
from tcia_policy.text.sanitize import clean

PROGRAM = "gpg"
_STATUS = "[GNUPG:] "
_BROKEN = {
    "BADSIG": "the signature is of another text",
    "ERRSIG": "the key is not in the keyring",
    "EXPSIG": "the signature has expired",
    "EXPKEYSIG": "the key has expired",
    "REVKEYSIG": "the key was revoked",
}
_TRUSTED = ("TRUST_ULTIMATE", "TRUST_FULLY")
_BINARY = "00"  # the class of a signature on bytes as they are
_STRONG = ("8", "9", "10")  # SHA-256, SHA-384, SHA-512
_HASH_FIELD, _CLASS_FIELD, _VALIDSIG_FIELDS = 7, 8, 9


def sign(text: bytes, key: str | None) -> str:
    """Return the armored detached signature of a text, by the key named, else by GnuPG's default key.

    Raise `InputError` where `gpg` is not there, and where it does not sign.
    """
    words = [PROGRAM, "--armor", "--detach-sign", "--digest-algo", "SHA512", "--output", "-"]
    done = run([*words, *(() if key is None else ("--local-user", key))], text, seconds=SIGNING_SECONDS)
    armored = done.out.decode("ascii", "replace")
    if done.code != 0 or "BEGIN PGP SIGNATURE" not in armored:
        hint = "name a key of yours with --key KEYID; `gpg --list-secret-keys` lists them"
        raise InputError(f"gpg did not sign: {clean(done.err)[:300]}", field="--gpg", hint=hint)
    return armored


def verify(text: bytes, armored: str, names: Iterable[str], keyring: Path | None, day: date) -> Verified:
    """Return whether `armored` is a signature of the text by a key of somebody of these names or e-mail addresses.

    With a `keyring` (what `gpg --export` writes), every key in it is taken to belong to whom it names. Without one, the
    user's own keyring counts, and there only keys that the user trusts. Raise `InputError` where `gpg` is not there.
    """
    with tempfile.TemporaryDirectory(prefix="tcia-policy.") as folder:
        signature = Path(folder) / "signature.asc"
        signature.write_text(armored, encoding="utf-8")
        words: list[str | Path] = [PROGRAM, "--batch", "--no-auto-key-retrieve", "--status-fd", "1"]
        words += ["--faked-system-time", f"{day:%Y%m%d}T235959!"]
        if keyring is not None:
            home = Path(folder) / "home"
            home.mkdir(mode=0o700)
            words += ["--homedir", home, "--no-default-keyring", "--keyring", keyring.absolute()]
            words += ["--trust-model", "always"]
        done = run([*words, "--verify", signature, "-"], text)
    return _judged(done, _status(done), {_plain(name) for name in names}, is_trusted=keyring is not None)


def _status(done: Finished) -> list[list[str]]:
    lines = done.out.decode("utf-8", "replace").splitlines()
    return [line.removeprefix(_STATUS).split(" ") for line in lines if line.startswith(_STATUS)]


def _judged(done: Finished, status: Sequence[Sequence[str]], names: set[str], *, is_trusted: bool) -> Verified:
    said = {words[0]: words[1:] for words in status}
    broken = next((text for word, text in _BROKEN.items() if word in said), None)
    if broken is not None or done.code != 0:
        return Verified(problem=broken or f"gpg finds no good signature ({clean(done.err)[:300]})")
    good = [words for words in status if words[0] == "GOODSIG"]
    valid = said.get("VALIDSIG", ())
    if len(good) != 1 or len(valid) < _VALIDSIG_FIELDS:
        return Verified(problem="there is not exactly one good signature")
    key = valid[0]
    if valid[_CLASS_FIELD] != _BINARY or valid[_HASH_FIELD] not in _STRONG:
        return Verified(key, f"{key} signed in another way than `gpg --detach-sign` with SHA-256 or stronger")
    if not is_trusted and not any(word in said for word in _TRUSTED):
        problem = f"{key} signed, and your keyring does not say that you trust it; name a --keyring, or sign that key"
        return Verified(key, problem)
    owner = " ".join(good[0][2:])
    if names.isdisjoint(_names_of(owner)):
        return Verified(key, f"{key} signed, which is of {clean(owner)}, and that is not the signer")
    return Verified(key, known_as=clean(owner))


def _names_of(owner: str) -> set[str]:
    """Return the name and the address of `Jane Doe (counsel) <jane@example.org>`."""
    name, _, rest = owner.partition("<")
    return {_plain(name.partition("(")[0]), _plain(rest.partition(">")[0])} - {""}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
