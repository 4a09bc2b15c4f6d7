"""Programs of the user's machine that sign and check: run without a shell, with a bound on their time."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass

CHECKING_SECONDS = 60
SIGNING_SECONDS = 600  # who signs may have to find a key, and to type what protects it
_HOW_TO_INSTALL: Mapping[str, str] = {
    "ssh-keygen": "install OpenSSH 8.9 or newer",
    "gpg": "install GnuPG 2.2 or newer, or sign with an SSH key",
    "git": "name the key with --key",
}


@dataclass(frozen=True)
class Finished:
    """What a program left: its exit code, and what it wrote."""

    code: int
    out: bytes
    err: str


def run(words: Sequence[str | Path], given: bytes = b"", *, seconds: int = CHECKING_SECONDS) -> Finished:
    """Run a program with `given` as its input, and return what it left. Its messages are in English.

    Raise `InputError` where it is not installed, and where it takes longer.
    """
    name = str(words[0])
    try:
        done = subprocess.run(  # noqa: S603 - a list of words and no shell; the program is one of three
            [*map(str, words)],
            input=given,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "LC_ALL": "C", "LANGUAGE": ""},
        )
    except FileNotFoundError:
        raise InputError(f"{name} is not installed", hint=_HOW_TO_INSTALL.get(name)) from None
    except subprocess.TimeoutExpired:
        raise InputError(f"{name} took longer than {seconds} seconds, and was stopped") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{name} cannot be run: {error}") from None
    return Finished(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))
