"""Datasets, licenses and sources for the sample assessments: real ones in the main, and one that means harm."""

from datetime import date

from tcia_policy.model import (
    Access,
    Archive,
    Authority,
    Citation,
    ClaimScope,
    Contact,
    Creator,
    Dataset,
    DatasetKind,
    Derivation,
    Distribution,
    Extent,
    License,
    LicenseClaim,
    LicenseFamily,
    Notice,
    NoticeKind,
    NoticeLevel,
    Reference,
    Source,
)

AUGUST = date(2026, 8, 21)
SOURCES = (
    Source(
        id="tcia-collections",
        title="TCIA Collection Manager API",
        publisher="The Cancer Imaging Archive",
        url="https://cancerimagingarchive.net/api/v1/collections/",
        as_of=AUGUST,
    ),
    Source(
        id="nbia-report",
        title="NBIA collection report",
        publisher="The Cancer Imaging Archive",
        url="https://nbia.cancerimagingarchive.net/",
        as_of=date(2025, 1, 4),
    ),
    Source(
        id="tcia-page",
        title="TCIA data usage policies and restrictions",
        publisher="The Cancer Imaging Archive",
        url="https://wiki.cancerimagingarchive.net/x/c4hF",
        before=date(2018, 10, 30),
    ),
    Source(
        id="evil",
        title="<script>alert('source')</script>",
        publisher="\x1b[2J\x9b31m",
        url="javascript:alert(1)",
        version="*1*",
    ),
)


def license_(license_id: str, short_name: str, **fields: object) -> License:
    slug = short_name.removeprefix("CC ").lower().replace(" ", "/")
    url = f"https://creativecommons.org/licenses/{slug}/"
    values = {
        "id": license_id,
        "name": short_name.replace("CC", "Creative Commons"),
        "short_name": short_name,
        "family": LicenseFamily.CREATIVE_COMMONS,
        "url": url,
        "legal_code": url + "legalcode",
        "terms_known": True,
        "permits": ("reproduction", "distribution", "derivative-works"),
        "requires": ("notice", "attribution", "indicate-changes"),
        "reference": Reference(
            title=f"{short_name} legal code",
            url=url + "legalcode",
            authority=Authority.INSTRUMENT,
            reading=Extent.FULL,
        ),
    }
    return License.model_validate(values | fields)


LICENSES = (
    license_("CC-BY-3.0", "CC BY 3.0"),
    license_("CC-BY-NC-3.0", "CC BY-NC 3.0", prohibits=("commercial-use",)),
    license_(
        "LicenseRef-NIH-Controlled-Data-Access",
        "NIH controlled access",
        family=LicenseFamily.NIH_CONTROLLED,
        terms_known=False,
        access=Access.CONTROLLED,
        permits=(),
        requires=(),
        url=None,
        legal_code=None,
    ),
)


def claim(license_id: str, source: str, day: date = AUGUST, stated_as: str | None = None) -> LicenseClaim:
    scope = ClaimScope.COLLECTION if source == "nbia-report" else ClaimScope.DISTRIBUTION
    return LicenseClaim(license=license_id, source=source, as_of=day, stated_as=stated_as or license_id, scope=scope)


def dataset(dataset_id: str, doi: str, title: str, *parts: Distribution, **fields: object) -> Dataset:
    creators = fields.pop("creators", (Creator(family="Armato", given="S. G.", suffix="III"),))
    values = {
        "id": dataset_id,
        "title": title,
        "kind": DatasetKind.COLLECTION,
        "archive": Archive.TCIA,
        "doi": doi,
        "page": f"https://www.cancerimagingarchive.net/collection/{dataset_id.lower().replace(' ', '-')}/",
        "citation": Citation.model_validate(
            {
                "creators": creators,
                "truncated": True,
                "year": 2015,
                "title": title,
                "version": "4",
                "publisher": "The Cancer Imaging Archive",
                "doi": doi,
                "source": "tcia-collections",
                "as_of": AUGUST,
            }
        ),
        "distributions": parts,
        "sources": ("tcia-collections",),
    }
    return Dataset.model_validate(values | fields)


LIDC = dataset(
    "LIDC-IDRI",
    "10.7937/k9/tcia.2015.lo9ql9sx",
    "Data From LIDC-IDRI",
    Distribution(
        id="images",
        title="Images",
        data_types=("CT", "DX", "CR"),
        file_types=("DICOM",),
        claims=(
            claim("CC-BY-3.0", "tcia-collections", stated_as="CC BY 3.0"),
            claim("CC-BY-3.0", "nbia-report", date(2025, 1, 4), "Creative Commons Attribution 3.0 Unported License"),
        ),
    ),
    notices=(
        Notice(
            kind=NoticeKind.ACKNOWLEDGEMENT,
            level=NoticeLevel.REQUESTED,
            authority=Authority.OFFICIAL_STATEMENT,
            reading=Extent.FULL,
            summary="Users are asked to acknowledge the NCI and the FNIH.",
            quote=(
                "The authors acknowledge the National Cancer Institute and the Foundation for the National Institutes "
                "of Health, and their critical role in the creation of the free publicly available LIDC/IDRI Database "
                "used in this study."
            ),
            source="tcia-collections",
            as_of=AUGUST,
        ),
    ),
)
AERTS = Contact(name="Hugo Aerts", email="hugo_aerts@dfci.harvard.edu", source="tcia-page")
RADIOMICS = dataset(
    "NSCLC-Radiomics",
    "10.7937/k9/tcia.2015.pf0m9rei",
    "Data From NSCLC-Radiomics",
    Distribution(
        id="images",
        title="Images, Segmentations, and Radiation Therapy Structures",
        file_types=("DICOM",),
        claims=(claim("CC-BY-NC-3.0", "tcia-collections", stated_as="CC BY-NC 3.0"),),
    ),
    creators=(Creator(family="Aerts", given="Hugo J. W. L."), Creator(family="Rios Velazquez", given="Emmanuel")),
    contacts=(AERTS,),
    notices=(
        Notice(
            kind=NoticeKind.COMMERCIAL_RESTRICTION,
            level=NoticeLevel.REQUIRED,
            authority=Authority.OFFICIAL_STATEMENT,
            reading=Extent.FULL,
            summary="Not permitted for commercial applications.",
            contacts=(AERTS,),
            source="tcia-page",
            before=date(2018, 10, 30),
        ),
    ),
)
PHANTOM = dataset(
    "Phantom FDA",
    "10.7937/k9/tcia.2015.orbjkmux",
    "Data From Phantom FDA",
    Distribution(
        id="images",
        title="Images",
        file_types=("DICOM",),
        claims=(
            claim("CC-BY-3.0", "tcia-collections", stated_as="CC BY 3.0"),
            claim(
                "CC-BY-NC-3.0",
                "nbia-report",
                date(2025, 1, 4),
                "Creative Commons Attribution-NonCommercial 3.0 Unported License",
            ),
        ),
    ),
    creators=(Creator(family="Gavrielides", given="Marios A."),),
    contacts=(
        Contact(
            name="Marios Gavrielides",
            email="marios.gavrielides@fda.hhs.gov",
            telephone="(301) 796-2545",
            source="tcia-page",
        ),
    ),
)
CONTROLLED = dataset(
    "TCGA-GBM",
    "10.7937/k9/tcia.2016.rnyfuye9",
    "The Cancer Genome Atlas Glioblastoma Multiforme Collection (TCGA-GBM)",
    Distribution(
        id="images",
        title="Radiology images",
        claims=(
            LicenseClaim(
                license="LicenseRef-NIH-Controlled-Data-Access",
                source="tcia-collections",
                as_of=AUGUST,
                stated_as="NIH Controlled Data Access Policy",
                access=Access.CONTROLLED,
            ),
        ),
    ),
    creators=(Creator(literal="TCGA Research Network"),),
)
EVIL = dataset(
    "<script>alert('id')</script>",
    "10.7937/evil<script>\"'",
    "\u202eevil\x1b[31m | `code` *bold* _x_ [link](javascript:alert(1)) <img src=x onerror=alert(1)> & 100% {{ 7*7 }} "
    "\n# A heading\n- an item",
    Distribution(
        id="a|b",
        title="{% raw %} ]]> <!-- --> \x00\x9b5m",
        data_types=("<b>CT</b>",),
        claims=(
            claim("LicenseRef-<b>unknown</b>", "evil", stated_as="</td></table><script>1</script>"),
            claim("CC-BY-3.0", "not-a-source"),
        ),
    ),
    page="javascript:alert(1)",
    creators=(Creator(literal="</title><script>alert('creator')</script>"),),
    derived_from=(
        Derivation(dataset="LIDC-IDRI", named="LIDC-IDRI", source="evil", as_of=AUGUST),
        Derivation(named="<u>other</u>", source="evil", as_of=AUGUST),
    ),
    contacts=(
        Contact(
            name="<i>Eve</i>",
            email="eve@example.org\r\nBcc: all@example.org",
            telephone="\x1b]0;title\x07",
            source="evil",
        ),
    ),
    notices=(
        Notice(
            kind=NoticeKind.COPYRIGHT,
            level=NoticeLevel.REQUIRED,
            authority=Authority.OFFICIAL_STATEMENT,
            reading=Extent.FULL,
            summary="| a | b |",
            quote="> ```\n<script>",
            distributions=("a|b",),
            source="evil",
        ),
    ),
)
