"""Looks whether a whole registry can be right: in memory, before it is written, and in its folder, with lines."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from tcia_policy.errors import InputError, Mistakes, as_one
from tcia_policy.files import limits, located_yaml
from tcia_policy.files.content import read_content
from tcia_policy.files.sections import Sections
from tcia_policy.files.shipped import CURATED
from tcia_policy.importers import read_registry, write_registry
from tcia_policy.importers.content import Content
from tcia_policy.importers.verify import between, curated_facts, described, one_dataset
from tcia_policy.importers.verify.complaint import Complaint, Wrong
from tcia_policy.importers.verify.values import Known, wrong_values
from tcia_policy.lazy import dataclass
from tcia_policy.model import License
from tcia_policy.model.error_report import Mistake
from tcia_policy.registry import series_layout
from tcia_policy.registry.generations import SEAL, current_name, digest_of, is_intact, read_generation
from tcia_policy.registry.licenses import load_licenses
from tcia_policy.registry.location import in_folder
from tcia_policy.registry.verified import RegistryVerified
from tcia_policy.text.english import count
from tcia_policy.text.name_keys import compare_key

EXIT_WRONG = 1
LICENSES = "rules/licenses"


@dataclass(frozen=True)
class _Look:
    """A registry in memory, and what it is held against; `listed` are the ids of all its datasets."""

    content: Content
    listed: frozenset[str]
    licenses: Mapping[str, License]
    today: date

    @property
    def known(self) -> Known:
        sources = frozenset(each.id for each in self.content.sources)
        return Known(frozenset(self.licenses), sources, self.listed, self.today)


def complaints_on(content: Content, today: date) -> tuple[Complaint, ...]:
    """Return everything that is wrong with the facts of a registry, in the order of its files."""
    listed = frozenset(each.id for each in content.datasets)
    return tuple(_complaints(_Look(content, listed, load_licenses(), today)))


def refuse_new_mistakes(before: Content, after: Content, today: date) -> tuple[str, ...]:
    """Raise `InputError` with everything that is wrong in a registry and was not in the one before it.

    Return what is no more than a name of two datasets, of which users are asked which one they mean.
    """
    complaints = complaints_on(after, today)
    known = {(each.file, each.wrong.problem) for each in complaints_on(before, today)} if complaints else set()
    found = [each for each in complaints if (each.file, each.wrong.problem) not in known]
    refused = [_as_error(each) for each in found if not each.wrong.is_asked]
    if refused:
        raise as_one(refused)
    return tuple(f"{each.file}: {located_yaml.spell(each.wrong.place)}: {each.wrong.problem}" for each in found)


def _as_error(complaint: Complaint) -> InputError:
    wrong = complaint.wrong
    return InputError(
        wrong.problem, file=complaint.file, field=located_yaml.spell(wrong.place) or None, hint=wrong.right
    )


def folder_in_force(folder: Path) -> Path:
    """Return where the files of a registry are: in its generation in force, or in the folder itself.

    Raise `InputError` where there is no registry, or `current` names none.
    """
    name = current_name(folder)
    return in_folder(folder).data if name is None else folder / name


def verified(data: Path, today: date) -> RegistryVerified:
    """Return everything that is wrong in a folder with a registry, with lines.

    Raise `InputError` where it has no registry at all.
    """
    found = Mistakes()
    found.note_all(_damaged(data))
    read = read_registry.read_what_is_sound(data)
    found.note_all(read.mistakes)
    look = _Look(read.content, read.listed, load_licenses(), today)
    wrong = list(_complaints(look))
    if not read.mistakes:
        wrong += _index(data, read.content)
    found.note_all(_located(wrong, data))
    datasets = {each.id: each for each in read.content.datasets}
    found.note_all(curated_facts.mistakes_in(data / CURATED, curated_facts.Facts(look.known, datasets)))
    mistakes = tuple(_told(each, data) for each in found.found)
    return RegistryVerified(
        summary=_summary(read.content, len(mistakes)),
        exit_code=EXIT_WRONG if mistakes else 0,
        registry=read.content.version.isoformat(),
        datasets=len(read.content.datasets),
        sources=len(read.content.sources),
        mistakes=mistakes,
        remarks=tuple(_remarks(look)),
    )


def _complaints(look: _Look) -> Iterator[Complaint]:
    content, known = look.content, look.known
    wrong: dict[str, list[Wrong]] = defaultdict(list)
    for dataset in content.datasets:
        wrong[dataset.id] += [*wrong_values(dataset, known), *one_dataset.wrong_in(dataset)]
    for id_, each in (*between.wrong_between(content.datasets), *described.wrong_releases(content)):
        wrong[id_].append(each)
    files = write_registry.file_names(content.datasets)
    for id_, file in files.items():
        yield from (Complaint(f"{write_registry.DATASETS}/{file}", each) for each in wrong[id_])
    for each in described.wrong_sources(content, known):
        yield Complaint(write_registry.SOURCES, each)
    for position, release in enumerate(content.idc_releases):
        for each in wrong_values(release, known, (position,)):
            yield Complaint(write_registry.RELEASES, each)
    for each in (*described.wrong_collections(content, known), *_wrong_version(look), *_names_taken(content)):
        yield Complaint(write_registry.INDEX, each)
    for id_, each in described.wrong_licenses(look.licenses):
        yield Complaint(f"{LICENSES}/{id_}.yaml", each)


def _wrong_version(look: _Look) -> Iterator[Wrong]:
    if look.content.version > look.today:
        right = f"a day up to {look.today.isoformat()}, the day of this look"
        yield Wrong(("version",), f"is in the future: {look.content.version.isoformat()}", right)


def _names_taken(content: Content) -> Iterator[Wrong]:
    """Yield the names that are asked about although a dataset goes by them."""
    owners = between.names_by_key(content.datasets)
    for position, asked in enumerate(content.asked_about):
        ids = owners.get(compare_key(asked.name))
        if ids is not None:
            problem = f"is asked about, and a name of {min(ids)!r}: {asked.name!r}"
            yield Wrong(("names", position), problem, "a name of one dataset, or one that is asked about")


def _index(data: Path, content: Content) -> Iterator[Complaint]:
    """Yield that the index is not what the files of the datasets give, where it is not."""
    texts = write_registry.files(content)
    written = read_content(data / write_registry.INDEX, limits.REGISTRY_INDEX).decode("utf-8", "replace").splitlines()
    made = texts[write_registry.INDEX].splitlines()
    other = next((n for n, pair in enumerate(zip(written, made, strict=False)) if pair[0] != pair[1]), None)
    if other is not None or len(written) != len(made):
        line = min(len(written), len(made)) if other is None else other + 1
        problem = f"does not say what the files of the datasets say, from line {line} on"
        right = "run `python -m tcia_policy.importers RECORDINGS -o data`, which writes both"
        yield Complaint(write_registry.INDEX, Wrong((), problem, right))


def _damaged(data: Path) -> Iterator[InputError]:
    """Yield what is not as it was written, by the digests that the registry has of itself."""
    found = Mistakes()
    with found.noted():
        if (data / SEAL).exists():
            generation = read_generation(data.parent, data.name)
            if not is_intact(generation, digest_of(data)):
                hint = "a file was changed after the update; `tcia-policy registry update` makes it anew"
                raise InputError("is not the digest of the files", file=data / SEAL, field="digest", hint=hint)
    with found.noted():
        if (data / series_layout.FILE).exists():
            Sections(data / series_layout.FILE, series_layout.ANEW).verify()
    yield from found.found


def _located(complaints: Iterable[Complaint], data: Path) -> Iterator[InputError]:
    """Yield complaints with the lines of their files, each of which is read once."""
    by_file: dict[str, list[Wrong]] = defaultdict(list)
    for complaint in complaints:
        by_file[complaint.file].append(complaint.wrong)
    for file, wrong in by_file.items():
        path = data / file
        if path.suffix == ".yaml" and path.is_file():
            content = located_yaml.read(path)
            yield from (content.mistake(each.place, each.problem, each.right) for each in wrong)
        else:
            for each in wrong:
                field = located_yaml.spell(each.place)
                yield InputError(each.problem, file=path, field=field or None, hint=each.right)


def _told(error: InputError, data: Path) -> Mistake:
    file = Path(str(error.file))
    inside = file.relative_to(data).as_posix() if file.is_relative_to(data) else file.as_posix()
    return Mistake(problem=error.problem, file=inside, line=error.line, field=error.field or None, hint=error.hint)


def _remarks(look: _Look) -> Iterator[str]:
    labels = described.labels_not_described(look.content, look.known)
    if labels:
        yield (
            "rules/licenses describes no license that has these labels of sources, so what is under them stays"
            f" undetermined: {', '.join(labels)}"
        )
    unused = described.unused_sources(look.content)
    if unused:
        yield f"Sources that no fact is from: {', '.join(unused)}"
    cut = sum(dataset.citation.truncated for dataset in look.content.datasets)
    if cut:
        yield f"Citations that say that there are more creators than are known: {cut}"


def _summary(content: Content, mistakes: int) -> str:
    what = f"{count(len(content.datasets), 'dataset')}, {count(len(content.sources), 'source')}"
    said = "nothing is wrong" if not mistakes else count(mistakes, "mistake")
    return f"Registry of {content.version.isoformat()}, {what}: {said}"
