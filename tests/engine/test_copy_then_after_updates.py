"""For a copy of the day of an update, what was stated on that day counts, whatever updates brought since."""

from hypothesis import given, settings

from tcia_policy.engine.copy_then import UNDESCRIBED, with_license_then
from tcia_policy.engine.license_readings import stated_licenses
from tcia_policy.registry.licenses import is_unrecognized
from tests.engine.small import holding
from tests.importers.refresh import small
from tests.registry.updates import LABELS, registered, updated


@given(LABELS)
@settings(max_examples=40)
def test_what_was_stated_when_the_copy_was_obtained_always_counts(labels: list[str | None]) -> None:
    contents = updated(labels)
    last = contents[-1]
    part, dataset, known = small.part(last), small.dataset(last), registered(last)
    today = stated_licenses(part, dataset, known)
    for day, then in zip(small.DAYS, contents, strict=False):
        copy = holding(dataset, "11").model_copy(update={"obtained_on": day})
        told = set(with_license_then(today, part, dataset, copy, known))
        for name in stated_licenses(small.part(then), small.dataset(then), registered(then)):
            assert name in told or (is_unrecognized(name) and UNDESCRIBED in told)
