"""What an assessment was made from, on one line: versions, and the beginnings of digests."""

from tcia_policy.model import Versions

SHOWN = 12  # hexadecimal digits; the JSON form has all 64


def versions_line(versions: Versions) -> str:
    """Return `registry 2026-08-21 3f2a9c11d0ab, rules ..., project 7c5df21ac1a6`, with what was used alone."""
    digests = versions.digests
    parts = (
        ("registry", versions.registry, digests.registry),
        ("rules", versions.rules, digests.rules),
        ("house rules", "", digests.house_rules),
        ("idc-index-data", versions.idc_index_data or "", None),
        ("project", "", digests.project),
        ("cohorts", "", digests.cohorts),
        ("manuscript", "", digests.manuscript),
    )
    return ", ".join(_part(*part) for part in parts if part[1] or part[2])


def _part(name: str, version: str, digest: str | None) -> str:
    return " ".join(word for word in (name, version, (digest or "")[:SHOWN]) if word)
