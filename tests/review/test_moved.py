"""What moved between two locks, and whether it matters."""

from datetime import date

from tcia_policy.model.file_kind import FileKind
from tcia_policy.model.lock import Lock, LockedFile, LockedItem, LockedOutcome, LockedPart
from tcia_policy.model.terms import StatedLicense
from tcia_policy.review.moved import moves, render_moves

OUTCOME = LockedOutcome(
    verdict="permitted",
    verdicts={"lidc/analyze": "permitted"},
    outputs={},
    findings={},
    duties={"cite/lidc": "open, required"},
    citations={},
    questions={},
    matters={},
    decisions={},
)
BEFORE = Lock(
    as_of=date(2026, 3, 1),
    project_file="tcia-policy.yaml",
    versions={"program": "0.1.0"},
    digests={"registry": "a" * 64},
    files=(LockedFile(kind=FileKind.COHORT, path="cohort.tcia", sha256="b" * 64),),
    items=(
        LockedItem(
            id="lidc",
            name="LIDC-IDRI",
            obtained_from="tcia",
            series=10,
            parts=(LockedPart(title="Images", stated=(StatedLicense(license="CC-BY-3.0", sources=("TCIA",)),)),),
        ),
    ),
    rules={"cc-attribution": "c" * 64},
    outcome=OUTCOME,
)


def moved(**update: object) -> str:
    return render_moves(moves(BEFORE, BEFORE.model_copy(update=update)))


def test_another_day_alone_moves_nothing() -> None:
    assert moved(as_of=date(2026, 9, 1)) == "nothing moved since the lock of 2026-03-01\n"


def test_what_moved_and_changes_nothing_says_so() -> None:
    told = moved(digests={"registry": "d" * 64})
    assert "  registry: aaaaaaaaaaaa -> dddddddddddd\n" in told
    assert "it changes nothing for this study" in told


def test_each_thing_that_moved_is_told_by_what_it_is() -> None:
    file = LockedFile(kind=FileKind.COHORT, path="cohort.tcia", sha256="e" * 64)
    told = moved(files=(file, LockedFile(kind=FileKind.EVIDENCE, path="legal/a.pdf", sha256="f" * 64)))
    assert "cohort file cohort.tcia: bbbbbbbbbbbb -> eeeeeeeeeeee" in told
    assert "evidence file legal/a.pdf: not there -> ffffffffffff" in told
    part = LockedPart(title="Images", stated=(StatedLicense(license="CC-BY-NC-3.0", sources=("TCIA",)),))
    item = BEFORE.items[0].model_copy(update={"series": 11, "parts": (part,)})
    told = moved(items=(item,))
    assert "data item lidc, series: 10 -> 11" in told
    assert "lidc, part Images: CC-BY-3.0 (TCIA); governing none" in told
    assert "-> CC-BY-NC-3.0 (TCIA)" in told


def test_a_rule_moved_where_it_says_something_else_and_not_where_another_one_speaks() -> None:
    assert "rule cc-attribution: cccccccccccc -> dddddddddddd" in moved(rules={"cc-attribution": "d" * 64})
    assert moved(rules={**BEFORE.rules, "another": "d" * 64}) == "nothing moved since the lock of 2026-03-01\n"


def test_what_follows_is_told_and_matters() -> None:
    out = OUTCOME.model_copy(update={"verdict": "prohibited", "duties": {"cite/lidc": "met, required"}})
    found = moves(BEFORE, BEFORE.model_copy(update={"outcome": out, "as_of": date(2026, 4, 1)}))
    assert found.matter
    told = render_moves(found)
    assert "only the day, which is 2026-04-01 now" in told
    assert "  verdict on the study: permitted -> prohibited\n" in told
    assert "  duty cite/lidc: open, required -> met, required\n" in told


def test_names_from_outside_stay_on_their_line() -> None:
    told = moved(files=(LockedFile(kind=FileKind.COHORT, path="a\n\x1b[31mb\u202e", sha256="e" * 64),))
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert len(told.splitlines()) == 4
