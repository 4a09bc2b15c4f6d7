"""`--redact`: what is printed or written has no names of people and no reasons of reviewers."""

from typing import Annotated

import typer

from tcia_policy.model import Assessment

RedactOption = Annotated[
    bool,
    typer.Option(
        "--redact",
        help="Leave out the names of people (reviewers, authors, who answered or granted) and the reasons of "
        "reviewers. Roles, days and ids stay.",
    ),
]


def shared(assessment: Assessment, redact: bool, earlier: Assessment | None = None) -> Assessment:
    """Return the assessment as it is shared: without names and reasons if it is to be redacted, else as it is.

    `earlier` is the one that it was compared with, whose names it may have as well.
    """
    if not redact:
        return assessment
    from tcia_policy.review.redact import redacted  # noqa: PLC0415 - only where it is asked for

    return redacted(assessment, () if earlier is None else (earlier,))
