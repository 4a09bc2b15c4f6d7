"""The facts that a project states of its use."""

from collections.abc import Iterable

from tcia_policy.engine.vocabulary import Facts, Known, known, truth
from tcia_policy.model import Activity, Output, OutputKind, Project

DATA_OUTPUTS = frozenset(
    {OutputKind.DATASET_COPY, OutputKind.DERIVED_IMAGES, OutputKind.SEGMENTATIONS, OutputKind.FEATURES}
)


def use_facts(project: Project) -> Facts:
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
    if project.positions.model_is_adaptation is not None:
        facts["position.model-is-adaptation"] = truth(project.positions.model_is_adaptation)
    outputs = use.outputs or ()
    models = [output for output in outputs if output.kind is OutputKind.MODEL]
    data = [output for output in outputs if output.kind in DATA_OUTPUTS]
    facts |= _bars_commercial("use.model_license_bars_commercial", models)
    facts |= _bars_commercial("use.data_license_bars_commercial", data)
    return facts


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
