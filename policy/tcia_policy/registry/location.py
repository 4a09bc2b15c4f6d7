"""Which registry is used: the one that a user names, the one that a user keeps up to date, or the one that shipped.

1. The folder that `--registry` or `TCIA_POLICY_REGISTRY` names. It must be usable: nothing takes its place.
2. The user's own, which `tcia-policy registry update` makes: `registry` in the folder for the user's data.
3. The one that shipped with the program, where there is none of these.

The user's own is set aside where it is older than the one that shipped, was made from another one than that, is
damaged, is of another form, or may have been written by somebody else. A line says so.
"""

import os
import sys
from functools import cache
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files.own_files import refuse_others_files
from tcia_policy.files.shipped import REGISTRY_VARIABLE, named_registry, shipped
from tcia_policy.lazy import dataclass
from tcia_policy.model import RegistryPlace
from tcia_policy.registry.generations import (
    CURRENT,
    Generation,
    current_name,
    digest_of,
    is_intact,
    read_generation,
)
from tcia_policy.registry.index import read_index
from tcia_policy.registry.kept import made_of

APPLICATION, FOLDER = "tcia-policy", "registry"
INDEX = "index.json"


@dataclass(frozen=True)
class Located:
    """A registry and where it is.

    `data` is the folder of its files. `set_aside` says why the user's own is not the one that is used, if there is one.
    """

    data: Path
    place: RegistryPlace
    generation: Generation | None = None
    set_aside: str | None = None

    def kept_as(self, name: str) -> str | None:
        """Return the name under which something that is made of it is kept; `None` where nothing is."""
        return {RegistryPlace.SHIPPED: name, RegistryPlace.OWN: f"own-{name}", RegistryPlace.NAMED: None}[self.place]


def located() -> Located:
    """Return the registry that is used. Raise `InputError` where the user names one that cannot be used."""
    named = named_registry()
    if named is not None:
        return in_folder(named)
    root = own_root()
    if root is None:
        return Located(shipped("data"), RegistryPlace.SHIPPED)
    try:
        return _own(root)
    except InputError as error:
        said = (
            f"your registry in {root} is not used, but the one that came with the program: {_told(error, root)}; "
            "`tcia-policy registry update` makes it anew"
        )
        return Located(shipped("data"), RegistryPlace.SHIPPED, set_aside=said)


def in_folder(folder: Path) -> Located:
    """Return the registry in a folder: its generation in force, or what is in it as `data/` of the program has it.

    Raise `InputError` where there is neither, or the generation cannot be used.
    """
    name = current_name(folder)
    if name is not None:
        generation = read_generation(folder, name)
        _refuse_damaged(generation, digest_of(generation.folder))
        return Located(generation.folder, RegistryPlace.NAMED, generation)
    if not (folder / INDEX).is_file():
        raise _without_registry(folder)
    return Located(folder, RegistryPlace.NAMED)


def own_root() -> Path | None:
    """Return the folder for the user's own registry; `None` where the system has no such place."""
    folder = _folder_on_linux() if sys.platform == "linux" else _folder_elsewhere()
    return None if folder is None or not folder.is_absolute() else folder / APPLICATION / FOLDER


def _folder_on_linux() -> Path:
    """Return what platformdirs does: importing that would take as long as opening a registry, at each start."""
    stated = os.environ.get("XDG_DATA_HOME", "")
    return Path(stated if stated.strip() else os.path.expanduser("~/.local/share"))  # noqa: PTH111 - raises nothing


def _folder_elsewhere() -> Path | None:
    try:
        from platformdirs import user_data_path  # noqa: PLC0415 - 5 ms, where the system is not Linux

        return user_data_path(APPLICATION, appauthor=False).parent
    except (ImportError, OSError, RuntimeError):
        return None


def _own(root: Path) -> Located:
    """Return the user's own registry, or the one that shipped where there is none.

    Raise `InputError` where there is one that is not to be used.
    """
    name = current_name(root)
    if name is None:
        return Located(shipped("data"), RegistryPlace.SHIPPED)
    generation = read_generation(root, name)
    refuse_others_files(generation.folder, root, root / CURRENT)
    own = Located(generation.folder, RegistryPlace.OWN, generation)
    _refuse_damaged(generation, made_of(own.data, digest_of, own.kept_as("digest-of-data")))
    _refuse_other_facts(generation)
    return own


@cache
def shipped_digest() -> str:
    """Return the digest of the registry that came with the program."""
    return made_of(shipped("data"), digest_of, "digest-of-data")


def _refuse_other_facts(generation: Generation) -> None:
    """Raise `InputError` for a generation that is older than the shipped registry, or made from another one.

    What people add to the registry, such as restrictions that stand on a page, comes with the program alone.
    """
    newest = made_of(shipped("data") / INDEX, read_index, "index").version
    if generation.day.isoformat() < newest:
        raise InputError(f"it is of {generation.day.isoformat()}, and the one of the program is of {newest}")
    if generation.seal.shipped != shipped_digest():
        raise InputError("it was made with another version of the program, and lacks facts that came with this one")


def _refuse_damaged(generation: Generation, digest: str) -> None:
    if not is_intact(generation, digest):
        raise InputError("is damaged: its files are not those that were written", file=generation.folder)


def _told(error: InputError, root: Path) -> str:
    """Return what is wrong with the user's own registry, with its files as they are called in it."""
    if error.file is None:
        return error.problem
    within = os.path.relpath(error.file, root)
    return f"{'the folder' if within == os.curdir else within} {error.problem}"


def _without_registry(folder: Path) -> InputError:
    """Return what is wrong with a folder that has no registry; an update makes one where nothing else is."""
    try:
        is_free = all(each.name.startswith(".") for each in folder.iterdir())  # such as the lock of an update
    except FileNotFoundError:
        is_free = True
    except OSError as error:
        return InputError(f"has no registry: {error.strerror}", file=folder, field=_named_by(folder))
    hint = f"`tcia-policy registry update --registry {folder}` makes one" if is_free else "name the folder of one"
    return InputError("has no registry", file=folder, field=_named_by(folder), hint=hint)


def _named_by(folder: Path) -> str:
    return REGISTRY_VARIABLE if os.environ.get(REGISTRY_VARIABLE) == str(folder) else "--registry"
