"""Bounds that protect stand in one module, and each is kept by something."""

import re
from pathlib import Path

import pytest

import tcia_policy
from tcia_policy.files import limits

CODE = "\n".join(path.read_text(encoding="utf-8") for path in Path(tcia_policy.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("name", [name for name in vars(limits) if name.isupper()])
def test_every_limit_is_kept_somewhere(name: str) -> None:
    assert re.search(rf"\blimits\.{name}\b", CODE)
