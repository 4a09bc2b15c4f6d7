"""The drawing in docs/architecture.md, and the contracts of import-linter, against the real imports."""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "policy" / "tcia_policy"
GROUND = frozenset(("model", "files", "text", "errors", "lazy", "version"))
ENTRANCES = frozenset(("__init__", "__main__"))
DRAWING = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def modules_imported(path: Path) -> set[str]:
    """Return the dotted names below `tcia_policy` that a file imports, at its top or inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            found |= {name.removeprefix("tcia_policy.") for name in names if name.startswith("tcia_policy.")}
    return found


def room_of(module: str) -> str:
    return module.partition(".")[0]


def real_arrows() -> set[tuple[str, str]]:
    arrows = set()
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).with_suffix("").parts[0]
        arrows |= {(room, room_of(module)) for module in modules_imported(path)}
    return {(start, end) for start, end in arrows if start != end and start not in ENTRANCES and end not in GROUND}


def rooms() -> set[str]:
    return {
        path.stem
        for path in PACKAGE.iterdir()
        if (path.is_dir() and (path / "__init__.py").exists()) or path.suffix == ".py"
    }


def test_the_drawing_has_every_arrow_between_rooms_and_no_other() -> None:
    drawn = re.search(r"<!-- rooms -->\n```mermaid\n(.*?)```", DRAWING, re.DOTALL)
    assert drawn is not None
    arrows = re.findall(r"^  (\w+) --> (\w+)$", drawn.group(1), re.MULTILINE)
    assert len(arrows) == len(set(arrows))
    assert set(arrows) == real_arrows()


def test_every_room_is_in_the_table() -> None:
    table = set(re.findall(r"`(\w+)(?:/|\.py)`", DRAWING))
    assert rooms() - ENTRANCES - {"errors", "lazy", "version"} <= table


def test_every_module_that_the_page_names_is_there() -> None:
    for name in re.findall(r"`((?:\w+/)+\w+\.py)`", DRAWING):
        assert (PACKAGE / name).is_file() or (ROOT / name).is_file(), name


def test_no_arrow_leads_upwards_and_there_is_no_circle() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
