"""Which file was meant by a path that is not there."""

from pathlib import Path

import pytest

from tcia_policy.documents.nearest_file import nearest_file
from tests.documents.trees import write


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("papr/main.tex", "paper/main.tex"),
        ("paper/mian.tex", "paper/main.tex"),
        ("paper/Main.tex", "paper/main.tex"),
        ("main.tex", "paper/main.tex"),
        ("draft/notes.md", "notes.md"),
        ("Paper", "paper"),
        ("paper/../papr/main.tex", "paper/../paper/main.tex"),
        ("zzz.docx", None),
        ("zzz/qqq.docx", None),
        ("a\0b", None),
        ("x" * 5000, None),
    ],
)
def test_the_path_that_was_meant(tmp_path: Path, path: str, meant: str | None) -> None:
    write(tmp_path, {"paper/main.tex": "", "notes.md": "", "figures/plot.png": ""})
    assert nearest_file(tmp_path, path) == meant
