"""Manifests of TCIA's and of IDC's."""

import pytest

from tcia_policy.cohorts import Line, read_cohort
from tcia_policy.errors import InputError
from tests.cohorts.conftest import Write, manifest_of

UIDS = ["1.3.6.1.4.1.14519.5.2.1.1", "1.3.6.1.4.1.14519.5.2.1.2", "2.25.329800735698586629295641978511506172918"]
UUIDS = [
    "28621ba9-1aca-4aab-a2a1-f6d2c3e2ab19",
    "f0b76401-c6d1-4b61-a5fd-3fa596e6cc41",
    "4ea3bbe6-98da-4b92-abe6-2ee18927e3c9",
]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_tcia_manifest_reads_with_any_line_ending(write: Write, end: str) -> None:
    cohort = read_cohort(write("m", manifest_of(UIDS, end)))
    assert cohort.format_name == "TCIA manifest"
    assert cohort.series == tuple(UIDS)
    assert not cohort.unread.count


def test_a_manifest_with_mixed_line_endings_reads_all_its_series(write: Write) -> None:
    text = manifest_of([], "\n") + "\r\n".join(UIDS)
    assert read_cohort(write("m.tcia", text)).series == tuple(UIDS)


def test_the_header_may_have_any_keys_in_any_case(write: Write) -> None:
    text = "SomethingNew=1\nlistofseriestodownload=\n" + "\n".join(UIDS)
    assert read_cohort(write("m", text)).series == tuple(UIDS)


def test_a_series_may_follow_the_header_on_its_line(write: Write) -> None:
    assert read_cohort(write("m", f"ListOfSeriesToDownload={UIDS[0]}\n{UIDS[1]}")).series == tuple(UIDS[:2])


def test_blank_lines_comments_and_duplicates_do_not_count(write: Write) -> None:
    cohort = read_cohort(write("m", manifest_of([UIDS[0], "", "# a remark", "  ", f" {UIDS[1]} ", UIDS[0]])))
    assert cohort.series == tuple(UIDS[:2])
    assert not cohort.unread.count


def test_a_heading_may_stand_above_the_series(write: Write) -> None:
    for text in (manifest_of(["Series ID", *UIDS[:2]]), "\n".join(["SeriesInstanceUIDs:", *UIDS[:2]])):
        cohort = read_cohort(write("m", text))
        assert [uid for entries in cohort.listed.values() for uid in entries] == UIDS[:2]
        assert not cohort.unread.count
        assert not cohort.names


def test_two_manifests_in_one_file_are_read_as_one(write: Write) -> None:
    cohort = read_cohort(write("m", manifest_of(UIDS[:2]) + manifest_of(UIDS[1:])))
    assert cohort.series == tuple(UIDS)
    assert not cohort.unread.count


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks_are_no_obstacle(write: Write, encoding: str) -> None:
    assert read_cohort(write("m", manifest_of(UIDS).encode(encoding))).series == tuple(UIDS)


def test_lines_that_are_no_uid_are_kept_by_number(write: Write) -> None:
    wrong = ["1.2.x", "LIDC-IDRI", "1." + "2" * 64, "1..2", "12"]
    cohort = read_cohort(write("m", manifest_of([UIDS[0], *wrong])))
    assert cohort.series == (UIDS[0],)
    assert cohort.unread.count == 5
    assert cohort.unread.examples == (Line(8, "1.2.x"), Line(9, "LIDC-IDRI"), Line(10, wrong[2]))
    assert str(cohort.unread.examples[0]) == "line 8: 1.2.x"


def test_components_with_leading_zeros_are_accepted(write: Write) -> None:
    assert read_cohort(write("m", manifest_of(["1.02.003"]))).series == ("1.02.003",)


def test_a_manifest_without_series_is_an_error(write: Write) -> None:
    with pytest.raises(InputError, match="is a TCIA manifest that lists no series"):
        read_cohort(write("m", manifest_of([])))
    with pytest.raises(InputError, match=r"nothing in it is a series .*\(line 7: nonsense\)"):
        read_cohort(write("m", manifest_of(["nonsense"])))


def test_a_manifest_cut_off_in_its_header_is_an_error(write: Write) -> None:
    with pytest.raises(InputError, match="without a list of series"):
        read_cohort(write("m", "downloadServerUrl=https://x\nmanifestVersion=3.0\n1.2.3\n"))


@pytest.mark.parametrize(
    "line",
    [
        "cp s3://idc-open-data/{}/* .",
        "cp --show-progress s3://idc-open-data-two/{}/* ./patient/study/series",
        "s5cmd --no-sign-request --endpoint-url https://s3.amazonaws.com cp 's3://idc-open-data/{}/*' .",
        'cp "s3://idc-open-data-cr/{}/*" "./a folder"',
        "sync --endpoint-url https://storage.googleapis.com s3://public-datasets-idc/{}/* /data/",
        "cp gs://public-datasets-idc/{}/* .",
        "s3://idc-open-data/{}/",
        "s3://idc-open-data/{}",
        "  gs://idc-open-idc1/{}/*  ",
        "https://storage.googleapis.com/idc-open-data/{}/",
    ],
)
def test_an_s5cmd_manifest_reads_whatever_its_commands_and_flags(write: Write, line: str) -> None:
    cohort = read_cohort(write("m", "# s5cmd run m\n" + "\n".join(line.format(uuid) for uuid in UUIDS)))
    assert cohort.format_name == "s5cmd manifest"
    assert cohort.uuids == tuple(UUIDS)
    assert cohort.from_idc
    assert not cohort.unread.count


def test_a_stray_line_in_an_s5cmd_manifest_is_kept_by_number(write: Write) -> None:
    lines = ["# To download,", "# run", "study_manifest_cp_command", *(f"cp s3://idc-open-data/{u}/* ." for u in UUIDS)]
    cohort = read_cohort(write("m.s5cmd", "\r\n".join(lines)))
    assert cohort.uuids == tuple(UUIDS)
    assert cohort.unread.count == 1
    assert cohort.unread.examples == (Line(3, "study_manifest_cp_command"),)


def test_a_single_instance_is_no_series(write: Write) -> None:
    cohort = read_cohort(write("m", f"cp s3://idc-open-data/{UUIDS[0]}/* .\ncp s3://idc-open-data/{UUIDS[1]}.dcm ."))
    assert cohort.uuids == (UUIDS[0],)
    assert cohort.unread.count == 1


def test_values_with_a_uid_are_read_or_reported_wherever_they_stand(write: Write) -> None:
    long = UIDS[2]
    cohort = read_cohort(write("m", f"first={long}\n{manifest_of([f'x={UIDS[0]}', f'{UIDS[1]}, 1.2.3', 'y=1.2.x'])}"))
    assert cohort.series == (long, *UIDS[:2], "1.2.3")
    assert cohort.unread.examples == (Line(10, "y=1.2.x"),)


@pytest.mark.parametrize(
    "text",
    [
        "cp s3://idc-open-data/{0}/* s3://idc-open-data/{1}/* .\nmv gs://public-datasets-idc/{2}/* .\n",
        "gsutil -m cp -r \\\n  gs://public-datasets-idc/{0} \\\n  gs://idc-open-cr/{1} gs://idc-open-idc1/{2} .\n",
        "https://idc-open-data.s3.amazonaws.com/{0}/a.dcm\n  out=a.dcm\n  dir=x\ns3://idc-open-data/{1}/\n{2}\n",
    ],
)
def test_every_address_of_a_script_counts(write: Write, text: str) -> None:
    cohort = read_cohort(write("m", text.format(*UUIDS)))
    assert cohort.uuids == tuple(UUIDS)
    assert cohort.from_idc
    assert not cohort.unread.count
