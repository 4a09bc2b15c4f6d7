"""Where the facts come from: the entries of `data/sources.yaml`."""

from pathlib import Path

from tcia_policy.importers import creators, curated_terms, idc, nbia, tcia
from tcia_policy.importers.policy_page import load_policy_page
from tcia_policy.importers.snapshots import recorded_on
from tcia_policy.model import DatasetKind, Source


def describe(recordings: Path, idc_release: idc.Release) -> tuple[Source, ...]:
    """Every source, sorted by its id, with its day. Raises `InputError` for a recording whose day is not known."""
    archive = "The Cancer Imaging Archive"
    described = (
        Source(
            id=tcia.SOURCE,
            title="TCIA Collection Manager",
            publisher=archive,
            url="https://cancerimagingarchive.net/api/v1/",
            as_of=recorded_on(recordings, tcia.FILES[DatasetKind.COLLECTION]),
        ),
        Source(
            id=nbia.SOURCE,
            title="NBIA collection report",
            publisher=archive,
            url="https://nbia.cancerimagingarchive.net",
            as_of=recorded_on(recordings, nbia.FILE),
        ),
        Source(
            id=idc.SOURCE,
            title=f"IDC v{idc_release.idc_version} index",
            publisher="NCI Imaging Data Commons",
            url=idc.INDEX_URL,
            as_of=idc_release.as_of,
            version=idc_release.version,
        ),
        Source(
            id=creators.SOURCE,
            title="Full creator lists of data citations that APA cuts off, from copies of DataCite records",
            publisher="DataCite and others; each citation names the page",
            url="https://api.datacite.org/dois?prefix=10.7937",
            as_of=recorded_on(recordings, creators.FILE),
        ),
        Source(
            id=curated_terms.SOURCE,
            title="Terms that single datasets ask for, from their pages and from copies of them",
            publisher="The Cancer Imaging Archive and others; each notice names the page",
            url="https://www.cancerimagingarchive.net/",
            as_of=recorded_on(recordings, curated_terms.FILE),
        ),
        load_policy_page().source,
    )
    return tuple(sorted(described, key=lambda source: source.id))
