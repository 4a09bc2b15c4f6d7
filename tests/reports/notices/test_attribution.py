"""`ATTRIBUTION.md`: what CC BY asks to be said, and nothing that nobody stated."""

import re
from pathlib import Path

from tcia_policy.files.written_by import SAY_CHANGES
from tcia_policy.model import StatedLicense
from tcia_policy.registry import load_licenses
from tcia_policy.reports.notices.attribution import render_attribution
from tcia_policy.reports.notices.context import NoticeContext
from tests.reports.notices.studies import NONCOMMERCIAL, assessed, pandoc, using

BLANK = f"[{SAY_CHANGES}]"


def section(text: str, name: str) -> str:
    found = re.search(rf"^## {re.escape(name)}\n(.*?)(?=^## |^---$|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, name
    return found.group(1)


def test_a_dataset_has_title_creators_source_licence_and_changes() -> None:
    text = section(
        render_attribution(NoticeContext.of(using("- {collection: LIDC-IDRI, distributions: [images]}"))), "LIDC-IDRI"
    )
    assert "- Title: Data From LIDC-IDRI\n" in text
    assert "Armato, Samuel G., III; McLennan, Geoffrey;" in text
    assert "Clarke, Laurence P." in text
    assert "- Source: <https://doi.org/10.7937/k9/tcia.2015.lo9ql9sx>" in text
    assert "(CC BY 3.0)](<https://creativecommons.org/licenses/by/3.0/>)" in text
    assert f"- Changes: {BLANK}" in text


def test_changes_that_the_project_states_stand_where_the_blank_was() -> None:
    text = render_attribution(
        NoticeContext.of(using("- {collection: LIDC-IDRI, changes: 'resampled to 1 mm, CT only'}"))
    )
    assert "- Changes: resampled to 1 mm, CT only\n" in text
    assert BLANK not in text


def test_changes_of_one_item_are_not_claimed_of_another() -> None:
    data = "- {collection: LIDC-IDRI, changes: cropped}\n- {doi: 10.7937/k9/tcia.2015.lo9ql9sx}"
    text = section(render_attribution(NoticeContext.of(using(data))), "LIDC-IDRI")
    assert "- Changes (LIDC-IDRI): cropped" in text
    assert f"- Changes (10.7937/k9/tcia.2015.lo9ql9sx): {BLANK}" in text


def test_changes_to_a_folder_are_those_of_the_cohorts_in_it(tmp_path: Path) -> None:
    (tmp_path / "cohorts").mkdir()
    (tmp_path / "cohorts" / "lung.txt").write_text("LIDC-IDRI\n", encoding="utf-8")
    data = "data:\n- {folder: cohorts, changes: cropped}\n- {collection: 4D-Lung}\n"
    text = render_attribution(NoticeContext.of(assessed(NONCOMMERCIAL + data, tmp_path)))
    assert "- Changes: cropped" in section(text, "LIDC-IDRI")
    assert f"- Changes: {BLANK}" in section(text, "4D-Lung")


def test_copies_from_two_places_keep_their_own_changes() -> None:
    data = "- {collection: LIDC-IDRI, changes: cropped}\n- {collection: LIDC-IDRI, obtained_from: idc}"
    text = section(render_attribution(NoticeContext.of(using(data))), "LIDC-IDRI")
    assert "- Changes (LIDC-IDRI, from TCIA): cropped" in text
    assert f"- Changes (LIDC-IDRI, from IDC): {BLANK}" in text
    assert text.count("- Title:") == 1


def test_where_sources_disagree_both_are_named_and_the_strictest_governs() -> None:
    text = section(render_attribution(NoticeContext.of(using("- {collection: Phantom FDA}"))), "Phantom FDA")
    assert "the sources disagree" in text
    assert "(CC BY 3.0)" in text
    assert "(CC BY-NC 3.0)" in text
    assert "The strictest governs: CC BY-NC 3.0" in text


def test_of_two_versions_of_one_licence_neither_is_said_to_govern() -> None:
    study = using("- {collection: CPTAC-LUAD, distributions: [images]}")
    (terms,) = study.terms
    part = terms.parts[0]
    both = tuple(StatedLicense(license=name, sources=("a page",)) for name in ("CC-BY-3.0", "CC-BY-4.0"))
    disputed = terms.model_copy(update={"parts": (part.model_copy(update={"stated": both, "governing": None}),)})
    licenses = tuple(dict.fromkeys((*study.licenses, load_licenses()["CC-BY-3.0"])))
    made = study.model_copy(update={"terms": (disputed,), "licenses": licenses})
    text = section(render_attribution(NoticeContext.of(made)), "CPTAC-LUAD")
    assert "keep to each of them" in text
    assert "governs" not in text


def test_a_license_that_a_newer_label_replaced_is_not_named() -> None:
    text = section(
        render_attribution(NoticeContext.of(using("- {collection: CPTAC-LUAD, distributions: [images]}"))), "CPTAC-LUAD"
    )
    assert "(CC BY 4.0)" in text
    assert "(CC BY 3.0)" not in text


def test_what_3_0_and_4_0_ask_is_said_apart_and_only_of_the_licences_at_hand() -> None:
    asked = "What these licenses ask you to say"
    old = section(
        render_attribution(NoticeContext.of(using("- {collection: LIDC-IDRI, distributions: [images]}"))), asked
    )
    assert "CC BY 3.0: with every copy" in old
    assert "A title is not asked for" not in old
    new = section(render_attribution(NoticeContext.of(using("- {collection: Breast-Cancer-Screening-DBT}"))), asked)
    assert "CC BY-NC 4.0: where it was supplied" in new
    assert "disclaimer of warranties" in new
    assert "with every copy, a copy of the license" not in new


def test_parts_that_were_not_named_are_a_question() -> None:
    text = section(
        render_attribution(NoticeContext.of(using("- {collection: PROSTATE-DIAGNOSIS}"))), "PROSTATE-DIAGNOSIS"
    )
    assert "[say which of these parts were used; the project does not]" in text
    assert "are under his copyright" in text
    images = using("- {collection: PROSTATE-DIAGNOSIS, distributions: [images]}")
    assert "copyright" not in section(render_attribution(NoticeContext.of(images)), "PROSTATE-DIAGNOSIS").lower()


def test_the_dataset_that_a_derived_one_was_made_from_is_attributed_too() -> None:
    text = section(render_attribution(NoticeContext.of(using("- {analysis_result: BraTS-TCGA-LGG}"))), "TCGA-LGG")
    assert "BraTS-TCGA-LGG, which was made from it by others" in text
    assert "https://doi.org/10.7937/k9/tcia.2016.l4ltd3tk" in text
    both = render_attribution(NoticeContext.of(using("- {analysis_result: BraTS-TCGA-LGG}\n- {collection: TCGA-LGG}")))
    assert both.count("## TCGA-LGG\n") == 1
    assert "made from it by others" not in both


def test_data_from_elsewhere_are_named_with_what_is_known() -> None:
    text = render_attribution(NoticeContext.of(using("- other: {name: Hospital CT}")))
    assert section(text, "Hospital CT") == f"\n- License: not known here\n- Changes: {BLANK}\n\n"
    stated = using("- other: {name: Hospital CT, license: LicenseRef-internal, doi: 10.5281/zenodo.1}")
    text = section(render_attribution(NoticeContext.of(stated)), "Hospital CT")
    assert "- License: LicenseRef-internal (not described here), as the project states" in text
    assert "<https://doi.org/10.5281/zenodo.1>" in text


def test_what_is_not_cleared_does_not_look_cleared() -> None:
    assert "Not cleared" not in render_attribution(NoticeContext.of(using("- {collection: LIDC-IDRI}")))
    text = render_attribution(NoticeContext.of(using("- {collection: TCGA-GBM}")))
    assert text.splitlines()[2] == "**Not cleared.** To attribute is no permission. The assessment found:"
    assert "controlled (Images): nothing of it may be passed on" in text


def test_it_is_a_document_for_pandoc_and_github() -> None:
    text = render_attribution(NoticeContext.of(using("- {collection: LIDC-IDRI}\n- {collection: Phantom FDA}")))
    for flavor in ("gfm", "markdown"):
        html = pandoc(text, flavor, "html")
        assert html.count("<h2") == 3
        assert 'href="https://creativecommons.org/licenses/by-nc/3.0/"' in html
