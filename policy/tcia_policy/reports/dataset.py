"""What is known of one dataset, as text."""

from collections.abc import Mapping

from tcia_policy.model import Contact, Dataset, License, Notice, Source
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.references.datacite_text import render_text
from tcia_policy.reports.labels import GRADE_MEANS, contact
from tcia_policy.reports.registry import claim_lines, source_day
from tcia_policy.text.sanitize import clean


def render_dataset(dataset: Dataset, licenses: Mapping[str, License], sources: Mapping[str, Source]) -> str:
    """Name and kind, parts with every license claim, notices, contacts, lineage, citation, sources."""
    program = f", program {clean(dataset.program)}" if dataset.program else ""
    lines = [
        clean(dataset.id),
        clean(dataset.title),
        f"{dataset.kind.value} of {dataset.archive.value.upper()}{program}",
        f"https://doi.org/{dataset.doi}",
    ]
    lines += [dataset.page] if dataset.page else []
    lines += ["", "Parts"]
    for part in dataset.distributions:
        types = ", ".join((*part.data_types, *part.file_types))
        lines.append(f"  {part.id}  {clean(part.title)} ({types})")
        lines += [f"      {line}" for line in claim_lines(part.claims, licenses, sources)]
    if dataset.notices:
        lines += ["", "Notices"]
        for notice in dataset.notices:
            lines += _notice(notice, sources)
    if dataset.contacts:
        lines += ["", "Contacts", *(f"  {_contact(person, sources)}" for person in dataset.contacts)]
    if dataset.derived_from:
        lines += ["", "Made from", *(f"  {item.dataset or clean(item.named)}" for item in dataset.derived_from)]
    truncated = " (the source cuts the creators off; the rest is not known)" if dataset.citation.truncated else ""
    lines += ["", f"Cite as{truncated}", f"  {render_text(dataset.citation)}", "", "Facts from"]
    lines += [f"  {sources[name].title}: {source_day(sources[name])}" for name in dataset.sources if name in sources]
    return "\n".join(lines) + "\n"


def _notice(notice: Notice, sources: Mapping[str, Source]) -> list[str]:
    covers = "the whole dataset" if notice.distributions is None else f"parts {', '.join(notice.distributions)}"
    lines = [f"  {notice.kind.value}, {notice.level.value}, {covers}", f"    {clean(notice.summary)}"]
    lines += [f"    wording: “{clean(notice.quote)}”"] if notice.quote else []
    lines += [f"    {doi_url(notice.doi)}"] if notice.doi else []
    lines += [f"    contact: {clean(contact(person))}" for person in notice.contacts]
    return [*lines, f"    source: {_said_by(notice, sources)}"]


def _said_by(notice: Notice, sources: Mapping[str, Source]) -> str:
    """The page, its day and what is known of it; where the notice names no page or day, those of its source."""
    source = sources.get(notice.source)
    title = source.title if source is not None else notice.source
    address = None
    if notice.reference is not None:
        title, address = notice.reference.title, notice.reference.url
    day = source_day(source) if source is not None else ""
    if notice.as_of is not None:
        day = notice.as_of.isoformat()
    elif notice.before is not None:
        day = f"day not known, before {notice.before.isoformat()}"
    return ", ".join(part for part in (clean(title), address or "", day, GRADE_MEANS[notice.grade]) if part)


def _contact(person: Contact, sources: Mapping[str, Source]) -> str:
    title = sources[person.source].title if person.source in sources else person.source
    return f"{clean(contact(person))} ({person.page or title})"
