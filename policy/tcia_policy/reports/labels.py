"""The small words that all renderings share: verdicts, places, days, people."""

from collections.abc import Sequence

from tcia_policy.model import (
    Activity,
    Contact,
    Dataset,
    DutyKind,
    DutyStatus,
    Holding,
    ManuscriptRead,
    Notice,
    Output,
    Period,
    Project,
    Reference,
    Route,
    Source,
    Verdict,
    standing,
)
from tcia_policy.model.holding import NOWHERE, REPOSITORIES
from tcia_policy.model.project import SOURCE_LISTS
from tcia_policy.rules.vocabulary import VOCABULARY
from tcia_policy.text.english import count, size
from tcia_policy.text.sanitize import clean

VERDICT_MEANS = {
    Verdict.PERMITTED: "nothing stands against it",
    Verdict.CONDITIONAL: "permitted once what is owed is done",
    Verdict.UNDETERMINED: "cannot be judged from what is known",
    Verdict.PROHIBITED: "not permitted as planned",
}
STATUS_MARK = {DutyStatus.MET: "[x]", DutyStatus.OPEN: "[ ]", DutyStatus.UNVERIFIED: "[?]"}
DUTY_ORDER = (
    DutyKind.AGREE,
    DutyKind.ATTRIBUTE,
    DutyKind.CITE,
    DutyKind.ACKNOWLEDGE,
    DutyKind.CONTACT,
    DutyKind.NOTIFY,
    DutyKind.REFRAIN,
)


def place(route: Route) -> str:
    """Return where data were obtained, as it follows `from`: `the PDC`, `elsewhere`."""
    return REPOSITORIES.get(route, NOWHERE).in_sentence


def kind_of(holding: Holding) -> str:
    """Return what a data item is, in the words of the vocabulary: `a dataset of the registry`."""
    return VOCABULARY["holding.kind"].word(holding.kind.value)


def extent(holding: Holding) -> str:
    """Return `1,018 series, 124.5 GB`, as far as known."""
    series = "" if holding.series is None else count(holding.series, "series", "series")
    megabytes = "" if holding.size_mb is None else size(holding.size_mb)
    return ", ".join(part for part in (series, megabytes) if part)


def words_read(holding: Holding, dataset: Dataset | None) -> tuple[str, ...]:
    """Return as which parts each word of the project was read: `‘MRI’ was read as: Images (43411)`."""
    titles = {} if dataset is None else {part.id: f"{part.title} ({part.id})" for part in dataset.distributions}
    return tuple(
        f"‘{each.word}’ was read as: {'; '.join(titles.get(id_, id_) for id_ in each.parts)}"
        for each in holding.words_read
    )


def in_force(period: Period) -> str:
    """Return `since 2013-11-25 until 2030-01-01`; empty where the period is open at both ends."""
    since = f"since {period.from_.isoformat()}" if period.from_ else ""
    until = f"until {period.until.isoformat()}" if period.until else ""
    return " ".join(part for part in (since, until) if part)


def reference(source: Reference) -> str:
    """Return `CC BY-NC 3.0 legal code, 4(b) (instrument)`: the place, whose word it is, and how far it was read."""
    section = f", {source.section}" if source.section else ""
    whose = f" ({source.standing})" if source.standing else ""
    return f"{source.title}{section}{whose}"


def whose_word(notice: Notice) -> str:
    """Return whose word the notice is and how far that was read, such as `third party copy`."""
    return standing(notice.authority, notice.reading)


def days(source: Reference) -> str:
    """Return `, of 2024-05-08, read on 2026-11-22`, as far as these days are known."""
    published = f", of {source.published.isoformat()}" if source.published else ""
    return published + (f", read on {source.retrieved.isoformat()}" if source.retrieved else "")


def dated(source: Source | Notice) -> str:
    """Return when a fact was read, or by when it had been published."""
    if source.as_of is not None:
        return source.as_of.isoformat()
    return "day not known" + ("" if source.before is None else f", before {source.before.isoformat()}")


def contact(person: Contact) -> str:
    """Return `Hugo Aerts, hugo_aerts@dfci.harvard.edu`."""
    telephone = f"tel. {person.telephone}" if person.telephone else None
    return ", ".join(part for part in (person.name, person.email, telephone) if part)


def outputs(project: Project) -> str:
    """Return `model under Apache-2.0, article`, or `none`, or `not stated`."""
    if project.use.outputs is None:
        return "not stated"
    return ", ".join(map(_output, project.use.outputs)) or "none"


def _output(output: Output) -> str:
    """Return `model under Apache-2.0 (trained_on lidc; base_model weights)`."""
    stated = {name: getattr(output, name) for name in SOURCE_LISTS}
    lists = [f"{name} {in_a_row(entries) or 'nothing'}" for name, entries in stated.items() if entries is not None]
    return output.name + (f" ({'; '.join(lists)})" if lists else "")


def manuscript_read(manuscript: ManuscriptRead) -> str:
    """Return `paper/main.tex and 3 more files`, and that the data are those that it names, where that is so."""
    files = [clean(name) for name in manuscript.files]
    more = len(files) - 1
    read = files[0] + (f" and {count(more, 'more file')}" if more else "") if files else "nothing was read"
    selects = "; the data are those that it cites or names, and no others were judged" if manuscript.selects else ""
    return f"{read}{selects}"


def activity_names(activities: Sequence[Activity]) -> str:
    """Return `train-model, release-model`."""
    return ", ".join(activity.value for activity in activities)


def in_a_row(names: Sequence[str]) -> str:
    """Return names with commas between them, as they may be shown."""
    return ", ".join(clean(name) for name in names)
