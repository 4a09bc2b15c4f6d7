"""What the policies speak of, in ODRL: the data items with their parts and licenses, and the outputs.

What sources declare is told apart from what is concluded (`dcterms:license`). What the check could not decide stands
here, where no reader of policies takes it for a rule.
"""

from collections.abc import Sequence

from tcia_policy.model import StatedLicense
from tcia_policy.registry.data_use_terms import DataUseTerm, load_data_use_terms
from tcia_policy.reports import labels
from tcia_policy.reports.terms import profile
from tcia_policy.reports.terms.addresses import urn, web_address
from tcia_policy.reports.terms.names import dataset_iri
from tcia_policy.reports.terms.offers import ItemOffer, Offers, OutputOffer, PartOffer, Reason, Ruled
from tcia_policy.reports.terms.profile import Node
from tcia_policy.text.sanitize import clean

_UNDECIDED = f"{profile.PREFIX}:undecided"
# The words of ccREL (http://creativecommons.org/ns#); it has none for a note of changes.
_CCREL = {
    "reproduction": "cc:Reproduction",
    "distribution": "cc:Distribution",
    "derivative-works": "cc:DerivativeWorks",
    "notice": "cc:Notice",
    "attribution": "cc:Attribution",
    "share-alike": "cc:ShareAlike",
    "source-code": "cc:SourceCode",
    "commercial-use": "cc:CommercialUse",
}


def item_iri(item: ItemOffer, study: str) -> str:
    """Return the name of the study's copy of a data item."""
    return urn(study, "item", item.id)


def output_iri(output: OutputOffer, study: str) -> str:
    """Return the name of an output of the study."""
    return urn(study, "output", output.name)


def rule_iri(rule: str) -> str:
    """Return the name of a rule of the check."""
    return urn("rule", rule)


def because(reasons: Sequence[Reason]) -> Node:
    """Return what says why: the rules, their reasons, and what would help."""
    node: Node = {
        f"{profile.PREFIX}:rule": [rule_iri(rule) for rule in dict.fromkeys(each.rule for each in reasons) if rule],
        "dcterms:description": list(dict.fromkeys(clean(each.text) for each in reasons)),
        f"{profile.PREFIX}:remedy": list(dict.fromkeys(clean(each.remedy) for each in reasons if each.remedy)),
    }
    return {key: values for key, values in node.items() if values}


def assets_of(offers: Offers, study: str) -> list[Node]:
    """Return the data items, each followed by its parts, then the outputs, then the licenses that they name."""
    nodes: list[Node] = []
    for item in offers.items:
        nodes.append(_item(item, offers, study))
        nodes += [_part(part, item, offers, study) for part in item.parts if part.id is not None]
    nodes += [_output(output, offers, study) for output in offers.outputs]
    return nodes + _licenses(offers)


def _item(item: ItemOffer, offers: Offers, study: str) -> Node:
    node: Node = {
        "uid": item_iri(item, study),
        "type": "AssetCollection",
        "dcterms:title": clean(item.holding.name),
        "dcterms:provenance": f"obtained from {labels.place(item.holding.obtained_from)}",
    }
    source = dataset_iri(item.dataset, item.holding.doi)
    node |= {"dcterms:source": source} if source else {}
    page = web_address(item.page)
    node |= {"rdfs:seeAlso": {"uid": page}} if page else {}
    whole = [part for part in item.parts if part.id is None]
    node |= _terms_of(whole[0], offers) if whole else {}
    node |= {"dcterms:license": offers.license_iri(item.concluded)} if item.concluded else {}
    node |= _data_use(load_data_use_terms().of_rules(_rules_on(item)))
    return node | _undecided(item.undecided)


def _rules_on(item: ItemOffer) -> set[str]:
    """Return the rules of which something on this item is permitted, prohibited or undecided."""
    reasons = [reason for ruled in (*item.prohibitions, *item.undecided) for reason in ruled.reasons]
    duties = [duty for permitted in item.permissions for duty in permitted.duties]
    return {*(reason.rule for reason in reasons if reason.rule), *(duty.rule for duty in duties)}


def _part(part: PartOffer, item: ItemOffer, offers: Offers, study: str) -> Node:
    node: Node = {
        "uid": urn(study, "item", item.id, "part", part.id or ""),
        "type": "Asset",
        "partOf": item_iri(item, study),
        "dcterms:identifier": clean(part.id or ""),
    }
    node |= {"dcterms:title": clean(part.title)} if part.title else {}
    return node | _terms_of(part, offers)


def _terms_of(part: PartOffer, offers: Offers) -> Node:
    """Return what sources declare of a part, its access, and the license that is concluded, if one is."""
    node: Node = {}
    if part.declared:
        node[f"{profile.PREFIX}:declares"] = [_declared(each, offers) for each in part.declared]
    node |= {"dcterms:license": offers.license_iri(part.concluded)} if part.concluded else {}
    node |= {f"{profile.PREFIX}:decision": clean(part.decision)} if part.decision else {}
    return node | ({"dcterms:accessRights": part.access.value} if part.access else {})


def _declared(stated: StatedLicense, offers: Offers) -> Node:
    node: Node = {"dcterms:license": offers.license_iri(stated.license)}
    return node | ({"dcterms:provenance": [clean(each) for each in stated.sources]} if stated.sources else {})


def _data_use(terms: Sequence[DataUseTerm]) -> Node:
    return {f"{profile.PREFIX}:dataUse": [term.id.replace("DUO:", "obo:DUO_") for term in terms]} if terms else {}


def _undecided(undecided: Sequence[Ruled]) -> Node:
    nodes = [_open(profile.action_of(each.activity), each.reasons) for each in undecided]
    return {_UNDECIDED: nodes} if nodes else {}


def _open(action: str, reasons: Sequence[Reason]) -> Node:
    return {
        "type": f"{profile.PREFIX}:Undecided",
        f"{profile.PREFIX}:activity": action,
        **because(reasons),
    }


def _output(output: OutputOffer, offers: Offers, study: str) -> Node:
    clearance = output.clearance
    node: Node = {
        "uid": output_iri(output, study),
        "type": "Asset",
        "dcterms:type": clearance.output.kind.value,
    }
    node |= {"dcterms:license": offers.license_iri(clearance.output.license)} if clearance.output.license else {}
    if clearance.sources:
        node["dcterms:source"] = [urn(study, "item", source) for source in clearance.sources]
    is_decided = output.is_cleared or output.is_prohibited
    return node if is_decided else node | {_UNDECIDED: [_open("odrl:distribute", output.reasons)]}


def _licenses(offers: Offers) -> list[Node]:
    """Return the licenses that a part declares or an output carries, in the words of ccREL, sorted by their ids."""
    named = {each.license for item in offers.items for part in item.parts for each in part.declared}
    named |= {output.clearance.output.license for output in offers.outputs if output.clearance.output.license}
    return [_license(each, offers) for each in sorted(named)]


def _license(license_id: str, offers: Offers) -> Node:
    license_ = offers.licenses.get(license_id)
    node: Node = {"uid": offers.license_iri(license_id), "dcterms:identifier": clean(license_id)}
    if license_ is None:
        return node
    node["dcterms:title"] = clean(license_.name)
    if license_.terms_known:
        node["type"] = "cc:License"
        says = {"permits": license_.permits, "requires": license_.requires, "prohibits": license_.prohibits}
        named = {key: [_CCREL[word] for word in words if word in _CCREL] for key, words in says.items()}
        node |= {f"cc:{key}": words for key, words in named.items() if words}
        code = web_address(license_.legal_code)
        node |= {"cc:legalcode": code} if code else {}
    return node | _data_use(load_data_use_terms().of_license(license_))
