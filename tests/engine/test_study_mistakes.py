"""Whatever is wrong with a project file, it is told with file and line, and in words for people."""

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError
from tcia_policy.files.yaml_mistakes import NOT_YAML

FILE = Path("nowhere/tcia-policy.yaml")
DOCUMENT = {"path": "legal/a.pdf", "sha256": "0" * 64}
VALID: dict[str, Any] = {
    "title": "A study",
    "use": {
        "purpose": "noncommercial",
        "activities": ["train-model", "release-model"],
        "outputs": [
            {"kind": "model", "license": "MIT", "trained_on": ["lidc"], "tested_on": [], "base_model": ["w"]},
            {"kind": "segmentations", "license_file": "LICENSE", "made_from": ["lidc"], "made_with": ["w"]},
        ],
        "country": "NO",
    },
    "positions": {"model-is-adaptation": {"value": False, "by": "Counsel", "on": "2026-01-02", "evidence": "a.pdf"}},
    "data": [
        {"id": "lidc", "dataset": "LIDC-IDRI", "distributions": ["images"], "version": "1.10", "altered": False},
        {"doi": "10.7937/x", "obtained_from": "kaggle", "obtained_on": "2024-02-29", "license": "MIT"},
        {"other": {"name": "W", "kind": "model", "license": "MIT", "doi": "10.1/x"}, "changes": "cropped"},
        {"own": {"name": "CT", "description": "ours"}},
    ],
    "licenses": [
        {
            "id": "LicenseRef-a",
            "name": "A",
            "text": DOCUMENT,
            "access": "open",
            "permits": ["distribution"],
            "requires": [],
            "prohibits": ["commercial-use"],
        }
    ],
    "agreements": [{"id": "dbgap", "accession": "phs004225", "approved_on": "2026-01-01", "evidence": DOCUMENT}],
    "permissions": [
        {
            "dataset": "NLST",
            "grants": "commercial-use",
            "from": "A",
            "to": "B",
            "activities": ["teach"],
            "outputs": ["model"],
            "territory": ["NL", "DE"],
            "on": "2026-01-01",
            "until": "2027-01-01",
            "sublicensable": True,
            "evidence": {"held_by": "C"},
        }
    ],
    "answers": [
        {"rule": "x", "data": "NLST", "says": "permitted", "from": "A", "on": "2026-01-01", "evidence": DOCUMENT}
    ],
    "cptac": {"global_paper_published": True, "raw_data_public_since": "2024-01-01"},
    "manuscript": ["paper.tex"],
    "not_used": ["NLST"],
}
# Words of pydantic, of Python and of YAML's parser.
JARGON = re.compile(
    r"\b(?:input|valid|tuple|dict|dictionary|mapping|instance|str|int|bool|enum|literal|extra_forbidden|datetime|boolean"
    r"|integer|string|should|model_type|pydantic|scalar|sequence|node|token|NoneType|None|True|False|alias choices)\b"
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from(["", " ", "x", "no", "true", "A: b", "2026-13-40", "worldwide", "commercial", "\u202e", "1.2.3"]),
    st.text(max_size=8),
    st.just([]),
    st.just({}),
    st.lists(st.sampled_from(["model", "analyze", "NLST", ""]), max_size=3),
    st.dictionaries(
        st.sampled_from(["name", "path", "kind", "value", "porpose"]), st.sampled_from(["a", ""]), max_size=2
    ),
)
Place = tuple[str | int, ...]


def places(data: object, here: Place = ()) -> Iterator[Place]:
    """Yield the place of everything within the data."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in inner:
        yield (*here, step)
        yield from places(value, (*here, step))


@st.composite
def broken(draw: st.DrawFn) -> dict[str, Any]:
    """Return a project with some of its values replaced, left out, or under another key."""
    project = copy.deepcopy(VALID)
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from(list(places(project)) or [("title",)]))
        holder: Any = project
        for step in place[:-1]:
            holder = holder[step]
        how = draw(st.sampled_from(["replace", "leave out", "rename"]))
        if how == "replace":
            holder[place[-1]] = draw(VALUES)
        else:
            value = holder[place[-1]]
            del holder[place[-1]]
            if how == "rename" and isinstance(holder, dict):
                holder[draw(st.sampled_from([f"{place[-1]}s", str(place[-1])[1:], "licence", "a b"]))] = value
    return project


@given(broken())
def test_any_mistake_is_told_with_file_and_line_and_without_jargon(project: dict[str, Any]) -> None:
    text = json.dumps(project, indent=1, ensure_ascii=False)
    try:
        Study.parse(text, FILE)
    except InputError as error:
        mistakes = error.mistakes
    else:
        return
    for mistake in mistakes:
        said = re.sub(
            r"`[^`]*`|\"[^\"]*\"|'[^']*'|\(found [^)]*\)",
            "",
            f"{mistake.problem.removeprefix(NOT_YAML)}; {mistake.hint}",
        )
        assert not JARGON.search(said.replace("; None", "")), str(mistake)
        assert mistake.file == FILE
        if not mistake.problem.startswith(NOT_YAML):
            assert mistake.line is not None, str(mistake)
            assert 1 <= mistake.line <= text.count("\n") + 1


def test_the_project_that_is_broken_is_a_valid_one() -> None:
    assert Study.parse(json.dumps(VALID, indent=1), FILE).project.title == "A study"


def test_every_mistake_points_to_its_own_line() -> None:
    project = copy.deepcopy(VALID)
    project["use"]["purpose"] = "fun"
    project["permissions"][0]["territory"] = ["Norway"]
    project["data"][1]["obtained_on"] = "2026-13-40"
    text = json.dumps(project, indent=1)
    lines = text.splitlines()
    try:
        Study.parse(text, FILE)
    except InputError as error:
        told = [lines[(each.line or 0) - 1].strip(" ,") for each in error.mistakes]
    assert told == ['"purpose": "fun"', '"obtained_on": "2026-13-40"', '"territory": [']
