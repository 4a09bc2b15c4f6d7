"""A registry after several updates, in which the label of one part changes."""

from hypothesis import strategies as st

from tcia_policy.importers.content import Content
from tcia_policy.importers.refresh.refresh import refreshed
from tcia_policy.registry.standing import Registered
from tests.importers.refresh import small
from tests.registry.histories import REGISTERED

LABELS = st.lists(st.sampled_from(["CC BY 4.0", "CC BY-NC 4.0", "CC BY 3.0", "Ask us", None]), min_size=2, max_size=6)


def registered(content: Content) -> Registered:
    """Return what it takes to compare the claims of a registry."""
    return Registered(REGISTERED.licenses, {each.id: each for each in content.sources})


def updated(labels: list[str | None]) -> list[Content]:
    """Return the registry after each of these labels of one part, a month apart."""
    found = [small.registry(small.DAYS[0])]
    for day, label in zip(small.DAYS[1:], labels, strict=False):
        stated = None if label is None else {"label": label}
        found.append(refreshed(found[-1], small.answers(day, small.with_license(stated))).content)
    return found
