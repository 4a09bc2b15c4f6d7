"""What rows say beside their entries."""

from pathlib import Path

import pytest

from tcia_policy.cohorts import resolve
from tcia_policy.cohorts.cohort import Beside, EntryKind
from tcia_policy.cohorts.index.answers import LookedUp, Place, SeriesGroup
from tcia_policy.cohorts.items import Selected
from tcia_policy.cohorts.rows_say import datasets_named, narrowed, rows_say
from tcia_policy.model import DataItem, Holding, Route, WordOf
from tcia_policy.registry import Registry
from tcia_policy.registry.licenses import UNRECOGNIZED
from tests.cohorts import idc
from tests.cohorts.conftest import Write

NOWHERE = "2.25.1"
UUID, UNKNOWN_UUID = "0e79c5f9-c846-4fc5-ae45-62a5bafbb713", "11111111-2222-3333-4444-555555555555"


def holdings_of(registry: Registry, path: Path) -> tuple[Holding, ...]:
    return resolve([DataItem(manifest=str(path))], Path(), registry).holdings


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        ((idc.NODULES, "LIDC-IDRI"), ("DICOM-LIDC-IDRI-Nodules",)),
        (("10.1038/s41597-1", "lidc_idri"), ("LIDC-IDRI",)),
        ((f"https://doi.org/{idc.LIDC.upper()}",), ("LIDC-IDRI",)),
        (("nothing of the kind",), ()),
        ((), ()),
    ],
)
def test_the_most_exact_name_that_is_known_counts(
    registry: Registry, names: tuple[str, ...], ids: tuple[str, ...]
) -> None:
    assert datasets_named(Beside(names), registry) == ids


def test_a_series_that_no_index_has_counts_as_the_dataset_of_its_row(registry: Registry, write: Write) -> None:
    path = write("x.csv", f"SeriesInstanceUID,Collection\n{NOWHERE},NLST\n2.25.2,CMB-AML\n")
    aml, nlst = sorted(holdings_of(registry, path), key=lambda holding: holding.id)
    assert (nlst.dataset, nlst.series, nlst.on_word_of) == ("NLST", 1, WordOf.ROWS)
    assert (aml.dataset, aml.series, aml.on_word_of) == ("CMB-AML", 1, WordOf.ROWS)
    assert "52" in aml.distributions  # it may be of the part that is restricted


def test_a_row_does_not_change_of_what_dataset_a_series_is(registry: Registry, write: Write) -> None:
    path = write("x.csv", f"SeriesInstanceUID,Collection\n{idc.uids_of(idc.LIDC, 1)[0]},NLST\n")
    (holding,) = holdings_of(registry, path)
    assert (holding.dataset, holding.on_word_of) == ("LIDC-IDRI", None)


PATIENT = EntryKind.PATIENT


def group(doi: str, collection: str, *places: Place, series: int = 1) -> SeriesGroup:
    return SeriesGroup(frozenset(places), doi, "CC BY 3.0", series, 1.0, collection)


def selected_with(*beside: Beside) -> Selected:
    return Selected(DataItem(manifest="x.csv"), label="x.csv", beside=(Beside(), *beside))


def test_a_patient_with_a_dataset_means_what_the_patient_has_there(registry: Registry) -> None:
    place = Place(0, PATIENT, 1)
    lidc, nodules = group(idc.LIDC, "lidc_idri", place, series=3), group(idc.NODULES, "lidc_idri", place)
    unlisted = group("10.5281/zenodo.1", "lidc_idri", place)
    narrow = narrowed(LookedUp((lidc, nodules, unlisted)), [selected_with(Beside(("LIDC-IDRI",)))], registry)
    assert narrow.groups == (lidc,)


def test_a_patient_without_a_dataset_means_all_of_it(registry: Registry) -> None:
    place = Place(0, PATIENT)
    looked_up = LookedUp((group(idc.LIDC, "lidc_idri", place), group(idc.NODULES, "lidc_idri", place)))
    assert narrowed(looked_up, [selected_with()], registry) == looked_up


def test_where_a_patient_has_nothing_in_the_dataset_all_of_it_counts(registry: Registry) -> None:
    place = Place(0, PATIENT, 1)
    looked_up = LookedUp((group(idc.LIDC, "lidc_idri", place), group(idc.NODULES, "lidc_idri", place)))
    assert narrowed(looked_up, [selected_with(Beside(("NLST",)))], registry) == looked_up


def test_one_wrong_row_among_right_ones_is_not_dropped(registry: Registry) -> None:
    place = Place(0, PATIENT, 1)
    lidc, other = group(idc.LIDC, "lidc_idri", place), group(idc.CPTAC_SAR, "cptac_sar", place)
    narrow = narrowed(LookedUp((lidc, other)), [selected_with(Beside(("LIDC-IDRI",)))], registry)
    assert narrow.groups == (lidc, other)


def test_only_the_place_of_the_patient_is_narrowed(registry: Registry) -> None:
    patient, series = Place(0, PATIENT, 1), Place(0, EntryKind.SERIES)
    lidc, nodules = group(idc.LIDC, "lidc_idri", patient), group(idc.NODULES, "lidc_idri", patient, series)
    narrow = narrowed(LookedUp((lidc, nodules)), [selected_with(Beside(("LIDC-IDRI",)))], registry)
    assert narrow.groups == (lidc, nodules._replace(places=frozenset({series})))


def test_patients_of_a_table_are_all_their_series(registry: Registry, write: Write) -> None:
    first, second = idc.patients_of(idc.LIDC, 2)
    path = write("x.csv", f"PatientID,Collection\n{first},LIDC-IDRI\n{second},LIDC-IDRI\n")
    found, more = holdings_of(registry, path)  # IDC is not known to have all parts of it
    assert (found.dataset, found.whole_patients, found.on_word_of) == ("LIDC-IDRI", 2, None)
    assert (more.dataset, more.on_word_of) == ("LIDC-IDRI", WordOf.PATIENTS)
    everything = holdings_of(registry, write("y.csv", f"PatientID\n{first}\n{second}\n"))
    assert len(everything) > 1
    assert everything[0].dataset in ("LIDC-IDRI", "DICOM-LIDC-IDRI-Nodules")


def test_licenses_in_rows_are_claims(registry: Registry) -> None:
    selected = selected_with(Beside((), "Creative Commons Attribution 3.0 Unported License"), Beside((), "as is"))
    places = [Place(0, EntryKind.SERIES, number) for number in (0, 1, 2)]
    claims = rows_say(selected, places, registry, "LIDC-IDRI").claims
    assert [claim.license for claim in claims] == ["CC-BY-3.0", UNRECOGNIZED]
    assert claims[1].source == "x.csv, whose rows say 'as is'"


def test_a_second_column_of_the_license_counts_where_it_is_known_as_another(registry: Registry) -> None:
    address = "https://creativecommons.org/licenses/{}/3.0/"
    others = ("Creative Commons Attribution 3.0 Unported License", address.format("by"), "see the page")
    same = Beside((), "CC BY 3.0", others)
    another = Beside((), "CC BY 3.0", (address.format("by-nc"),))
    for row, licenses in ((same, ["CC-BY-3.0"]), (another, ["CC-BY-3.0", "CC-BY-NC-3.0"])):
        claims = rows_say(selected_with(row), [Place(0, EntryKind.SERIES, 1)], registry, "LIDC-IDRI").claims
        assert [claim.license for claim in claims] == licenses


def test_rows_that_name_another_dataset_are_told(registry: Registry) -> None:
    selected = selected_with(Beside(("NLST",)), Beside(("LIDC-IDRI",)), Beside(("DICOM-LIDC-IDRI-Nodules",)))
    places = [Place(0, EntryKind.SERIES, number) for number in (1, 2, 3)]
    assert rows_say(selected, places, registry, "LIDC-IDRI").names == ("NLST",)


def test_what_shows_the_place_is_told_of_each_data_item_that_is_from_there(registry: Registry, write: Write) -> None:
    path = write("x.csv", f"file_name,drs_uri\na,drs://dg.4DFC:{UUID}\nb,drs://dg.4DFC:{UNKNOWN_UUID}\n")
    holdings = holdings_of(registry, path)
    assert {holding.obtained_from for holding in holdings} == {Route.GENERAL_COMMONS}
    assert [holding.shown_by is not None for holding in holdings] == [True, True]
    (stated, _unknown) = resolve([DataItem(manifest=str(path), obtained_from=Route.IDC)], Path(), registry).holdings
    assert stated.shown_by is None


def test_what_only_idc_has_is_not_shown_to_be_from_elsewhere(registry: Registry, write: Write) -> None:
    (uid,) = idc.uids_of(idc.GTEX, 1)
    path = write("x.csv", f"SeriesInstanceUID,drs_uri\n{uid},\n,drs://dg.4DFC:{UUID}\n")
    found = holdings_of(registry, path)
    places = {holding.dataset: (holding.obtained_from, bool(holding.shown_by)) for holding in found}
    assert places == {"idc-gtex": (Route.IDC, False), "LIDC-IDRI": (Route.GENERAL_COMMONS, True)}
