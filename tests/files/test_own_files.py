"""What somebody else may have written is not taken for the user's own."""

import os
from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.files.own_files import refuse_others_files

pytestmark = pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no owner here")


def test_what_the_user_has_written_is_the_users_own(tmp_path: Path) -> None:
    (tmp_path / "file").touch(0o664)
    refuse_others_files(tmp_path)


def test_what_all_may_write_to_is_not(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "file").chmod(0o666)
    with pytest.raises(InputError, match="may have been written by somebody else"):
        refuse_others_files(tmp_path)


def test_what_is_another_users_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 4242)
    if tmp_path.stat().st_uid == 0:
        os.chown(tmp_path, 1, 1)
    with pytest.raises(InputError, match="may have been written by somebody else"):
        refuse_others_files(tmp_path)
