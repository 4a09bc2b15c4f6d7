"""Options that belong together: a command takes them as one dataclass, a user types them one by one.

And commands that belong together, of which one needs no name.
"""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from functools import wraps
from typing import Any, get_type_hints

from typer.core import TyperGroup


def with_groups(command: Callable[..., None], also: Sequence[inspect.Parameter] = ()) -> Callable[..., None]:
    """Return `command` with each parameter that is a dataclass replaced by the fields of that class, for Typer.

    A field is annotated like a parameter of a Typer command (`Annotated[str, typer.Option(...)]`) and has a default.
    The parameters `also` are added at the end; their callbacks see what is given for them, and the command does not.
    """
    own = inspect.signature(command, eval_str=True).parameters
    groups = {name: own[name].annotation for name in own if is_dataclass(own[name].annotation)}

    @wraps(command)
    def called(**given: Any) -> None:
        for parameter in also:
            given.pop(parameter.name)
        grouped = {
            name: group(**{field.name: given.pop(field.name) for field in fields(group)})
            for name, group in groups.items()
        }
        command(**given, **grouped)

    parameters = [
        parameter
        for name in own
        for parameter in (_parameters_of(groups[name]) if name in groups else [_keyword(own[name])])
    ]
    parameters += also
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    del called.__wrapped__
    return called


def _parameters_of(group: type) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name]
        )
        for field in fields(group)
    ]


def _keyword(parameter: inspect.Parameter) -> inspect.Parameter:
    return parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)


def project_or_command(usual: str) -> type[TyperGroup]:
    """Return a group that takes what is no name of its commands as a project: `review paper/` is `review walk paper/`.

    `usual` is the name of the command that works on the project.
    """

    class ProjectOrCommand(TyperGroup):
        """Puts the name of the usual command before arguments that name none."""

        def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
            """Return what Typer's own group returns for the arguments with the name."""
            return super().parse_args(ctx, args if args and args[0] in self.commands else [usual, *args])

    return ProjectOrCommand
