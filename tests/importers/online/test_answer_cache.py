"""Answers that are kept: only where the source can confirm them, and only what nobody else could have written."""

import os
from pathlib import Path

import pytest

from tcia_policy.importers.online.answer_cache import AnswerCache

ADDRESS = "https://example.org/x"
HEADERS = {"etag": '"1"', "content-type": "application/json", "set-cookie": "a=b"}


def test_what_can_be_confirmed_is_kept(tmp_path: Path) -> None:
    AnswerCache(tmp_path / "a").put(ADDRESS, HEADERS, b"{}\n{}")
    kept = AnswerCache(tmp_path / "a").get(ADDRESS)
    assert kept is not None
    assert (kept.content, kept.question) == (b"{}\n{}", {"if-none-match": '"1"'})
    assert "set-cookie" not in kept.headers
    assert AnswerCache(tmp_path / "a").get("https://example.org/y") is None


def test_what_cannot_be_confirmed_is_not_kept(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    cache.put(ADDRESS, {"content-type": "application/json"}, b"{}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{}", b"[]\n{}", b"\xff\n{}", b'{"address": 1}\n{}', b"[" * 9_999 + b"\n"])
def test_what_is_damaged_counts_as_not_there(tmp_path: Path, content: bytes) -> None:
    AnswerCache(tmp_path).put(ADDRESS, HEADERS, b"{}")
    next(tmp_path.iterdir()).write_bytes(content)
    assert AnswerCache(tmp_path).get(ADDRESS) is None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners here")
def test_what_others_could_have_written_counts_as_not_there(tmp_path: Path) -> None:
    AnswerCache(tmp_path).put(ADDRESS, HEADERS, b"{}")
    next(tmp_path.iterdir()).chmod(0o666)
    assert AnswerCache(tmp_path).get(ADDRESS) is None


def test_what_was_not_asked_for_is_forgotten(tmp_path: Path) -> None:
    for name in "abc":
        AnswerCache(tmp_path).put(ADDRESS + name, HEADERS, b"{}")
    cache = AnswerCache(tmp_path)
    cache.confirmed(ADDRESS + "a")
    cache.put(ADDRESS + "b", HEADERS, b"{}")
    cache.forget_others()
    assert [AnswerCache(tmp_path).get(ADDRESS + name) is not None for name in "abc"] == [True, True, False]


def test_a_place_that_cannot_be_written_to_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = AnswerCache(tmp_path / "file")
    cache.put(ADDRESS, HEADERS, b"{}")
    cache.forget_others()
    assert cache.get(ADDRESS) is None
