"""The strings of programs, each on its line."""

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.read_documents import read_manuscript
from tcia_policy.documents.source_code import read_document, strings
from tcia_policy.errors import InputError
from tests.documents.trees import Files
from tests.work import IN_PROPORTION, growth

PYTHON = '''\
"""What this does, with LIDC-IDRI."""
# "a comment"
collection = "CPTAC-GBM"
!pip install "idc-index"
path = f"data/{name}/LIDC-IDRI"  # half a "string
query = """SELECT *
  WHERE collection_id = 'nlst'"""


def load():
    """Load "x"."""
    return r'it "is"', b""
'''


@pytest.mark.parametrize(
    ("language", "code", "found"),
    [
        (
            "python",
            PYTHON,
            [
                ("CPTAC-GBM", 3),
                ("pip", 4),
                ("install", 4),
                ("idc-index", 4),
                ("data/", 5),
                ("/LIDC-IDRI", 5),
                ("SELECT *", 6),
                ("WHERE collection_id = 'nlst", 7),
                ('it "is', 12),
            ],
        ),
        ("ipython3", "x = 'a'", [("a", 1)]),
        ("r", "x <- 'NLST' # 'no'\n#' \"no\"\ngetSeries(collection = \"A\\\"b\")\n", [("NLST", 1), ('A\\"b', 3)]),
        ("Julia", 'x = "NLST" # "no"\n', [("NLST", 1)]),
        ("bash", 'idc download "NLST" # "no"\n', [("idc", 1), ("download", 1), ("NLST", 1)]),
        ("sh", "\nls /in/lidc_idri/${x}/CT-ORG # NLST", [("ls", 2), ("/in/lidc_idri/", 2), ("/CT-ORG", 2)]),
        ("python", "a = 'b'\n  !ls NLST\nc = 'd'", [("b", 1), ("ls", 2), ("NLST", 2), ("d", 3)]),
        ("python", "x = a !b", []),
        ("sql", "select 1 -- 'no'\nwhere a = 'nlst'", [("nlst", 2)]),
        ("bash", "idc 'NLST' # 'no'", [("idc", 1), ("NLST", 1)]),
        ("brainf", '"a"', []),
        ("python", "", []),
        ("python", 'a = "' + "x" * 3_000 + '"', []),
    ],
)
def test_strings_are_given_on_their_lines(language: str, code: str, found: list[tuple[str, int]]) -> None:
    assert list(strings(code, language)) == found


def test_the_first_line_may_stand_anywhere_in_a_file() -> None:
    assert list(strings('\nx = "a"', "python", first=41)) == [("a", 42)]


def test_a_program_is_a_block_of_code() -> None:
    found = read_document(DocumentFile(Files({"src/train.R": 'x <- "NLST"\n'}), PurePosixPath("src/train.R")))
    (block,) = found.prose
    assert (block.text, block.is_code, str(block.place(0))) == ("NLST", True, "src/train.R:1")


def test_a_program_is_read_where_it_is_named_and_where_a_folder_has_no_document(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    for name in ("src/a.R", "train.py"):
        (tmp_path / name).write_text('x = "NLST"\n')
    assert read_manuscript(["."], tmp_path, Path()).files == ("train.py", "src/a.R")
    (tmp_path / "paper.md").write_text("Text.\n")
    found = read_manuscript(["."], tmp_path, Path())
    assert (found.files, found.problems) == (("paper.md",), ())
    assert read_manuscript(["train.py"], tmp_path, Path()).files == ("train.py",)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(InputError):
        read_document(DocumentFile(Files({"a.py": b"\0"}), PurePosixPath("a.py")))


_SIGNS = st.sampled_from(
    ["'", '"', "`", "\\", "\n", " ", "a", "(", "{", "}", "$", "#", "%", 'f"', '"""', "<<a\n", "/*"]
)
LANGUAGES = ["python", "r", "julia", "bash", "sql"]


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text(max_size=80) | st.lists(_SIGNS, max_size=40).map("".join))
def test_any_text_is_read(language: str, text: str) -> None:
    lines = text.count("\n") + 1
    assert all(1 <= line <= lines for _, line in strings(text, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", ['"\\', "'", "`", '"a\n', "f'{", "<<a\n", '"""', "%{\n"])
def test_work_grows_with_the_program_alone(language: str, unit: str) -> None:
    assert growth(lambda size: list(strings(unit * size, language)), 2_000) < IN_PROPORTION
    assert list(strings(unit * 20_000, language)) is not None
