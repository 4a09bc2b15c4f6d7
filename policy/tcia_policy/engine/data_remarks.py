"""What is to be known of the cohort files and data of a study, and changes no verdict by being told."""

from collections.abc import Iterator, Mapping, Sequence

from tcia_policy.cohorts.resolve import FileRead, Resolution
from tcia_policy.engine.holding_facts import licenses_of_rows
from tcia_policy.engine.study import Study
from tcia_policy.model import DataItem, Dataset, Holding, Remark
from tcia_policy.model.holding import NOWHERE, REPOSITORIES
from tcia_policy.registry import Registry
from tcia_policy.text.english import count


def remarks_on_data(study: Study, resolution: Resolution) -> tuple[Remark, ...]:
    """Return the remarks on the cohort files that were read, in the order of the data items."""
    found = [
        (f"data[{each.position}]", f"{each.label}: {text}")
        for each in resolution.read
        for text in _of_file(each, study.project.data[each.position])
    ]
    return tuple(Remark(field=field, line=study.nearest_line(field), text=text) for field, text in found)


def remarks_on_licenses(holdings: Sequence[Holding], registry: Registry) -> Iterator[Remark]:
    """Yield what rows of cohort files say of licenses that no source says; `check` has a finding on it."""
    if not any(claim.in_rows for holding in holdings for claim in holding.copy_claims):
        return
    for holding in holdings:
        dataset = None if holding.dataset is None else registry.get(holding.dataset)
        others = licenses_of_rows(holding, dataset, registry.registered)
        said = (claim.source for claim in holding.copy_claims if claim.in_rows and claim.license in others)
        for source in dict.fromkeys(said):
            yield Remark(field="data", text=f"{holding.name}: another license than the sources state is in {source}")


def remarks_on_withdrawn(holdings: Sequence[Holding], datasets: Mapping[str, Dataset]) -> Iterator[Remark]:
    """Yield which datasets, and parts that may have been used, their archive has no longer."""
    for id_ in dict.fromkeys(holding.dataset for holding in holdings if holding.dataset in datasets):
        dataset = datasets[id_ or ""]
        used = {part for holding in holdings if holding.dataset == dataset.id for part in holding.distributions}
        days = {dataset.id: dataset.withdrawn} | {
            f"{dataset.id}, part {part.title} ({part.id})": part.withdrawn
            for part in dataset.distributions
            if part.id in used and dataset.withdrawn is None
        }
        for name, day in days.items():
            if day is not None:
                text = f"{name}: its archive was first seen without it on {day}; what was stated of it before counts"
                yield Remark(field="data", text=text)


def _of_file(file: FileRead, item: DataItem) -> Iterator[str]:
    if file.empty:
        yield f"{count(file.empty, 'cell')} without an entry, counted and passed over"
    yield from file.remarks
    if file.origin is not None and item.obtained_from not in (None, file.origin.route):
        stated = REPOSITORIES.get(item.obtained_from, NOWHERE) if item.obtained_from is not None else NOWHERE
        shown = REPOSITORIES.get(file.origin.route, NOWHERE)
        yield (
            f"the file shows {shown.in_sentence} ({file.origin.because}), `obtained_from` says {stated.in_sentence};"
            " what the project says counts"
        )
