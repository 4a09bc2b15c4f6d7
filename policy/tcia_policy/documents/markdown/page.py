"""What the rules of the parser note about a file besides its tokens."""

from collections.abc import MutableMapping
from dataclasses import field
from typing import Any

from tcia_policy.lazy import dataclass

_KEY = "page"


@dataclass
class Page:
    """What one file holds. `examples` label items of lists; `unclosed` says what was begun on a line and never ended.

    `styles` are the rules of its
    `<style>` elements. `line` (1-based)
    is where the text begins whose inside is being read, `depth` in how many notes and images it is.
    """

    is_myst: bool = False
    metadata_blocks: int = 0
    empty_cells: int = 0
    examples: set[str] = field(default_factory=set)
    unclosed: list[tuple[int, str]] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    line: int = 1
    depth: int = 0


def environment() -> MutableMapping[str, Any]:
    """Return what the parser needs to note things about one file."""
    return {_KEY: Page()}


def page_of(env: MutableMapping[str, Any]) -> Page:
    """Return the notes that an environment carries."""
    page: Page = env[_KEY]
    return page
