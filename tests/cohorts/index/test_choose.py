"""Which index answers."""

import pytest

from tcia_policy.cohorts.index import choose, installed
from tcia_policy.cohorts.index.slim import slim_index

OURS = slim_index().version
NEWER = f"{int(OURS.split('.')[0]) + 1}.0.0"


@pytest.mark.parametrize(
    ("version", "duckdb", "entries", "tables", "expected"),
    [
        (OURS, True, 100_000, False, False),
        (OURS, True, 100_001, False, True),
        (OURS, True, 0, True, True),
        (OURS, False, 1_000_000, True, False),
        (None, True, 1_000_000, True, False),
        (NEWER, True, 1, False, True),
        (NEWER, False, 1, False, False),
        ("17.0.0", True, 1_000_000, True, False),
        ("9.0.0", True, 1_000_000, True, False),
    ],
)
def test_duckdb_answers_where_there_is_much_to_look_up_or_a_newer_index(
    version: str | None, duckdb: bool, entries: int, tables: bool, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "idc_index_data", lambda: version)
    monkeypatch.setattr(installed, "has_duckdb", lambda: duckdb)
    assert choose.is_for_bulk(entries, tables) is expected
