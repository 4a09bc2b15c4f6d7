"""The data availability statement: where the data are, on which conditions, and how to get this very cohort."""

from collections.abc import Iterator, Sequence

from tcia_policy.model import Agreement, Citation, Holding, HoldingKind
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.notices.context import NoticeContext
from tcia_policy.reports.notices.datasets_used import HeldPart, Material
from tcia_policy.reports.notices.license_text import controlled_parts, held_terms
from tcia_policy.reports.notices.markup import Gap, Link, Paragraph, Remark, Run
from tcia_policy.reports.notices.provenance import warning, written_from
from tcia_policy.reports.notices.repositories import repository
from tcia_policy.text.english import count

MOST_UIDS = 5


def availability(known: NoticeContext) -> Iterator[Paragraph | Remark]:
    """Yield a paragraph for each data item, in the order of the project."""
    yield Remark("Data availability. Fill in what stands in square brackets, and take these remarks out.")
    against = warning(known)
    if against is not None:
        yield Remark(against)
    for material in known.materials:
        for each in material.held:
            yield Paragraph(tuple(_holding(material, each, known)))
    assumed = _routes_assumed(known.materials)
    if assumed:
        yield Remark(
            f"The project does not say where these are from (`obtained_from`): {', '.join(assumed)}; what stands "
            "above is what it means where nothing is said."
        )
    yield Remark(written_from(known))


def _holding(material: Material, held: HeldPart, known: NoticeContext) -> Iterator[Run]:
    holding = held.holding
    if material.dataset is None:
        yield from _unregistered(held, known.names)
        return
    citation = material.dataset.citation
    yield from ("The data of ", material.name, " (“", citation.title, "”")
    yield from _version(holding, citation)
    yield from (", ", Link(doi_url(material.dataset.doi)), ")", known.cited(citation, linked=True))
    yield from (" were obtained from ", repository(holding.obtained_from))
    yield f" on {holding.obtained_on.isoformat()}." if holding.obtained_on is not None else "."
    yield from _parts(held, material)
    yield from _terms(held, known.names)
    yield from _access(held)
    yield from _cohort(held, known)


def _unregistered(held: HeldPart, names: Names) -> Iterator[Run]:
    """Yield what is known of what leads to no dataset, and a blank for the rest."""
    holding = held.holding
    if holding.kind is HoldingKind.OWN:
        yield f"{holding.name} are data of our own. "
        yield Gap("say where and on which conditions others can get them, or why they cannot")
        return
    what = "data from elsewhere" if holding.kind is HoldingKind.OTHER else "not resolved to any dataset"
    yield f"{holding.name} ({what}"
    if holding.doi is not None:
        yield from (", ", Link(doi_url(holding.doi)))
    yield "). License: "
    for _, words in held_terms(held, names):
        yield from words
    yield "."
    for item in held.terms.approvals:
        yield from _approval(item)
    yield " "
    yield Gap("say what these data are, and where and on which conditions others can get them")


def _version(holding: Holding, citation: Citation) -> Iterator[Run]:
    if holding.version is not None:
        yield f", version {holding.version}"
    elif citation.version is not None:
        yield from (", version ", Gap(f"the version used; the citation recorded here is of version {citation.version}"))


def _parts(held: HeldPart, material: Material) -> Iterator[Run]:
    assert material.dataset is not None
    titles = [part.title for part in held.parts if part.title is not None]
    if held.holding.distributions_stated:
        if held.holding.parts_named or len(titles) < len(material.dataset.distributions):
            yield f" Of it we used: {'; '.join(titles)}."
    elif len(titles) > 1:
        yield from (" ", Gap(f"say which of its {len(titles)} parts were used: {'; '.join(titles)}"))


def _terms(held: HeldPart, names: Names) -> Iterator[Run]:
    terms = held_terms(held, names)
    for titles, words in terms:
        which = f" ({'; '.join(titles)})" if len(terms) > 1 and titles else ""
        yield from (f" License{which}: ", *words, ".")


def _access(held: HeldPart) -> Iterator[Run]:
    closed = controlled_parts(held.parts)
    if not closed:
        yield " Access is open." if held.terms.open_to_all else " The conditions of access are not known here."
        for item in held.terms.approvals:
            yield from _approval(item)
        return
    which = "" if len(closed) == len(held.parts) else f" to {'; '.join(closed)}"
    yield f" Access{which} is controlled and needs an approved data access request ("
    accessions = held.terms.accessions
    yield f"dbGaP {', '.join(accessions)})." if accessions else Gap("the dbGaP accession, phs..., with its version")
    yield "" if accessions else ")."
    for item in held.terms.approvals:
        yield from _approval(item)
    if not held.terms.approvals:
        yield from (" ", Gap("say under which approved request the data were obtained; none is recorded for them"))


def _approval(item: Agreement) -> Iterator[Run]:
    which = "" if item.accession is None else f" for {item.accession}"
    assert item.approved_on is not None
    yield f" Our request{which} was approved on {item.approved_on.isoformat()}."


def _cohort(held: HeldPart, known: NoticeContext) -> Iterator[Run]:
    """Yield how the series used can be found again. Nothing is said of their number where it is not known."""
    holding = held.holding
    if holding.series is None:
        yield " "
        yield Gap("say that all of it was used, or publish the list of what was used and say where it is")
        return
    cohort_files = {item.label for item in held.terms.items if item.is_cohort_file}
    files = [label for label in holding.items if label in cohort_files]
    uids = [name for name in holding.items if name not in files]
    yield f" We used {count(holding.series, 'series', 'series')} of it"
    if files:
        yield from (", listed in ", ", ".join(files), " ", Gap("say where this list is published"))
    elif uids and len(uids) <= MOST_UIDS:
        yield f" (SeriesInstanceUID {', '.join(uids)})"
    else:
        yield from (" ", Gap("publish the list of their SeriesInstanceUIDs, and say where it is"))
    version = known.assessment.versions.idc_index_data
    yield "." if version is None else f"; they were looked up in idc-index-data {version}."


def _routes_assumed(materials: Sequence[Material]) -> list[str]:
    """Return the datasets for which the project leaves out where they were obtained."""
    return [
        material.name
        for material in materials
        if material.dataset is not None and any(held.terms.route_assumed for held in material.held)
    ]
