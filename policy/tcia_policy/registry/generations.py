"""The folder of a registry that is updated: its generations, each whole and never changed, and which one is current.

`ROOT/current` is one line with the name of a folder beside it, such as `2026-11-30-0123456789ab`: the day as of which
its facts were gathered, and the first digits of the digest of all its files. The folder has what the shipped `data/`
has, without the index of IDC's series, and a seal (`seal.json`). To put another generation into force is to replace
`current`. A generation whose files are not what its seal says is damaged, and never used.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.content import read_content
from tcia_policy.files.digests import digest_of_folder
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model.base import Contract, Day
from tcia_policy.registry import series_layout

CURRENT = "current"
SEAL = "seal.json"
FORM = 1
"""The form of the files in a generation. It changes with the model of what is in them."""
READABLE = frozenset({FORM})
"""The forms that this program reads."""
DIGITS = 12

_NAME = pattern(r"(?P<day>\d{4}-\d{2}-\d{2})-(?P<digest>[0-9a-f]{12})")


class Seal(Contract):
    """What a generation says of itself.

    `form` is that of its files, `digest` that of all of them but the seal. `made_on` is the day of the update that made
    it, with the `program` of this version; `shipped` is the digest of the registry that came with that, and whose facts
    are in this one. `before` is the generation that it replaced, if there was one.
    """

    form: int
    digest: str
    made_on: Day
    program: str
    shipped: str
    before: str | None = None


@dataclass(frozen=True)
class Generation:
    """A generation in a folder: its name, the day as of which its facts were gathered, and its seal."""

    folder: Path
    day: date
    seal: Seal

    @property
    def name(self) -> str:
        """Return the name of its folder."""
        return self.folder.name


def name_of(day: date, digest: str) -> str:
    """Return the name of the generation of a day with a digest."""
    return f"{day.isoformat()}-{digest[:DIGITS]}"


def is_name(text: str) -> bool:
    """Return whether a generation can have this name."""
    return _NAME.fullmatch(text) is not None


def current_name(root: Path) -> str | None:
    """Return the name of the generation in force; `None` where there is no such folder, or none is in force.

    Raise `InputError` where `current` is no name of a generation.
    """
    path = root / CURRENT
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError):
        pass  # told by what follows
    name = read_content(path, limits.REGISTRY_SEAL).decode("utf-8", "replace").strip()
    if not is_name(name):
        raise InputError("does not name a generation of a registry", file=path)
    return name


def read_generation(root: Path, name: str) -> Generation:
    """Return a generation by its name, its seal read. Raise `InputError` where it is of a form that is not read here.

    Its files are not looked at: `digest_of` gives the digest that the seal must have.
    """
    folder = root / name
    path = folder / SEAL
    found = _NAME.fullmatch(name)
    content = read_content(path, limits.REGISTRY_SEAL)
    try:
        form = json.loads(content)["form"]
        if form not in READABLE:
            raise InputError("was written by another version of this program, in a form that is not read", file=folder)
        seal = Seal.model_validate_json(content)
        day = date.fromisoformat("" if found is None else found["day"])
    except (ValidationError, ValueError, TypeError, KeyError, RecursionError):
        raise InputError("is no seal of a registry", file=path) from None
    return Generation(folder, day, seal)


def digest_of(data: Path) -> str:
    """Return the digest of all files of a registry: two that differ in one byte have different ones.

    The index of series counts apart: it is large, and has a version and a digest of its own. So does a seal, which has
    the digest itself.
    """
    return digest_of_folder(data, without={series_layout.FILE, SEAL})


def is_intact(generation: Generation, digest: str) -> bool:
    """Return whether the digest of its files is the one that its seal and its name say."""
    return digest == generation.seal.digest and generation.name == name_of(generation.day, digest)


def sound_generation(root: Path) -> Generation | None:
    """Return the generation in force; `None` where there is none, or one that is damaged or not read here."""
    with suppress(InputError):
        name = current_name(root)
        return None if name is None else _sound(root, name)
    return None


def sound_generations(root: Path) -> Iterator[Generation]:
    """Yield the generations in a folder that are whole and read here, in force or not, the newest first."""
    try:
        names = sorted((each.name for each in root.iterdir() if is_name(each.name)), reverse=True)
    except OSError:
        return
    for name in names:
        found = _sound(root, name)
        if found is not None:
            yield found


def _sound(root: Path, name: str) -> Generation | None:
    with suppress(InputError):
        generation = read_generation(root, name)
        if is_intact(generation, digest_of(generation.folder)):
            return generation
    return None
