"""Which decisions count as signed: those of whose makers there is a signature that counts."""

from datetime import date

from tcia_policy.model.decision import Accept, Decided, DecisionRead, ReviewRead
from tcia_policy.model.decision_kinds import DecisionKind, DecisionStatus
from tcia_policy.model.signature import SignatureChecked
from tcia_policy.review.verify import decisions_signed, result

GOOD = SignatureChecked(file="review.jane-doe.sig.json", signer="Jane Doe")
BAD = GOOD.model_copy(update={"problems": ("broken",)})


def read(by: str, status: DecisionStatus = DecisionStatus.COUNTS) -> DecisionRead:
    decided = (Decided(id="a", digest="0" * 64),)
    decision = Accept(
        kind=DecisionKind.ACCEPT, name="accepted", decides=decided, by=by, role="counsel", on=date(2026, 1, 2)
    )
    return DecisionRead(decision=decision, status=status, text="", field="decisions[0]")


def missing(decision: DecisionRead, signature: SignatureChecked) -> list[str]:
    review = ReviewRead(file="review.yaml", decisions=(decision,))
    return [name for each in decisions_signed(review, [signature]) for name in each.not_signed_by]


def test_a_decision_needs_a_signature_that_counts_by_who_made_it() -> None:
    assert missing(read("jane doe"), GOOD) == []
    assert missing(read("Jane Doe"), BAD) == ["Jane Doe"]
    assert missing(read("Bob Stone"), GOOD) == ["Bob Stone"]


def test_a_decision_that_counts_for_nothing_needs_none() -> None:
    assert missing(read("Bob Stone", DecisionStatus.STALE), GOOD) == []


def test_one_that_is_not_good_or_a_decision_not_signed_fails_the_whole() -> None:
    review = ReviewRead(file="review.yaml", decisions=(read("Bob Stone"),))
    assert result([GOOD], []).exit_code == 0
    assert result([], []).exit_code == 1
    assert result([GOOD, BAD], []).exit_code == 1
    assert result([GOOD], decisions_signed(review, [GOOD])).exit_code == 1
