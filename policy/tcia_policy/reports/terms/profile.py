"""What ODRL 2.2 has no word for: the terms of our profile, each with its definition and what it is a kind of.

An action of ours is always a narrower one (`odrl:includedIn`): to permit it permits nothing else of the wider action.
Sources: ODRL Information Model 2.2 (https://www.w3.org/TR/odrl-model/, section 3: profiles) and ODRL Vocabulary 2.2.
"""

from collections.abc import Iterable, Mapping

from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, DutyKind, Purpose

PROFILE = "urn:tcia-policy:odrl-profile"
TERMS = f"{PROFILE}:"
PREFIX = "terms"
Node = dict[str, object]


@dataclass(frozen=True)
class Term:
    """A term of the profile: its `kind` is a class of ODRL or RDF, `included_in` the wider one of an action."""

    definition: str
    kind: str = "Action"
    included_in: str | None = "odrl:use"


ACTIVITIES: Mapping[Activity, Term] = {
    Activity.ANALYZE: Term("To analyze the data, without training a model on them."),
    Activity.ANNOTATE: Term("To draw or write on the data without sharing it.", included_in="odrl:annotate"),
    Activity.TRAIN_MODEL: Term("To train a model on the data. Whether the model adapts the data is not said."),
    Activity.FINE_TUNE: Term("To train weights that others made further, on the data."),
    Activity.EVALUATE: Term("To test a model on the data."),
    Activity.USE_HOSTED_SERVICE: Term("To send the data to a service that others run."),
    Activity.TEACH: Term("To show the data to students."),
    Activity.PUBLISH_RESULTS: Term("To publish findings that rest on the data, without any of the data."),
    Activity.PUBLISH_FIGURES: Term("To publish figures that show some of the data."),
    Activity.SHARE_DERIVED_DATA: Term("To share data that were made from the data."),
    Activity.REDISTRIBUTE_DATA: Term("To pass on copies of the data.", included_in="odrl:distribute"),
    Activity.RELEASE_MODEL: Term("To pass on a model that was trained on the data."),
    Activity.HOST_ACCESS: Term("To let others use the data on a service of one's own.", included_in="odrl:grantUse"),
    Activity.USE_IN_PRODUCT: Term("To use the data, or what was made from them, in a product."),
    Activity.CLINICAL_USE: Term("To let the care of patients rest on the data, or on what was made from them."),
}
# What ODRL or ccREL has a word for is said with it.
DUTY_ACTIONS: Mapping[DutyKind, str] = {
    DutyKind.CITE: f"{PREFIX}:cite",
    DutyKind.ATTRIBUTE: "odrl:attribute",
    DutyKind.ACKNOWLEDGE: f"{PREFIX}:acknowledge",
    DutyKind.AGREE: "odrl:obtainConsent",
    DutyKind.CONTACT: "odrl:inform",
    DutyKind.NOTIFY: f"{PREFIX}:notify",
    DutyKind.REFRAIN: f"{PREFIX}:refrain",
}
_OTHERS: Mapping[str, Term] = {
    "cite": Term("To print the reference that is named.", included_in="odrl:attribute"),
    "acknowledge": Term("To print the acknowledgement that is described.", included_in="odrl:attribute"),
    "notify": Term("To tell those who are named, or to pass on with a release, what is described."),
    "refrain": Term("To keep to what is described for as long as the data, or what came of them, are used."),
    "noncommercial": Term("A purpose that is not commercial, by the use and not by the user.", "RightOperand", None),
    "commercial": Term("A commercial purpose.", "RightOperand", None),
    "Undecided": Term(
        "An activity that the check could not decide. It is not permitted, and the policy says nothing else of it.",
        "rdfs:Class",
        None,
    ),
    "undecided": Term("What the check could not decide of the data or the output.", "rdf:Property", None),
    "activity": Term("The activity that could not be decided.", "rdf:Property", None),
    "rule": Term("The rule of the check that says so.", "rdf:Property", None),
    "status": Term("Whether a duty is met, open (looked for and not there) or unverified.", "rdf:Property", None),
    "declares": Term("A license that a source states of a part, whether it holds or not.", "rdf:Property", None),
    "decision": Term("The decision of a reviewer that concluded the license, by its name.", "rdf:Property", None),
    "dataUse": Term("A term of the Data Use Ontology that says what the terms say.", "rdf:Property", None),
    "remedy": Term("What would help.", "rdf:Property", None),
}
_PURPOSES = {Purpose.NONCOMMERCIAL: "noncommercial", Purpose.COMMERCIAL: "commercial"}
ALL: Mapping[str, Term] = {**{activity.value: term for activity, term in ACTIVITIES.items()}, **_OTHERS}


def action_of(activity: Activity) -> str:
    """Return the action for an activity, as `terms:train-model`."""
    return f"{PREFIX}:{activity.value}"


def purpose_of(purpose: Purpose) -> str:
    """Return the concept for a purpose, as `terms:noncommercial`."""
    return f"{PREFIX}:{_PURPOSES[purpose]}"


def declarations(used: Iterable[str]) -> list[Node]:
    """Return the declarations of the terms of ours among `used` (`terms:train-model`), sorted."""
    names = sorted({name.removeprefix(f"{PREFIX}:") for name in used if name.startswith(f"{PREFIX}:")})
    return [_declaration(name, ALL[name]) for name in names]


def _declaration(name: str, term: Term) -> Node:
    node: Node = {"uid": f"{PREFIX}:{name}", "type": term.kind, "skos:definition": term.definition}
    if term.included_in is not None:
        node["includedIn"] = term.included_in
    return node
