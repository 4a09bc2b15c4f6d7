"""What a user typed, as it gets to a command: a text needs nothing that checks it.

Typer has pydantic check each value, and each option that is left out; what checks is built at each start, which took a
tenth of a check. Here it is built only for what is typed and is not taken as it is: a number, a word of a list, a path.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any

from tcia_policy.lazy import dataclass


def take_texts_as_typed(command: Any) -> Any:
    """Return the command (or the group, with its commands) whose texts Typer takes as they are typed."""
    params = command.get_params

    def get_params(ctx: Any) -> list[Any]:
        return [_as_typed(each) for each in params(ctx)]

    command.get_params = get_params
    for each in getattr(command, "commands", {}).values():
        take_texts_as_typed(each)
    return command


def _as_typed(parameter: Any) -> Any:
    if not isinstance(parameter.get_runtime_param, _AsTyped):
        of = parameter.type_descriptor
        has_parser = of.parameter_info.parser is not None
        parameter.get_runtime_param = _AsTyped(of.annotation, has_parser, parameter.get_runtime_param)
    return parameter


@dataclass(frozen=True)
class _AsTyped:
    """Stands for what Typer asks for a value (its `RuntimeParam`), and for the method of a parameter that returns it.

    `checked` is that method of Typer's: what it returns decides all but the plainest cases.
    """

    annotation: Any
    has_parser: bool
    checked: Callable[[], Any]

    def __call__(self) -> "_AsTyped":
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value as the command gets it; raise what Typer raises."""
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if not self.has_parser:
            if type(value) is self.annotation and isinstance(value, str | int | Enum):  # a text, or a default
                return value
            is_list = self.annotation == list[str] and isinstance(value, list | tuple)
            if is_list and all(type(each) is str for each in value):
                return list(value)
        return self.checked().coerce(value, param=param, ctx=ctx)
