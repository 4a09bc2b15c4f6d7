"""`constraints.txt`: the versions that the set-up commands install, and nothing but versions."""

import re
import tomllib
from importlib.metadata import requires, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LINES = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINNED = {canonicalize_name(name): pin for name, _, pin in (line.partition("==") for line in LINES)}


def requirements() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [
        Requirement(text)
        for text in (
            *project["dependencies"],
            *(each for extra in ("dev", "judges") for each in project["optional-dependencies"][extra]),
        )
    ]


def test_every_line_is_a_name_and_a_version() -> None:
    for line in LINES:
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][A-Za-z0-9.]*", line), line
    assert len(PINNED) == len(LINES)


def test_every_dependency_is_pinned_to_a_version_that_it_allows() -> None:
    for requirement in requirements():
        pin = PINNED[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(pin, prereleases=True), requirement


def test_what_dependencies_depend_on_is_pinned_too() -> None:
    waiting = requirements()
    seen: set[tuple[str, str]] = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        for extra in {"", *wanted.extras}:
            if (name, extra) not in seen:
                seen.add((name, extra))
                assert name in PINNED
                needs = [Requirement(text) for text in requires(name) or ()]
                waiting += [need for need in needs if need.marker is None or need.marker.evaluate({"extra": extra})]
    assert set(PINNED) == {name for name, _ in seen}


def test_the_tests_run_with_the_pinned_versions_of_what_they_judge_by() -> None:
    for name in ("pydantic", "typer", "duckdb", "idc-index-data", "bibtexparser"):
        assert version(name) == PINNED[canonicalize_name(name)]
