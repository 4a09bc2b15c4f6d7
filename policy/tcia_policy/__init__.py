"""Check a study's use of TCIA and IDC data against the terms that govern them, and write what it owes."""

from importlib import import_module
from typing import TYPE_CHECKING

from tcia_policy.version import __version__

if TYPE_CHECKING:
    from tcia_policy.api import (
        CaseOptions,
        InputError,
        Project,
        Registry,
        assess,
        cite,
        explain,
        licenses,
        notices,
        render,
        what_if,
    )

__all__ = [
    "CaseOptions",
    "InputError",
    "Project",
    "Registry",
    "__version__",
    "assess",
    "cite",
    "explain",
    "licenses",
    "notices",
    "render",
    "what_if",
]


def __getattr__(name: str) -> object:
    """Load the library when one of its names is used, because the command line starts faster without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("tcia_policy.api"), name)
