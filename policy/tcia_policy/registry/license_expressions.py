"""SPDX license expressions, such as `MIT OR Apache-2.0` (SPDX Specification 2.3, annex D): several licenses at once.

An expression is never one of its licenses: `CC-BY-4.0 AND CC-BY-NC-4.0` is not CC BY.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from tcia_policy.files import limits
from tcia_policy.lazy import pattern

_JOINS = pattern(r"[\s)](?:and|or|with)[\s(]", re.IGNORECASE)
_IDENTIFIER = pattern(r"[A-Za-z0-9.+:-]+")
MOST_COMBINATIONS = 64


def canonical_expression(text: str) -> str | None:
    """Return the SPDX expression `text`, with identifiers and `AND`, `OR`, `WITH` as SPDX spells them.

    Identifiers that SPDX does not know stay as they are. Return `None` for a single license and for what is no
    expression, such as words of prose.
    """
    if len(text) > limits.LICENSE_EXPRESSION or _JOINS.search(text) is None:
        return None
    parsed = _parsed(text)
    return None if parsed is None else str(parsed)


def is_expression(license_id: str) -> bool:
    """Return whether it is an expression as `canonical_expression` returns it, and not one license."""
    return any(f" {word} " in license_id for word in ("AND", "OR", "WITH"))


def alternatives_of(expression: str) -> tuple[str, ...]:
    """Return the licenses of which recipients may choose one: those of `A OR B`, and none of any other expression."""
    clauses = clauses_of(expression)
    return clauses[0] if len(clauses) == 1 and len(clauses[0]) > 1 else ()


def clauses_of(license_id: str) -> tuple[tuple[str, ...], ...]:
    """Return what holds at once; each is the licenses of which one is to be chosen.

    `((A,), (B, C))` for `A AND (B OR C)`. What has an exception (`A WITH X`) is a license of its own. Return the whole
    as one license where it is none of these, or has too many combinations.
    """
    parsed = _parsed(license_id) if is_expression(license_id) else None
    clauses = ((license_id,),) if parsed is None else _clauses(parsed)
    return clauses if sum(map(len, clauses)) <= MOST_COMBINATIONS else ((license_id,),)


def _clauses(parsed: Any) -> tuple[tuple[str, ...], ...]:
    """Return the expression as alternatives that hold at once: what must be true of each for the whole to be true."""
    word = getattr(parsed, "operator", "").strip()
    if word not in ("AND", "OR"):
        return ((str(parsed),),)
    each = [_clauses(part) for part in parsed.args]
    if word == "AND":
        return tuple(dict.fromkeys(clause for clauses in each for clause in clauses))
    found: list[tuple[str, ...]] = [()]
    for clauses in each:
        found = [tuple(dict.fromkeys((*before, *clause))) for before in found for clause in clauses]
        if len(found) > MOST_COMBINATIONS:
            break
    return tuple(dict.fromkeys(found))


def as_listed(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return a license or an expression as SPDX spells it, and those of its licenses that SPDX does not list.

    Every `LicenseRef-` is one of these. Return `None` for what is no expression.
    """
    parsed = _parsed(text) if len(text) <= limits.LICENSE_EXPRESSION else None
    if parsed is None:
        return None
    unknown = _spdx().unknown_license_keys(parsed)
    keys = [key for key in _spdx().license_keys(parsed) if key in unknown or key.startswith("LicenseRef-")]
    return str(parsed), tuple(sorted(set(keys)))


def with_licenses(expression: str, named: Callable[[str], str]) -> str:
    """Return the expression with each identifier replaced by what `named` returns for it."""
    return _IDENTIFIER.sub(lambda word: word[0] if word[0] in ("AND", "OR", "WITH") else named(word[0]), expression)


@cache
def _spdx() -> Any:
    """Return what reads expressions of SPDX's identifiers. It takes 50 ms, and hardly any project states one."""
    from license_expression import get_spdx_licensing  # noqa: PLC0415

    return get_spdx_licensing()


def _parsed(text: str) -> Any:
    """Return what license-expression makes of the text, or `None`."""
    from license_expression import ExpressionError  # noqa: PLC0415 - see `_spdx`

    licensing = _spdx()
    try:
        parsed = licensing.parse(text)
    except (ExpressionError, AssertionError, IndexError):  # the last two for some that are malformed
        return None
    identifiers = [] if parsed is None else licensing.license_keys(parsed)
    return parsed if identifiers and all(map(_IDENTIFIER.fullmatch, identifiers)) else None
