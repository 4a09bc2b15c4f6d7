"""What a grant covers: an activity and its outputs, in a country. What the grant leaves out, it does not give."""

from collections.abc import Iterator, Sequence

from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, OutputKind, Permission, Use
from tcia_policy.model.evidence import WORLDWIDE
from tcia_policy.rules.compatibility import outputs_of
from tcia_policy.rules.kleene import Truth, all_of
from tcia_policy.text.english import joined
from tcia_policy.text.nobody import names_somebody

# To let others have or use the data, or what was made of them, takes a right to pass rights on.
HANDS_RIGHTS_ON = (
    Activity.SHARE_DERIVED_DATA,
    Activity.REDISTRIBUTE_DATA,
    Activity.RELEASE_MODEL,
    Activity.HOST_ACCESS,
    Activity.USE_HOSTED_SERVICE,
)
OF_THE_AUTHORS = (OutputKind.ARTICLE, OutputKind.CODE)  # they contain nothing of the data and need no right in them


@dataclass(frozen=True)
class Gap:
    """Something that a grant does not cover (`FALSE`), or of which it or the project does not say (`UNKNOWN`)."""

    covers: Truth
    text: str


def covers(permission: Permission, activity: Activity, use: Use) -> Truth:
    """Return whether the grant covers an activity as the project plans it; unknown if something is not stated."""
    return all_of(gap.covers for gap in gaps(permission, activity, use))


def gaps(permission: Permission, activity: Activity, use: Use) -> list[Gap]:
    """Return what is missing for the grant to cover an activity; nothing if it covers it."""
    return [*_of_activity(permission, activity, use), *_of_people_and_places(permission, use)]


def uncovered(permission: Permission, activities: Sequence[Activity], use: Use) -> str:
    """Return in words what the grant does not cover of the activities planned; nothing if it covers all."""
    missing: dict[str, list[str]] = {}
    for activity in activities:
        for gap in _of_activity(permission, activity, use):
            missing.setdefault(gap.text, []).append(activity.value)
    texts = [f"{text}{_for(named)}" for text, named in missing.items()]
    return "; ".join([*texts, *(gap.text for gap in _of_people_and_places(permission, use))])


def _for(activities: Sequence[str]) -> str:
    return f" ({joined(list(dict.fromkeys(activities)))})"


def _of_activity(permission: Permission, activity: Activity, use: Use) -> Iterator[Gap]:
    if permission.activities is None:
        yield Gap(Truth.FALSE, "it names no `activities`, so it covers none")
        return
    if activity not in permission.activities:
        yield Gap(Truth.FALSE, "its `activities` leave out what is planned")
        return
    kinds = _released(activity, use)
    if kinds is None:
        if not set(outputs_of(activity)) <= {*(permission.outputs or ()), *OF_THE_AUTHORS}:
            yield Gap(Truth.UNKNOWN, "the project does not say under `use.outputs` what it releases")
    else:
        left_out = [kind.value for kind in kinds if kind not in (permission.outputs or ())]
        if left_out:
            yield Gap(Truth.FALSE, f"its `outputs` do not name {joined(left_out)}")
    if activity in HANDS_RIGHTS_ON and not permission.sublicensable:
        yield Gap(Truth.FALSE, "it does not say `sublicensable: true`, and others get rights by what is planned")


def _released(activity: Activity, use: Use) -> tuple[OutputKind, ...] | None:
    """Return the kinds of output that the activity releases; `None` if it may be several and none is stated."""
    possible = [kind for kind in outputs_of(activity) if kind not in OF_THE_AUTHORS]
    stated = [item.kind for item in use.outputs or () if item.kind in possible]
    if stated or len(possible) <= 1:
        return tuple(stated or possible)
    return None


def _of_people_and_places(permission: Permission, use: Use) -> Iterator[Gap]:
    if not names_somebody(permission.to):
        yield Gap(Truth.UNKNOWN, "it does not say to whom it was given (`to`)")
    if permission.territory is None:
        yield Gap(Truth.UNKNOWN, "it does not say where it holds (`territory`)")
    elif permission.territory != WORLDWIDE:
        where = joined(list(permission.territory))
        if use.country is None:
            yield Gap(Truth.UNKNOWN, f"it holds in {where}, and the project does not state its `use.country`")
        elif use.country not in permission.territory:
            yield Gap(Truth.FALSE, f"it holds in {where}, and the work is done in {use.country}")
