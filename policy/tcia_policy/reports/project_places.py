"""Places in the project file, as reports show them (`tcia-policy.yaml:12`), and how commands name the project."""

import shlex

from tcia_policy.model import Assessment

PROJECT_FILES = ("tcia-policy.yaml", "tcia-policy.yml")
MOST_NAMED = 6


def place_of_line(line: int | None, assessment: Assessment) -> str | None:
    """Return `tcia-policy.yaml:12`; `None` where there is no line, or no file."""
    if line is None or assessment.project_file is None:
        return None
    return f"{assessment.project_file}:{line}"


def line_of_holding(holding: str, assessment: Assessment) -> int | None:
    """Return the line of the item that a data item came from, `None` where it is not known."""
    lines = (item.line for terms in assessment.terms if terms.holding == holding for item in terms.items)
    return next((line for line in lines if line is not None), None)


def project_argument(assessment: Assessment) -> str:
    """Return what a command is given in the project's folder: that folder, the project file, or the data by name."""
    if assessment.project_file is not None:
        return "." if assessment.project_file in PROJECT_FILES else shlex.quote(assessment.project_file)
    labels = dict.fromkeys(item.label for terms in assessment.terms for item in terms.items)
    names = list(labels) or [holding.dataset or holding.name for holding in assessment.holdings]
    return " ".join(map(shlex.quote, names)) if len(names) <= MOST_NAMED else "SELECTION..."
