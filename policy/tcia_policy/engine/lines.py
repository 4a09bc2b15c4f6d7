"""The lines of the project file at which what is said of a place in it is shown."""

from collections.abc import Mapping

# Where a section that the file does not have yet would stand: what is done with the data.
INSTEAD = "use"


def nearest_line(field: str | None, lines: Mapping[str, int]) -> int | None:
    """Return the line of a field of the project file, or of the nearest place around it that the file has.

    A section that is not there is shown at `use`. `None` without a field, or without a file.
    """
    if field is None:
        return None
    while field:
        if field in lines:
            return lines[field]
        field = field[: max(field.rfind("."), field.rfind("["), 0)]
    return lines.get(INSTEAD)
