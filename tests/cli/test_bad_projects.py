"""Project files that cannot be used: exit 2, one clear message with file and place, nothing on stdout."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tcia_policy.reports.json_report import read_json
from tests.cli.run import COMMAND, DAY, Project, is_one_clear_error, process, run
from tests.work import IN_PROPORTION, growth

USE = "use: {purpose: noncommercial, activities: [analyze]}\n"
DATA = "data: [{dataset: LIDC-IDRI}]\n"
GRANT = "permissions:\n  - {dataset: LIDC-IDRI, grants: commercial-use, from: X, on: 2024-01-01, evidence: e}\n"


@pytest.mark.parametrize(
    ("content", "place", "problem"),
    [
        ("data: [\n - x: {\n", ":2: ", "is not valid YAML"),
        ("data:\n\t- dataset: LIDC-IDRI\n", ":2: ", "is not valid YAML"),
        (DATA + "---\n" + DATA, ":2: ", "is not valid YAML"),
        (DATA + "datas: 1\n", ":2: datas: ", "unknown key"),
        (DATA + "use:\n  purpos: commercial\n", ":3: use.purpos: ", "unknown key"),
        ("data:\n  - dataset: LIDC-IDRI\n    obtained: 2024-01-01\n", ":3: data[0].obtained: ", "unknown key"),
        ("title: a\n" + DATA + "title: b\n", ":3: ", "the key 'title' is given twice"),
        ("data:\n  - dataset: LIDC-IDRI\n    dataset: NLST\n", ":3: data[0]: ", "the key 'dataset' is given twice"),
        ("data:\n  - dataset: LIDC-IDR\n", ":2: data[0].dataset: ", "did you mean 'LIDC-IDRI'"),
        (
            "data:\n  - {dataset: NLST}\n  - {collection: LIDC-IDR}\n",
            ":3: data[1].collection: ",
            "did you mean 'LIDC-IDRI'",
        ),
        ("data:\n  - doi: 10.1234/nope\n", ":2: data[0].doi: ", "unknown dataset '10.1234/nope'"),
        ("data:\n  - dataset: ''\n", ":2: data[0].dataset: ", "is empty"),
        ("data:\n  - {dataset: LIDC-IDRI, distributions: [imges]}\n", ":2: data[0].distributions: ", "'Images'"),
        ("data:\n  - {dataset: LIDC-IDRI, obtained_from: somewhere}\n", ":2: data[0].obtained_from: ", "cptac-portal"),
        ("data:\n  - {dataset: LIDC-IDRI, obtained_from: kagle}\n", ":2: data[0].obtained_from: ", "'Kaggle'"),
        ("data:\n  - {dataset: LIDC-IDRI, manifest: x.tcia}\n", ":2: data[0]: ", "has dataset and manifest"),
        ("data:\n  - {version: 1}\n", ":2: data[0]: ", "exactly one of dataset, "),
        ("data:\n  - other: {name: LIDC-IDRI}\n", ":2: data[0].other: ", "write `dataset: LIDC-IDRI`"),
        ("data:\n  - series: 1.2.abc.4\n", ":2: data[0].series: ", "digits and dots only"),
        (DATA + "use: {activities: [analyse]}\n", ":2: use.activities[0]: ", "'analyze'"),
        (DATA + "use: {activities: []}\n", ":2: use.activities: ", ""),
        (DATA + "use: {purpose: academic}\n", ":2: use.purpose: ", "'noncommercial'"),
        (DATA + "use:\n  purpose: !!null noncommercial\n", ":3: ", "the tag 'tag:yaml.org,2002:null' is not used here"),
        (DATA + "use: {country: Norway}\n", ":2: use.country: ", "'Norway'"),
        (DATA + "positions: {model-is-adaptation: maybe}\n", ":2: positions.model-is-adaptation: ", "'maybe'"),
        (USE, ":1: data: ", "missing"),
        (USE + "data: []\n", ":2: data: ", ""),
        (USE + "data:\n", ":2: data: ", ""),
        (USE + "data: LIDC-IDRI\n", ":2: data: ", "'LIDC-IDRI'"),
        (USE + "data: [LIDC-IDRI]\n", ":2: data[0]: ", "'LIDC-IDRI'"),
        (DATA + GRANT.replace("LIDC-IDRI", "LIDCIDRI2"), ":3: permissions[0].dataset: ", "did you mean 'LIDC-IDRI'"),
        (DATA + GRANT.replace("commercial-use", "everything"), ":3: permissions[0].grants: ", "'commercial-use'"),
        (DATA + GRANT.replace("2024-01-01", "'2024-13-01'"), ":3: permissions[0].on: ", "'2024-13-01'"),
        (DATA + GRANT.replace("evidence: e", "evidence: ''"), ":3: permissions[0].evidence: ", ""),
        (
            DATA + "agreements:\n  - {id: dbgap, accession: phs12, approved_on: 2026-01-01, evidence: e}\n",
            ":3: agreements[0].accession: ",
            "'phs12'",
        ),
        (DATA + "agreements:\n  - {id: dbgab, evidence: e}\n", ":3: agreements[0].id: ", "'dbgap'"),
        (
            DATA + "agreements:\n  - {id: dbgap, dataset: LIDC-IDR, approved_on: 2026-01-01, evidence: e}\n",
            ":3: agreements[0].dataset: ",
            "'LIDC-IDRI'",
        ),
        (
            DATA + "agreements:\n  - {id: dbgap, accession: phs004225, evidence: e}\n",
            ":3: agreements[0]: ",
            "`approved_on`",
        ),
        (
            DATA + GRANT.replace("evidence: e", "evidence: e, distributions: [imges]"),
            ":3: permissions[0].distributions: ",
            "has no part 'imges'",
        ),
        (DATA + "use: {country: UK}\n", ":2: use.country: ", "ISO 3166-1"),
        (
            "data:\n  - {dataset: LIDC-IDRI, obtained_on: '86400'}\n",
            ":2: data[0].obtained_on: ",
            "write it as 2026-11-22",
        ),
        ("data: !secret [{dataset: LIDC-IDRI}]\n", ":1: ", "'!secret' is not used here"),
        ("data: []\n", ":1: data: ", "is an empty list"),
        ("- a\n- b\n", ": ", "is not a project file"),
        ("hello\n", ": ", "is not a project file"),
        ("", ": ", "is not a project file"),
        ("\n \n# only a comment\n", ": ", "is not a project file"),
        ("? [a, b]\n: 1\n", ":1: ", "a key is a single word"),
        (DATA + "title: !!python/object/apply:os.system ['echo hi']\n", ":2: ", ""),
        (DATA + "title: !!python/name:os.system\n", ":2: ", "tag"),
        (DATA + "title: !secret x\n", ":2: ", "the tag '!secret' is not used here"),
        ("data: &d [{dataset: LIDC-IDRI}]\n", ":1: ", "anchors and aliases"),
        ("title: a\0b\n" + DATA, ":1: ", "is not valid YAML"),
        ("title: Universität Köln\n".encode("latin-1") + DATA.encode(), ":1: ", "is not UTF-8 text"),
        (DATA.encode("utf-16"), ":1: ", "is not UTF-8 text"),
        (bytes(range(256)) * 50, ":", ""),
        ("[" * 1_000_000, ":1: ", "levels deep"),
        ("{a: " * 1_000_000, ":1: ", "levels deep"),
        ("- " * 1_000_000, ":1: ", "levels deep"),
        ("? " * 1_000_000, ":1: ", "levels deep"),
        ("title: " + "x" * 10_000_000 + "\n" + DATA, ": ", "larger than 4,000,000 bytes"),
        ("data:\n" + "  - dataset: LIDC-IDRI\n" * 100_000, ":1: data: ", "100,000 items"),
    ],
    ids=lambda value: repr(value[:40]) if isinstance(value, str | bytes) else None,
)
def test_a_project_that_cannot_be_used(project: Project, content: str | bytes, place: str, problem: str) -> None:
    path = project(content)
    is_one_clear_error(run("check", path), f"error: {path}{place}", problem)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("beginning", "repeated"),
    [
        ("", "["),
        ("", "{a: "),
        ("", "- "),
        ("", "? "),
        ("title: ", "x"),
        ("data:\n", "  - dataset: LIDC-IDRI\n"),
        (DATA, "  - dataset: NLST\n  - dataset: CPTAC-LUAD\n  - dataset: RIDER Lung CT\n"),
    ],
)
def test_a_long_project_takes_work_in_proportion_to_its_length(project: Project, beginning: str, repeated: str) -> None:
    assert growth(lambda size: run("check", project(beginning + repeated * size)), 2_000) < IN_PROPORTION


@pytest.mark.parametrize("day", ["2024-02-31", "yesterday", "1700000000", "20240101", "01/02/2024", "2024", "''"])
def test_a_day_that_is_none(project: Project, day: str) -> None:
    path = project(f"data:\n  - dataset: LIDC-IDRI\n    obtained_on: {day}\n")
    is_one_clear_error(run("check", path), f"error: {path}:3: data[0].obtained_on: ")


def test_norway_is_a_country_and_a_version_keeps_its_zero(project: Project) -> None:
    path = project("use: {country: NO}\ndata: [{dataset: LIDC-IDRI, version: 1.10}]\n")
    out = run("check", path, "--format", "json").out
    assert '"country": "NO"' in out
    assert '"version": "1.10"' in out


def test_aliases_do_not_laugh_a_billion_times(project: Project) -> None:
    rounds = "".join(
        f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    path = project("a: &a [lol, lol, lol]\n" + rounds + "data: *i\n")
    is_one_clear_error(run("check", path), f"error: {path}:1: ", "anchors and aliases")


def test_paths_that_are_no_project_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "folder").mkdir()
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "tcia-policy.yaml").symlink_to("../loop")
    (tmp_path / "piped").mkdir()
    os.mkfifo(tmp_path / "piped" / "tcia-policy.yaml")
    problems = {
        "pipe": "is not a regular file",
        "piped": "is not a regular file",
        "loop": "Too many levels of symbolic links",
        "linked": "Too many levels of symbolic links",
        "loop/study.yaml": "Too many levels of symbolic links",
        "folder": "no tcia-policy.yaml in this folder\n  `tcia-policy init DATA` writes one",
        "nowhere.yaml": "no such file",
        "pipe/study.yaml": "cannot be read: Not a directory",
        "a" * 5000: "cannot be read: File name too long",
        "/dev/zero": "is not a regular file",
        "/dev/null": "is not a regular file",
    }
    for name, problem in problems.items():
        is_one_clear_error(run("check", name, cwd=tmp_path), problem)
    is_one_clear_error(run("check", cwd=tmp_path), "no tcia-policy.yaml in this folder")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_project_that_may_not_be_read(project: Project) -> None:
    path = project(DATA)
    path.chmod(0)
    is_one_clear_error(run("check", path), f"error: {path}: cannot be read: Permission denied")


@pytest.mark.parametrize("content", [b"\0", b"\xff\xfegarbage ", b"[", b"a: &a [*a]\n", b"key: value\n"])
def test_two_hundred_megabytes_of_garbage_take_little_memory(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "study.yaml"
    with path.open("wb") as stream:
        stream.write(content * 10_000)
        stream.truncate(200_000_000)
    kilobytes, code = _cost("check", path)
    assert code == 2
    assert kilobytes < 150_000


def _cost(*arguments: str | Path) -> tuple[int, int]:
    """Return peak memory in kB and exit code of a process, started by a small one whose memory does not count."""
    program = (
        "import resource, subprocess, sys\n"
        "code = subprocess.run(sys.argv[1:], capture_output=True).returncode\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, code)"
    )
    command = [sys.executable, "-c", program, *COMMAND, *map(str, arguments)]
    kilobytes, code = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
    return int(kilobytes), int(code)


EVIL = "\x1b[31mred\u202etxt\u2066\x07\x9b"
QUOTED = '"a\\e[31mred\\u202Etxt\\u2066\\a\\x9B"'


@pytest.mark.parametrize(
    "content",
    [
        f"title: {QUOTED}\n{DATA}",
        f"data: [{{other: {{name: {QUOTED}, license: {QUOTED}}}}}]\n",
        f"data: [{{dataset: CPTAC-LUAD, obtained_from: pdc, distributions: [{QUOTED}]}}]\n",
        f"data: [{{dataset: LIDC-IDRI, version: {QUOTED}}}]\nmanuscript: [{QUOTED}]\n",
        DATA + GRANT.replace("from: X", f"from: {QUOTED}").replace("evidence: e", f"evidence: {QUOTED}"),
        f"data: [{{dataset: {QUOTED}}}]\n",
        f"data: [{{manifest: {QUOTED}}}]\n",
        f"data: [{{series: {QUOTED}}}]\n",
        f"data: [{{doi: {QUOTED}}}]\n",
        f"{QUOTED}: 1\n{DATA}",
        f"use: {{purpose: {QUOTED}}}\n{DATA}",
    ],
)
def test_nothing_that_a_terminal_acts_on_is_printed_raw(project: Project, tmp_path: Path, content: str) -> None:
    path = project(content)
    text = run("check", path, "--as-of", DAY)
    assert text.code in (0, 1, 2, 3)
    as_json = run("check", path, "--format", "json")
    run("report", path, "-o", tmp_path)
    documents = [written.read_text(encoding="utf-8") for written in tmp_path.glob("report.*")]
    for printed in (text.out, text.err, as_json.out, as_json.err, *documents):
        assert not set(EVIL) - set("[31mredtxt") & set(printed)


def test_arguments_are_not_printed_raw_either() -> None:
    assert not {"\x1b", "\x07"} & set(run("check", f"--{EVIL}").err)
    for arguments in (("show", EVIL), ("check", EVIL), (EVIL,), ("list", "--program", EVIL)):
        ran = run(*arguments)
        assert (ran.code, ran.out) == (2, "")
        assert not set(EVIL) - set("[31mredtxt") & set(ran.err)


def test_a_file_name_that_is_not_utf8_is_printed_as_far_as_it_can_be(tmp_path: Path) -> None:
    name = os.fsdecode(b"k\xf6ln.yaml")
    for ran in (run("check", name, cwd=tmp_path), process("check", name, cwd=tmp_path)):
        is_one_clear_error(ran, "k\ufffdln.yaml: no such file")


def test_a_message_is_never_endless(project: Project) -> None:
    path = project("data:\n  - manifest: " + "a" * 100_000 + "\n")
    ran = run("check", path)
    is_one_clear_error(ran)
    assert len(ran.err) < 5000


def test_five_thousand_items_are_read(project: Project) -> None:
    many = "".join(f"  - {{dataset: {name}}}\n" for name in ("LIDC-IDRI", "NLST", "CPTAC-LUAD", "RIDER Lung CT")) * 1250
    ran = run("check", project(f"{USE}data:\n{many}"), "--as-of", DAY, "--format", "json")
    assert ran.code in (0, 3)
    assert [holding.id for holding in read_json(ran.out).holdings] == [
        "LIDC-IDRI",
        "NLST",
        "CPTAC-LUAD",
        "RIDER Lung CT",
    ]


def test_a_file_that_is_not_yaml_is_answered_with_what_a_project_is(tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text("# A paper: on data\na: b: c\n", encoding="utf-8")
    ran = run("check", tmp_path / "paper.md")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[1].startswith(
        "  a project file is YAML, such as tcia-policy.yaml; name a manuscript with"
    )
