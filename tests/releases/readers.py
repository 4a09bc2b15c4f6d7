"""Files of a release in memory, read by one reader, and what they say on a few lines."""

import json
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.releases.model import ReleaseFile, Topic
from tests.documents.trees import Files

Reader = Callable[[DocumentFile], ReleaseFile | None]


def file_in(files: Mapping[str, str | bytes], name: str) -> DocumentFile:
    return DocumentFile(Files(files), PurePosixPath(name))


def read_by(reader: Reader, name: str, content: str | bytes, beside: Mapping[str, str] | None = None) -> ReleaseFile:
    """Return what a reader makes of a file that is of its format."""
    read = reader(file_in({name: content, **(beside or {})}, name))
    assert read is not None
    return read


def as_json(data: object) -> str:
    return json.dumps(data, indent=1)


def texts(read: ReleaseFile, topic: Topic) -> list[str]:
    return [each.text for each in read.about(topic)]


def places(read: ReleaseFile, topic: Topic) -> list[str]:
    """Return each statement of a topic as `file:line field = text`."""
    return [f"{each.place} {each.field} = {each.text}" for each in read.about(topic)]


def unread(read: ReleaseFile) -> list[str]:
    return [f"{each.place}: {each.problem}" for each in read.unread_licenses]


def printed_in(read: ReleaseFile) -> str:
    return " ".join(" ".join(block.text for block in read.text.prose).split())
