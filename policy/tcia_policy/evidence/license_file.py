"""The license that a LICENSE file or a model or data card states: for outputs whose project names it."""

import re
from collections.abc import Mapping
from pathlib import Path

from tcia_policy.files import limits, located_yaml
from tcia_policy.files.content import read_content
from tcia_policy.model import License
from tcia_policy.registry.license_expressions import canonical_expression
from tcia_policy.registry.license_spellings import LicenseSpellings

TITLE_WITHIN = 600  # characters from the start within which a license's text gives its title
FENCE = "---"
_SPDX = re.compile(r"SPDX-License-Identifier:\s*([A-Za-z0-9.+(-][^\n]*)")
_WORD = re.compile(r"[A-Za-z0-9.+-]+")
_ENDS_COMMENT = " \t\r*/->`\"'#}"
_VERSION = re.compile(r"(?<!\d)(\d\.\d)(?!\d)")
# Sentences that only the license of that identifier has, where its text need not give a title.
_TELLTALES: Mapping[str, tuple[str, ...]] = {
    "MIT": ("permission is hereby granted, free of charge", "the software is provided"),
    "BSD-3-Clause": ("redistribution and use in source and binary forms", "neither the name"),
    "Apache-2.0": ("apache license", "version 2.0, january 2004"),
}
_CC_ELEMENTS = (("noncommercial", "NC"), ("noderiv", "ND"), ("sharealike", "SA"))


def license_stated(path: Path, licenses: Mapping[str, License]) -> str | None:
    """Return the identifier of the license that the file states, or `None` where it is none of `licenses`.

    Several licenses at once, in an SPDX expression or in several lines, come back as one expression (`MIT OR X`), which
    is none of its licenses. What counts is a YAML header with `license:` (as Hugging Face's cards have it), else the
    `SPDX-License-Identifier:` lines, else the text of the license itself, or its address or name alone. Identifiers,
    usual names and addresses are those of `LicenseSpellings`; anything else is no license. Raise `InputError` where
    the file cannot be read.
    """
    text = read_content(path, limits.LICENSE_FILE, "a license file").decode("utf-8", "replace").removeprefix("\ufeff")
    spellings = LicenseSpellings(licenses)
    header = _in_header(path, text)
    named = header or _in_tags(text)
    one = spellings.one(named or _by_text(text) or " ".join(text.split()))
    if one is not None:
        return one
    if canonical_expression(named or "") is not None:
        return spellings.recognize(named or "")
    by_folded = {license_id.lower(): license_id for license_id in licenses}
    return None if header else _among_words(named or "", by_folded)


def _in_header(path: Path, text: str) -> str | None:
    if not text.startswith(FENCE):
        return None
    header = text[len(FENCE) :].partition(f"\n{FENCE}")[0]
    data = located_yaml.parse_text(path, header).data
    stated = data.get("license") if isinstance(data, Mapping) else None
    return stated if isinstance(stated, str) else None


def _in_tags(text: str) -> str | None:
    """Return what the `SPDX-License-Identifier:` lines say, different ones joined by `AND`; `None` without any."""
    stated = [line.rstrip(_ENDS_COMMENT) for line in _SPDX.findall(text)]
    distinct = list({each.lower(): each for each in stated}.values())
    return " AND ".join(f"({each})" for each in distinct) if len(distinct) > 1 else next(iter(distinct), None)


def _among_words(stated: str, by_folded: Mapping[str, str]) -> str | None:
    """Return the licenses in words that are no expression, joined by `AND`; `None` unless the first word is one.

    `CC-BY-NC-4.0 (see the paper)` states that license, and `MIT, CC0-1.0` both.
    """
    words = [word.lower() for word in _WORD.findall(stated)]
    if not words or words[0] not in by_folded:
        return None
    return " AND ".join(dict.fromkeys(by_folded[word] for word in words if word in by_folded))


def _by_text(text: str) -> str | None:
    """Return the license whose text it is; `None` for no text that is known, and for several texts at once."""
    flat = " ".join(text.lower().split())
    found = [license_id for license_id, telltales in _TELLTALES.items() if all(words in flat for words in telltales)]
    if found:
        return found[0] if len(found) == 1 and "creative commons" not in flat else None
    return _creative_commons(flat[:TITLE_WITHIN])


def _creative_commons(opening: str) -> str | None:
    """Return the identifier by the title of a legal code, such as `Attribution-NonCommercial 4.0 International`."""
    version = _VERSION.search(opening)
    if version is None:
        return None
    if "cc0 " in opening:
        return f"CC0-{version.group(1)}"
    title = re.search(r"attribution([a-z -]*)\d\.\d", opening)
    if title is None:
        return None
    elements = [short for word, short in _CC_ELEMENTS if word in title.group(1).replace(" ", "").replace("-", "")]
    return "-".join(["CC", "BY", *elements, version.group(1)])
