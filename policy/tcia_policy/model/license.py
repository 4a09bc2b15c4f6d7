"""Licenses: what each grants, asks and forbids, in ccREL's terms (https://www.w3.org/submissions/ccREL/)."""

from enum import StrEnum
from typing import Literal

from tcia_policy.model.base import Contract, Day
from tcia_policy.model.dataset import Access
from tcia_policy.model.reference import Reference

Permits = Literal["reproduction", "distribution", "derivative-works"]
Requires = Literal["notice", "attribution", "indicate-changes", "share-alike", "source-code"]
Prohibits = Literal["commercial-use", "derivative-works"]


class LicenseFamily(StrEnum):
    """Terms that are read alike: each rule names the families that it reads, and one that no rule names grants nothing.

    `permissive` asks for its notices only. `copyleft` asks that what is shared stays under its own terms.
    `public-domain` gives all rights up. `responsible-ai` forbids some uses by name. `project-terms` are described by
    the project itself. `other` is read by no rule.
    """

    CREATIVE_COMMONS = "creative-commons"
    NIH_CONTROLLED = "nih-controlled"
    LEGACY_TCIA = "legacy-tcia"
    AGENCY_TERMS = "agency-terms"
    PERMISSIVE = "permissive"
    COPYLEFT = "copyleft"
    PUBLIC_DOMAIN = "public-domain"
    RESPONSIBLE_AI = "responsible-ai"
    PROJECT_TERMS = "project-terms"
    OTHER = "other"


class Replacement(Contract):
    """The license that took the place of a withdrawn one, and when."""

    by: str
    on: Day
    reference: Reference


class License(Contract):
    """One license. `id` is the SPDX identifier where one exists, else `LicenseRef-...`.

    `terms_known` is false where no copy of the text was found: then nothing is granted and nothing can be judged.
    `labels` and `urls` are the exact spellings by which sources name it; the importer maps by them and by nothing else.
    `names` are further names and addresses by which people state it in projects, license files and cards.
    """

    id: str
    name: str
    short_name: str
    family: LicenseFamily
    version: str | None = None
    url: str | None = None
    legal_code: str | None = None
    terms_known: bool
    access: Access = Access.OPEN
    permits: tuple[Permits, ...] = ()
    requires: tuple[Requires, ...] = ()
    prohibits: tuple[Prohibits, ...] = ()
    labels: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    replaced: Replacement | None = None
    reference: Reference
