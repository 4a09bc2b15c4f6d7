"""The working directory decides nothing: the same manuscript gives the same result, wherever the command runs."""

from pathlib import Path

import pytest

from tcia_policy.documents.model import Manuscript
from tcia_policy.documents.read_documents import read_manuscript
from tcia_policy.files import limits
from tests.documents.trees import keys, printed, write

BIB = "@misc{a,\n title={A}, doi={10.1/a}\n}\n"
MAIN = (
    "\\documentclass{article}\\begin{document}\n\\input{sections/one} \\input{missing}\n"
    "\\input{../secret}\\bibliography{refs}\n\\end{document}"
)
PAPER = {
    "paper/main.tex": MAIN,
    "paper/sections/one.tex": "One \\cite{a}",
    "paper/refs.bib": BIB,
    "secret.tex": "SECRET",
}


def _read_from(here: Path, path: Path | str, monkeypatch: pytest.MonkeyPatch) -> Manuscript:
    monkeypatch.chdir(here)
    return read_manuscript([str(path)], None, Path())


def test_what_is_read_and_what_is_wrong_is_the_same_from_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, PAPER)
    main = tmp_path / "paper" / "main.tex"
    found = [
        _read_from(here, path, monkeypatch)
        for here, path in (
            (tmp_path / "paper", "main.tex"),
            (tmp_path, "paper/main.tex"),
            (tmp_path / "paper" / "sections", "../main.tex"),
            (Path("/"), main.relative_to("/")),
            (tmp_path.parent, main),
        )
    ]
    for each in found:
        assert keys(each) == ["a"]
        assert [entry.key for entry in each.entries] == ["a"]
        assert "SECRET" not in printed(each)
        assert [problem.problem.partition(" was not")[0] for problem in each.problems] == [
            problem.problem.partition(" was not")[0] for problem in found[0].problems
        ]


@pytest.mark.parametrize(
    ("here", "path", "files"),
    [
        (".", "paper/main.tex", {"paper/main.tex", "paper/sections/one.tex", "paper/refs.bib"}),
        ("paper", "main.tex", {"main.tex", "sections/one.tex", "refs.bib"}),
        ("paper/sections", "../main.tex", {"../main.tex", "one.tex", "../refs.bib"}),
    ],
)
def test_files_of_a_repository_are_spelled_from_where_the_user_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, here: str, path: str, files: set[str]
) -> None:
    write(tmp_path, PAPER | {".git/HEAD": ""})
    assert files <= set(_read_from(tmp_path / here, path, monkeypatch).files)


def test_a_document_of_a_repository_includes_what_stands_elsewhere_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"study/paper/main.md": "---\nbibliography: ../refs.bib\n---\n[@a]", "study/refs.bib": BIB}
    write(tmp_path, files | {"study/.git/HEAD": "", "other.bib": BIB})
    for here, path in ((".", "study/paper/main.md"), ("study/paper", "main.md")):
        read = _read_from(tmp_path / here, path, monkeypatch)
        assert [entry.key for entry in read.entries] == ["a"]
        assert read.problems == ()


def test_many_files_beside_a_paper_take_nothing_of_it_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, PAPER | {f"slices/{number}.tex": "" for number in range(12)})
    monkeypatch.setattr(limits, "MANUSCRIPT_LISTED", 10)
    monkeypatch.setattr(limits, "MANUSCRIPT_FILES", 10)
    for path in ("paper/main.tex", "paper"):
        assert keys(_read_from(tmp_path, path, monkeypatch)) == ["a"]
