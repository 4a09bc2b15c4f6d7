"""`tcia-policy notices`: texts in a folder, and a word on stderr where they clear nothing."""

import re
from pathlib import Path

from tests.cli.run import DAY, EXAMPLES, Ran, run

FILES = [
    "ATTRIBUTION.md",
    "CARD-model.md",
    "NOTICE",
    *(f"{name}.{form}" for name in ("acknowledgements", "data-availability") for form in ("md", "tex", "txt")),
]


def notices(folder: Path, *options: str, example: str = "lung-nodules") -> Ran:
    return run("notices", EXAMPLES / example, "-o", folder, "--as-of", DAY, *options)


def test_a_new_folder_is_made_and_filled(tmp_path: Path) -> None:
    ran = notices(tmp_path / "out" / "notices")
    assert (ran.code, ran.out) == (0, "")
    folder = tmp_path / "out" / "notices"
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    written = [line.removeprefix("wrote ") for line in ran.err.splitlines() if line.startswith("wrote ")]
    assert sorted(written) == sorted(str(path) for path in folder.iterdir())


def test_what_is_not_cleared_is_written_with_a_warning_and_says_so_itself(tmp_path: Path) -> None:
    ran = notices(tmp_path, example="commercial-product")
    assert (ran.code, ran.out) == (0, "")
    assert "warning: not cleared: the use as a whole: prohibited" in ran.err.splitlines()
    assert "NOT CLEARED FOR RELEASE" in (tmp_path / "NOTICE").read_text(encoding="utf-8")
    assert run("check", EXAMPLES / "commercial-product", "--as-of", DAY).code == 1


def test_earlier_notices_are_replaced_only_when_told(tmp_path: Path) -> None:
    assert notices(tmp_path).code == 0
    again = notices(tmp_path)
    assert (again.code, again.out) == (2, "")
    assert "exists already" in again.err
    assert notices(tmp_path, "--overwrite").code == 0


def test_the_same_day_gives_the_same_bytes(tmp_path: Path) -> None:
    notices(tmp_path / "a")
    notices(tmp_path / "b")
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_project_that_cannot_be_read_makes_no_folder(tmp_path: Path) -> None:
    ran = run("notices", tmp_path / "nowhere.yaml", "-o", tmp_path / "notices")
    assert (ran.code, ran.out) == (2, "")
    assert not (tmp_path / "notices").exists()


def test_a_file_in_the_way_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "notices").write_text("mine", encoding="utf-8")
    ran = notices(tmp_path / "notices")
    assert (ran.code, ran.out) == (2, "")
    assert "cannot be written" in ran.err


def test_a_dash_prints_the_text_that_is_named_and_writes_nothing(tmp_path: Path) -> None:
    notices(tmp_path / "all")
    study = EXAMPLES / "lung-nodules"
    printed = run("notices", study, "-o", "-", "--only", "notice", "--as-of", DAY)
    assert printed.code == 0
    assert printed.out == (tmp_path / "all" / "NOTICE").read_text(encoding="utf-8")
    wrong = run("notices", study, "-o", "-", "--only", "atribution", "--as-of", DAY)
    assert (wrong.code, wrong.out) == (2, "")
    assert "did you mean 'ATTRIBUTION.md'?" in wrong.err
    for alone in (("-o", "-"), ("-o", str(tmp_path / "x"), "--only", "NOTICE")):
        assert "-o - and --only NAME belong together" in run("notices", study, *alone).err


def test_fail_on_gives_the_exit_code_of_check(tmp_path: Path) -> None:
    assert notices(tmp_path / "a", "--fail-on", "prohibited", example="commercial-product").code == 1
    assert notices(tmp_path / "b", "--fail-on", "never", example="commercial-product").code == 0


OWN = """@misc{lidc:mine, title = {Data From LIDC-IDRI}, year = 2015}
@misc{nlst_2013, title = {NLST}, howpublished = {\\url{https://doi.org/10.7937/TCIA.HMQ8-J677}}}
@misc{aerts2019-k9_tcia.2015.pf0m9rei, title = {Something else}, year = 2001}
"""


def test_statements_cite_by_the_authors_own_keys_and_by_those_that_cite_would_write(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(OWN, encoding="utf-8")
    (tmp_path / "paper.tex").write_text(
        "\\documentclass{article}\\begin{document}Text.\\bibliography{refs}\\end{document}\n", encoding="utf-8"
    )
    (tmp_path / "tcia-policy.yaml").write_text(
        "use: {purpose: noncommercial, activities: [publish-results], country: US}\n"
        "data: [{dataset: LIDC-IDRI}, {dataset: NLST}, {dataset: NSCLC-Radiomics}]\nmanuscript: [paper.tex]\n",
        encoding="utf-8",
    )
    assert run("notices", tmp_path, "-o", tmp_path / "out").code == 0
    added = run("cite", tmp_path, "--into", tmp_path / "refs.bib", "--only", "required").err
    assert "aerts2019-k9_tcia.2015.pf0m9rei-2" in added
    for name in ("acknowledgements", "data-availability"):
        tex = (tmp_path / "out" / f"{name}.tex").read_text(encoding="utf-8")
        cited = set(re.findall(r"\\cite\{(.+?)\}", tex))
        assert cited == {"lidc:mine", "nlst_2013", "aerts2019-k9_tcia.2015.pf0m9rei-2"}
        markdown = (tmp_path / "out" / f"{name}.md").read_text(encoding="utf-8")
        assert "[@lidc:mine]" in markdown
        assert "[@nlst_2013]" in markdown
