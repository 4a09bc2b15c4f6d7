"""What sources say of a dataset beside its license."""

from tcia_policy.model import NoticeKind
from tcia_policy.registry.notices import notices_on, restrictions_on
from tests.engine.small import dataset, notice, own, part

ON_ALL = notice(NoticeKind.COMMERCIAL_RESTRICTION)
ON_LABELS = notice(NoticeKind.NONCOMMERCIAL_STATEMENT, "labels")
DATA = dataset("A", part("images", own("CC-BY-4.0")), part("labels", own("CC-BY-4.0")), notices=(ON_LABELS, ON_ALL))


def test_a_notice_on_the_whole_counts_for_every_part_and_one_on_a_part_for_that_part() -> None:
    assert restrictions_on(DATA, {"images"}) == (ON_ALL,)
    assert restrictions_on(DATA, {"labels"}) == (ON_ALL, ON_LABELS)
    assert restrictions_on(DATA, ()) == (ON_ALL,)
    assert notices_on(DATA, NoticeKind.NONCOMMERCIAL_STATEMENT, {"images"}) == ()
