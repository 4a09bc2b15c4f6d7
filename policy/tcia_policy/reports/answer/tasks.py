"""What is to do: each task a place in a file, or a command that does it."""

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment, Duty, DutyKind, DutyStatus, Found
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.references.datacite_text import short_reference
from tcia_policy.reports.answer.matrix import names_apart
from tcia_policy.reports.answer.project_places import (
    IN_THE_PROJECT,
    Standpoint,
    path_argument,
    project_argument,
    release_paths,
)
from tcia_policy.text.english import count

NAME_YOUR_PAPER = "name your paper (manuscript: [paper.tex], or --manuscript PATH)"


@dataclass(frozen=True)
class Task:
    """Something to do. `places` (`paper/main.tex:8`) are where; none where it is not known or a command does it.

    `command` does it, or prepares it, from where the reader stands. `duties` are the ids of those that it meets.
    """

    text: str
    duties: tuple[str, ...]
    places: tuple[str, ...] = ()
    command: str | None = None


@dataclass(frozen=True)
class LeftOver:
    """The number of duties that no task speaks of: those that no paper can show, and those only asked for."""

    unshowable: int
    requested: int


def tasks(assessment: Assessment, standpoint: Standpoint = IN_THE_PROJECT) -> tuple[Task, ...]:
    """Return what is to do for the required duties that are not met, agreements apart."""
    owed = _owed(assessment)
    if assessment.manuscript is None and assessment.release is None:
        return tuple(_without_paper(owed, assessment, standpoint))
    texts = [duty for duty in owed if is_text(duty)]
    found = (
        *_all_citations([duty for duty in owed if duty.kind is DutyKind.CITE], assessment, standpoint),
        *_texts(texts, assessment),
        *_notices(owed, texts, assessment, standpoint),
    )
    said_with = {task.command for task in found if task.text}
    return tuple(task for task in found if task.text or task.command not in said_with)


def left_over(assessment: Assessment) -> LeftOver:
    """Return the number of duties without a task."""
    told = {id_ for task in tasks(assessment) for id_ in task.duties}
    owed = [duty for duty in _owed(assessment) if duty.id not in told]
    requested = [duty for duty in assessment.duties if not duty.required and duty.status is not DutyStatus.MET]
    return LeftOver(len(owed), len(requested))


def is_text(duty: Duty) -> bool:
    """Return whether the text of a paper can show that a duty is met, other than by a reference."""
    return duty.kind is not DutyKind.CITE and bool(duty.wordings or duty.printed)


def to_cite(assessment: Assessment) -> tuple[Duty, ...]:
    """Return the required references that are not seen to be cited."""
    return tuple(duty for duty in _owed(assessment) if duty.kind is DutyKind.CITE)


def _owed(assessment: Assessment) -> list[Duty]:
    return [
        duty
        for duty in assessment.duties
        if duty.required and duty.status is not DutyStatus.MET and duty.kind is not DutyKind.AGREE
    ]


def _without_paper(owed: Sequence[Duty], assessment: Assessment, standpoint: Standpoint) -> Iterator[Task]:
    """Yield the tasks of a project that names no manuscript: nothing was looked for."""
    cites = [duty for duty in owed if duty.kind is DutyKind.CITE]
    texts = [duty for duty in owed if is_text(duty)]
    if cites:
        command = f"tcia-policy cite {project_argument(assessment, standpoint)} -o refs.bib"
        yield Task(f"{count(len(cites), 'reference')} to cite", _ids(cites), command=command)
    yield from _notices(owed, texts, assessment, standpoint)
    if cites or texts:
        seen = f"and check says which of {count(len(cites) + len(texts), 'duty', 'duties')} it meets"
        yield Task(f"{NAME_YOUR_PAPER}, {seen}", ())


def _all_citations(cites: Sequence[Duty], assessment: Assessment, standpoint: Standpoint) -> Iterator[Task]:
    """Yield what to cite in the paper, and then what to cite in the release, each with the command that prepares it."""
    if assessment.release is None or assessment.manuscript is None:
        command = _command_to_cite if assessment.release is None else _command_to_fix
        yield from _citations(cites, assessment, lambda fix: command(assessment, standpoint, fix))
        return
    in_paper = [_there(duty, assessment, in_release=False) for duty in cites if duty.missing_in != ("release",)]
    in_release = [_there(duty, assessment, in_release=True) for duty in cites if "release" in duty.missing_in]
    yield from _citations(in_paper, assessment, lambda fix: _command_to_cite(assessment, standpoint, fix))
    yield from _citations(in_release, assessment, lambda fix: _command_to_fix(assessment, standpoint, fix))


def _there(duty: Duty, assessment: Assessment, *, in_release: bool) -> Duty:
    """Return a reference as it is owed in one of the two: what was found in the paper says nothing of the release."""
    files = {file.file for file in assessment.release.files} if assessment.release is not None else set()
    at = tuple(place for place in duty.at if (place.rpartition(":")[0] in files or place in files) == in_release)
    is_also_in_paper = in_release and duty.missing_in != ("release",)
    found = {"found": Found.NAMED if at else Found.ABSENT, "entry": None} if is_also_in_paper else {}
    return duty.model_copy(update={"at": at, **found})


def _citations(
    cites: Sequence[Duty], assessment: Assessment, command_to_cite: Callable[[bool], str | None]
) -> Iterator[Task]:
    """Yield what to cite, what to cite in the text alone, what needs a DOI, and the command that prepares it."""
    yield from _in_doubt([duty for duty in cites if duty.found is Found.IN_DOUBT], assessment)
    cites = [duty for duty in cites if duty.found is not Found.IN_DOUBT]
    listed = [duty for duty in cites if duty.found is Found.LISTED]
    without_doi = [duty for duty in cites if duty.found is Found.CITED_WITHOUT_DOI]
    others = [duty for duty in cites if duty not in listed and duty not in without_doi]
    if others:
        yield Task(f"cite {', '.join(_works(others, assessment))}", _ids(others), _places(others))
    if listed:
        entries = dict.fromkeys(_entry(duty, assessment) for duty in listed)
        yield Task(f"cite in the text what your references list: {', '.join(entries)}", _ids(listed), _places(listed))
    for duty in without_doi:
        doi = f", {doi_url(duty.doi)}" if duty.doi else ""
        yield Task(f"{_entry(duty, assessment)} needs its DOI{doi}", _ids([duty]), duty.at)
    command = command_to_cite(bool(without_doi or listed))
    if (others or without_doi) and command is not None:
        yield Task("", (), command=command)


def _in_doubt(cites: Sequence[Duty], assessment: Assessment) -> Iterator[Task]:
    """Yield the task to look at citations of which nobody can tell whether they are printed."""
    if cites:
        works = ", ".join(_works(cites, assessment))
        yield Task(f"check that the citation is printed: {works}", _ids(cites), _places(cites))


def _texts(duties: Sequence[Duty], assessment: Assessment) -> Iterator[Task]:
    """Yield one task for each rule whose text is not in the paper, and one for what may not be printed."""
    doubtful = [duty for duty in duties if duty.found is Found.IN_DOUBT]
    if doubtful:
        titles = "; ".join(dict.fromkeys(duty.title or duty.text for duty in doubtful))
        yield Task(f"check that the text is printed: {titles}", _ids(doubtful), _places(doubtful))
    groups: dict[str, list[Duty]] = {}
    for duty in (duty for duty in duties if duty not in doubtful):
        groups.setdefault(duty.rule, []).append(duty)
    for group in groups.values():
        text = group[0].text if len(group) == 1 else f"{group[0].title or group[0].text}: {_names(group, assessment)}"
        yield Task(text, _ids(group), _places(group))


def _notices(
    owed: Sequence[Duty], texts: Sequence[Duty], assessment: Assessment, standpoint: Standpoint
) -> Iterator[Task]:
    """Yield the task that the notices do: texts to print in the paper, and what has to go with the data.

    They are written for a project, not for names of data: `init` begins one.
    """
    to_ship = [duty for duty in owed if _is_in_notices(duty)]
    parts = [
        f"{count(len(texts), 'text')} to print" if texts else "",
        f"{count(len(to_ship), 'notice')} to ship with what you share" if to_ship else "",
    ]
    said, argument = ", ".join(filter(None, parts)), project_argument(assessment, standpoint)
    release = assessment.release
    if release is not None and release.ours and to_ship:
        text = "fill in what stands in square brackets and delete the first line of each: then they give the credit"
        yield Task(text, _ids(to_ship), release.ours)
    elif release is not None and to_ship:
        command = _command_to_fix(assessment, standpoint)
        hint = "" if command else "; check --fix writes them into a folder"
        yield Task(f"{parts[1]}{hint}", _ids(to_ship), command=command)
    elif said and release is not None:
        return
    elif said and assessment.project_file is not None:
        yield Task(said, _ids([*texts, *to_ship]), command=f"tcia-policy notices {argument} -o notices")
    elif said:
        said = f"{said}; `notices` writes them for a project"
        yield Task(said, _ids([*texts, *to_ship]), command=f"tcia-policy init {argument}")


def _is_in_notices(duty: Duty) -> bool:
    return duty.kind is DutyKind.ATTRIBUTE and not is_text(duty) and duty.found is not Found.PRESENT


def _works(duties: Sequence[Duty], assessment: Assessment) -> list[str]:
    """Return what to cite: a dataset by its name, another work by its short reference or its DOI, else the text."""
    datasets = {dataset.doi: dataset.id for dataset in assessment.datasets}
    works = {owed.citation.doi: short_reference(owed.citation) for owed in assessment.citations}
    found = (
        duty.text if duty.doi is None else datasets.get(duty.doi) or works.get(duty.doi) or doi_url(duty.doi)
        for duty in duties
    )
    return list(dict.fromkeys(found))


def _entry(duty: Duty, assessment: Assessment) -> str:
    """Return what to cite, with the key by which the bibliography has it."""
    key = f" (entry {duty.entry})" if duty.entry else ""
    return f"{', '.join(_works([duty], assessment))}{key}"


def _names(duties: Sequence[Duty], assessment: Assessment) -> str:
    names: Mapping[str, str] = names_apart(assessment.holdings)
    return ", ".join(dict.fromkeys(names.get(id_, id_) for duty in duties for id_ in duty.holdings))


def _command_to_cite(assessment: Assessment, standpoint: Standpoint, fix: bool) -> str | None:
    """Return the command that writes references for the paper."""
    where = _where_to_write(assessment, standpoint, fix=fix)
    return f"tcia-policy cite {project_argument(assessment, standpoint)} {where}"


def _command_to_fix(assessment: Assessment, standpoint: Standpoint, _: bool = False) -> str | None:
    """Return the command that writes into the release what it lacks; `None` for a zip or one file."""
    if assessment.release is None or assessment.release.folders != assessment.release.paths:
        return None
    if assessment.project_file is not None:
        return f"tcia-policy check {project_argument(assessment, standpoint)} --fix"
    folders = " ".join(f"--release {shlex.quote(path)}" for path in release_paths(assessment))
    return f"tcia-policy check {folders} --fix"


def _where_to_write(assessment: Assessment, standpoint: Standpoint, fix: bool) -> str:
    """Return the options that write references into the bibliography, and add DOIs there (`fix`), or to a new file."""
    into = _bibliography(assessment)
    if into is None:
        return "-o refs.bib"
    return f"--into {path_argument(standpoint.manuscript, into)}{' --fix' if fix else ''}"


def _bibliography(assessment: Assessment) -> str | None:
    """Return the first BibTeX file of the manuscript."""
    files = assessment.manuscript.files if assessment.manuscript is not None else ()
    return next((name for name in files if PurePosixPath(name).suffix.lower() == ".bib"), None)


def _places(duties: Sequence[Duty]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place for duty in duties for place in duty.at))


def _ids(duties: Sequence[Duty]) -> tuple[str, ...]:
    return tuple(duty.id for duty in duties)
