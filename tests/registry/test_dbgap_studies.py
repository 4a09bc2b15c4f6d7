"""Which agreements are for which data: what the file says, and what loading refuses."""

from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.files.shipped import shipped
from tcia_policy.model import Route
from tcia_policy.registry import Registry
from tcia_policy.registry.dbgap_studies import FILE, DataInQuestion, load_dbgap_studies

IMAGING, BIOBANK, CPTAC_3, CPTAC_2, TCGA = "phs004225", "phs002192", "phs001287", "phs000892", "phs000178"


def of(dataset: str, route: Route = Route.TCIA, *, elsewhere: bool = False) -> DataInQuestion:
    return DataInQuestion(dataset, dataset, Registry.load().get(dataset).program, elsewhere, route)


def outside(name: str, route: Route = Route.GDC) -> DataInQuestion:
    return DataInQuestion(name, None, None, elsewhere=False, route=route)


@pytest.mark.parametrize(
    ("data", "accessions"),
    [
        (of("HNSCC"), [IMAGING]),
        (of("TCGA-GBM", Route.GENERAL_COMMONS), [IMAGING]),
        (of("CPTAC-GBM"), [IMAGING]),
        (of("CMB-MEL"), [BIOBANK]),
        (of("ACNS0332"), [None]),
        (of("CPTAC-PDA", Route.GDC, elsewhere=True), [CPTAC_3]),
        (of("CPTAC-OV", Route.DBGAP, elsewhere=True), [CPTAC_2]),
        (of("CPTAC-UCEC", Route.GDC, elsewhere=True), []),
        (of("CPTAC-PDA", Route.PDC, elsewhere=True), []),
        (of("TCGA-LUAD", Route.GDC, elsewhere=True), [TCGA]),
        (outside("TCGA-GBM genomics"), []),
    ],
)
def test_a_study_covers_its_own_data_by_its_own_route(data: DataInQuestion, accessions: list[str | None]) -> None:
    assert [study.accession for study in load_dbgap_studies().covering(data)] == accessions


@pytest.mark.parametrize(
    ("accession", "data", "unnamed", "named"),
    [
        (IMAGING, of("HNSCC"), True, True),
        (BIOBANK, of("HNSCC"), False, False),
        (None, of("HNSCC"), False, False),
        (None, of("ACNS0332"), False, True),
        (IMAGING, of("ACNS0332"), False, False),
        (TCGA, of("ACNS0332"), False, False),
        ("phs009999", of("ACNS0332"), False, True),
        (CPTAC_3, of("CPTAC-UCEC", Route.GDC, elsewhere=True), False, True),
        (CPTAC_2, of("CPTAC-UCEC", Route.GDC, elsewhere=True), False, False),
        (CPTAC_2, of("CPTAC-LUAD", Route.GDC, elsewhere=True), False, True),
        (IMAGING, of("CPTAC-PDA", Route.GDC, elsewhere=True), False, False),
        (TCGA, outside("TCGA-GBM genomics"), False, True),
        (CPTAC_3, outside("TCGA-GBM genomics"), False, False),
        (IMAGING, outside("TCGA-GBM genomics"), False, False),
        (TCGA, outside("Our genomes"), False, True),
        (None, outside("Our genomes"), False, True),
    ],
)
def test_a_request_counts_for_the_data_of_its_own_study(
    accession: str | None, data: DataInQuestion, unnamed: bool, named: bool
) -> None:
    studies = load_dbgap_studies()
    assert studies.accepts(accession, data, named=False) is unnamed
    assert studies.accepts(accession, data, named=True) is named


def test_an_agreement_of_another_kind_counts_for_its_own_datasets_or_for_the_one_that_it_names() -> None:
    studies = load_dbgap_studies()
    assert studies.is_for("nctn-data-archive", of("ACNS0332"), named=False)
    assert not studies.is_for("nctn-data-archive", of("ISPY2"), named=False)
    assert studies.is_for("nctn-data-archive", of("ISPY2"), named=True)
    assert studies.is_for("cptac-data-use", of("CPTAC-LUAD", Route.PDC, elsewhere=True), named=False)
    assert not studies.is_for("cptac-data-use", of("LIDC-IDRI"), named=False)
    assert not studies.is_for("tcia-restricted-license", of("ACNS0332"), named=False)


def test_every_dataset_that_is_named_is_in_the_registry_and_every_study_says_where_it_was_read() -> None:
    content = load_dbgap_studies()
    named = {name for group in content.groups for name in group.datasets}
    for study in content.studies:
        assert study.reference.url, study.data
        for covers in (study.covers, study.may_cover):
            named |= set() if covers is None else {*covers.datasets, *covers.no_datasets}
    registry = Registry.load()
    assert [name for name in sorted(named) if not registry.knows(name)] == []


def test_a_group_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    text = (shipped("rules") / "reference" / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(text.replace("no_groups: [nctn-trials]", "no_groups: [nctn]", 1), encoding="utf-8")
    with pytest.raises(InputError, match="there is no group 'nctn'"):
        load_dbgap_studies(tmp_path)
