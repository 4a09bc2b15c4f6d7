"""Two drawings for those who look before they read: the verdicts, and the way of terms from sources to outputs.

Each is SVG that loads nothing, has no style of elsewhere and draws in the color of the text around it; what it shows
stands in its alternative, in words.
"""

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment, PartTerms, Verdict
from tcia_policy.reports.answer.license_label import in_words, license_label
from tcia_policy.reports.answer.matrix import names_apart
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.memo.cross_references import cells_of
from tcia_policy.reports.memo.document import Picture
from tcia_policy.text.english import joined
from tcia_policy.text.sanitize import clean

MOST_ROWS = 25
MOST_NODES = 25
COLORS = {
    Verdict.PERMITTED: "#2da44e",
    Verdict.CONDITIONAL: "#d4a72c",
    Verdict.UNDETERMINED: "#8250df",
    Verdict.PROHIBITED: "#cf222e",
}
DASHES = {Verdict.UNDETERMINED: ' stroke-dasharray="5 3"', Verdict.PROHIBITED: ' stroke-dasharray="1 3"'}
FONT = 'font-family="Helvetica, Arial, DejaVu Sans, DejaVu Sans Mono, sans-serif" font-size="11"'
LETTER = 6.6  # pixels that a letter takes at most
LINE, NODE, GAP, WIDTH, SPACE, BELOW = 17, 30, 6, 200, 70, 10  # pixels


def matrix_picture(assessment: Assessment) -> Picture | None:
    """Return every verdict as a field with its word; `None` for no data item, or too many to look at."""
    cells = cells_of(assessment)
    if not 0 < len(cells) <= MOST_ROWS:
        return None
    names = names_apart(assessment.holdings)
    left = max(LETTER * len(_short(names.get(each, each), 34)) for each in cells) + GAP
    words = [activity.value for activity in assessment.activities]
    column = LETTER * max(map(len, [*words, Verdict.UNDETERMINED.value])) + 2 * GAP
    parts = [_text(left + column * at + column / 2, 12, word, "middle") for at, word in enumerate(words)]
    told = []
    for row, (holding, verdicts) in enumerate(cells.items()):
        top = LINE * (row + 1)
        parts.append(_text(0, top + 12, _short(names.get(holding, holding), 34)))
        for at, cell in enumerate(verdicts):
            verdict = cell.verdict if cell else None
            parts += _field(left + column * at, top, column, verdict)
        judged = [cell.verdict.value if cell else "not judged" for cell in verdicts]
        said = [f"{word} {verdict}" for word, verdict in zip(words, judged, strict=True)]
        told.append(f"{names.get(holding, holding)}: {', '.join(said)}")
    size = (left + column * len(words), LINE * (len(cells) + 1) + 2)
    return Picture(_svg("Verdicts by data item and activity", size, parts), f"{'; '.join(told)}.")


def _field(left: float, top: float, width: float, verdict: Verdict | None) -> Iterator[str]:
    if verdict is not None:
        yield (
            f'<rect x="{left + 1:.1f}" y="{top + 1}" width="{width - 2:.1f}" height="{LINE - 2}" '
            f'fill="{COLORS[verdict]}" fill-opacity="0.22" stroke="{COLORS[verdict]}"/>'
        )
    yield _text(left + width / 2, top + 12, verdict.value if verdict else "-", "middle")


@dataclass(frozen=True)
class _Node:
    """A box: what it is, the terms that it carries, and how it was judged."""

    id: str
    name: str
    terms: str
    verdict: Verdict | None = None


@dataclass(frozen=True)
class _Flow:
    """Boxes in columns from left to right, and which leads to which."""

    columns: tuple[tuple[_Node, ...], ...]
    edges: tuple[tuple[str, str], ...]


def flow_picture(assessment: Assessment) -> Picture | None:
    """Return the way from sources through data items to outputs; `None` where it leads nowhere, or is too large."""
    flow = _flow(assessment)
    nodes = [node for column in flow.columns for node in column]
    if not flow.edges or len(nodes) > MOST_NODES:
        return None
    tallest = max(len(column) for column in flow.columns) * (NODE + GAP)
    places: dict[str, tuple[float, float]] = {}
    for at, column in enumerate(flow.columns):
        top = (tallest - len(column) * (NODE + GAP)) / 2
        places |= {node.id: (at * (WIDTH + SPACE), top + row * (NODE + GAP)) for row, node in enumerate(column)}
    by_id = {node.id: node for node in nodes}
    parts = [_edge(places[start], places[end], by_id[start].verdict, tallest + BELOW / 2) for start, end in flow.edges]
    parts += [part for node in nodes for part in _box(places[node.id], node)]
    size = (len(flow.columns) * (WIDTH + SPACE) - SPACE + 2, tallest + BELOW)
    return Picture(_svg("The way of terms from sources to outputs", size, parts), _told(flow, by_id))


def _flow(assessment: Assessment) -> _Flow:
    items = _items(assessment)
    made = _made_from(assessment)
    names = Names.of(assessment)
    bases = {base for bases in made.values() for base in bases}
    origins = [_Node(f"origin {each.name}", each.name, _stated(each.parts, names)) for each in assessment.origins]
    outputs = [
        _Node(f"output {number}", each.output.name, each.verdict.value, each.verdict)
        for number, each in enumerate(assessment.clearance.outputs)
    ]
    columns = (
        (*origins, *(node for holding, node in items.items() if holding in bases)),
        tuple(node for holding, node in items.items() if holding not in bases),
        tuple(outputs),
    )
    held = _held(assessment)
    edges = [
        (f"origin {origin.name}", items[holding].id)
        for origin in assessment.origins
        for dataset in origin.made_into
        for holding in held.get(dataset, ())
        if holding in items
    ]
    edges += [(items[base].id, items[holding].id) for holding, bases_of in made.items() for base in bases_of]
    edges += [
        (items[source].id, outputs[number].id)
        for number, each in enumerate(assessment.clearance.outputs)
        for source in each.sources
        if source in items
    ]
    return _Flow(tuple(column for column in columns if column), tuple(edges))


def _items(assessment: Assessment) -> dict[str, _Node]:
    names, shown = Names.of(assessment), names_apart(assessment.holdings)
    return {
        terms.holding: _Node(
            f"item {terms.holding}",
            shown.get(terms.holding, terms.holding),
            in_words([license_label(terms, names)]),
            terms.verdict,
        )
        for terms in assessment.terms
    }


def _held(assessment: Assessment) -> dict[str, list[str]]:
    """Return the data items of each dataset, by their ids."""
    held: dict[str, list[str]] = {}
    for holding in assessment.holdings:
        held.setdefault(holding.dataset or "", []).append(holding.id)
    return held


def _made_from(assessment: Assessment) -> dict[str, list[str]]:
    """Return which data items each was made from, by their ids; those that were made from none are left out."""
    held, found = _held(assessment), {}
    for dataset in assessment.datasets:
        bases = [base for each in dataset.derived_from for base in held.get(each.dataset or dataset.id, ())]
        for holding in held.get(dataset.id, ()):
            found[holding] = [base for base in dict.fromkeys(bases) if base not in held[dataset.id]]
    return {holding: bases for holding, bases in found.items() if bases}


def _stated(parts: Sequence[PartTerms], names: Names) -> str:
    licenses = dict.fromkeys(names.license(each.license) for part in parts for each in part.stated)
    return ", ".join(licenses) or "license not known"


def _told(flow: _Flow, nodes: Mapping[str, _Node]) -> str:
    """Return all that the drawing shows, in words."""
    sources: dict[str, list[str]] = {}
    for start, end in flow.edges:
        sources.setdefault(end, []).append(f"{nodes[start].name} ({nodes[start].terms})")
    said = [f"{nodes[end].name} ({nodes[end].terms}) comes from {joined(starts)}" for end, starts in sources.items()]
    return f"{'. '.join(said)}."


def _edge(start: tuple[float, float], end: tuple[float, float], verdict: Verdict | None, below: float) -> str:
    """Return a line from box to box; one that skips a column goes `below` it."""
    left, right = start[0] + WIDTH, end[0]
    top, bottom = start[1] + NODE / 2, end[1] + NODE / 2
    color = f'stroke="{COLORS[verdict]}"' if verdict else 'stroke="currentColor"'
    dashes = DASHES.get(verdict, "") if verdict else ""
    if right - left > SPACE:
        other = right - SPACE / 2
        path = (
            f"{_curve(left, top, left + SPACE, below)} L{right - SPACE:.1f} {below:.1f} "
            f"C{other:.1f} {below:.1f} {other:.1f} {bottom:.1f} {right:.1f} {bottom:.1f}"
        )
    else:
        path = _curve(left, top, right, bottom)
    return f'<path d="{path}" fill="none" {color} stroke-width="1.2"{dashes}/>'


def _curve(left: float, top: float, right: float, bottom: float) -> str:
    middle = (left + right) / 2
    return f"M{left:.1f} {top:.1f} C{middle:.1f} {top:.1f} {middle:.1f} {bottom:.1f} {right:.1f} {bottom:.1f}"


def _box(place: tuple[float, float], node: _Node) -> Iterator[str]:
    left, top = place
    color = COLORS[node.verdict] if node.verdict else "currentColor"
    yield (
        f'<rect x="{left + 1:.1f}" y="{top + 1:.1f}" width="{WIDTH - 2}" height="{NODE - 2}" rx="3" fill="{color}" '
        f'fill-opacity="0.12" stroke="{color}"/>'
    )
    yield _text(left + GAP, top + 12.5, _short(node.name, 29))
    yield _text(left + GAP, top + 25, _short(node.terms, 29), opacity=0.85)


def _short(text: str, longest: int) -> str:
    line = clean(text)
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _text(left: float, top: float, text: str, anchor: str = "start", opacity: float = 1) -> str:
    faint = f' fill-opacity="{opacity}"' if opacity < 1 else ""
    return f'<text x="{left:.1f}" y="{top:.1f}" text-anchor="{anchor}" fill="currentColor"{faint}>{escape(text)}</text>'


def _svg(title: str, size: tuple[float, float], parts: Sequence[str]) -> str:
    width, height = (f"{length:.0f}" for length in size)
    head = f'xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg {head} role="img" aria-label={quoteattr(title)} {FONT}>{"".join(parts)}</svg>'
