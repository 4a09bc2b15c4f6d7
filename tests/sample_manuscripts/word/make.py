"""How `paper.docx` was made: python-docx, with the fields that Zotero's plug-in leaves in a document.

python tests/sample_manuscripts/word/make.py
"""

import json
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph


def main() -> None:
    """Write the document beside this file."""
    document = Document()
    document.add_heading("Tumour margins on PET-CT", 0)
    document.add_heading("Introduction", 1)
    first = document.add_paragraph("Head and neck tumours (HNSCC and others) are contoured by hand")
    cite(first, "(1)", item("x1", "Contouring", DOI="10.1016/j.radonc.2019.01.001"))
    first.add_run(", as Armato III and O’Connor know.")
    document.add_heading("Methods", 1)
    second = document.add_paragraph("We analyzed the QIN-HEADNECK collection of The Cancer Imaging Archive ")
    cite(second, "(2,3)", item("x2", "Data From QIN-HEADNECK", DOI="10.7937/K9/TCIA.2015.K0F5CGLI"), PAPER)
    second.add_run(". ")
    deleted(second, "We also used the NSCLC-Radiomics collection of TCIA.")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Dataset", "Patients"
    table.cell(1, 0).text, table.cell(1, 1).text = "ACRIN-NSCLC-FDG-PET (TCIA collection)", "242"
    document.add_heading("Acknowledgments", 1)
    document.add_paragraph("We thank the readers.")
    document.add_heading("References", 1)
    for line in (
        "1. Example A. Contouring. Radiother Oncol. 2019.",
        "2. Beichel RR, Ulrich EJ, Bauer C, et al. Data From QIN-HEADNECK. The Cancer Imaging Archive; 2015. "
        "doi:10.7937/K9/TCIA.2015.K0F5CGLI",
        "3. Fedorov A, Clunie D, Ulrich E, et al. DICOM for quantitative imaging biomarker development. PeerJ. 2016;"
        "4:e2057.",
    ):
        document.add_paragraph(line)
    document.save(str(Path(__file__).with_name("paper.docx")))


def item(key: str, title: str, **fields: str) -> dict[str, Any]:
    """Return an item as Zotero stores it in a field."""
    uri = f"http://zotero.org/users/1/items/{key}"
    return {"id": key, "uris": [uri], "itemData": {"id": key, "type": "article-journal", "title": title, **fields}}


PAPER = item(
    "x3",
    "DICOM for quantitative imaging biomarker development: a standards based approach to sharing clinical data",
    URL="https://peerj.com/articles/2057",
    note="DOI: 10.7717/peerj.2057",
)


def cite(paragraph: Paragraph, shown: str, *items: dict[str, Any]) -> None:
    """Return a citation field with these items, printed as `shown`."""
    code = {"citationID": "c", "properties": {"plainCitation": shown}, "citationItems": list(items)}
    instruction = f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(code)} "
    for kind, text in (("begin", None), (None, instruction), ("separate", None), ("shown", shown), ("end", None)):
        run = paragraph.add_run(text if kind == "shown" else "")
        if kind is None:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = text
            run._r.append(element)
        elif kind != "shown":
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
            run._r.append(element)


def deleted(paragraph: Paragraph, text: str) -> None:
    """Text that a tracked change has deleted."""
    change = OxmlElement("w:del")
    change.set(qn("w:id"), "1")
    change.set(qn("w:author"), "A")
    run = OxmlElement("w:r")
    removed = OxmlElement("w:delText")
    removed.text = text
    run.append(removed)
    change.append(run)
    paragraph._p.append(change)


if __name__ == "__main__":
    main()
