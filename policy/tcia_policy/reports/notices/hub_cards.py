"""Cards for models and data sets, as Hugging Face reads them: a YAML header, then Markdown.

The header follows https://github.com/huggingface/hub-docs, `modelcard.md` and `datasetcard.md`; the identifiers of
licenses are those of https://huggingface.co/docs/hub/repositories-licenses. What was chosen, and why:

- `license` is the output's own license as the project states it, and is left out where the assessment does not clear
  the output: a header is shown without what stands below it.
- `datasets` is left out: the Hub takes its own identifiers there and verifies them, and TCIA's datasets have none.
- `source_datasets` of a data set is `extended`, the word of the Hub for what was made from other data.
- Nothing is said of what the project does not state, such as `annotations_creators` or `pretty_name`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

import yaml

from tcia_policy.lazy import pattern
from tcia_policy.model import Archive, Citation, License, Output, OutputClearance, OutputKind
from tcia_policy.references.bibtex import render_bibtex
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.references.datacite_text import short_reference
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.notices.context import NoticeContext
from tcia_policy.reports.notices.datasets_used import HeldPart, Material, Origin
from tcia_policy.reports.notices.license_text import POSITIONS, controlled_parts, held_terms
from tcia_policy.reports.notices.markup import Gap, Link, Run, harmless_in_comment, in_markdown
from tcia_policy.reports.notices.provenance import written_from
from tcia_policy.reports.objections import lines_of
from tcia_policy.text.english import count

HUB_LICENSES = frozenset(
    (
        "apache-2.0 mit afl-3.0 artistic-2.0 bsl-1.0 bsd-2-clause bsd-3-clause bsd-3-clause-clear c-uda cc0-1.0 "
        "cc-by-2.0 cc-by-2.5 cc-by-3.0 cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc-by-nc-2.0 cc-by-nc-3.0 cc-by-nc-4.0 "
        "cc-by-nd-4.0 cc-by-nc-nd-3.0 cc-by-nc-nd-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 "
        "cdla-sharing-1.0 cdla-permissive-1.0 cdla-permissive-2.0 wtfpl ecl-2.0 epl-1.0 epl-2.0 etalab-2.0 eupl-1.1 "
        "isc lppl-1.3c ms-pl mpl-2.0 osl-3.0 postgresql ofl-1.1 ncsa unlicense zlib"
    ).split()
)
DATA_OUTPUTS = (
    OutputKind.DATASET_COPY,
    OutputKind.DERIVED_IMAGES,
    OutputKind.SEGMENTATIONS,
    OutputKind.LABELS,
    OutputKind.FEATURES,
    OutputKind.EMBEDDINGS,
    OutputKind.SYNTHETIC_IMAGES,
    OutputKind.TEXT,
)
WITH_CARD = (OutputKind.MODEL, *DATA_OUTPUTS)
LISTS = {
    "trained_on": "Trained on",
    "tested_on": "Tested on",
    "base_model": "Fine-tuned from",
    "made_from": "Made from",
    "made_with": "Made with",
}
_NOT_IN_A_NAME = pattern(r"[^a-z0-9.]+")
_WEB_ADDRESS = pattern(r"https?://[^\s<>\"]+", re.IGNORECASE)
_HUB_ID = pattern(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,94}[A-Za-z0-9_])?")


def render_cards(known: NoticeContext) -> Mapping[str, str]:
    """Return a card for each model and data set among the outputs, by file name: `CARD-model.md`, `CARD-model-2.md`."""
    found: dict[str, str] = {}
    seen: Counter[OutputKind] = Counter()
    for item in known.outputs:
        kind = item.output.kind
        if kind in WITH_CARD:
            seen[kind] += 1
            number = "" if seen[kind] == 1 else f"-{seen[kind]}"
            found[f"CARD-{kind.value}{number}.md"] = _card(item, known)
    return found


def _card(item: OutputClearance, known: NoticeContext) -> str:
    is_model = item.output.kind is OutputKind.MODEL
    blocks = [
        f"---\n{_header(item, known)}---",
        f"# [name of the {'model' if is_model else 'data set'}]",
        *_not_cleared(item, known),
        "## License",
        *_license(item, known),
        "## Training data" if is_model else "## Source data",
        *_data(item, known),
    ]
    references = render_bibtex(_references(item, known))
    if references:
        blocks += ["## Citation", f"```bibtex\n{references.strip()}\n```"]
    return "\n\n".join([*blocks, f"<!-- {harmless_in_comment(written_from(known))} -->"]) + "\n"


def _references(item: OutputClearance, known: NoticeContext) -> list[Citation]:
    """Return what is cited for the data that the output comes from, and for the study as a whole."""
    owed = known.assessment.citations
    return [each.citation for each in owed if not each.holdings or not set(item.sources).isdisjoint(each.holdings)]


def _header(item: OutputClearance, known: NoticeContext) -> str:
    fields: dict[str, str | list[str]] = {**_license_fields(item, known)}
    if item.output.kind in DATA_OUTPUTS:
        fields["source_datasets"] = ["extended"]
    held = {material.dataset.archive for material in known.materials_of(item) if material.dataset is not None}
    fields |= {"tags": [archive.value for archive in Archive if archive in held]} if held else {}
    header = yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=1000)
    return _remark_on_license(item) + header


def _remark_on_license(item: OutputClearance) -> str:
    if not item.cleared:
        return "# license: left out, since the assessment does not clear this output; see below\n"
    return "# license: not stated in the project\n" if item.output.license is None else ""


def _license_fields(item: OutputClearance, known: NoticeContext) -> dict[str, str]:
    """Return the license of an output that is cleared; nothing for others."""
    stated = item.output.license
    return {} if stated is None or not item.cleared else license_keys(stated, known.names.licenses)


def license_keys(stated: str, licenses: Mapping[str, License]) -> dict[str, str]:
    """Return `license`; for a license that the Hub has no identifier for, its name and where its text is as well.

    The Hub takes a web address as the link, or `LICENSE`, the file beside the card.
    """
    if stated.lower() in HUB_LICENSES:
        return {"license": stated.lower()}
    described = licenses.get(stated)
    address = None if described is None else described.url
    link = address if address is not None and _WEB_ADDRESS.fullmatch(address) else "LICENSE"
    name = _NOT_IN_A_NAME.sub("-", stated.lower()).strip("-") or "other"
    return {"license": "other", "license_name": name, "license_link": link}


def is_hub_id(name: str) -> bool:
    """Return whether the Hub takes a name as one of a repository, as `huggingface_hub` 2.4 has its rules."""
    return _HUB_ID.fullmatch(name) is not None and "--" not in name and ".." not in name and not name.endswith(".git")


def _not_cleared(item: OutputClearance, known: NoticeContext) -> Iterator[str]:
    if item.cleared:
        return
    yield f"**Not cleared for release ({item.verdict.value}).** This card is no permission. The assessment found:"
    yield "\n".join(f"- {in_markdown(line)}" for line in lines_of(item.objections, known.names))


def _license(item: OutputClearance, known: NoticeContext) -> Iterator[str]:
    license_id = item.output.license
    if license_id is None:
        yield in_markdown("The authors' own contribution: ", Gap("its license; the project states none"))
    else:
        cleared = "" if item.cleared else " (which the assessment does not clear)"
        yield in_markdown(f"{license_id}{cleared} covers the authors' own contribution and nothing else.")
    yield "It gives no right in the data named below or in anything taken from them; these stay under their own terms."
    if item.output.kind is OutputKind.MODEL:
        yield in_markdown(POSITIONS[known.project.positions.is_adaptation])


def _data(item: OutputClearance, known: NoticeContext) -> Iterator[str]:
    materials = known.materials_of(item)
    yield "\n".join(line for material in materials for line in _material(material, known.names))
    ids = {material.dataset.id for material in materials if material.dataset is not None}
    origins = [origin for origin in known.origins if not ids.isdisjoint(origin.made_into)]
    if origins:
        yield "Some of these data were made from others:"
        yield "\n".join(_origin(origin) for origin in origins)
    yield from _what_for(item.output)
    yield "`ATTRIBUTION.md` has the credits in full, and the changes made."


def _what_for(output: Output) -> Iterator[str]:
    """Yield what each list of the project says, and what is not known where it has none."""
    stated = [(words, getattr(output, name)) for name, words in LISTS.items() if getattr(output, name) is not None]
    if stated:
        yield "\n".join(in_markdown(f"- {words}: {', '.join(entries) or 'none'}") for words, entries in stated)
        return
    use = "for training, validation and test" if output.kind is OutputKind.MODEL else "for what"
    yield in_markdown(Gap(f"say which of these data were used {use}; the project does not"))


def _material(material: Material, names: Names) -> Iterator[str]:
    if material.dataset is None:
        yield f"- **{in_markdown(material.name)}**"
    else:
        citation = material.dataset.citation
        reference = in_markdown(
            citation.title, f" ({short_reference(citation)}), ", Link(doi_url(material.dataset.doi))
        )
        yield f"- **{in_markdown(material.name)}**: {reference}"
    for held in material.held:
        yield f"  - {in_markdown(*_holding(held, names))}"
    if material.is_noncommercial:
        yield "  - NonCommercial: these terms, in whole or in part, do not cover commercial use"
    closed = controlled_parts(material.parts)
    if closed:
        yield f"  - {in_markdown('Controlled access (', '; '.join(closed), '): nothing of it may be passed on')}"


def _holding(held: HeldPart, names: Names) -> Iterator[Run]:
    if held.holding.dataset not in names.datasets and held.holding.doi is not None:
        yield from (Link(doi_url(held.holding.doi)), ". ")
    if held.holding.series is not None:
        yield f"{count(held.holding.series, 'series', 'series')}. "
    for number, (titles, words) in enumerate(held_terms(held, names)):
        which = f" ({'; '.join(titles)})" if titles else ""
        yield from (". " if number else "", f"License{which}: ", *words)


def _origin(origin: Origin) -> str:
    made = f" (source of {', '.join(origin.made_into)})"
    if origin.dataset is None:
        return f"- {in_markdown(origin.name, made)}"
    return f"- {in_markdown(origin.name, made, ': ', Link(doi_url(origin.dataset.doi)))}"
