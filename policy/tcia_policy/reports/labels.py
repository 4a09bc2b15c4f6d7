"""The small words that all renderings share: counts, sizes, dates, places."""

from collections.abc import Sequence

from tcia_policy.model import (
    Activity,
    Contact,
    DutyKind,
    DutyStatus,
    Grade,
    Holding,
    HoldingKind,
    ManuscriptRead,
    Notice,
    Period,
    Project,
    Reference,
    Route,
    Source,
    Verdict,
)
from tcia_policy.text.english import count, size
from tcia_policy.text.sanitize import clean

VERDICT_MEANS = {
    Verdict.PERMITTED: "nothing stands against it",
    Verdict.CONDITIONAL: "permitted once what is owed is done",
    Verdict.UNDETERMINED: "cannot be judged from what is known",
    Verdict.PROHIBITED: "not permitted as planned",
}
STATUS_MARK = {DutyStatus.MET: "[x]", DutyStatus.OPEN: "[ ]", DutyStatus.UNVERIFIED: "[?]"}
ROUTE_NAME = {
    Route.TCIA: "TCIA",
    Route.IDC: "IDC",
    Route.GENERAL_COMMONS: "the General Commons",
    Route.CTDC: "the CTDC",
    Route.PDC: "the PDC",
    Route.GDC: "the GDC",
    Route.DBGAP: "dbGaP",
    Route.CPTAC_PORTAL: "the CPTAC portal",
    Route.OTHER: "elsewhere",
}
HOLDING_KIND_MEANS = {
    HoldingKind.DATASET: "dataset of the registry",
    HoldingKind.OTHER: "data from elsewhere, on the word of the project",
    HoldingKind.NOT_IN_IDC_INDEX: "series that IDC's index does not have",
    HoldingKind.UNLISTED_SOURCE: "series whose source the registry does not know",
    HoldingKind.NOT_UNDERSTOOD: "lines that could not be read",
}
GRADE_MEANS = {
    Grade.PRIMARY: "",
    Grade.PRIMARY_PARTIAL: "primary source, read in part",
    Grade.DATA: "computed from primary data",
    Grade.SECONDARY: "secondary source",
}
DUTY_ORDER = (
    DutyKind.AGREE,
    DutyKind.ATTRIBUTE,
    DutyKind.CITE,
    DutyKind.ACKNOWLEDGE,
    DutyKind.CONTACT,
    DutyKind.NOTIFY,
    DutyKind.REFRAIN,
)


def extent(holding: Holding) -> str:
    """`1,018 series, 124.5 GB`, as far as known."""
    series = "" if holding.series is None else count(holding.series, "series", "series")
    megabytes = "" if holding.size_mb is None else size(holding.size_mb)
    return ", ".join(part for part in (series, megabytes) if part)


def in_force(period: Period) -> str:
    """`since 2013-11-25 until 2030-01-01`; empty where the period is open at both ends."""
    since = f"since {period.from_.isoformat()}" if period.from_ else ""
    until = f"until {period.until.isoformat()}" if period.until else ""
    return " ".join(part for part in (since, until) if part)


def reference(source: Reference) -> str:
    """`CC BY-NC 3.0 legal code, 4(b)`, with the grade of what is no primary source."""
    section = f", {source.section}" if source.section else ""
    grade = f" ({GRADE_MEANS[source.grade]})" if GRADE_MEANS[source.grade] else ""
    return f"{source.title}{section}{grade}"


def dated(source: Source | Notice) -> str:
    """When a fact was read, or by when it had been published."""
    if source.as_of is not None:
        return source.as_of.isoformat()
    return "date not known" if source.before is None else f"before {source.before.isoformat()}"


def contact(person: Contact) -> str:
    """`Hugo Aerts, hugo_aerts@dfci.harvard.edu`."""
    telephone = f"tel. {person.telephone}" if person.telephone else None
    return ", ".join(part for part in (person.name, person.email, telephone) if part)


def outputs(project: Project) -> str:
    """`model under Apache-2.0, article`."""
    if project.use.outputs is None:
        return "not stated"
    return (
        ", ".join(item.kind.value + (f" under {item.license}" if item.license else "") for item in project.use.outputs)
        or "none"
    )


def manuscript_read(manuscript: ManuscriptRead) -> str:
    """`paper/main.tex and 3 more files; the data are those that it cites or names, nothing else was judged`."""
    files = [clean(name) for name in manuscript.files]
    more = len(files) - 1
    read = files[0] + (f" and {count(more, 'more file')}" if more else "") if files else "nothing was read"
    selects = "; the data are those that it cites or names, and no others were judged" if manuscript.selects else ""
    return f"{read}{selects}"


def listed(activities: Sequence[Activity]) -> str:
    """`train-model, release-model`."""
    return ", ".join(activity.value for activity in activities)


def joined(names: Sequence[str]) -> str:
    """Names in a row, as they may be shown."""
    return ", ".join(clean(name) for name in names)
