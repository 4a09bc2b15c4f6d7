"""Which sources the facts of a dataset come from."""

from tcia_policy.model import Citation, Dataset

CURATED_CREATORS = "datacite-creators"
DATACITE = "datacite"
DATACITE_API = "https://api.datacite.org/dois/"


def sources_of(dataset: Dataset) -> tuple[str, ...]:
    """Return the ids of the sources, sorted."""
    used = {*dataset.sources, dataset.citation.source, *_of_creators(dataset.citation)}
    for part in dataset.distributions:
        used |= {claim.source for claim in part.claims} | {past.source for past in part.past}
    used |= {origin.source for origin in dataset.derived_from} | {version.source for version in dataset.versions}
    used |= {notice.source for notice in dataset.notices} | {contact.source for contact in dataset.contacts}
    used |= {name.source for name in dataset.also_called} | {change.source for change in dataset.changes}
    return tuple(sorted(used))


def _of_creators(citation: Citation) -> set[str]:
    """Return the source that the creators were read from, where it is not that of the citation."""
    if citation.creators_from is None:
        return set()
    return {DATACITE if citation.creators_from.startswith(DATACITE_API) else CURATED_CREATORS}
