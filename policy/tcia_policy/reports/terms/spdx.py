"""The data and the outputs of a study as SPDX 3.0.1 (JSON-LD), with the dataset and AI profiles.

Format: https://spdx.github.io/spdx-spec/v3.0.1/. What was chosen, and why:

- What sources state is declared, each license once. A license is concluded where exactly one is left and its terms are
  known; everything else is `NoAssertionLicense`. Each package has one relationship of either kind, as the profiles ask.
- Several declared licenses are several ends of one relationship. An expression would have to join them with `OR`, which
  is a choice that nobody offered, or with `AND`.
- The check's own result is an annotation of the package: SPDX has no words for permissions.
- The mark of our own files stands in the comment of `CreationInfo`, the first element: SPDX allows no key beside the
  graph.
- The days on which data were built and released are left out where only a year is known, and so is the level of
  confidentiality, of which no source speaks. Controlled access has no word in SPDX's availability; it is a comment.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from typing import Any

from spdx_python_model import v3_0_1 as spdx

from tcia_policy.files.mark import MARK
from tcia_policy.model import Access, Assessment, Dataset, DutyKind, NoticeKind, OutputKind
from tcia_policy.model.holding import NOWHERE, REPOSITORIES, OtherKind
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.references.datacite_text import creators, render_text
from tcia_policy.reports.answer.first_line import first_line
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.labels import kind_of
from tcia_policy.reports.objections import lines_of
from tcia_policy.reports.terms.addresses import study_name, urn, web_address
from tcia_policy.reports.terms.found_in_words import CONTROLLED, found_in_words
from tcia_policy.reports.terms.offers import ItemOffer, Offers, OutputOffer, PartOffer, offers_of
from tcia_policy.reports.terms.spdx_graph import NO_ASSERTION, Graph, Maker
from tcia_policy.text.sanitize import clean, escaped

PROGRAM = "tcia-policy"
PROFILES = ("core", "software", "simpleLicensing", "expandedLicensing", "dataset", "ai")
ANY_OF_THESE = "Any of these parts may have been used; the project does not say which."
LIST_LEFT_OUT = "The project does not say of all data whether they belong here; each of these may."
# What files hold images, and what files hold tables, in TCIA's words for types of files.
_IMAGE_FILES = {"SVS", "NIfTI", "TIFF", "NRRD", "JPG", "PNG", "MHA", "MHD", "BMP", "MRXS", "NDPI", "ENVI"}
_TABLES = {"CSV", "XLSX", "XLS", "TSV", "SQLITE", "XPT", "SAS"}
# DICOM's modalities that are images; the others are outlines, doses, reports and the like.
_IMAGE_MODALITIES = {"CT", "MR", "PT", "SM", "US", "CR", "DX", "MG", "NM", "XA", "RF", "XC", "RTIMAGE"}
_OUTPUT_TYPES = {
    OutputKind.DERIVED_IMAGES: "image",
    OutputKind.SEGMENTATIONS: "image",
    OutputKind.SYNTHETIC_IMAGES: "image",
    OutputKind.LABELS: "categorical",
    OutputKind.FEATURES: "numeric",
    OutputKind.EMBEDDINGS: "numeric",
    OutputKind.TEXT: "text",
}
_NOT_DATA = {OutputKind.FIGURES: "other", OutputKind.ARTICLE: "documentation", OutputKind.CODE: "source"}
# What holds none of the data, so that nothing is said of it that the project does not say.
_WITHOUT_DATA = (OutputKind.ARTICLE, OutputKind.CODE)
# What an output is to the data items of each of its lists.
_LINEAGE = {
    "trained_on": "trainedOn",
    "tested_on": "testedOn",
    "base_model": "descendantOf",
    "made_from": "descendantOf",
    "made_with": "usesTool",
}


def render_spdx(assessment: Assessment) -> str:
    """Return the document as JSON-LD that ends in a newline; the same assessment gives the same text."""
    offers = offers_of(assessment)
    graph = _graph(assessment, offers)
    names = Names.of(assessment)
    roots = [_item(item, assessment, graph) for item in offers.items]
    roots += [_output(output, graph, names) for output in offers.outputs]
    graph.add(
        spdx.SpdxDocument,
        name=clean(assessment.project.title or "Study"),
        comment=clean(f"{first_line(assessment)} {assessment.disclaimer}"),
        rootElement=roots,
        element=list(graph.elements),
        profileConformance=[getattr(spdx.ProfileIdentifierType, name) for name in PROFILES],
    )
    data = spdx.JSONLDSerializer().serialize_data(spdx.SHACLObjectSet(graph.elements.values()))
    return escaped(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def _graph(assessment: Assessment, offers: Offers) -> Graph:
    versions = assessment.versions
    made_with = f"{MARK}. Rules of {versions.rules}, registry of {versions.registry}."
    maker = Maker(PROGRAM, versions.program, assessment.as_of, made_with)
    return Graph(study_name(assessment.project.title), maker, offers.licenses)


def _item(item: ItemOffer, assessment: Assessment, graph: Graph) -> str:
    """Add a data item with its parts, and return its id."""
    holding = item.holding
    names = ("item", holding.id)
    common = _common(item, assessment, graph)
    dataset = {"description": clean(item.dataset.title)} if item.dataset is not None else {}
    described: dict[str, Any] = {"name": clean(holding.name), "description": kind_of(holding), **dataset, **common}
    described["software_packageVersion"] = clean(holding.version or "")
    described["comment"] = CONTROLLED if any(part.access is Access.CONTROLLED for part in item.parts) else None
    described["software_attributionText"] = list(_credits(item, assessment))
    if holding.content is OtherKind.MODEL:
        id_ = graph.add(spdx.ai_AIPackage, *names, **described, software_primaryPurpose=_purpose("model"))
    elif holding.content is OtherKind.SOFTWARE:
        id_ = graph.add(spdx.software_Package, *names, **described)
    else:
        types = {type_ for part in item.parts for type_ in _types(part)}
        id_ = _dataset(graph, names, types, **described, dataset_datasetAvailability=_availability(item))
    _licenses(graph, names, [each.license for part in item.parts for each in part.declared], item.concluded)
    _parts(item, common, graph)
    graph.add(
        spdx.Annotation,
        *names,
        "check",
        annotationType=spdx.AnnotationType.review,
        subject=id_,
        statement=found_in_words(item, assessment),
    )
    return id_


def _common(item: ItemOffer, assessment: Assessment, graph: Graph) -> dict[str, Any]:
    """Return what a data item and its parts have in common: where they are from, and who made them."""
    holding = item.holding
    doi = item.dataset.doi if item.dataset is not None else holding.doi
    page = web_address(item.page) or (doi_url(doi) if doi is not None else None)
    place = REPOSITORIES.get(holding.obtained_from, NOWHERE).name
    supplier = graph.add(spdx.Organization, "place", holding.obtained_from.value, name=place) if place else None
    return {
        "software_downloadLocation": page,
        "software_homePage": page,
        "externalIdentifier": [] if doi is None else [_identifier(f"doi:{clean(doi)}", doi_url(doi))],
        "originatedBy": None if item.dataset is None else _creators(item.dataset, graph),
        "suppliedBy": supplier,
        "software_copyrightText": " ".join(_copyright(item.dataset)),
    }


def _identifier(text: str, address: str | None = None) -> Any:
    type_ = spdx.ExternalIdentifierType.other
    found = spdx.ExternalIdentifier(externalIdentifierType=type_, identifier=text)
    if address is not None:
        found.identifierLocator = [address]
    return found


def _creators(dataset: Dataset, graph: Graph) -> list[str]:
    """Return the one agent that SPDX allows here: all creators together, as a reference names them."""
    who = creators(dataset.citation)
    return [graph.add(spdx.Agent, "creators", dataset.id, name=who)] if who else []


def _copyright(dataset: Dataset | None) -> Iterator[str]:
    notices = () if dataset is None else dataset.notices
    yield from (clean(each.quote) for each in notices if each.kind is NoticeKind.COPYRIGHT and each.quote is not None)


def _credits(item: ItemOffer, assessment: Assessment) -> Iterator[str]:
    """Yield the references that the data item owes, and the acknowledgements that sources ask to print."""
    yield from (render_text(each.citation) for each in assessment.citations if item.id in each.holdings)
    duties = (duty for duty in assessment.duties if item.id in duty.holdings and duty.kind is DutyKind.ACKNOWLEDGE)
    yield from dict.fromkeys(clean(duty.wordings[0]) for duty in duties if duty.wordings)


def _parts(item: ItemOffer, common: dict[str, Any], graph: Graph) -> None:
    """Add the parts of a data item, each with its own licenses."""
    released = {part.id: part.updated for part in item.dataset.distributions} if item.dataset is not None else {}
    found = []
    for part in item.parts:
        if part.id is None:
            continue
        names = ("item", item.id, "part", part.id)
        day = released.get(part.id)
        own = {
            "name": clean(part.title or part.id),
            "externalIdentifier": [_identifier(clean(part.id))],
            "releaseTime": None if day is None else datetime.combine(day, time(), UTC),
            "comment": CONTROLLED if part.access is Access.CONTROLLED else None,
        }
        found.append(_dataset(graph, names, set(_types(part)), **{**common, **own}))
        _licenses(graph, names, [each.license for each in part.declared], part.concluded)
    whole = item.holding.all_used or len(found) == 1
    completeness = spdx.RelationshipCompleteness.noAssertion if not whole else None
    comment = None if whole else ANY_OF_THESE
    graph.relate(("item", item.id), "contains", found, completeness=completeness, comment=comment)


def _dataset(graph: Graph, names: tuple[str, ...], types: set[str], **properties: Any) -> str:
    kinds = [getattr(spdx.dataset_DatasetType, name) for name in sorted(types or {"noAssertion"})]
    purpose = _purpose("data")
    return graph.add(
        spdx.dataset_DatasetPackage, *names, dataset_datasetType=kinds, software_primaryPurpose=purpose, **properties
    )


def _purpose(word: str) -> str:
    return str(getattr(spdx.software_SoftwarePurpose, word))


def _types(part: PartOffer) -> Iterator[str]:
    """Yield what a part is in SPDX's words, as far as TCIA's types of data and files tell."""
    files = set(part.file_types)
    images = bool(files & _IMAGE_FILES) or ("DICOM" in files and bool(_IMAGE_MODALITIES & set(part.data_types)))
    tables = bool(files & _TABLES)
    if images:
        yield "image"
    if tables:
        yield "structured"
    if files and not images and not tables:
        yield "other"


def _availability(item: ItemOffer) -> str | None:
    """Return that anyone can download the data, where that is known."""
    is_open = item.terms is not None and item.terms.open_to_all
    return str(spdx.dataset_DatasetAvailabilityType.directDownload) if is_open else None


def _licenses(graph: Graph, names: tuple[str, ...], declared: list[str], concluded: str | None) -> None:
    """Add what is declared and what is concluded of a package, each once."""
    stated = list(dict.fromkeys(graph.license(each) for each in sorted(set(declared))))
    known = [each for each in stated if each != NO_ASSERTION]
    graph.relate(names, "hasDeclaredLicense", known or [NO_ASSERTION])
    holds = concluded is not None and graph.is_known(concluded)
    graph.relate(names, "hasConcludedLicense", [graph.license(concluded) if concluded and holds else NO_ASSERTION])


def _output(found: OutputOffer, graph: Graph, names: Names) -> str:
    """Add an output with what it comes from, and return its id."""
    output = found.clearance.output
    contents = {id_: holding.content for id_, holding in names.holdings.items()}
    own = ("output", found.name)
    described = {"name": clean(output.name)}
    if output.kind is OutputKind.MODEL:
        id_ = graph.add(spdx.ai_AIPackage, *own, **described, software_primaryPurpose=_purpose("model"))
    elif output.kind in _NOT_DATA:
        purpose = _purpose(_NOT_DATA[output.kind])
        id_ = graph.add(spdx.software_Package, *own, **described, software_primaryPurpose=purpose)
    else:
        types = {_OUTPUT_TYPES[output.kind]} if output.kind in _OUTPUT_TYPES else set[str]()
        id_ = _dataset(graph, own, types, **described)
    stated = output.license
    _licenses(graph, own, [] if stated is None else [stated], stated if found.is_cleared else None)
    _lineage(found, contents, own, graph)
    graph.add(
        spdx.Annotation,
        *own,
        "check",
        annotationType=spdx.AnnotationType.review,
        subject=id_,
        statement=_clearance(found, names),
    )
    return id_


def _clearance(found: OutputOffer, names: Names) -> str:
    if found.is_cleared:
        return f"Checked: cleared for release{', once what is owed with it is done' if found.duties else ''}."
    return clean("; ".join(("Checked: not cleared for release", *lines_of(found.clearance.objections, names))) + ".")


def _lineage(found: OutputOffer, contents: Mapping[str, OtherKind], own: tuple[str, ...], graph: Graph) -> None:
    """Say what an output was trained on or made from: what the project lists, and what lists that it leaves out may be.

    `contents` is what each data item is. What an output was only tested on may have trained it where no list says else.
    """
    output, listed = found.clearance.output, found.clearance.lineage
    stated: dict[str, list[str]] = {}
    for name, kind in _LINEAGE.items():
        stated.setdefault(kind, []).extend(getattr(listed, name))
    said = {id_ for name in _LINEAGE if name != "tested_on" for id_ in getattr(listed, name)}
    may_be: dict[str, list[str]] = {kind: [] for kind in stated}
    for id_ in () if output.kind in _WITHOUT_DATA else found.clearance.sources:
        if id_ not in said:
            may_be[_relation(output.kind, contents.get(id_, OtherKind.DATASET))].append(id_)
    for kind, ids in stated.items():
        graph.relate(
            own,
            kind,
            [urn(graph.study, "item", id_) for id_ in dict.fromkeys((*ids, *may_be[kind]))],
            completeness=spdx.RelationshipCompleteness.noAssertion if may_be[kind] else None,
            comment=LIST_LEFT_OUT if may_be[kind] else None,
        )


def _relation(kind: OutputKind, content: OtherKind) -> str:
    """Return what an output of this kind is to an item that no list names."""
    if content is OtherKind.SOFTWARE or (content is OtherKind.MODEL and kind is not OutputKind.MODEL):
        return "usesTool"
    return "trainedOn" if kind is OutputKind.MODEL and content is OtherKind.DATASET else "descendantOf"
