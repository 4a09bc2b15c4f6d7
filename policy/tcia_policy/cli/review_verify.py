"""`tcia-policy review verify`: whether the signatures on a review count."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from tcia_policy.cli.options import Format, FormatOption
from tcia_policy.cli.reviewed import Reviewed
from tcia_policy.cli.terminal import print_result, remark, width
from tcia_policy.errors import InputError
from tcia_policy.files.content import regular_size
from tcia_policy.lazy import dataclass
from tcia_policy.model.signature import Manifest
from tcia_policy.reports.lines import result_json
from tcia_policy.review.lock import lock_path
from tcia_policy.review.manifest import assessed, manifest_of
from tcia_policy.review.signatures import signature_files
from tcia_policy.review.ssh import allowed_signers_of_git
from tcia_policy.review.verified_text import render_verified
from tcia_policy.review.verify import ALLOWED_SIGNERS, Keys, verified

BESIDE = "whose keys: {} says it, which lies with the project; whoever can write there says whose keys count"


@dataclass(frozen=True)
class KeyFiles:
    """The files in which it stands whose key is whose."""

    allowed: Annotated[
        Path | None,
        typer.Option(
            "--allowed-signers",
            metavar="FILE",
            help="SSH keys that you trust and whose they are, as `ssh-keygen -Y verify` reads them.",
        ),
    ] = None
    keyring: Annotated[
        Path | None,
        typer.Option("--keyring", metavar="FILE", help="GPG keys that you trust, as `gpg --export` writes them."),
    ] = None

    def keys(self, day: date, otherwise: Path | None = None) -> Keys:
        """Return the keys that count on a day; `otherwise` are the SSH keys where the command names none.

        Raise `InputError` for a file that is not there.
        """
        for option, path in (("--allowed-signers", self.allowed), ("--keyring", self.keyring)):
            if path is not None:
                _refuse_missing(path, option)
        return Keys(self.allowed or otherwise, self.keyring, day)


def command(reviewed: Reviewed, whose: KeyFiles, format_: FormatOption = Format.TEXT) -> None:
    """Check every signature beside the project: by whose key, over what, and whether that is what is there now.

    A signature counts if it is good, its key is one of the signer, the signer is among the reviewers and wrote nothing
    of the project, and nothing that was signed has changed; what has changed is named. Each decision that counts must
    be signed by who made it. Nothing is asked of any server.

    Exit code 0: there are signatures, and all of it holds. 1: something does not.

    \b
    Example: tcia-policy review verify study
    """
    case = reviewed.open()
    folder = lock_path(case).parent
    assessment = assessed(case)

    def now(day: date) -> Manifest:
        if day == assessment.as_of:
            return manifest_of(case, assessment)
        then = replace(reviewed, as_of=day.isoformat()).open()
        return manifest_of(then, assessed(then))

    keys = whose.keys(assessment.as_of, _allowed_beside(folder))
    if keys.allowed == folder / ALLOWED_SIGNERS:
        remark(BESIDE.format(keys.allowed))
    found = verified(signature_files(folder), case.project, assessment.review, keys, now)
    print_result(result_json(found) if format_ is Format.JSON else render_verified(found, width()))
    raise typer.Exit(found.exit_code)


def _allowed_beside(folder: Path) -> Path | None:
    of_git = allowed_signers_of_git()
    if of_git is not None and of_git.is_file():
        return of_git
    beside = folder / ALLOWED_SIGNERS
    return beside if beside.is_file() else None


def _refuse_missing(path: Path, option: str) -> None:
    try:
        regular_size(path)
    except InputError as error:
        raise error.at(field=option) from None
