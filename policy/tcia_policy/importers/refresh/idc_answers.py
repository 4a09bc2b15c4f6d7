"""What the installed `idc-index-data` says, as answers of IDC: nobody is asked over the network.

Their day is that of IDC's release, and the version of the package tells two of one release apart.
"""

import importlib.util
from pathlib import Path

from tcia_policy.importers import idc
from tcia_policy.importers.online.answers import IDC, Answers, Record

FORM = "index"
RELEASE, SOURCES, RESULTS, STUDIES, SERIES = "release", "sources", "analysis-results", "shared-studies", "series"
NEEDED = (idc.PACKAGE, "duckdb")


def is_installed() -> bool:
    """Return whether IDC's index is there, and what reads it: both come with the extra `bulk`."""
    return all(importlib.util.find_spec(name) is not None for name in NEEDED)


def installed() -> Answers:
    """Return what the installed package says. Raise `InputError` where it, or DuckDB, is not there or damaged."""
    return of_folder(idc.installed())


def of_folder(folder: Path) -> Answers:
    """Return what a folder of IDC's parquet files says. Raise `InputError` for one that is missing or damaged."""
    release = idc.release(folder)
    about: Record = {"version": release.version, "idc": release.idc_version}
    results = idc.collections_of_analysis_results(folder)
    return Answers(
        source=IDC,
        day=release.as_of,
        form=FORM,
        lists={
            RELEASE: (about,),
            SOURCES: idc.source_rows(folder),
            RESULTS: tuple({"doi": doi, "collections": list(names)} for doi, names in sorted(results.items())),
            STUDIES: tuple(
                {"result": result, "collection": collection, "originals": list(originals)}
                for (result, collection), originals in sorted(idc.origins(folder).items())
            ),
            SERIES: tuple(
                {"doi": doi, "license": label, "series": number}
                for doi, label, number in idc.licenses_of_series(folder)
            ),
        },
    )
