"""BagIt 1.0 (RFC 8493) in a zip, with the same bytes for the same content.

The library `bagit` writes only into folders, and takes the day from the clock; it judges in the tests what is written
here. What is read comes from anywhere: names, kinds and sizes of the members are looked at before anything else.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.zip import BoundedZip, ZipBounds, why_not_a_file

ROOT = "tcia-policy-bundle/"
PAYLOAD = "data/"
DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
TAG_FILES = (DECLARATION, INFO, MANIFEST, TAG_MANIFEST)
_DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can have; the true ones would make other bytes each time
_UNIX, _FILE_FOR_ALL = 3, 0o100644 << 16


def bag(payload: Mapping[str, bytes], info: str) -> dict[str, bytes]:
    """Return all files of a bag by their names: the payload under `data/`, and what BagIt asks for. `info` is text."""
    data = {PAYLOAD + name: payload[name] for name in sorted(payload)}
    tags = {DECLARATION: _DECLARED, INFO: info.encode(), MANIFEST: _manifest(data)}
    return {**tags, TAG_MANIFEST: _manifest(tags), **data}


def oxum(payload: Mapping[str, bytes]) -> str:
    """Return BagIt's `Payload-Oxum`: how many bytes, a point, how many files."""
    return f"{sum(map(len, payload.values()))}.{len(payload)}"


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of the files, in one folder, neither packed nor dated: the same bytes on every machine."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(ROOT + name, _FIRST_DAY)
            member.create_system, member.external_attr = _UNIX, _FILE_FOR_ALL
            archive.writestr(member, files[name])
    return written.getvalue()


def read_zip(path: Path, problems: list[str]) -> dict[str, bytes]:
    """Return the files of a bundle by their names; what is wrong with its members is added to `problems`.

    Raise `InputError` for what is no zip or is larger than is bundled.
    """
    bounds = ZipBounds(limits.BUNDLE_MEMBERS, limits.BUNDLE_FILE, limits.BUNDLE, limits.ZIP_RATIO)
    opened = BoundedZip(path, bounds)
    files: dict[str, bytes] = {}
    alike: dict[str, str] = {}
    for member in opened.members:
        shown = ascii(member.orig_filename)
        name = member.filename.removeprefix(ROOT)
        why = why_not_a_file(member)
        if why is not None:
            problems.append(f"{shown} is no usual file of a bundle: such names or members {why}")
        elif name == member.filename or not _NAME.fullmatch(name) or member.filename != member.orig_filename:
            problems.append(f"{shown} has a name that no file of a bundle has")
        elif name.casefold() in alike:
            problems.append(f"{shown} is there twice, as {alike[name.casefold()]!a}")
        else:
            alike[name.casefold()] = name
            files[name] = _read(opened, member, problems)
    return files


def problems_of_bag(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what is wrong with a bag: what is missing, was changed, or is too much."""
    missing = [name for name in TAG_FILES if name not in files]
    yield from (f"{name} is missing" for name in missing)
    if files.get(DECLARATION, _DECLARED) != _DECLARED:
        yield f"{DECLARATION} does not say BagIt 1.0 in UTF-8"
    for name in files:
        if name not in TAG_FILES and not name.startswith(PAYLOAD):
            yield f"{name} is no file of a bundle"
    payload = [name for name in files if name.startswith(PAYLOAD)]
    tags = [name for name in TAG_FILES if name in files and name != TAG_MANIFEST]
    for manifest, names in ((MANIFEST, payload), (TAG_MANIFEST, tags)):
        if manifest in files:
            yield from _against(manifest, files, names)


def sha256(content: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{sha256(files[name])}  {name}\n" for name in sorted(files)).encode()


def _read(opened: BoundedZip, member: zipfile.ZipInfo, problems: list[str]) -> bytes:
    try:
        return opened.read(member)
    except InputError as error:
        problems.append(f"{member.filename!a} {error.problem}")
        return b""


def _against(manifest: str, files: Mapping[str, bytes], names: Iterable[str]) -> Iterator[str]:
    """Yield where the files are not those of which the manifest has the digests."""
    stated: dict[str, str] = {}
    for line in files[manifest].decode("utf-8", "replace").splitlines():
        found = _LINE.fullmatch(line)
        if found is None or found[2] in stated:
            yield f"{manifest} has a line that is none of a list of digests: {line[:100]!a}"
        else:
            stated[found[2]] = found[1]
    for name in sorted({*names, *stated}):
        if name not in files:
            yield f"{name!a} is missing; {manifest} has it"
        elif name not in stated:
            yield f"{name} is too much; {manifest} does not have it"
        elif sha256(files[name]) != stated[name]:
            yield f"{name} was changed; it is not what {manifest} has the digest of"
