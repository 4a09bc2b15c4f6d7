"""Other names by which a dataset may be asked for: page slugs, NBIA's and IDC's names.

Case and punctuation do not tell names apart (`key`), and a name that two datasets could claim belongs to neither. IDC's
collection ids belong to TCIA's dataset of that name where there is one: IDC's own sources of the collection have the
same id, and are found through the collection.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from tcia_policy.importers import idc, nbia, tcia
from tcia_policy.importers.identifiers import key


def find(
    id_of: Mapping[str, str],
    published: Iterable[tcia.Published],
    reported: Mapping[str, nbia.NbiaRow],
    idc_sources: Iterable[idc.IdcSource],
) -> dict[str, tuple[str, ...]]:
    """The aliases of every dataset that has any, sorted. `id_of` and `reported` are by DOI."""
    wanted: dict[str, set[str]] = defaultdict(set)
    owners = {key(id_): id_ for id_ in id_of.values()}
    for each in published:
        wanted[each.record.short_title].add(each.record.slug)
    for doi, row in reported.items():
        wanted[id_of[doi]].add(row.name)
    for source in idc_sources:
        wanted[id_of[source.doi]].add(source.id)
        for collection in source.collections:
            names = {collection.id, collection.name}
            if key(collection.id) in owners:
                wanted[owners[key(collection.id)]] |= names
            elif source.is_original:
                wanted[id_of[source.doi]] |= names
    return _settled(wanted, owners)


def _settled(wanted: Mapping[str, set[str]], owners: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    claimants: dict[str, set[str]] = defaultdict(set)
    for id_, names in wanted.items():
        for name in names:
            claimants[key(name)].add(id_)
    settled = {}
    for id_, names in wanted.items():
        mine = [name for name in names - {id_} if owners.get(key(name), id_) == id_]
        settled[id_] = tuple(sorted(name for name in mine if key(name) in owners or len(claimants[key(name)]) == 1))
    return settled
