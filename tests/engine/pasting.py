"""What a user does with a question: paste an answer into the project file, fill in the rest, and check again."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from tcia_policy.engine.grantors import may_grant
from tcia_policy.engine.scenarios import LocatedScenario
from tcia_policy.files import located_yaml
from tcia_policy.model import Assessment, CellVerdict, Dataset, Project, Verdict
from tcia_policy.model.question import Branch, Consequence, Question
from tcia_policy.rules.rule_text import Answerer
from tcia_policy.rules.rulebook import RuleBook

NAMES = {
    Answerer.ACCESS_COMMITTEE: "NCI Data Access Committee",
    Answerer.COUNSEL: "Office of Counsel",
    Answerer.ARCHIVE: "TCIA Help Desk",
}
VERDICTS = {
    Consequence.CLEAR: (Verdict.PERMITTED, Verdict.CONDITIONAL),
    Consequence.OPEN: (Verdict.UNDETERMINED,),
    Consequence.PROHIBITED: (Verdict.PROHIBITED,),
}


def with_answer(
    located: LocatedScenario, question: Question, branch: Branch, before: Assessment, rules: RuleBook
) -> dict[str, object]:
    """Return the project of a scenario with a line pasted into it, and what is left to fill in filled in."""
    content: Any = located_yaml.parse_text(Path("paste"), branch.paste or "").data
    project: dict[str, Any] = deepcopy(located.scenario.project)
    place = question.field or ""
    if place.startswith("data[") and "answers" not in content:
        for number in _items(question, before):
            _merge(project["data"][number], content)
        return project
    keys = {field.alias or name for name, field in Project.model_fields.items()}
    for entry in content.get("answers", ()):
        entry |= {
            "from": _who(entry, branch.says, before, rules),
            "on": located.scenario.as_of.isoformat(),
            "evidence": {"held_by": "the files of the study"},
        }
    _merge(project, content if keys & set(content) else {place.partition(".")[0]: content})
    return project


def _items(question: Question, before: Assessment) -> list[int]:
    """Return the places in `data` of the data items that the question decides."""
    ids = {cell.holding for cell in question.cells}
    fields = [terms.items[0].field or "" for terms in before.terms if terms.holding in ids and terms.items]
    return sorted({int(field.removeprefix("data[").removesuffix("]")) for field in fields})


def _merge(into: dict[str, Any], content: Mapping[str, Any]) -> None:
    for key, value in content.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = [*into.get(key, ()), *value] if key == "answers" else value


def _who(entry: Mapping[str, str], says: str, before: Assessment, rules: RuleBook) -> str:
    """Return the name of somebody who may answer a rule on these data: whom the branch names, else an owner."""
    able = rules.get(entry["rule"]).text.answered_by
    able = tuple(each for each in able if each.in_words in says) or able
    held = {item.dataset for item in before.holdings if entry["data"] in (item.item, item.name, item.dataset)}
    owners = [name for dataset in before.datasets if dataset.id in held for name in _owners(dataset)]
    others = [NAMES[each] for each in able if each in NAMES]
    return (owners if Answerer.DATA_OWNER in able and owners else others)[0]


def _owners(dataset: Dataset) -> Iterator[str]:
    names = [contact.name for contact in dataset.contacts]
    names += [item.literal or f"{item.given} {item.family}" for item in dataset.citation.creators]
    return (name for name in names if may_grant(name, dataset))


def disagreements(question: Question, branch: Branch, after: Assessment) -> list[str]:
    """Return where the verdicts on data items differ from what the branch says that they are."""
    found = {(cell.holding, cell.activity): cell for cell in after.verdicts}
    return [
        f"{question.id}: {branch.says}: {holding}, {activity}: {leads.consequence}, but {_told(cell)}"
        for leads in branch.leads_to
        for holding in leads.holdings
        for activity in leads.activities
        if (cell := found.get((holding, activity))) is None or cell.verdict not in VERDICTS[leads.consequence]
    ]


def _told(cell: CellVerdict | None) -> str:
    return "it is not judged" if cell is None else f"{cell.verdict} ({', '.join(cell.rules)})"
