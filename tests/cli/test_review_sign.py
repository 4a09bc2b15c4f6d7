"""`review sign` and `review verify`, with real keys: signatures made, checked, and broken in every way we know."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tcia_policy.files.digests import digest_of_file
from tcia_policy.review.manifest import canonical
from tcia_policy.review.programs import run as run_program
from tcia_policy.review.signatures import read_signature, render_signature
from tests.cli.run import DAY, Ran, is_one_clear_error, run
from tests.review.keys import NEEDS_GPG, NEEDS_SSH, GpgKeys, SshKeys, small_project

AT = ("--as-of", DAY)
TODAY = ("--as-of", datetime.now(tz=UTC).date().isoformat())
JANE = ("--as", "Jane Doe")
SIGNED_BY_JANE = "review.jane-doe.sig.json"


@pytest.fixture(autouse=True)
def _no_settings_of_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", "/")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> SshKeys:
    made = SshKeys(tmp_path_factory.mktemp("keys"))
    for name in ("jane", "bob", "mallory"):
        made.make(name)
    return made


@pytest.fixture(scope="module")
def signed(keys: SshKeys, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that Jane signed."""
    folder = small_project(tmp_path_factory.mktemp("signed") / "study")
    ran = run("review", "sign", folder, *JANE, "--key", keys.folder / "jane", *AT)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"wrote {folder / SIGNED_BY_JANE}: Jane Doe signed the assessment as of {DAY}\n"
    return folder


@pytest.fixture
def study(signed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(signed, tmp_path / "study"))


@pytest.fixture
def allowed(keys: SshKeys) -> Path:
    return keys.allow(
        ("jane@example.org", 'namespaces="tcia-policy"', keys.folder / "jane"),
        ('"Bob Stone"', "", keys.folder / "bob"),
        ("mallory@example.org", "", keys.folder / "mallory"),
    )


def verify(study: Path, *options: str | Path) -> Ran:
    return run("review", "verify", study, *AT, *options)


@NEEDS_SSH
class TestSsh:
    def test_a_signature_holds_wherever_it_is_checked_from(self, study: Path, allowed: Path, tmp_path: Path) -> None:
        ran = run("review", "verify", "study", "--allowed-signers", allowed, *AT, cwd=tmp_path)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("SIGNED 1 signature on what is there now\n")
        assert "known as" in ran.out
        assert "not on which day" in " ".join(ran.out.split())

    def test_a_later_day_and_a_lock_that_is_written_break_nothing(self, study: Path, allowed: Path) -> None:
        run("lock", study, *AT)
        assert run("review", "verify", study, "--allowed-signers", allowed, "--as-of", "2026-12-24").code == 0

    def test_who_signs_later_signs_the_same(self, study: Path, allowed: Path, keys: SshKeys) -> None:
        assert run("review", "sign", study, "--as", "bob stone", "--key", keys.folder / "bob").code == 0
        first, second = (
            json.loads((study / name).read_text("utf-8")) for name in (SIGNED_BY_JANE, "review.bob-stone.sig.json")
        )
        assert first["manifest"] == second["manifest"]
        assert second["roles"] == ["data-steward"]
        assert verify(study, "--allowed-signers", allowed).code == 0

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda folder: _append(folder / "tcia-policy.yaml", "# a word\n"), "project file: "),
            (lambda folder: _append(folder / "review.yaml", "decisions: []\n"), "review.yaml: not there -> "),
            (lambda folder: _append(folder / "legal" / "leave.txt", "And more.\n"), "evidence legal/leave.txt: "),
            (lambda folder: (folder / "legal" / "leave.txt").unlink(), "evidence legal/leave.txt: "),
            (lambda folder: _replace(folder / "tcia-policy.yaml", "commercial,", "noncommercial,"), "- project: "),
            (lambda folder: _edit(folder, "as_of", "2026-11-21"), "the signature is broken"),
            (lambda folder: _edit(folder, "assessment", "0" * 64), "- assessment: "),
            (lambda folder: _edit(folder, "evidence", {}), "evidence legal/leave.txt: not there -> "),
        ],
        ids=["project", "decision", "evidence", "evidence-gone", "use", "day", "assessment", "manifest"],
    )
    def test_what_was_changed_since_is_named(
        self, study: Path, allowed: Path, change: Callable[[Path], None], said: str
    ) -> None:
        change(study)
        ran = verify(study, "--allowed-signers", allowed)
        assert ran.code == 1
        assert ran.out.startswith("NOT SIGNED 1 of 1 signature not good")
        assert said in " ".join(ran.out.split())

    def test_a_byte_of_the_signature_changed_breaks_it(self, study: Path, allowed: Path) -> None:
        path = study / SIGNED_BY_JANE
        data = json.loads(path.read_text("utf-8"))
        lines = data["signature"].splitlines()
        lines[3] = lines[3][:10] + ("A" if lines[3][10] != "A" else "B") + lines[3][11:]
        path.write_text(json.dumps({**data, "signature": "\n".join(lines) + "\n"}), encoding="utf-8")
        assert "the signature is broken" in verify(study, "--allowed-signers", allowed).out

    def test_another_key_is_good_and_counts_for_nothing(self, study: Path, allowed: Path, keys: SshKeys) -> None:
        run("review", "sign", study, *JANE, "--key", keys.folder / "mallory", "--overwrite", *AT)
        ran = verify(study, "--allowed-signers", allowed)
        assert ran.code == 1
        assert "does not count: it is not among those of the signer" in " ".join(ran.out.split())

    def test_a_key_out_of_its_time_or_for_another_purpose_counts_for_nothing(self, study: Path, keys: SshKeys) -> None:
        for options, said in (
            ('valid-before="20260101"', "key has expired"),
            ('valid-after="20270101"', "key is not yet valid"),
            ('namespaces="git"', "it is not among those of the signer"),
        ):
            known = keys.allow(("jane@example.org", options, keys.folder / "jane"))
            ran = verify(study, "--allowed-signers", known)
            assert ran.code == 1
            assert said in " ".join(ran.out.split())

    def test_a_signature_made_for_git_is_none_of_ours(self, study: Path, allowed: Path, keys: SshKeys) -> None:
        signature = read_signature(study / SIGNED_BY_JANE)
        words: list[str | Path] = ["ssh-keygen", "-Y", "sign", "-q", "-n", "git", "-f", keys.folder / "jane"]
        made = run_program(words, canonical(signature.manifest)).out.decode()
        other = signature.model_copy(update={"signature": made})
        (study / SIGNED_BY_JANE).write_text(render_signature(other), encoding="utf-8")
        ran = verify(study, "--allowed-signers", allowed)
        assert ran.code == 1
        assert "is of another text or purpose" in " ".join(ran.out.split())

    def test_the_signature_of_another_project_is_on_something_else(self, study: Path, allowed: Path) -> None:
        _replace(study / "tcia-policy.yaml", "LIDC-IDRI", "NSCLC-Radiomics")
        ran = verify(study, "--allowed-signers", allowed)
        assert ran.code == 1
        assert "what was signed is not what is there now" in ran.out

    def test_who_is_no_reviewer_any_more_or_wrote_the_project_does_not_sign(self, study: Path, allowed: Path) -> None:
        _replace(study / "tcia-policy.yaml", "[Max Author]", "[Max Author, Jane Doe]")
        assert "wrote the project" in " ".join(verify(study, "--allowed-signers", allowed).out.split())
        _replace(study / "tcia-policy.yaml", "{name: Jane Doe", "{name: Janet Doe")
        assert "is not among the reviewers" in " ".join(verify(study, "--allowed-signers", allowed).out.split())

    def test_without_a_list_of_keys_nothing_counts(self, study: Path, allowed: Path, keys: SshKeys) -> None:
        ran = verify(study)
        assert ran.code == 1
        assert "nobody says whose key made it" in " ".join(ran.out.split())
        shutil.copy(allowed, study / "reviewers.allowed_signers")
        ran = verify(study)
        assert ran.code == 0
        assert "which lies with the project" in ran.err

    def test_the_settings_of_git_are_taken(self, study: Path, allowed: Path, keys: SshKeys, tmp_path: Path) -> None:
        (tmp_path / "gitconfig").write_text(
            f"[gpg]\n format = ssh\n[user]\n signingkey = {keys.folder / 'bob.pub'}\n"
            f'[gpg "ssh"]\n allowedSignersFile = {allowed}\n',
            encoding="utf-8",
        )
        assert run("review", "sign", study, "--as", "Bob Stone", *AT).code == 0
        assert verify(study).code == 0

    def test_a_signature_is_replaced_only_when_told(self, study: Path, keys: SshKeys) -> None:
        sign = ("review", "sign", study, *JANE, "--key", keys.folder / "jane", *AT)
        is_one_clear_error(run(*sign), "you signed already", "--overwrite")
        assert run(*sign, "--overwrite").code == 0

    def test_a_file_that_is_no_signature_is_told(self, study: Path, allowed: Path) -> None:
        (study / "review.nobody.sig.json").write_text('{"signer": "\x1b[31m"}', encoding="utf-8")
        ran = verify(study, "--allowed-signers", allowed)
        assert ran.code == 1
        assert "cannot be read" in ran.out
        assert "\x1b" not in ran.out

    def test_a_decision_counts_as_signed_by_who_made_it_alone(
        self, allowed: Path, keys: SshKeys, tmp_path: Path
    ) -> None:
        study = small_project(tmp_path / "study")
        _decide(study)
        run("review", "sign", study, "--as", "Bob Stone", "--key", keys.folder / "bob", *AT)
        ran = verify(study, "--allowed-signers", allowed)
        assert ran.code == 1
        assert "NOT SIGNED 1 decision not signed by who made it" in ran.out
        assert "accepted: not signed by Jane Doe" in ran.out
        run("review", "sign", study, *JANE, "--key", keys.folder / "jane", *AT)
        ran = verify(study, "--allowed-signers", allowed)
        assert ran.code == 0
        assert "accepted: signed by Jane Doe" in ran.out
        assert run("bundle", study, "-o", tmp_path / "x.zip", *AT).code == 0
        assert run("bundle", "verify", tmp_path / "x.zip", "--allowed-signers", allowed, *AT).code == 0
        (study / "memo.txt").write_text("Somebody else wrote this memo and says something else.\n", encoding="utf-8")
        told = verify(study, "--allowed-signers", allowed).out
        assert "decision accepted: counts -> unfounded" in told
        assert told.count("memo.txt: ") == 2, "once for each signature"
        (study / "review.yaml").unlink()
        assert " -> not there" in verify(study, "--allowed-signers", allowed).out

    def test_the_result_is_there_for_a_program(self, study: Path, allowed: Path) -> None:
        printed = json.loads(verify(study, "--allowed-signers", allowed, "--format", "json").out)
        assert (printed["exit_code"], printed["signatures"][0]["signer"]) == (0, "Jane Doe")


def test_what_is_missing_to_sign_is_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = small_project(tmp_path / "study")
    is_one_clear_error(run("review", "sign", study, *AT), "several may sign", "'Jane Doe'")
    is_one_clear_error(run("review", "sign", study, "--as", "Eve", *AT), "'Eve' is not among the reviewers")
    is_one_clear_error(run("review", "sign", study, "--as", "Max Author", *AT), "wrote the project")
    project = study / "tcia-policy.yaml"
    text = project.read_text(encoding="utf-8")
    listed = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("  - {name: Max Author"))
    assert listed != text, "an author who is no reviewer is not told to become one"
    project.write_text(listed, encoding="utf-8")
    is_one_clear_error(run("review", "sign", study, "--as", "Max Author", *AT), "wrote the project")
    is_one_clear_error(run("review", "sign", study, *JANE, *AT), "no key to sign with", "git config")
    is_one_clear_error(run("review", "sign", study, *JANE, *AT, "--key", tmp_path / "gone"), "no such file")
    monkeypatch.setenv("PATH", str(tmp_path))
    is_one_clear_error(run("review", "sign", study, *JANE, *AT, "--gpg"), "gpg is not installed")
    assert not list(study.glob("*.sig.json"))


def test_a_project_that_nobody_signed_is_not_signed(tmp_path: Path) -> None:
    ran = verify(small_project(tmp_path / "study"))
    assert ran.code == 1
    assert ran.out.startswith("NOT SIGNED there is no signature")


@pytest.fixture(scope="module")
def gpg() -> Iterator[GpgKeys]:
    with tempfile.TemporaryDirectory(prefix="gpg.") as home:  # the path of an agent's socket has to be short
        made = GpgKeys(Path(home))
        made.make("Jane Doe <jane@example.org>", "2030-01-01")
        yield made
        made.stop_agent()


@NEEDS_GPG
class TestGpg:
    @pytest.fixture
    def by_gpg(self, gpg: GpgKeys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("GNUPGHOME", str(gpg.home))
        study = small_project(tmp_path / "study")
        assert run("review", "sign", study, *JANE, "--gpg", *TODAY).code == 0
        return study

    def test_made_checked_and_broken(
        self, by_gpg: Path, gpg: GpgKeys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        verify = ("review", "verify", by_gpg)
        assert run(*verify, *TODAY).code == 0
        keyring = gpg.export(tmp_path / "keyring.gpg")
        (tmp_path / "empty").mkdir(mode=0o700)
        monkeypatch.setenv("GNUPGHOME", str(tmp_path / "empty"))
        assert "not in the keyring" in run(*verify, *TODAY).out
        assert run(*verify, *TODAY, "--keyring", keyring).code == 0
        expired = run(*verify, "--keyring", keyring, "--as-of", "2030-06-01")
        assert expired.code == 1
        assert "the key has expired" in expired.out
        _edit(by_gpg, "assessment", "0" * 64)
        assert "of another text" in run(*verify, *TODAY, "--keyring", keyring).out

    def test_a_key_of_somebody_else_counts_for_nothing(self, by_gpg: Path, gpg: GpgKeys, tmp_path: Path) -> None:
        project = by_gpg / "tcia-policy.yaml"
        _replace(project, "name: Jane Doe, role: counsel, email: jane@", "name: Ann, role: c, email: ann@")
        path = by_gpg / SIGNED_BY_JANE
        data = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps({**data, "signer": "Ann", "roles": ["c"]}), encoding="utf-8")
        ran = run("review", "verify", by_gpg, *TODAY, "--keyring", gpg.export(tmp_path / "keyring.gpg"))
        assert ran.code == 1
        assert "that is not the signer" in " ".join(ran.out.split())


def _decide(study: Path) -> None:
    """Let Jane accept one matter of the study, on a memo."""
    memo = study / "memo.txt"
    memo.write_text("The committee read the letter and accepts it as it is.\n", encoding="utf-8")
    assessment = json.loads(run("check", study, "--format", "json", *AT).out)
    matter = next(each for each in assessment["matters"] if each["kind"] == "question")
    decision = {
        "kind": "accept",
        "name": "accepted",
        "decides": [{"id": matter["id"], "digest": matter["digest"]}],
        "by": "Jane Doe",
        "role": "counsel",
        "on": "2026-11-20",
        "reason": "It is enough for this study.",
        "evidence": {"path": "memo.txt", "sha256": digest_of_file(memo)},
    }
    (study / "review.yaml").write_text(json.dumps({"decisions": [decision]}), encoding="utf-8")


def _append(path: Path, text: str) -> None:
    before = path.read_text("utf-8") if path.exists() else ""
    path.write_text(before + text, encoding="utf-8")


def _replace(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def _edit(folder: Path, field: str, value: object) -> None:
    """Change a field of what was signed, in the file with the signature."""
    path = folder / SIGNED_BY_JANE
    data = json.loads(path.read_text("utf-8"))
    data["manifest"][field] = value
    path.write_text(json.dumps(data), encoding="utf-8")
