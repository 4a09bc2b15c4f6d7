"""`NOTICE`: plain text that goes with a released model or data set."""

import textwrap
from collections.abc import Iterator

from tcia_policy.model import Duty, DutyKind, OutputClearance, OutputKind
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.references.datacite_text import creators
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.notices.context import NoticeContext
from tcia_policy.reports.notices.datasets_used import HeldPart, Material, Origin
from tcia_policy.reports.notices.license_text import (
    POSITIONS,
    controlled_parts,
    held_terms,
    part_terms,
    restrictions,
)
from tcia_policy.reports.notices.markup import in_text
from tcia_policy.reports.notices.provenance import written_from
from tcia_policy.reports.objections import lines_of
from tcia_policy.text.sanitize import clean

WIDTH = 80
RULER = "-" * WIDTH
MADE = {
    OutputKind.DATASET_COPY: "contains copies of the data below.",
    OutputKind.DERIVED_IMAGES: "contains images that were changed from the data below.",
    OutputKind.SEGMENTATIONS: "was made on the data below. Whether it is an adaptation of them is not settled.",
    OutputKind.MODEL: "was made with the data below.",
    OutputKind.FEATURES: "was measured on the data below. Whether it is an adaptation of them is not settled.",
    OutputKind.LABELS: "was made on the data below. Whether it is an adaptation of them is not settled.",
    OutputKind.EMBEDDINGS: "was computed from the data below. Whether it is an adaptation of them is not settled.",
    OutputKind.SYNTHETIC_IMAGES: "was generated with the data below. Whether it is an adaptation is not settled.",
    OutputKind.TEXT: "was written from the data below. Whether it is an adaptation of them is not settled.",
    OutputKind.CODE: "contains none of the data below.",
    OutputKind.FIGURES: "shows pictures of the data below, which keep their own terms.",
    OutputKind.ARTICLE: "reports on the data below.",
}


def render_notice(known: NoticeContext) -> str:
    """Return lines of 80 characters: what stands against the release, the outputs, the data and their terms."""
    title = known.project.title
    sections = [
        ["NOTICE", *([] if title is None else _wrapped(title))],
        list(_not_cleared(known)),
        list(_outputs(known)),
        list(_data(known)),
        list(_noncommercial(known)),
        list(_controlled(known)),
        list(_evidence(known)),
        list(_forbidden(known.assessment.duties)),
        [RULER, *_wrapped(written_from(known))],
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def _not_cleared(known: NoticeContext) -> Iterator[str]:
    if not known.objections:
        return
    yield "*** NOT CLEARED FOR RELEASE ***"
    yield from _wrapped("This notice is no permission. As assessed, what it goes with may not be released, or not yet:")
    for line in known.objections:
        yield from _item(line)
    findings = lines_of(known.assessment.clearance.findings, known.names)
    if findings:
        yield from _wrapped("What stands against it:")
    for line in findings:
        yield from _item(line)


def _outputs(known: NoticeContext) -> Iterator[str]:
    if not known.outputs:
        yield from _wrapped("The project states no outputs, so that this notice speaks of the data alone.")
    for item in known.outputs:
        yield from _output(item, known)
    if known.outputs:
        yield from _wrapped(
            "A license stated here covers what its authors contributed and nothing else: it gives no right in the "
            f"data below or in anything taken from them.{_where_from(known)}"
        )


def _where_from(known: NoticeContext) -> str:
    is_recorded = all(item.output.has_lists for item in known.outputs)
    return "" if is_recorded else " Which of the data went into which output is not recorded."


def _output(item: OutputClearance, known: NoticeContext) -> Iterator[str]:
    output = item.output
    position = POSITIONS[known.project.positions.is_adaptation]
    made = f"{MADE[output.kind]} {position}" if output.kind is OutputKind.MODEL else MADE[output.kind]
    yield from _item(f"{output.kind.value}: {made}")
    if output.license is None:
        licensed = "License of the authors' own contribution: [not stated in the project]"
    else:
        licensed = f"License of the authors' own contribution: {output.license}"
    cleared = "" if item.cleared else " (NOT CLEARED, see above)"
    yield from _wrapped(licensed + cleared, "    ")
    if output.has_lists:
        yield from _wrapped(f"It comes from: {', '.join(known.names.holdings_of(item.sources))}", "    ")


def _data(known: NoticeContext) -> Iterator[str]:
    yield "DATA AND THEIR TERMS"
    for material in known.materials:
        yield from _material(material, known.names)
    for origin in known.origins:
        yield from _origin(origin, known.names)


def _material(material: Material, names: Names) -> Iterator[str]:
    yield ""
    yield from _wrapped(material.name)
    if material.dataset is not None:
        citation = material.dataset.citation
        yield from _wrapped(f"{clean(citation.title)}, by {creators(citation) or 'creators not known here'}", "  ")
        yield from _wrapped(doi_url(material.dataset.doi), "  ")
    for held in material.held:
        yield from _holding(held, names)


def _holding(held: HeldPart, names: Names) -> Iterator[str]:
    if held.holding.dataset not in names.datasets and held.holding.doi is not None:
        yield from _wrapped(doi_url(held.holding.doi), "  ")
    for titles, words in held_terms(held, names):
        which = f" ({'; '.join(titles)})" if titles else ""
        yield from _wrapped(f"License{which}: {in_text(*words)}", "  ")


def _origin(origin: Origin, names: Names) -> Iterator[str]:
    yield ""
    yield from _wrapped(f"{origin.name}, from which {', '.join(origin.made_into)} was made")
    if origin.dataset is None:
        yield from _wrapped("License: not known here", "  ")
        return
    yield from _wrapped(doi_url(origin.dataset.doi), "  ")
    for titles, words in part_terms(origin.parts, names):
        yield from _wrapped(f"License ({'; '.join(titles)}): {in_text(*words)}", "  ")


def _noncommercial(known: NoticeContext) -> Iterator[str]:
    found = [material for material in known.materials if material.is_noncommercial]
    if not found:
        return
    yield "NONCOMMERCIAL DATA"
    yield from _wrapped(
        "These data are, in whole or in part, under terms that do not cover commercial use. No license stated above "
        "changes that for anything taken from them:"
    )
    for material in found:
        yield from _item(material.name)
        for notice in restrictions(material):
            yield from _wrapped(notice.summary, "    ")


def _controlled(known: NoticeContext) -> Iterator[str]:
    every: list[Material | Origin] = [*known.materials, *known.origins]
    found = [(each.name, closed) for each in every if (closed := controlled_parts(each.parts))]
    if not found:
        return
    yield "CONTROLLED ACCESS"
    yield from _wrapped(
        "These parts are under controlled access. Nothing of them may be passed on, and nothing in this release "
        "gives access to them: whoever wants them needs an approved request of their own."
    )
    for name, closed in found:
        yield from _item(f"{name}: {'; '.join(closed)}")


def _evidence(known: NoticeContext) -> Iterator[str]:
    lifted = [each.holding for each in known.assessment.findings if each.lifted_by and each.holding]
    if lifted:
        yield "PERMISSIONS AND AGREEMENTS"
        yield from _wrapped(
            f"For {', '.join(dict.fromkeys(known.names.holdings_of(lifted)))} the authors record a permission or an "
            "agreement of their own. It does not pass to recipients."
        )


def _forbidden(duties: tuple[Duty, ...]) -> Iterator[str]:
    found = dict.fromkeys(duty.text for duty in duties if duty.kind is DutyKind.REFRAIN and duty.required)
    if found:
        yield "WHAT THE TERMS OF THE DATA FORBID"
    for text in found:
        yield from _item(text)


def _item(text: str, indent: str = "  ") -> list[str]:
    return textwrap.wrap(
        clean(text),
        WIDTH,
        initial_indent=f"{indent}- ",
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        clean(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
