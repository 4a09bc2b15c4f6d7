"""The files as pandoc, biber and BibTeX read them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tcia_policy.files import located_yaml
from tcia_policy.files.shipped import shipped
from tcia_policy.model import Citation
from tcia_policy.references.bib_keys import citation_key
from tcia_policy.references.bibtex import render_bibtex
from tcia_policy.references.citation_parts import Flavor
from tests.references.made_up import ALL, CLARK, LIDC, NAMES, NLST
from tests.references.programs import need, run

WELL_BEHAVED = (LIDC, NLST, NAMES, CLARK)


def read_with_pandoc(citations: tuple[Citation, ...], flavor: Flavor, ascii_only: bool = False) -> dict[str, Any]:
    text = render_bibtex(citations, flavor, ascii_only)
    return {item["id"]: item for item in json.loads(run("pandoc", "-f", flavor, "-t", "csljson", text=text))}


def plain(csl_text: str) -> str:
    return re.sub(r"</?span[^>]*>", "", csl_text)


@pytest.mark.parametrize("flavor", ["bibtex", "biblatex"])
def test_pandoc_reads_titles_names_versions_and_dois_as_they_are(flavor: Flavor) -> None:
    need("pandoc")
    items = read_with_pandoc(WELL_BEHAVED, flavor)
    for cited in WELL_BEHAVED:
        item = items[citation_key(cited)]
        assert plain(item["title"]) == cited.title
        assert item["DOI"] == cited.doi
        assert item["issued"] == {"date-parts": [[cited.year]]}
        assert item.get("version") == cited.version
    lidc = items[citation_key(LIDC)]["author"]
    assert lidc[0] == {"family": "Armato", "given": "Samuel G.", "suffix": "III"}
    assert lidc[2] == {"family": "Ginneken", "given": "Bram", "dropping-particle": "van"}
    assert items[citation_key(NLST)]["author"] == [{"literal": "National Lung Screening Trial Research Team"}]
    assert items[citation_key(CLARK)]["page"] == "1045-1057"
    assert items[citation_key(CLARK)]["container-title"] == "Journal of Digital Imaging"


@pytest.mark.parametrize("ascii_only", [False, True])
def test_pandoc_keeps_every_letter_of_a_name(ascii_only: bool) -> None:
    need("pandoc")
    author = read_with_pandoc((NAMES,), "biblatex", ascii_only)[citation_key(NAMES)]["author"]
    parts = ("dropping-particle", "non-dropping-particle", "family")
    families = [" ".join(name[part] for part in parts if part in name).replace("- ", "-") for name in author]
    assert families == [creator.family for creator in NAMES.creators]


def test_pandoc_prints_a_list_of_references_with_the_whole_title_in_its_own_case(tmp_path: Path) -> None:
    need("pandoc")
    (tmp_path / "refs.bib").write_text(render_bibtex(ALL), encoding="utf-8")
    text = f"We used [{'; '.join('@' + citation_key(cited) for cited in ALL)}]."
    page = run(
        "pandoc", "--citeproc", "--bibliography=refs.bib", "-t", "plain", "--wrap=none", text=text, folder=tmp_path
    )
    assert "“Data From LIDC-IDRI.”" in page
    assert "(Armato et al. 2015;" in page
    assert "https://doi.org/10.7937/k9/tcia.2014..ua0jgpdg" in page


@pytest.mark.parametrize("ascii_only", [False, True])
def test_biber_validates_the_file_and_writes_every_reference_back(tmp_path: Path, ascii_only: bool) -> None:
    need("biber")
    (tmp_path / "refs.bib").write_text(render_bibtex(ALL, "biblatex", ascii_only), encoding="utf-8")
    run("biber", "--tool", "--validate-datamodel", "--output-file=out.bib", "refs.bib", folder=tmp_path)
    text = (tmp_path / "out.bib").read_text(encoding="utf-8")
    assert re.findall(r"^@\w+\{([^,]+),", text, re.MULTILINE) == [
        citation_key(each) for each in sorted(ALL, key=citation_key)
    ]
    assert "Armato, III, Samuel G. and McLennan, Geoffrey and van Ginneken, Bram and others" in text
    assert "{National Lung Screening Trial Research Team}" in text
    assert "{{Data From LIDC-IDRI}}" in text
    names = text.replace("{Ł}", "Ł").replace("{Ø}", "Ø")
    for letters in ("Müller, Jörg", "Ćwierz-Pieńkowska, A.", "Fura, Ł.", "Ødegård, Åse", "{chiang}, veronica"):
        assert letters in names


def test_a_plain_bibtex_style_prints_archive_version_and_doi(tmp_path: Path) -> None:
    need("bibtex")
    (tmp_path / "refs.bib").write_text(render_bibtex(WELL_BEHAVED), encoding="utf-8")
    (tmp_path / "paper.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{refs}\n", encoding="utf-8")
    run("bibtex", "-terse", "paper", folder=tmp_path)
    page = " ".join((tmp_path / "paper.bbl").read_text(encoding="utf-8").replace("\\newblock", "").split())
    assert (
        "{Data From LIDC-IDRI}, 2015. Dataset, version 4, The Cancer Imaging Archive, doi:10.7937/k9/tcia.2015" in page
    )
    assert "Samuel~G. Armato, III, Geoffrey McLennan, Bram van Ginneken, et~al." in page


@pytest.mark.parametrize("flavor", ["bibtex", "biblatex"])
def test_every_citation_of_the_registry_goes_through_pandoc(flavor: Flavor) -> None:
    need("pandoc")
    files = sorted((shipped("data") / "datasets").glob("*.yaml"))
    if not files:
        pytest.skip("the registry has no datasets yet")
    citations = tuple(located_yaml.read(path).parse(Citation, ("citation",)) for path in files)
    items = read_with_pandoc(citations, flavor)
    assert len(items) == len({cited.doi for cited in citations})
    for cited in citations:
        item = items[citation_key(cited)]
        assert item["DOI"] == cited.doi
        assert len(item.get("author", [])) == len(cited.creators) + (cited.truncated and bool(cited.creators))
