"""All that the notices speak of, looked up once."""

from collections.abc import Mapping

from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment, Citation, DutyKind, OutputClearance, Project
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.notices.datasets_used import Material, Origin, materials, origins
from tcia_policy.reports.notices.markup import Cited
from tcia_policy.reports.objections import objections


@dataclass(frozen=True)
class NoticeContext:
    """An assessment, the data used and what they were made from, and in words what stands against a clearance.

    `keys` are those by which the authors cite, by DOI.
    """

    assessment: Assessment
    names: Names
    materials: tuple[Material, ...]
    origins: tuple[Origin, ...]
    objections: tuple[str, ...]
    keys: Mapping[str, str]

    @classmethod
    def of(cls, assessment: Assessment) -> "NoticeContext":
        """Return everything that follows from one assessment."""
        names = Names.of(assessment)
        return cls(
            assessment=assessment,
            names=names,
            materials=materials(assessment, names),
            origins=origins(assessment, names),
            objections=objections(assessment, met_here=_credits(assessment)),
            keys={each.citation.doi: each.key for each in assessment.citations if each.key is not None},
        )

    def cited(self, citation: Citation, *, linked: bool = False) -> Cited:
        """Return a reference by the authors' own key."""
        return Cited(citation, linked, self.keys.get(citation.doi))

    @property
    def outputs(self) -> tuple[OutputClearance, ...]:
        """Return the outputs that the project states, with what stands against each."""
        return self.assessment.clearance.outputs

    def materials_of(self, item: OutputClearance) -> tuple[Material, ...]:
        """Return the data that one output comes from."""
        found = (material.only(item.sources) for material in self.materials)
        return tuple(material for material in found if material is not None)

    @property
    def project(self) -> Project:
        """Return the study as its authors describe it."""
        return self.assessment.project


def _credits(assessment: Assessment) -> frozenset[str | None]:
    """Return the rules by which credit is owed with a release: the notices themselves give it."""
    duties = (duty for duty in assessment.duties if duty.kind is DutyKind.ATTRIBUTE)
    return frozenset(duty.rule for duty in duties if not duty.wordings and not duty.printed)
