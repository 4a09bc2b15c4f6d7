"""`ATTRIBUTION.md`: what Creative Commons' licenses ask to be said with data and what was made from them.

What they ask follows CC BY 3.0, sections 3(b), 4(a) and 4(b), and CC BY 4.0, section 3(a); the NonCommercial and
ShareAlike licenses of a version ask the same in this respect.
"""

from collections.abc import Iterator, Sequence

from tcia_policy.files.written_by import SAY_CHANGES
from tcia_policy.model import Dataset, License, Notice, NoticeKind
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.references.datacite_text import creators
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.labels import place
from tcia_policy.reports.notices.context import NoticeContext
from tcia_policy.reports.notices.datasets_used import HeldPart, Material, Origin
from tcia_policy.reports.notices.license_text import (
    controlled_parts,
    creative_commons,
    held_notices,
    held_terms,
    licenses_named,
    part_terms,
    restrictions,
)
from tcia_policy.reports.notices.markup import Gap, Link, Run, in_markdown
from tcia_policy.reports.notices.provenance import written_from

ASKED_IN_3_0 = (
    "with every copy, a copy of the license or its address; notices of copyright, of the license and of the "
    "disclaimer of warranties kept as they came; the author and the title, if supplied; the address that the "
    "licensor names, if it leads to copyright or license information; and where you adapted the material, that you "
    "did and how it is used in yours. Any reasonable manner serves, at least as prominent as the credit of other "
    "contributors (sections 3(b) and 4)."
)
ASKED_IN_4_0 = (
    "where it was supplied with the material: who made it, a copyright notice, a notice that refers to the license, "
    "a notice that refers to the disclaimer of warranties, and the address of the material; further whether you "
    "changed it, with earlier notes of changes kept; and the license, with its text or address. A title is not "
    "asked for. A link to a page that says all this can be enough (section 3(a))."
)
ASKED_OF_ALL = (
    "None of these notices is recorded here unless it stands above: look through the files that came with the data. "
    "Imply nowhere that the authors of the data endorse you."
)


def render_attribution(known: NoticeContext) -> str:
    """Return Markdown for GitHub and pandoc: a section for each dataset used, then for each that they came from."""
    blocks = [*_opening(known)]
    for material in known.materials:
        blocks += [f"## {in_markdown(material.name)}", "\n".join(_about_material(material, known.names))]
    for origin in known.origins:
        blocks += [f"## {in_markdown(origin.name)}", "\n".join(_about_origin(origin, known.names))]
    parts = [part for group in (known.materials, known.origins) for each in group for part in each.parts]
    blocks += [*_asked(licenses_named(parts, known.names)), "---", in_markdown(written_from(known))]
    return "\n\n".join(blocks) + "\n"


def _opening(known: NoticeContext) -> Iterator[str]:
    yield "# Attribution"
    title = known.project.title
    whose = "This work" if title is None else f"“{title}”"
    against = known.objections
    if against:
        yield "\n".join(
            (
                "**Not cleared.** To attribute is no permission. The assessment found:",
                "",
                *(f"- {in_markdown(line)}" for line in against),
            )
        )
    yield in_markdown(
        whose,
        " was made with the data named below. They stay under their own terms, whatever license the rest carries.",
    )
    yield "What stands in square brackets is not known here and is for you to fill in."


def _about_material(material: Material, names: Names) -> Iterator[str]:
    dataset = material.dataset
    if dataset is not None:
        yield from _about_dataset(dataset)
    for held in material.held:
        yield from _about_holding(held, names, apart=len(material.held) > 1)
    for notice in held_notices(material, NoticeKind.COPYRIGHT):
        yield _item("Copyright", *_said(notice))
    for notice in restrictions(material):
        yield _item("Restriction", *_said(notice))
    closed = controlled_parts(material.parts)
    if closed:
        yield _item("Access", f"controlled ({'; '.join(closed)}): nothing of it may be passed on")


def _about_dataset(dataset: Dataset) -> Iterator[str]:
    citation = dataset.citation
    yield _item("Title", citation.title)
    cut = " (the source cuts the list off)" if citation.truncated else ""
    yield _item("Creators", (creators(citation) or "not known here") + cut)
    yield _item("Source", Link(doi_url(dataset.doi)))


def _about_holding(held: HeldPart, names: Names, *, apart: bool) -> Iterator[str]:
    holding = held.holding
    source = [f"{', '.join(holding.items)}, from {place(holding.obtained_from)}"] if apart else []
    label = _bracketed(source)
    if holding.dataset not in names.datasets and holding.doi is not None:
        yield _item("Source", Link(doi_url(holding.doi)))
    if holding.version is not None:
        yield _item(f"Version{label}", holding.version)
    for titles, words in held_terms(held, names):
        which = titles if len(held.parts) > 1 else ()
        yield _item(f"License{_bracketed([*source, *which])}", *words)
    if len(held.parts) > 1 and not holding.distributions_stated:
        yield _item(f"Parts{label}", Gap("say which of these parts were used; the project does not"))
    yield from _changes(held, label)


def _changes(held: HeldPart, label: str) -> Iterator[str]:
    if not held.changes:
        yield _item(f"Changes{label}", Gap(SAY_CHANGES))
    for item, change in held.changes:
        which = f" ({item})" if len(held.changes) > 1 else label
        said: Run = Gap(SAY_CHANGES) if change is None else change
        yield _item(f"Changes{which}", said)


def _said(notice: Notice) -> list[Run]:
    return [notice.summary] if notice.quote is None else [f"“{notice.quote}”", f" ({notice.summary})"]


def _about_origin(origin: Origin, names: Names) -> Iterator[str]:
    made = ", ".join(origin.made_into)
    yield _item("Contained or used in", f"{made}, which was made from it by others")
    if origin.dataset is None:
        yield _item("Title, creators, license", "not known here")
        return
    yield from _about_dataset(origin.dataset)
    for titles, words in part_terms(origin.parts, names):
        yield _item(f"License{_bracketed(titles if len(origin.parts) > 1 else ())}", *words)
    if len(origin.parts) > 1:
        yield _item("Parts", f"which of them went into {made} is not recorded here")
    yield _item("Changes", f"those that its makers made for {made}; your own are said there")


def _asked(licenses: list[License]) -> Iterator[str]:
    named = {version: creative_commons(licenses, version) for version in ("3.0", "4.0")}
    if not any(named.values()):
        return
    yield "## What these licenses ask you to say"
    for version, asked in (("3.0", ASKED_IN_3_0), ("4.0", ASKED_IN_4_0)):
        if named[version]:
            yield in_markdown(f"{', '.join(each.short_name for each in named[version])}: {asked}")
    yield ASKED_OF_ALL


def _bracketed(parts: Sequence[str]) -> str:
    return f" ({'; '.join(parts)})" if parts else ""


def _item(label: str, *runs: Run) -> str:
    return f"- {in_markdown(label)}: {in_markdown(*runs)}"
