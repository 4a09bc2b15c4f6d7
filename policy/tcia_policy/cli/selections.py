"""SELECTION arguments: what each one is, found from what it says."""

from collections.abc import Sequence
from pathlib import Path

from tcia_policy.registry import Registry
from tcia_policy.selection.resolve import item_from_argument
from tcia_policy.study import Study


def study_of(selection: Sequence[str], registry: Registry) -> Study:
    """A study of which only the data are known. Raises `InputError` for what names nothing."""
    here = Path()
    return Study.of([item_from_argument(text, here, registry) for text in selection], here)
