"""The command line: one module for each command, which parses its arguments, calls the engine and prints."""

from tcia_policy.cli.main import main

__all__ = ["main"]
