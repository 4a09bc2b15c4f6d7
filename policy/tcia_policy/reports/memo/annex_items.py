"""The annex on the data items: what each is, what sources state of its parts, and the verdict of each activity."""

import re
from collections.abc import Iterator

from tcia_policy.model import (
    CellVerdict,
    ClaimScope,
    Contact,
    Dataset,
    Distribution,
    Holding,
    HoldingKind,
    LicenseClaim,
    Notice,
    OutputClearance,
    PastClaim,
    Verdict,
)
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.reports.answer.decisions import concluded_in_words
from tcia_policy.reports.how_counted import counted_in_words
from tcia_policy.reports.labels import (
    VERDICT_MEANS,
    contact,
    dated,
    extent,
    in_a_row,
    kind_of,
    place,
    whose_word,
    words_read,
)
from tcia_policy.reports.memo.cross_references import CrossReferences, cells_of, finding_anchor, parts_of
from tcia_policy.reports.memo.document import Block, Line, Paragraph, Row, Section, Span, Table
from tcia_policy.reports.memo.pictures import flow_picture, matrix_picture
from tcia_policy.reports.memo.spans import between, broken, line, quiet, strong, verdict_word
from tcia_policy.reports.objections import lines_of


def items_annex(known: CrossReferences) -> Section:
    """Return the annex: every verdict in a word, the data items, what sources state, and notices of their pages.

    It is made after the others, whose groups of data items it lists.
    """
    sections = [
        *_pictures(known),
        *_outputs(known),
        Section("Verdicts by activity", "verdicts", _verdicts(known)),
        Section("The data items", "items", (_items(known),)),
    ]
    if known.groups:
        sections.append(Section("Groups of data items", "groups", (_groups(known),)))
    if known.statements:
        sections.append(Section("What sources state of licenses and access", "terms", _statements(known)))
    notices = _notices(known)
    if notices:
        sections.append(Section("Notices of the datasets' own pages", "notices", (notices,)))
    return Section("Annex A. Data items", "annex-items", sections=tuple(sections), new_page=True)


def _verdicts(known: CrossReferences) -> tuple[Block, ...]:
    cells = cells_of(known.assessment)
    rows = [
        Row(
            (known.items_in_a_row(ids), *(_verdict(cell, known) for cell in cells[ids[0]])), anchor=f"verdicts-{number}"
        )
        for number, ids in enumerate(known.verdict_rows, start=1)
    ]
    heads = ("Data items", *(activity.value for activity in known.assessment.activities))
    means = "; ".join(f"{verdict.value}: {meaning}" for verdict, meaning in VERDICT_MEANS.items())
    caption = "The verdict of each activity on each data item. Of all rules the worst verdict counts."
    return Table(caption, heads, tuple(rows)), Paragraph(line(quiet(f"{means}. A verdict leads to its reason.")))


def _verdict(cell: CellVerdict | None, known: CrossReferences) -> Line:
    if cell is None:
        return line(quiet("not judged"))
    reason = reason_of(cell, known)
    return line(verdict_word(cell.verdict, to=reason))


def reason_of(cell: CellVerdict, known: CrossReferences) -> str | None:
    """Return the anchor of what decided the cell: the first of its rules that the annex on findings has, or duties."""
    anchors = (finding_anchor(rule, cell.verdict) for rule in cell.rules)
    found = next((anchor for anchor in anchors if anchor in known.finding_anchors), None)
    return "annex-duties" if found is None and cell.verdict is Verdict.CONDITIONAL else found


def finding_link(rule: str, known: CrossReferences, verdict: Verdict = Verdict.UNDETERMINED) -> Span:
    """Return the id of a rule, as a link to what it says where it led to `verdict`."""
    anchor = finding_anchor(rule, verdict)
    return Span(rule, to=anchor if anchor in known.finding_anchors else None)


def _items(known: CrossReferences) -> Table:
    rows = [
        Row(
            (_name(holding, known), between([_what(holding, known), _parts(holding, known)], ". ")),
            anchor=f"item-{number}",
        )
        for number, holding in enumerate(known.assessment.holdings, start=1)
    ]
    caption = "Each data item with its parts. Any of: the project does not say which parts were used."
    return Table(caption, ("Data item", "What it is, and its parts"), tuple(rows))


def _pictures(known: CrossReferences) -> Iterator[Section]:
    drawn = [picture for draw in (flow_picture, matrix_picture) if (picture := draw(known.assessment)) is not None]
    if drawn:
        yield Section("The study in pictures", "pictures", tuple(drawn))


def _outputs(known: CrossReferences) -> Iterator[Section]:
    """Yield what is released, each output with what stands against it."""
    rows = [
        Row((line(item.output.name), _cleared(item, known)), anchor=f"output-{number}")
        for number, item in enumerate(known.assessment.clearance.outputs, start=1)
    ]
    if rows:
        caption = "What leaves the study, and what stands against releasing it"
        yield Section("Outputs", "outputs", (Table(caption, ("Output", "Whether it is cleared"), tuple(rows)),))


def _cleared(item: OutputClearance, known: CrossReferences) -> Line:
    state = "cleared" if item.cleared else "not cleared"
    tested = item.output.tested_on or ()
    return broken(
        [
            line(verdict_word(item.verdict), f", {state}"),
            (Span("From "), *known.items_in_a_row(item.sources)) if item.sources else (),
            line(f"Tested on {in_a_row(tested)}") if tested else (),
            *_against(item, known),
        ]
    )


def _against(item: OutputClearance, known: CrossReferences) -> Iterator[Line]:
    """Yield what stands against an output: what prohibits it, what is open, what is owed first; each rule once."""
    told: dict[str, dict[Span, None]] = {}
    for each in item.objections:
        how = "Owed first" if each.verdict is None else f"Against it, {each.verdict.value}"
        if each.rule is None:
            how, rule = "Against it", Span(", ".join(lines_of([each], known.names)))
        else:
            rule = finding_link(each.rule, known, each.verdict or Verdict.UNDETERMINED)
        told.setdefault(how, {})[rule] = None
    for how, rules in told.items():
        yield line(f"{how}: ", *between(list(rules)))


def _groups(known: CrossReferences) -> Table:
    rows = [
        Row((line(f"Group {number}"), known.members(ids)), anchor=f"group-{number}")
        for ids, number in known.groups.items()
    ]
    return Table("Data items that are meant together in other places", ("Group", "Data items"), tuple(rows))


def _name(holding: Holding, known: CrossReferences) -> Line:
    ids = [holding.item] if holding.item and holding.item != holding.name else []
    return broken([line(strong(known.names_apart[holding.id])), *(line(quiet(each)) for each in ids)])


def _what(holding: Holding, known: CrossReferences) -> Line:
    """Return what a data item is, where it is known from and was had from, in a few lines."""
    dataset = known.names.datasets.get(holding.dataset or "")
    doi = dataset.doi if dataset else holding.doi
    cited = known.citation(doi)
    day = f" on {holding.obtained_on.isoformat()}" if holding.obtained_on else ""
    facts = [
        line(kind_of(holding)) if holding.kind is not HoldingKind.DATASET else (),
        line(dataset.title) if dataset and cited is None else (),
        (Span(doi, url=doi_url(doi)),) if doi else (),
        line("cited as ", cited) if cited else (),
        (Span(_short(dataset.page), url=dataset.page),) if dataset and dataset.page else (),
        line(f"from {place(holding.obtained_from)}{day}{_shown(holding)}"),
        line(extent(holding)),
        line(f"version {holding.version}" if holding.version else ""),
        line(f"selected by {in_a_row(holding.items)}" if holding.items not in ((), (holding.name,)) else ""),
    ]
    lines = [between([fact for fact in facts if fact], "; ")]
    lines += [line(text) for text in _remarks(holding)]
    lines += list(_of_dataset(dataset, known)) if dataset else []
    return between(lines, ". ")


def _shown(holding: Holding) -> str:
    return "" if holding.shown_by is None else f" (shown by {holding.shown_by})"


def _short(address: str) -> str:
    """Return an address without what every reader adds."""
    return re.sub(r"^https?://(www\.)?", "", address)


def _remarks(holding: Holding) -> Iterator[str]:
    """Yield what is to be said of some data items only."""
    if holding.named_otherwise:
        yield f"The selection names it {holding.named_otherwise}"
    yield from (f"{text[0].upper()}{text[1:]}" for text in counted_in_words(holding))
    if holding.examples:
        what = "Not resolved" if holding.on_word_of is None else "Listed"
        yield f"{what}: {in_a_row(holding.examples)}"
    if holding.removed_after:
        yield f"IDC has removed these series; last in version {holding.removed_after}"
    if holding.altered is not None:
        yield f"The place that it came from had {'' if holding.altered else 'not '}changed it"
    if holding.parts_named:
        yield f"Parts named that the registry does not have: {in_a_row(holding.parts_named)}"


def _of_dataset(dataset: Dataset, known: CrossReferences) -> Iterator[Line]:
    made_from: dict[str, list[str]] = {}
    for derivation in dataset.derived_from:
        made_from.setdefault(derivation.source, []).append(derivation.named)
    for source, named in made_from.items():
        yield line(f"Made from {in_a_row(named)} (", known.source(source), ")")
    for person in dataset.contacts:
        yield (Span("Contact: "), *_contact(person, known))


def _contact(person: Contact, known: CrossReferences) -> Line:
    return line(f"{contact(person)} (", known.source(person.source), ")")


def _parts(holding: Holding, known: CrossReferences) -> Line:
    parts = {part.id: part for part in parts_of(holding, known.names)}
    shown = [_part(part_id, parts.get(part_id), known) for part_id in holding.distributions]
    lead = ("Used: " if holding.distributions_stated else "Any of: ") if shown else ""
    lines = [(*line(quiet(lead)), *between(shown, "; "))]
    dataset = known.names.datasets.get(holding.dataset or "")
    lines += [line(text) for text in words_read(holding, dataset)]
    lines += list(_licenses_of_the_copy(holding, known))
    lines += list(_concluded(holding, known))
    return broken(lines) or line(quiet("none known"))


def _licenses_of_the_copy(holding: Holding, known: CrossReferences) -> Iterator[Line]:
    """Yield what is stated beside the registry: by the project, by a file with the copy, by IDC for the series."""
    if holding.license:
        yield line(f"License by the project: {known.names.license(holding.license)}")
    for claim in holding.copy_claims:
        yield line(
            f"License of the copy: {known.names.license(claim.license)} (", *known.dated_source(claim.source), ")"
        )
    if holding.claimed_licenses:
        named = [known.names.license(each) for each in holding.claimed_licenses]
        yield line(f"License of the copy or its series: {in_a_row(named)}")


def _concluded(holding: Holding, known: CrossReferences) -> Iterator[Line]:
    """Yield the licenses that reviewers concluded, each with what was stated otherwise."""
    terms = next((each for each in known.assessment.terms if each.holding == holding.id), None)
    for part in terms.parts if terms is not None else ():
        if part.concluded is not None:
            license_ = known.names.license(part.concluded.license)
            of = f" of {part.title}" if part.title else ""
            aside = [f"{known.names.license(each.license)} ({'; '.join(each.sources)})" for each in part.set_aside]
            otherwise = f"; stated otherwise, and set aside: {in_a_row(aside)}" if aside else ""
            name = f" (d. {part.concluded.decision})"
            yield line(f"License{of}: {license_}, {concluded_in_words(part.concluded)}{name}{otherwise}")


def _part(part_id: str, part: Distribution | None, known: CrossReferences) -> Line:
    if part is None:
        return line(f"{part_id} (the dataset has no such part)")
    types = in_a_row((*part.data_types, *part.file_types))
    about = f"{part.title} ({part.id}{'; ' + types if types else ''}) "
    stated = known.statement(part)
    return line(about, stated) if stated else line(about, "no license stated")


def _statements(known: CrossReferences) -> tuple[Block, ...]:
    rows = [
        Row(
            (
                line(f"T{number}"),
                broken([*(_claim(claim, known) for claim in now), *(_past(claim, known) for claim in before)]),
            ),
            anchor=f"terms-{number}",
        )
        for (now, before), number in known.statements.items()
    ]
    caption = "What each source states of parts, with the source's own words, and the day on which it said so"
    return (Table(caption, ("No.", "Stated"), tuple(rows)),)


def _claim(claim: LicenseClaim, known: CrossReferences) -> Line:
    access = f", {claim.access.value} access" if claim.access else ""
    scope = ", of the whole collection" if claim.scope is ClaimScope.COLLECTION else ""
    since = f", the same since {claim.since.isoformat()}" if claim.since else ""
    until = f" and until {claim.until.isoformat()}" if claim.until else ""
    return line(
        strong(known.names.license(claim.license)),
        f"{access}: “{claim.stated_as}” ({claim.field}{scope}), ",
        known.source(claim.source),
        f", {claim.as_of.isoformat()}{since}{until}",
    )


def _past(claim: PastClaim, known: CrossReferences) -> Line:
    license_ = known.names.license(claim.license) if claim.license else "no license described here"
    words = f": “{claim.stated_as}”" if claim.stated_as else ", no license stated"
    days = f", {claim.first.isoformat()} to {claim.last.isoformat()}"
    return line(quiet(f"before: {license_}{words}, "), known.source(claim.source), quiet(days))


def _notices(known: CrossReferences) -> Table | None:
    rows: list[Row] = []
    for dataset in known.assessment.datasets:
        for number, notice in enumerate(dataset.notices, start=1):
            kind = f"{notice.kind.value.replace('-', ' ')}, {notice.level.value}"
            anchor = f"notice-{len(rows) + 1}"
            head = dataset.id if len(dataset.notices) == 1 else f"{dataset.id}, {number}"
            rows.append(Row((line(head), line(kind), _notice(notice, known)), anchor=anchor))
    heads = ("Dataset", "Kind", "What it says")
    return Table("Notices that concern the datasets", heads, tuple(rows)) if rows else None


def _notice(notice: Notice, known: CrossReferences) -> Line:
    page = notice.reference
    source = Span(page.title, url=page.url) if page else known.source(notice.source)
    whose = f", {whose_word(notice)}" if whose_word(notice) else ""
    covers = f" Covers {in_a_row(notice.distributions)}." if notice.distributions else ""
    return broken(
        [
            line(f"{notice.summary}{covers} (", source, f", {dated(notice)}{whose})"),
            line(f"“{notice.quote}”") if notice.quote else (),
            *(_contact(person, known) for person in notice.contacts),
        ]
    )
