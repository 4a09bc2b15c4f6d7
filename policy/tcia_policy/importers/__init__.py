"""Importers: from what the archives publish to the registry's files."""
