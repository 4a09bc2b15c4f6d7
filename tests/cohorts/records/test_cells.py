"""What one cell lists."""

import pytest

from tcia_policy.cohorts.records.cells import AS_NUMBER, is_empty, is_patient_id, names_in, read_cell
from tcia_policy.cohorts.records.roles import Role
from tests.cohorts.records.made_up import DOI, P1, P2, S1, S2, T1, U1, U2


@pytest.mark.parametrize("cell", ["", " ", "NA", "N/A", "nan", "NaN", "None", "NULL", "-", ".", "?", "#N/A", "[]"])
def test_some_words_say_that_there_is_nothing(cell: str) -> None:
    assert is_empty(cell)


@pytest.mark.parametrize("cell", ["0", "unknown", "1.2", S1])
def test_others_do_not(cell: str) -> None:
    assert not is_empty(cell)


@pytest.mark.parametrize(
    "cell",
    [
        *(f"{S1};{S2}", f"{S1}, {S2}", f"{S1}|{S2}", f"{S1} {S2}", f"{S1}\n{S2}", f"['{S1}', '{S2}']"),
        *(f'["{S1}", "{S2}"]', f"({S1}; {S2})", f"{{{S1},{S2}}}", f"{S1};;{S2};", f'="{S1}",{S2}'),
    ],
)
def test_a_cell_may_have_several_uids(cell: str) -> None:
    read = read_cell(Role.SERIES, cell)
    assert [found.entry for found in read.entries] == [S1, S2]
    assert not read.rest


@pytest.mark.parametrize(
    "cell", ["1.5", "12", "1.2.x", "1.36E+55", "x", "2.0;3.5", "1..2.3", 'SOPClassUID = "1.2.840.10008.1.2"']
)
def test_what_is_no_uid_is_not_understood(cell: str) -> None:
    assert read_cell(Role.SERIES, cell) == ((), True)


def test_more_in_a_cell_than_uids_is_told() -> None:
    read = read_cell(Role.SERIES, f"{S1} and 1.5")
    assert [found.entry for found in read.entries] == [S1]
    assert read.rest


def test_the_name_of_a_file_has_the_series() -> None:
    assert [found.entry for found in read_cell(Role.SERIES, f"{S1}.nii.gz").entries] == [S1]
    assert [found.entry for found in read_cell(Role.PATH, f"/data/subset0/{S1}.mhd").entries] == [S1]


def test_drs_uris_name_uuids() -> None:
    cell = f"drs://nci-crdc.datacommons.io/dg.4DFC/{U1.upper()}; drs://dg.4DFC:{U2}"
    assert [found.entry for found in read_cell(Role.DRS, cell).entries] == [U1, U2]


@pytest.mark.parametrize("text", [P1, P2, "ProstateX-0000", "MCT_01", "PANLMU", "MIP-PROSTATE-01-0001", "111_HM10395"])
def test_ids_of_archives_are_ids_of_patients(text: str) -> None:
    assert is_patient_id(text)


@pytest.mark.parametrize(
    "text", ["1", "0001", "100012", "P001", "C001", "R_004", "p 12", "3.5", "CT", U1, T1, "Age at Operation"]
)
def test_what_anybody_calls_a_patient_is_none(text: str) -> None:
    assert not is_patient_id(text)


def test_names_are_not_numbers_and_a_doi_looks_like_one() -> None:
    assert names_in(Role.DATASET, "10") == ()
    assert names_in(Role.DATASET, "LIDC-IDRI; NLST") == ("LIDC-IDRI", "NLST")
    assert names_in(Role.DOI, P1) == ()
    assert names_in(Role.DOI, f"https://doi.org/{DOI}") == (f"https://doi.org/{DOI}",)


@pytest.mark.parametrize("text", ["1.36E+55", "1,36E+55", "1.3e55", "136000000000000000000000"])
def test_a_uid_that_was_taken_for_a_number_is_known(text: str) -> None:
    assert AS_NUMBER.fullmatch(text)


def test_a_uid_may_stand_for_a_patient() -> None:
    read = read_cell(Role.PATIENT, S1)
    assert [(found.kind.value, found.entry) for found in read.entries] == [("UID", S1)]
    assert not read.rest
