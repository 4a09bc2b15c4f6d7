"""The usual titles of sections, on lines of their own, in text that has lost its layout, such as that of a PDF."""

import re

from tcia_policy.documents.model import Heading

_TITLE = re.compile(
    r"^[ \t]*(?:(?:\d{1,2}|[IVX]{1,5})\.?[ \t]+)?(?P<title>Abstract|Introduction|Background|Related[ \t]+[Ww]orks?"
    r"|Literature[ \t]+[Rr]eview|(?:Materials?[ \t]+and[ \t]+)?Methods?|Methodology|Data|Data\s?sets?|Experiments?"
    r"|Results|Discussion"
    r"|Limitations(?:[ \t]+and[ \t]+[Ff]uture[ \t]+[Ww]ork)?|Future[ \t]+[Ww]ork|Outlook"
    r"|Conclusions?(?:[ \t]+and[ \t]+[Ff]uture[ \t]+[Ww]ork)?|Acknowledge?ments?|Appendix|References)[ \t]*:?[ \t]*$",
    re.MULTILINE,
)
_IN_CAPITALS = re.compile(
    r"^[ \t]*(?:(?:\d{1,2}|[IVX]{1,5})\.?[ \t]+)?(?P<title>ABSTRACT|INTRODUCTION|BACKGROUND"
    r"|RELATED[ \t]+WORKS?|METHODS?"
    r"|MATERIALS?[ \t]+AND[ \t]+METHODS?|DATA|RESULTS|DISCUSSION|FUTURE[ \t]+WORK|CONCLUSIONS?|REFERENCES)[ \t]*$",
    re.MULTILINE,
)


def printed_titles(text: str) -> tuple[Heading, ...]:
    """Return the usual titles of sections that stand on lines of their own, each where its line begins."""
    found = [match for pattern in (_TITLE, _IN_CAPITALS) for match in pattern.finditer(text)]
    return tuple(
        Heading(match.start(), 1, " ".join(match["title"].split()))
        for match in sorted(found, key=lambda match: match.start())
    )
