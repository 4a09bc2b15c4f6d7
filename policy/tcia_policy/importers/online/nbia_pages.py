"""NBIA: the license of one series of each collection, by its services of version 4.

`getSeries` of a whole collection may have a hundred thousand series, so one patient's are asked for: the first by name.
Of that patient's, one series is kept for each license and each DOI, since the results of others' analyses lie beside
the collection's own. Where there is nothing, NBIA sends nothing at all. `getCollectionDescriptions` and the services
of values and counts fail, and are not asked.
"""

from functools import partial

from tcia_policy.errors import InputError
from tcia_policy.files.progress import progress
from tcia_policy.importers.online import answered_json
from tcia_policy.importers.online.answers import Record
from tcia_policy.importers.online.client import Client, Unreachable

MOST_MISSING = 5
"""A fifth: where so many collections do not answer, NBIA as a whole does not."""

_KEPT = ("Collection", "SeriesInstanceUID", "LicenseName", "LicenseURI", "DataDescriptionURI", "ThirdPartyAnalysis")


def read(client: Client) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    """Return one series for each collection, license and DOI, and a remark for each collection that did not answer.

    Raise `InputError` where the list of collections does not answer, or more than a fifth of them do not.
    """
    names = _collections(client)
    series: list[Record] = []
    remarks: list[str] = []
    for answered in progress(client.each(names, partial(_series, client)), "NBIA, collections", len(names)):
        if isinstance(answered, str):
            remarks.append(answered)
        else:
            series += answered
    if len(remarks) * MOST_MISSING > len(names):
        problem = f"{len(remarks)} of {len(names)} collections do not answer; the first: {remarks[0]}"
        raise InputError(problem, file=client.site.base)
    return tuple(series), tuple(remarks)


def _collections(client: Client) -> tuple[str, ...]:
    url = client.site.address("getCollectionValues", format="json")
    found = answered_json.records(client.get(url).data, str(url))
    names = {name for record in found if isinstance(name := record.get("Collection"), str) and name}
    if not names:
        raise InputError("names no collections", file=str(url))
    return tuple(sorted(names))


def _series(client: Client, collection: str) -> tuple[Record, ...] | str:
    """Return the series of one collection that are kept, or a remark why there are none."""
    try:
        patients = _asked(client, "getPatient", Collection=collection)
        ids = sorted(name for each in patients if isinstance(name := each.get("PatientId"), str) and name)
        if not ids:
            return f"{collection}: no patients are listed"
        series = _asked(client, "getSeries", Collection=collection, PatientID=ids[0])
    except Unreachable:
        raise
    except InputError as error:
        return f"{collection}: {error.file}: {error.problem}"
    own = [each for each in series if each.get("Collection") == collection]
    return _one_of_each(own) or f"{collection}: no series are listed"


def _asked(client: Client, service: str, **query: str) -> tuple[Record, ...]:
    url = client.site.address(service, **query, format="json")
    data = client.get(url, may_be_empty=True).data
    return () if data is None else answered_json.records(data, str(url))


def _one_of_each(series: list[Record]) -> tuple[Record, ...]:
    found: dict[tuple[str, ...], Record] = {}
    for each in sorted(series, key=lambda record: str(record.get("SeriesInstanceUID"))):
        stated = tuple(str(each.get(name)) for name in ("DataDescriptionURI", "LicenseName", "LicenseURI"))
        found.setdefault(stated, {name: each[name] for name in _KEPT if name in each})
    return tuple(found.values())
