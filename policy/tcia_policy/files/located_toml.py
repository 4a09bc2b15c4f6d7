"""TOML with its lines, as far as they can be told: no library of TOML keeps them.

The line is that of the key, or of the table that it stands in, found by the form in which people write both.
"""

import re
import tomllib
from pathlib import Path

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.located_yaml import LocatedYaml
from tcia_policy.files.model_shape import YamlPath

_TABLE = re.compile(r"[ \t]*(?P<many>\[)?\[[ \t]*(?P<name>[A-Za-z0-9_.\"'-]+)[ \t]*\]")
_KEY = re.compile(r"[ \t]*(?P<name>[A-Za-z0-9_.\"'-]+)[ \t]*=")
# The library takes time by the square of these steps.
_DEEP = re.compile(
    rf"(?<![\w-])(?:[\w-]{{1,1000}}[\"']?[ \t]{{0,5}}\.[ \t]{{0,5}}[\"']?){{{limits.YAML_DEPTH}}}", re.ASCII
)
_LINE = re.compile(r"at line (\d+)")


def parse_toml(path: Path, text: str) -> LocatedYaml:
    """Parse TOML text; `path` is for messages only. Raise `InputError` for what is no TOML or is nested too deep."""
    deep = _DEEP.search(text)
    if deep is not None:
        line = text.count("\n", 0, deep.start()) + 1
        raise InputError(f"nested more than {limits.YAML_DEPTH} levels deep", file=path, line=line)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _LINE.search(str(error))
        raise InputError(f"is not valid TOML: {error}", file=path, line=int(at[1]) if at else None) from None
    except (RecursionError, ValueError):
        raise InputError("is nested too deep, or has a number that is too long", file=path) from None
    return LocatedYaml(path, data, _lines(text))


def _lines(text: str) -> dict[YamlPath, int]:
    lines: dict[YamlPath, int] = {}
    counts: dict[tuple[str, ...], int] = {}
    table: YamlPath = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if (opened := _TABLE.match(line)) is not None:
            steps = _steps(opened["name"])
            index = counts.get(steps, -1) + 1
            counts[steps] = index
            table = (*steps, index) if opened["many"] else steps
            lines.setdefault(table, number)
        elif (key := _KEY.match(line)) is not None:
            lines.setdefault((*table, *_steps(key["name"])), number)
    return lines


def _steps(name: str) -> tuple[str, ...]:
    quoted = name[:1] in "\"'" and name[-1:] == name[:1]
    return (name[1:-1],) if quoted else tuple(name.split("."))
