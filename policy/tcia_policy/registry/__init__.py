"""Datasets, licences and sources: load, look up, suggest."""

from tcia_policy.registry.doi import normalize_doi
from tcia_policy.registry.index import IndexEntry
from tcia_policy.registry.licenses import load_licenses
from tcia_policy.registry.registry import Registry

__all__ = ["IndexEntry", "Registry", "load_licenses", "normalize_doi"]
