"""Studies for the formats that machines read, and how a format is tried on each of them."""

from collections.abc import Callable
from functools import cache

import pytest

import tcia_policy
from tcia_policy.model import Assessment
from tests.cli.run import EXAMPLES
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE
from tests.reports.notices.studies import assessed

Case = Callable[[], Assessment]
STUDY = """
title: Nodules
use:
  purpose: noncommercial
  activities: [analyze, train-model, publish-results, release-model, share-derived-data]
  outputs:
    - {kind: model, license: CC-BY-NC-4.0, trained_on: [lidc], tested_on: [kits], base_model: [weights]}
    - {kind: segmentations, license: CC-BY-4.0, made_from: [lidc], made_with: [weights]}
    - {kind: model, license: CC-BY-NC-4.0}
    - {kind: article}
    - {kind: features}
positions: {model-is-adaptation: false}
data:
  - {id: lidc, collection: LIDC-IDRI, version: "4"}
  - {id: kits, other: {name: KiTS, license: CC-BY-NC-SA-4.0, doi: 10.5281/zenodo.1}}
  - {id: weights, other: {name: nnInteractive weights, kind: model, license: our own words}}
  - {id: tool, other: {name: A tool, kind: software, license: MIT OR Apache-2.0}}
  - {id: ours, own: {name: CT of our hospital}}
  - {id: gbm, collection: TCGA-GBM}
"""


@cache
def study() -> Assessment:
    """Return the assessment of a study with data of every kind, and outputs that say what they come from."""
    return assessed(STUDY)


@cache
def example(name: str) -> Assessment:
    """Return the assessment of one of the examples."""
    return tcia_policy.assess(EXAMPLES / name)


def _example(name: str) -> Case:
    return lambda: example(name)


CASES: dict[str, Case] = {
    "sample": lambda: SAMPLE,
    "evil": lambda: EVIL_SAMPLE,
    "clear": lambda: CLEAR,
    "study": study,
    **{each: _example(each) for each in ("lung-nodules", "commercial-product", "published-model", "student-paper")},
}
every_case = pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
