"""What a check of signatures found, as text for a terminal."""

from collections.abc import Iterator

from tcia_policy.model.signature import DecisionSigned, ReviewVerified, SignatureChecked
from tcia_policy.reports.lines import Page
from tcia_policy.text.english import joined

PROVES_NO_DAY = "A signature proves that the holder of a key signed this, and not on which day."


def render_verified(found: ReviewVerified, width: int) -> str:
    """Return the answer in a line, then each signature and each decision, ending in a newline."""
    page = Page(width)
    lines = [*page.wrapped(found.summary, then="    "), ""]
    for signature in found.signatures:
        lines += _of_signature(signature, page)
    for decision in found.decisions:
        lines += page.labeled("decision", _of_decision(decision))
    if found.exit_code == 0:
        lines += ["", *page.wrapped(PROVES_NO_DAY)]
    return "\n".join(lines).rstrip() + "\n"


def _of_signature(each: SignatureChecked, page: Page) -> Iterator[str]:
    who = "" if each.signer is None else f": {each.signer} ({joined(each.roles)})"
    yield from page.labeled("good" if each.counts else "not good", f"{each.file}{who}")
    if each.as_of is not None:
        yield from page.labeled("", f"on the assessment as of {each.as_of}")
    if each.key is not None:
        known = "" if each.known_as is None else f", known as {each.known_as}"
        yield from page.labeled("", f"{each.signed_with or ''} key {each.key}{known}")
    for problem in each.problems:
        yield from page.labeled("", problem)
    for moved in each.moved:
        yield from page.labeled("", f"- {moved}")


def _of_decision(each: DecisionSigned) -> str:
    if each.not_signed_by:
        return f"{each.decision}: not signed by {joined(each.not_signed_by)}"
    return f"{each.decision}: signed by {joined(each.by)}"
