"""Where `rules/` and `data/` are: the one function that knows."""

from functools import cache
from pathlib import Path
from typing import Literal

PACKAGE = Path(__file__).resolve().parents[1]


@cache
def shipped(kind: Literal["rules", "data"]) -> Path:
    """Return the folder of rules or of registry data: in an installed wheel, else in the working tree."""
    inside = PACKAGE / "_shipped" / kind
    return inside if inside.is_dir() else PACKAGE.parent.parent / kind
