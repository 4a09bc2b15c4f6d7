"""A project file for a person to go on with."""

import json
from collections.abc import Sequence

from tcia_policy.errors import InputError
from tcia_policy.model import Activity, DataItem, Purpose
from tcia_policy.model.project import ITEM_KINDS
from tcia_policy.text.sanitize import escaped

HEAD = """\
# What this study used and does. Check it with: tcia-policy check
# What is left out is unknown, not "none".
title: {title}
use:
"""


def render_project_file(
    items: Sequence[DataItem], purpose: Purpose | None, activities: Sequence[Activity], title: str = "Untitled study"
) -> str:
    """Return YAML that `Study.load` reads back as the same items, purpose and activities, open questions as comments.

    Raise `InputError` for a path that is not UTF-8.
    """
    lines = [HEAD.format(title=_quoted(title))]
    lines.append(f"  purpose: {purpose.value}\n" if purpose else "  # purpose: noncommercial   # or commercial\n")
    if activities:
        lines.append(f"  activities: [{', '.join(activity.value for activity in activities)}]\n")
    else:
        lines.append(f"  # activities: [publish-results]   # any of: {', '.join(Activity)}\n")
    if purpose is None and not activities:
        lines[0] = lines[0].removesuffix("use:\n")
        lines[1:] = ["# use:\n", "#   purpose: noncommercial   # or commercial\n"]
        lines.append(f"#   activities: [publish-results]   # any of: {', '.join(Activity)}\n")
    lines.append("data:\n")
    lines += [f"  - {kind}: {_quoted(value)}\n" for item in items for kind, value in _named(item)]
    return "".join(lines)


def _named(item: DataItem) -> list[tuple[str, str]]:
    return [(kind, value) for kind in ITEM_KINDS if isinstance(value := getattr(item, kind), str)]


def _quoted(text: str) -> str:
    """Return a double-quoted YAML scalar; JSON's is one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InputError(f"{text!r} is not UTF-8", hint="a project file is; rename the data file") from None
    return escaped(json.dumps(text, ensure_ascii=False))
