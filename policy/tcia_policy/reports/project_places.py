"""Places in the project file, as every report shows them: `tcia-policy.yaml:12`."""

from tcia_policy.model import Assessment


def place_of_line(line: int | None, assessment: Assessment) -> str | None:
    """Return `tcia-policy.yaml:12`; `None` where there is no line."""
    return None if line is None else f"tcia-policy.yaml:{line}"


def place_of_holding(holding: str, assessment: Assessment) -> str | None:
    """Return the place of the item that a data item came from, `None` where it is not known."""
    return None
