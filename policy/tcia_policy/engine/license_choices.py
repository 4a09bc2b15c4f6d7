"""The licenses that an output may carry: each is judged as `check` would judge a project that states it."""

from collections.abc import Mapping, Sequence

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.engine.output_sources import sources_of
from tcia_policy.lazy import dataclass
from tcia_policy.model import (
    Activity,
    Assessment,
    CellVerdict,
    Duty,
    FactDays,
    Finding,
    Holding,
    MissingFact,
    Output,
    OutputKind,
    Reading,
    Reference,
    Verdict,
)
from tcia_policy.model.base import Contract
from tcia_policy.model.result import Judged
from tcia_policy.rules.compatibility import outputs_of
from tcia_policy.rules.rulebook import Rule
from tcia_policy.text.english import joined

SAID = {
    Verdict.PERMITTED: "may be chosen",
    Verdict.CONDITIONAL: "may be chosen, and then asks something more",
    Verdict.UNDETERMINED: "cannot be judged",
    Verdict.PROHIBITED: "may not be chosen",
}
MOST_NAMED = 3


class Reason(Contract):
    """A rule that decides on a license, and the inputs that it applies to. `verdict` is `None` for a warning."""

    rule: str
    title: str
    verdict: Verdict | None
    holdings: tuple[str, ...]
    because: str
    remedy: str | None = None
    missing: tuple[MissingFact, ...] = ()
    readings: tuple[Reading, ...] = ()
    references: tuple[Reference, ...]


class Choice(Contract):
    """The verdict on a license for the output. `license` is `None` for unchanged copies that state no license.

    `permitted`: this license asks for nothing more than releasing the output does anyway. `conditional`: it asks for
    something more. `decided_by` has the inputs without which the verdict would be better.
    """

    license: str | None
    name: str
    verdict: Verdict
    decided_by: tuple[str, ...]
    reasons: tuple[Reason, ...]

    @property
    def is_warned_of(self) -> bool:
        """Return whether a source advises against the license without forbidding it."""
        return any(reason.verdict is None for reason in self.reasons)


class LicenseChoices(Judged):
    """Every license that was judged for an output, the best first.

    `stated` are the licenses that the project states for outputs of this kind. `without` are the names of data items
    that are supposed not to be used.
    """

    output: OutputKind
    activity: Activity
    title: str | None
    model_is_adaptation: bool | None
    fact_days: FactDays | None = None
    holdings: tuple[Holding, ...]
    stated: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    choices: tuple[Choice, ...]


def license_choices(case: Case, kind: OutputKind) -> LicenseChoices:
    """Judge each candidate of `rules/reference/compatibility.yaml` on an output of `kind`, and return the best first.

    For unchanged copies, the licenses of the data are judged as well. The order is by verdict, then licenses that no
    source warns of, then the one that asks least of others. No verdict is better than that of `check`, except that
    duties that are owed under any license do not count here. Raises `InputError` for a study without data.
    """
    case.require_data()
    activity = next(activity for activity in Activity if kind in outputs_of(activity))
    sources = sources_in_question(case, kind)
    candidates: list[str | None] = [*case.known.charts.candidates]
    if kind is OutputKind.DATASET_COPY:
        held = [holding for holding in case.holdings if holding.id in sources]
        own = [license_id for holding in held for license_id in _licenses(case, holding)]
        candidates = [None, *dict.fromkeys([*candidates, *own])]
    stated = tuple(output.license for output in outputs_in_question(case, kind) if output.license is not None)
    candidates += [license_id for license_id in stated if license_id not in candidates]
    judged = [_choice(case, kind, activity, license_id) for license_id in candidates]
    choices = tuple(sorted(judged, key=lambda choice: (choice.verdict.severity, choice.is_warned_of)))
    return LicenseChoices(
        summary=_in_short(choices, stated),
        output=kind,
        activity=activity,
        title=case.project.title,
        model_is_adaptation=case.project.positions.is_adaptation,
        as_of=case.as_of,
        fact_days=case.fact_days,
        versions=case.versions,
        holdings=tuple(holding for holding in case.holdings if holding.id in sources),
        stated=tuple(dict.fromkeys(stated)),
        choices=choices,
    )


def _in_short(choices: Sequence[Choice], stated: Sequence[str]) -> str:
    """Return what is said of the licenses that the project states; then which may be chosen, and because of what.

    `only CC-BY-NC-4.0 may be chosen, because of NSCLC-Radiomics`.
    """
    own = [
        f"{_name(choice)} {SAID[choice.verdict]}{_because([choice])}" for choice in choices if choice.license in stated
    ]
    return "; ".join([*own, _which_fit(choices)])


def _which_fit(choices: Sequence[Choice]) -> str:
    fit = [choice for choice in choices if choice.verdict.severity < Verdict.UNDETERMINED.severity]
    rest = [choice for choice in choices if choice not in fit]
    if not fit:
        return f"no license is known to be fit{_because(rest)}"
    asking = sum(choice.verdict is Verdict.CONDITIONAL for choice in fit)
    more = f" ({asking} of them {'asks' if asking == 1 else 'ask'} something more)" if asking else ""
    if not rest:
        return f"every license that was tried may be chosen{more}"
    return f"only {joined(_few([_name(choice) for choice in fit]))} may be chosen{more}{_because(rest)}"


def _name(choice: Choice) -> str:
    return choice.license or choice.name


def _because(choices: Sequence[Choice]) -> str:
    """Return the data items that decide on each of these licenses; if none decides on each, those that decide on any.

    Empty where there are none, or where nothing is against a license.
    """
    deciding = [choice.decided_by for choice in choices if choice.verdict is not Verdict.PERMITTED]
    of_any = list(dict.fromkeys(name for names in deciding for name in names))
    of_each = [name for name in of_any if all(name in names for names in deciding)]
    names = _few(of_each or of_any)
    return f", because of {joined(names)}" if names else ""


def _few(names: Sequence[str]) -> list[str]:
    more = len(names) - MOST_NAMED
    return [*names] if more <= 1 else [*names[:MOST_NAMED], f"{more} others"]


def _licenses(case: Case, holding: Holding) -> list[str]:
    """Return the licenses that the holding may be under and whose terms are known."""
    stated = [reading.license or "" for reading, _ in case.situations(holding, Activity.REDISTRIBUTE_DATA)]
    return [license_id for license_id in stated if license_id in case.known.licenses]


@dataclass(frozen=True)
class _Decision:
    """The verdict on a license, the reasons, and the ids of the data items that decide it."""

    verdict: Verdict
    reasons: Sequence[Reason]
    deciding: frozenset[str]


def _choice(case: Case, kind: OutputKind, activity: Activity, license_id: str | None) -> Choice:
    outputs = outputs_in_question(case, kind)
    supposed = tuple(output.model_copy(update={"license": license_id, "license_file": None}) for output in outputs)
    judged = assess(case.supposing(outputs=supposed, activities=(activity,)), asking=False)
    assessment = _about(sources_in_question(case, kind), judged)
    about_licenses = {rule.id: rule for rule in case.rules.rules if _is_about_licenses(rule)}
    decision = _objected(assessment) or _owed(assessment, about_licenses)
    license_ = case.known.licenses.get(license_id or "")
    return Choice(
        license=license_id,
        name="each copy under its own license" if license_ is None else license_.short_name,
        verdict=decision.verdict,
        decided_by=tuple(holding.name for holding in case.holdings if holding.id in decision.deciding),
        reasons=_merged(decision.reasons),
    )


def outputs_in_question(case: Case, kind: OutputKind) -> tuple[Output, ...]:
    """Return the outputs of this kind that the project states; else one that may come from all data."""
    stated = tuple(output for output in case.project.use.outputs or () if output.kind is kind)
    return stated or (Output(kind=kind),)


def sources_in_question(case: Case, kind: OutputKind) -> frozenset[str]:
    """Return the ids of the data items that outputs of this kind come from."""
    return frozenset().union(*(sources_of(output, case.holdings).all for output in outputs_in_question(case, kind)))


def _about(sources: frozenset[str], assessment: Assessment) -> Assessment:
    """Return what the assessment says of the study and of these data items; no other data decide on a license."""
    return assessment.model_copy(
        update={
            "verdicts": tuple(cell for cell in assessment.verdicts if cell.holding in sources),
            "findings": tuple(item for item in assessment.findings if item.holding is None or item.holding in sources),
            "duties": tuple(
                duty for duty in assessment.duties if not duty.holdings or not sources.isdisjoint(duty.holdings)
            ),
        }
    )


def _objected(assessment: Assessment) -> _Decision | None:
    """Return the worst verdict against a release, on a data item or on the study; `None` if nothing is against it."""
    of_study = _said_of_study(assessment)
    worst = max([cell.verdict for cell in assessment.verdicts] + list(of_study.values()), key=_severity)
    if worst.severity < Verdict.UNDETERMINED.severity:
        return None
    cells = [cell for cell in assessment.verdicts if cell.verdict is worst]
    deciding = [item for item in assessment.findings if _decides(item, cells) or of_study.get(item) is worst]
    return _Decision(worst, [_of_finding(item, worst) for item in deciding], frozenset(cell.holding for cell in cells))


def _said_of_study(assessment: Assessment) -> dict[Finding, Verdict]:
    """Return the findings with a verdict on the study as a whole."""
    return {
        finding: finding.verdict
        for finding in assessment.findings
        if finding.holding is None and finding.verdict is not None and finding.lifted_by is None
    }


def _severity(verdict: Verdict) -> int:
    return verdict.severity


def _owed(assessment: Assessment, about_licenses: Mapping[str, Rule]) -> _Decision:
    """Return what this license asks for in addition to what releasing the output asks for anyway."""
    owed = [duty for duty in assessment.duties if duty.required and duty.rule in about_licenses]
    verdict = Verdict.CONDITIONAL if owed else Verdict.PERMITTED
    reasons = [_of_duty(duty, about_licenses[duty.rule]) for duty in owed]
    reasons += [
        _of_finding(item, item.verdict)
        for item in assessment.findings
        if item.rule in about_licenses and item.lifted_by is None and item.verdict in (verdict, None)
    ]
    return _Decision(verdict, reasons, frozenset().union(*(duty.holdings for duty in owed)))


def _is_about_licenses(rule: Rule) -> bool:
    return any(test.fact.name == "release.ruling" for test in rule.tests)


def _decides(finding: Finding, cells: Sequence[CellVerdict]) -> bool:
    """Return whether a finding decides one of these verdicts; one on the study decides all that name its rule."""
    return finding.lifted_by is None and any(
        finding.holding in (cell.holding, None) and finding.rule in cell.rules for cell in cells
    )


def _of_finding(finding: Finding, verdict: Verdict | None) -> Reason:
    return Reason(
        rule=finding.rule,
        title=finding.title,
        verdict=verdict,
        holdings=() if finding.holding is None else (finding.holding,),
        because=finding.because,
        remedy=finding.remedy,
        missing=finding.missing,
        readings=finding.readings,
        references=finding.references,
    )


def _of_duty(duty: Duty, rule: Rule) -> Reason:
    return Reason(
        rule=duty.rule,
        title=rule.text.title,
        verdict=Verdict.CONDITIONAL,
        holdings=duty.holdings,
        because=duty.text,
        references=duty.references,
    )


def _merged(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Return the reasons, with one reason for all inputs about which a rule says the same."""
    merged: dict[Reason, list[str]] = {}
    for reason in reasons:
        merged.setdefault(reason.model_copy(update={"holdings": ()}), []).extend(reason.holdings)
    return tuple(
        reason.model_copy(update={"holdings": tuple(dict.fromkeys(holdings))}) for reason, holdings in merged.items()
    )
