"""The licenses that a project describes: checked against the registry, and made into licenses on its word."""

from collections.abc import Mapping, Sequence

from tcia_policy.errors import InputError, Mistakes
from tcia_policy.model import Access, DescribedLicense, EvidenceSeen, License, LicenseFamily, Project, Reference
from tcia_policy.registry import Registry
from tcia_policy.registry.license_spellings import LicenseSpellings
from tcia_policy.registry.repository_terms import load_copies

OWN_ID = "choose an id and a name that no other license has"


def check_described(project: Project, registry: Registry) -> None:
    """Raise `InputError` with its field for a described license that stands in for another one.

    That is an id, name or address by which the registry or SPDX knows a license, or one that is described twice.
    """
    spellings = LicenseSpellings(registry.licenses)
    taken = _named_by_registry(registry) if project.licenses else frozenset[str]()
    seen: set[str] = set()
    mistakes = Mistakes()
    for index, item in enumerate(project.licenses):
        field = f"licenses[{index}]"
        for key, stated in (("id", item.id), ("name", item.name), ("url", item.url)):
            known = None if stated is None else spellings.one(stated)
            if known is not None:
                problem = f"{stated!r} is {known}, and its terms are recorded"
                mistakes.note(InputError(problem, field=f"{field}.{key}", hint=OWN_ID))
        if item.id.lower() in taken:
            problem = f"{item.id} is a license of the registry's data"
            mistakes.note(InputError(problem, field=f"{field}.id", hint=OWN_ID))
        for key, stated in (("id", item.id.lower()), ("name", item.name.strip().lower())):
            if stated in seen:
                mistakes.note(InputError(f"{stated!r} is described twice", field=f"{field}.{key}", hint=OWN_ID))
        seen |= {item.id.lower(), item.name.strip().lower()}
    mistakes.tell()


def _named_by_registry(registry: Registry) -> frozenset[str]:
    """Return every license that a source states of data of the registry, described or not, in lower case."""
    claimed = {name for entry in registry.entries for name in entry.licenses}
    of_copies = {terms.license for terms in load_copies().values()}
    return frozenset(name.lower() for name in (*claimed, *of_copies, *registry.licenses) if name is not None)


def described_licenses(project: Project, seen: Sequence[EvidenceSeen]) -> Mapping[str, License]:
    """Return the licenses that the project describes, by id; `seen` says what was seen of their texts.

    One without a text that counts, or that leaves out what it requires or prohibits, has unknown terms.
    """
    by_field = {item.field: item for item in seen}
    return {item.id: _license(item, by_field.get(f"licenses[{index}]")) for index, item in enumerate(project.licenses)}


def by_id_alone(project: Project) -> Mapping[str, License]:
    """Return the licenses that the project describes with no other name than their id, by which it may state them.

    A name or an address could be that of a license which is not described here.
    """
    licenses = described_licenses(project, ())
    return {
        id_: item.model_copy(update={"name": id_, "short_name": id_, "url": None}) for id_, item in licenses.items()
    }


def _license(item: DescribedLicense, seen: EvidenceSeen | None) -> License:
    has_text = item.text is not None and seen is not None and seen.counts
    digest = None if seen is None else seen.sha256
    return License(
        id=item.id,
        name=item.name,
        short_name=item.name,
        family=LicenseFamily.PROJECT_TERMS,
        url=item.url,
        terms_known=has_text and item.requires is not None and item.prohibits is not None,
        access=item.access or Access.CONTROLLED,
        permits=item.permits or (),
        requires=item.requires or (),
        prohibits=item.prohibits or (),
        reference=Reference(
            title=f"{item.name}, as the project describes it",
            section="on the project's word"
            if digest is None
            else f"on the project's word; SHA-256 of its text {digest}",
            url=item.url,
        ),
    )
