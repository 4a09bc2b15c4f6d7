"""Which licenses an output may carry, as text and as JSON."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from tcia_policy.engine.license_choices import Choice, LicenseChoices, Reason
from tcia_policy.lazy import dataclass
from tcia_policy.model import License, OutputKind, Reading, Verdict
from tcia_policy.reports.fact_days import line_on_days
from tcia_policy.reports.labels import in_a_row, reference
from tcia_policy.reports.lines import Page
from tcia_policy.text.english import count
from tcia_policy.text.sanitize import clean

LABEL = 16
MOST_TOLD = 3
HEADING = {
    Verdict.PERMITTED: "May be chosen",
    Verdict.CONDITIONAL: "May be chosen, and then asks something more",
    Verdict.UNDETERMINED: "Cannot be judged, so not to be taken as allowed",
    Verdict.PROHIBITED: "May not be chosen",
}

SHORT = {
    Verdict.PERMITTED: "fit",
    Verdict.CONDITIONAL: "ask for more",
    Verdict.UNDETERMINED: "not known",
    Verdict.PROHIBITED: "not fit",
}


@dataclass(frozen=True)
class _Page:
    """A page: what is told, the licenses by id, and how many columns wide it is."""

    found: LicenseChoices
    licenses: Mapping[str, License]
    width: int

    def item(self, label: str, text: str) -> list[str]:
        return _labeled(label, text, self.width, indent=4)

    def names(self, reasons: Sequence[Reason]) -> list[str]:
        """Return the names of the data items of which the reasons speak."""
        names = {holding.id: holding.name for holding in self.found.holdings}
        return list(dict.fromkeys(names[item] for reason in reasons for item in reason.holdings))


def render_licenses(
    found: LicenseChoices, licenses: Mapping[str, License], width: int = 80, *, verbose: bool = False
) -> str:
    """Return the answer in a sentence; then the licenses by verdict, the best first, and what decides on them.

    `verbose` has for each of them why, what is missing, and the sources. Licenses of which the same is to be said are
    told together.
    """
    page = _Page(found, licenses, width)
    lines = Page(width).wrapped(f"{found.output.value}: {found.summary}.", "LICENSES  ")
    lines += ["", *(line for verdict in Verdict for line in _in_short(verdict, page))] if not verbose else []
    lines += ["", *_labeled("study", clean(found.title or "Untitled study"), width)]
    lines += _labeled("released by", found.activity.value, width)
    lines += _labeled("made with", in_a_row([holding.name for holding in found.holdings]), width)
    if found.without:
        lines += _labeled("without", in_a_row(found.without), width)
    if found.output is OutputKind.MODEL:
        lines += _labeled("position", _position(found.model_is_adaptation), width)
    lines += _labeled("as of", found.as_of.isoformat(), width)
    days = line_on_days(found.fact_days, found.as_of)
    lines += [] if days is None else ["", *textwrap.wrap(days, width)]
    if verbose:
        lines += [line for verdict in Verdict for line in _in_detail(verdict, page)]
    closing = (
        "Each license is judged as `check` would judge a project that states it. What is owed whatever the license is, "
        f"such as citations and attribution, is listed there. {found.disclaimer}"
    )
    if not verbose:
        closing = f"-v has the reasons and sources. {closing}"
    return "\n".join([*lines, "", *textwrap.wrap(closing, width)]) + "\n"


def _in_short(verdict: Verdict, page: _Page) -> Iterator[str]:
    """Yield the licenses of a verdict; those that the same rules decide on together, with the first of these rules."""
    if verdict is Verdict.PERMITTED:
        groups = [[choice for choice in page.found.choices if choice.verdict is verdict]]
    else:
        groups = _groups([choice for choice in page.found.choices if choice.verdict is verdict])
    for group in filter(None, groups):
        yield from _labeled(
            SHORT[verdict], ", ".join(choice.license or f"({choice.name})" for choice in group), page.width
        )
        if verdict is not Verdict.PERMITTED:
            yield from page.item("", _in_a_sentence(group[0], page))


def _in_a_sentence(choice: Choice, page: _Page) -> str:
    """Return the first rule that decides, the data because of which it does, and what would settle what is open."""
    reason = next((reason for reason in choice.reasons if reason.verdict is choice.verdict), choice.reasons[0])
    names = choice.decided_by or page.names([reason])
    about = f"because of {in_a_row(names)}: " if names else ""
    others = len({each.rule for each in choice.reasons if each.verdict is not None} - {reason.rule})
    more = f" and {count(others, 'other rule')}" if others else ""
    remedy = f" {reason.remedy}" if reason.remedy and choice.verdict is Verdict.UNDETERMINED else ""
    return f"{about}{reason.title} [{reason.rule}]{more}.{remedy}"


def _in_detail(verdict: Verdict, page: _Page) -> Iterator[str]:
    chosen = [choice for choice in page.found.choices if choice.verdict is verdict]
    if chosen:
        yield from ("", f"{HEADING[verdict]} ({verdict.value})")
        for group in _groups(chosen):
            yield from _group(group, page)


def _position(is_adaptation: bool | None) -> str:
    if is_adaptation is None:
        return "none stated on whether a model is an adaptation of its data"
    return f"a model is {'an' if is_adaptation else 'no'} adaptation of its data"


def _groups(choices: Sequence[Choice]) -> list[list[Choice]]:
    groups: dict[tuple[Reason, ...], list[Choice]] = {}
    for choice in choices:
        groups.setdefault(tuple(_of_any_license(reason, choice) for reason in choice.reasons), []).append(choice)
    return list(groups.values())


def _of_any_license(reason: Reason, choice: Choice) -> Reason:
    """Return the reason without the name of the license, so that it reads the same for all to which it applies."""
    if choice.license is None:
        return reason
    because = reason.because.replace(f" under {choice.license}", " under this license")
    return reason.model_copy(update={"because": because})


def _group(group: Sequence[Choice], page: _Page) -> Iterator[str]:
    first = group[0]
    yield ""
    names = ", ".join(choice.license or f"({choice.name})" for choice in group)
    yield from textwrap.wrap(names, page.width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    if first.decided_by:
        yield from page.item("decided by", in_a_row(first.decided_by))
    reasons: dict[str, list[Reason]] = {}
    for reason in first.reasons:
        reasons.setdefault(reason.rule, []).append(_of_any_license(reason, first))
    for same in reasons.values():
        yield from _rule(same, page, is_brief=first.verdict is Verdict.PERMITTED)


def _rule(reasons: Sequence[Reason], page: _Page, *, is_brief: bool) -> Iterator[str]:
    """Yield what one rule says: in short, then of each input, with what to do and the source once."""
    first = reasons[0]
    about = in_a_row(page.names(reasons))
    label = "warning" if first.verdict is None else "why"
    of_these = f" ({about})" if about else ""
    yield from page.item(label, f"{first.title}{of_these} [{first.rule}]")
    if not is_brief:
        yield from _in_full(reasons, page)
    yield from _left_open(reasons, page)
    if first.remedy and first.verdict in (Verdict.UNDETERMINED, Verdict.PROHIBITED):
        yield from page.item("what to do", clean(first.remedy))
    yield from page.item("source", reference(first.references[0]))


def _in_full(reasons: Sequence[Reason], page: _Page) -> Iterator[str]:
    told = list(dict.fromkeys(_told(reason, page.found.output) for reason in reasons))
    for text in told[:MOST_TOLD]:
        yield from page.item("", text)
    if len(told) > MOST_TOLD:
        yield from page.item("", f"and likewise of {len(told) - MOST_TOLD} more")


def _left_open(reasons: Sequence[Reason], page: _Page) -> Iterator[str]:
    """Yield the facts that are missing, and what follows from each interpretation of the sources."""
    for missing in dict.fromkeys(missing for reason in reasons for missing in reason.missing):
        yield from page.item("missing", f"{missing.fact}: {missing.consequence}")
    for reading in (reading for reason in reasons for reading in reason.readings):
        yield from page.item("interpretation", _reading(reading, page.licenses))


def _told(reason: Reason, output: OutputKind) -> str:
    return clean(reason.because.removesuffix(f" This concerns: {output.value} under this license."))


def _reading(reading: Reading, licenses: Mapping[str, License]) -> str:
    known = licenses.get(reading.license or "")
    stated = known.short_name if known is not None else reading.license or "no license stated"
    part = f" for {reading.distribution}" if reading.distribution else ""
    return clean(f"{stated}{part}: {reading.outcome}")


def _labeled(label: str, text: str, width: int, indent: int = 2) -> list[str]:
    start = f"{' ' * indent}{label:<{LABEL}}"
    return textwrap.wrap(
        clean(text),
        width,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )
