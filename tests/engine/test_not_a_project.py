"""Files that are given as a project and are something else."""

from pathlib import Path

import pytest

from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError


@pytest.mark.parametrize(
    ("name", "content", "problem", "hint"),
    [
        ("paper.tex", b"\\documentclass{article}\n", "is a manuscript (LaTeX)", "check --manuscript "),
        ("paper.txt", b"\\documentclass{article}\n", "is a manuscript (LaTeX)", "check --manuscript "),
        ("paper.md", b"# Lungs: a study: more\n", "is a manuscript (Markdown", "check --manuscript "),
        ("paper.pdf", b"%PDF-1.7\n\xff\xfe", "is a manuscript (PDF)", "check --manuscript "),
        ("paper.docx", b"PK\x03\x04\xff\xfe", "is a manuscript (Word", "check --manuscript "),
        ("paper.zip", b"PK\x03\x04\xff\xfe", "is a zip", "check --manuscript "),
        ("refs.bib", b"@article{a, title = {b}}\n", "is a bibliography (BibTeX)", "check --manuscript "),
        ("a.tcia", b"downloadServerUrl=x\nListOfSeriesToDownload=\n1.2.3\n", "is a TCIA manifest", "init "),
        ("a.csv", b"SeriesInstanceUID,Size\n1.2.3,4\n", "is a table", "resolve "),
        ("a.txt", b"1.3.6.1.4.1.14519.5\n", "is a list of series", "init "),
        ("a.json", b'{"schema_version": "9.0", "agreements": []}', "is a saved assessment", "render "),
        ("a.yaml", b"scenarios:\n  - name: x\n", "is a file of scenarios", "rules test "),
        ("b.yaml", b"policy: {id: x}\nrules: []\n", "is a file of rules", "--rules "),
        ("c.yaml", b"- dataset: NLST\n", "is not a project file: it is a list", "write `data:`"),
        ("d.yaml", b"", "is not a project file: it is empty", "tcia-policy init"),
        ("f.yaml", b"seed: 42\nmodel: {lr: 1}\ndata: {root: /x}\n", "is YAML that lists no series", "tcia-policy init"),
        ("g.yaml", b"a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n", "is YAML that lists no series", "tcia-policy init"),
        ("a.bin", bytes(range(256)) * 20_000, "is a binary file, not a project file", "is YAML"),
        ("b.bin", bytes(range(256)), "is a binary file, not a project file", "is YAML"),
        ("a.png", b"\x89PNG\r\n" + bytes(5_000_000), "is a PNG image, not a project file", "list of series"),
        ("e.yaml", b"hello\n", "is not a project file: it is text", "tcia-policy init"),
    ],
)
def test_a_file_of_another_kind_says_what_it_is_and_which_command_takes_it(
    tmp_path: Path, name: str, content: bytes, problem: str, hint: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as raised:
        Study.load(tmp_path / name)
    assert raised.value.problem.startswith(problem)
    assert hint in (raised.value.hint or "")
    assert len(raised.value.mistakes) == 1


@pytest.mark.parametrize(
    "text",
    ["dta: [{dataset: NLST}]\nnote: x\n", "data: [{collection: NLST}]\na: 1\nb: 2\n", "use: {a: 1}\nb: 2\n"],
)
def test_what_has_keys_of_a_project_or_like_these_is_a_project(tmp_path: Path, text: str) -> None:
    (tmp_path / "study.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="unknown key"):
        Study.load(tmp_path / "study.yaml")


def test_a_project_with_a_mistake_is_a_project(tmp_path: Path) -> None:
    (tmp_path / "study.txt").write_text("data: [{dataset: NLST}]\nrules: []\n", encoding="utf-8")
    with pytest.raises(InputError, match="rules: unknown key"):
        Study.load(tmp_path / "study.txt")
