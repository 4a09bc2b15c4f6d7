"""A study as its authors describe it: `tcia-policy.yaml`."""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import ConfigDict, Field, model_validator

from tcia_policy.model.contract import Contract
from tcia_policy.model.holding import Route


class Purpose(StrEnum):
    """Commercial or not, by the use and not by the user."""

    COMMERCIAL = "commercial"
    NONCOMMERCIAL = "noncommercial"


class Activity(StrEnum):
    """What is done with the data or with what came out of them."""

    ANALYZE = "analyze"
    TRAIN_MODEL = "train-model"
    PUBLISH_RESULTS = "publish-results"
    PUBLISH_FIGURES = "publish-figures"
    SHARE_DERIVED_DATA = "share-derived-data"
    REDISTRIBUTE_DATA = "redistribute-data"
    RELEASE_MODEL = "release-model"
    HOST_ACCESS = "host-access"
    USE_IN_PRODUCT = "use-in-product"


class OutputKind(StrEnum):
    """What leaves the study."""

    DATASET_COPY = "dataset-copy"
    DERIVED_IMAGES = "derived-images"
    SEGMENTATIONS = "segmentations"
    FEATURES = "features"
    MODEL = "model"
    FIGURES = "figures"
    ARTICLE = "article"


class Output(Contract):
    """Something released, and the licence it shall carry (SPDX identifier or `LicenseRef-...`)."""

    kind: OutputKind
    license: str | None = None


class Use(Contract):
    """What the study does. A field left out is unknown, not "none"."""

    purpose: Purpose | None = None
    activities: tuple[Activity, ...] | None = Field(default=None, min_length=1)
    outputs: tuple[Output, ...] | None = None
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")


class Positions(Contract):
    """Where the law is unsettled: the position that the project's counsel takes."""

    model_is_adaptation: bool | None = Field(default=None, alias="model-is-adaptation")
    model_config = ConfigDict(populate_by_name=True)


class OtherData(Contract):
    """Data from outside the registry, on the user's word. A licence left out is unknown."""

    name: str = Field(min_length=1)
    license: str | None = None
    doi: str | None = None


ITEM_KINDS = ("dataset", "collection", "analysis_result", "doi", "series", "manifest", "folder", "other")


class DataItem(Contract):
    """One entry of `data`: exactly one of the kinds in `ITEM_KINDS`, and what narrows it down."""

    dataset: str | None = None
    collection: str | None = None
    analysis_result: str | None = None
    doi: str | None = None
    series: str | None = None
    manifest: str | None = None
    folder: str | None = None
    other: OtherData | None = None
    distributions: tuple[str, ...] | None = Field(default=None, min_length=1)
    version: str | None = None
    obtained_from: Route | None = None
    obtained_on: date | None = None

    @model_validator(mode="after")
    def _exactly_one_kind(self) -> "DataItem":
        given = [kind for kind in ITEM_KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            named = " and ".join(given) or "none of them"
            raise ValueError(f"an item has exactly one of {', '.join(ITEM_KINDS)}; this one has {named}")
        return self


class Agreement(Contract):
    """A signed agreement or an approved request, as evidence. `id` is what rules ask for, such as `cptac-data-use`."""

    id: Literal["cptac-data-use", "dbgap", "nctn-data-archive", "tcia-restricted-license"]
    accession: str | None = Field(default=None, pattern=r"^phs\d{6}(\.v\d+(\.p\d+)?)?$")
    dataset: str | None = None
    signed_on: date | None = None
    approved_on: date | None = None
    expires_on: date | None = None
    evidence: str = Field(min_length=1)


class Permission(Contract):
    """A grant from the owner of a dataset, as evidence."""

    model_config = ConfigDict(populate_by_name=True)

    dataset: str
    grants: Literal["commercial-use", "distribution", "derivative-works"]
    distributions: tuple[str, ...] | None = None
    from_: str = Field(alias="from", min_length=1)
    on: date
    expires_on: date | None = None
    evidence: str = Field(min_length=1)


class CptacStatus(Contract):
    """What the user knows of CPTAC's freedom-to-publish criteria for the data used; what is left out is unknown."""

    global_paper_published: bool | None = None
    raw_data_public_since: date | None = None
    steering_committee_approval: bool | None = None


class Project(Contract):
    """The study: what it used, what it does with it, and what evidence it holds. Paths are relative to the file."""

    title: str | None = None
    use: Use = Use()
    positions: Positions = Positions()
    data: tuple[DataItem, ...] = Field(min_length=1)
    agreements: tuple[Agreement, ...] = ()
    permissions: tuple[Permission, ...] = ()
    cptac: CptacStatus = CptacStatus()
    manuscript: tuple[str, ...] | None = None
