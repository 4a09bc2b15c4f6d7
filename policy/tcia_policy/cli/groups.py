"""Options that belong together: a command takes them as one dataclass, a user types them one by one.

And commands that belong together, of which one needs no name.
"""

import inspect
import os
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from functools import wraps
from typing import Any, get_type_hints

from typer.core import TyperCommand, TyperGroup


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

    `usual` is the name of the command that works on the project. Its class is `UsualCommand`.
    """

    class ProjectOrCommand(TyperGroup):
        """Puts the name of the usual command before arguments that name none."""

        def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
            """Return what Typer's own group returns for the arguments with the name.

            Raises `InputError` for a name that is not there and looks like one of the commands.
            """
            if args and not ctx.resilient_parsing and not args[0].startswith("-"):
                _raise_if_misspelled(args[0], self, ctx)
            return super().parse_args(ctx, args if args and args[0] in self.commands else [usual, *args])

    return ProjectOrCommand


class UsualCommand(TyperCommand):
    """The command of a group that needs no name: it goes by the name of the group, and its help lists the others."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Return the context in which the command has the place of its group."""
        if parent is not None:
            info_name, parent = parent.info_name, parent.parent
        return super().make_context(info_name, args, parent, **extra)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options, and below them the other commands of the group."""
        super().format_options(ctx, formatter)
        group = ctx.parent and ctx.parent.command.get_command(ctx.parent, ctx.info_name)
        if group:
            group.format_commands(ctx, formatter)


def complete_commands(ctx: Any, incomplete: str) -> list[str]:
    """Return the names of the group's other commands that begin so, where `ctx` is that of its usual command."""
    if not isinstance(ctx.command, UsualCommand) or ctx.parent is None:
        return []
    group = ctx.parent.command.get_command(ctx.parent, ctx.info_name)
    return [name for name in _shown(group) if name.startswith(incomplete)]


def _raise_if_misspelled(name: str, group: TyperGroup, ctx: Any) -> None:
    if name in group.commands or os.path.lexists(name):
        return
    from tcia_policy.cli.usage import unknown_command  # noqa: PLC0415 - 2 ms, only where something is wrong

    error = unknown_command(name, _shown(group), ctx.command_path)
    if (error.hint or "").startswith("did you mean"):
        raise error


def _shown(group: TyperGroup) -> list[str]:
    return [name for name, command in group.commands.items() if not command.hidden]
