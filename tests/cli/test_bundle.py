"""`bundle` and `bundle verify`: what was changed is named, with nothing but the zip."""

import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tcia_policy.review.bag import ROOT, bag, zipped
from tests.cli.run import DAY, EXAMPLES, Ran, is_one_clear_error, run
from tests.review.keys import NEEDS_SSH, SshKeys, small_project

AT = ("--as-of", DAY)
Content = dict[str, bytes]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a bundle of a small project."""
    folder = tmp_path_factory.mktemp("bundle")
    ran = run("bundle", small_project(folder / "study"), "-o", folder / "x.zip", *AT)
    assert (ran.code, ran.out, ran.err) == (0, "", f"wrote {folder / 'x.zip'}\n")
    return folder / "x.zip"


def verify(path: Path, *options: str | Path) -> Ran:
    return run("bundle", "verify", path, *AT, *options)


def payload_of(path: Path) -> tuple[Content, str]:
    with zipfile.ZipFile(path) as archive:
        files = {name.removeprefix(ROOT): archive.read(name) for name in archive.namelist()}
    payload = {name.removeprefix("data/"): content for name, content in files.items() if name.startswith("data/")}
    return payload, files["bag-info.txt"].decode()


def made_again(path: Path, to: Path, change: Callable[[Content], object]) -> Path:
    """Write a bundle with another content, all of whose digests are right."""
    payload, info = payload_of(path)
    change(payload)
    to.write_bytes(zipped(bag(payload, info)))
    return to


def test_nothing_but_the_zip_is_needed(whole: Path, tmp_path: Path) -> None:
    shutil.copy(whole, tmp_path / "y.zip")
    ran = run("bundle", "verify", "y.zip", *AT, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("WHOLE the bundle fits together")
    assert "anybody who can make a bundle can make this one" in " ".join(ran.out.split())


def test_that_of_an_example_is_whole(tmp_path: Path) -> None:
    for study, options in (("commercial-product", ()), ("lung-nodules", ("--redact",))):
        run("bundle", EXAMPLES / study, "-o", tmp_path / f"{study}.zip", *AT, *options)
        ran = verify(tmp_path / f"{study}.zip")
        assert ran.code == 0, ran.out


def _report(payload: Content, before: str, after: str) -> None:
    text = payload["report.json"].decode()
    assert before in text
    payload["report.json"] = text.replace(before, after).encode()


def _evidence(payload: Content) -> str:
    return next(name for name in payload if name.startswith("evidence/"))


CHANGES: Mapping[str, tuple[Callable[[Content], object], str]] = {
    "a report says something else": (
        lambda files: files.update({"report.html": files["report.html"].replace(b"Nodules", b"Others")}),
        "data/report.html is not made from report.json",
    ),
    "the page says something else": (
        lambda files: files.update({"README.txt": b"All is well.\n"}),
        "data/README.txt is not made from report.json",
    ),
    "a verdict": (
        lambda files: _report(files, '"verdict": "undetermined"', '"verdict": "permitted"'),
        "does not follow",
    ),
    "the day": (lambda files: _report(files, f'"as_of": "{DAY}"', '"as_of": "2026-11-23"'), "day is not that of"),
    "no assessment": (lambda files: files.update({"report.json": b"{}"}), "is not an assessment"),
    "no JSON": (lambda files: files.update({"report.json": b"\xff"}), "is not UTF-8 text"),
    "no lock": (lambda files: files.pop("tcia-policy.lock"), "tcia-policy.lock: is missing"),
    "the lock": (
        lambda files: files.update(
            {"tcia-policy.lock": files["tcia-policy.lock"].replace(b'"registry": "', b'"registry": "0')}
        ),
        "tcia-policy.lock: digests is not that of report.json",
    ),
    "another document": (lambda files: files.update({_evidence(files): b"We never said so."}), "is another document"),
    "no document": (lambda files: files.pop(_evidence(files)), "is missing: the document legal/leave.txt"),
    "no project": (lambda files: files.pop("tcia-policy.yaml"), "tcia-policy.yaml is missing"),
    "decisions of nobody": (lambda files: files.update({"review.yaml": b"decisions: []\n"}), "review.yaml is too much"),
    "something else": (lambda files: files.update({"run.exe": b"MZ"}), "run.exe belongs to no bundle"),
    "no signature": (lambda files: files.update({"signatures/x": b"{}"}), "signatures/x: cannot be read"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_named_even_where_all_digests_were_made_again(whole: Path, tmp_path: Path, what: str) -> None:
    change, said = CHANGES[what]
    ran = verify(made_again(whole, tmp_path / "y.zip", change))
    assert ran.code == 1
    assert ran.out.startswith("NOT WHOLE ")
    assert said in " ".join(ran.out.split())


def test_all_that_is_wrong_is_told_at_once(whole: Path, tmp_path: Path) -> None:
    def change(payload: Content) -> None:
        payload.pop("tcia-policy.yaml")
        payload["more"] = b""

    printed = json.loads(verify(made_again(whole, tmp_path / "y.zip", change), "--format", "json").out)
    assert printed["exit_code"] == 1
    assert {"tcia-policy.yaml is missing", "more belongs to no bundle like this"} <= set(printed["problems"])


def test_an_assessment_that_no_report_can_be_made_of_is_no_bug_of_ours(whole: Path, tmp_path: Path) -> None:
    def change(payload: Content) -> None:
        data = json.loads(payload["report.json"])
        payload["report.json"] = json.dumps({**data, "datasets": [], "licenses": [], "terms": []}).encode()

    ran = verify(made_again(whole, tmp_path / "y.zip", change))
    assert ran.code == 1


def test_what_cannot_be_bundled_or_read_is_one_clear_error(whole: Path, tmp_path: Path) -> None:
    study = small_project(tmp_path / "study")
    is_one_clear_error(run("bundle", study, "-o", tmp_path / "x.tar", *AT), "ends in .zip")
    (tmp_path / "x.zip").write_bytes(b"mine")
    is_one_clear_error(run("bundle", study, "-o", tmp_path / "x.zip", *AT), "exists already")
    is_one_clear_error(verify(tmp_path / "x.zip"), "is not a zip")
    is_one_clear_error(verify(tmp_path / "gone.zip"), "no such file")


@NEEDS_SSH
def test_signatures_are_checked_with_the_keys_that_are_named(tmp_path: Path) -> None:
    study = small_project(tmp_path / "study")
    (tmp_path / "keys").mkdir()
    keys = SshKeys(tmp_path / "keys")
    key = keys.make("jane")
    run("review", "sign", study, "--as", "Jane Doe", "--key", key, *AT)
    other_day = run("bundle", study, "-o", tmp_path / "x.zip", "--as-of", "2026-11-25")
    is_one_clear_error(other_day, "signs something else", f"pass --as-of {DAY}")
    assert run("bundle", study, "-o", tmp_path / "x.zip", *AT).code == 0
    alone = verify(tmp_path / "x.zip")
    assert alone.code == 0
    assert "name keys that you trust with --allowed-signers" in " ".join(alone.out.split())
    allowed = keys.allow(("jane@example.org", "", key))
    known = verify(tmp_path / "x.zip", "--allowed-signers", allowed)
    assert (known.code, "Jane Doe, ssh key SHA256:" in " ".join(known.out.split())) == (0, True)
    other = keys.allow(("jane@example.org", "", keys.make("mallory")))
    assert verify(tmp_path / "x.zip", "--allowed-signers", other).code == 1

    def change(payload: Content) -> None:
        payload["tcia-policy.yaml"] += b"# more\n"

    changed = made_again(tmp_path / "x.zip", tmp_path / "y.zip", change)
    for options in ((), ("--allowed-signers", allowed)):
        ran = verify(changed, *options)
        assert ran.code == 1
        assert "project file: " in ran.out
