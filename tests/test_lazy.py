"""`tcia_policy.lazy`: dataclasses and patterns that are made when they are first used."""

import ast
import copy
import dataclasses
import pickle
import re
from dataclasses import FrozenInstanceError, field, replace
from functools import cached_property
from pathlib import Path
from threading import Barrier, Thread

import pytest

import tcia_policy
from tcia_policy.lazy import dataclass, pattern

PACKAGE = Path(tcia_policy.__file__).parent
ROOMS = ("cli", "engine", "evidence", "files", "model", "registry", "releases", "reports", "rules")


@dataclass(frozen=True)
class Point:
    """Two numbers, and names."""

    x: int
    y: int = 2
    names: tuple[str, ...] = field(default_factory=tuple)

    @cached_property
    def sum(self) -> int:
        return self.x + self.y


@dataclass(frozen=True)
class Named(Point):
    """A point with a name."""

    name: str = "here"


@dataclass(frozen=True)
class Copied:
    """A class of which the first instances are never initialized."""

    x: int


def test_a_class_has_its_fields_at_once_and_its_methods_when_they_are_called() -> None:
    @dataclass(frozen=True)
    class Unused:
        x: int

    waiting = Unused.__init__
    assert [each.name for each in dataclasses.fields(Unused)] == ["x"]
    assert Unused(1).x == 1
    assert Unused.__init__ is not waiting


def test_the_class_is_what_the_standard_library_makes_of_it() -> None:
    assert repr(Point(1)) == "Point(x=1, y=2, names=())"
    assert Point(1) == Point(1, 2) != Point(2)
    assert len({Point(1), Point(1, 2)}) == 1
    assert replace(Point(1), y=5).sum == 6
    assert [each.name for each in dataclasses.fields(Point(1))] == ["x", "y", "names"]
    with pytest.raises(FrozenInstanceError):
        Point(1).x = 3  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del Point(1).x
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        Point()  # type: ignore[call-arg]


def test_a_class_that_extends_another_has_its_fields() -> None:
    assert repr(Named(1, name="there")) == "Named(x=1, y=2, names=(), name='there')"


def test_a_field_that_does_not_count_is_not_compared() -> None:
    @dataclass(frozen=True)
    class Seen:
        x: int
        how: str = field(default="", compare=False)

    assert Seen(1, "here") == Seen(1, "there")
    assert hash(Seen(1, "here")) == hash(Seen(1, "there"))


def test_what_is_done_after_a_class_has_its_values_is_done() -> None:
    told = []

    @dataclass(frozen=True)
    class Told:
        x: int

        def __post_init__(self) -> None:
            told.append(self.x)

    Told(1)
    Told(x=2)
    assert told == [1, 2]


def test_a_field_that_is_no_plain_one_is_refused() -> None:
    with pytest.raises(TypeError, match=r"Odd\.x is no plain field"):

        @dataclass(frozen=True)
        class Odd:
            x: int = field(default=1, init=False)


def test_an_instance_that_was_copied_is_equal_to_another_of_the_same_content() -> None:
    one, other = Copied.__new__(Copied), Copied.__new__(Copied)
    one.__dict__["x"] = other.__dict__["x"] = 1
    assert one == other
    assert pickle.loads(pickle.dumps(copy.copy(Named(1)))) == Named(1)  # noqa: S301 - our own


def test_a_method_of_its_own_is_kept() -> None:
    @dataclass(frozen=True)
    class Told:
        x: int

        def __repr__(self) -> str:
            return f"x is {self.x}"

    assert repr(Told(1)) == "x is 1"


def test_two_threads_may_make_the_first_instance_at_once() -> None:
    @dataclass(frozen=True)
    class Shared:
        x: int

    found: list[Shared] = []
    together = Barrier(4)

    def make() -> None:
        together.wait()
        found.append(Shared(1))

    threads = [Thread(target=make) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [Shared(1)] * 4


def test_a_pattern_finds_what_a_regular_expression_finds() -> None:
    words = pattern(r"(?P<first>\w)\w*", re.ASCII)
    found = words.search("  one")
    assert found is not None
    assert found["first"] == "o"
    assert words.findall("a bc") == ["a", "b"]
    assert words.sub("x", "one two") == "x x"
    assert (words.pattern, words.flags) == (r"(?P<first>\w)\w*", re.ASCII)
    assert copy.copy(words).match("one") is not None


def test_a_pattern_that_is_wrong_says_so_when_it_is_used() -> None:
    wrong = pattern("(")
    with pytest.raises(re.error, match="missing"):
        wrong.match("x")


def test_every_module_of_a_room_with_many_takes_it() -> None:
    standard = [
        str(path.relative_to(PACKAGE))
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).parts[0] in ROOMS and "dataclass" in names_from_dataclasses(path)
    ]
    assert standard == [], "write `from tcia_policy.lazy import dataclass`"


def names_from_dataclasses(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "dataclasses"]
    return {alias.name for node in imports for alias in node.names}


@pytest.mark.parametrize("many", [0, 10])
def test_arguments_that_are_not_those_of_the_class_are_refused_by_the_first_instance_and_later(
    many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tcia_policy.lazy.MANY", many)

    @dataclass(frozen=True)
    class Pair:
        x: int
        y: int = 2

    assert [(Pair(1).x, Pair(1, y=3).y, Pair(y=4, x=1).y) for _ in range(2)] == [(1, 3, 4)] * 2
    for args, given in (((), {}), ((1, 2, 3), {}), ((1,), {"x": 2}), ((1,), {"z": 2})):
        with pytest.raises(TypeError):
            Pair(*args, **given)
    assert list(vars(Pair(y=4, x=1))) == ["x", "y"]
