"""Where the files of a table came from, by its columns and addresses."""

import re
from collections.abc import Sequence

from tcia_policy.cohorts.cohort import Origin
from tcia_policy.cohorts.records.roles import Role
from tcia_policy.model import Route
from tcia_policy.text.name_keys import heading_key

# Columns that only IDC's index and its BigQuery tables have.
OF_IDC = frozenset(
    (
        *("crdcseriesuuid", "crdcstudyuuid", "crdcinstanceuuid", "seriesawsurl", "seriesgcsurl", "awsbucket"),
        *("idcversion", "seriesinitidcversion", "seriesrevisedidcversion", "idcwebappcollectionid", "sourcedoiidc"),
    )
)
FROM_IDC = Origin(Route.IDC, "it has columns of IDC's index")
# https://www.cancerimagingarchive.net: `metadata.csv` of NBIA's Data Retriever has all of these.
OF_NBIA = frozenset(("seriesuid", "datadescriptionuri", "filelocation"))
FROM_NBIA = Origin(Route.TCIA, "it is a metadata.csv of TCIA's NBIA Data Retriever")
FROM_PATHDB = Origin(Route.TCIA, "it has addresses of PathDB, TCIA's portal for pathology")
_IDC_ADDRESS = re.compile(r"(?:s3|gs)://(?:[\w.\-]*[^a-z0-9/])?idc(?![a-z0-9])", re.IGNORECASE)
_PATHDB_ADDRESS = re.compile(r"pathdb\.cancerimagingarchive\.net", re.IGNORECASE)
# The images of the Cancer Moonshot Biobank (phs002192) that are controlled are at CTDC.
_CTDC = re.compile(r"ctdc|\bcmb\b|phs002192", re.IGNORECASE)


def origin_of(
    headings: Sequence[str], columns: Sequence[tuple[Role, int]], sample: Sequence[Sequence[str]]
) -> Origin | None:
    """Return the origin that the columns of a table show: `columns` are those that matter, by role and index."""
    keys = {heading_key(heading) for heading in headings}
    roles = {role for role, _index in columns}
    if not keys.isdisjoint(OF_IDC):
        return FROM_IDC
    if keys >= OF_NBIA:
        return FROM_NBIA
    if Role.DRS in roles:
        of_ctdc = _any_cell(sample, range(len(headings)), _CTDC) or any("ctdc" in key for key in keys)
        return Origin(Route.CTDC if of_ctdc else Route.GENERAL_COMMONS, "it has addresses of its files (`drs_uri`)")
    addresses = [index for role, index in columns if role in (Role.ADDRESS, Role.PATH, Role.PATHDB)]
    if _any_cell(sample, addresses, _PATHDB_ADDRESS):
        return FROM_PATHDB
    if _any_cell(sample, addresses, _IDC_ADDRESS):
        return Origin(Route.IDC, "it has addresses of IDC's buckets")
    return None


def is_column_of_idc(heading: str) -> bool:
    """Return whether only tables of IDC have a column of this heading."""
    return heading_key(heading) in OF_IDC


def is_address_of_idc(cell: str) -> bool:
    """Return whether a cell has an address in one of IDC's buckets."""
    return _IDC_ADDRESS.search(cell) is not None


def _any_cell(sample: Sequence[Sequence[str]], columns: Sequence[int], pattern: re.Pattern[str]) -> bool:
    cells = (row[index] for row in sample for index in columns if index < len(row))
    return any(pattern.search(cell) for cell in cells)
