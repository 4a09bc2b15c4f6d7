"""YAML that remembers its lines, bounded, and without surprises.

Only `true`, `false` and `null` are more than text here: dates, numbers and versions stay the text that was written
(`1.10` is not 1.1, `NO` is a country), and the types they are parsed into convert them. Anchors, aliases and tags are
refused: no file of ours needs them, and they are how a small file becomes a huge one.
"""

from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from tcia_policy.errors import InputError, as_one
from tcia_policy.files import limits
from tcia_policy.files.model_shape import YamlPath, spell
from tcia_policy.files.text import read_text
from tcia_policy.lazy import dataclass, pattern

__all__ = ["LocatedYaml", "parse_text", "place_of", "read", "spell"]

_STEP = pattern(r"\[(\d+)\]|([^.\[\]]+)")
ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True)
class LocatedYaml:
    """Plain data of one file, and the 1-based line on which each of its places (`("data", 2, "doi")`) begins.

    `set_by` has the places that an option of the command line has set, in place of the file, and that option.
    """

    path: Path
    data: object
    lines: dict[YamlPath, int]
    set_by: Mapping[YamlPath, str] = field(default_factory=dict)

    def line(self, place: YamlPath) -> int | None:
        """Return the line of `place`, or of the nearest enclosing one that is known."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return None

    def parse(self, model: type[ModelT], place: YamlPath = ()) -> ModelT:
        """Return the part at `place` as `model`. Raise `InputError` with file, line and field if it does not fit.

        All that does not fit is told at once.
        """
        try:
            return model.model_validate(self.part(place))
        except ValidationError as error:
            raise self.mismatch(error, model, place) from None

    def part(self, place: YamlPath) -> object:
        """Return the data at a place that the file has."""
        part = self.data
        for step in place:
            part = part[step]  # type: ignore[index]
        return part

    def mismatch(self, error: ValidationError, model: type[BaseModel], place: YamlPath = ()) -> InputError:
        """Return everything that does not fit `model` at `place`, in our words and with its place in the file."""
        from tcia_policy.files.misfits import misfits  # noqa: PLC0415 - 2 ms, only where something is wrong

        found = misfits(error.errors(include_url=False), model, self.part(place))
        return as_one(self.mistake((*place, *each.place), each.problem, each.hint) for each in found)

    def overridden(self, place: YamlPath, option: str) -> "LocatedYaml":
        """Return the file in which what stands at a place does not count, since an option says something else."""
        lines = {each: line for each, line in self.lines.items() if each[: len(place)] != place}
        return replace(self, lines=lines, set_by={**self.set_by, place: option})

    def mistake(self, place: YamlPath, problem: str, hint: str | None = None) -> InputError:
        """Return the error for what is wrong at a place, with its file and line, or with the option that set it."""
        option = next((option for set_, option in self.set_by.items() if place[: len(set_)] == set_), None)
        if option is not None:
            key = next((step for step in reversed(place) if isinstance(step, str)), "")
            as_option = (hint or "").replace(f"write `{key}: ", f"write `{option} {spell(place)}=")
            return InputError(problem, field=f"{option} {spell(place)}", hint=as_option or None)
        return InputError(problem, file=self.path, line=self.line(place), field=spell(place), hint=hint)


def place_of(field: str) -> YamlPath:
    """Return `("data", 2, "doi")` for `data[2].doi`: what `spell` was given."""
    steps = _STEP.findall(field)
    return tuple(int(number) if number else key for number, key in steps)


def read(path: Path, most_bytes: int = limits.YAML) -> LocatedYaml:
    """Read one YAML file of at most `most_bytes`, nested at most `limits.YAML_DEPTH` deep.

    Raise `InputError` for a file that cannot be read, is too large or too deep, is not UTF-8, is not YAML, has an
    anchor, an alias or a tag, or gives a key twice.
    """
    return parse_text(path, read_text(path, most_bytes))


def parse_text(path: Path, text: str) -> LocatedYaml:
    """Parse YAML text; `path` is for messages only. Raise as `read` does."""
    from tcia_policy.files.yaml_content import content_of  # noqa: PLC0415 - 20 ms, where what is shipped is compiled

    lines: dict[YamlPath, int] = {}
    return LocatedYaml(path=path, data=content_of(path, text, lines), lines=lines)
