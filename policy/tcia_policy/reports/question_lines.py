"""A question as lines of text: what is asked, and each answer with what it leads to."""

from collections.abc import Iterator, Mapping, Sequence

from tcia_policy.model import Activity
from tcia_policy.model.question import Branch, Consequence, Question
from tcia_policy.reports.labels import activity_names
from tcia_policy.reports.lines import Page

LEADS = {Consequence.CLEAR: "no objection", Consequence.OPEN: "still open", Consequence.PROHIBITED: "prohibited"}
FEW = 3


def question_lines(question: Question, names: Mapping[str, str], page: Page) -> Iterator[str]:
    """Yield the question, what it decides, and its answers, ready to paste. `names` has data items by their id."""
    items = list(dict.fromkeys(names.get(cell.holding, cell.holding) for cell in question.cells if cell.holding))
    of = ", ".join([*items[:FEW], *([f"{len(items) - FEW} more"] if len(items) > FEW else [])]) or "The study"
    activities = few_activities([cell.activity for cell in question.cells])
    yield from page.wrapped(f"{of}, {activities}: {question.text} [{_rules(question)}]", "  question    ")
    for branch in question.branches:
        yield from page.wrapped(f"{branch.paste or branch.says}  -> {_leads(branch)}", " " * 14, " " * 18)
    if not question.branches and question.remedy is not None:
        yield from page.wrapped(question.remedy, " " * 14)


def _rules(question: Question) -> str:
    more = len(question.rules) - 1
    return question.rules[0] + (f" and {more} more" if more > 0 else "") if question.rules else "no rule"


def few_activities(activities: Sequence[Activity]) -> str:
    """Return `train-model, fine-tune`; of more than a few, only how many."""
    each = tuple(dict.fromkeys(activities))
    if len(each) == len(Activity):
        return "all activities"
    return activity_names(each) if len(each) <= FEW else f"{len(each)} activities"


def _leads(branch: Branch) -> str:
    """Return the worst that the answer leads to, and whether that is not everywhere so."""
    found = {item.consequence for item in branch.leads_to} or {Consequence.OPEN}
    worst = max(found, key=list(Consequence).index)
    part = " for some of it" if len(found) > 1 else ""
    return LEADS[worst] + part + (f"; {branch.note}" if branch.note else "")
