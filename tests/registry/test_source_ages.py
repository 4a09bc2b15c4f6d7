"""How old each source of a registry is."""

from datetime import date

from tcia_policy.model import Source
from tcia_policy.registry.source_ages import source_ages


def test_each_source_has_its_last_day_and_its_age() -> None:
    read = Source(id="b", title="B", publisher="B", url="https://b.org", as_of=date(2026, 8, 1), until=date(2026, 8, 9))
    page = Source(id="a", title="A", publisher="A", url="https://a.org", before=date(2018, 10, 30))
    undated = Source(id="c", title="C", publisher="C", url="https://c.org")
    found = source_ages(date(2026, 8, 10), [read, page, undated], {"b"})
    assert [(each.id, each.day, each.age, each.at_least, each.speaks) for each in found] == [
        ("a", date(2018, 10, 30), 2841, True, False),
        ("b", date(2026, 8, 9), 1, False, True),
    ]
