"""One dataset, with everything that is known of it, as text."""

from collections.abc import Iterator, Mapping, Sequence

from tcia_policy.model import Contact, Dataset, DatasetVersion, Distribution, Notice, OtherName, Source
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.references.datacite_text import render_text
from tcia_policy.registry import Registry
from tcia_policy.registry.shown import Shown, Terms, in_words
from tcia_policy.registry.standing import Registered, standing_claims
from tcia_policy.reports.labels import contact, dated, whose_word
from tcia_policy.reports.lines import Page, table
from tcia_policy.reports.registry import claim_lines, idc_lines, past_lines
from tcia_policy.reports.registry_changes import history_lines
from tcia_policy.text.sanitize import clean

TITLE = 34


def render_shown(found: Shown, registry: Registry, width: int = 80, *, verbose: bool = False) -> str:
    """Return, for each dataset, its license and access; then a line for each part, how to cite it, what is asked.

    `verbose` has every claim on every part, with its source and what became of it, names, history and sources.
    """
    page = Page(width)
    texts = []
    for terms, dataset in zip(found.terms, found.datasets, strict=True):
        answer = "\n".join(page.wrapped(f"{terms.summary}.", "SHOW  ")) + "\n"
        if verbose:
            texts.append(f"{answer}\n{render_dataset(dataset, registry.registered)}")
        else:
            texts.append(f"{answer}\n{_in_short(dataset, terms, registry, page)}")
    return "\n".join(texts)


def render_history(found: Shown, registry: Registry, width: int = 80) -> str:
    """Return, for each dataset, its terms today, then what changed on which day, and what archives say of versions."""
    page = Page(width)
    lines: list[str] = []
    for terms, dataset, history in zip(found.terms, found.datasets, found.history, strict=True):
        versions = [line for each in dataset.versions for line in _version(each, page)]
        runs = [f"  {line}" for line in idc_lines(dataset.idc_history, registry.licenses)]
        nothing = ["  nothing changed since it came on record"]
        lines += page.wrapped(f"{terms.summary}.", "SHOW  ")
        lines += _section("What changed, oldest first", history_lines(history, registry, page) or nothing)
        lines += _section("Versions that its archive states", versions)
        lines += [*_section("IDC's index, by version", runs), ""]
    return "\n".join([*lines, *page.wrapped(f"Registry {registry.version}.")]) + "\n"


def _version(version: DatasetVersion, page: Page) -> list[str]:
    says = f": {version.says}" if version.says else ""
    return page.wrapped(f"version {version.number}{says}", f"  {version.day or 'no day'!s:<10}  ")


def _in_short(dataset: Dataset, terms: Terms, registry: Registry, page: Page) -> str:
    heads = [line for text in _head(dataset) if text != clean(dataset.id) for line in page.wrapped(text)]
    notices = [line for notice in dataset.notices for line in _notice_in_short(notice, registry.sources, page)]
    truncated = " (the source cuts the creators off; the rest is not known)" if dataset.citation.truncated else ""
    contacts = [line for person in dataset.contacts for line in page.wrapped(_contact(person, registry.sources), "  ")]
    lines = [
        *heads,
        *_section("Parts", _parts_in_short(dataset, terms, registry, page)),
        *_section("Made from", [f"  {item.dataset or clean(item.named)}" for item in dataset.derived_from]),
        *_section(f"Cite as{truncated}", page.wrapped(render_text(dataset.citation), "  ")),
        *_section("What its sources ask for, beside the license", notices),
        *_section("Contacts", contacts),
    ]
    closing = f"Registry {registry.version}. -v has every claim with its source and day, other names, and the history."
    return "\n".join([*lines, "", *page.wrapped(closing)]) + "\n"


def _parts_in_short(dataset: Dataset, terms: Terms, registry: Registry, page: Page) -> list[str]:
    """Return a line for each part: its id and title, and its terms; then who states these."""
    rows = [
        (
            part.id,
            _shortened(clean(part.title)),
            f"{in_words(stated, registry.licenses).removeprefix('under ')}{_not_there(part)}",
        )
        for part, stated in zip(dataset.distributions, terms.parts, strict=True)
    ]
    names = dict.fromkeys(name for stated in terms.parts for name in stated.sources if name in registry.sources)
    stating = [registry.sources[name] for name in names]
    sources = "; ".join(f"{source.title}, {_said_on(dataset, source)}" for source in stating)
    return [*table(rows, "  "), *page.wrapped(f"stated by {sources or 'no source'}", "  ", "    ")]


def _said_on(dataset: Dataset, source: Source) -> str:
    """Return when a source said so: the days of its claims, since it may be silent on this dataset since."""
    days = [claim.as_of for part in dataset.distributions for claim in part.claims if claim.source == source.id]
    if not days:
        return dated(source)
    return min(days).isoformat() if min(days) == max(days) else f"{min(days)} to {max(days)}"


def _not_there(part: Distribution) -> str:
    """Return that the archive has the part no longer, or hides it; nothing where its page lists it."""
    if part.withdrawn is not None:
        return f", withdrawn: not there on {part.withdrawn}"
    return "" if part.listed else ", not listed on its page"


def _shortened(text: str) -> str:
    return text if len(text) <= TITLE else f"{text[: TITLE - 1]}…"


def _notice_in_short(notice: Notice, sources: Mapping[str, Source], page: Page) -> list[str]:
    wording = f" Wording: “{notice.quote}”" if notice.quote else ""
    address = f" {doi_url(notice.doi)}" if notice.doi else ""
    said = f"{notice.summary}{wording}{address} ({_said_by(notice, sources)})"
    return page.wrapped(said, f"  {notice.level.value:<11}")


def render_dataset(dataset: Dataset, registered: Registered) -> str:
    """Return name and kind, parts with every license claim, notices, contacts, lineage, citation, sources."""
    licenses, sources = registered.licenses, registered.sources
    truncated = " (the source cuts the creators off; the rest is not known)" if dataset.citation.truncated else ""
    notices = [line for notice in dataset.notices for line in _notice(notice, sources)]
    lines = [
        *_head(dataset),
        *_section("Also called", [_other_name(item, sources) for item in dataset.also_called]),
        *_section("Parts", _parts(dataset, registered)),
        *_section("IDC's index, by version", [f"  {line}" for line in idc_lines(dataset.idc_history, licenses)]),
        *_section("Notices", notices),
        *_section("Contacts", [f"  {_contact(person, sources)}" for person in dataset.contacts]),
        *_section("Made from", [f"  {item.dataset or clean(item.named)}" for item in dataset.derived_from]),
        *_section(f"Cite as{truncated}", [f"  {render_text(dataset.citation)}"]),
        *_section("Facts from", [_source(sources[name]) for name in dataset.sources if name in sources]),
    ]
    return "\n".join(lines) + "\n"


def _section(heading: str, lines: Sequence[str]) -> list[str]:
    """Return the lines under their heading; nothing where there are none."""
    return ["", heading, *lines] if lines else []


def _head(dataset: Dataset) -> Iterator[str]:
    program = f", program {clean(dataset.program)}" if dataset.program else ""
    yield clean(dataset.id)
    yield clean(dataset.title)
    yield f"{dataset.kind.value} of {dataset.archive.value.upper()}{program}"
    yield f"https://doi.org/{dataset.doi}"
    if dataset.page:
        yield dataset.page


def _other_name(item: OtherName, sources: Mapping[str, Source]) -> str:
    """Return a name or address, with the place where it was seen and the day."""
    place = item.seen_in or (sources[item.source].title if item.source in sources else item.source)
    day = item.as_of or item.before
    when = "" if day is None else f", {'' if item.as_of else 'before '}{day.isoformat()}"
    return f"  {clean(item.name)} ({clean(place)}{when})"


def _parts(dataset: Dataset, registered: Registered) -> list[str]:
    lines = []
    for part in dataset.distributions:
        types = ", ".join((*part.data_types, *part.file_types))
        lines.append(f"  {part.id}  {clean(part.title)} ({types}){_not_there(part)}")
        claims = standing_claims(part, dataset, registered)
        lines += [f"      {line}" for line in claim_lines(claims, registered.licenses, registered.sources)]
        lines += [f"      {line}" for line in past_lines(part, registered.licenses)]
    return lines


def _source(source: Source) -> str:
    return f"  {source.title}: {dated(source)}"


def _notice(notice: Notice, sources: Mapping[str, Source]) -> list[str]:
    covers = "the whole dataset" if notice.distributions is None else f"parts {', '.join(notice.distributions)}"
    lines = [f"  {notice.kind.value}, {notice.level.value}, {covers}", f"    {clean(notice.summary)}"]
    lines += [f"    wording: “{clean(notice.quote)}”"] if notice.quote else []
    lines += [f"    {doi_url(notice.doi)}"] if notice.doi else []
    lines += [f"    contact: {clean(contact(person))}" for person in notice.contacts]
    return [*lines, f"    source: {_said_by(notice, sources)}"]


def _said_by(notice: Notice, sources: Mapping[str, Source]) -> str:
    """Return the page, its day and what is known of it; those of its source where the notice names none."""
    source = sources.get(notice.source)
    title = source.title if source is not None else notice.source
    address = None
    if notice.reference is not None:
        title, address = notice.reference.title, notice.reference.url
    has_day = notice.as_of is not None or notice.before is not None
    day = dated(notice) if has_day or source is None else dated(source)
    return ", ".join(part for part in (clean(title), address or "", day, whose_word(notice)) if part)


def _contact(person: Contact, sources: Mapping[str, Source]) -> str:
    title = sources[person.source].title if person.source in sources else person.source
    return f"{clean(contact(person))} ({person.page or title})"
