"""What is known of one dataset, as text."""

from collections.abc import Mapping

from tcia_policy.citations.clean import clean
from tcia_policy.citations.text import render_text
from tcia_policy.model import Dataset, License, Notice, Source
from tcia_policy.reports.registry import claim_lines, source_day


def render_dataset(dataset: Dataset, licenses: Mapping[str, License], sources: Mapping[str, Source]) -> str:
    """Name and kind, parts with every licence claim, notices with contacts, lineage, citation, sources."""
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
    if dataset.derived_from:
        lines += ["", "Made from", *(f"  {item.dataset or clean(item.named)}" for item in dataset.derived_from)]
    truncated = " (the source cuts the creators off; the rest is not known)" if dataset.citation.truncated else ""
    lines += ["", f"Cite as{truncated}", f"  {render_text(dataset.citation)}", "", "Facts from"]
    lines += [f"  {sources[name].title}: {source_day(sources[name])}" for name in dataset.sources if name in sources]
    return "\n".join(lines) + "\n"


def _notice(notice: Notice, sources: Mapping[str, Source]) -> list[str]:
    covers = "the whole dataset" if notice.distributions is None else f"parts {', '.join(notice.distributions)}"
    source = sources.get(notice.source)
    said_by = f"{source.title}, {source_day(source)}" if source is not None else notice.source
    lines = [f"  {notice.kind.value}, {covers} ({said_by})", f"    {clean(notice.summary)}"]
    for contact in notice.contacts:
        reach = ", ".join(item for item in (contact.telephone, contact.email) if item)
        lines.append(f"    contact: {clean(contact.name)}, {clean(reach)}")
    return lines
