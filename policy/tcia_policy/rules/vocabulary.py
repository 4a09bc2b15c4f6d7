"""The typed vocabulary of facts: every name that a rule may use, its values, and how it is spoken of.

A fact's value is a set of words: one for most facts, any number for those that are `many` (`license.prohibits`).
`values` lists what may occur, so that a typing error in a rule is found when it is loaded; `None` means any text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import get_args

from tcia_policy.model import (
    Access,
    Activity,
    Agreement,
    Archive,
    DatasetKind,
    HoldingKind,
    LicenseFamily,
    NoticeKind,
    Permission,
    Purpose,
    Route,
)
from tcia_policy.model.license import Permits, Prohibits, Requires
from tcia_policy.rules.compatibility import Ruling

UNDESCRIBED = "undescribed"
TRUE_FALSE = frozenset({"true", "false"})


@dataclass(frozen=True)
class FactType:
    """One fact: `label` as prose speaks of it, `values` it can take, and whether it can have several at once."""

    name: str
    label: str
    values: frozenset[str] | None
    many: bool = False


def _words(kind: type[StrEnum]) -> frozenset[str]:
    return frozenset(member.value for member in kind)


def _literal(kind: object) -> frozenset[str]:
    return frozenset(get_args(kind))


_AGREEMENTS = _literal(Agreement.model_fields["id"].annotation)
_GRANTS = _literal(Permission.model_fields["grants"].annotation)

_FACTS = (
    # what is held
    FactType("holding.kind", "what the selection resolved to", _words(HoldingKind)),
    FactType("holding.obtained_from", "where the data were obtained", _words(Route)),
    FactType("holding.named_otherwise", "whether the file is named after another dataset", TRUE_FALSE),
    FactType("holding.has_doi", "whether a DOI is known", TRUE_FALSE),
    FactType("holding.of_elsewhere", "whether it is a part that neither TCIA nor IDC has", TRUE_FALSE),
    FactType("dataset.id", "the dataset", None),
    FactType("dataset.kind", "the kind of dataset", _words(DatasetKind)),
    FactType("dataset.archive", "the archive that publishes it", _words(Archive)),
    FactType("dataset.program", "the program it belongs to", None),
    FactType("dataset.derived", "whether it was made from other datasets", TRUE_FALSE),
    FactType("dataset.partly_controlled", "whether some part of the dataset is under controlled access", TRUE_FALSE),
    FactType("notice.kinds", "notices on this part", _words(NoticeKind), many=True),
    # what the sources say of its license
    FactType("claims.disagree", "whether the sources disagree on the license", TRUE_FALSE),
    FactType("license.id", "the license", None),
    FactType("license.known", "whether the license and its terms are known", TRUE_FALSE),
    FactType("license.family", "the family of the license", _words(LicenseFamily) | {UNDESCRIBED}),
    FactType("license.access", "access", _words(Access)),
    FactType("license.permits", "what the license permits", _literal(Permits), many=True),
    FactType("license.requires", "what the license requires", _literal(Requires), many=True),
    FactType("license.prohibits", "what the license prohibits", _literal(Prohibits), many=True),
    # what is done with it
    FactType("use.purpose", "the purpose", _words(Purpose)),
    FactType("use.activity", "the activity", _words(Activity)),
    FactType("use.activities_stated", "whether the activities are stated", TRUE_FALSE),
    FactType("use.country", "the country where the work is done", None),
    FactType("use.country_stated", "whether that country is stated", TRUE_FALSE),
    FactType("use.outputs_stray", "whether an output is stated that no stated activity releases", TRUE_FALSE),
    FactType("release.ruling", "what the charts say of the outputs' licenses", _words(Ruling), many=True),
    FactType("cptac.global_paper_published", "whether a global analysis paper on these data is published", TRUE_FALSE),
    FactType("cptac.raw_data_public_15_months", "whether the last raw data have been public for 15 months", TRUE_FALSE),
    FactType("cptac.steering_committee_approval", "whether CPTAC's Steering Committee has approved it", TRUE_FALSE),
    FactType("position.model-is-adaptation", "whether a model counts as an adaptation of its data", TRUE_FALSE),
    # what the manuscript and the files named with it show: false where nothing of the kind was seen
    FactType("manuscript.unread", "whether a manuscript is named of which nothing could be read", TRUE_FALSE),
    FactType("manuscript.cites_undeclared", "whether it cites a dataset that the project does not declare", TRUE_FALSE),
    FactType("manuscript.names_undeclared", "whether it names a dataset that the project does not declare", TRUE_FALSE),
    FactType("outputs.license_file_differs", "whether a license file says another license", TRUE_FALSE),
    # what evidence is recorded: never unknown, what is not recorded is not there
    FactType("permission.grants", "permissions recorded", _GRANTS, many=True),
    FactType("agreement.recorded", "agreements recorded for this dataset or for all", _AGREEMENTS, many=True),
    FactType("agreement.for_dataset", "agreements recorded for this very dataset", _AGREEMENTS, many=True),
    FactType("agreement.accessions", "dbGaP accessions approved", None, many=True),
    FactType("agreement.approval_may_have_lapsed", "whether an approval is older than a year", TRUE_FALSE),
    FactType(
        "copy.obtained_before_control", "whether the copy was obtained before TCIA's data were closed", TRUE_FALSE
    ),
)

VOCABULARY: Mapping[str, FactType] = MappingProxyType({fact.name: fact for fact in _FACTS})


@dataclass(frozen=True)
class FactValue:
    """The words that are known to hold of a fact; `complete` is false where there may be more."""

    words: frozenset[str]
    complete: bool = True


Facts = Mapping[str, FactValue]
"""What is known: a fact that is not in the mapping is unknown."""


def known(*words: str) -> FactValue:
    """Exactly these words."""
    return FactValue(frozenset(words))


def truth(value: bool) -> FactValue:
    """A yes or no."""
    return known("true" if value else "false")


NO_EVIDENCE: Facts = MappingProxyType(
    {
        "permission.grants": known(),
        "agreement.recorded": known(),
        "agreement.for_dataset": known(),
        "agreement.accessions": known(),
        "agreement.approval_may_have_lapsed": truth(False),
        "copy.obtained_before_control": truth(False),
    }
)
"""The facts of evidence where none is recorded: they are never unknown, what is not recorded is not there."""

LIFTING = ("permission.grants", "agreement.recorded", "agreement.for_dataset", "agreement.accessions")
"""The evidence that can lift a prohibition: grants and agreements."""
