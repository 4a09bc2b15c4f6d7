"""The facts that a project states of its use."""

from collections.abc import Mapping
from datetime import date

from tcia_policy.engine.manuscript_evidence import observed_facts
from tcia_policy.evidence.observations import NOTHING_OBSERVED
from tcia_policy.model import Activity, CptacStatus, Output, OutputKind, Project
from tcia_policy.rules.vocabulary import Facts, FactValue, known, truth

# CPTAC Data Portal, frequently asked questions: 15 months after the final raw data file was made public.
CPTAC_MONTHS = 15
# The outputs that each activity releases.
OUTPUTS_OF: Mapping[Activity, tuple[OutputKind, ...]] = {
    Activity.REDISTRIBUTE_DATA: (OutputKind.DATASET_COPY,),
    Activity.HOST_ACCESS: (OutputKind.DATASET_COPY,),
    Activity.SHARE_DERIVED_DATA: (OutputKind.DERIVED_IMAGES, OutputKind.SEGMENTATIONS, OutputKind.FEATURES),
    Activity.RELEASE_MODEL: (OutputKind.MODEL,),
    Activity.PUBLISH_FIGURES: (OutputKind.FIGURES,),
    Activity.PUBLISH_RESULTS: (OutputKind.ARTICLE,),
}


def use_facts(project: Project, as_of: date) -> Facts:
    """What the project says of purpose, country, outputs and legal positions. What it leaves out stays unknown."""
    use = project.use
    facts: dict[str, FactValue] = {
        **observed_facts(NOTHING_OBSERVED),
        "use.activities_stated": truth(use.activities is not None),
        "use.country_stated": truth(use.country is not None),
        "use.outputs_stray": truth(bool(stray_outputs(project))),
    }
    if use.purpose is not None:
        facts["use.purpose"] = known(use.purpose.value)
    if use.country is not None:
        facts["use.country"] = known(use.country)
    facts |= _cptac_facts(project.cptac, as_of)
    if project.positions.model_is_adaptation is not None:
        facts["position.model-is-adaptation"] = truth(project.positions.model_is_adaptation)
    return facts


def _cptac_facts(status: CptacStatus, as_of: date) -> dict[str, FactValue]:
    stated = {
        "cptac.global_paper_published": status.global_paper_published,
        "cptac.steering_committee_approval": status.steering_committee_approval,
        "cptac.raw_data_public_15_months": None
        if status.raw_data_public_since is None
        else months_between(status.raw_data_public_since, as_of) >= CPTAC_MONTHS,
    }
    return {name: truth(value) for name, value in stated.items() if value is not None}


def months_between(start: date, end: date) -> int:
    """Whole months from `start` to `end`; negative if `end` is earlier."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def activity_facts(activity: Activity) -> dict[str, FactValue]:
    """The one activity that is being judged."""
    return {"use.activity": known(activity.value)}


def stray_outputs(project: Project) -> tuple[Output, ...]:
    """The outputs that are stated, while of the activities that would release them none is."""
    if project.use.activities is None:
        return ()
    released = {kind for activity in project.use.activities for kind in OUTPUTS_OF.get(activity, ())}
    return tuple(output for output in project.use.outputs or () if output.kind not in released)
