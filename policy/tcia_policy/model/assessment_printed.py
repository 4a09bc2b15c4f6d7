"""An assessment as JSON: what its schema is made of."""

from pydantic import Field

from tcia_policy.model.assessment import Assessment


class AssessmentPrinted(Assessment):
    """An assessment as `check --format json` prints it: with the answer in a line, and its exit code.

    It is the exit code of `check` without `--fail-on` and without a `gate` in the project; `gate.exit_code` is the one
    with them. Both follow from the rest, so that files may lack them.
    """

    summary: str | None = None
    exits_with: int | None = Field(
        default=None,
        alias="exit_code",
        description="The exit code of `check` without a gate: without `--fail-on`, and without `gate` in the project.",
    )
