"""The study as RO-Crate 1.1 metadata: its data with their licenses, its outputs, and the check that was made.

Format: https://www.researchobject.org/ro-crate/specification/1.1/. What was chosen, and why:

- The root is the study. It has no files: whether a file lies beside the metadata, an assessment does not know. Data
  items, parts and outputs are contextual entities (`#item:lidc`): readers take data entities for files of the crate.
- RO-Crate gives the license of the root to all that has none of its own. So each data item, each part and each output
  has one: what is concluded, else a statement that none is asserted, with what sources state.
- 1.1, and not a later version: 1.2 asks for the address of all software, and of tools on the user's word none is known.
- What the study may do is said in words, since the format has none for permissions: the `description` of each data item
  says what is permitted, prohibited and not decided.

Written without the library `rocrate`, which judges what is written in the tests. It writes folders with the time of the
clock, loads a client for the web, and knows of no more than these lists of nodes.
"""

import json
from collections.abc import Iterable

from tcia_policy.files.mark import MARK
from tcia_policy.model import Assessment, Creator, DutyKind, OtherKind, OutputKind
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.references.datacite_text import creator_name, render_text
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.labels import kind_of, place
from tcia_policy.reports.terms.addresses import NAMESPACE, study_name, urn, web_address
from tcia_policy.reports.terms.found_in_words import access_in_words, found_in_words
from tcia_policy.reports.terms.names import dataset_iri
from tcia_policy.reports.terms.offers import ItemOffer, OutputOffer, PartOffer, offers_of
from tcia_policy.text.sanitize import clean, escaped

Node = dict[str, object]
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
PROFILE = "https://w3id.org/ro/crate/1.1"
DESCRIPTOR, ROOT = "ro-crate-metadata.json", "./"
NO_LICENSE = "No license is asserted"
EACH_ITS_OWN = "Each data item and each output has a license, or a statement that none is asserted, of its own."
_DATASET, _WORK, _CODE, _ARTICLE = "Dataset", "CreativeWork", "SoftwareSourceCode", "ScholarlyArticle"
_PEOPLE = ("Person", "Organization")
_ITEM_TYPES = {OtherKind.DATASET: _DATASET, OtherKind.MODEL: _WORK, OtherKind.SOFTWARE: "SoftwareApplication"}
_OUTPUT_TYPES = {
    OutputKind.MODEL: _WORK,
    OutputKind.FIGURES: _WORK,
    OutputKind.TEXT: _WORK,
    OutputKind.ARTICLE: _ARTICLE,
    OutputKind.CODE: _CODE,
}


def render_ro_crate(assessment: Assessment) -> str:
    """Return the metadata as JSON-LD that ends in a newline; the same assessment gives the same text."""
    document = {"@context": CONTEXT, "@graph": _Crate(assessment).graph()}
    return escaped(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


class _Crate:
    """The nodes of one crate, by their names: each is there once, and others refer to it."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self._offers = offers_of(assessment)
        self._names = Names.of(assessment)
        self._study = study_name(assessment.project.title)
        self._nodes: dict[str, Node] = {}

    def graph(self) -> list[Node]:
        """Return the descriptor, the root, and all that these lead to."""
        items = [self._item(item) for item in self._offers.items]
        outputs = [self._output(output) for output in self._offers.outputs]
        check = self._check(items)
        assessment, authors = self._assessment, self._assessment.project.authors
        root: Node = {
            "@id": ROOT,
            "@type": _DATASET,
            "name": clean(assessment.project.title or "A study"),
            "description": f"A study, the data that it uses, and what it may do with them. {assessment.disclaimer}",
            "datePublished": assessment.as_of.isoformat(),
            "license": self._license_of_all(),
            **_known(
                author=[self._add(_here("person", clean(name)), "Person", name=clean(name)) for name in authors],
                mentions=[*items, *outputs, check],
            ),
        }
        descriptor: Node = {
            "@id": DESCRIPTOR,
            "@type": _WORK,
            "description": MARK,
            "about": _to(ROOT),
            "conformsTo": _to(PROFILE),
        }
        people_last = sorted(self._nodes.values(), key=lambda node: node["@type"] in _PEOPLE)
        return [descriptor, root, *people_last]

    def _add(self, iri: str, kind: str, /, **properties: object) -> dict[str, str]:
        """Return a reference to the node of this name; the first one stays."""
        self._nodes.setdefault(iri, {"@id": iri, "@type": kind, **_known(**properties)})
        return _to(iri)

    def _check(self, items: list[dict[str, str]]) -> dict[str, str]:
        version = clean(self._assessment.versions.program)
        program = self._add(_here("program"), "SoftwareApplication", name="tcia-policy", version=version)
        return self._add(
            _here("check"),
            "CreateAction",
            name="Check of what the study may do with its data",
            description=f"By rules {clean(self._assessment.versions.rules)} and facts of "
            f"{clean(self._assessment.versions.registry)}.",
            endTime=self._assessment.as_of.isoformat(),
            instrument=program,
            object=items,
            result=_to(DESCRIPTOR),
        )

    def _item(self, item: ItemOffer) -> dict[str, str]:
        holding, dataset = item.holding, item.dataset
        name = _here("item", item.id)
        known_as = (dataset_iri(dataset, holding.doi), urn(self._study, "item", item.id))
        cited = [owed.citation for owed in self._assessment.citations if item.id in owed.holdings and owed.required]
        return self._add(
            name,
            _ITEM_TYPES[holding.content],
            name=clean(holding.name),
            description=f"{kind_of(holding) if dataset is None else clean(dataset.title)}, "
            f"obtained from {place(holding.obtained_from)}. {found_in_words(item, self._assessment)}",
            identifier=[each for each in known_as if each],
            url=web_address(item.page),
            version=clean(holding.version or ""),
            creator=self._creators(() if dataset is None else dataset.citation.creators),
            citation=[self._add(doi_url(clean(each.doi)), _WORK, name=clean(render_text(each))) for each in cited],
            license=self._licenses(item.parts, name),
            conditionsOfAccess=self._conditions(item),
            hasPart=[self._part(part, part.id, item) for part in item.parts if part.id is not None],
        )

    def _conditions(self, item: ItemOffer) -> str:
        """Return what is known of the access, and the agreements that something permitted asks for."""
        agreements = dict.fromkeys(
            clean(duty.text) for each in item.permissions for duty in each.duties if duty.kind is DutyKind.AGREE
        )
        return " ".join((access_in_words(part.access for part in item.parts), *agreements))

    def _part(self, part: PartOffer, id_: str, item: ItemOffer) -> dict[str, str]:
        name = _here("item", item.id, "part", id_)
        return self._add(
            name,
            _DATASET,
            name=clean(f"{item.holding.name}: {part.title or id_}"),
            description="A part that the study may have used, as its source gives it out.",
            identifier=[clean(id_), urn(self._study, "item", item.id, "part", id_)],
            license=self._licenses([part], name),
            conditionsOfAccess=access_in_words([part.access]),
        )

    def _output(self, output: OutputOffer) -> dict[str, str]:
        stated = output.clearance.output.license
        name = _here("output", output.name)
        says = f"The project states {stated}." if stated else "The project states no license."
        license_ = self._license(stated) if output.is_cleared and stated else self._no_license(name, says)
        return self._add(
            name,
            _OUTPUT_TYPES.get(output.clearance.output.kind, _DATASET),
            name=clean(output.clearance.output.name),
            description=f"An output of the study. {_whether_released(output)}",
            identifier=urn(self._study, "output", output.name),
            license=license_,
            isBasedOn=[_to(_here("item", source)) for source in output.clearance.sources],
        )

    def _license_of_all(self) -> dict[str, str]:
        """Return the license of the one output, if it is cleared; else a statement: the study has several licenses."""
        outputs = self._offers.outputs
        stated = outputs[0].clearance.output.license if len(outputs) == 1 and outputs[0].is_cleared else None
        return self._no_license(_here("study"), EACH_ITS_OWN) if stated is None else self._license(stated)

    def _licenses(self, parts: Iterable[PartOffer], name: str) -> object:
        """Return the license of these parts if one is concluded for all of them, else that none is asserted."""
        held = list(parts)
        concluded = {part.concluded for part in held}
        if len(concluded) == 1 and None not in concluded:
            return self._license(str(concluded.pop()))
        if None not in concluded and held:
            return self._no_license(name, "Its parts have different licenses, and each says its own.")
        stated = {
            f"{self._names.license(each.license)} ({', '.join(each.sources)})": None
            for part in held
            for each in part.declared
        }
        return self._no_license(name, f"Sources state: {'; '.join(stated)}." if stated else "No source states one.")

    def _license(self, license_id: str) -> dict[str, str]:
        known = self._offers.licenses.get(license_id)
        return self._add(
            self._offers.license_iri(license_id),
            _WORK,
            name=clean(license_id if known is None else known.name),
            identifier=clean(license_id),
        )

    def _no_license(self, of: str, why: str) -> dict[str, str]:
        return self._add(f"{of}:no-license", _WORK, name=NO_LICENSE, description=clean(why))

    def _creators(self, creators: Iterable[Creator]) -> list[dict[str, str]]:
        return [self._creator(each) for each in dict.fromkeys(creators) if creator_name(each)]

    def _creator(self, creator: Creator) -> dict[str, str]:
        name = creator_name(creator)
        if creator.literal is not None:
            return self._add(_here("organization", name), "Organization", name=name)
        family, given = clean(creator.family or ""), clean(creator.given or "")
        return self._add(_here("person", name), "Person", name=name, familyName=family, givenName=given)


def _whether_released(output: OutputOffer) -> str:
    if output.is_cleared:
        return "It may be released once what is owed with it is done."
    return "It must not be released so." if output.is_prohibited else "Whether it may be released is not decided."


def _here(*names: str) -> str:
    """Return the name of something within this crate, `#item:lidc`."""
    return "#" + urn(*names).removeprefix(f"{NAMESPACE}:")


def _to(name: str) -> dict[str, str]:
    return {"@id": name}


def _known(**properties: object) -> Node:
    """Return the properties that have a value; a list of one is that one, as the format wants it."""
    alone = {
        key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in properties.items()
    }
    return {key: value for key, value in alone.items() if value not in (None, "", [])}
