"""Looks whether a registry can be right: everything that is not so is told at once, with its place."""
