"""Entries that no index has: they count as the dataset that their rows name, else as that of the file's name."""

from collections.abc import Iterator, Sequence

from tcia_policy.cohorts.cohort import EXAMPLES, EntryKind
from tcia_policy.cohorts.distributions import dicom_parts, held_by_idc
from tcia_policy.cohorts.drafts import Draft, Parts, of_dataset, unresolved
from tcia_policy.cohorts.filename_check import filename_mismatch
from tcia_policy.cohorts.index.answers import LookedUp, UnknownEntries
from tcia_policy.cohorts.items import Selected
from tcia_policy.cohorts.parts_meant import parts_meant
from tcia_policy.cohorts.rows_say import all_rows_name_datasets, datasets_named, rows_say
from tcia_policy.model import Dataset, Holding, HoldingKind, WordOf
from tcia_policy.registry import Registry
from tcia_policy.text import english

# Each with one of them and several.
WORDS = {
    EntryKind.SERIES: ("series", "series"),
    EntryKind.SERIES_UUID: ("series", "series"),
    EntryKind.STUDY: ("study", "studies"),
    EntryKind.PATIENT: ("patient", "patients"),
    EntryKind.UID: ("series or study", "series or studies"),
}
OF_SERIES = (EntryKind.SERIES, EntryKind.SERIES_UUID)


def holdings_of_unknown(selected: Selected, cohort: int, looked_up: LookedUp, registry: Registry) -> Iterator[Draft]:
    """Yield the datasets that rows or the file's name state for what the index does not have, and what is left.

    A row's word counts as the user's does that names a dataset in a project. The name of a file is a weaker word: it
    counts where nothing in the file is of another dataset, and it leaves the entries not found where IDC has the
    dataset, and so would have them.
    """
    named_by_file = _named_by_file(selected, cohort, looked_up, registry)
    stated: dict[tuple[str, WordOf], list[UnknownEntries]] = {}
    left: list[UnknownEntries] = []
    for each in looked_up.unknown:
        if each.place.cohort != cohort:
            continue
        by_rows = datasets_named(selected.beside[each.place.beside], registry)
        for id_ in by_rows or named_by_file:
            stated.setdefault((id_, WordOf.ROWS if by_rows else WordOf.FILE_NAME), []).append(each)
        if by_rows:
            is_left = not all_rows_name_datasets(selected.beside[each.place.beside], registry)
        else:
            is_left = not named_by_file or any(held_by_idc(registry.get(id_)) for id_ in named_by_file)
        if is_left:
            left.append(each)
    for (id_, word), entries in stated.items():
        rows = rows_say(selected, [each.place for each in entries], registry, id_)
        yield Draft(_on_word(selected, registry.get(id_), word, entries), cohort, rows=rows)
    for kind in EntryKind:
        alike = [each for each in left if each.place.kind is kind]
        if alike:
            yield Draft(_not_found(selected, kind, alike, registry), cohort)


def _named_by_file(selected: Selected, cohort: int, looked_up: LookedUp, registry: Registry) -> tuple[str, ...]:
    """Return the dataset that the file is named after; none where it has series of a dataset that is no relative."""
    named = selected.named_in_filename
    held = (registry.by_doi(group.doi) for group in looked_up.groups if cohort in group.cohorts)
    if len(named) != 1 or any(each is None or filename_mismatch(named, each, registry) for each in held):
        return ()
    return named


def _on_word(selected: Selected, dataset: Dataset, word: WordOf, entries: Sequence[UnknownEntries]) -> Holding:
    """Return the dataset of entries that are its own by what is said of them alone. Any part may be meant."""
    holding = of_dataset(selected, dataset, Parts(_parts(selected, dataset), stated=False))
    series = sum(each.number for each in entries if each.place.kind in OF_SERIES)
    examples = _examples(selected, entries)
    return holding.model_copy(update={"on_word_of": word, "series": series or None, "examples": examples})


def _parts(selected: Selected, dataset: Dataset) -> tuple[str, ...]:
    """Return the parts that the item names, as far as the dataset has them; else any that series may be of."""
    words = selected.item.distributions or ()
    meant = {id_ for word in words for id_ in parts_meant(dataset, word)}
    return tuple(part.id for part in dataset.distributions if part.id in meant) or dicom_parts(dataset)


def _not_found(selected: Selected, kind: EntryKind, unknown: Sequence[UnknownEntries], registry: Registry) -> Holding:
    from tcia_policy.cohorts.patients.patient_names import datasets_named_in_ids  # noqa: PLC0415 - for files only

    count = sum(each.number for each in unknown)
    name = f"{english.count(count, *WORDS[kind])} that IDC's index does not have"
    collections = sorted({collection for each in unknown for collection in each.collections})
    if collections:
        name += f" (earlier versions of IDC had some of them in {', '.join(collections)})"
    examples = _examples(selected, unknown)
    alike = datasets_named_in_ids(examples, registry.entries) if kind is EntryKind.PATIENT else ()
    if alike:
        name += f" (ids begin as {english.joined(alike)}: if they are of it, name the dataset)"
    holding = unresolved(selected, HoldingKind.NOT_IN_IDC_INDEX, name, examples)
    return holding.model_copy(update={"series": count}) if kind in OF_SERIES else holding


def _examples(selected: Selected, entries: Sequence[UnknownEntries]) -> tuple[str, ...]:
    if selected.withheld:
        return ()
    return tuple(sorted(example for each in entries for example in each.examples)[:EXAMPLES])
