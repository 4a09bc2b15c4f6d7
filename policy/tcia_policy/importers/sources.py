"""The register of upstream sources. A new source is one module with an `UPSTREAM`, and one line in `SOURCES`.

CONTRIBUTING.md has the steps.
"""

from tcia_policy.importers import (
    citation_lists,
    creators,
    curated_terms,
    idc_datasets,
    idc_history,
    label_history,
    names_in_use,
    nbia,
    policy_page,
    reissues,
    tcia_datasets,
)
from tcia_policy.importers.upstream import Inputs, Upstream
from tcia_policy.model import Source

# Each adds to what those before it have collected; claims and notices stand in this order in the registry's files.
SOURCES: tuple[Upstream, ...] = (
    tcia_datasets.UPSTREAM,
    nbia.UPSTREAM,
    idc_datasets.UPSTREAM,
    reissues.UPSTREAM,
    label_history.UPSTREAM,
    idc_history.UPSTREAM,
    creators.UPSTREAM,
    policy_page.UPSTREAM,
    curated_terms.UPSTREAM,
    citation_lists.UPSTREAM,
    names_in_use.UPSTREAM,
)


def describe_sources(inputs: Inputs) -> tuple[Source, ...]:
    """Return every source, sorted by its id. Raise `InputError` for a recording whose day is not known."""
    return tuple(sorted((upstream.describe(inputs) for upstream in SOURCES), key=lambda source: source.id))
