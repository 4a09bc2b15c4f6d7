"""Questions: what is open in an assessment, each told once, with what every answer to it would lead to."""

from tcia_policy.model.base import Made
from tcia_policy.model.dataset import Contact
from tcia_policy.model.question_kinds import Consequence, QuestionKind
from tcia_policy.model.use import Activity

__all__ = ["Branch", "Consequence", "LeadsTo", "Question", "QuestionCell", "QuestionKind"]


class LeadsTo(Made):
    """What an answer leads to for some data items and activities; without `holdings`, for the study as a whole.

    `questions` are the ids of those still open there. One that the assessment does not have would be asked then.
    """

    consequence: Consequence
    holdings: tuple[str, ...]
    activities: tuple[Activity, ...]
    questions: tuple[str, ...] = ()


class Branch(Made):
    """One answer to a question. `says` is the answer in words, `leads_to` has each cell that the question decides once.

    `paste` is what to write for it, one line of YAML that fits the place (`Question.field`) in the project file;
    `None` where the project cannot record it. `note` says what no verdict does, such as the licenses that an output
    may carry then.
    """

    says: str
    paste: str | None = None
    leads_to: tuple[LeadsTo, ...]
    note: str | None = None


class QuestionCell(Made):
    """A data item and an activity that a question decides. On the study as a whole, `holding` is `None`."""

    holding: str | None
    activity: Activity


class Question(Made):
    """Something open that changes a verdict that the assessment states.

    `id` says what it is about and never counts: the rule or the fact, then the data item by its id, then parts. `text`
    is a question that ends in `?`. `cells` are what it decides; `rules` those that ask.
    `field` is the place in the project file that answers it (`data[2]`, `positions.model-is-adaptation`), `line` its
    line, where there is one. `ask` says in words who can answer, `contacts` how to reach them. `branches` are the
    answers, worst last; none where no answer can be foreseen. `remedy` is what to do, in a sentence. `matters` are the
    ids of what can be decided of it: first its own `id` if it asks for a fact, which settles it; then what each rule
    leaves open for lack of it. To accept it is to decide on all of them. `decided_by` are the names of the decisions
    that let it pass the gate.
    """

    id: str
    kind: QuestionKind
    text: str
    because: str
    cells: tuple[QuestionCell, ...]
    rules: tuple[str, ...]
    field: str | None = None
    line: int | None = None
    ask: str | None = None
    contacts: tuple[Contact, ...] = ()
    branches: tuple[Branch, ...] = ()
    remedy: str | None = None
    matters: tuple[str, ...] = ()
    decided_by: tuple[str, ...] = ()
