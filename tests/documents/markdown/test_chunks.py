"""Code that a Markdown document runs."""

import pytest

from tcia_policy.documents.markdown.chunks import chunk_strings
from tests.documents.trees import markdown


@pytest.mark.parametrize(
    ("info", "found"),
    [
        ("{python}", ["NLST"]),
        ("{r, echo=FALSE}", ["NLST"]),
        ("{r}", ["NLST"]),
        ("{code-cell} ipython3", ["NLST"]),
        ("{code-cell}", ["NLST"]),
        ("python", []),
        ("{.python}", []),
        ("{mermaid}", []),
        ("", []),
    ],
)
def test_strings_of_code_that_is_run_are_found(info: str, found: list[str]) -> None:
    assert [text for text, _ in chunk_strings(info, "x = 'NLST' # 'no'\n", 1)] == found


def test_chunks_are_code_on_their_lines_and_examples_are_not() -> None:
    run = "```{r}\n#| echo: false\nx <- c('a',\n  'NLST')\n```\n"
    shown = "```python\ny = 'LIDC-IDRI'\n```\n"
    found = markdown(f"Text.\n\n{run}\n{shown}\n~~~{{python}}\nz = 'b'\n~~~\n", name="paper.qmd")
    (block,) = [block for block in found.prose if block.is_code]
    assert block.text == "a\nNLST\nb"
    assert [str(block.place(block.text.index(word))) for word in ("a", "NLST", "b")] == [
        "paper.qmd:5",
        "paper.qmd:6",
        "paper.qmd:14",
    ]
    assert all("NLST" not in prose.text for prose in found.prose if not prose.is_code)
