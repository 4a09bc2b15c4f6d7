"""A user's own registry, and the one that came with another version of the program: one registry of both.

People add facts to the registry by hand, such as restrictions that a page states, and these come with the program. So
what they say is as the program has it. Of what a source states, the newer statement stands, whichever of the two has
it, and the older one is history. Nothing that either has of the past is lost.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from tcia_policy.importers import idc
from tcia_policy.importers.content import Content
from tcia_policy.importers.online.answers import DATACITE
from tcia_policy.importers.refresh.restated import closed, key_of, last_day, place_of
from tcia_policy.importers.refresh.result import last_day_of, with_datasets
from tcia_policy.importers.refresh.tcia_versions import merged
from tcia_policy.lazy import dataclass
from tcia_policy.model import Archive, Citation, Dataset, Distribution, LicenseClaim, PastClaim, Source


@dataclass(frozen=True)
class _Two:
    """The user's own registry and the one that came with the program. Which is newer is about TCIA's records."""

    own: Content
    shipped: Content

    @property
    def own_is_newer(self) -> bool:
        return self.own.version > self.shipped.version

    @property
    def shipped_is_newer(self) -> bool:
        return self.shipped.version > self.own.version

    def own_is_newer_of(self, source: str) -> bool:
        """Return whether the user's own has read a source later than the shipped one, or alone."""
        mine, theirs = (last_day_of(source, each) or date.min for each in (self.own, self.shipped))
        return mine > theirs


def carried_over(own: Content, shipped: Content) -> Content:
    """Return the shipped registry with what the user's own has beside it, or newer."""
    two = _Two(own, shipped)
    mine, theirs = ({dataset.id: dataset for dataset in each.datasets} for each in (own, shipped))
    dois = {doi for dataset in shipped.datasets for doi in dataset.dois}
    datasets = [
        *(_of_both(mine.get(id_), dataset, two) for id_, dataset in theirs.items()),
        *(_gone(each, two) for id_, each in mine.items() if id_ not in theirs and dois.isdisjoint(each.dois)),
    ]
    known = {dataset.id for dataset in datasets}
    collections = {**own.idc_collections, **shipped.idc_collections}
    found = with_datasets(shipped, datasets, _newer_sources(own, shipped))
    return replace(
        found,
        idc_index_data=(own if two.own_is_newer_of(idc.SOURCE) else shipped).idc_index_data,
        idc_collections={name: tuple(id_ for id_ in ids if id_ in known) for name, ids in sorted(collections.items())},
    )


def _of_both(own: Dataset | None, shipped: Dataset, two: _Two) -> Dataset:
    if own is None:
        return shipped
    newer, older = (own, shipped) if two.own_is_newer else (shipped, own)
    return newer.model_copy(
        update={
            "citation": _citation(newer, own, two),
            "distributions": tuple(_parts(newer, older, two)),
            "notices": shipped.notices,
            "contacts": shipped.contacts,
            "also_called": shipped.also_called,
            "places": shipped.places,
            "idc_history": shipped.idc_history,
            "versions": merged(older.versions, newer.versions),
            "changes": tuple(
                sorted(dict.fromkeys((*shipped.changes, *own.changes)), key=lambda each: (each.day, each.fact))
            ),
        }
    )


def _citation(newer: Dataset, own: Dataset, two: _Two) -> Citation:
    """Return the citation of the newer record, with the creators that DataCite told the user last."""
    if newer.citation.doi != own.citation.doi or not two.own_is_newer_of(DATACITE):
        return newer.citation
    creators = own.citation.model_dump(include={"truncated", "creators_from"})
    return newer.citation.model_copy(update={"creators": own.citation.creators, **creators})


def _gone(own: Dataset, two: _Two) -> Dataset:
    """Return a dataset that the shipped registry has not: if that is newer, its archive has it no more."""
    is_gone = two.shipped_is_newer and own.withdrawn is None and own.archive is Archive.TCIA
    return own.model_copy(update={"withdrawn": two.shipped.version}) if is_gone else own


def _parts(newer: Dataset, older: Dataset, two: _Two) -> Iterator[Distribution]:
    """Yield the parts of the newer record with what the older one has of them, and those that only this one has."""
    before = {part.id: part for part in older.distributions}
    for part in newer.distributions:
        yield _part(part, before.pop(part.id)) if part.id in before else part
    for part in before.values():
        is_gone = two.shipped_is_newer and not any(two.own_is_newer_of(claim.source) for claim in part.claims)
        gone_on = part.withdrawn or (two.shipped.version if is_gone else None)
        yield part.model_copy(update={"withdrawn": gone_on})


def _part(part: Distribution, older: Distribution) -> Distribution:
    """Return the part with the newest claims of each source; the others that it does not repeat are closed."""
    claims: list[LicenseClaim] = []
    past: list[PastClaim] = [*older.past, *part.past]
    sources = {claim.source for claim in (*part.claims, *older.claims)}
    for source in sorted(sources, key=lambda id_: (place_of(id_), id_)):
        stated = [[claim for claim in each.claims if claim.source == source] for each in (part, older)]
        now, before = stated if _last(stated[0]) >= _last(stated[1]) else stated[::-1]
        known = {key_of(claim): claim for claim in before}
        ended = (older if now is stated[0] else part).past if _last(before) >= _last(now) else ()
        claims += [_since(claim, known.get(key_of(claim))) for claim in now if closed(claim) not in ended]
        repeated = {key_of(claim) for claim in now}
        past += [closed(claim) for claim in before if key_of(claim) not in repeated]
    return part.model_copy(
        update={
            "claims": tuple(claims),
            "past": tuple(sorted(dict.fromkeys(past), key=lambda each: (each.first, each.last))),
        }
    )


def _last(claims: Iterable[LicenseClaim]) -> date:
    return max(map(last_day, claims), default=date.min)


def _since(claim: LicenseClaim, before: LicenseClaim | None) -> LicenseClaim:
    """Return the claim with the first day on which either has it on record."""
    days = [each.since or each.as_of for each in (claim, before) if each is not None]
    first = min(days)
    return claim if first in (claim.since, claim.as_of) else claim.model_copy(update={"since": first})


def _newer_sources(own: Content, shipped: Content) -> list[Source]:
    """Return the sources that were read later for the user's own registry, or for it alone."""
    theirs: Mapping[str, Source] = {source.id: source for source in shipped.sources}
    return [each for each in own.sources if each.id not in theirs or _read_on(each) > _read_on(theirs[each.id])]


def _read_on(source: Source) -> date:
    return source.until or source.as_of or source.before or date.min
