"""How the day of an assessment lies to the days of the facts that it rests on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from datetime import date

from tcia_policy.engine.license_readings import PartReading
from tcia_policy.lazy import dataclass
from tcia_policy.model import (
    Access,
    Dataset,
    Distribution,
    FactDays,
    Holding,
    LicenseClaim,
    RegistryPlace,
    Source,
)
from tcia_policy.registry import Registry
from tcia_policy.registry.source_ages import source_ages
from tcia_policy.rules.fact_value import known

MAX_AGE = 180
"""The days after the registry's day for which its facts are taken as new, unless `--max-age` says otherwise."""


@dataclass(frozen=True)
class Gathered:
    """The registry that is used: where it is, the day as of which its facts were gathered, and its sources by id."""

    day: date
    sources: Mapping[str, Source] = field(default_factory=dict)
    place: RegistryPlace = RegistryPlace.SHIPPED

    @classmethod
    def of(cls, registry: Registry) -> "Gathered | None":
        """Return what a registry says of itself; `None` if its version is no day."""
        return None if registry.day is None else cls(registry.day, registry.sources, registry.located.place)


def fact_days(as_of: date, gathered: Gathered, max_age: int, claims: Sequence[LicenseClaim]) -> FactDays:
    """Return how old the facts are on `as_of`, and which statements on licenses are of a later day.

    `claims` are those on the parts that may be held.
    """
    age = (as_of - gathered.day).days
    later = sorted({(_first_day(claim), claim.source) for claim in claims if _first_day(claim) > as_of})
    titles = {id_: source.title for id_, source in gathered.sources.items()}
    speaking = {claim.source for claim in claims}
    return FactDays(
        registry=gathered.day,
        age=age,
        max_age=max_age,
        is_old=age > max_age,
        stated_later=tuple(f"{titles.get(source, source)}, {day.isoformat()}" for day, source in later),
        place=gathered.place,
        sources=source_ages(as_of, gathered.sources.values(), speaking),
    )


def claims_on(holdings: Sequence[Holding], datasets: Mapping[str, Dataset]) -> list[LicenseClaim]:
    """Return what sources state of the licenses of the parts that may be held."""
    held = [(holding.distributions, datasets.get(holding.dataset or "")) for holding in holdings]
    return [
        claim
        for parts, dataset in held
        for part in (() if dataset is None else dataset.distributions)
        if part.id in parts
        for claim in part.claims
    ]


def is_stated_later(reading: PartReading, as_of: date, copies: Collection[str] = ()) -> bool:
    """Return whether all that sources state of the part's license was stated after `as_of`.

    So it is, too, if an open license was stated only later, and another one before: that one held on the day. `copies`
    are the ids of sources that only repeat another's labels and do not speak of this copy; if there is another source,
    they do not count.
    """
    part = reading.distribution
    return part is not None and (_all_later(part, as_of, copies) or _was_opened_later(part, reading, as_of))


def _all_later(part: Distribution, as_of: date, copies: Collection[str]) -> bool:
    own = [claim for claim in part.claims if claim.source not in copies] or part.claims
    return bool(own) and all(_first_day(claim) > as_of for claim in own)


def _was_opened_later(part: Distribution, reading: PartReading, as_of: date) -> bool:
    stated = [claim for claim in part.claims if claim.license == reading.license]
    is_open = reading.facts.get("license.access") == known(Access.OPEN.value)
    return is_open and bool(stated) and all(_first_day(claim) > as_of for claim in stated)


def _first_day(claim: LicenseClaim) -> date:
    """Return the first day on which the source is on record with this statement."""
    return claim.since or claim.as_of
