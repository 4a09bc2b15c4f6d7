"""The folder in the user's cache, and whose files there count."""

import os
from pathlib import Path

import pytest

from tcia_policy.files.user_cache import is_ours, user_cache


def test_it_is_a_folder_of_this_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = user_cache()
    assert folder is not None
    assert folder.name == "tcia-policy"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows has no such modes")
def test_only_a_file_that_nobody_else_could_have_written_is_ours(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch(mode=0o600)
    assert is_ours(path.stat())
    assert not is_ours(tmp_path.stat())
    for mode in (0o620, 0o602):
        path.chmod(mode)
        assert not is_ours(path.stat())
