"""What a source of the registry answered on one day: records as they came, by the name of the list that they are of."""

from collections.abc import Mapping
from datetime import date

from tcia_policy.lazy import dataclass

Record = Mapping[str, object]
"""One record as the source answered it: parsed from JSON, and not looked at yet."""

TCIA, DATACITE, NBIA, IDC = "tcia", "datacite", "nbia", "idc"
SOURCES = (TCIA, DATACITE, NBIA, IDC)


@dataclass(frozen=True)
class Answers:
    """All that one source answered on one day.

    `source` is its short name (`tcia`, `datacite`, `nbia`, `idc`). `form` is the form of the records where a source has
    several, such as `v1` and `v2` of TCIA's Collection Manager. `lists` are the records by the name of their list, such
    as `collections`, in the order of the answer. `asked` are the addresses that were asked, and `remarks` say what did
    not answer and was done without.

    | source | form | lists |
    | --- | --- | --- |
    | `tcia` | `v2` | `collections`, `analysis-results`: the downloads stand in them, each with its `license` (label and url); `versions`, with the names of v1 (`version_number`, `version_date`, `version_text`, `version_downloads`, and the numbers of its datasets in `related_collection` and `related_analysis_result`); `downloads-v1`: the same downloads with v1's own `data_license` and `download_access`. The last two are left out where they do not answer |
    | `tcia` | `v1` | the same, where v2 does not answer: the downloads are put into the records from `downloads-v1`, and have no `license`, since v1's labels are others |
    | `datacite` | `dois` | `dois`: with `id` and `attributes` |
    | `nbia` | `v4` | `series`: one series for each license and DOI of one patient of each collection, with `Collection`, `LicenseName`, `LicenseURI`, `DataDescriptionURI` (its DOI) and `ThirdPartyAnalysis` (`YES` or `NO`). A collection that did not answer is in `remarks` |
    | `nbia` | `report` | `collections`: the rows of a collection report, with `Collection`, `DOIs`, `Licenses` |
    """  # noqa: E501 - a table

    source: str
    day: date
    form: str
    lists: Mapping[str, tuple[Record, ...]]
    asked: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
