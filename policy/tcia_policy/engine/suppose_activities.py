"""The answers to what is done with the data: activities that are stated where none is, or that release an output."""

from collections.abc import Sequence

from tcia_policy.engine.judge_again import World
from tcia_policy.engine.suppose_facts import as_paste, with_entry
from tcia_policy.engine.suppositions import Supposition
from tcia_policy.engine.use_facts import stray_outputs
from tcia_policy.model import Activity
from tcia_policy.rules.compatibility import outputs_of
from tcia_policy.text.english import first_of, joined

USE = "use"


def activities_supposed(world: World, groups: Sequence[Sequence[Activity]]) -> list[Supposition]:
    """Return an answer for each group of activities that one verdict is on."""
    return [_stating(world, group, f"only {joined(first_of([each.value for each in group]))}") for group in groups]


def releases_supposed(world: World) -> list[Supposition]:
    """Return the answers to which activity releases an output: one that does, or that there is no such output."""
    use = world.case.project.use
    strays = stray_outputs(world.case.project)
    found = []
    for activity in Activity:
        if strays and all(output.kind in outputs_of(activity) for output in strays):
            stated = (*(use.activities or ()), activity)
            found.append(_stating(world, stated, f"{activity.value} as well", f"{activity.value} is judged then"))
    kept = tuple(output for output in use.outputs or () if output not in strays)
    without = world.case.project.model_copy(update={USE: use.model_copy(update={"outputs": kept})})
    return [*found, Supposition("none: take the output out", None, world.with_project(without))]


def _stating(world: World, activities: Sequence[Activity], says: str, note: str | None = None) -> Supposition:
    names = [activity.value for activity in activities]
    paste = as_paste(world.case.project, USE, f"activities: [{', '.join(names)}]")
    supposed = world.with_project(with_entry(world.case.project, USE, "activities", tuple(activities)))
    return Supposition(says, paste, supposed, note)
