"""The license that a LICENSE file or a model or data card states: for outputs and for copies of data.

A file counts only if all of it is understood: one word beside the license can take away what the license gives.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tcia_policy.evidence.license_texts import lines_beside
from tcia_policy.files import limits, located_yaml
from tcia_policy.files.content import read_content
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import License, LicenseFamily
from tcia_policy.registry.license_expressions import canonical_expression, clauses_of
from tcia_policy.registry.license_spellings import LicenseSpellings

TITLE_WITHIN = 600  # characters from the start within which a license's text gives its title
FENCE = "---"
_SPDX = pattern(r"SPDX-License-Identifier:\s*([A-Za-z0-9.+(-][^\n]*)")
_COMMENT_END = pattern(r"\*/|-->")
_WORD = pattern(r"[A-Za-z0-9.+-]+")
_ENDS_COMMENT = " \t\r*/->`\"'#}"
_VERSION = pattern(r"(?<!\d)(\d\.\d)(?!\d)")
_BINARY = pattern("[\x00-\x08\x0e-\x1f\ufffd]")
# Sentences that only the license of that identifier has, where its text need not give a title.
_TELLTALES: Mapping[str, tuple[str, ...]] = {
    "MIT": ("permission is hereby granted, free of charge", "the software is provided"),
    "BSD-3-Clause": ("redistribution and use in source and binary forms", "neither the name"),
    "Apache-2.0": ("apache license", "version 2.0, january 2004"),
}
_APACHE = "Apache-2.0"
_APACHE_NOTICE = "licensed under the apache license, version 2.0"
# Of these families a license is all that it permits, requires and prohibits.
_READ_BY_WHAT_THEY_ASK = (LicenseFamily.CREATIVE_COMMONS, LicenseFamily.PERMISSIVE, LicenseFamily.PUBLIC_DOMAIN)
_CC_ELEMENTS = (("noncommercial", "NC"), ("noderiv", "ND"), ("sharealike", "SA"))
_COPYRIGHT = pattern(r"^\W*(?:spdx-filecopyrighttext:|copyright\b|\(c\)\s|©)[\w\s.,()<>\[\]@&'/:©–-]*$")
_AROUND_TITLE = " \t.#*=:()<>"
_RESERVED = pattern(r"[\s.,*]*all rights reserved[\s.]*$")
_STATEMENTS = tuple(
    re.compile(form)
    for form in (
        r"(?:this|the) (?:work|data|dataset|data set|collection|material|model|software|project|repository) "
        r"(?:is|are) (?:licensed|released|distributed|made available|provided) under (?:the |a |an )?(?P<name>.+)",
        r"(?:licensed|released|distributed|made available) under (?:the terms of )?(?:the |a |an )?(?P<name>.+)",
        r"the [\w. -]{1,60} collection is distributed under the (?P<name>.+)",
        r"licen[sc]e: (?P<name>.+)",
    )
)
_FOLLOWS = pattern(
    r"by downloading the data, you agree to abide by terms of this licen[sc]e"
    r"|to view a copy of this licen[sc]e, visit (?P<address>\S+?)"
    r"(?:,? or send a letter to creative commons, po box 1866, mountain view, ca 94042, usa)?"
)
_SENTENCES = pattern(r"\.(?:\s+|$)")
_NAME_AND_ADDRESS = pattern(r"(?P<name>[^()]+?) ?\((?P<other>[^()]+)\)")
_NAMES_A_LICENSE = pattern(
    r"\bcc[\s-]?(?:by|0|nc)\b|\bcreative\s?commons|\battribution[\s-]*(?:non|share|no|\d)|non[\s-]?commercial|no[\s-]?deriv"
    r"|share[\s-]?alike|\b(?:mit|isc|bsd|apache|mozilla|gnu|expat|eupl|cdla|odbl|odc|pddl|openrail)\b[\s-]*(?:licen|\d)"
    r"|\b[al]?gpl\b|general public licen|\bopenrail|\blicenseref|commons clause|open database|\blicenses?/"
)
# Words that take away, wherever they stand, and those that do where the sentence is about use.
_TAKES_AWAY = pattern(
    r"non[\s-]?commercial|\bcommercial|all rights reserved|\bproprietary|\bprohibit|\bforbid|\bacademic|\bformerly"
    r"|\bunlike\b|\b(?:not|un)\s?licen[sc]|\brestrict|\bresearch (?:use|purpose)|\bnot (?:be )?(?:permitted|allowed)"
    r"|\b(?:may|must) not\b|\bpermission|\bembargo|\bno longer\b|\bpreviously\b|\brevoked?\b|\bconfidential"
    r"|\bonly\b.{0,40}\bresearch|\bresearch\b.{0,40}\bonly\b|\beducational\b"
)
_IN_A_SENTENCE = pattern(r"\b(?:not|no|non|only|except|excluding|without|however|but|former|was|were|until)\b")
_ABOUT_USE = pattern(r"\blicen[sc]|\bterms\b|\bus(?:e|ed|es|age)\b|\bredistribut|\bshar(?:e|ed|ing)\b|\brights?\b")


def license_stated(path: Path, licenses: Mapping[str, License]) -> str | None:
    """Return the identifier of the license that the file states, or `None` where it is none of `licenses`.

    Several licenses at once, in an SPDX expression or in several lines, come back as one expression (`MIT OR X`), which
    is none of its licenses. What counts is a YAML header with `license:` (as Hugging Face's cards have it), else the
    `SPDX-License-Identifier:` lines, if the rest of the file names no stricter license and takes nothing away; else the
    text of the license itself, its address or name, or a sentence that states it, with nothing beside it. Identifiers,
    usual names and addresses are those of `LicenseSpellings`. Raise `InputError` where the file cannot be read.
    """
    return license_of_text(read_content(path, limits.LICENSE_FILE, "a license file"), path, licenses)


def license_of_text(content: bytes, path: Path, licenses: Mapping[str, License]) -> str | None:
    """Return the license that the content of a file states, as `license_stated` does; `path` is for messages."""
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    if _BINARY.search(text):
        return None
    known = _Known(licenses, LicenseSpellings(licenses))
    card = _card(path, text)
    if card is not None:
        return None if card.stated is None else known.unless_more_is_said(known.named(card.stated), card.rest)
    tags = _SPDX.findall(text)
    if tags:
        return known.unless_more_is_said(known.among_words(_joined(tags)), _SPDX.sub("", text))
    one = known.spellings.one(" ".join(text.split()))
    return one or known.by_text(text) or known.by_notice(text) or known.by_sentence(text)


def unless_more_is_said(stated: str, rest: str, licenses: Mapping[str, License]) -> str | None:
    """Return the license `stated`, unless the text beside it names a stricter one or takes something away."""
    return _Known(licenses, LicenseSpellings(licenses)).unless_more_is_said(stated, rest)


def names_a_stricter(stated: str, text: str, licenses: Mapping[str, License]) -> bool:
    """Return whether a text names a license that asks or forbids more than `stated` does, or that nobody knows."""
    return _Known(licenses, LicenseSpellings(licenses)).names_a_stricter(stated, text)


@dataclass(frozen=True)
class _Card:
    """What a YAML header says under `license`, `None` for more than one word of text; and the rest of the file."""

    stated: str | None
    rest: str


def _card(path: Path, text: str) -> _Card | None:
    """Return the card that the text is; `None` for a text without a header, and for a header without a license."""
    text = text.lstrip()
    if not text.startswith(FENCE):
        return None
    header, _, body = text[len(FENCE) :].partition(f"\n{FENCE}")
    data = located_yaml.parse_text(path, header).data
    if not isinstance(data, Mapping) or "license" not in data:
        return None
    stated = data["license"]
    beside = "\n".join(f"{key}: {value}" for key, value in data.items() if key != "license")
    return _Card(stated if isinstance(stated, str) else None, f"{beside}\n{body}")


def _joined(tags: Iterable[str]) -> str:
    """Return what the `SPDX-License-Identifier:` lines say, different ones joined by `AND`."""
    stated = [_COMMENT_END.split(line)[0].rstrip(_ENDS_COMMENT) for line in tags]
    distinct = list({each.lower(): each for each in stated}.values())
    return " AND ".join(f"({each})" for each in distinct) if len(distinct) > 1 else distinct[0]


@dataclass(frozen=True)
class _Known:
    licenses: Mapping[str, License]
    spellings: LicenseSpellings

    def named(self, stated: str) -> str | None:
        """Return the license or the expression that is exactly this."""
        found = self.spellings.recognize(stated)
        return found if found in self.licenses or canonical_expression(stated) is not None else None

    def among_words(self, stated: str) -> str | None:
        """Return the license or the expression that a tag has, or the licenses among its words, joined by `AND`.

        `MIT, CC0-1.0` states both. Words that are not understood leave a NonCommercial license as it is, for they can
        hardly give more, and any other unknown.
        """
        exact = self.named(stated.removeprefix("(").removesuffix(")")) or self.named(stated)
        if exact is not None:
            return exact
        words = [self.spellings.one(word) or word for word in _WORD.findall(stated)]
        found = list(dict.fromkeys(word for word in words if word in self.licenses))
        others = [word for word in words if word not in self.licenses and word.upper() not in ("AND", "-")]
        if not words or words[0] not in self.licenses or _TAKES_AWAY.search(stated.lower()):
            return None
        closed = all("commercial-use" in self.licenses[license_id].prohibits for license_id in found)
        return " AND ".join(found) if closed or not others else None

    def unless_more_is_said(self, stated: str | None, rest: str) -> str | None:
        """Return what is stated, unless the rest of the file names a stricter license or takes something away."""
        if stated is None:
            return None
        named = [license_id for clause in clauses_of(stated) for license_id in clause]
        lines = [line for line in rest.splitlines() if line.strip()]
        for license_id in named:
            lines = list(lines_beside("\n".join(lines), license_id))
        weaker = self._no_stricter_than(named)
        beside = " ".join(line for line in lines if not _is_copyright(line)).lower()
        return stated if not _takes_away(_without(beside, self._spelled(weaker))) else None

    def names_a_stricter(self, stated: str, text: str) -> bool:
        """Return whether a text names a license that asks or forbids more than `stated` does."""
        weaker = self._no_stricter_than(license_id for clause in clauses_of(stated) for license_id in clause)
        return _NAMES_A_LICENSE.search(_without(text.lower(), self._spelled(weaker))) is not None

    def _no_stricter_than(self, named: Iterable[str]) -> list[License]:
        """Return the licenses that ask and forbid nothing that one of those named does not."""
        stated = [self.licenses[license_id] for license_id in named if license_id in self.licenses]
        return [
            each
            for each in self.licenses.values()
            if each.terms_known
            and each.family in _READ_BY_WHAT_THEY_ASK
            and any(
                each.access == one.access
                and set(each.requires) <= set(one.requires)
                and set(each.prohibits) <= set(one.prohibits)
                and set(each.permits) >= set(one.permits)
                for one in stated
            )
        ]

    def _spelled(self, licenses: Iterable[License]) -> Iterator[str]:
        for each in licenses:
            yield from self.spellings.spellings_of(each)

    def by_text(self, text: str) -> str | None:
        """Return the license whose text it is, with nothing beside it but who has the copyright."""
        license_id = _by_title(text)
        if license_id is None or license_id not in self.licenses:
            return None
        software = license_id in _TELLTALES
        beside = lines_beside(text, license_id)
        return license_id if all(self._belongs(line, license_id, software) for line in beside) else None

    def by_notice(self, text: str) -> str | None:
        """Return Apache-2.0 for the notice that its appendix gives to be attached to a work, with nothing beside it."""
        if _APACHE_NOTICE not in " ".join(text.lower().split()):
            return None
        beside = lines_beside(text, _APACHE)
        return _APACHE if all(self._belongs(line, _APACHE, True) for line in beside) else None

    def _belongs(self, line: str, license_id: str, software: bool) -> bool:
        if software:
            line = _RESERVED.sub("", line.lower())
        if not line.strip(_AROUND_TITLE) or _is_copyright(line):
            return True
        titles = (line.strip(), line.strip(_AROUND_TITLE))
        return any(self.spellings.one(title) == license_id for title in titles)

    def by_sentence(self, text: str) -> str | None:
        """Return the license of a file that only says `This work is licensed under ...`, or `None`."""
        lines = [line for line in lines_beside(text, "") if not _is_copyright(line)]
        flat = " ".join(" ".join(lines).lower().split())
        first, *others = [each.strip() for each in _SENTENCES.split(flat) if each.strip()] or [""]
        stated = self._of_statement(first)
        for other in others:
            follows = _FOLLOWS.fullmatch(other)
            if follows is None or (follows["address"] and self.spellings.one(follows["address"]) != stated):
                return None
        return stated

    def _of_statement(self, sentence: str) -> str | None:
        for form in _STATEMENTS:
            match = form.fullmatch(sentence)
            if match is not None:
                return self._one_or_both(match["name"])
        return None

    def _one_or_both(self, name: str) -> str | None:
        """Return the license of that name or address, or of a name with its address or short name in brackets."""
        both = _NAME_AND_ADDRESS.fullmatch(name)
        if both is None:
            return self.spellings.one(name)
        found = {self.spellings.one(both["name"]), self.spellings.one(both["other"])}
        return found.pop() if len(found) == 1 else None


def _is_copyright(line: str) -> bool:
    lowered = line.strip().lower()
    said = _takes_away(lowered)
    return _COPYRIGHT.match(lowered) is not None and not said


def _takes_away(text: str) -> bool:
    """Return whether a text (in lower case) names a license or says anything that may narrow one."""
    if _NAMES_A_LICENSE.search(text) or _TAKES_AWAY.search(text):
        return True
    return any(_IN_A_SENTENCE.search(each) and _ABOUT_USE.search(each) for each in _SENTENCES.split(text))


def _without(text: str, spellings: Iterable[str]) -> str:
    """Return the text without these names and addresses of licenses, the longest first."""
    text = " ".join(text.replace("-", " ").split())
    for each in sorted({each.replace("-", " ") for each in spellings}, key=len, reverse=True):
        if each in text:
            # Where the name goes on, as "CC BY 4.0 IGO" and "/by/3.0/us/" do, it is another's.
            ends = r"(?![\w+-])(?!\s+(?:igo|united states|england)\b)(?!/[a-z]{2}\b)"
            text = re.sub(rf"(?<![\w+-]){re.escape(each)}{ends}", " ", text)
    return text


def _by_title(text: str) -> str | None:
    """Return the license that a text begins as; `None` for none that is known, and for several at once."""
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
