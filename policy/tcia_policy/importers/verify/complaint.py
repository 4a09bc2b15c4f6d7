"""What is wrong with a registry: where it stands, what is wrong, and what would be right."""

from collections.abc import Iterator

from pydantic import BaseModel

from tcia_policy.files.model_shape import YamlPath
from tcia_policy.lazy import dataclass


@dataclass(frozen=True)
class Wrong:
    """What is wrong at a place of a file (`("citation", "doi")`), and what would be right.

    `is_asked`: all that comes of it is that a user is asked which dataset is meant.
    """

    place: YamlPath
    problem: str
    right: str
    is_asked: bool = False


@dataclass(frozen=True)
class Complaint:
    """What is wrong in a file of the registry; `file` is its path in the folder of the registry."""

    file: str
    wrong: Wrong


@dataclass(frozen=True)
class Leaf:
    """A value that is no list and has no fields, and its place in the file of which it is."""

    place: YamlPath
    value: object

    @property
    def name(self) -> str:
        """Return the field that it is of, or in whose list it is."""
        return next((step for step in reversed(self.place) if isinstance(step, str)), "")


def leaves_of(model: BaseModel, place: YamlPath = ()) -> Iterator[Leaf]:
    """Yield every value that a model states, with its place."""
    for name in type(model).model_fields:
        yield from _within(getattr(model, name), (*place, name))


def _within(value: object, place: YamlPath) -> Iterator[Leaf]:
    if isinstance(value, BaseModel):
        yield from leaves_of(value, place)
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _within(item, (*place, position))
    elif value is not None:
        yield Leaf(place, value)
