"""The elements of an SPDX 3.0.1 document, each with an id of its own, and the licenses that they refer to.

Types and their properties: https://spdx.github.io/spdx-spec/v3.0.1/, as `spdx-python-model` has them and checks them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

from spdx_python_model import v3_0_1 as spdx

from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import License
from tcia_policy.registry.license_expressions import as_listed, clauses_of
from tcia_policy.reports.terms.addresses import urn, web_address
from tcia_policy.text.sanitize import clean

SPEC_VERSION = "3.0.1"
NO_ASSERTION = spdx.expandedlicensing_IndividualLicensingInfo.NoAssertionLicense
# What the program itself calls a license that no source names.
NO_LICENSE_NAMED = ("LicenseRef-none-stated", "LicenseRef-unrecognized")
_NOT_IN_REF = pattern(r"[^A-Za-z0-9.-]+")
_REF = pattern(r"LicenseRef-[A-Za-z0-9.-]+")


@dataclass(frozen=True)
class Maker:
    """Who made the document, and when: the program with its version, and the day of the assessment."""

    name: str
    version: str
    made_on: date
    comment: str


@dataclass
class Graph:
    """The elements of one document. `study` is the part of their ids that says of which study they are."""

    study: str
    maker: Maker
    licenses: dict[str, License]
    elements: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._creation = spdx.CreationInfo(specVersion=SPEC_VERSION, comment=clean(self.maker.comment))
        self._creation.created = datetime.combine(self.maker.made_on, time(), UTC)
        agent = self.add(spdx.SoftwareAgent, "agent", name=self.maker.name)
        tool = self.add(spdx.Tool, "tool", name=f"{self.maker.name} {clean(self.maker.version)}")
        self._creation.createdBy = [agent]
        self._creation.createdUsing = [tool]

    def add(self, kind: Any, *names: str, **properties: Any) -> str:
        """Add an element of this class of the model, and return its id; what is there already stays as it is.

        Properties that are `None` or empty are left out.
        """
        id_ = urn(self.study, *names)
        if id_ not in self.elements:
            stated = {key: value for key, value in properties.items() if value not in (None, "", [], ())}
            self.elements[id_] = kind(spdxId=id_, creationInfo=self._creation, **stated)
        return id_

    def relate(self, from_: Sequence[str], kind: str, to: Iterable[str], **properties: Any) -> None:
        """Add one relationship of the thing with these names to others, by their ids; none where there are no others.

        `kind` is a word of `RelationshipType`, such as `trainedOn`.
        """
        targets = list(to)
        if targets:
            type_ = getattr(spdx.RelationshipType, kind)
            start = urn(self.study, *from_)
            self.add(spdx.Relationship, *from_, kind, from_=start, to=targets, relationshipType=type_, **properties)

    def license(self, stated: str) -> str:
        """Return the id of the license that is stated, which is added: an SPDX expression, with texts for its own ids.

        What is no expression of SPDX's syntax becomes one custom license with the stated text as its name.
        """
        if stated in NO_LICENSE_NAMED:
            return NO_ASSERTION
        expression, custom = _as_expression(stated)
        texts = [spdx.DictionaryEntry(key=ref, value=self._custom(ref, name)) for ref, name in sorted(custom.items())]
        return self.add(
            spdx.simplelicensing_LicenseExpression,
            "license",
            expression,
            simplelicensing_licenseExpression=expression,
            simplelicensing_customIdToUri=texts,
        )

    def is_known(self, stated: str) -> bool:
        """Return whether the terms are known of a license, or of each license of an expression."""
        licenses = [each for clause in clauses_of(stated) for each in clause]
        return all(each in self.licenses and self.licenses[each].terms_known for each in licenses)

    def _custom(self, ref: str, name: str) -> str:
        known = self.licenses.get(name)
        address = None if known is None else web_address(known.url)
        where = f"It is at {address}." if address is not None else "No address of it is known."
        unknown = "" if known is not None and known.terms_known else " What it says is not known."
        return self.add(
            spdx.expandedlicensing_CustomLicense,
            "license-text",
            ref,
            name=clean(name if known is None else known.name),
            simplelicensing_licenseText=f"The text is not part of this document. {where}{unknown}",
            expandedlicensing_seeAlso=[] if address is None else [address],
        )


def _as_expression(stated: str) -> tuple[str, dict[str, str]]:
    """Return an expression, and the names of those of its licenses that SPDX does not list, by their `LicenseRef-`."""
    listed = as_listed(stated)
    if listed is not None and all(map(_REF.fullmatch, listed[1])):
        return listed[0], {key: key for key in listed[1]}
    return (ref := _own_ref(stated)), {ref: stated}


def _own_ref(stated: str) -> str:
    """Return a `LicenseRef-` for words that are no license of SPDX's; other words have another one."""
    digest = sha256(stated.encode("utf-8", "replace")).hexdigest()[:8]
    words = _NOT_IN_REF.sub("-", stated)[:40].strip("-.")
    return f"LicenseRef-{words}-{digest}" if words else f"LicenseRef-{digest}"
