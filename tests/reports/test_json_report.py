import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.errors import InputError
from tcia_policy.model import Assessment
from tcia_policy.model.assessment import SCHEMA_VERSION
from tcia_policy.reports.json_report import read_json, render_json
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE


@pytest.mark.parametrize("assessment", [SAMPLE, EVIL_SAMPLE, CLEAR])
def test_reading_back_gives_the_same_assessment(assessment: Assessment) -> None:
    text = render_json(assessment)
    assert read_json(text) == assessment
    assert render_json(read_json(text)) == text


@given(st.text())
def test_no_title_is_lost_and_none_can_act_on_a_terminal(title: str) -> None:
    named = CLEAR.model_copy(update={"project": CLEAR.project.model_copy(update={"title": title})})
    text = render_json(named)
    assert read_json(text) == named
    assert not set(text) & set("\x1b\x7f\x9b\u202e\u2028\u200f")


def test_it_is_json_with_the_names_of_the_project_file_and_a_newline_at_the_end() -> None:
    text = render_json(SAMPLE)
    data = json.loads(text)
    assert text.endswith("}\n")
    assert next(iter(data)) == "schema_version"
    assert data["project"]["positions"]["model-is-adaptation"]["value"] is False
    assert data["project"]["permissions"][0]["from"] == "the submitter"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "is not an assessment"),
        ('{"schema_version": 1}', "is not an assessment"),
        ('{"schema_version": "1.0"}', "which this program does not read"),
        ('{"schema_version": "2.0"}', "which this program does not read"),
        ('{"schema_version": "4.99"}', "which is newer than this program"),
        ('{"schema_version": "99.0"}', "which is newer than this program"),
        ('{"schema_version": "2.x"}', "which this program does not read"),
        (f'{{"schema_version": "{SCHEMA_VERSION}"}}', "as_of: missing"),
        (render_json(CLEAR).replace('"kind": "dataset"', '"kind": "x"'), "holdings[0].kind"),
    ],
)
def test_what_is_no_assessment_is_one_clear_error(text: str, complaint: str) -> None:
    with pytest.raises(InputError) as caught:
        read_json(text)
    assert complaint in str(caught.value)
