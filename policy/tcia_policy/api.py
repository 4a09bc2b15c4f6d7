"""The few names that a notebook needs. The command line gives the same answers by the same functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, TypedDict, TypeVar, Unpack

from pydantic import GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_after_validator_function

from tcia_policy.engine import assess as engine
from tcia_policy.engine import what_if as suppose
from tcia_policy.engine.case import NO_OPTIONS, Case, CaseOptions, Library
from tcia_policy.engine.explain import Explanation, explain_worst
from tcia_policy.engine.items_named import items_named
from tcia_policy.engine.license_choices import LicenseChoices, license_choices
from tcia_policy.engine.selections import study_or_project_of
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError, as_one
from tcia_policy.files.located_yaml import spell
from tcia_policy.files.misfits import misfits
from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, Assessment, CitationOwed, Output, OutputKind, Project, Purpose, Use
from tcia_policy.model.result import Result
from tcia_policy.references.formats import BIBTEX, STYLED, WriteOptions, format_named
from tcia_policy.registry import Registry
from tcia_policy.reports import formats as report_formats
from tcia_policy.reports.answer.first_line import first_line
from tcia_policy.reports.explanation import render_explanation
from tcia_policy.reports.licenses import render_licenses
from tcia_policy.reports.notices.write_notices import render_notices
from tcia_policy.reports.what_if import render_what_if

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "CaseOptions",
    "InputError",
    "Project",
    "Registry",
    "assess",
    "cite",
    "explain",
    "licenses",
    "notices",
    "render",
    "what_if",
]

Data = str | Path | Project
"""A dataset by any of its names, a DOI, a SeriesInstanceUID or the path of a cohort file; or one project."""

AnyResult = TypeVar("AnyResult", bound=Result)
AnyWord = TypeVar("AnyWord", Activity, OutputKind)


class Stated(TypedDict, total=False):
    """What is said of a study; what is left out is unknown, or as its project says.

    `purpose`, `activities`, `outputs` and `country` are as in a project file, `obtained_from` is the place that named
    data are from. `manuscript` and `release` have paths. `base` is where the relative paths of a `Project` start.
    `as_of` is a day (`2026-11-22`); it replaces that of `options`, which are the options of the commands. `registry` is
    one that is loaded already.
    """

    purpose: Purpose | str
    activities: Sequence[Activity | str]
    outputs: Sequence[Output | Mapping[str, Any]]
    country: str
    obtained_from: str
    manuscript: Sequence[Path | str]
    release: Sequence[Path | str]
    base: Path
    as_of: date | str
    options: CaseOptions
    registry: Registry


class Citations(tuple[CitationOwed, ...]):
    """The references that a study owes."""

    __slots__ = ()

    def to_bibtex(self, *, only: Literal["required"] | None = None) -> str:
        """Return the references as BibTeX; `only="required"` leaves out those that are only asked for."""
        return self.to(BIBTEX.name, only=only)

    def to(self, form: str, *, style: str | None = None, only: Literal["required"] | None = None) -> str:
        """Return the references in the reference format named `form`, such as `ris`. Raises as `Format.write` does."""
        citations = [item.citation for item in self if item.required or only is None]
        return format_named(form).write(citations, WriteOptions(style))

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.to(STYLED.name))}</pre>"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema of the plain tuple, for pydantic."""
        return no_info_after_validator_function(cls, handler.generate_schema(tuple[CitationOwed, ...]))


class AssessedStudy(Assessment):
    """An assessment as a notebook shows it: the first screen of `check`. It has all that `Assessment` has."""

    citations: Citations

    @classmethod
    def of(cls, assessment: Assessment) -> "AssessedStudy":
        """Return the same assessment."""
        fields = {name: getattr(assessment, name) for name in Assessment.model_fields}
        return cls.model_construct(**{**fields, "citations": Citations(assessment.citations)})

    def to_frame(self) -> "pd.DataFrame":
        """Return a row for each data item and activity, with verdict, license, rules and open questions.

        Raises `InputError` where pandas is not installed.
        """
        from tcia_policy.reports.notebook import rows  # noqa: PLC0415 - templates take a while to load

        try:
            import pandas as pd  # noqa: PLC0415 - heavy, and not needed for anything else
        except ImportError:
            raise InputError("a table needs pandas", hint="pip install pandas") from None
        return pd.DataFrame(rows(self))

    def __eq__(self, other: object) -> bool:
        """Return whether all fields are equal."""
        return isinstance(other, Assessment) and all(
            getattr(self, name) == getattr(other, name) for name in Assessment.model_fields
        )

    __hash__ = Assessment.__hash__

    def __repr__(self) -> str:
        return f"<{first_line(self)}>"

    def __str__(self) -> str:
        return render(self)

    def _repr_html_(self) -> str:
        from tcia_policy.reports.notebook import render_notebook  # noqa: PLC0415 - templates take a while to load

        return render_notebook(self)


@dataclass(frozen=True, repr=False)
class Shown(Generic[AnyResult]):
    """A result as a notebook shows it: `text` is what the command prints, `result` has all of it."""

    result: AnyResult
    text: str

    def __repr__(self) -> str:
        return f"<{self.result.summary}>"

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.text)}</pre>"


def assess(*data: Data, **stated: Unpack[Stated]) -> AssessedStudy:
    """Return the assessment of datasets, cohort files or one project, as `check` makes it.

    `assess("LIDC-IDRI", purpose="commercial", activities=["use-in-product"])` needs no project; `assess("study")` reads
    the project file (or its folder) at a path, `assess()` that of the working directory. Raises `InputError` for what
    is not known or cannot be read.
    """
    return AssessedStudy.of(engine.assess(_case(data, stated)))


def explain(
    *data: Data, item: str | None = None, activity: Activity | str | None = None, **stated: Unpack[Stated]
) -> Shown[Explanation]:
    """Return how the verdict on an `item` and an `activity` came about; where either is left out, the worst one.

    Raises as `assess` does, and for an item that is not among the data.
    """
    registry = stated.setdefault("registry", Registry.load())
    case = _case(data, stated)
    holdings = case.holdings if item is None else items_named(item, case.holdings, registry)
    found = explain_worst(case, holdings, None if activity is None else _word(Activity, activity, "activity"))
    return Shown(found, render_explanation(found))


def what_if(*data: Data, **stated: Unpack[Stated]) -> Shown[suppose.WhatIf]:
    """Return what each activity would come to, for either purpose. Raises as `assess` does."""
    found = suppose.what_if(_case(data, stated))
    return Shown(found, render_what_if(found))


def licenses(*data: Data, output: OutputKind | str, **stated: Unpack[Stated]) -> Shown[LicenseChoices]:
    """Return the licenses that a kind of `output`, such as `model`, may carry. Raises as `assess` does."""
    case = _case(data, stated)
    found = license_choices(case, _word(OutputKind, output, "output"))
    return Shown(found, render_licenses(found, case.known.licenses))


def notices(*data: Data, **stated: Unpack[Stated]) -> dict[str, str]:
    """Return the texts to print or to ship, by the names of their files. Raises as `assess` does."""
    case = _case(data, stated)
    case.require_data()
    return render_notices(engine.assess(case))


def cite(
    *selection: str | Iterable[str],
    flavor: Literal["bibtex", "biblatex"] = "bibtex",
    ascii_only: bool = False,
    only: Literal["required"] | None = None,
    registry: Registry | None = None,
    form: str | None = None,
    style: str | None = None,
) -> str:
    """Return the references for datasets, DOIs, series or cohort files, or for one project; also of a list of these.

    `only="required"` leaves out those that are only requested. The text is BibTeX of that `flavor`, or in the reference
    format named `form`; with a CSL `style` it is plain text. Raises `InputError` for a selection that matches nothing,
    and as `Format.write` does.
    """
    registry = registry or Registry.load()
    names = [name for item in selection for name in ([item] if isinstance(item, str) else item)]
    case = Case.open(study_or_project_of(names, registry), library=Library(registry))
    owed = engine.references_owed(case).citations
    citations = [item.citation for item in owed if item.required or only is None]
    written = form or (flavor if style is None else STYLED.name)
    return format_named(written).write(citations, WriteOptions(style, ascii_only))


def render(assessment: Assessment, form: str = report_formats.TEXT.name) -> str:
    """Return the assessment in the report format named `form`: text, html, markdown or json, which has everything.

    Raises `InputError` with the names of all formats if there is no such format.
    """
    return report_formats.format_named(form).render(assessment)


def _case(data: Sequence[Data], stated: Stated) -> Case:
    registry = stated.get("registry") or Registry.load()
    options = stated.get("options", NO_OPTIONS)
    day = stated.get("as_of")
    options = replace(
        options,
        said=_use(stated),
        as_of=options.as_of if day is None else _day(day),
        manuscript=tuple(map(str, stated.get("manuscript", options.manuscript))),
        release=tuple(map(str, stated.get("release", options.release))),
    )
    return engine.settled(Case.open(_study(data, stated, registry), options, Library(registry)))


def _study(data: Sequence[Data], stated: Stated, registry: Registry) -> Study | Path | None:
    projects = [item for item in data if isinstance(item, Project)]
    if not data:
        return None
    if not projects:
        return study_or_project_of([str(item) for item in data], registry, stated.get("obtained_from"))
    if len(data) > 1:
        raise InputError("a project is judged alone", hint="add the other data to its `data`")
    return Study(projects[0], stated.get("base", Path()))


def _use(stated: Stated) -> Use:
    """Return what is said of the use. Raises `InputError` for a word that is none."""
    given = {name: value for name, value in stated.items() if name in Use.model_fields}
    try:
        return Use.model_validate(given)
    except ValidationError as error:
        found = misfits(error.errors(include_url=False), Use, given)
        raise as_one(InputError(item.problem, field=spell(item.place), hint=item.hint) for item in found) from None


def _day(day: date | str) -> date:
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise InputError(f"{day!r} is not a day", field="as_of", hint="write it as 2026-11-22") from None


def _word(words: type[AnyWord], word: str, what: str) -> AnyWord:
    """Return the member of `words` that `word` is. Raises `InputError` for one that is none."""
    try:
        return words(word)
    except ValueError:
        raise InputError(f"unknown {what} {word!r}", field=what, hint=f"use one of {', '.join(words)}") from None
