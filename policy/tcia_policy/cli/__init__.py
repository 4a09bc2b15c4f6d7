"""The command line: one module a command, each of which parses, calls and prints."""

from tcia_policy.cli.main import main

__all__ = ["main"]
