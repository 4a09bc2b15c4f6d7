"""Licenses by what people write: identifiers, usual names, addresses and SPDX expressions, in any case and spacing.

Only what a table has is recognized. An address of a ported version (`/by/3.0/us/`) or an IGO version is not that of the
unported one, and a name without its version is the name of none.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from tcia_policy.lazy import pattern
from tcia_policy.model import License, LicenseFamily
from tcia_policy.registry.license_expressions import canonical_expression, with_licenses

_APART = pattern(r"[\s_,-]+")
_WITH_SHORT_NAME = pattern(r"(?P<name>[^()]{1,200}) \((?P<short>[^()]{1,200})\)")
_SCHEME = pattern(r"^(?:https?:)?//(?:www\.)?|^www\.", re.IGNORECASE)
_PAGE_OF = pattern(r"/(?:legalcode|deed)(?:\.[a-z]{2}(?:[-_][a-z]{2,4})?|\.txt)?$")
_WORDS = {
    "non commercial": "noncommercial",
    "share alike": "sharealike",
    "no derivatives": "noderivatives",
    "no derivs": "noderivatives",
    "noderivs": "noderivatives",
    "licence": "license",
}
_ELEMENTS = {"by": "attribution", "nc": "noncommercial", "sa": "sharealike", "nd": "noderivatives"}
# What Creative Commons calls the versions that are written for no single country.
_EDITION = {"1.0": "generic", "2.0": "generic", "2.5": "generic", "3.0": "unported", "4.0": "international"}


class LicenseSpellings:
    """Every spelling of every license that is described."""

    def __init__(self, licenses: Mapping[str, License]) -> None:
        self._licenses = licenses

    def recognize(self, stated: str) -> str:
        """Return the identifier that `stated` stands for; else its SPDX expression; else `stated`, without blanks."""
        stated = " ".join(stated.split())
        one = self.one(stated)
        if one is not None:
            return one
        expression = canonical_expression(stated) or self._of_names(stated)
        return stated if expression is None else with_licenses(expression, lambda key: self.one(key) or key)

    def one(self, stated: str) -> str | None:
        """Return the identifier of the single license that `stated` stands for, or `None`.

        A name with a short one in brackets, `Attribution 4.0 International (CC BY 4.0)`, is that of both.
        """
        key = _address_key(stated) if _is_address(stated) else _name_key(stated)
        found = self._ids.get(key)
        both = None if found is not None else _WITH_SHORT_NAME.fullmatch(stated.strip())
        if both is None:
            return found
        ids = {self.one(both["name"]), self.one(both["short"])}
        return ids.pop() if len(ids) == 1 else None

    def _of_names(self, stated: str) -> str | None:
        """Return `CC BY 4.0 AND CC BY-NC 4.0`, of names that are known and joined by one word, as an expression."""
        for word in (" AND ", " OR "):
            ids = [self.one(name) for name in re.split(word, stated, flags=re.IGNORECASE)]
            if len(ids) > 1 and None not in ids:
                return word.join(license_id for license_id in ids if license_id is not None)
        return None

    def spellings_of(self, license_: License) -> frozenset[str]:
        """Return every spelling of the license as they are compared: in lower case, addresses without their scheme."""
        return frozenset(_keys(license_))

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for license_ in self._licenses.values():
            for key in _keys(license_):
                found.setdefault(key, license_.id)
        return found


def _keys(license_: License) -> Iterator[str]:
    for spelling in (license_.id, license_.name, license_.short_name, *license_.labels, *license_.names):
        yield _address_key(spelling) if _is_address(spelling) else _name_key(spelling)
    for address in (license_.url, license_.legal_code, *license_.urls):
        if address is not None:
            yield _address_key(address)
    yield from (f"spdx.org/licenses/{license_.id.lower()}{suffix}" for suffix in ("", ".html", ".json"))
    yield f"choosealicense.com/licenses/{license_.id.lower()}"
    if license_.family is LicenseFamily.CREATIVE_COMMONS and "attribution" in license_.requires:
        yield from _of_creative_commons(license_)


def _of_creative_commons(license_: License) -> Iterator[str]:
    """Yield `cc by nc 4.0 international`, `creative commons attribution noncommercial 4.0 public license` ..."""
    elements = license_.id.lower().removeprefix("cc-").removesuffix(f"-{license_.version}").split("-")
    in_full = " ".join(_ELEMENTS[element] for element in elements)
    bodies = (f"cc {' '.join(elements)}", f"creative commons {' '.join(elements)}", f"cc {in_full}", in_full)
    for body in (*bodies, f"creative commons {in_full}"):
        for edition in ("", f" {_EDITION.get(license_.version or '', '')}".rstrip()):
            yield from (f"{body} {license_.version}{edition}{word}" for word in ("", " license", " public license"))


def _is_address(text: str) -> bool:
    return _SCHEME.match(text) is not None or text.lower().startswith("creativecommons.org/")


def _address_key(text: str) -> str:
    """Return an address without scheme, `www.`, query, fragment, trailing slash and page: deed or legal code."""
    bare = re.split(r"[?#]", _SCHEME.sub("", text.strip().strip("<>")).lower())[0].rstrip("/")
    return _PAGE_OF.sub("", bare)


def _name_key(text: str) -> str:
    """Return a name in lower case, with single spaces for hyphens, commas and the like; dots and plus signs stay."""
    key = _APART.sub(" ", text.lower()).strip().removeprefix("the ")
    for words, one in _WORDS.items():
        key = re.sub(rf"\b{words}\b", one, key)
    return key
