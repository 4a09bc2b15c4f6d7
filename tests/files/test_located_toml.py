from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.files.located_toml import parse_toml

TOML = """top = 1
[project]
name = "x"
urls.home = "y"

[[part]]
path = "a"
[[part]]
path = "b"
"""


def test_keys_and_tables_have_their_lines() -> None:
    located = parse_toml(Path("x.toml"), TOML)
    lines = [located.line(place) for place in (("top",), ("project", "name"), ("project", "urls", "home"))]
    assert lines == [1, 3, 4]
    assert [located.line(place) for place in (("part", 0, "path"), ("part", 1, "path"), ("part", 1, "gone"))] == [
        7,
        9,
        8,
    ]


@pytest.mark.parametrize(
    "text", ["a = ", "a = 1\na = 2", "a = " + "[" * 50_000, "a." * 300_000 + "a = 1", '"a" . ' * 300_000 + "a = 1"]
)
def test_what_is_no_toml_is_told(text: str) -> None:
    with pytest.raises(InputError):
        parse_toml(Path("x.toml"), text)
