"""Patients whose images may also be where IDC's index does not reach."""

from pathlib import Path
from typing import Any

import pytest

from tcia_policy.cohorts.cohort import Beside, EntryKind, Origin
from tcia_policy.cohorts.distributions import IDC_INDEX
from tcia_policy.cohorts.index.answers import LookedUp, Place, SeriesGroup
from tcia_policy.cohorts.items import Selected
from tcia_policy.cohorts.patients_elsewhere import holdings_of_patients, parts_beyond
from tcia_policy.model import Archive, DataItem, Distribution, Holding, Route, WordOf
from tcia_policy.registry import Registry
from tests.registry.small_registry import dataset, part, registry_of

SLIDES, MRI, HELD, PARTLY = "10.5281/zenodo.1", "10.7937/mri", "10.7937/held", "10.7937/partly"
CONTROLLED = "LicenseRef-NIH-Controlled-Data-Access"


def in_idc(id_: str) -> Distribution:
    whole = part(id_)
    return whole.model_copy(update={"claims": (whole.claims[0].model_copy(update={"source": IDC_INDEX}),)})


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    """TCGA-GBM, of which IDC has only slides; one that IDC has whole; one that it has in part."""
    return registry_of(
        tmp_path,
        dataset("TCGA-GBM", MRI, [part("1", license_=CONTROLLED)]),
        dataset("idc-tcga-gbm", SLIDES, [in_idc("2")], archive=Archive.IDC, idc_collections=["tcga_gbm"]),
        dataset("HELD", HELD, [in_idc("3")], idc_collections=["held"]),
        dataset("PARTLY", PARTLY, [in_idc("4"), part("5", license_=CONTROLLED)], idc_collections=["partly"]),
    )


def holdings_of(
    registry: Registry, doi: str, collection: str, *names: str, kind: EntryKind = EntryKind.PATIENT, **item: Any
) -> list[Holding]:
    origin: Origin | None = item.pop("origin", None)
    unsure: bool = item.pop("origin_unsure", False)
    selected = Selected(
        DataItem(manifest="x.csv", **item),
        label="x.csv",
        beside=(Beside(), Beside(names)),
        origin=origin,
        origin_unsure=unsure,
    )
    group = SeriesGroup(frozenset({Place(0, kind, 1)}), doi, "CC BY 4.0", 1, 1.0, collection)
    return [draft.holding for draft in holdings_of_patients(selected, 0, LookedUp((group,)), registry)]


@pytest.mark.parametrize("names", [(), ("TCGA-GBM",), (MRI,)])
def test_the_controlled_dataset_of_a_patient_counts_beside_the_slides_that_idc_has(
    registry: Registry, names: tuple[str, ...]
) -> None:
    (gbm,) = holdings_of(registry, SLIDES, "tcga_gbm", *names)
    assert (gbm.dataset, gbm.distributions, gbm.on_word_of) == ("TCGA-GBM", ("1",), WordOf.PATIENTS)
    assert not gbm.distributions_stated
    assert gbm.may_be_unused is (not names)


def test_parts_that_the_user_names_are_used(registry: Registry) -> None:
    (gbm,) = holdings_of(registry, SLIDES, "tcga_gbm", distributions=("1",))
    assert not gbm.may_be_unused


def test_a_part_that_idc_does_not_have_counts(registry: Registry) -> None:
    for names in ((), ("PARTLY",)):
        (partly,) = holdings_of(registry, PARTLY, "partly", *names)
        assert (partly.dataset, partly.distributions) == ("PARTLY", ("5",))


def test_a_dataset_that_idc_has_whole_brings_nothing_more(registry: Registry) -> None:
    assert holdings_of(registry, HELD, "held") == []
    assert holdings_of(registry, HELD, "held", "HELD") == []


def test_a_dataset_that_the_row_names_counts_beside_the_one_that_the_patient_is_of(registry: Registry) -> None:
    held, own = holdings_of(registry, SLIDES, "tcga_gbm", "HELD")
    assert (held.dataset, held.distributions) == ("HELD", ("3",))
    assert (own.dataset, own.distributions) == ("TCGA-GBM", ("1",))


def test_a_copy_from_idc_is_what_its_index_has(registry: Registry) -> None:
    assert holdings_of(registry, SLIDES, "tcga_gbm", obtained_from="idc") == []
    assert holdings_of(registry, SLIDES, "tcga_gbm", origin=Origin(Route.IDC, "it says so")) == []
    assert holdings_of(registry, SLIDES, "tcga_gbm", obtained_from="tcia", origin=Origin(Route.IDC, "it says so"))


def test_rows_that_show_nothing_of_idc_may_be_of_files_from_elsewhere(registry: Registry) -> None:
    shown = Origin(Route.IDC, "it says so")
    assert holdings_of(registry, SLIDES, "tcga_gbm", origin=shown, origin_unsure=True)
    assert holdings_of(registry, SLIDES, "tcga_gbm", obtained_from="idc", origin=shown, origin_unsure=True) == []


def test_series_are_what_the_index_says(registry: Registry) -> None:
    for doi, collection in ((SLIDES, "tcga_gbm"), (PARTLY, "partly")):
        assert holdings_of(registry, doi, collection, kind=EntryKind.SERIES) == []


def test_a_study_may_have_more_series_of_its_own_dataset_than_the_index_has(registry: Registry) -> None:
    assert holdings_of(registry, SLIDES, "tcga_gbm", kind=EntryKind.STUDY) == []
    assert holdings_of(registry, HELD, "held", kind=EntryKind.STUDY) == []
    (partly,) = holdings_of(registry, PARTLY, "partly", kind=EntryKind.STUDY)
    assert (partly.dataset, partly.distributions, partly.on_word_of) == ("PARTLY", ("5",), WordOf.STUDIES)
    assert holdings_of(registry, PARTLY, "partly", kind=EntryKind.STUDY, obtained_from="idc") == []


def test_parts_that_the_user_names_are_those(registry: Registry) -> None:
    assert holdings_of(registry, PARTLY, "partly", distributions=("4",)) == []
    assert len(holdings_of(registry, PARTLY, "partly", distributions=("5",))) == 1


def test_each_patient_is_told_with_the_dataset_that_the_index_does_not_have(registry: Registry) -> None:
    group = SeriesGroup(frozenset({Place(0, EntryKind.PATIENT)}), SLIDES, "CC BY 4.0", 1, 1.0, "tcga_gbm")
    assert parts_beyond([group], Beside(), registry) == {"TCGA-GBM": ("1",)}
    held = group._replace(doi=HELD, collection="held")
    assert parts_beyond([held], Beside(), registry) == {}
    assert parts_beyond([], Beside(("HELD",)), registry) == {"HELD": ("3",)}


def test_a_dataset_that_the_name_of_the_file_names_is_used(registry: Registry) -> None:
    selected = Selected(DataItem(manifest="x.csv"), label="x.csv", named_in_filename=("TCGA-GBM",))
    group = SeriesGroup(frozenset({Place(0, EntryKind.PATIENT, 0)}), SLIDES, "CC BY 4.0", 1, 1.0, "tcga_gbm")
    (gbm,) = holdings_of_patients(selected, 0, LookedUp((group,)), registry)
    assert not gbm.holding.may_be_unused
