import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcia_policy.model import Citation, Creator
from tcia_policy.references.bib_keys import citation_key
from tcia_policy.references.csl_json import write_csl_json
from tcia_policy.references.csl_style_files import installed_style
from tcia_policy.references.dedupe import unique_by_doi
from tcia_policy.text.sanitize import clean
from tests.references.made_up import ALL, CITATIONS, CLARK, LIDC, NAMES, NLST, citation, person
from tests.references.of_registry import every_citation
from tests.references.programs import need, run


def items(citations: tuple[Citation, ...]) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in json.loads(write_csl_json(citations))}


def whole_family(name: dict[str, str]) -> str:
    return " ".join(name[part] for part in ("non-dropping-particle", "family") if part in name)


def test_a_dataset_has_its_version_publisher_and_doi() -> None:
    assert items((LIDC,)) == {
        "armato2015-k9_tcia.2015.lo9ql9sx": {
            "id": "armato2015-k9_tcia.2015.lo9ql9sx",
            "type": "dataset",
            "author": [
                {"family": "Armato", "given": "Samuel G.", "suffix": "III"},
                {"family": "McLennan", "given": "Geoffrey"},
                {"family": "Ginneken", "given": "Bram", "non-dropping-particle": "van"},
            ],
            "issued": {"date-parts": [[2015]]},
            "title": "Data From LIDC-IDRI",
            "version": "4",
            "publisher": "The Cancer Imaging Archive",
            "DOI": "10.7937/k9/tcia.2015.lo9ql9sx",
            "URL": "https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx",
        }
    }


def test_a_paper_is_in_its_journal() -> None:
    (item,) = items((CLARK,)).values()
    assert (item["type"], item["container-title"]) == ("article-journal", "Journal of Digital Imaging")
    assert (item["volume"], item["issue"], item["page"]) == ("26", "6", "1045–1057")


def test_only_leading_lower_case_words_before_a_name_are_particles() -> None:
    (item,) = items((NAMES,)).values()
    assert [whole_family(name) for name in item["author"]] == [creator.family for creator in NAMES.creators]
    assert [name.get("non-dropping-particle") for name in item["author"]].count("van der") == 1
    assert item["author"][6] == {"family": "chiang", "given": "veronica"}


def test_an_organisation_is_a_literal_and_creators_that_were_cut_off_are_no_person() -> None:
    assert items((NLST,))["national2013-tcia.hmq8-j677"]["author"] == [
        {"literal": "National Lung Screening Trial Research Team"}
    ]
    assert "others" not in write_csl_json((LIDC,))


def test_the_order_of_citations_does_not_matter_and_none_make_an_empty_file() -> None:
    assert write_csl_json(ALL) == write_csl_json(ALL[::-1])
    assert write_csl_json(()) == ""


@settings(max_examples=80, deadline=None)
@given(st.lists(CITATIONS, max_size=3))
def test_what_is_written_is_read_back(citations: list[Citation]) -> None:
    found = items(tuple(citations)) if citations else {}
    for cited in unique_by_doi(citations):
        item = found[citation_key(cited)]
        assert item.get("title", "") == clean(cited.title)
        assert item.get("version", "") == clean(cited.version or "")
        assert item["DOI"] == clean(cited.doi)
        shown = [creator for creator in cited.creators if any(map(clean, parts(creator)))]
        for creator, name in zip(shown, item.get("author", []), strict=True):
            read = (whole_family(name), name.get("given", ""), name.get("suffix", ""), name.get("literal", ""))
            assert read == tuple(map(clean, parts(creator)))


def parts(creator: Creator) -> tuple[str, str, str, str]:
    return (creator.family or "", creator.given or "", creator.suffix or "", creator.literal or "")


def test_pandoc_reads_every_citation_there_is() -> None:
    need("pandoc")
    written = write_csl_json(every_citation())
    read = {item["id"]: item for item in json.loads(run("pandoc", "-f", "csljson", "-t", "csljson", text=written))}
    assert len(read) == len(every_citation())
    for cited in every_citation():
        item = read[citation_key(cited)]
        assert (item["DOI"], item["issued"]) == (cited.doi, {"date-parts": [[cited.year]]})
        assert item.get("version") == cited.version
        families = [whole_family(name) or name["literal"] for name in item["author"]]
        assert families == [(creator.family or creator.literal or "").replace("'", "’") for creator in cited.creators]


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        ("apa", "Armato, S. G., III, McLennan, G., & van Ginneken, B. (2015). Data From LIDC-IDRI (Version 4)"),
        ("ieee", "S. G. Armato III, G. McLennan, and B. van Ginneken, “Data From LIDC-IDRI.”"),
    ],
)
def test_pandoc_sets_the_names_in_a_style(tmp_path: Path, style: str, printed: str) -> None:
    need("pandoc")
    (tmp_path / "refs.json").write_text(write_csl_json((LIDC, NAMES, NLST)), encoding="utf-8")
    options = ("--citeproc", "-f", "csljson", "-t", "plain", "--wrap=none", "--csl", str(installed_style(style)))
    page = run("pandoc", *options, "refs.json", folder=tmp_path)
    assert printed in page
    assert "Müller" in page
    assert "O’Connor" in page or "et al." in page
    assert "National Lung Screening Trial Research Team" in page


def test_a_name_without_a_given_name_stays_a_name() -> None:
    named = citation("10.7937/a", "T", person("van"), person("de la Iglesia"), Creator(literal="\u200b"))
    assert items((named,))["van2015-a"]["author"] == [
        {"family": "van"},
        {"family": "Iglesia", "non-dropping-particle": "de la"},
    ]
