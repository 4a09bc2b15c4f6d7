"""Items of a project, resolved to holdings."""

import importlib.metadata
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcia_policy.cohorts import items, read_cohort, resolve
from tcia_policy.cohorts.index import installed
from tcia_policy.errors import InputError
from tcia_policy.files import progress
from tcia_policy.model import DataItem, Holding, HoldingKind, OtherData, Route
from tcia_policy.registry import Registry
from tests.cohorts import idc
from tests.cohorts.conftest import Write, manifest_of

NOWHERE = ["2.25.1", "2.25.2", "2.25.3", "2.25.4"]  # no series of IDC's
NO_UUID = "00000000-0000-4000-8000-000000000000"


def holdings_of(registry: Registry, *items: DataItem, base: Path = Path()) -> tuple[Holding, ...]:
    return resolve(items, base, registry).holdings


def test_a_named_dataset_may_be_any_of_its_parts(registry: Registry) -> None:
    resolution = resolve([DataItem(collection="lidc idri", version="4")], Path(), registry)
    (holding,) = resolution.holdings
    assert holding == Holding(
        id="LIDC-IDRI@v4",
        kind=HoldingKind.DATASET,
        name="LIDC-IDRI",
        dataset="LIDC-IDRI",
        distributions=("41", "42", "43"),
        distributions_stated=False,
        doi=idc.LIDC,
        version="4",
        obtained_from=Route.TCIA,
        items=("lidc idri",),
    )
    assert resolution.idc_index_data is None


def test_a_dataset_that_only_idc_has_comes_from_idc(registry: Registry) -> None:
    (holding,) = holdings_of(registry, DataItem(doi=f"https://doi.org/{idc.GTEX}"))
    assert (holding.id, holding.obtained_from) == ("idc-gtex", Route.IDC)


def test_a_manifest_is_counted_dataset_by_dataset_the_largest_first(registry: Registry, write: Write) -> None:
    uids = [*idc.uids_of(idc.CPTAC_SAR, 2), *idc.uids_of(idc.CPTAC_PDA, 5)]
    path = write("TCIA-CPTAC-SAR_v9_20230224.tcia", manifest_of(uids))
    resolution = resolve([DataItem(manifest=path.name, obtained_on=date(2024, 3, 1))], path.parent, registry)
    pda, sar = resolution.holdings
    assert (pda.id, pda.series, pda.named_otherwise) == ("CPTAC-PDA", 5, "CPTAC-SAR")
    assert (sar.id, sar.series, sar.named_otherwise) == ("CPTAC-SAR", 2, None)
    assert pda.size_mb == pytest.approx(sum(series.size_mb for series in idc.series_of(idc.CPTAC_PDA, 5)))
    assert pda.claimed_licenses == ("CC-BY-4.0",)
    assert (pda.distributions, pda.distributions_stated) == (("1",), True)
    assert (pda.obtained_from, pda.obtained_on) == (Route.TCIA, date(2024, 3, 1))
    assert pda.items == (path.name,)
    assert resolution.idc_index_data == importlib.metadata.version("idc-index-data")


def test_series_of_idc_are_of_its_public_dicom_parts(registry: Registry) -> None:
    (holding,) = holdings_of(registry, DataItem(series=idc.uids_of(idc.CMB_AML, 1)[0]))
    assert (holding.dataset, holding.distributions, holding.series) == ("CMB-AML", ("51",), 1)


def test_series_that_the_index_does_not_have_are_one_holding(registry: Registry, write: Write) -> None:
    path = write("m.tcia", manifest_of([*NOWHERE, NOWHERE[0], *idc.uids_of(idc.LIDC, 1)]))
    found, missing = holdings_of(registry, DataItem(manifest=str(path)))
    assert found.series == 1
    assert missing.kind is HoldingKind.NOT_IN_IDC_INDEX
    assert missing.name == "4 series that IDC's index does not have"
    assert (missing.series, missing.examples) == (4, ("2.25.1", "2.25.2", "2.25.3"))


def test_a_source_that_the_registry_does_not_know_is_named_by_its_doi(registry: Registry) -> None:
    known = {entry.doi for entry in registry.entries}
    doi = next(doi for doi in idc.all_sources() if doi.lower() not in known)
    (holding,) = holdings_of(registry, DataItem(series=idc.uids_of(doi, 1)[0]))
    assert (holding.id, holding.kind) == (doi, HoldingKind.UNLISTED_SOURCE)
    assert (holding.doi, holding.dataset, holding.series) == (doi, None, 1)
    assert holding.claimed_licenses


def test_every_source_of_the_index_is_in_the_shipped_registry() -> None:
    shipped = Registry.load()
    assert [doi for doi in idc.all_sources() if shipped.by_doi(doi) is None] == []


def test_an_s5cmd_manifest_is_of_idc_and_keeps_its_stray_line(registry: Registry, write: Write) -> None:
    urls = [f"cp {series.url} ." for series in idc.series_of(idc.LIDC, 3)]
    path = write("study.s5cmd", "\n".join(["# run", "study_manifest_cp_command", *urls, urls[0]]))
    found, unread = holdings_of(registry, DataItem(manifest=path.name), base=path.parent)
    assert (found.id, found.series, found.obtained_from) == ("LIDC-IDRI@idc", 3, Route.IDC)
    assert unread.kind is HoldingKind.NOT_UNDERSTOOD
    assert unread.name == "1 entry of study.s5cmd not understood"
    assert unread.examples == ("line 2: study_manifest_cp_command",)


def test_an_earlier_version_of_a_series_is_the_series(registry: Registry, write: Write) -> None:
    uuid, uid = idc.revised_series()
    path = write("m.s5cmd", f"cp s3://idc-open-data/{uuid}/* .\ncp s3://idc-open-data/{uuid.upper()}/* .\n{uid}\n")
    (holding,) = holdings_of(registry, DataItem(manifest=str(path)))
    assert (holding.doi, holding.series) == (idc.source_of(uid), 1)


def test_a_withdrawn_series_is_not_in_the_index_but_its_collection_is_known(registry: Registry, write: Write) -> None:
    uuid, uid, collection = idc.withdrawn_series()
    for listed, text in ((uuid, f"cp s3://idc-open-data/{uuid}/* .\n"), (uid, f"{uid}\n")):
        (holding,) = holdings_of(registry, DataItem(manifest=str(write("m", text))))
        assert holding.kind is HoldingKind.NOT_IN_IDC_INDEX
        assert holding.examples == (listed,)
        assert f"earlier versions of IDC had some of them in {collection}" in holding.name


def test_a_uuid_that_idc_never_had_is_an_example_as_it_is(registry: Registry, write: Write) -> None:
    path = write("m", f"cp s3://idc-open-data/{NO_UUID}/* .\n")
    (holding,) = holdings_of(registry, DataItem(manifest=str(path)))
    assert (holding.series, holding.examples) == (1, (NO_UUID,))


def test_items_that_select_alike_are_one_holding_with_each_series_once(registry: Registry, write: Write) -> None:
    uids = idc.uids_of(idc.LIDC, 5)
    first = write("a.tcia", manifest_of(uids[:3]))
    second = write("b.tcia", manifest_of(uids[2:]))
    (holding,) = holdings_of(
        registry, DataItem(manifest="a.tcia"), DataItem(manifest="b.tcia"), DataItem(series=uids[0]), base=first.parent
    )
    assert second.exists()
    assert holding.series == 5
    assert holding.size_mb == pytest.approx(sum(series.size_mb for series in idc.series_of(idc.LIDC, 5)))
    assert holding.items == ("a.tcia", "b.tcia", uids[0])


def test_items_that_differ_stay_apart_under_ids_of_their_own(registry: Registry) -> None:
    uid = idc.uids_of(idc.LIDC, 1)[0]
    holdings = holdings_of(
        registry,
        DataItem(series=uid, obtained_on=date(2024, 1, 1)),
        DataItem(series=uid, obtained_on=date(2024, 1, 2)),
        DataItem(dataset="LIDC-IDRI"),
        DataItem(dataset="lidc-idri"),
        DataItem(series=uid, obtained_from=Route.IDC),
    )
    assert [holding.id for holding in holdings] == [
        "LIDC-IDRI@2024-01-01",
        "LIDC-IDRI@2024-01-02",
        "LIDC-IDRI",
        "LIDC-IDRI@idc",
    ]
    assert holdings[2].items == ("LIDC-IDRI", "lidc-idri")


def test_a_list_of_names_and_series_gives_both_and_what_is_neither(registry: Registry, write: Write) -> None:
    uid = idc.uids_of(idc.CPTAC_SAR, 1)[0]
    path = write("list", f"lidc_idri\n{idc.CPTAC_PDA.upper()}\n{uid}\nLIDC\n10.9999/unknown\n")
    holdings = holdings_of(registry, DataItem(manifest=str(path)))
    assert [holding.id for holding in holdings] == ["LIDC-IDRI", "CPTAC-PDA", "CPTAC-SAR", "not-understood@list"]
    assert holdings[-1].examples == ("line 4: LIDC", "line 5: 10.9999/unknown")


def test_a_list_without_one_known_name_is_an_error(registry: Registry, write: Write) -> None:
    with pytest.raises(InputError, match=r"nothing in it is a series or the name of a dataset \(line 1: Dear all"):
        holdings_of(registry, DataItem(manifest=str(write("mail", "Dear all,\nplease find attached\n"))))


def test_data_from_elsewhere_are_taken_on_the_users_word(registry: Registry) -> None:
    other = OtherData(name="Hospital CT 2023", license="LicenseRef-internal", doi="10.9999/mine")
    (holding,) = holdings_of(registry, DataItem(other=other))
    assert (holding.id, holding.kind, holding.dataset) == ("Hospital CT 2023", HoldingKind.OTHER, None)
    assert (holding.license, holding.doi, holding.obtained_from) == ("LicenseRef-internal", "10.9999/mine", Route.OTHER)


def test_a_dataset_of_the_registry_cannot_be_declared_as_something_else(registry: Registry) -> None:
    with pytest.raises(InputError, match="this is 'LIDC-IDRI' of the registry\n  write `dataset: LIDC-IDRI`"):
        holdings_of(registry, DataItem(other=OtherData(name="lidc_idri", license="MIT")))


def test_a_doi_of_the_registry_on_other_data_is_kept_to_be_compared(registry: Registry) -> None:
    other = OtherData(name="My CT", license="MIT", doi=f"doi:{idc.LIDC.upper()}")
    (held,) = holdings_of(registry, DataItem(other=other))
    assert (held.registered_as, held.doi) == ("LIDC-IDRI", idc.LIDC)


@pytest.mark.parametrize(
    ("item", "message"),
    [
        (DataItem(collection="LIDC"), "data[1].collection: unknown dataset 'LIDC'\n  did you mean 'LIDC-IDRI'"),
        (DataItem(doi="10.9999/x"), "data[1].doi: unknown dataset '10.9999/x'"),
        (DataItem(series="1.2.x"), "data[1].series: '1.2.x' is not a series UID"),
        (DataItem(dataset="NLST", distributions=("sound",)), "data[1].distributions: NLST has no distribution 'sound'"),
        (DataItem(manifest="nowhere.tcia"), "base/nowhere.tcia: data[1].manifest: no such file"),
    ],
)
def test_errors_say_where_in_the_project_they_are(registry: Registry, item: DataItem, message: str) -> None:
    with pytest.raises(InputError) as raised:
        holdings_of(registry, DataItem(dataset="NLST"), item, base=Path("base"))
    assert str(raised.value).startswith(message)


def test_what_a_file_says_never_becomes_sql(registry: Registry, write: Write) -> None:
    evil = "1.2'); drop table listed; --"
    path = write(
        "a'); drop table listed; --.csv", f'SeriesInstanceUID,"x\'y"\n{idc.uids_of(idc.LIDC, 1)[0]},\n"{evil}",\n'
    )
    found, unread = holdings_of(registry, DataItem(manifest=str(path)))
    assert found.series == 1
    assert unread.examples == (f"line 3: {evil}",)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_order_duplicates_line_ends_and_comments_change_nothing(
    registry: Registry, tmp_path: Path, data: st.DataObject, end: str
) -> None:
    uids = [*idc.uids_of(idc.LIDC, 3), *idc.uids_of(idc.CPTAC_SAR, 2), *NOWHERE]
    path = tmp_path / "m.tcia"
    more = data.draw(st.lists(st.sampled_from([*uids, "", "# a remark", " "])))
    lines = data.draw(st.permutations([*uids, *more]))
    text = data.draw(st.sampled_from([manifest_of(lines, end), end.join(lines), end.join(["Series UID", *lines])]))
    path.write_text(text, encoding="utf-8", newline="")
    lidc, sar, missing = holdings_of(registry, DataItem(manifest="m.tcia"), base=tmp_path)
    assert (lidc.id, lidc.series, lidc.size_mb) == (
        "LIDC-IDRI",
        3,
        round(sum(series.size_mb for series in idc.series_of(idc.LIDC, 3)), 6),
    )
    assert (sar.id, sar.series) == ("CPTAC-SAR", 2)
    assert missing.name.startswith(("4 series that", "4 series or studies that"))
    assert missing.examples == ("2.25.1", "2.25.2", "2.25.3")


def test_lines_of_a_large_table_outside_of_the_project_are_not_shown(
    tmp_path: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tcia_policy.cohorts.items.read_cohort", lambda path, large=1: read_cohort(path, large))
    (tmp_path / "project").mkdir()
    table = tmp_path / "secret.csv"
    item = DataItem(manifest="../secret.csv")
    table.write_text("SeriesInstanceUID\n1.2.3\nsecret-1\n", encoding="utf-8")
    found = resolve([item], tmp_path / "project", registry, shown_within=tmp_path / "project").holdings
    assert len(found) == 2
    assert "secret-1" not in repr(found)
    table.write_text("SeriesInstanceUID\nsecret-1\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        resolve([item], tmp_path / "project", registry, shown_within=tmp_path / "project")
    assert "secret-1" not in str(caught.value)


def test_whoever_waits_for_a_large_table_without_bulk_is_told_of_it(
    write: Write, registry: Registry, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = write("x.csv", "SeriesInstanceUID\n" + f"{NOWHERE[0]}\n" * 2_000)
    monkeypatch.setattr(items, "read_cohort", partial(read_cohort, large=1))
    with monkeypatch.context() as terminal:
        terminal.setattr(installed, "has_duckdb", lambda: False)
        terminal.setattr(progress, "_allowed", [True])
        terminal.setattr(progress, "AFTER", 0.0)
        without = holdings_of(registry, DataItem(manifest=str(table)))
    shown = capsys.readouterr()
    assert "sooner with 'tcia-policy[bulk]' ..." in shown.err
    assert shown.out == ""
    assert without == holdings_of(registry, DataItem(manifest=str(table)))
