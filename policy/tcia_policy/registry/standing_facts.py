"""What the registry says of a dataset today, fact by fact, each under a name that lasts, to be compared."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from tcia_policy.lazy import dataclass
from tcia_policy.model import Access, Citation, Contact, Creator, Dataset, Distribution, LicenseClaim, Notice
from tcia_policy.registry.licenses import is_unrecognized
from tcia_policy.registry.notices import WORDS_IN_NAME, format_notice
from tcia_policy.registry.parts import parts_stated
from tcia_policy.registry.standing import Registered, claims_that_count
from tcia_policy.text.name_keys import slug
from tcia_policy.text.sanitize import clean

THERE = "in the registry"
OR = " or "
COMPARED = ("title", "kind", "program", "doi", "page", "listed", "derived_from", "data_types", "file_types")
"""The fields that are facts of the kind `other`."""


class FactKind(StrEnum):
    """What a fact is on.

    `presence`: whether its archive has the dataset or the part. `license` and `access`: what counts for a part today.
    `citation`: the reference to the data. `contact`, `notice`: whom and what its sources name beside. `statement`: what
    one source states of a part, whether it counts or not. `other`: name, title, program, pages, types of data.
    """

    PRESENCE = "presence"
    LICENSE = "license"
    ACCESS = "access"
    CITATION = "citation"
    CONTACT = "contact"
    NOTICE = "notice"
    STATEMENT = "statement"
    OTHER = "other"


@dataclass(frozen=True)
class Key:
    """The name of a fact: its kind, the id of the part that it is on, and what it is `of` (a contact, a source)."""

    kind: FactKind
    part: str | None = None
    of: str | None = None

    def __str__(self) -> str:
        """Return `license/43619`, `contact/TCIA Help Desk`, `citation`."""
        return "/".join(each for each in (self.kind.value, self.part, self.of) if each is not None)

    @classmethod
    def parse(cls, name: str) -> "Key":
        """Return the key that is written so. Raise `ValueError` for what is none."""
        kind, _, rest = name.partition("/")
        if kind in (FactKind.CONTACT, FactKind.NOTICE):
            return cls(FactKind(kind), of=rest)
        part, _, of = rest.partition("/")
        return cls(FactKind(kind), part or None, of or None)


@dataclass(frozen=True)
class Fact:
    """A fact in words. `licenses` are those that count; `said` has them with the days since
    which they are on record."""

    says: str
    licenses: tuple[str, ...] = ()
    access: Access | None = None
    said: tuple[tuple[str, date], ...] = ()
    sources: tuple[str, ...] = ()


Facts = Mapping[Key, Fact]


def facts_of(dataset: Dataset, registered: Registered) -> dict[Key, Fact]:
    """Return the facts on a dataset and its parts, in the order of its file. Two of one name are one, side by side."""
    found: dict[Key, Fact] = {}
    for key, fact in (*_of_dataset(dataset), *_of_parts(dataset, registered)):
        other = found.get(key)
        found[key] = fact if other is None else Fact(f"{other.says}; {fact.says}", sources=other.sources)
    return found


def terms_of(dataset: Dataset, registered: Registered) -> dict[Key, Fact]:
    """Return the facts on licenses and access alone, and what each source states."""
    return dict(_terms(dataset, registered))


def in_citation(citation: Citation) -> str:
    """Return what a reference says, whoever prints it: given names count by their initials."""
    rest = (citation.version, citation.publisher, citation.container, f"doi:{citation.doi}")
    names = ", ".join(map(in_initials, citation.creators)) + (" and others" if citation.truncated else "")
    return ". ".join((f"{names} ({citation.year})", citation.title, *filter(None, rest)))


def in_initials(creator: Creator) -> str:
    """Return `Clark K.` for Kenneth Clark, and an organization as it is."""
    if creator.family is None:
        return creator.literal or ""
    words = (creator.given or "").replace(".", " ").split()
    return " ".join((creator.family, *(f"{word[0]}." for word in words)))


def in_contact(person: Contact) -> str:
    """Return a contact with all ways to reach it."""
    return ", ".join(filter(None, (person.name, person.email, person.telephone, person.page)))


def in_licenses(claims: Iterable[LicenseClaim]) -> str:
    """Return the licenses of claims, sorted; of one that is not described, the wording of the source as well."""
    names = {
        f"{claim.license} ({clean(claim.stated_as)})" if is_unrecognized(claim.license) else claim.license
        for claim in claims
    }
    return OR.join(sorted(names))


def in_access(access: Access | None) -> str:
    """Return `open`, `controlled`, or that it is not known."""
    return "not known" if access is None else access.value


def _of_dataset(dataset: Dataset) -> Iterator[tuple[Key, Fact]]:
    archive = (dataset.archive.value,)
    yield Key(FactKind.PRESENCE), Fact(_presence(dataset.withdrawn))
    yield Key(FactKind.CITATION), Fact(in_citation(dataset.citation), sources=(dataset.citation.source,))
    for person in dataset.contacts:
        yield Key(FactKind.CONTACT, of=person.name), Fact(in_contact(person), sources=(person.source,))
    for notice in dataset.notices:
        yield Key(FactKind.NOTICE, of=_name_of(notice)), Fact(_in_notice(notice), sources=(notice.source,))
    for field, value in (
        ("title", dataset.title),
        ("kind", dataset.kind.value),
        ("program", dataset.program),
        ("doi", dataset.doi),
        ("page", dataset.page),
        ("listed", _yes_or_no(dataset.listed)),
        ("derived_from", ", ".join(item.dataset or item.named for item in dataset.derived_from)),
    ):
        if value:
            yield Key(FactKind.OTHER, of=field), Fact(value, sources=archive)


def _of_parts(dataset: Dataset, registered: Registered) -> Iterator[tuple[Key, Fact]]:
    for part in dataset.distributions:
        yield Key(FactKind.PRESENCE, part.id), Fact(_presence(part.withdrawn))
        for field, value in (
            ("title", part.title),
            ("data_types", ", ".join(part.data_types)),
            ("file_types", ", ".join(part.file_types)),
            ("listed", _yes_or_no(part.listed)),
        ):
            if value:
                yield Key(FactKind.OTHER, part.id, field), Fact(value)
    yield from _terms(dataset, registered)


def _terms(dataset: Dataset, registered: Registered) -> Iterator[tuple[Key, Fact]]:
    """Yield what counts for each part that something is stated of, and what each source states of it."""
    for part, stated in zip(dataset.distributions, parts_stated(dataset, registered), strict=True):
        if not part.claims:
            continue
        counting = claims_that_count(part, dataset, registered)
        said = tuple((claim.license, claim.since or claim.as_of) for claim in counting)
        says = in_licenses(counting)
        yield Key(FactKind.LICENSE, part.id), Fact(says, stated.licenses, said=said, sources=stated.sources)
        yield (
            Key(FactKind.ACCESS, part.id),
            Fact(in_access(stated.access), access=stated.access, sources=stated.sources),
        )
        for source, claims in _by_source(part).items():
            names = tuple(dict.fromkeys(claim.license for claim in claims))
            yield Key(FactKind.STATEMENT, part.id, source), Fact(in_licenses(claims), names, sources=(source,))


def _by_source(part: Distribution) -> dict[str, list[LicenseClaim]]:
    found: dict[str, list[LicenseClaim]] = {}
    for claim in part.claims:
        found.setdefault(claim.source, []).append(claim)
    return found


def _presence(withdrawn: date | None) -> str:
    return THERE if withdrawn is None else f"withdrawn: its archive was first seen without it on {withdrawn}"


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


def _name_of(notice: Notice) -> str:
    """Return the kind of a notice with what it names, or with its first words."""
    named = notice.doi or slug(" ".join((notice.quote or notice.summary).split()[:WORDS_IN_NAME]))
    return f"{notice.kind.value} {named}"


def _in_notice(notice: Notice) -> str:
    covers = "" if notice.distributions is None else f" (parts {', '.join(notice.distributions)})"
    quote = f' "{notice.quote}"' if notice.quote else ""
    people = "".join(f"; {in_contact(person)}" for person in notice.contacts)
    return f"{notice.level.value}: {format_notice(notice)}{quote}{people}{covers}"
