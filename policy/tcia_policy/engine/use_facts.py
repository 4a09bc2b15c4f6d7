"""The facts that a project states of its use."""

from datetime import date
from enum import StrEnum
from functools import cache

from pydantic import BaseModel

from tcia_policy.engine.manuscript_evidence import observed_facts
from tcia_policy.evidence.observations import NOTHING_OBSERVED
from tcia_policy.model import Activity, Output, Project, StatedPosition
from tcia_policy.rules.compatibility import outputs_of
from tcia_policy.rules.fact_type import FactType
from tcia_policy.rules.fact_value import Facts, FactValue, known, truth
from tcia_policy.rules.periods import load_periods
from tcia_policy.rules.vocabulary import VOCABULARY


def use_facts(project: Project, as_of: date) -> Facts:
    """Return the facts on purpose, country, outputs and legal positions. What the project leaves out is unknown."""
    return {
        **_nothing_observed(),
        "use.activities_stated": truth(project.use.activities is not None),
        "use.country_stated": truth(project.use.country is not None),
        "use.outputs_stray": truth(bool(stray_outputs(project))),
        **_facts_as_stated(project, as_of),
    }


@cache
def _nothing_observed() -> Facts:
    return observed_facts(NOTHING_OBSERVED)


def _facts_as_stated(project: Project, as_of: date) -> dict[str, FactValue]:
    """Return every fact that the project states at the path in the fact's declaration."""
    stated: dict[str, FactValue] = {}
    for fact in VOCABULARY.values():
        value = None if fact.stated_at is None else value_at(project, fact.stated_at)
        if value is not None:
            stated[fact.name] = _fact_value(fact, value, as_of)
    return stated


def value_at(project: BaseModel, path: str) -> object:
    """Return what a project states at a path, such as `positions.model-is-adaptation`; `None` where it is left out.

    Raises `LookupError` for a path that no project file can have.
    """
    value: object = project
    for step in path.split("."):
        if not isinstance(value, BaseModel):
            raise LookupError(f"a project file has no {path!r}")
        value = getattr(value, _field_name(type(value), step, path))
        if value is None:
            return None
    return value


@cache
def _field_name(model: type[BaseModel], key: str, path: str) -> str:
    for name, field in model.model_fields.items():
        if key == (field.alias or name):
            return name
    raise LookupError(f"a project file has no {path!r}")


def _fact_value(fact: FactType, value: object, as_of: date) -> FactValue:
    """Return the fact's value; a day makes a yes or no of whether its waiting time has passed on `as_of`."""
    if isinstance(value, date):
        return truth(load_periods().by_fact[fact.name].has_passed(value, as_of))
    if isinstance(value, bool):
        return truth(value)
    if isinstance(value, StatedPosition):
        return truth(value.value)
    return known(value.value if isinstance(value, StrEnum) else str(value))


def activity_facts(activity: Activity) -> dict[str, FactValue]:
    """Return the one activity that is being judged."""
    return {"use.activity": known(activity.value)}


def stray_outputs(project: Project) -> tuple[Output, ...]:
    """Return the outputs that are stated, while no stated activity would release them."""
    if project.use.activities is None:
        return ()
    released = {kind for activity in project.use.activities for kind in outputs_of(activity)}
    return tuple(output for output in project.use.outputs or () if output.kind not in released)
