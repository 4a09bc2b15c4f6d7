"""Every activity for both purposes, side by side."""

from collections.abc import Iterator, Sequence

from tcia_policy.engine.what_if import WhatIf
from tcia_policy.model import Activity, Verdict
from tcia_policy.text.sanitize import clean

NAME_WIDTH = max(len(activity.value) for activity in Activity)
NOT_DONE = "-"
VERDICT_WIDTH = max(len(verdict.value) for verdict in Verdict)


def render_what_if(supposed: WhatIf) -> str:
    """Return, for each data item and last for the whole study, a line an activity with its verdict for each purpose.

    A data item that no output of an activity comes from has `-` there.
    """
    lines: list[str] = []
    for holding in supposed.holdings:
        lines += ["", clean(holding.name), *_table(supposed, holding.id)]
    return "\n".join([*lines[1:], "", "Whole study", *_table(supposed, None)]) + "\n"


def _table(supposed: WhatIf, holding: str | None) -> Iterator[str]:
    yield _row("", [item.purpose.value for item in supposed.suppositions])
    for activity in Activity:
        verdicts = [
            item.whole[activity] if holding is None else item.cells.get((holding, activity))
            for item in supposed.suppositions
        ]
        yield _row(activity.value, [NOT_DONE if verdict is None else verdict.value for verdict in verdicts])


def _row(name: str, words: Sequence[str]) -> str:
    return (f"  {name:<{NAME_WIDTH}}  " + "  ".join(f"{word:<{VERDICT_WIDTH}}" for word in words)).rstrip()
