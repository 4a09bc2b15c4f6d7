"""Every activity for both purposes, side by side, and what would change it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from tcia_policy.engine.what_if import Obstacle, Supposition, WhatIf
from tcia_policy.model import Activity, Verdict
from tcia_policy.reports.labels import activity_names, in_a_row
from tcia_policy.reports.lines import Page
from tcia_policy.reports.question_lines import few_activities, question_lines

NOT_DONE = "-"
COLUMN = 14
MOST_TOLD = 2
MOST_ITEMS = 5
SHORT = {Verdict.PROHIBITED: "prohibited", Verdict.UNDETERMINED: "open"}


def render_what_if(supposed: WhatIf, width: int = 80, *, verbose: bool = False) -> str:
    """Return what each purpose comes to; then the verdicts side by side, and what would change them.

    Data items that are alike are one block, and activities that are alike one row of it. A data item that no output of
    an activity comes from has `-` there. With data items left out, the verdicts on the study before and after. Of what
    would change them, some is told; `verbose` tells all.
    """
    page = Page(width)
    lines = page.wrapped(supposed.title or "Untitled study", "WHAT IF  ")
    lines += [line for each in supposed.suppositions for line in page.wrapped(_answer(each, supposed), "  ", "    ")]
    if supposed.without:
        lines += ["", *_before_and_after(supposed, page)]
    for names, rows in _blocks(supposed):
        lines += ["", *_table(in_a_row(names), rows, [each.purpose.value for each in supposed.suppositions], page)]
    lines += _changes(supposed, page, None if verbose else MOST_TOLD)
    lines += ["", *page.wrapped(f"As of {supposed.as_of.isoformat()}, registry {supposed.versions.registry}.")]
    return "\n".join(lines) + "\n"


def _answer(supposition: Supposition, supposed: WhatIf) -> str:
    """Return `commercial: prohibited for all activities`, or which of them have which verdict."""
    by_verdict: dict[Verdict, list[Activity]] = {}
    for each in supposition.whole:
        by_verdict.setdefault(each.verdict, []).append(each.activity)
    parts = [
        f"{verdict.value} for {_activities(by_verdict[verdict], len(supposition.whole))}"
        for verdict in Verdict
        if verdict in by_verdict
    ]
    own = " (as the project states)" if supposition.is_stated else ""
    without = f" without {in_a_row(supposed.without)}" if supposed.without else ""
    return f"{supposition.purpose.value}{own}{without}: {'; '.join(parts)}"


def _activities(activities: Sequence[Activity], total: int) -> str:
    return "all activities" if len(activities) == total else activity_names(activities)


def _before_and_after(supposed: WhatIf, page: Page) -> Iterator[str]:
    """Yield the verdicts on the whole study, for each purpose with these data items and without them."""
    columns = [
        f"{each.purpose.value}{', before' if is_before else ', without'}"
        for each in supposed.before
        for is_before in (True, False)
    ]
    pairs = list(zip(supposed.before, supposed.suppositions, strict=True))
    rows = {activity: tuple(one.of(activity).value for pair in pairs for one in pair) for activity in Activity}
    changed = {activity: words for activity, words in rows.items() if words[0::2] != words[1::2]}
    heading = f"The study with {in_a_row(supposed.without)}, and without"
    if changed:
        yield from page.wrapped(f"{heading}{'; only what changes' if len(changed) < len(rows) else ''}:")
        yield from _table("", changed, [column.replace(", ", " ") for column in columns], page)
    else:
        yield from page.wrapped(f"{heading}: no activity has another verdict.")
    if supposed.has_manuscript:
        yield from page.wrapped("It is supposed that the manuscript no longer says that they were used.")


Rows = Mapping[Activity, tuple[str, ...]]


def _blocks(supposed: WhatIf) -> list[tuple[list[str], Rows]]:
    """Return the data items with their verdicts, those that are alike in everything together."""
    blocks: dict[tuple[tuple[str, ...], ...], list[str]] = {}
    for holding in supposed.holdings:
        verdicts = tuple(
            tuple(_word(each.on(holding.id, activity)) for each in supposed.suppositions) for activity in Activity
        )
        blocks.setdefault(verdicts, []).append(holding.name)
    return [(_some(names), dict(zip(Activity, verdicts, strict=True))) for verdicts, names in blocks.items()]


def _some(names: list[str]) -> list[str]:
    more = len(names) - MOST_ITEMS
    return names if more <= 1 else [*names[:MOST_ITEMS], f"{more} more"]


def _word(verdict: Verdict | None) -> str:
    return NOT_DONE if verdict is None else verdict.value


def _table(heading: str, rows: Rows, columns: Sequence[str], page: Page) -> Iterator[str]:
    """Yield a row for all activities that are alike, their verdicts in columns beside them."""
    broad = max(COLUMN, *(len(word) + 2 for column in columns for word in column.split()))
    beside = broad * len(columns)
    names = Page(max(page.width - beside - 2, 24))
    heads = list(zip_longest(*(column.split() for column in columns), fillvalue=""))
    for name, words in zip_longest(names.wrapped(heading), heads, fillvalue=""):
        yield f"{name:<{names.width + 2}}{''.join(f'{word:<{broad}}' for word in words)}".rstrip()
    alike: dict[tuple[str, ...], list[Activity]] = {}
    for activity, words_ in rows.items():
        alike.setdefault(words_, []).append(activity)
    for verdicts, activities in alike.items():
        first, *rest = names.wrapped(_activities(activities, len(Activity)), "  ")
        yield f"{first:<{names.width + 2}}{''.join(f'{word:<{broad}}' for word in verdicts)}".rstrip()
        yield from rest


def _changes(supposed: WhatIf, page: Page, most: int | None) -> Iterator[str]:
    """Yield, for each purpose and for both, at most so many of what stands in the way, and a count of the rest."""
    names = {holding.id: holding.name for holding in supposed.holdings}
    told: dict[tuple[str, ...], list[str]] = {}
    for supposition in supposed.suppositions:
        for entry in _entries(supposition, names, page):
            told.setdefault(tuple(entry), []).append(supposition.purpose.value)
    by_purpose: dict[str, list[tuple[str, ...]]] = {}
    for lines, purposes in told.items():
        by_purpose.setdefault(" or ".join(purposes), []).append(lines)
    for purposes_, entries in by_purpose.items():
        yield from ("", f"What would change it, if {purposes_}")
        for lines in entries[:most]:
            yield from lines
        if len(entries) > len(entries[:most]):
            yield f"  and {len(entries) - len(entries[:most])} more: -v"


def _entries(supposition: Supposition, names: Mapping[str, str], page: Page) -> Iterator[list[str]]:
    """Yield what is prohibited, then what is asked, then what is undetermined and not asked."""
    groups = _alike(supposition.obstacles)
    asked = {
        (rule, cell.holding) for question in supposition.questions for rule in question.rules for cell in question.cells
    }
    for group in groups:
        if group[0].verdict is Verdict.PROHIBITED:
            yield list(_obstacle(group, names, page))
    for question in supposition.questions:
        yield list(question_lines(question, names, page))
    for group in groups:
        if group[0].verdict is Verdict.UNDETERMINED and not {(each.rule, each.holding) for each in group} & asked:
            yield list(_obstacle(group, names, page))


def _alike(obstacles: Sequence[Obstacle]) -> list[list[Obstacle]]:
    """Return the obstacles in groups: what several rules say of one data item, or one rule says of several."""
    groups: dict[tuple[object, ...], list[Obstacle]] = {}
    for each in obstacles:
        own = (each.holding, each.remedy) if each.remedy else (each.rule,)
        groups.setdefault((each.verdict, each.activities, *own), []).append(each)
    return list(groups.values())


def _obstacle(group: Sequence[Obstacle], names: Mapping[str, str], page: Page) -> Iterator[str]:
    """Yield what stands against data items, in which rules, and what would lift it."""
    first = group[0]
    items = dict.fromkeys(names.get(each.holding, each.holding) for each in group if each.holding is not None)
    about = in_a_row(_some(list(items))) or "The study"
    rules = "; ".join(dict.fromkeys(f"{each.title} [{each.rule}]" for each in group))
    yield from page.wrapped(
        f"{about}, {few_activities(first.activities)}: {rules}", f"  {SHORT[first.verdict]:<12}", " " * 14
    )
    if first.remedy:
        yield from page.wrapped(first.remedy, " " * 14)
