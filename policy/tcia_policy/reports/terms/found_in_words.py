"""What the check found of a data item, in sentences, for formats that have no words for permissions."""

from collections.abc import Iterable

from tcia_policy.model import Access, Activity, Assessment
from tcia_policy.reports.terms.offers import ItemOffer

CONTROLLED = "Access is controlled: only who has been approved gets the data."
OPEN = "Access is open: nobody has to be asked for approval."
ACCESS_NOT_KNOWN = "Access is not known: sources do not say, or they differ."


def found_in_words(item: ItemOffer, assessment: Assessment) -> str:
    """Return `Checked as of 2026-11-22. Permitted: analyze. Prohibited: release-model.`, with what is not decided."""
    said = (
        ("Permitted", [each.activity for each in item.permissions if not each.duties]),
        ("Permitted once what is owed is done", [each.activity for each in item.permissions if each.duties]),
        ("Prohibited", [each.activity for each in item.prohibitions]),
        ("Not decided, which is no permission", [each.activity for each in item.undecided]),
    )
    sentences = [f"{words}: {_listed(activities)}." for words, activities in said if activities]
    return " ".join((f"Checked as of {assessment.as_of.isoformat()}.", *sentences))


def access_in_words(found: Iterable[Access | None]) -> str:
    """Return what is known of the access to some parts, in a sentence for each kind of it."""
    words = {Access.CONTROLLED: CONTROLLED, Access.OPEN: OPEN, None: ACCESS_NOT_KNOWN}
    each = set(found)
    if len(each) <= 1:
        return words[each.pop()] if each else ACCESS_NOT_KNOWN
    return "Access differs by part: each part says its own."


def _listed(activities: list[Activity]) -> str:
    return ", ".join(activity.value for activity in activities)
