"""The data of a study as Croissant 1.1 (JSON-LD), in the shape of TCIA's own prototype.

Format: https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html. Prototype: `kirbyju/tcia-croissant-odrl`.
What was chosen, and why:

- One `cr:FileObject` a download, with its own license and conditions. `contentUrl` is the page that gives it out, since
  the registry has no address of files; so `encodingFormat` is that of the page, and the types of the files are a
  property of their own. There are no digests: `isLiveDataset` says that the data may get new versions.
- A license is stated where it is concluded. Else the license is a `CreativeWork` that says that none is asserted, and
  what sources state.
- The whole is the study's selection of data. Its version is the day of the check, its `datePublished` the latest year
  in which any of the data were published.
- No `rai:` property: none of our sources says any of it.

Written without `mlcroissant`: it takes 239 MB and two seconds to load. It judges what is written, in the tests.
"""

import json
from collections.abc import Iterator, Sequence

from tcia_policy.files.mark import MARK
from tcia_policy.model import Assessment, Creator, Dataset
from tcia_policy.references.bibtex import render_bibtex
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.references.datacite_text import creator_name, render_text
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.labels import kind_of, place
from tcia_policy.reports.terms.addresses import study_name, urn, web_address
from tcia_policy.reports.terms.croissant_policy import PREFIXES, policies_of, policy_id
from tcia_policy.reports.terms.found_in_words import access_in_words
from tcia_policy.reports.terms.offers import ItemOffer, PartOffer, offers_of
from tcia_policy.text.sanitize import clean, escaped

Node = dict[str, object]

CONFORMS_TO = "http://mlcommons.org/croissant/1.1"
NO_LICENSE = "No license is asserted"
WRITTEN_BY = "written_by"  # the mark for ourselves, which is no statement
CONTEXT: Node = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
    **PREFIXES,
    WRITTEN_BY: None,
}


def render_croissant(assessment: Assessment) -> str:
    """Return the document as JSON-LD that ends in a newline; the same assessment gives the same text."""
    writer = _Writer(assessment)
    text = json.dumps(writer.document(), ensure_ascii=False, indent=2, allow_nan=False)
    return escaped(text) + "\n"


class _Writer:
    """What is looked up for every node of one document."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self._offers = offers_of(assessment)
        self._study = study_name(assessment.project.title)
        self._names = Names.of(assessment)

    def document(self) -> Node:
        """Return the study's selection of data, with each data item and each download."""
        assessment, items = self._assessment, self._offers.items
        title = clean(assessment.project.title or "A study")
        datasets = list({item.dataset.id: item.dataset for item in items if item.dataset is not None}.values())
        access = access_in_words(part.access for item in items for part in item.parts)
        day = assessment.as_of
        return {
            WRITTEN_BY: MARK,
            "@context": CONTEXT,
            "@type": "sc:Dataset",
            "@id": urn(self._study, "data"),
            "conformsTo": CONFORMS_TO,
            "name": f"Data of the study: {title}",
            "description": f"The data that the study uses, with their terms. {assessment.disclaimer}",
            **_known(
                url=web_address(datasets[0].page) if len(datasets) == 1 and len(items) == 1 else None,
                version=f"{day.year}.{day.month}.{day.day}",
                isLiveDataset=True,
                datePublished=max((str(dataset.citation.year) for dataset in datasets), default=None),
                sdDatePublished=day.isoformat(),
                creator=list(_creators(datasets)),
                publisher=list(_publishers(datasets)),
                license=self._licenses(items),
                citeAs=render_bibtex([owed.citation for owed in assessment.citations if owed.required]).strip(),
                conditionsOfAccess=access,
                usageInfo=policies_of(items, assessment),
                hasPart=[self._item(item) for item in items],
                distribution=[file for item in items for file in self._files(item)],
            ),
        }

    def _item(self, item: ItemOffer) -> Node:
        """Return a data item. Its type is the wider `CreativeWork`: readers take the first `Dataset` for the whole."""
        holding, dataset = item.holding, item.dataset
        cited = [each.citation for each in self._assessment.citations if item.id in each.holdings and each.required]
        doi = _doi(item)
        return {
            "@type": "CreativeWork",
            "@id": urn(self._study, "item", item.id),
            "name": clean(holding.name),
            "description": kind_of(holding) if dataset is None else clean(dataset.title),
            **_known(
                identifier=None if doi is None else f"doi:{clean(doi)}",
                url=web_address(item.page),
                sameAs=None if doi is None else doi_url(doi),
                version=clean(holding.version or ""),
                datePublished=None if dataset is None else str(dataset.citation.year),
                creditText="\n".join(render_text(each) for each in cited),
                license=self._licenses([item]),
                conditionsOfAccess=access_in_words(part.access for part in item.parts),
                usageInfo={"@id": policy_id(item, self._study)},
                additionalProperty=[_property("obtained from", place(holding.obtained_from))],
            ),
        }

    def _files(self, item: ItemOffer) -> Iterator[Node]:
        """Yield each download of a data item; none where no page is known that gives it out."""
        doi = _doi(item)
        page = web_address(item.page) or (None if doi is None else doi_url(doi))
        if page is None:
            return
        days = {} if item.dataset is None else {part.id: part.updated for part in item.dataset.distributions}
        for name, part in self._parts(item):
            day = days.get(part.id or "")
            yield {
                "@type": "cr:FileObject",
                "@id": name if part.id is not None else f"{name}:files",
                "name": clean(f"{item.holding.name}: {part.title or part.id or 'all files'}"),
                "contentUrl": page,
                "encodingFormat": "text/html",
                **_known(
                    dateModified=None if day is None else day.isoformat(),
                    license=self._license(name, part),
                    conditionsOfAccess=access_in_words([part.access]),
                    usageInfo={"@id": policy_id(item, self._study)},
                    additionalProperty=[
                        *([_property("download id", clean(part.id))] if part.id is not None else ()),
                        *([_property("data types", list(part.data_types))] if part.data_types else ()),
                        *([_property("file types", list(part.file_types))] if part.file_types else ()),
                    ],
                ),
            }

    def _parts(self, item: ItemOffer) -> Iterator[tuple[str, PartOffer]]:
        """Yield the parts, each with its name: that of the data item where no part is known."""
        for part in item.parts:
            names = ("item", item.id) if part.id is None else ("item", item.id, "part", part.id)
            yield urn(self._study, *names), part

    def _licenses(self, items: Sequence[ItemOffer]) -> list[object]:
        """Return the licenses of all parts, each once."""
        found = [self._license(name, part) for item in items for name, part in self._parts(item)]
        return [each for number, each in enumerate(found) if each not in found[:number]]

    def _license(self, name: str, part: PartOffer) -> object:
        """Return the address of the license that is concluded for a part, else a node that says that none is."""
        if part.concluded is not None:
            address = web_address(self._offers.license_iri(part.concluded))
            return address or {"@type": "CreativeWork", "name": clean(part.concluded)}
        stated = "; ".join(f"{self._names.license(each.license)} ({', '.join(each.sources)})" for each in part.declared)
        return {
            "@type": "CreativeWork",
            "@id": f"{name}:no-license",
            "name": NO_LICENSE,
            "description": clean(f"Sources state: {stated}." if stated else "No source states a license."),
        }


def _known(**properties: object) -> Node:
    """Return the properties that have a value."""
    return {key: value for key, value in properties.items() if value not in (None, "", [])}


def _doi(item: ItemOffer) -> str | None:
    return item.holding.doi if item.dataset is None else item.dataset.doi


def _property(name: str, value: object) -> Node:
    return {"@type": "PropertyValue", "name": name, "value": value}


def _publishers(datasets: Sequence[Dataset]) -> list[Node]:
    names = dict.fromkeys(clean(each.citation.publisher or "") for each in datasets)
    return [{"@type": "Organization", "name": name} for name in names if name]


def _creators(datasets: Sequence[Dataset]) -> list[Node]:
    """Return who made any of the datasets, each once, as far as their sources name them."""
    found = dict.fromkeys(creator for dataset in datasets for creator in dataset.citation.creators)
    return [_creator(each) for each in found if creator_name(each)]


def _creator(creator: Creator) -> Node:
    if creator.literal is not None:
        return {"@type": "Organization", "name": creator_name(creator)}
    family = clean(creator.family or "")
    return {
        "@type": "Person",
        "name": creator_name(creator),
        **_known(familyName=family, givenName=clean(creator.given or "")),
    }
