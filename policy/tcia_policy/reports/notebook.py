"""The first screen as HTML for a notebook, and verdicts as rows of a table."""

from tcia_policy.model import Assessment, Verdict
from tcia_policy.reports.answer.answer import answer
from tcia_policy.reports.answer.license_label import in_words, license_label
from tcia_policy.reports.item_names import Names
from tcia_policy.reports.typeset.html import TEMPLATES
from tcia_policy.reports.typeset.safe_templates import templates_in

# Colors that stand out on white and on black: at least 4.5 to 1 on neither, so the words say the same.
COLORS = {
    Verdict.PERMITTED: "#2e8540",
    Verdict.CONDITIONAL: "#a15c00",
    Verdict.UNDETERMINED: "#9b51c9",
    Verdict.PROHIBITED: "#d43f3a",
}


def render_notebook(assessment: Assessment) -> str:
    """Return the first screen as a piece of HTML without scripts; all text from data is escaped."""
    template = templates_in(TEMPLATES).get_template("notebook.html.jinja")
    shown = template.render(answer=answer(assessment), colors=COLORS, disclaimer=assessment.disclaimer)
    return shown.removesuffix("\n")


def rows(assessment: Assessment) -> list[dict[str, str]]:
    """Return a row for each data item and activity that was judged: names, verdict, license, rules, questions."""
    names = Names.of(assessment)
    licenses = {terms.holding: in_words([license_label(terms, names)]) for terms in assessment.terms}
    asked: dict[tuple[str | None, str], list[str]] = {}
    for question in assessment.questions:
        for waiting in question.cells:
            asked.setdefault((waiting.holding, waiting.activity), []).append(question.text)
    return [
        {
            "data": cell.holding,
            "activity": cell.activity.value,
            "verdict": cell.verdict.value,
            "license": licenses.get(cell.holding, ""),
            "rules": ", ".join(cell.rules),
            "questions": " ".join(asked.get((cell.holding, cell.activity), ())),
        }
        for cell in assessment.verdicts
    ]
