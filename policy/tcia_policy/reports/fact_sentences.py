"""The facts of the vocabulary, as sentences."""

from collections.abc import Sequence
from typing import Any

from tcia_policy.engine.placeholders import REPOSITORIES
from tcia_policy.model import Activity, HoldingKind, Route
from tcia_policy.rules.vocabulary import TRUE_FALSE, VOCABULARY

ACTIVITIES = {
    Activity.ANALYZE: "analyze the data",
    Activity.TRAIN_MODEL: "train a model",
    Activity.PUBLISH_RESULTS: "publish results",
    Activity.PUBLISH_FIGURES: "publish figures",
    Activity.SHARE_DERIVED_DATA: "share derived data",
    Activity.REDISTRIBUTE_DATA: "pass copies on",
    Activity.RELEASE_MODEL: "release a model",
    Activity.HOST_ACCESS: "give others access",
    Activity.USE_IN_PRODUCT: "use the data in a product",
}
HELD = {
    HoldingKind.DATASET: "a dataset of the registry",
    HoldingKind.OTHER: "data from elsewhere, on the user's word",
    HoldingKind.NOT_IN_IDC_INDEX: "series that IDC's index does not have",
    HoldingKind.UNLISTED_SOURCE: "series of a dataset that the registry does not know",
    HoldingKind.NOT_UNDERSTOOD: "something that could not be read",
}
# How a fact with these values is said in a sentence; the others are said by their label.
SENTENCES = {
    "license": "the license is {}",
    "license.permits": "the license permits {}",
    "license.requires": "the license requires {}",
    "license.prohibits": "the license prohibits {}",
    "license.family": "the license is of the family {}",
    "holding.kind": "what is held is {}",
    "holding.obtained_from": "the data were obtained from {}",
    "dataset.program": "the dataset is of the program {}",
    "dataset.archive": "the dataset is published by {}",
    "notice.kinds": "a source has a notice on the data: {}",
    "use.activity": "you {}",
    "use.country": "the work is done in {}",
    "release.ruling": "the charts say of what is released: {}",
    "permission.grants": "a permission is recorded for {}",
    "agreement.recorded": "an agreement is recorded: {}",
    "agreement.for_dataset": "an agreement is recorded that names this very dataset: {}",
    "agreement.accessions": "an approved request is recorded for {}",
}

# The same for a yes or no, where the label of the fact does not stand by itself.
CLAUSES = {
    "use.country_stated": "the country where the work is done is stated",
    "holding.named_otherwise": "the file is named after another dataset",
}


def sentence(fact: str, value: Any) -> str:
    """`the license prohibits commercial use`; for a yes or no, its clause."""
    values = value if isinstance(value, list) else [value]
    known = VOCABULARY.get(fact)
    if known is not None and known.values == TRUE_FALSE:
        clause = CLAUSES.get(fact) or known.label.removeprefix("whether ")
        return clause if values == [True] else f"it is not so that {clause}"
    words = listed([_word(fact, item) for item in values], "or") or "none"
    template = SENTENCES.get(fact)
    if template is not None:
        return template.format(words)
    return f"{fact if known is None else known.label} is {words}"


def _word(fact: str, value: Any) -> str:
    if fact == "use.activity":
        return ACTIVITIES[Activity(value)]
    if fact == "holding.kind":
        return HELD[HoldingKind(value)]
    if fact in ("holding.obtained_from", "dataset.archive"):
        return _repository(value)
    known = VOCABULARY.get(fact)
    is_fixed = known is not None and known.values is not None and not fact.startswith("agreement.")
    return str(value).replace("-", " ") if is_fixed else str(value)


def _repository(value: str) -> str:
    known = REPOSITORIES.get(Route(value))
    return "elsewhere" if known is None else known[1]


def listed(items: Sequence[str], last: str) -> str:
    """`a, b or c`, with `last` before the last."""
    return f" {last} ".join((", ".join(items[:-1]), items[-1])) if len(items) > 1 else "".join(items)
