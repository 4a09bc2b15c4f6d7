"""SHA-256 digests of files and folders: two that differ in one byte, or in one name, have different digests."""

import hashlib
from collections.abc import Collection, Iterable
from pathlib import Path

from tcia_policy.files.content import readable, regular_size


def digest_of_file(path: Path) -> str:
    """Return the SHA-256 of a regular file in hexadecimal. Raise `InputError` where it cannot be read."""
    regular_size(path)
    with readable(path), path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest_of_files(files: Iterable[tuple[str, Path]]) -> str:
    """Return one digest of files, each with the name that it goes by. Raise `InputError` where one cannot be read.

    It is the SHA-256 of lines as `sha256sum` prints them: the digest of each file, two spaces and its name.
    """
    return digest_of_text("".join(f"{digest_of_file(path)}  {name}\n" for name, path in files))


def digest_of_folder(folder: Path, without: Collection[str] = ()) -> str:
    """Return one digest of all files in a folder and below, in the order of their names, but for those `without`.

    Raise as `digest_of_files`.
    """
    with readable(folder):
        found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return digest_of_files(sorted((name, path) for name, path in found.items() if name not in without))


def digest_of_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8; what is no character there counts as it is written."""
    return hashlib.sha256(text.encode("utf-8", errors="backslashreplace")).hexdigest()


def digest_of_basis(basis: Iterable[str]) -> str:
    """Return the SHA-256 of the lines on which something is decided: sorted, each once, joined with newlines, in UTF-8.

    `printf` of these lines and `sha256sum` give the same, so that anybody can check it.
    """
    return digest_of_text("\n".join(sorted(set(basis))))
