"""Datasets, licenses and sources: load, look up, suggest."""

from tcia_policy.registry.addresses import is_address
from tcia_policy.registry.index import IndexEntry
from tcia_policy.registry.licenses import load_licenses
from tcia_policy.registry.registry import Registry
from tcia_policy.text.doi import DoiFinder, normalize_doi

__all__ = ["DoiFinder", "IndexEntry", "Registry", "is_address", "load_licenses", "normalize_doi"]
