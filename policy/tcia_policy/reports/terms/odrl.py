"""The terms of a study as ODRL 2.2 in JSON-LD: for each data item and output a policy of what this study may do.

Sources: ODRL Information Model 2.2 and ODRL Vocabulary & Expression 2.2 (W3C Recommendations of 2018-02-15). Each
policy is a `Set`: nobody offers it and nobody agreed to it, it is what the check found. So it has no assigner. The
assignee is the study: the policy gives nothing to anybody else. The target is the study's copy (which parts, from
where), never the dataset as such. Nothing is fetched to read it: the context is within the file.

What the check could not decide is in no rule of any policy. It is told beside the data, as `terms:undecided`.

Written without `rdflib`, which judges what is written in the tests: it writes expanded statements in an order of its
own, and gives nodes without a name another one each time.
"""

import json
from collections.abc import Iterator, Sequence

from tcia_policy.files.mark import MARK
from tcia_policy.model import Assessment, Duty, DutyKind, Reference
from tcia_policy.reports import labels
from tcia_policy.reports.terms import odrl_assets, profile
from tcia_policy.reports.terms.addresses import study_name, urn
from tcia_policy.reports.terms.limits_of_use import Limits
from tcia_policy.reports.terms.offers import ItemOffer, Offers, OutputOffer, Permitted, Reason, Ruled, offers_of
from tcia_policy.reports.terms.profile import Node
from tcia_policy.text.sanitize import clean, escaped

WRITTEN_BY = "written_by"  # the mark for ourselves, which is no statement
CONTEXT: Node = {
    WRITTEN_BY: None,
    "@vocab": "http://www.w3.org/ns/odrl/2/",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "cc": "http://creativecommons.org/ns#",
    "dcterms": "http://purl.org/dc/terms/",
    "obo": "http://purl.obolibrary.org/obo/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    profile.PREFIX: profile.TERMS,
    "uid": "@id",
    "type": "@type",
    **{
        name: {"@type": "@id"}
        for name in (
            *("action", "assignee", "consentingParty", "duty", "includedIn", "leftOperand", "obligation", "operator"),
            *("partOf", "permission", "profile", "prohibition", "target", "conflict", "cc:permits", "cc:prohibits"),
            *("cc:requires", "cc:legalcode", "dcterms:license", "dcterms:source", "terms:activity", "terms:dataUse"),
            *("terms:declares", "terms:rule", "terms:undecided"),
        )
    },
    "dcterms:issued": {"@type": "xsd:date"},
}
WHAT_IT_IS = (
    "What the check found that this study may do. It is no offer, no agreement and no license. "
    "What no permission names is not permitted by this policy."
)


def render_odrl(assessment: Assessment) -> str:
    """Return the policies as JSON-LD in UTF-8, ending in a newline; the same assessment gives the same text."""
    document = {WRITTEN_BY: MARK, "@context": CONTEXT, "@graph": graph_of(assessment)}
    return escaped(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def graph_of(assessment: Assessment) -> list[Node]:
    """Return all nodes: the study, a policy for each data item and output, what these speak of, and our own terms."""
    offers = offers_of(assessment)
    study = study_name(assessment.project.title)
    nodes: list[Node] = [_study(assessment, study)]
    for item in offers.items:
        nodes += _policy(assessment, urn(study, "policy", "item", item.id), rules_of_item(item, study))
    for output in offers.outputs:
        uid = urn(study, "policy", "output", output.name)
        nodes += _policy(assessment, uid, _rules_of_output(output, study, offers))
    nodes += odrl_assets.assets_of(offers, study)
    nodes += _duties(offers, study)
    nodes += _rules(assessment, offers)
    return [*nodes, *profile.declarations(_words(nodes))]


def _study(assessment: Assessment, study: str) -> Node:
    return {
        "uid": urn(study),
        "type": "Party",
        "dcterms:title": clean(assessment.project.title or study),
        "dcterms:description": assessment.disclaimer,
    }


def _policy(assessment: Assessment, uid: str, rules: dict[str, list[Node]]) -> list[Node]:
    """Return the policy with these rules; none where there are no rules, since ODRL has no policy without one."""
    stated = {kind: nodes for kind, nodes in rules.items() if nodes}
    if not stated:
        return []
    policy: Node = {
        "uid": uid,
        "type": "Set",
        "profile": profile.PROFILE,
        "conflict": "odrl:prohibit",
        "dcterms:issued": assessment.as_of.isoformat(),
        "dcterms:creator": f"tcia-policy {clean(assessment.versions.program)}",
        "dcterms:description": WHAT_IT_IS,
    }
    return [policy | stated]


def rules_of_item(item: ItemOffer, study: str) -> dict[str, list[Node]]:
    """Return the permissions and the prohibitions of a data item, by `permission` and `prohibition`."""
    target = odrl_assets.item_iri(item, study)
    return {
        "permission": [_permission(each, target, study) for each in item.permissions],
        "prohibition": [_prohibition(each, target, study) for each in item.prohibitions],
    }


def _permission(permitted: Permitted, target: str, study: str) -> Node:
    node = _rule("Permission", profile.action_of(permitted.activity), target, study) | _within(permitted.limits)
    return node | ({"duty": [duty_iri(duty, study) for duty in permitted.duties]} if permitted.duties else {})


def _prohibition(ruled: Ruled, target: str, study: str) -> Node:
    node = _rule("Prohibition", profile.action_of(ruled.activity), target, study)
    return node | odrl_assets.because(ruled.reasons)


def _rule(kind: str, action: str, target: str, study: str) -> Node:
    return {"type": kind, "target": target, "action": action, "assignee": urn(study)}


def _within(limits: Limits) -> Node:
    constraints = list(_constraints(limits))
    return {"constraint": constraints} if constraints else {}


def _constraints(limits: Limits) -> Iterator[Node]:
    """Yield what the permission was found for; each of them has to hold."""
    if limits.purpose is not None:
        yield _constraint("purpose", "eq", {"uid": profile.purpose_of(limits.purpose)})
    if limits.noncommercial:
        yield _constraint("purpose", "isA", {"uid": "obo:DUO_0000046"})
    if limits.country is not None:
        yield _constraint("spatial", "eq", limits.country)
    if limits.until is not None:
        yield _constraint("dateTime", "lteq", {"@value": limits.until.isoformat(), "@type": "xsd:date"})


def _constraint(left: str, operator: str, right: object) -> Node:
    return {
        "type": "Constraint",
        "leftOperand": f"odrl:{left}",
        "operator": f"odrl:{operator}",
        "rightOperand": right,
    }


def _rules_of_output(output: OutputOffer, study: str, offers: Offers) -> dict[str, list[Node]]:
    """Return whether the study may pass it on: permitted where it is cleared, prohibited where the check says so."""
    iri = odrl_assets.output_iri(output, study)
    if output.is_prohibited:
        prohibition = _rule("Prohibition", "odrl:distribute", iri, study)
        return {"prohibition": [prohibition | odrl_assets.because(output.reasons)]}
    if not output.is_cleared:
        return {}
    permission = _rule("Permission", "odrl:distribute", iri, study) | _within(output.limits)
    duties: list[object] = [duty_iri(duty, study) for duty in output.duties]
    license_id = output.clearance.output.license
    if license_id is not None:
        duties.append({"type": "Duty", "action": "odrl:nextPolicy", "target": offers.license_iri(license_id)})
    return {"permission": [permission | ({"duty": duties} if duties else {})]}


def duty_iri(duty: Duty, study: str) -> str:
    """Return the name of a duty of this study."""
    return urn(study, "duty", duty.id)


def _duties(offers: Offers, study: str) -> list[Node]:
    """Return every duty that a permission names, once."""
    named = [duty for item in offers.items for permitted in item.permissions for duty in permitted.duties]
    named += [duty for output in offers.outputs if output.is_cleared for duty in output.duties]
    found = {duty_iri(duty, study): duty for duty in named}
    return [duty_node(found[iri], iri) for iri in sorted(found)]


def duty_node(duty: Duty, iri: str) -> Node:
    """Return a duty under this name: what to do, in words, and whether it is done."""
    node: Node = {
        "uid": iri,
        "type": "Duty",
        "action": profile.DUTY_ACTIONS[duty.kind],
        "dcterms:description": clean(duty.text),
        f"{profile.PREFIX}:status": duty.status.value,
        f"{profile.PREFIX}:rule": odrl_assets.rule_iri(duty.rule),
    }
    asked = [clean(person.name) for person in duty.contacts] if duty.kind is DutyKind.AGREE else []
    return node | ({"consentingParty": [{"type": "Party", "dcterms:title": name} for name in asked]} if asked else {})


def _rules(assessment: Assessment, offers: Offers) -> list[Node]:
    """Return the rules of the check that something names, each with the sources that it rests on."""
    sources: dict[str, list[Reference]] = {}
    for reason in _reasons(offers):
        sources.setdefault(reason.rule or "", []).extend(reason.references)
    for duty in assessment.duties:
        sources.setdefault(duty.rule, []).extend(duty.references)
    named = {reason.rule for reason in _reasons(offers) if reason.rule}
    named |= {duty.rule for item in offers.items for each in item.permissions for duty in each.duties}
    named |= {duty.rule for output in offers.outputs if output.is_cleared for duty in output.duties}
    return [_rule_of_check(rule, sources[rule]) for rule in sorted(named)]


def _rule_of_check(rule: str, references: Sequence[Reference]) -> Node:
    lines = sorted({_reference(reference) for reference in references})
    node: Node = {"uid": odrl_assets.rule_iri(rule), "dcterms:identifier": clean(rule)}
    return node | ({"dcterms:bibliographicCitation": lines} if lines else {})


def _reference(reference: Reference) -> str:
    address = f", {reference.url}" if reference.url else ""
    return clean(f"{labels.reference(reference)}{labels.days(reference)}{address}")


def _reasons(offers: Offers) -> Iterator[Reason]:
    for item in offers.items:
        for ruled in (*item.prohibitions, *item.undecided):
            yield from ruled.reasons
    for output in offers.outputs:
        yield from () if output.is_cleared else output.reasons


def _words(node: object) -> Iterator[str]:
    """Yield every key and every text within the nodes, so that the terms that they use can be declared."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from _words(value)
    elif isinstance(node, list):
        for each in node:
            yield from _words(each)
    elif isinstance(node, str) and node.removeprefix(f"{profile.PREFIX}:") in profile.ALL:
        yield node
