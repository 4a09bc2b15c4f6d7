"""A small project with reviewers, and real keys for them: made for the tests, in folders of their own."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = """\
title: Nodules
use: {purpose: commercial, activities: [analyze]}
data: [{dataset: LIDC-IDRI, distributions: [images]}]
permissions:
  - {dataset: LIDC-IDRI, grants: commercial-use, from: TCIA, on: 2026-01-02, evidence: legal/leave.txt}
authors: [Max Author]
reviewers:
  - {name: Jane Doe, role: counsel, email: jane@example.org}
  - {name: Bob Stone, role: data-steward}
  - {name: Max Author, role: data-steward}
"""
NEEDS_SSH = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not installed")
NEEDS_GPG = pytest.mark.skipif(shutil.which("gpg") is None, reason="GnuPG is not installed")


def small_project(folder: Path) -> Path:
    """Write a project with a document of evidence into a folder, and return the folder."""
    (folder / "legal").mkdir(parents=True)
    (folder / "tcia-policy.yaml").write_text(PROJECT, encoding="utf-8")
    (folder / "legal" / "leave.txt").write_text("We let you use these data for your product.\n", encoding="utf-8")
    return folder


@dataclass(frozen=True)
class SshKeys:
    """A folder with SSH keys, and a list of whose they are."""

    folder: Path

    def make(self, name: str) -> Path:
        """Make a key without a passphrase and return its file."""
        path = self.folder / name
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(path)]
        subprocess.run(words, check=True, stdin=subprocess.DEVNULL)
        return path

    def allow(self, *lines: tuple[str, str, Path]) -> Path:
        """Write a list of allowed signers, of a principal, options and a key each, and return its file."""
        path = self.folder / "allowed"
        text = "".join(
            f"{principal} {options} {key.with_suffix('.pub').read_text('utf-8')}" for principal, options, key in lines
        )
        path.write_text(text, encoding="utf-8")
        return path


@dataclass(frozen=True)
class GpgKeys:
    """A home folder of GnuPG."""

    home: Path

    def make(self, owner: str, until: str = "never") -> None:
        """Make a key without a passphrase."""
        self._gpg("--passphrase", "", "--quick-gen-key", owner, "ed25519", "sign", until)

    def export(self, path: Path) -> Path:
        """Write the public keys to a keyring, and return its file."""
        path.write_bytes(self._gpg("--export"))
        return path

    def stop_agent(self) -> None:
        """End the agent that GnuPG started for this home."""
        subprocess.run(["gpgconf", "--homedir", str(self.home), "--kill", "all"], check=False, capture_output=True)

    def _gpg(self, *words: str) -> bytes:
        done = subprocess.run(
            ["gpg", "--batch", "--quiet", *words],
            env={**os.environ, "GNUPGHOME": str(self.home)},
            check=True,
            capture_output=True,
        )
        return done.stdout
