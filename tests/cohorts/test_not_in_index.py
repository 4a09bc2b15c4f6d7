"""Entries that no index has."""

from pathlib import Path

from tcia_policy.cohorts.cohort import Beside, EntryKind
from tcia_policy.cohorts.distributions import IDC_INDEX
from tcia_policy.cohorts.index.answers import LookedUp, Place, SeriesGroup, UnknownEntries
from tcia_policy.cohorts.items import Selected
from tcia_policy.cohorts.not_in_index import holdings_of_unknown
from tcia_policy.model import DataItem, Holding, HoldingKind, WordOf
from tcia_policy.registry import Registry
from tests.cohorts import idc
from tests.registry.small_registry import dataset, part, registry_of

SERIES = EntryKind.SERIES


def unknown(kind: EntryKind = SERIES, beside: int = 0, number: int = 2, cohort: int = 0) -> UnknownEntries:
    return UnknownEntries(Place(cohort, kind, beside), number, (f"{kind}-1", f"{kind}-2"))


def holdings_of(registry: Registry, selected: Selected, *entries: UnknownEntries, **more: object) -> list[Holding]:
    looked_up = LookedUp(unknown=entries, **more)  # type: ignore[arg-type]
    return [draft.holding for draft in holdings_of_unknown(selected, 0, looked_up, registry)]


def selected_of(*named: str, beside: tuple[Beside, ...] = ()) -> Selected:
    item = DataItem(manifest="x.csv")
    return Selected(item, label="x.csv", beside=(Beside(), *beside), named_in_filename=named)


def test_without_any_word_they_are_not_found(registry: Registry) -> None:
    (holding,) = holdings_of(registry, selected_of(), unknown())
    assert holding.kind is HoldingKind.NOT_IN_IDC_INDEX
    assert (holding.name, holding.series) == ("2 series that IDC's index does not have", 2)
    assert holding.examples == ("SeriesInstanceUID-1", "SeriesInstanceUID-2")


def test_each_kind_is_told_by_its_own_word(registry: Registry) -> None:
    kinds = (EntryKind.STUDY, EntryKind.PATIENT, EntryKind.UID)
    names = [holding.name for holding in holdings_of(registry, selected_of(), *map(unknown, kinds))]
    assert [name.split(" that")[0] for name in names] == ["2 studies", "2 patients", "2 series or studies"]


def test_ids_of_patients_that_begin_as_a_dataset_are_told_and_stay_unresolved(registry: Registry) -> None:
    entries = UnknownEntries(Place(0, EntryKind.PATIENT), 2, ("CPTAC-SAR-0001", "P2"))
    (holding,) = holdings_of(registry, selected_of(), entries)
    assert holding.kind is HoldingKind.NOT_IN_IDC_INDEX
    assert holding.name.endswith("(ids begin as CPTAC-SAR: if they are of it, name the dataset)")


def test_the_word_of_a_row_leaves_nothing_unresolved(registry: Registry) -> None:
    selected = selected_of(beside=(Beside(("CMB-AML",)), Beside(("NLST",))))
    holdings = holdings_of(registry, selected, unknown(beside=1), unknown(beside=2, number=1))
    assert [(each.dataset, each.series, each.on_word_of) for each in holdings] == [
        ("CMB-AML", 2, WordOf.ROWS),
        ("NLST", 1, WordOf.ROWS),
    ]
    assert not any(each.distributions_stated for each in holdings)


def test_rows_that_name_nothing_known_leave_it_so(registry: Registry) -> None:
    selected = selected_of(beside=(Beside(("CMB-AML",)), Beside(("my own",))))
    named, left = holdings_of(registry, selected, unknown(beside=1), unknown(beside=2, number=1))
    assert named.dataset == "CMB-AML"
    assert (left.kind, left.series) == (HoldingKind.NOT_IN_IDC_INDEX, 1)


def test_the_name_of_the_file_counts_where_rows_say_nothing(registry: Registry) -> None:
    named, *left = holdings_of(registry, selected_of("CPTAC-PDA-Tumor-Annotations"), unknown())
    assert (named.dataset, named.on_word_of) == ("CPTAC-PDA-Tumor-Annotations", WordOf.FILE_NAME)
    assert left == []


def test_where_idc_has_that_dataset_the_series_stay_unknown_too(tmp_path: Path) -> None:
    whole = part("1")
    claim = whole.claims[0].model_copy(update={"source": IDC_INDEX})
    held = dataset("HELD", "10.7937/held", [whole.model_copy(update={"claims": (claim,)})])
    named, left = holdings_of(registry_of(tmp_path, held), selected_of("HELD"), unknown())
    assert (named.dataset, named.on_word_of) == ("HELD", WordOf.FILE_NAME)
    assert (left.kind, left.series) == (HoldingKind.NOT_IN_IDC_INDEX, 2)


def test_the_name_of_the_file_does_not_count_beside_series_of_another_dataset(registry: Registry) -> None:
    found = SeriesGroup(frozenset({Place(0, SERIES)}), idc.LIDC, "CC BY 3.0", 1, 1.0, "lidc_idri")
    (left,) = holdings_of(registry, selected_of("NLST"), unknown(), groups=(found,))
    assert left.kind is HoldingKind.NOT_IN_IDC_INDEX


def test_beside_series_of_a_relative_it_counts(registry: Registry) -> None:
    found = SeriesGroup(frozenset({Place(0, SERIES)}), idc.NODULES, "CC BY 3.0", 1, 1.0, "lidc_idri")
    named = holdings_of(registry, selected_of("LIDC-IDRI"), unknown(), groups=(found,))
    assert named[0].dataset == "LIDC-IDRI"


def test_a_file_that_is_named_after_two_datasets_names_none(registry: Registry) -> None:
    (left,) = holdings_of(registry, selected_of("NLST", "LIDC-IDRI"), unknown())
    assert left.kind is HoldingKind.NOT_IN_IDC_INDEX


def test_entries_of_other_cohorts_are_theirs(registry: Registry) -> None:
    assert holdings_of(registry, selected_of(), unknown(cohort=1)) == []


def test_earlier_collections_are_told(registry: Registry) -> None:
    (holding,) = holdings_of(registry, selected_of(), unknown()._replace(collections=("acrin_6698",)))
    assert "earlier versions of IDC had some of them in acrin_6698" in holding.name


def test_rows_that_name_several_datasets_count_as_each_and_those_that_name_none_leave_it_so(registry: Registry) -> None:
    several = Beside(("NLST",), others=(Beside(("CMB-AML",)),))
    without = Beside(("NLST",), others=(Beside(("my own",)),))
    selected = selected_of(beside=(several, without))
    both = holdings_of(registry, selected, unknown(beside=1))
    assert [each.dataset for each in both] == ["NLST", "CMB-AML"]
    named, left = holdings_of(registry, selected, unknown(beside=2))
    assert (named.dataset, left.kind) == ("NLST", HoldingKind.NOT_IN_IDC_INDEX)
