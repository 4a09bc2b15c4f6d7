"""The names of evidence: what it is in words, and of several of which the same can be said, in which document it is."""

from collections.abc import Sequence

from tcia_policy.model import EvidenceSeen


def name_of_evidence(field: str, seen: Sequence[EvidenceSeen]) -> str:
    """Return the name of the piece of evidence at a place such as `permissions[0]`; the name never has the place."""
    own = next((item for item in seen if item.field == field), None)
    if own is None:
        return field
    if sum(item.text == own.text for item in seen) <= 1:
        return own.text
    return f"{own.text}, {own.sha256 or own.held_by or own.document or 'no document'}"
