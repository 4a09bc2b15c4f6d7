"""The size of a picture, from the head of its SVG (https://www.w3.org/TR/SVG2/coords.html)."""

import re

from tcia_policy.lazy import pattern

_HEAD = pattern(r"<svg\b[^>]*>")
_NUMBER = r"\s*([0-9]+(?:\.[0-9]+)?)(?:px)?\s*"
_VIEW_BOX = pattern(r"""viewBox=["']\s*[-0-9.]+[\s,]+[-0-9.]+[\s,]+([0-9.]+)[\s,]+([0-9.]+)\s*["']""")
_SMALLEST = 1.0


def svg_size(svg: str) -> tuple[float, float]:
    """Return width and height in pixels: of the head's `width` and `height`, else of its `viewBox`, else 300 by 150."""
    head = _HEAD.search(svg)
    if head is None:
        return 300.0, 150.0
    named = [re.search(rf"""\s{name}=["']{_NUMBER}["']""", head.group()) for name in ("width", "height")]
    if all(named):
        width, height = (float(found.group(1)) for found in named if found)
    elif box := _VIEW_BOX.search(head.group()):
        width, height = float(box.group(1)), float(box.group(2))
    else:
        width, height = 300.0, 150.0
    return max(width, _SMALLEST), max(height, _SMALLEST)
