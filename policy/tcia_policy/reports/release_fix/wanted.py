"""What a release lacks, as an assessment has it: the license that the project states, datasets, references."""

from collections.abc import Mapping

from tcia_policy.model import Assessment, Citation, DutyKind, DutyStatus, Output, OutputClearance, OutputKind
from tcia_policy.model.release import ReleaseFileRead
from tcia_policy.references.datacite_text import render_text
from tcia_policy.reports.notices.hub_cards import DATA_OUTPUTS, is_hub_id, license_keys

WITHOUT_LICENSE = "release-without-license"  # the rule that writing the license settles
CARD = "Hugging Face card"
PAGE = "page"  # a README without a header, among others


def keys_wanted(card: ReleaseFileRead, assessment: Assessment) -> Mapping[str, str | list[str]]:
    """Return the keys that the header of a card ought to have; its own are told apart where they are written.

    The license is the one that the project states for the one output of that kind, if the data allow it; none is made
    up. `datasets` are those of the registry that the output comes from, by their ids where the Hub takes such a name.
    """
    found: dict[str, str | list[str]] = {}
    kinds = _kinds(card)
    stated = [item for item in assessment.clearance.outputs if item.output.kind in kinds]
    says_license = any(said.topic == "license" for said in card.says)
    license_ = stated[0].output.license if len(stated) == 1 and _is_free(stated[0]) else None
    if license_ is not None and not says_license:
        found |= license_keys(license_, {each.id: each for each in assessment.licenses})
    names = _datasets(stated[0].output if len(stated) == 1 else None, assessment, kinds)
    if names and OutputKind.MODEL in kinds:
        found["datasets"] = names
    return found


def _is_free(item: OutputClearance) -> bool:
    """Return whether nothing stands against an output but that its release states no license yet."""
    return {objection.rule for objection in item.objections} <= {WITHOUT_LICENSE}


def references_wanted(assessment: Assessment) -> list[str]:
    """Return the references that data ask for on release and that a required duty owes, one a line."""
    by_doi = {owed.citation.doi: owed.citation for owed in assessment.citations}
    owed = [
        by_doi[duty.doi]
        for duty in assessment.duties
        if duty.kind is DutyKind.CITE and duty.required and duty.doi in by_doi
    ]
    return [render_text(citation) for citation in _each_once(owed)]


def lacks_references(assessment: Assessment) -> bool:
    """Return whether a required reference was looked for and is not there."""
    return any(
        duty.kind is DutyKind.CITE and duty.required and duty.status is DutyStatus.OPEN for duty in assessment.duties
    )


def _each_once(citations: list[Citation]) -> list[Citation]:
    return list(dict.fromkeys(citations))


def _kinds(card: ReleaseFileRead) -> frozenset[OutputKind]:
    """Return the kinds of output that a card may be of, by what it is seen to be; of no kind where it does not say."""
    if card.released == "model":
        return frozenset((OutputKind.MODEL,))
    return frozenset(DATA_OUTPUTS) if card.released == "data" else frozenset()


def _datasets(output: Output | None, assessment: Assessment, kinds: frozenset[OutputKind]) -> list[str]:
    """Return the ids of the datasets of the registry that an output was trained on or made from, as the Hub takes them.

    A card with another name in `datasets`, such as `Lung Phantom`, is refused there.
    """
    sources = {
        holding
        for item in assessment.clearance.outputs
        if item.output.kind in kinds and (output is None or item.output == output)
        for holding in item.sources
    }
    held = [each.dataset for each in assessment.holdings if each.id in sources and each.dataset is not None]
    return [name for name in dict.fromkeys(held) if is_hub_id(name)]
