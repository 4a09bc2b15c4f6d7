"""The registry that a command uses, and a line where it is not the one that the user may expect."""

from tcia_policy.cli.terminal import remark
from tcia_policy.registry import Registry


def opened_registry() -> Registry:
    """Return the registry that is used; say on stderr where the user's own is set aside.

    Raises `InputError` where the user names one that cannot be used.
    """
    registry = Registry.load()
    if registry.located.set_aside is not None:
        remark(registry.located.set_aside)
    return registry
