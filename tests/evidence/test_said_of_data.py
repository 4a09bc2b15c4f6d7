"""What whole documents say of each dataset, as readers give them: lists, tables, sections, several places."""

from pathlib import Path

import pytest

from tcia_policy.documents.read_documents import read_manuscript
from tcia_policy.evidence.dataset_uses import DatasetUses
from tcia_policy.evidence.mentions.stance import Stance
from tcia_policy.registry import Registry

REGISTRY = Registry.load()
MARKDOWN = """# P

## Data

We trained on NSCLC-Radiomics of TCIA.

Excluded datasets:

- LIDC-IDRI
- NLST (CT)

| Dataset | Used |
|---|---|
| TCGA-GBM | no |
| UPENN-GBM | yes |

## Outlook

RADCURE is a collection of interest.
"""
LATEX = r"""\documentclass{article}\begin{document}
\section{Data}
We trained on NSCLC-Radiomics of TCIA.

We excluded these collections of TCIA:
\begin{itemize}
\item LIDC-IDRI
\item NLST
\end{itemize}
\begin{tabular}{ll}Dataset & Used \\
TCGA-GBM & no \\
UPENN-GBM & yes\end{tabular}
\section{Outlook}
RADCURE is a collection of interest.
\end{document}
"""


def said(folder: Path, files: dict[str, str]) -> dict[str, tuple[Stance, str]]:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    read = read_manuscript([next(iter(files))], folder, Path())
    return {name: (item.said.stance, item.where) for name, item in DatasetUses(read, REGISTRY).said.items()}


@pytest.mark.parametrize(("name", "text"), [("p.md", MARKDOWN), ("p.tex", LATEX)])
def test_lists_tables_and_sections_say_what_was_used(tmp_path: Path, name: str, text: str) -> None:
    found = {dataset: stance for dataset, (stance, _where) in said(tmp_path, {name: text}).items()}
    assert found == {
        "NSCLC-Radiomics": Stance.USED,
        "LIDC-IDRI": Stance.DENIED,
        "NLST": Stance.DENIED,
        "TCGA-GBM": Stance.DENIED,
        "UPENN-GBM": Stance.NAMED,
        "RADCURE": Stance.PLANNED,
    }


def test_use_in_one_place_counts_before_all_else(tmp_path: Path) -> None:
    text = "Smith et al. used LIDC-IDRI.\n\nWe trained on LIDC-IDRI.\n\nLIDC-IDRI was not used for testing.\n"
    assert said(tmp_path, {"p.txt": text})["LIDC-IDRI"] == (Stance.USED, "p.txt:3")


def test_a_name_in_one_place_and_a_denial_in_another_are_both_told(tmp_path: Path) -> None:
    text = "The LIDC-IDRI collection has 1018 scans.\n\nWe excluded LIDC-IDRI.\n"
    where = "p.txt:1; p.txt:3, where the text says that it was not used"
    assert said(tmp_path, {"p.txt": text})["LIDC-IDRI"] == (Stance.IN_PART, where)


def test_a_key_alone_says_what_its_sentence_says(tmp_path: Path) -> None:
    entry = "@misc{k, title = {Data From LIDC-IDRI}, year = 2015, doi = {10.7937/K9/TCIA.2015.LO9QL9SX}}"

    def stance(body: str) -> Stance:
        text = f"\\documentclass{{article}}\\begin{{document}}\n{body}\n\\bibliography{{refs}}\\end{{document}}"
        return said(tmp_path, {"main.tex": text, "refs.bib": entry})["LIDC-IDRI"][0]

    assert stance("We used scans \\cite{k}.") is Stance.USED
    assert stance("The scans \\cite{k}.") is Stance.NAMED
    assert stance("\\section{Related work}\nThe scans \\cite{k}.") is Stance.OF_OTHERS
    assert stance("\\section{Related work}\nThe scans \\cite{k}.\n\\section{Data}\nScans of \\cite{k}.") is Stance.NAMED
    assert stance("Scans \\nocite{k}.") is Stance.NAMED


def test_what_only_a_list_of_references_has_may_have_been_used(tmp_path: Path) -> None:
    text = "Scans [1].\n\nReferences\n\n[1] Armato. https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX\n"
    assert said(tmp_path, {"p.txt": text})["LIDC-IDRI"][0] is Stance.NAMED
