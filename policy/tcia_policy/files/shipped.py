"""Where `rules/` and `data/` are: the one function that knows. And which other folder of data the user named."""

import os
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal

PACKAGE = Path(__file__).resolve().parents[1]
CURATED = "curated"
REGISTRY_VARIABLE = "TCIA_POLICY_REGISTRY"

_named_registry: ContextVar[Path | None] = ContextVar("named_registry", default=None)


@cache
def shipped(kind: Literal["rules", "data"]) -> Path:
    """Return the folder of rules or of registry data: in an installed wheel, else in the working tree."""
    inside = PACKAGE / "_shipped" / kind
    return inside if inside.is_dir() else PACKAGE.parent.parent / kind


def curated() -> Path:
    """Return the folder of the facts that people write by hand, of which the importers make notices and names."""
    return shipped("data") / CURATED


def name_registry(folder: Path | None) -> Path | None:
    """Take the value of `--registry` for what is opened from now on; `None` where the option was not given."""
    _named_registry.set(folder)
    return folder


def named_registry() -> Path | None:
    """Return the folder that `--registry` or, without it, `TCIA_POLICY_REGISTRY` names; `None` where neither does."""
    variable = os.environ.get(REGISTRY_VARIABLE)
    return _named_registry.get() or (Path(variable) if variable else None)
