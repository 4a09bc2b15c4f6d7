"""What the study may do with a data item, in ODRL, as `usageInfo` of a Croissant document.

The rules are those of the ODRL document (`odrl.py`), under the same names. Target and assignee are left out: what they
name has the policy as its `usageInfo`, and readers of Croissant follow every reference, so that a circle has no end.
"""

from collections.abc import Mapping

from tcia_policy.model import Assessment, Duty
from tcia_policy.reports.terms import odrl, profile
from tcia_policy.reports.terms.addresses import study_name, urn
from tcia_policy.reports.terms.found_in_words import found_in_words
from tcia_policy.reports.terms.offers import ItemOffer
from tcia_policy.text.sanitize import clean

Node = dict[str, object]
PREFIXES: Mapping[str, object] = {
    name: odrl.CONTEXT[name] for name in ("odrl", "dcterms", "obo", profile.PREFIX, "xsd")
}
_LEFT_OUT = ("target", "assignee")
_KEYS = {"uid": "@id", "type": "@type"}


def policies_of(items: tuple[ItemOffer, ...], assessment: Assessment) -> list[Node]:
    """Return a policy for each data item. Each duty stands in full where it is first named, and by its name later."""
    study = study_name(assessment.project.title)
    told: set[str] = set()
    return [_policy(item, assessment, study, told) for item in items]


def policy_id(item: ItemOffer, study: str) -> str:
    """Return the name of the policy of a data item, as the ODRL document has it."""
    return urn(study, "policy", "item", item.id)


def _policy(item: ItemOffer, assessment: Assessment, study: str, told: set[str]) -> Node:
    """Return the policy of a data item; words alone where nothing is permitted or prohibited: ODRL has none then."""
    duties = {odrl.duty_iri(duty, study): duty for permitted in item.permissions for duty in permitted.duties}
    rules = {
        f"odrl:{kind}": [_embedded(_with_duties(node, duties, told)) for node in nodes]
        for kind, nodes in odrl.rules_of_item(item, study).items()
        if nodes
    }
    stated: Node = {"odrl:profile": {"@id": profile.PROFILE}, "odrl:conflict": {"@id": "odrl:prohibit"}, **rules}
    return {
        "@type": ["CreativeWork", "odrl:Set"] if rules else "CreativeWork",
        "@id": policy_id(item, study),
        "name": f"What the study may do with {clean(item.holding.name)}",
        "description": found_in_words(item, assessment),
        **(stated if rules else {}),
    }


def _with_duties(rule: Node, duties: Mapping[str, Duty], told: set[str]) -> Node:
    """Return a rule with its duties in full, as far as none of them is told already."""
    named = rule.get("duty")
    if not isinstance(named, list):
        return rule
    found: list[Node] = []
    for iri in named:
        found.append({"uid": iri} if iri in told else odrl.duty_node(duties[iri], iri))
        told.add(iri)
    return rule | {"duty": found}


def _embedded(node: object, key: str = "") -> object:
    """Return a node of the ODRL document in the words of Croissant's context, in which a bare key is schema.org's."""
    if isinstance(node, dict):
        return {_renamed(name): _embedded(value, name) for name, value in node.items() if name not in _LEFT_OUT}
    if isinstance(node, list):
        return [_embedded(each, key) for each in node]
    if key == "type":
        return f"odrl:{node}"
    return {"@id": node} if odrl.CONTEXT.get(key) == {"@type": "@id"} else node


def _renamed(key: str) -> str:
    if key in _KEYS:
        return _KEYS[key]
    return key if ":" in key or key.startswith("@") else f"odrl:{key}"
