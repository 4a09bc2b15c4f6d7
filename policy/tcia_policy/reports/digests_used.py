"""The beginnings of the digests of what an assessment was made from, on one line."""

from tcia_policy.model import Digests

SHOWN = 12  # hexadecimal digits; the JSON form has all 64


def digests_line(digests: Digests) -> str:
    """Return `registry 3f2a9c11d0ab, rules d4897a4b255d, project 7c5df21ac1a6`; empty where there are none."""
    return ", ".join(f"{name.replace('_', ' ')} {digest[:SHOWN]}" for name, digest in digests if digest)
