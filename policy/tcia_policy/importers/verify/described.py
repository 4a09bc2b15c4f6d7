"""Whether what a registry describes beside its datasets can be right: sources, releases of IDC, licenses."""

from collections.abc import Iterator, Mapping, Sequence

from tcia_policy.importers.content import Content
from tcia_policy.importers.verify.complaint import Wrong
from tcia_policy.importers.verify.values import Known, wrong_values
from tcia_policy.model import License, Source
from tcia_policy.registry.license_expressions import as_listed

LICENSE_REF = "LicenseRef-"


def wrong_sources(content: Content, known: Known) -> Iterator[Wrong]:
    """Yield what is wrong in `sources.yaml`."""
    seen: set[str] = set()
    for position, source in enumerate(content.sources):
        yield from wrong_values(source, known, (position,))
        if source.id in seen:
            yield Wrong((position, "id"), f"is described twice: {source.id!r}", "one entry a source")
        seen.add(source.id)
        yield from _days(source, position)


def unused_sources(content: Content) -> Sequence[str]:
    """Return the sources that no fact is from, sorted: ones that answered, and stated nothing of our datasets."""
    used = {id_ for dataset in content.datasets for id_ in dataset.sources}
    used |= {
        id_ for source in content.sources for id_ in (source.defers_to, source.copies, source.older_form_of) if id_
    }
    return sorted({source.id for source in content.sources} - used)


def _days(source: Source, position: int) -> Iterator[Wrong]:
    if source.as_of is None and source.before is None:
        right = "`as_of`, the day on which it was read, or else `before`, a day by which it was published"
        yield Wrong((position,), f"has no day: {source.id}", right)
    if source.as_of is not None and source.until is not None and source.as_of > source.until:
        yield Wrong((position, "as_of"), "is after `until`", "a day up to that of `until`")


def wrong_releases(content: Content) -> Iterator[tuple[str, Wrong]]:
    """Yield the runs of IDC's versions that are not of versions on record, by the ids of their datasets."""
    order = {release.version: position for position, release in enumerate(content.idc_releases)}
    for dataset in content.datasets:
        for position, run in enumerate(dataset.idc_history):
            unknown = [version for version in (run.first, run.last) if version not in order]
            place = ("idc_history", position)
            if unknown:
                problem = f"names a version that idc-releases.yaml does not have: {unknown[0]!r}"
                yield dataset.id, Wrong(place, problem, "a version of idc-releases.yaml")
            elif order[run.first] > order[run.last]:
                yield dataset.id, Wrong(place, f"ends before it begins: {run.first} to {run.last}", "first, then last")


def wrong_collections(content: Content, known: Known) -> Iterator[Wrong]:
    """Yield the collections of IDC that lead to a dataset that is not there."""
    for name, ids in content.idc_collections.items():
        for id_ in ids:
            if id_ not in known.datasets:
                problem = f"leads to a dataset that the registry does not have: {id_!r}"
                yield Wrong(("idc_collections", name), problem, "the ids of datasets of the registry")


def wrong_licenses(licenses: Mapping[str, License]) -> Iterator[tuple[str, Wrong]]:
    """Yield the ids of licenses, each with what is wrong, that SPDX neither lists nor leaves to others."""
    for id_ in licenses:
        listed = as_listed(id_)
        if listed is None or listed[0] != id_ or (listed[1] and not id_.startswith(LICENSE_REF)):
            right = f"an identifier of https://spdx.org/licenses/ as it is spelled there, or {LICENSE_REF}NAME"
            yield id_, Wrong(("id",), f"is no identifier of SPDX: {id_!r}", right)


def labels_not_described(content: Content, known: Known) -> Sequence[str]:
    """Return the licenses of claims that stand for a label that no license lists, each once, sorted."""
    found = {claim.license for each in content.datasets for part in each.distributions for claim in part.claims}
    return sorted(found - set(known.licenses))
