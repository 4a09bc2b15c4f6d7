"""JUnit's XML, as pytest, Jenkins and GitLab write and read it: a test case for each result, and for what is clear.

There is no standard; this is the part that all readers have (https://github.com/testmoapp/junitxml, read 2026-11-29).
It is written with the standard library, which escapes texts and attributes; `neutral` leaves no character that XML
forbids. junitparser, which the tests read it with, would write the same and is a dependency more. The declaration names
no encoding: without one it is UTF-8, and lxml takes such XML as text, too, which it else refuses.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence

from tcia_policy.lazy import dataclass
from tcia_policy.model import Assessment, DutyStatus, Verdict
from tcia_policy.model.gate import GateWord
from tcia_policy.reports.answer.first_line import first_line
from tcia_policy.reports.answer.matrix import names_apart
from tcia_policy.reports.answer.project_places import IN_THE_PROJECT, Standpoint
from tcia_policy.reports.gate.places import GatePlace
from tcia_policy.reports.gate.results import GateResult, results
from tcia_policy.reports.terms.offers import why_nothing_is_permitted
from tcia_policy.text.sanitize import clean, neutral, shortened, without_commands_in_markup

SUITES = {
    "prohibited": (GateWord.PROHIBITED,),
    "duties": (GateWord.OPEN, GateWord.UNVERIFIED),
    "questions": (GateWord.UNDETERMINED,),
    "decisions": (GateWord.STALE, GateWord.EXPIRING),
}
PERMITTED = "permitted"
LONGEST = 4000
NOT_STOPPING = "the gate does not stop on it"


@dataclass(frozen=True)
class _Case:
    """A test case. `failed` and `skipped` are why; a case with neither passes."""

    suite: str
    name: str
    place: GatePlace | None = None
    failed: str | None = None
    skipped: str | None = None
    text: str = ""


def render_junit(assessment: Assessment, standpoint: Standpoint = IN_THE_PROJECT) -> str:
    """Return the results as test cases: what stops fails; what was decided, or does not stop, is skipped.

    Only what the check permits without a condition, and duties that are met, pass. There are no times, for the same
    input gives the same bytes.
    """
    root = ET.Element("testsuites", {"name": _attribute(str(first_line(assessment)))})
    cases = [*map(_of_result, results(assessment, standpoint)), *_permitted(assessment), *_met(assessment)]
    for name in (*SUITES, PERMITTED):
        _add_suite(root, name, [case for case in cases if case.suite == name])
    ET.indent(root, " ")
    body = without_commands_in_markup(ET.tostring(root, encoding="unicode", xml_declaration=False))
    return f'<?xml version="1.0"?>\n{body}\n'


def _of_result(item: GateResult) -> _Case:
    decided = item.suppression
    why = f"{clean(decided.why)}: " if decided is not None else ""
    skipped = None if item.stops else f"{why}{item.word.value}" if decided else f"{item.word.value}: {NOT_STOPPING}"
    return _Case(
        suite=next(name for name, words in SUITES.items() if item.word in words),
        name=item.id,
        place=item.places[0],
        failed=f"{item.word.value}: {item.about.title}" if item.stops else None,
        skipped=skipped,
        text=item.message,
    )


def _permitted(assessment: Assessment) -> Iterable[_Case]:
    """Yield a case for each cell that is permitted; none where the study is rejected, or does not say what it does."""
    if why_nothing_is_permitted(assessment) is not None:
        return
    names = names_apart(assessment.holdings)
    for cell in assessment.verdicts:
        if cell.verdict is Verdict.PERMITTED:
            yield _Case(PERMITTED, f"{names.get(cell.holding, cell.holding)}: {cell.activity.value}")


def _met(assessment: Assessment) -> Iterable[_Case]:
    for duty in assessment.duties:
        if duty.required and duty.status is DutyStatus.MET:
            yield _Case("duties", duty.id)


def _add_suite(root: ET.Element, name: str, cases: Sequence[_Case]) -> None:
    if not cases:
        return
    counts = {
        "tests": len(cases),
        "failures": sum(case.failed is not None for case in cases),
        "errors": 0,
        "skipped": sum(case.skipped is not None for case in cases),
    }
    suite = ET.SubElement(root, "testsuite", {"name": name, **{key: str(number) for key, number in counts.items()}})
    for case in cases:
        _add_case(suite, case)


def _add_case(suite: ET.Element, case: _Case) -> None:
    attributes = {"classname": f"tcia-policy.{case.suite}", "name": _attribute(case.name)}
    if case.place is not None:
        attributes |= {"file": neutral(case.place.path), "line": str(case.place.line)}
    element = ET.SubElement(suite, "testcase", attributes)
    if case.failed is not None:
        failure = ET.SubElement(element, "failure", {"message": _attribute(case.failed), "type": case.suite})
        at = "" if case.place is None else f"{neutral(case.place.path)}:{case.place.line}: "
        failure.text = f"{at}{shortened(case.text, LONGEST)}"
    elif case.skipped is not None:
        ET.SubElement(element, "skipped", {"message": _attribute(f"{case.skipped}. {case.text}")})


def _attribute(text: str) -> str:
    return shortened(clean(text), LONGEST)
