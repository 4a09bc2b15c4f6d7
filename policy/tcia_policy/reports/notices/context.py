"""All that the notices speak of, looked up once."""

from dataclasses import dataclass

from tcia_policy.model import Assessment, Project
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.notices.clearance import Release, objections, releases
from tcia_policy.reports.notices.datasets_used import Material, Origin, materials, origins


@dataclass(frozen=True)
class NoticeContext:
    """An assessment; the data held and what they were made from; the outputs; what stands against clearance."""

    assessment: Assessment
    names: Names
    materials: tuple[Material, ...]
    origins: tuple[Origin, ...]
    releases: tuple[Release, ...]
    objections: tuple[str, ...]

    @classmethod
    def of(cls, assessment: Assessment) -> "NoticeContext":
        """Everything that follows from one assessment."""
        names = Names.of(assessment)
        stated = releases(assessment, names)
        return cls(
            assessment=assessment,
            names=names,
            materials=materials(assessment, names),
            origins=origins(assessment, names),
            releases=stated,
            objections=objections(assessment, stated),
        )

    @property
    def project(self) -> Project:
        """The study as its authors describe it."""
        return self.assessment.project
