"""The facts that a project states of its use."""

from collections.abc import Iterable
from datetime import date

from tcia_policy.engine.vocabulary import Facts, Known, known, truth
from tcia_policy.model import Activity, CptacStatus, Output, OutputKind, Project

# CPTAC Data Portal, frequently asked questions: 15 months after the final raw data file was made public.
CPTAC_MONTHS = 15
DATA_OUTPUTS = frozenset(
    {OutputKind.DATASET_COPY, OutputKind.DERIVED_IMAGES, OutputKind.SEGMENTATIONS, OutputKind.FEATURES}
)


def use_facts(project: Project, as_of: date) -> Facts:
    """What the project says of purpose, country, outputs and legal positions. What it leaves out stays unknown."""
    use = project.use
    facts: dict[str, Known] = {
        "use.activities_stated": truth(use.activities is not None),
        "use.country_stated": truth(use.country is not None),
    }
    if use.purpose is not None:
        facts["use.purpose"] = known(use.purpose.value)
    if use.country is not None:
        facts["use.country"] = known(use.country)
    facts |= _cptac_facts(project.cptac, as_of)
    if project.positions.model_is_adaptation is not None:
        facts["position.model-is-adaptation"] = truth(project.positions.model_is_adaptation)
    outputs = use.outputs or ()
    models = [output for output in outputs if output.kind is OutputKind.MODEL]
    data = [output for output in outputs if output.kind in DATA_OUTPUTS]
    facts |= _bars_commercial("use.model_license_bars_commercial", models)
    facts |= _bars_commercial("use.data_license_bars_commercial", data)
    return facts


def _cptac_facts(status: CptacStatus, as_of: date) -> dict[str, Known]:
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


def copy_facts(project: Project, license_id: str | None) -> dict[str, Known]:
    """Whether the project states, for unchanged copies of data under `license_id`, another licence than that.

    Copies for which it states none are passed on as they are.
    """
    stated = {
        output.license
        for output in project.use.outputs or ()
        if output.kind is OutputKind.DATASET_COPY and output.license is not None
    }
    return {"use.copies_relicensed": truth(bool(stated - {license_id}))}


def activity_facts(activity: Activity) -> dict[str, Known]:
    """The one activity that is being judged."""
    return {"use.activity": known(activity.value)}


def _bars_commercial(name: str, outputs: Iterable[Output]) -> dict[str, Known]:
    """Whether every such output is released under a NonCommercial licence; unknown where one has none stated."""
    licenses = [output.license for output in outputs]
    if not licenses or None in licenses:
        return {}
    return {name: truth(all("-NC" in (license_id or "").upper() for license_id in licenses))}
