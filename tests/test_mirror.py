"""tests/ mirrors the package: `tests/x/test_y*.py` tests the module (or the room) `y` of the room `x`."""

import re
from pathlib import Path

import pytest

import tcia_policy

TESTS = Path(__file__).parent
PACKAGE = Path(tcia_policy.__file__).parent
ROOMS_TESTED_BY_TOPIC = {"cli": "commands are tested as a user runs them, several at a time"}
FILES = [path.relative_to(TESTS) for path in sorted(TESTS.glob("*/**/test_*.py"))]


@pytest.mark.parametrize("test", FILES, ids=str)
def test_a_test_stands_in_the_room_of_what_it_tests_and_is_named_after_it(test: Path) -> None:
    room = PACKAGE / test.parent
    assert room.is_dir(), f"the package has no room {test.parent}"
    if test.parts[0] in ROOMS_TESTED_BY_TOPIC:
        return
    modules = {room.name, *(path.stem for path in room.iterdir() if path.suffix == ".py" or path.is_dir())}
    name = test.stem.removeprefix("test_")
    assert any(name == module or name.startswith(f"{module}_") for module in modules), (
        f"name it after a module of {test.parent}: test_MODULE.py or test_MODULE_topic.py"
    )


@pytest.mark.parametrize("file", sorted(TESTS.rglob("*.py")), ids=lambda path: str(path.relative_to(TESTS)))
def test_what_tests_share_stands_in_a_module_of_its_own(file: Path) -> None:
    shared = re.findall(r"^from (tests[.\w]*\.test_\w+) import", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert shared == [], "move what is shared to a module that is not a test"
