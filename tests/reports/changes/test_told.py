"""What changed, in sentences."""

import pytest

from tcia_policy.model.changes import (
    AssessmentDiff,
    Cell,
    CitationChange,
    Compared,
    DecisionChange,
    DutyChange,
    DutyState,
    FactChange,
    ItemChange,
    ItemSeen,
    LicenseChange,
    LicenseSeen,
    LinesChange,
    OutputChange,
    QuestionBecame,
    QuestionChange,
    QuestionState,
    Turn,
    VerdictChange,
    VersionChange,
)
from tcia_policy.model.decision_kinds import DecisionKind, DecisionStatus
from tcia_policy.model.holding import Route
from tcia_policy.model.use import Activity
from tcia_policy.model.verdict import Verdict
from tcia_policy.reports.changes.screen import render_changes
from tcia_policy.reports.changes.told import first_line, groups
from tcia_policy.reports.memo.changes import MOST_ENTRIES, MOST_LINES, changes_annex, changes_section
from tcia_policy.reports.memo.document import Bullets, Paragraph, Section

SIDE = Compared.model_validate(
    {"title": "A study", "as_of": "2026-11-22", "verdict": Verdict.CONDITIONAL, "document": "d" * 64}
)
SEEN = ItemSeen(id="luad", name="CPTAC-LUAD", dataset="CPTAC-LUAD", obtained_from=Route.PDC)


def text_of(section: Section) -> str:
    lines = [block.line for block in section.blocks if isinstance(block, Paragraph)]
    lines += [entry for block in section.blocks if isinstance(block, Bullets) for entry in block.entries]
    own = "\n".join("".join(span.text for span in line) for line in lines)
    return "\n".join([own, *map(text_of, section.sections)])


def diff(turn: Turn = Turn.NEITHER, **fields: object) -> AssessmentDiff:
    return AssessmentDiff.model_validate({"old": SIDE, "new": SIDE, "turn": turn, **fields})


def asked(became: QuestionBecame, turn: Turn, **fields: object) -> QuestionChange:
    values = {
        "id": "license/luad",
        "text": "Which license holds?",
        "became": became,
        "before": QuestionState.OPEN,
        "after": QuestionState.OPEN,
        "turn": turn,
    }
    return QuestionChange.model_validate(values | fields)


EVERYTHING = diff(
    Turn.WORSE,
    items=(
        ItemChange(before=None, after=SEEN),
        ItemChange(before=SEEN, after=SEEN.model_copy(update={"version": "2"})),
    ),
    facts=(FactChange(fact="country", before=None, after="DE"),),
    licenses=(
        LicenseChange(
            item="luad",
            name="CPTAC-LUAD",
            part="Images",
            before=LicenseSeen(stated=("CC-BY-4.0: NBIA",), governing="CC-BY-4.0"),
            after=None,
        ),
    ),
    verdicts=(
        VerdictChange(
            before=Verdict.CONDITIONAL,
            after=Verdict.PROHIBITED,
            rules_before=(),
            rules_after=("cc-x",),
            cells=(
                Cell(item="luad", name="CPTAC-LUAD", activity=Activity.TRAIN_MODEL),
                Cell(item="luad", name="CPTAC-LUAD", activity=Activity.RELEASE_MODEL),
                Cell(item=None, name=None, activity=Activity.TRAIN_MODEL),
            ),
            turn=Turn.WORSE,
        ),
    ),
    outputs=(OutputChange(name="model under MIT", before=True, after=False, turn=Turn.WORSE),),
    questions=(
        asked(
            QuestionBecame.STALE,
            Turn.WORSE,
            before=QuestionState.DECIDED,
            decisions=("luad-license",),
            lost=("claim: one",),
            gained=("claim: two",),
        ),
        asked(QuestionBecame.SETTLED, Turn.BETTER),
    ),
    duties=(
        DutyChange(
            id="cite:all",
            text="Cite it",
            names=("CPTAC-LUAD",),
            required=False,
            before=DutyState.NOT_OWED,
            after=DutyState.OPEN,
            turn=Turn.NEITHER,
        ),
    ),
    citations=(CitationChange(doi="10.1/x", text="Somebody (2020)", before=None, after="required"),),
    decisions=(
        DecisionChange(
            name="luad-license",
            kind=DecisionKind.CONCLUDE,
            before=DecisionStatus.COUNTS,
            after=DecisionStatus.STALE,
            why="the claims changed",
            turn=Turn.WORSE,
        ),
    ),
    rules=(LinesChange(id="cc-x", lost=("rule: a",), gained=("rule: b",)),),
    terms=(LinesChange(id="CC-BY-4.0", gained=("requires Notice",)),),
    versions=(VersionChange(what="program", before="1", after="2"),),
    inputs=("the project", "the manuscript"),
)


def test_everything_that_changed_is_told_on_the_screen_and_in_the_annex() -> None:
    shown = " ".join(render_changes(EVERYTHING, 120).split())
    annex = text_of(changes_annex(EVERYTHING))
    for said in (
        "worse: prohibited, was conditional: CPTAC-LUAD (train-model, release-model); the study (train-model) [cc-x]",
        "worse: stale: Which license holds? [license/luad] (decision luad-license)",
        "was: claim: one",
        "now: claim: two",
        "better: settled: Which license holds?",
        "new, open (asked for, not required): Cite it [cite] for CPTAC-LUAD",
        "worse: model under MIT: not cleared, was cleared",
        "worse: luad-license (conclude): stale, before: counts",
        "the claims changed",
        "new: CPTAC-LUAD from the PDC [luad]",
        "version: 2, was not stated",
        "country: DE, was not stated",
        "was: CC-BY-4.0 governs; stated: CC-BY-4.0: NBIA",
        "now: not among the parts",
        "required, was not owed: Somebody (2020)",
        "was: rule: a",
        "now: requires Notice",
        "program: 2, was 1",
        "not the same as then: the project and the manuscript",
    ):
        assert said in shown, said
        assert said in " ".join(annex.split()), said


def test_the_first_line_counts_what_is_worse_first() -> None:
    word, said = first_line(EVERYTHING)
    assert word == "WORSE"
    assert said == (
        "3 verdicts are worse, 1 question is open again, 1 output is not cleared, "
        "1 decision no longer counts, 1 question is settled, 1 data item is new, 1 data item changed, "
        "1 part has other license terms, 1 rule has changed, 1 license is described otherwise "
        "and 1 thing that the project states changed; more that is neither worse nor better is below."
    )


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (diff(), ("THE SAME", "Nothing changed.")),
        (diff(inputs=("the project",)), ("THE SAME", "Nothing changed. Only the versions or the files differ.")),
        (
            diff(items=(ItemChange(before=None, after=SEEN),)),
            ("NO WORSE", "1 data item is new; the rest is as it was."),
        ),
        (
            diff(citations=(CitationChange(doi="10.1/x", text="Somebody (2020)", before=None, after="asked for"),)),
            ("NO WORSE", "Nothing is worse or better; what changed is below."),
        ),
        (
            diff(Turn.BETTER, questions=(asked(QuestionBecame.SETTLED, Turn.BETTER),)),
            ("BETTER", "1 question is settled; the rest is as it was."),
        ),
    ],
)
def test_the_first_line(found: AssessmentDiff, line: tuple[str, str]) -> None:
    assert first_line(found) == line


def test_what_is_worse_comes_first_in_each_group() -> None:
    turned = diff(
        Turn.WORSE,
        questions=(asked(QuestionBecame.SETTLED, Turn.BETTER), asked(QuestionBecame.NEW, Turn.WORSE)),
    )
    [group] = groups(turned)
    assert [entry.turn for entry in group.entries] == [Turn.WORSE, Turn.BETTER]


def test_the_memo_counts_what_only_the_annex_has() -> None:
    many = tuple(asked(QuestionBecame.NEW, Turn.WORSE, id=f"q/{number}") for number in range(MOST_ENTRIES + 3))
    section = changes_section(diff(Turn.WORSE, questions=many))
    [bullets] = [block for block in section.blocks if isinstance(block, Bullets)]
    assert len(bullets.entries) == MOST_ENTRIES + 1
    assert "Questions: 3 more." in text_of(section)
    assert text_of(changes_annex(diff(Turn.WORSE, questions=many))).count("[q/") == MOST_ENTRIES + 3


def test_the_memo_has_the_first_lines_of_what_moved_and_the_annex_all() -> None:
    claims = tuple(f"claim: {number}" for number in range(MOST_LINES + 5))
    moved = diff(Turn.WORSE, questions=(asked(QuestionBecame.STALE, Turn.WORSE, lost=claims),))
    assert text_of(changes_section(moved)).count("was: claim") == MOST_LINES
    assert "5 more lines" in text_of(changes_section(moved))
    assert text_of(changes_annex(moved)).count("was: claim") == len(claims)
