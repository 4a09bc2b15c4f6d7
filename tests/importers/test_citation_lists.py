"""Papers of a public list of citations, put on the datasets of the registry."""

from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers.citation_lists import load_citation_list
from tcia_policy.model import Authority, NoticeLevel
from tcia_policy.registry import Registry
from tcia_policy.registry.papers import load_papers

PAPERS = {
    "Vestibular-Schwannoma-SEG": "10.1038/s41597-021-01064-w",
    "ACRIN-NSCLC-FDG-PET": "10.1200/jco.2012.47.5947",
    "StageII-Colorectal-CT": "10.1002/ijc.34053",
    "HCC-TACE-Seg": "10.1148/ryai.2019180021",
}


@pytest.mark.parametrize("dataset", PAPERS)
def test_a_paper_of_the_list_is_requested_on_the_word_of_others(dataset: str) -> None:
    (notice,) = [item for item in Registry.load().get(dataset).notices if item.source == "ohif-citations"]
    assert (notice.doi, notice.level, notice.authority) == (
        PAPERS[dataset],
        NoticeLevel.REQUESTED,
        Authority.THIRD_PARTY_COPY,
    )
    assert load_papers().by_doi[PAPERS[dataset]].container is not None


def test_a_dataset_that_the_list_does_not_have_stays_as_it_is() -> None:
    dataset = Registry.load().get("4D-Lung")
    assert load_citation_list().annotate(dataset) is dataset


def test_a_mistake_is_told_with_line_and_field(tmp_path: Path) -> None:
    text = "source: {id: a, title: A, publisher: B, url: https://x.org/}\nentries:\n  - {dataset: NLST, summary: x}\n"
    (tmp_path / "citation-lists.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_citation_list(tmp_path)
    assert (raised.value.line, raised.value.field) == (3, "entries[0].doi")
