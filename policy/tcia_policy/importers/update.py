"""An update of the registry: each source is asked, what it says is taken over, and the whole is put into force.

Each source stands for itself: where one does not answer, or answers something that cannot be so, its facts stay as they
were, and what the others say is taken over. The new registry is read again, whole, before it is put into force
(`generation_folder.py`); until then the one before is.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from tcia_policy.errors import InputError, InputErrors
from tcia_policy.files.own_files import refuse_others_files
from tcia_policy.files.shipped import shipped
from tcia_policy.files.user_cache import user_cache
from tcia_policy.importers import answer_folder, read_registry, write_registry
from tcia_policy.importers.content import Content
from tcia_policy.importers.generation_folder import Made, alone_in, put_in_force, refuse_others
from tcia_policy.importers.online.answers import IDC, Answers
from tcia_policy.importers.refresh import idc_answers
from tcia_policy.importers.refresh.carried_over import carried_over
from tcia_policy.importers.refresh.refresh import BY_SOURCE, refreshed
from tcia_policy.importers.verify.whole import refuse_new_mistakes
from tcia_policy.lazy import dataclass
from tcia_policy.registry import Registry, load_licenses
from tcia_policy.registry.changes import Change, in_short, of_two
from tcia_policy.registry.generations import CURRENT, Generation, sound_generation, sound_generations
from tcia_policy.registry.location import own_root, shipped_digest
from tcia_policy.registry.standing import Registered
from tcia_policy.registry.updated import Outcome, RegistryUpdate, SourceUpdate
from tcia_policy.text.english import joined

EXIT_FAILED = 1

Ask = Callable[[str, Content], Answers]
"""How a source is asked, for a registry as it is; raises `InputError` where it does not answer."""


@dataclass(frozen=True)
class Wanted:
    """What an update is to do: in which folder, on which day, with which sources, and how they are asked."""

    root: Path
    made_on: date
    sources: tuple[str, ...]
    ask: Ask
    dry_run: bool = False


@dataclass(frozen=True)
class Updated:
    """What an update came to, and what it takes to tell it: the licenses and sources of the new registry."""

    result: RegistryUpdate
    registered: Registered


def update(wanted: Wanted) -> Updated:
    """Ask the sources, and put a registry with what they say into force.

    Raise `InputError` where the folder cannot be used or written to, and where the new registry is not whole; then the
    one before is in force, and no byte of it has changed.
    """
    refuse_others(wanted.root)
    with nullcontext() if wanted.dry_run else alone_in(wanted.root):
        before = _before(wanted.root)
        in_force = sound_generation(wanted.root)
        is_ours = before is not None and before.seal.shipped == shipped_digest()
        is_in_force = in_force is not None and before is not None and in_force.name == before.name
        old = _begin(before, is_ours=is_ours)
        new, sources = _with_answers(old, wanted)
        found = changes_between(old, new)
        has_answers = any(each.outcome is not Outcome.FAILED for each in sources)
        generation = before if is_ours and is_in_force else None
        if (has_answers or (before is not None and generation is None)) and not wanted.dry_run:
            generation = put_in_force(_made(new, wanted.made_on), wanted.root, _check_of(new))
    result = RegistryUpdate(
        summary=_summary(new, sources, found, wanted),
        exit_code=EXIT_FAILED if any(each.outcome is Outcome.FAILED for each in sources) else 0,
        version=new.version,
        generation=None if generation is None else generation.name,
        dry_run=wanted.dry_run,
        begun_from=_begun_from(before, is_ours=is_ours, is_in_force=is_in_force),
        sources=sources,
        changes=found,
    )
    return Updated(result, _registered(new))


def online(made_on: date) -> Ask:
    """Return how sources are asked: over the network, and IDC by the package that is installed."""
    cache = user_cache()
    folder = None if cache is None else cache / "answers"

    def asked(source: str, content: Content) -> Answers:
        if source == IDC:
            return idc_answers.installed()
        from tcia_policy.importers.online.ask import Asking, ask  # noqa: PLC0415 - loads the client for the web: 0.1 s

        return ask(source, Asking(made_on, tuple(dataset.doi for dataset in content.datasets), folder))

    return asked


def asked_online() -> tuple[str, ...]:
    """Return the names of the sources that are asked where none is named: IDC only where its package is installed."""
    return tuple(name for name in BY_SOURCE if name != IDC or idc_answers.is_installed())


def sources_in(folder: Path) -> tuple[str, ...]:
    """Return the names of the sources whose answers are in a folder. Raise `InputError` where it has none."""
    return answer_folder.sources_in(folder)


def in_folder(folder: Path) -> Ask:
    """Return how answers are read that somebody has written into a folder."""
    return lambda source, _content: answer_folder.read(folder, source)


def sources_named(only: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Return the sources to ask, in the order in which they are taken over. Raise `InputError` for an unknown name."""
    unknown = [name for name in only if name not in BY_SOURCE]
    if unknown:
        raise InputError(f"unknown source {unknown[0]!r}", field="--only", hint=f"use one of {', '.join(BY_SOURCE)}")
    return tuple(name for name in BY_SOURCE if name in (only or known))


def _with_answers(content: Content, wanted: Wanted) -> tuple[Content, tuple[SourceUpdate, ...]]:
    """Return the registry with what each source says, and what came of each."""
    found = []
    for source in wanted.sources:
        content, came = _with_answers_of(source, content, wanted)
        found.append(came)
    return content, tuple(found)


def _with_answers_of(source: str, content: Content, wanted: Wanted) -> tuple[Content, SourceUpdate]:
    try:
        answers = wanted.ask(source, content)
        _refuse_later(answers, wanted.made_on)
        after = refreshed(content, answers)
        asked = refuse_new_mistakes(content, after.content, wanted.made_on)
    except InputError as error:
        return content, SourceUpdate(source=source, outcome=Outcome.FAILED, problem=_in_a_line(error))
    found = changes_between(content, after.content)
    return after.content, SourceUpdate(
        source=source,
        outcome=Outcome.UPDATED if found else Outcome.UNCHANGED,
        day=answers.day,
        says=in_short(found) or None,
        remarks=(*answers.remarks, *after.remarks, *asked),
    )


def _refuse_later(answers: Answers, made_on: date) -> None:
    """Raise `InputError` for answers of a day to come: nothing that is said until then would be newer than they are."""
    if answers.day > made_on:
        raise InputError(
            f"the answers are said to be of {answers.day}, which is after {made_on}, the day of this update",
            hint="correct their day",
        )


def changes_between(old: Content, new: Content) -> tuple[Change, ...]:
    """Return what is not as it was, by the ids of the datasets. That a source was read again is no change."""
    before, after = ({dataset.id: dataset for dataset in each.datasets} for each in (old, new))
    then, now = _registered(old), _registered(new)
    pairs = ((before.get(id_), after.get(id_)) for id_ in sorted(before | after))
    return tuple(change for pair in pairs for change in of_two(*pair, then, now))


def _registered(content: Content) -> Registered:
    sources = {source.id: source for source in content.sources}
    return Registered(load_licenses(), sources, content.idc_releases)


def _in_a_line(error: InputError) -> str:
    first = str(error.mistakes[0]).replace("\n", ";")
    more = len(error.mistakes) - 1 if isinstance(error, InputErrors) else 0
    return f"{' '.join(first.split())}{f' (and {more:,} more)' if more else ''}"


def _made(content: Content, made_on: date) -> Made:
    texts = {name: text.encode() for name, text in write_registry.files(content).items()}
    return Made({**content.carried, **texts}, content.version, made_on)


def _check_of(content: Content) -> Callable[[Path], None]:
    """Return what checks that a folder has this registry: all of it is read again, and each dataset is found."""

    def check(folder: Path) -> None:
        if read_registry.read(folder) != content:
            raise InputError("the new registry is not read as it was written", hint="report this, please")
        registry = Registry.load(folder)
        for entry in registry.entries:
            if registry.find(entry.id) != (entry.id,):
                raise InputError(f"the new registry has two datasets by the name {entry.id!r}")

    return check


def _before(root: Path) -> Generation | None:
    """Return the generation in force; where that cannot be used, as it is not by `check`, the one before it, if any.

    `None` where there is none of these. Nothing of the user's history is lost with one damaged file.
    """
    before = sound_generation(root)
    if before is not None and _is_trusted(before, root):
        return before
    others = (each for each in sound_generations(root) if before is None or each.name != before.name)
    return next((each for each in others if _is_trusted(each, root)), None)


def _is_trusted(generation: Generation, root: Path) -> bool:
    """Return whether a generation was written by the user alone; in a folder that the user named, by anybody."""
    if root != own_root():
        return True
    try:
        refuse_others_files(generation.folder, root, root / CURRENT)
    except InputError:
        return False
    return True


def _begin(before: Generation | None, *, is_ours: bool) -> Content:
    """Return the registry from which an update begins: the one before, with the facts that came with the program."""
    if before is None:
        return read_registry.read(shipped("data"))
    own = read_registry.read(before.folder)
    return own if is_ours else carried_over(own, read_registry.read(shipped("data")))


def _begun_from(before: Generation | None, *, is_ours: bool, is_in_force: bool) -> str:
    if before is None:
        return "the registry that came with the program"
    why = "" if is_in_force else ", since the one in force cannot be used"
    return f"{before.name}{why}{'' if is_ours else ', with the facts that came with this version of the program'}"


def _summary(content: Content, sources: Sequence[SourceUpdate], found: Sequence[Change], wanted: Wanted) -> str:
    failed = [each.source for each in sources if each.outcome is Outcome.FAILED]
    said = [in_short(found) or "nothing changed", *([f"{joined(failed)} failed"] if failed else [])]
    begin = "Dry run, registry" if wanted.dry_run else "Registry"
    return f"{begin} of {content.version.isoformat()}: {'; '.join(said)}"
