"""Parts that were stated together: the worst of them counts, in every dataset of the registry."""

from collections.abc import Iterator
from itertools import combinations

from tcia_policy.engine.facts import KnownData
from tcia_policy.model import Activity, Agreement, Assessment, DataItem, Dataset, Distribution, Project, Purpose, Use
from tcia_policy.registry import Registry
from tests.engine import small
from tests.engine.small import cells, holding

WORST_LAST = (0, 3, 1)  # exit codes
APPROVED = Agreement.model_validate(
    {"id": "dbgap", "accession": "phs004225", "approved_on": "2026-05-01", "evidence": "approval.pdf"}
)
STUDIES = [
    Project(
        use=Use(purpose=purpose, activities=tuple(Activity), country="US"),
        data=(DataItem(dataset="any"),),
        agreements=agreements,
    )
    for purpose, agreements in ((Purpose.COMMERCIAL, ()), (Purpose.NONCOMMERCIAL, (APPROVED,)), (None, ()))
]


def terms(part: Distribution) -> object:
    """Return what tells parts apart for the rules: what is claimed of them."""
    return frozenset((claim.license, claim.scope, claim.access) for claim in part.claims)


def pairs(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Yield one pair of parts for each two terms that parts of the dataset are under."""
    first_under = {terms(part): part.id for part in reversed(dataset.distributions)}
    yield from combinations(sorted(first_under.values()), 2)


def known_of(dataset: Dataset, registry: Registry) -> KnownData:
    return KnownData(
        datasets={dataset.id: dataset},
        licenses=registry.licenses,
        sources=registry.sources,
        papers=small.papers(),
        copies=small.copies(),
    )


def better_together(together: Assessment, alone: Assessment) -> list[str]:
    """Return what is judged better for the parts together than for one of them alone."""
    before, after = cells(alone), cells(together)
    better = [
        activity.value
        for key, verdict in before.items()
        if after[key].severity < verdict.severity
        for activity in key[1:]
    ]
    if WORST_LAST.index(together.exit_code) < WORST_LAST.index(alone.exit_code):
        better.append("exit code")
    return better


def test_two_parts_that_were_used_are_never_judged_better_than_one_of_them_alone() -> None:
    registry = Registry.load()
    wrong, checked = [], 0
    for entry in registry.entries:
        dataset = registry.get(entry.id)
        known = known_of(dataset, registry)
        for two in pairs(dataset):
            for study in STUDIES:
                together = small.judge(study, [holding(dataset, *two)], known)
                for one in two:
                    alone = small.judge(study, [holding(dataset, one)], known)
                    checked += 1
                    wrong += [(dataset.id, two, one, what) for what in better_together(together, alone)]
    assert wrong == []
    assert checked > 500


def test_parts_of_one_dataset_that_were_used_together_are_inputs_that_may_not_mix() -> None:
    made = small.dataset(
        "Made-Up", small.part("1", small.own("CC-BY-SA-4.0")), small.part("2", small.own("CC-BY-NC-4.0"))
    )
    outputs = "outputs: [{kind: derived-images, license: CC-BY-SA-4.0}]"
    study = f"use: {{purpose: noncommercial, country: US, activities: [share-derived-data], {outputs}}}"
    together = small.judge(study, [holding(made, "1", "2")], [made])
    apart = small.judge(study, [holding(made, "1")], [made])
    assert any("together with Part 2 (2) of Made-Up" in finding.because for finding in together.findings)
    assert {finding.rule for finding in together.findings} > {finding.rule for finding in apart.findings}
