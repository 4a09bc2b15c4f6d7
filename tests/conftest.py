"""Marks every test `quick` or `slow`, by its file: `pytest -m quick` is for the one who edits, CI runs all."""

import os
import re
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

TESTS = Path(__file__).parent
SLOW_FOLDERS = {
    "cli": "whole runs of the program",
    "references": "hands files to pandoc, biber and BibTeX",
}
STARTS_A_PROGRAM = re.compile(r"\bsubprocess\b|\bimport .*\b(?:pandoc|process|need)\b")
TRIES_EVERYTHING = re.compile(
    r"_(?:vocabulary_walk|every_dataset|output_licenses|properties|bounds|registry_files|examples|manuscripts)$"
)


# The same inputs in every run, however busy the machine; `HYPOTHESIS_PROFILE=default` looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
# Some CI sets it for all programs; what is compared here is without color.
os.environ.pop("FORCE_COLOR", None)
# A process that a test starts takes the byte code of the one before it: without, each compiles all modules anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# What the program keeps in the user's cache is made once for all runs of the tests, and not in that of who runs them.
os.environ["XDG_CACHE_HOME"] = str(Path(tempfile.gettempdir()) / f"tcia-policy-tests-{os.environ.get('USER', '')}")
# Tests are about the registry that ships, whatever the one who runs them keeps; none can write another for all tests.
os.environ["XDG_DATA_HOME"] = str(Path(os.devnull) / "no-data")
os.environ.pop("TCIA_POLICY_REGISTRY", None)

COUNTS_WORK = {"growth", "steps"}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Return true for the files that `-m quick` does not need, for importing them takes seconds."""
    is_test = collection_path.name.startswith("test_") and collection_path.suffix == ".py"
    return True if is_test and config.getoption("markexpr") == "quick" and is_slow(collection_path) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test that was collected."""
    for item in items:
        item.add_marker("slow" if is_slow(item.path) or tries_much(item) else "quick")


@cache
def is_slow(file: Path) -> bool:
    """Return whether the tests of a file run the whole program, start others, or try everything there is."""
    return (
        file.relative_to(TESTS).parts[0] in SLOW_FOLDERS
        or TRIES_EVERYTHING.search(file.stem) is not None
        or STARTS_A_PROGRAM.search(file.read_text(encoding="utf-8")) is not None
    )


def tries_much(item: pytest.Item) -> bool:
    """Return whether a test reads hostile input and counts the work, or has hypothesis make up its inputs."""
    function = item.function if isinstance(item, pytest.Function) else None
    return getattr(function, "is_hypothesis_test", False) or (
        function is not None and not COUNTS_WORK.isdisjoint(function.__code__.co_names)
    )
