"""TCIA's license labels by day: which label each download had, in dated copies of a browser that TCIA's staff keep.

The copies were refreshed from TCIA's API on 2025-11-11 and 2025-11-12, and from 2026-07-09 on. A label of a day between
may be older than that day, and a change that shows on 2026-07-09 happened some time before it. Rows seen on 2025-11-11
alone come from a first build and are left out.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.files.text import read_text
from tcia_policy.importers import tcia
from tcia_policy.importers.upstream import Collected, Inputs, Upstream
from tcia_policy.lazy import dataclass
from tcia_policy.model import Dataset, Distribution, LicenseClaim, PastClaim, Source

SOURCE = "tcia-label-history"
FILE = "history/tcia_download_licenses.csv"
COLUMNS = ("kind", "slug", "download", "license", "first_seen", "last_seen")
FIRST_BUILD = date(2025, 11, 11)


@dataclass(frozen=True)
class Label:
    """A label of a download (empty if it had none), and the first and last day on which it was seen."""

    text: str
    first: date
    last: date


def describe(inputs: Inputs) -> Source:
    """Return the entry of `data/sources.yaml`."""
    return Source(
        id=SOURCE,
        title="TCIA's labels by day, from copies of TCIA's dataset browser",
        publisher="The Cancer Imaging Archive",
        url="https://github.com/kirbyju/tcia-dataset-browser",
        as_of=max(label.last for labels in read(inputs).values() for label in labels),
    )


def add(inputs: Inputs, collected: Collected) -> Collected:
    """Add the first day of each of TCIA's labels, and the labels before it, to the parts of TCIA's datasets."""
    labels = read(inputs)
    slugs = {each.record.doi: (each.kind.value, each.record.slug) for each in tcia.read(inputs.recordings)}
    return collected.with_(
        _with_labels(dataset, slugs.get(dataset.doi), labels, inputs) for dataset in collected.datasets
    )


UPSTREAM = Upstream(describe, add)


@cache
def read(inputs: Inputs) -> Mapping[tuple[str, str, str], tuple[Label, ...]]:
    """Return the labels of each download by kind, slug and id, oldest first. Raise `InputError` for another shape."""
    path = inputs.recordings / FILE
    reader = csv.DictReader(io.StringIO(read_text(path, limits.YAML), newline=""))
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise InputError(f"has no column {missing[0]!r}", file=path, line=1)
    found: dict[tuple[str, str, str], list[Label]] = defaultdict(list)
    for row in reader:
        try:
            label = Label(row["license"].strip(), *map(date.fromisoformat, (row["first_seen"], row["last_seen"])))
        except (ValueError, AttributeError):
            raise InputError("has a day that is none", file=path, line=reader.line_num) from None
        if label.last > FIRST_BUILD:
            found[row["kind"], row["slug"], row["download"]].append(label)
    if not found:
        raise InputError("has no labels", file=path)
    return {download: _merged(labels) for download, labels in found.items()}


def _merged(labels: Sequence[Label]) -> tuple[Label, ...]:
    """Return the labels by day. The same text twice in a row is one label."""
    in_order = sorted(labels, key=lambda label: label.first)
    merged = in_order[:1]
    for before, label in pairwise(in_order):
        if label.text == before.text:
            merged[-1] = replace(merged[-1], last=label.last)
        else:
            merged.append(label)
    return tuple(merged)


def _with_labels(
    dataset: Dataset,
    slug: tuple[str, str] | None,
    labels: Mapping[tuple[str, str, str], tuple[Label, ...]],
    inputs: Inputs,
) -> Dataset:
    if slug is None:
        return dataset
    parts = [_with_past(part, labels.get((*slug, part.id), ()), inputs) for part in dataset.distributions]
    sources = {SOURCE} if any(part.past or _is_dated(part) for part in parts) else set()
    return dataset.model_copy(
        update={"distributions": tuple(parts), "sources": tuple(sorted({*dataset.sources, *sources}))}
    )


def _is_dated(part: Distribution) -> bool:
    return any(claim.source == tcia.SOURCE and claim.since is not None for claim in part.claims)


def _with_past(part: Distribution, labels: Sequence[Label], inputs: Inputs) -> Distribution:
    """Return the part with the day since which TCIA's claim is on record, and with the labels before that."""
    if not labels or not part.claims:
        return part
    names = {label.text: inputs.names.known_label(label.text) for label in labels}
    current = labels[-1]
    claims = tuple(_since(claim, names[current.text], current.first) for claim in part.claims)
    is_current = claims != part.claims
    past = labels[:-1] if is_current else labels
    return part.model_copy(update={"claims": claims, "past": tuple(_past(label, names[label.text]) for label in past)})


def _since(claim: LicenseClaim, license_id: str | None, first: date) -> LicenseClaim:
    is_it = claim.source == tcia.SOURCE and claim.license == license_id
    return claim.model_copy(update={"since": first}) if is_it else claim


def _past(label: Label, license_id: str | None) -> PastClaim:
    return PastClaim(
        license=license_id, source=SOURCE, first=label.first, last=label.last, stated_as=label.text or None
    )
