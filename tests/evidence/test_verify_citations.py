"""Data that are cited without their DOI, and papers that are called what data are called: whole studies, judged."""

from functools import cache
from pathlib import Path

import pytest

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, Library
from tcia_policy.model import Assessment, Duty, Found
from tcia_policy.registry import Registry
from tests.work import IN_PROPORTION, growth

AURORA = (
    "Multiomics in primary and metastatic breast tumors from the AURORA US network finds microenvironment and "
    "epigenetic drivers of metastasis"
)
PROJECT_OF_NLST = """use: {purpose: noncommercial, activities: [publish-results], country: US}
data: [{dataset: NLST}]
manuscript: [paper.md]
"""


@cache
def registry() -> Registry:
    return Registry.load()


def judged(folder: Path, files: dict[str, str], data: str = "LIDC-IDRI") -> Assessment:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "tcia-policy.yaml").write_text(
        "use: {purpose: noncommercial, activities: [publish-results], country: US}\n"
        f"data: [{{dataset: {data}}}]\nmanuscript: [{next(iter(files))}]\n",
        encoding="utf-8",
    )
    return assess(Case.open(folder, library=Library(registry())))


def cites(result: Assessment) -> Duty:
    return next(duty for duty in result.duties if duty.rule == "tcia-cite-dataset")


def listed(reference: str, text: str = "We used scans [2].") -> dict[str, str]:
    return {
        "paper.txt": f"{text}\n\nReferences\n\n[1] Smith. A paper. Nature 5:1-9, 2012.\n[2] {reference}\n[3] Last.\n"
    }


@pytest.mark.parametrize(
    "reference",
    [
        "LIDC-IDRI. The Cancer Imaging Archive, 2015.",
        "Armato S. et al. Data From LIDC-IDRI [Data set]. The Cancer Imaging Archive. 2015.",
        "LIDC-IDRI, https://www.cancerimagingarchive.net/collection/lidc-idri/, accessed 2024.",
        "https://wiki.cancerimagingarchive.net/pages/viewpage.action?pageId=1966254",
    ],
)
def test_data_in_a_printed_list_without_doi_are_cited_without_doi(tmp_path: Path, reference: str) -> None:
    duty = cites(judged(tmp_path, listed(reference)))
    assert (duty.found, duty.at) == (Found.CITED_WITHOUT_DOI, ("paper.txt:6",))
    assert duty.evidence == "cited in the list of references, paper.txt:6, without its DOI"


@pytest.mark.parametrize(
    "reference",
    [
        "Jones. A study of the LIDC-IDRI dataset. Radiology 12:3-9, 2016.",
        "Jones. Nodules in the LIDC-IDRI dataset. 2016.",
        "Clark. The Cancer Imaging Archive (TCIA): maintaining a repository. J Digit Imaging 2013.",
        "Jones. LIDC-IDRI of The Cancer Imaging Archive revisited. doi:10.1000/xyz",
    ],
)
def test_a_paper_that_names_data_does_not_cite_them(tmp_path: Path, reference: str) -> None:
    assert cites(judged(tmp_path, listed(reference))).found is Found.ABSENT


def test_a_link_to_the_page_of_data_is_a_citation_without_doi(tmp_path: Path) -> None:
    page = "https://www.cancerimagingarchive.net/collection/lidc-idri/"
    duty = cites(judged(tmp_path, {"README.md": f"# Model\n\nWe trained on [LIDC]({page}).\n"}))
    assert (duty.found, duty.evidence) == (
        Found.CITED_WITHOUT_DOI,
        "its page is linked in README.md:3, without its DOI",
    )
    other = cites(judged(tmp_path, {"README.md": f"# Model\n\nWe did not use [LIDC-IDRI]({page}).\n"}))
    assert other.found is Found.NAMED


def test_undeclared_data_cited_by_name_alone_leave_the_study_undetermined(tmp_path: Path) -> None:
    result = judged(tmp_path, listed("TCGA-GBM. The Cancer Imaging Archive, 2016."))
    (finding,) = [each for each in result.findings if each.rule == "manuscript-cites-undeclared-data"]
    assert "cites TCGA-GBM (cited in the list of references, paper.txt:6, without its DOI)" in finding.because


@pytest.mark.parametrize(
    "bibliography",
    [
        f"@article{{k, title = {{{AURORA}}}, journal = {{Nature Cancer}}, year = 2023}}",
        f"@article{{k, title = {{{AURORA}}}, journal = {{Nature Cancer}}, doi = {{10.1038/s43018-022-00491-x}}}}",
        f"@misc{{k, title = {{{AURORA}}}, note = {{Nature Cancer 4: 128-147}}, year = 2023}}",
    ],
)
def test_an_entry_of_a_paper_with_the_title_of_data_cites_the_paper(tmp_path: Path, bibliography: str) -> None:
    text = "\\documentclass{article}\\begin{document}Breast tumors \\cite{k}.\\bibliography{refs}\\end{document}"
    result = judged(tmp_path, {"main.tex": text, "refs.bib": bibliography}, "AURORA-Metastatic-Breast-Multiomics")
    assert cites(result).found is Found.ABSENT


def test_a_title_with_a_journal_is_a_paper_and_one_with_the_archive_is_data(tmp_path: Path) -> None:
    name = "AURORA-Metastatic-Breast-Multiomics"
    paper, data = f"Garcia. {AURORA}. Nature Cancer 2023;4:128.", f"Garcia. {AURORA}. The Cancer Imaging Archive. 2023."
    assert cites(judged(tmp_path, listed(paper), name)).found is Found.ABSENT
    assert cites(judged(tmp_path, listed(data), name)).found is Found.CITED_WITHOUT_DOI
    quoted = judged(tmp_path, {"paper.txt": f"See “{AURORA}”, Nature Cancer 4:128-147 (2023). We used LIDC-IDRI."})
    assert not any(AURORA[:30] in finding.because for finding in quoted.findings)


def test_a_key_cited_only_where_the_text_denies_the_use_cites_nothing(tmp_path: Path) -> None:
    entry = "@misc{data, title = {Data From LIDC-IDRI}, year = 2015, doi = {10.7937/K9/TCIA.2015.LO9QL9SX}}"

    def found(body: str) -> Duty:
        text = f"\\documentclass{{article}}\\begin{{document}}\n{body}\n\\bibliography{{refs}}\\end{{document}}"
        return cites(judged(tmp_path, {"main.tex": text, "refs.bib": entry}))

    denied = found("We used NLST. We did not use LIDC-IDRI \\cite{data}.")
    assert denied.found is Found.NAMED
    assert denied.evidence == "cited in main.tex:2 as data (refs.bib:1), where the text says that it was not used"
    assert found("We did not use the data of \\cite{data}.").found is Found.NAMED
    assert found("We did not use LIDC-IDRI \\cite{data}.\n\nWe took scans from \\cite{data}.").found is Found.CITED
    assert found("We will test on LIDC-IDRI \\cite{data} in future work.").found is Found.CITED
    assert found("Smith et al. used LIDC-IDRI \\cite{data}.").found is Found.CITED


def test_data_in_the_list_that_the_text_denies_wherever_it_names_them_are_not_cited(tmp_path: Path) -> None:
    reference = "Armato. Data From LIDC-IDRI. https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX"
    for text, found in (
        ("LIDC-IDRI [2] was excluded.", Found.NAMED),
        ("The LIDC-IDRI collection [2] has 1018 scans. LIDC-IDRI was not used for training.", Found.CITED),
        ("We used scans [2].", Found.CITED),
    ):
        assert cites(judged(tmp_path, listed(reference, text))).found is found


def test_many_entries_of_data_without_doi_are_looked_up_once(tmp_path: Path) -> None:
    def opened(count: int) -> Case:
        folder = tmp_path / str(count)
        folder.mkdir()
        entry = "@misc{{k{0}, title = {{Data From NLST, part {0}}}, publisher = {{The Cancer Imaging Archive}}}}\n"
        files = {"paper.md": "We used NLST [@k1].\n", "a.bib": "".join(map(entry.format, range(count)))}
        files["paper.md"] = f"---\nbibliography: a.bib\nnocite: '@*'\n---\n{files['paper.md']}"
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        (folder / "tcia-policy.yaml").write_text(PROJECT_OF_NLST, encoding="utf-8")
        return Case.open(folder, library=Library(registry()))

    cases = {count: opened(count) for count in (100, 200, 400)}
    assert growth(lambda count: assess(cases[count]), 200) < IN_PROPORTION
