"""A folder with a project file in it."""

from pathlib import Path

import pytest

from tests.cli.run import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Write a project file into the test's folder and return its path."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "study.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
