"""The question whether data were used that a manuscript names: what follows if they were not."""

from pathlib import Path

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, Library
from tcia_policy.model.question import Consequence, Question
from tcia_policy.registry import Registry

REGISTRY = Registry.load()
GBM = "https://doi.org/10.7937/K9/TCIA.2016.RNYFUYE9"


def question(folder: Path, text: str, rest: str = "") -> Question:
    (folder / "paper.txt").write_text(text, encoding="utf-8")
    (folder / "tcia-policy.yaml").write_text(
        "use: {purpose: noncommercial, activities: [analyze], country: US}\n"
        f"data: [{{dataset: LIDC-IDRI}}]\nmanuscript: [paper.txt]\n{rest}",
        encoding="utf-8",
    )
    found = assess(Case.open(folder, library=Library(REGISTRY))).questions
    return next(each for each in found if each.id == "manuscript-cites-undeclared-data")


def test_that_data_were_not_used_settles_the_question_and_can_be_pasted(tmp_path: Path) -> None:
    (branch,) = question(tmp_path, f"See {GBM}.").branches
    assert (branch.says, branch.paste) == ("not used", "not_used: [TCGA-GBM]")
    assert [each.consequence for each in branch.leads_to] == [Consequence.CLEAR]
    assert branch.note == "if you used them, declare them under `data:`"


def test_what_the_project_says_already_stays_in_the_line_to_paste(tmp_path: Path) -> None:
    (branch,) = question(tmp_path, f"See {GBM}.", "not_used: [NLST]\n").branches
    assert branch.paste == "not_used: [NLST, TCGA-GBM]"


def test_the_question_names_the_data_and_their_place(tmp_path: Path) -> None:
    assert "TCGA-GBM (" in question(tmp_path, f"See {GBM}.").text
    assert "paper.txt:1" in question(tmp_path, f"See {GBM}.").text
