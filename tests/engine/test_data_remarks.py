"""What is told of data beside the verdict."""

from datetime import date

from tcia_policy.engine.data_remarks import remarks_on_withdrawn
from tests.engine.small import dataset, holding, own, part

DAY = date(2026, 7, 1)


def test_what_an_archive_has_no_longer_is_told_where_it_was_used() -> None:
    gone = part("1", own("CC-BY-4.0")).model_copy(update={"withdrawn": DAY})
    made = dataset("A", gone, part("2", own("CC-BY-4.0")))
    (told,) = remarks_on_withdrawn([holding(made, "1")], {"A": made})
    assert told.text.startswith("A, part Part 1 (1): its archive was first seen without it on 2026-07-01")
    assert list(remarks_on_withdrawn([holding(made, "2")], {"A": made})) == []
    whole = made.model_copy(update={"withdrawn": DAY})
    (told,) = remarks_on_withdrawn([holding(whole, "1", "2"), holding(whole, "2", id_="again")], {"A": whole})
    assert told.text.startswith("A: its archive was first seen without it on 2026-07-01")
