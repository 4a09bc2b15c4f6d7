"""The drawings: all that they show stands in their words, and nothing in them loads or runs anything."""

import pytest
from lxml import etree

from tcia_policy.model import Assessment, OriginTerms, OutputClearance
from tcia_policy.reports.memo.document import Picture
from tcia_policy.reports.memo.pictures import MOST_ROWS, flow_picture, matrix_picture
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, HOLDINGS, SAMPLE, assessed_again, holding

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {f"{SVG}{name}" for name in ("svg", "rect", "path", "text")}


def with_origin(assessment: Assessment) -> Assessment:
    """Return the study with a source of LIDC-IDRI, and an output that comes from two data items."""
    output = assessment.clearance.outputs[0]
    shown = OutputClearance(
        output=output.output, verdict=output.verdict, cleared=False, sources=("LIDC-IDRI", "NSCLC-Radiomics")
    )
    return assessment.model_copy(
        update={
            "origins": (OriginTerms(name="Hospital archive", made_into=("LIDC-IDRI",)),),
            "clearance": assessment.clearance.model_copy(update={"outputs": (shown,)}),
        }
    )


def drawn(picture: Picture | None) -> etree._Element:
    assert picture is not None
    return etree.fromstring(picture.svg)


@pytest.mark.parametrize("assessment", [SAMPLE, EVIL_SAMPLE, CLEAR, with_origin(SAMPLE)])
def test_a_drawing_has_shapes_and_text_only_and_no_attribute_that_loads_or_runs(assessment: Assessment) -> None:
    for picture in filter(None, (matrix_picture(assessment), flow_picture(assessment))):
        for element in drawn(picture).iter():
            assert element.tag in DRAWN
            assert not [name for name in element.attrib if name.startswith("on") or "href" in name or name == "style"]
            assert "url(" not in "".join(element.attrib.values())


def test_the_matrix_has_a_word_for_every_verdict_and_says_all_in_its_alternative() -> None:
    picture = matrix_picture(SAMPLE)
    words = [element.text for element in drawn(picture).iter(f"{SVG}text")]
    assert len([word for word in words if word in {"permitted", "conditional", "undetermined", "prohibited"}]) == 20
    assert picture is not None
    assert "NSCLC-Radiomics: train-model prohibited, publish-results prohibited" in picture.alternative


def test_the_flow_shows_the_terms_that_travel_from_sources_to_outputs() -> None:
    picture = flow_picture(with_origin(SAMPLE))
    assert len(list(drawn(picture).iter(f"{SVG}path"))) == 3
    assert picture is not None
    assert "LIDC-IDRI (CC BY 3.0) comes from Hospital archive (license not known)" in picture.alternative
    assert "comes from LIDC-IDRI (CC BY 3.0) and NSCLC-Radiomics" in picture.alternative


def test_what_is_too_large_to_look_at_is_not_drawn() -> None:
    many = tuple(holding(f"item{number}", f"Item {number}") for number in range(MOST_ROWS + 1))
    large = assessed_again(SAMPLE, holdings=many)
    assert matrix_picture(large) is None
    assert flow_picture(large) is None
    assert matrix_picture(assessed_again(SAMPLE, holdings=HOLDINGS)) is not None
