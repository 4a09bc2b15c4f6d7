"""What a reader must know at once beside the answer: what was not read, and what counts for nothing."""

from collections.abc import Iterator, Mapping

from tcia_policy.model import Assessment, WordOf
from tcia_policy.reports.answer.project_places import place_of_line
from tcia_policy.text.english import count, first_of, joined

_COUNTED: Mapping[WordOf, str] = {
    WordOf.ROWS: "IDC's index does not have all that is listed. By the word of its rows, the rest counts as {}.",
    WordOf.FILE_NAME: "IDC's index does not have all that is listed. By the name of the file, the rest counts as {}.",
    WordOf.PATIENTS: "Patients are listed, and not their series. So what IDC's index does not have of {} counts too.",
    WordOf.STUDIES: "Studies are listed, and not their series. So what IDC's index does not have of {} counts too.",
}


def notes(assessment: Assessment) -> tuple[str, ...]:
    """Return a sentence for each thing to know at once."""
    return tuple(_notes(assessment))


def _notes(assessment: Assessment) -> Iterator[str]:
    if assessment.manuscript is not None and assessment.manuscript.selects and assessment.holdings:
        yield "No project names the data: they are those that the manuscript cites or names, and no others were judged."
    if assessment.release is not None and assessment.release.selects:
        yield (
            "No project was named: the study is what the files of the release say, and nothing else was judged. "
            "Answers to questions are written in a project file: `tcia-policy init` begins one."
        )
    yield from _counted(assessment)
    yield from _unread(assessment)
    yield from _of_evidence(assessment)
    yield from _of_study(assessment)


def _counted(assessment: Assessment) -> Iterator[str]:
    """Yield by whose word data items are judged that nobody named, and no index has."""
    for word, text in _COUNTED.items():
        names = dict.fromkeys(each.name for each in assessment.holdings if each.on_word_of is word)
        if names:
            yield text.format(joined(first_of(list(names))))


def _unread(assessment: Assessment) -> Iterator[str]:
    for name, read in (("manuscript", assessment.manuscript), ("release", assessment.release)):
        problems = () if read is None else read.problems
        if problems:
            more = f" (and {count(len(problems) - 1, 'more', 'more')}: -v)" if len(problems) > 1 else ""
            yield f"Of the {name}, not read or not understood: {problems[0]}{more}"


def _of_evidence(assessment: Assessment) -> Iterator[str]:
    """Yield what the project records and what counts for nothing, or not yet."""
    for seen in assessment.evidence:
        said = seen.problem or seen.doubt
        if said is not None:
            place = place_of_line(seen.line, assessment)
            effect = "counts for nothing" if seen.problem is not None else "does not count yet"
            yield f"{place or seen.field}: {seen.text} {effect}: {said}"


def _of_study(assessment: Assessment) -> Iterator[str]:
    """Yield the notices on the study as a whole, each kind once."""
    found: dict[str, list[str]] = {}
    for finding in assessment.findings:
        if finding.verdict is None and finding.lifted_by is None and finding.holding is None:
            found.setdefault(finding.title, []).append(finding.because)
    for title, reasons in found.items():
        yield f"{title}: {reasons[0]}" + (
            f" (and {count(len(reasons) - 1, 'more', 'more')})" if len(reasons) > 1 else ""
        )
