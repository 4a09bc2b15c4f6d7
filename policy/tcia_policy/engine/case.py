"""The case: a project with everything that is needed to judge it. Every command and the library start here."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tcia_policy.cohorts.resolve import Resolution, resolve
from tcia_policy.engine.agreements import Evidence
from tcia_policy.engine.copy_claims import with_copy_claims
from tcia_policy.engine.data_named import DataNamed
from tcia_policy.engine.data_remarks import remarks_on_data, remarks_on_withdrawn
from tcia_policy.engine.described_licenses import by_id_alone, described_licenses
from tcia_policy.engine.digests import digests_of_inputs, digests_of_library
from tcia_policy.engine.discovery import project_in
from tcia_policy.engine.evidence_in_activity import with_evidence
from tcia_policy.engine.evidence_of import evidence_of, review_of, surroundings
from tcia_policy.engine.examples import load_tested_rules
from tcia_policy.engine.fact_days import MAX_AGE, Gathered, claims_on, fact_days
from tcia_policy.engine.facts import KnownData, situations
from tcia_policy.engine.input_files import InputFile, TextsNamed, input_files
from tcia_policy.engine.known_data import known_data
from tcia_policy.engine.known_licenses import with_known_licenses
from tcia_policy.engine.license_readings import PartReading
from tcia_policy.engine.manuscript_evidence import ManuscriptEvidence
from tcia_policy.engine.output_licenses import Releases, in_activity, releases_of
from tcia_policy.engine.output_sources import activities_on, sources_of
from tcia_policy.engine.project_names import resolved
from tcia_policy.engine.recorded_evidence import Surroundings, without_unfounded_position
from tcia_policy.engine.remarks import remarks_on
from tcia_policy.engine.study import Study
from tcia_policy.engine.use_facts import use_facts
from tcia_policy.errors import InputError, Mistakes, as_one
from tcia_policy.lazy import dataclass
from tcia_policy.model import (
    Activity,
    DataItem,
    Digests,
    FactDays,
    Holding,
    Output,
    Project,
    Purpose,
    Remark,
    Use,
    Versions,
)
from tcia_policy.model.file_kind import FileKind
from tcia_policy.registry import Registry
from tcia_policy.registry.repository_terms import with_terms_of_copy
from tcia_policy.rules.fact_value import Facts
from tcia_policy.rules.rulebook import RuleBook
from tcia_policy.version import __version__

if TYPE_CHECKING:
    from tcia_policy.engine.decided import DecidedCase
    from tcia_policy.engine.opened_release import OpenedRelease
    from tcia_policy.engine.review_file import ReviewFile

ReadT = TypeVar("ReadT")
NOTHING_SAID = Use.model_construct()


@dataclass(frozen=True)
class CaseOptions:
    """The options of a case. Every command that judges has the same.

    `settings`, such as `use.purpose=commercial`, replace what the project file states, and so does what is `said` of
    the use; that goes for a study without a file, too. `manuscript` and `release` have paths, relative to the working
    directory; they replace those that the project names. `house_rules` is a folder of an institution's rules.
    `as_of` is the day whose rules and agreements count: by default the day of `SOURCE_DATE_EPOCH`, else today.
    `max_age` is the most days that `as_of` may be after the registry's day before the assessment says that it is old.
    Without `decisions`, the decisions of reviewers are not read.
    """

    settings: tuple[str, ...] = ()
    said: Use = NOTHING_SAID
    manuscript: tuple[str, ...] = ()
    release: tuple[str, ...] = ()
    house_rules: Path | None = None
    as_of: date | None = None
    max_age: int = MAX_AGE
    decisions: bool = True


NO_OPTIONS = CaseOptions()
SET_NEEDS_A_FILE = "changes what a project file states, and there is no project file"


@dataclass(frozen=True)
class Library:
    """The registry and the rules, if the caller has loaded them already."""

    registry: Registry | None = None
    rules: RuleBook | None = None


NOTHING_LOADED = Library()


@dataclass(frozen=True)
class Case:
    """A project with all that is needed to judge it: `assess` needs nothing else.

    `evidence` has the permissions and agreements that count on `as_of`. `manuscript` is what was read of the paper; it
    is `None` if no manuscript is named, and then no duty can be met by what is printed. `release` is what was read of
    the folder that is about to be published, `None` if none is named. `project_file` is the name of
    the project file, without its `folder`, and `lines` has the line of each of its fields (`data[2]`), if there is one.
    `files` are those that it was read from, each with what it is. `around` is what it takes to look at evidence.
    `review` are the decisions of reviewers as they stand in their file, `decided` what is to be made of them: `assess`
    and `settled` find that out.
    """

    project: Project
    holdings: tuple[Holding, ...]
    rules: RuleBook
    known: KnownData
    evidence: Evidence
    as_of: date
    versions: Versions
    manuscript: ManuscriptEvidence | None = None
    release: "OpenedRelease | None" = None
    gathered: Gathered | None = None
    max_age: int = MAX_AGE
    project_file: str | None = None
    folder: Path = Path()
    remarks: tuple[Remark, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    files: tuple[InputFile, ...] = ()
    around: Surroundings | None = None
    review: "ReviewFile | None" = None
    decided: "DecidedCase | None" = None

    @classmethod
    def open(
        cls,
        project: Study | Path | None = None,
        options: CaseOptions = NO_OPTIONS,
        library: Library = NOTHING_LOADED,
    ) -> "Case":
        """Read a project and its manuscript, resolve its data, and return them with what is known of the data.

        `project` is a project file, its folder, or a study that was made without a file. By default it is the project
        of the working directory. If there is none and `options` name a manuscript, the data are the datasets that the
        manuscript cites or names; if they name a release, the study is what its files say.

        Raises `InputError`, with file, line and field, for a file that cannot be read, and for data, permissions or
        agreements that name something unknown: for all of them at once.
        """
        registry = library.registry or Registry.load()
        rules = library.rules or load_tested_rules(options.house_rules)
        as_of = options.as_of or default_day()
        mistakes = Mistakes()
        study, manuscript, release = _study_and_texts(project, options, registry, mistakes)
        review = _noted(lambda: review_of(study), mistakes) if options.decisions else None
        stated = with_known_licenses(study, registry, mistakes)
        latest = max(as_of, default_day())
        resolution = resolved(replace(study, project=stated), registry, rules, latest, mistakes)
        named = DataNamed(stated, resolution.holdings, registry)
        around = surroundings(study, named, rules, as_of)
        evidence = evidence_of(stated, around, named.ids)
        known_licenses = {**registry.licenses, **by_id_alone(stated)}
        of_project = remarks_on(replace(study, project=stated), registry, known_licenses)
        stated = without_unfounded_position(stated, evidence.seen)
        known = known_data(resolution, registry, described_licenses(stated, evidence.seen))
        return cls(
            project=stated,
            holdings=tuple(
                with_copy_claims(with_terms_of_copy(holding, known.copies), study.base, registry.licenses)
                for holding in resolution.holdings
            ),
            rules=rules,
            known=known,
            evidence=evidence,
            remarks=(
                *of_project,
                *remarks_on_data(study, resolution),
                *remarks_on_withdrawn(resolution.holdings, known.datasets),
            ),
            as_of=as_of,
            versions=Versions(
                program=__version__,
                rules=rules.version,
                registry=registry.version,
                idc_index_data=resolution.idc_index_data,
                digests=_union(
                    digests_of_library(registry, rules.version, options.house_rules),
                    digests_of_inputs(stated, study.base, resolution.files, manuscript, release),
                    Digests(review=None if review is None else review.digest),
                ),
            ),
            manuscript=manuscript,
            release=release,
            gathered=Gathered.of(registry),
            max_age=options.max_age,
            project_file=None if study.source is None else study.source.path.name,
            folder=Path() if study.source is None else study.source.path.parent,
            lines=study.lines,
            files=input_files(
                study,
                resolution,
                _texts_named(study, options, manuscript, release),
                evidence.seen,
                options.house_rules,
                review,
            ),
            around=around,
            review=review,
        )

    @property
    def inputs(self) -> tuple[Path, ...]:
        """Return the paths of the files that it was read from: nothing is written over them."""
        return tuple(each.path for each in self.files)

    def require_data(self) -> None:
        """Raise `InputError` for a study without data: one of a manuscript that names none."""
        if not self.holdings:
            read = ", ".join(self.project.manuscript or ())
            hint = "name the data in a project file; `tcia-policy init DATA` writes one"
            raise InputError(f"no data to judge: {read} names no dataset of TCIA or IDC that we know", hint=hint)

    def supposing(
        self,
        *,
        purpose: Purpose | None = None,
        activities: Sequence[Activity] | None = None,
        outputs: Sequence[Output] | None = None,
    ) -> "Case":
        """Return the same case with another use; an argument that is left out stays as the project states it."""
        stated = {
            "purpose": purpose,
            "activities": None if activities is None else tuple(activities),
            "outputs": None if outputs is None else tuple(outputs),
        }
        given = {key: value for key, value in stated.items() if value is not None}
        use = self.project.use.model_copy(update=given)
        release = self.release if outputs is None or self.release is None else replace(self.release, stated=())
        return replace(self, project=self.project.model_copy(update={"use": use}), release=release)

    def activities_on(self, activities: Sequence[Activity]) -> Mapping[str, tuple[Activity, ...]]:
        """Return, by the id of each data item, which of `activities` are done with it."""
        return activities_on(self.project, activities, self.holdings)

    @property
    def fact_days(self) -> FactDays | None:
        """Return how the day of the assessment lies to the days of the facts; `None` if the registry's is not known."""
        if self.gathered is None:
            return None
        claims = claims_on(self.holdings, self.known.datasets)
        return fact_days(self.as_of, self.gathered, self.max_age, claims)

    def readings(self) -> list[tuple[Holding, list[tuple[PartReading, Facts]]]]:
        """Return every holding with its readings, each with all facts that hold under it for any activity."""
        use = use_facts(self.project, self.as_of)
        return [(holding, situations(holding, self.known, self.evidence, use)) for holding in self.holdings]

    def releases(self, readings: Sequence[tuple[Holding, Sequence[tuple[PartReading, Facts]]]]) -> Releases:
        """Return the outputs of the project with every holding, read as in `readings`, as an input."""
        read = [(holding, [reading for reading, _ in facts]) for holding, facts in readings]
        in_files = () if self.release is None else self.release.stated
        return releases_of(self.project, read, self.known.licenses, self.known.charts, in_files)

    def situations(self, holding: Holding, activity: Activity) -> list[tuple[PartReading, Facts]]:
        """Return the readings of one holding, each with all facts that hold under it when the activity is judged."""
        readings = self.readings()
        facts = next(facts for item, facts in readings if item.id == holding.id)
        return self.in_activity(activity, holding, facts, self.releases(readings))

    def in_activity(
        self, activity: Activity, holding: Holding, facts: Sequence[tuple[PartReading, Facts]], releases: Releases
    ) -> list[tuple[PartReading, Facts]]:
        """Return the readings of a holding, with all facts that hold under each when one activity is judged."""
        doing = in_activity(activity, holding, facts, releases)
        return with_evidence(doing, holding, activity, self.evidence, self.use_of(holding), self.rules)

    def use_of(self, holding: Holding) -> Use:
        """Return what the study does, with those of its outputs that come from this data item."""
        use = self.project.use
        if use.outputs is None:
            return use
        own = [output for output in use.outputs if holding.id in sources_of(output, self.holdings).all]
        return use.model_copy(update={"outputs": tuple(own)})


def _texts_named(
    study: Study, options: CaseOptions, manuscript: ManuscriptEvidence | None, release: "OpenedRelease | None"
) -> tuple[TextsNamed, ...]:
    """Return the paths of the manuscript and of the release, with the files that were read of each."""
    papers = () if manuscript is None else manuscript.read.files
    files = () if release is None else tuple(each.file for each in release.verifier.read.files)
    return tuple(
        TextsNamed(kind, instead or stated or (), Path() if instead else study.base, read)
        for kind, instead, stated, read in (
            (FileKind.MANUSCRIPT, options.manuscript, study.project.manuscript, papers),
            (FileKind.RELEASE, options.release, study.project.release, files),
        )
    )


def _union(*each: Digests) -> Digests:
    return Digests(**{key: value for digests in each for key, value in digests if value is not None})


def resolve_study(study: Study, registry: Registry) -> Resolution:
    """Return the data of a study, resolved. Raises `InputError` with the project's file and line, if it has a file."""
    try:
        return resolve(study.project.data, study.base, registry, shown_within=study.folder)
    except InputError as error:
        raise study.locate(error) from None


def default_day() -> date:
    """Return the day of `SOURCE_DATE_EPOCH` (seconds since 1970, UTC) if it is set, else today.

    See https://reproducible-builds.org/specs/source-date-epoch/. Raises `InputError` where it is not a number.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(tz=UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), tz=UTC).date()
    except (ValueError, OverflowError, OSError):
        hint = "set it to a number of seconds since 1970, or unset it"
        raise InputError(f"SOURCE_DATE_EPOCH is {epoch!r}, not a number", hint=hint) from None


def _study_and_texts(
    project: Study | Path | None, options: CaseOptions, registry: Registry, mistakes: Mistakes
) -> tuple[Study, ManuscriptEvidence | None, "OpenedRelease | None"]:
    """Return the study and what was read of its manuscript and release. What cannot be read is noted in `mistakes`."""
    has_no_project = project is None and project_in(Path()) is None
    if has_no_project and options.manuscript and not options.release:
        alone, seen = _study_of_manuscript(options, registry)
        return alone.using(options.said), seen, None
    if has_no_project and options.release:
        if options.settings:
            raise InputError(SET_NEEDS_A_FILE, field="--set", hint="name a project file")
        from tcia_policy.engine.release_case import study_of_release  # noqa: PLC0415 - compiles patterns: 30 ms

        described, release = study_of_release(options.release, registry)
        study = described.using(options.said)
        manuscript = _noted(lambda: _manuscript_of(study, options.manuscript, registry), mistakes)
        return study, manuscript, release
    study = project if isinstance(project, Study) else Study.load(project or Path(), options.settings)
    if isinstance(project, Study) and options.settings:
        raise InputError(SET_NEEDS_A_FILE, field="--set", hint="name a project file")
    study = study.using(options.said)
    manuscript = _noted(lambda: _manuscript_of(study, options.manuscript, registry), mistakes)
    if not options.release and not study.project.release:
        return study, manuscript, None
    from tcia_policy.engine.release_case import with_release  # noqa: PLC0415 - compiles patterns: 30 ms

    found = _noted(lambda: with_release(study, options.release, registry), mistakes)
    study, opened = found or (study, None)
    return study, manuscript, opened


def _noted(read: Callable[[], ReadT], mistakes: Mistakes) -> ReadT | None:
    """Return what `read` returns; `None`, with the mistake noted, where that cannot be read."""
    with mistakes.noted():
        return read()
    return None


def _manuscript_of(study: Study, instead: Sequence[str], registry: Registry) -> ManuscriptEvidence | None:
    """Read the manuscript that the project names, or the paths `instead`. Raises `InputError` for a path not found."""
    stated = study.project.manuscript or ()
    if not instead and not stated and not any(item.license_file for item in study.project.use.outputs or ()):
        return None
    from tcia_policy.evidence.open_manuscript import open_manuscript  # noqa: PLC0415 - compiles patterns: 30 ms

    paths, base = (instead, None) if instead else (stated, study.base)
    try:
        return open_manuscript(paths, base, study.project, study.base, registry)
    except InputError as error:
        raise as_one(_of_manuscript(each, study, instead) for each in error.mistakes) from None


def _of_manuscript(error: InputError, study: Study, instead: Sequence[str]) -> InputError:
    """Return the error with the project's line that names the path, unless a command names it."""
    if instead and error.field is None:
        return error
    named = [Path(path).as_posix() for path in study.project.manuscript or ()]
    shown = str(error.file)
    field = f"manuscript[{named.index(shown)}]" if error.field is None and shown in named else error.field
    return study.locate(error.at(field=field))


def _study_of_manuscript(options: CaseOptions, registry: Registry) -> tuple[Study, ManuscriptEvidence]:
    """Return a study of the datasets that the manuscript cites or names. Raises `InputError` if nothing can be read."""
    from tcia_policy.evidence.open_manuscript import open_manuscript_alone  # noqa: PLC0415 - compiles patterns: 30 ms

    if options.settings:
        raise InputError(SET_NEEDS_A_FILE, field="--set", hint="name a project file")
    seen = open_manuscript_alone(options.manuscript, registry)
    if not seen.read.files:
        raise InputError(
            f"nothing of the manuscript could be read ({'; '.join(seen.read.problems[:3])})",
            hint="name a file of it that can be read",
        )
    items = tuple(DataItem(dataset=name) for name in seen.selection())
    return Study.of_manuscript(items, options.manuscript), seen
