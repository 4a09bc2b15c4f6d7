"""`tcia-policy review sign`: what was judged and decided, signed with the user's own key."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.documents import OverwriteOption
from tcia_policy.cli.reviewed import Reviewed
from tcia_policy.cli.terminal import remark
from tcia_policy.engine.case import Case
from tcia_policy.errors import InputError
from tcia_policy.files.atomic import write_new_file
from tcia_policy.lazy import dataclass
from tcia_policy.model.signature import Manifest, Signature, SignedWith
from tcia_policy.review import gpg, ssh
from tcia_policy.review.lock import lock_path
from tcia_policy.review.manifest import assessed, canonical, manifest_of
from tcia_policy.review.signatures import (
    read_signature,
    render_signature,
    roles_of,
    signature_file,
    signature_files,
    signer_of,
)


@dataclass(frozen=True)
class HowSigned:
    """Who signs, and with which key."""

    as_: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="Your name, as `reviewers` in the project has it.")
    ] = None
    key: Annotated[
        str | None,
        typer.Option(
            "--key",
            metavar="KEY",
            help="An SSH key: its file, or its .pub file if an agent has it. With --gpg, the id of a GPG key. The "
            "default is the key that git signs with.",
        ),
    ] = None
    gpg: Annotated[bool, typer.Option("--gpg", help="Sign with GPG, by its default key or that of --key.")] = False

    def sign(self, text: bytes) -> str:
        """Return the armored signature of a text. Raise `InputError` where there is no key, or nothing is signed."""
        return gpg.sign(text, self.key) if self.gpg else ssh.sign(text, self.key)


def command(reviewed: Reviewed, how: HowSigned, overwrite: OverwriteOption = False) -> None:
    """Sign what was judged and decided, with your SSH key (as git does) or your GPG key.

    What is signed is a list of digests: of the assessment, review.yaml, the project file, each document of evidence,
    and the whole lock. The signature goes into review.NAME.sig.json beside the project file. Each reviewer signs by
    themselves; who signs later signs the same, if nothing moved.

    No private key is opened: ssh-keygen, gpg and their agents do that.

    \b
    Example: tcia-policy review sign study --as "Jane Doe" --key id_ed25519
    """
    case = reviewed.open()
    chosen = signer_of(case.project, how.as_)
    manifest = _signed_already(case, reviewed) or manifest_of(case, assessed(case))
    path = lock_path(case).parent / signature_file(chosen[0].name)
    if path.exists() and not overwrite:
        raise InputError("you signed already", file=path, hint="to sign again, pass --overwrite")
    signature = Signature(
        signer=chosen[0].name,
        roles=roles_of(chosen),
        signed_with=SignedWith.GPG if how.gpg else SignedWith.SSH,
        manifest=manifest,
        signature=how.sign(canonical(manifest)),
    )
    write_new_file(path, render_signature(signature), overwrite=overwrite, keep=case.inputs)
    remark(f"wrote {path}: {signature.signer} signed the assessment as of {manifest.as_of}")


def _signed_already(case: Case, reviewed: Reviewed) -> Manifest | None:
    """Return what another reviewer signed, where that is still what is there and the command names no day."""
    if reviewed.as_of is not None:
        return None
    for manifest in _others(lock_path(case).parent):
        then = replace(reviewed, as_of=manifest.as_of.isoformat()).open()
        if manifest_of(then, assessed(then)) == manifest:
            return manifest
    return None


def _others(folder: Path) -> Iterator[Manifest]:
    """Yield what was signed in a folder, each once, the latest day first. What cannot be read is passed over."""
    found: list[Manifest] = []
    for path in signature_files(folder):
        try:
            manifest = read_signature(path).manifest
        except InputError:
            continue
        if manifest not in found:
            found.append(manifest)
    yield from sorted(found, key=lambda each: each.as_of, reverse=True)[:3]
