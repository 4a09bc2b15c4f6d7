"""Templates of HTML: all that they print of data is escaped and freed of controls, and a page runs its own script only.

`Markup` is what is ours already; nothing that was read is made one.
"""

import base64
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tcia_policy.text.sanitize import clean, spaced_like


def templates_in(folder: Path) -> Environment:
    """Return the templates of a folder. A name that a template is not given is an error."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=cleaned,
    )


def script_in(path: Path) -> dict[str, object]:
    """Return the `script` of a page, and the `script_hash` by which its Content Security Policy lets it alone run."""
    text = path.read_text(encoding="utf-8")
    digest = base64.b64encode(sha256(text.encode()).digest()).decode()
    return {"script": Markup(text), "script_hash": f"sha256-{digest}"}  # noqa: S704 - our own file


def cleaned(value: object) -> object:
    """Return what a template prints, freed of controls if it is text."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return spaced_like(value, clean(value))
