"""Remarks: what the author of a project may not have meant, though it can be judged as it stands."""

from tcia_policy.model.base import Made


class Remark(Made):
    """Something in a project that may be a mistake and changes no verdict by being told.

    `field` is its place in the project (`data[2].license`), `line` its line in the project file, where there is one;
    `text` says in a sentence what it is, and what follows from it.
    """

    field: str
    line: int | None = None
    text: str
