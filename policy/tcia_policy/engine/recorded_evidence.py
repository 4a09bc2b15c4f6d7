"""The evidence that a project records, looked at piece by piece: its document, its day, and who gave it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from tcia_policy.engine.answers import leave_from, names_accepted, who_answered, who_may_answer
from tcia_policy.engine.grantors import may_grant, owners_in_words
from tcia_policy.errors import InputError, Mistakes
from tcia_policy.evidence.observations import SHORT_HASH, DocumentSeen
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import (
    Agreement,
    Answer,
    Dataset,
    DescribedLicense,
    EvidenceDocument,
    EvidenceSeen,
    Permission,
    Positions,
    Project,
    StatedPosition,
)
from tcia_policy.rules.rulebook import Rule, RuleBook

# Bounds of what can be meant, and no facts: TCIA's first collections are of 2011, and no digital archive is older than
# the second.
FIRST_DAY_OF_ARCHIVES = date(2011, 1, 1)
FIRST_DAY_OF_ALL = date(1990, 1, 1)
GRANTOR_RULE = "grant-from-somebody-else"
POSITION = "positions.model-is-adaptation"
_YEAR_IN_DOI = pattern(r"\.(20\d\d)\.")

NO_TEXT = DocumentSeen(problem="it names no `text`", right="name the file that has its terms under `text`")

Item = Agreement | Permission | Answer | StatedPosition | DescribedLicense
Look = Callable[[EvidenceDocument], DocumentSeen]


@dataclass(frozen=True)
class Surroundings:
    """What is needed to look at evidence.

    `as_of` is the day judged. `rules` say who may answer them. `look` opens a document, `datasets_of` returns
    the datasets of the registry that a name stands for (none for data from elsewhere), `line_of` the line of a field of
    the project file.
    """

    as_of: date
    rules: RuleBook
    look: Look
    datasets_of: Callable[[str], Sequence[Dataset]]
    line_of: Callable[[str], int | None]


def refuse_future_days(project: Project, latest: date) -> None:
    """Raise `InputError` with its field for each day after `latest` on which something is said to have happened.

    Raise it as well for raw data of CPTAC that are said to be public since before there were archives.
    """
    mistakes = Mistakes()
    for field, day in _days(project):
        if day is not None and day > latest:
            problem = f"{day.isoformat()} is in the future (today is {latest.isoformat()})"
            mistakes.note(InputError(problem, field=field, hint="state the day on which it happened"))
    public_since = project.cptac.raw_data_public_since
    if public_since is not None and public_since < FIRST_DAY_OF_ARCHIVES:
        problem = f"{public_since.isoformat()} is before {FIRST_DAY_OF_ARCHIVES.isoformat()}, when no CPTAC data were"
        hint = "state the day on which the last raw data were made public"
        mistakes.note(InputError(f"{problem} public", field="cptac.raw_data_public_since", hint=hint))
    mistakes.tell()


def _days(project: Project) -> Iterator[tuple[str, date | None]]:
    for index, agreement in enumerate(project.agreements):
        yield f"agreements[{index}].signed_on", agreement.signed_on
        yield f"agreements[{index}].approved_on", agreement.approved_on
    for index, permission in enumerate(project.permissions):
        yield f"permissions[{index}].on", permission.on
    for index, answer in enumerate(project.answers):
        yield f"answers[{index}].on", answer.on
    if project.positions.model_is_adaptation is not None:
        yield f"{POSITION}.on", project.positions.model_is_adaptation.on
    for index, item in enumerate(project.data):
        yield f"data[{index}].obtained_on", item.obtained_on
    yield "cptac.raw_data_public_since", project.cptac.raw_data_public_since


def examine(project: Project, around: Surroundings) -> tuple[EvidenceSeen, ...]:
    """Return every piece of evidence of the project in its order, with what is wrong with it or in doubt, if anything.

    A doubt about who gave a grant is settled by an answer to the rule `GRANTOR_RULE`.
    """
    found = {field: _examined(field, item, around) for field, item in recorded(project)}
    given = [
        answer
        for index, answer in enumerate(project.answers)
        if answer.rule == GRANTOR_RULE and answer.on <= around.as_of and found[f"answers[{index}]"].counts
    ]
    grants = [
        (field, item, _doubt(item, around))
        for field, item in recorded(project)
        if isinstance(item, Permission) and found[field].counts
    ]
    in_doubt = [item for _, item, doubt in grants if doubt]
    for field, permission, doubt in grants:
        is_settled = any(_confirms(answer, permission, in_doubt, around) for answer in given)
        remark = _denial(permission, given, around) or ({} if is_settled else doubt)
        found[field] = found[field].model_copy(update=remark)
    return tuple(found.values())


def _denial(permission: Permission, replies: Sequence[Answer], around: Surroundings) -> dict[str, str]:
    """Return what is wrong with a grant because one of the `replies` says that its giver may not give it."""
    data = _data_named(permission.dataset, around)
    for answer in replies:
        is_of_grantor = answer.grantor is None or _is_same_name(answer.grantor, permission.from_)
        if answer.says != "permitted" and is_of_grantor and not data.isdisjoint(_data_named(answer.data, around)):
            problem = f"{answer.from_} said on {answer.on.isoformat()} that {permission.from_} may not give it"
            return {"problem": problem, "right": "ask the owner of the data for a grant"}
    return {}


def _confirms(answer: Answer, permission: Permission, in_doubt: Sequence[Permission], around: Surroundings) -> bool:
    """Return whether a reply says that whoever gave this grant may give it: all of its data and activities.

    It is no older than the grant. Where it names no grantor, it is about the only one `in_doubt` for its data.
    """
    data = _data_named(answer.data, around)
    if answer.says != "permitted" or answer.on < permission.on or not _data_named(permission.dataset, around) <= data:
        return False
    if answer.activities is not None and not set(permission.activities or ()) <= set(answer.activities):
        return False
    if answer.grantor is not None:
        return _is_same_name(answer.grantor, permission.from_)
    meant = (item for item in in_doubt if not data.isdisjoint(_data_named(item.dataset, around)))
    return all(_is_same_name(item.from_, permission.from_) for item in meant)


def _data_named(name: str, around: Surroundings) -> frozenset[str]:
    """Return the ids of the datasets that a name stands for, in any spelling; the name itself if it is of none."""
    return frozenset(dataset.id for dataset in around.datasets_of(name)) or frozenset({name})


def _is_same_name(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _doubt(permission: Permission, around: Surroundings) -> dict[str, str]:
    """Return the doubt about who gave the grant, and what would settle it; nothing if they are recorded."""
    datasets = around.datasets_of(permission.dataset)
    if any(may_grant(permission.from_, dataset) for dataset in datasets):
        return {}
    owners = " or ".join(filter(None, (owners_in_words(dataset) for dataset in datasets)))
    known = f"the recorded contact is {owners}" if owners else "no contact of these data is recorded"
    return {
        "doubt": f"{known}; who is {permission.from_}, who gave this grant?",
        "right": "have counsel confirm by name, and after the grant, that they may give it",
    }


def recorded(project: Project) -> Iterator[tuple[str, Item]]:
    """Yield the field and content of each agreement, grant, answer, position and described license of the project."""
    groups: Mapping[str, Sequence[Item]] = {
        "agreements": project.agreements,
        "permissions": project.permissions,
        "answers": project.answers,
    }
    for name, items in groups.items():
        yield from ((f"{name}[{index}]", item) for index, item in enumerate(items))
    if project.positions.model_is_adaptation is not None:
        yield POSITION, project.positions.model_is_adaptation
    yield from ((f"licenses[{index}]", item) for index, item in enumerate(project.licenses))


def leave_given(project: Project, around: Surroundings) -> dict[Item, frozenset[str]]:
    """Return as whom those who gave each answer of the project can give leave for a use."""
    return {
        answer: leave_from(answer, around.rules.get(answer.rule), around.datasets_of(answer.data))
        for answer in project.answers
    }


def _examined(field: str, item: Item, around: Surroundings) -> EvidenceSeen:
    document = item.evidence
    seen = _without_document(item) if document is None else around.look(document)
    problem, right = seen.problem, seen.right
    if problem is None:
        problem = _not_yet_taken(item, around) or _too_early(item, around)
        right = None if problem is None else "state the day that the document has"
    if problem is None and isinstance(item, Answer):
        rule = around.rules.get(item.rule)
        datasets = around.datasets_of(item.data)
        problem = who_answered(item, rule, datasets)
        right = None if problem is None else _who_may(rule, datasets)
    return EvidenceSeen(
        field=field,
        line=around.line_of(field),
        text=in_words(item),
        document=None if document is None else document.path,
        held_by=None if document is None else document.held_by,
        sha256=seen.sha256,
        problem=problem,
        right=right,
    )


def _without_document(item: Item) -> DocumentSeen:
    """Return what is wrong with naming no document: a license without its text says nothing."""
    return NO_TEXT if isinstance(item, DescribedLicense) else DocumentSeen()


def _who_may(rule: Rule, datasets: Sequence[Dataset]) -> str:
    """Return who may answer a rule, and how they are to be named."""
    names = names_accepted(rule)
    named = f"; `from` has to name {names}" if names else ""
    return f"this rule is answered by {who_may_answer(rule, datasets)}{named}"


def _not_yet_taken(item: Item, around: Surroundings) -> str | None:
    """Return what is wrong with a position that is younger than the day judged."""
    if not isinstance(item, StatedPosition) or item.on is None or item.on <= around.as_of:
        return None
    return f"it was taken on {item.on.isoformat()}, after {around.as_of.isoformat()}, the day judged"


def _too_early(item: Item, around: Surroundings) -> str | None:
    """Return what is wrong with a day before anything of the kind existed."""
    day = _day_of(item)
    if day is None:
        return None
    name = _data_of(item)
    datasets = [] if name is None else around.datasets_of(name)
    if datasets:
        first = min(first_year(dataset) for dataset in datasets)
        if day.year < first:
            return f"{day.isoformat()} is before the data existed: the registry has {name} since {first}"
    earliest = FIRST_DAY_OF_ARCHIVES if isinstance(item, Agreement) or datasets else FIRST_DAY_OF_ALL
    return f"{day.isoformat()} cannot be its day; it is before {earliest.isoformat()}" if day < earliest else None


def _day_of(item: Item) -> date | None:
    if isinstance(item, Agreement):
        return min(day for day in (item.signed_on, item.approved_on) if day is not None)
    return None if isinstance(item, DescribedLicense) else item.on


def _data_of(item: Item) -> str | None:
    if isinstance(item, Answer):
        return item.data
    return None if isinstance(item, (StatedPosition, DescribedLicense)) else item.dataset


def first_year(dataset: Dataset) -> int:
    """Return the earliest year that the registry has for a dataset: of its citation, or in its DOI."""
    in_doi = [int(year) for year in _YEAR_IN_DOI.findall(dataset.doi)]
    return min([dataset.citation.year, *in_doi])


def without_unfounded_position(project: Project, seen: Sequence[EvidenceSeen]) -> Project:
    """Return the project without a legal position whose evidence counts for nothing, as if it took none."""
    if not any(item.field == POSITION and not item.counts for item in seen):
        return project
    return project.model_copy(update={"positions": Positions()})


def in_words(item: Item) -> str:
    """Return what a piece of evidence is, such as `commercial-use for NSCLC-Radiomics, from Hugo Aerts, 2026-04-01`."""
    if isinstance(item, Permission):
        to = f" to {item.to}" if item.to else ""
        end = f", until {item.until.isoformat()}" if item.until else ""
        return f"grant of {item.grants} for {item.dataset}{to}, from {item.from_}, {item.on.isoformat()}{end}"
    if isinstance(item, Answer):
        return f"answer to {item.rule} for {item.data}: {item.says}, from {item.from_}, {item.on.isoformat()}"
    if isinstance(item, StatedPosition):
        signed = f", by {item.by}" if item.by else ", signed by nobody"
        day = f", {item.on.isoformat()}" if item.on else ""
        return f"position that a model is {'' if item.value else 'not '}an adaptation of its training data{signed}{day}"
    if isinstance(item, DescribedLicense):
        return f"license {item.id} ({item.name}), as the project describes it"
    of = f" for {item.dataset}" if item.dataset else ""
    concluded = item.approved_on or item.signed_on
    end = f", until {item.expires_on.isoformat()}" if item.expires_on else ""
    accession = f" {item.accession}" if item.accession else ""
    return f"agreement {item.id}{accession}{of}, {concluded.isoformat() if concluded else 'no day'}{end}"


def document_in_words(seen: EvidenceSeen) -> str:
    """Return the document of a piece of evidence, with its SHA-256 in short form, for a finding or a duty."""
    if seen.held_by is not None:
        return f"held by {seen.held_by}; not seen by this check"
    if seen.document is None:
        return "no document named"
    short = f", SHA-256 {seen.sha256[:SHORT_HASH]}..." if seen.sha256 else ""
    return f"evidence: {seen.document}{short}"
