"""SPDX license expressions, such as `MIT OR Apache-2.0` (SPDX Specification 2.3, annex D): several licenses at once.

An expression is never one of its licenses: `CC-BY-4.0 AND CC-BY-NC-4.0` is not CC BY.
"""

import re

from tcia_policy.files import limits

_JOINS = re.compile(r"[\s)](?:and|or|with)[\s(]", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[A-Za-z0-9.+:-]+")


def canonical_expression(text: str) -> str | None:
    """Return the SPDX expression `text`, with identifiers and `AND`, `OR`, `WITH` as SPDX spells them.

    Identifiers that SPDX does not know stay as they are. Return `None` for a single license and for what is no
    expression, such as words of prose.
    """
    if len(text) > limits.LICENSE_EXPRESSION or _JOINS.search(text) is None:
        return None
    # With SPDX's index it takes 50 ms, and hardly any project states an expression
    from license_expression import ExpressionError, get_spdx_licensing  # noqa: PLC0415

    licensing = get_spdx_licensing()
    try:
        parsed = licensing.parse(text)
    except (ExpressionError, AssertionError, IndexError):  # the last two for some that are malformed
        return None
    identifiers = [] if parsed is None else licensing.license_keys(parsed)
    return str(parsed) if identifiers and all(map(_IDENTIFIER.fullmatch, identifiers)) else None
