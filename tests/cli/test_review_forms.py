"""`tcia-policy review --form` and `--import`: a form goes out, comes back filled in, and is written after a yes."""

import json
from pathlib import Path
from unittest.mock import patch

import pytest

from tcia_policy.files import located_yaml
from tcia_policy.model.decision import Review
from tcia_policy.model.decision_kinds import PRIVATE_FILE, REVIEW_FILE
from tests.cli.run import DAY, is_one_clear_error, process, run
from tests.review.forms.fill import LICENSE, Filled
from tests.review.studies import OPEN_STUDY

ON = ("--as-of", DAY)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    (tmp_path / "tcia-policy.yaml").write_text(OPEN_STUDY, encoding="utf-8")
    (tmp_path / "memo.txt").write_text("The license is CC BY 4.0, says counsel, 2026-11-20.\n", encoding="utf-8")
    return tmp_path


def fill_in(study: Path, *, ticks: tuple[int, ...] = (0,), private: bool = False) -> Path:
    path = study / "form.docx"
    assert run("review", study, "--form", path, *ON).code == 0
    form = Filled(path.read_bytes())
    form.who()
    for number in ticks:
        form.tick(LICENSE, number)
    form.write(LICENSE, "evidence", "memo.txt")
    if private:
        form.write(LICENSE, "reason", "Only between us")
        form.write(LICENSE, "private", "yes")
    path.write_bytes(form.saved())
    return path


def review_of(study: Path) -> Review:
    return located_yaml.read(study / REVIEW_FILE).parse(Review)


def test_a_form_in_word_comes_back_as_a_decision(study: Path) -> None:
    ran = run("review", study, "--import", fill_in(study, private=True), *ON, typed="y\n")
    assert ran.code == 0
    assert "understood: license/ped: CC-BY-4.0 is the license that holds (Rita Review, counsel, 2026-11-20)" in ran.out
    assert "+  - name: ped-license\n" in ran.out
    assert [each.name for each in review_of(study).decisions] == ["ped-license"]
    assert "between us" not in ran.out
    assert "between us" in (study / PRIVATE_FILE).read_text(encoding="utf-8")


def test_nothing_is_written_without_a_yes(study: Path) -> None:
    path = fill_in(study)
    for typed in ("n\n", ""):
        assert run("review", study, "--import", path, *ON, typed=typed).code == 1
        assert not (study / REVIEW_FILE).exists()
    assert run("review", study, "--import", path, *ON, "--yes").code == 0
    assert (study / REVIEW_FILE).exists()


def test_what_is_not_understood_is_said_and_the_exit_code_is_1(study: Path) -> None:
    ran = run("review", study, "--import", fill_in(study, ticks=(0, 2)), *ON, "--yes")
    assert ran.code == 1
    assert "not understood, and left open: license/ped: more than one choice is ticked" in ran.out
    assert not (study / REVIEW_FILE).exists()


def test_the_same_form_twice_is_not_the_same_decision_twice(study: Path) -> None:
    path = fill_in(study)
    run("review", study, "--import", path, *ON, "--yes")
    run("review", study, "--import", path, *ON, "--yes")
    names = [each.name for each in review_of(study).decisions]
    assert len(names) == len(set(names))


def test_what_would_count_for_nothing_is_left_out(study: Path) -> None:
    path = study / "form.docx"
    run("review", study, "--form", path, *ON)
    form = Filled(path.read_bytes())
    form.who()
    form.tick(LICENSE, 4)
    told = {"because_of": "does-not-apply", "second_by": "Dan Data", "second_role": "data-steward"}
    for name, text in {**told, "until": "2029-01-01", "evidence": "memo.txt"}.items():
        form.write(LICENSE, name, text)
    path.write_bytes(form.saved())
    ran = run("review", study, "--import", path, *ON, "--yes")
    assert ran.code == 1
    assert "left out: ped-license-waived would count for nothing (unfounded): it runs to 2029-01-01" in ran.out
    assert not (study / REVIEW_FILE).exists()


def test_a_page_comes_back_too(study: Path) -> None:
    page = study / "form.html"
    assert run("review", study, "--form", page, *ON).code == 0
    assert run("review", study, "--import", page, *ON).out.startswith("the form is empty: nothing is ticked\n")


def test_what_does_not_go_together_is_refused(study: Path) -> None:
    form = study / "form.html"
    for options, said in (
        (("--form", form, "--import", form), "--form: --form and --import exclude each other"),
        (("--list", "--form", form), "--form and --list exclude each other"),
        (("--supersede", "a", "--list"), "--list: --list and --supersede exclude each other"),
        (("--yes",), "--yes: belongs to --import"),
        (("--overwrite",), "--overwrite: belongs to --form"),
        (("--form", study / "form.odt"), "no form ends in '.odt'"),
    ):
        is_one_clear_error(run("review", study, *options), said)
    ran = run("review", study, "--form", form, "--format", "json")
    assert json.loads(ran.out)["errors"][0]["problem"] == "is for the list alone"


def test_a_form_for_a_project_that_lists_nobody_says_so(study: Path) -> None:
    text = OPEN_STUDY.replace("authors: [Ann Author]\n", "")
    (study / "tcia-policy.yaml").write_text(text, encoding="utf-8")
    ran = run("review", study, "--form", study / "form.html")
    assert "nobody may decide on this project yet; write into the project file who wrote it" in ran.err


def test_a_file_that_is_there_is_not_replaced(study: Path) -> None:
    (study / "form.html").write_text("mine", encoding="utf-8")
    is_one_clear_error(run("review", study, "--form", study / "form.html"), "exists already")
    assert run("review", study, "--form", study / "form.html", "--overwrite").code == 0


def test_without_the_library_for_word_it_says_what_to_install(study: Path) -> None:
    with patch("pkgutil.resolve_name", side_effect=ModuleNotFoundError("docx", name="docx")):
        ran = run("review", study, "--form", study / "form.docx")
    is_one_clear_error(ran, "what writes Word documents is not installed (docx)", "tcia-policy[docx]")


def test_the_same_bytes_in_another_locale_zone_and_hash_seed(study: Path) -> None:
    contents = []
    for locale, zone, seed in (("C", "UTC", "1"), ("de_DE.UTF-8", "Asia/Tokyo", "2")):
        for name in ("form.docx", "form.html"):
            env = {"LC_ALL": locale, "TZ": zone, "PYTHONHASHSEED": seed}
            assert process("review", ".", "--form", name, *ON, "--overwrite", cwd=study, env=env).code == 0
        contents.append([(study / name).read_bytes() for name in ("form.docx", "form.html")])
    assert contents[0] == contents[1]
