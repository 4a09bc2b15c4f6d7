"""The form as a page: it loads nothing, holds no markup of others, and is read back however it was saved."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from lxml import html

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case
from tcia_policy.errors import InputError
from tcia_policy.review.forms.form import Form, form_of
from tcia_policy.review.forms.html_form import render_html_form
from tcia_policy.review.forms.read_form import read_form
from tcia_policy.review.forms.understood import Understood, understood
from tests.review.forms.fill import LICENSE, WHO, form_for
from tests.review.studies import EVIL, EVIL_STUDY, OPEN_STUDY, opened

PRIVATE = {"ped.evidence": "memo.txt", "ped.reason": "It says so.", "ped.private": "yes"}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("study")
    (folder / "memo.txt").write_text("The license is CC BY 4.0, says counsel, 2026-11-20.\n", encoding="utf-8")
    return opened(folder, OPEN_STUDY)


@pytest.fixture(scope="module")
def form(case: Case) -> Form:
    return form_for(case)[1]


def read(content: bytes, case: Case, folder: Path) -> Understood:
    path = folder / "form"
    path.write_bytes(content)
    return understood(read_form(path), form_for(case)[0], case.folder, set())


def filled(form: Form, fields: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """Return the page as a browser saves it after somebody filled it in."""
    root = html.document_fromstring(render_html_form(form).decode())
    entry = next(at for at, each in enumerate(form.entries) if each.id == LICENSE)
    for box in root.xpath(f"//input[@name='{entry}.choice'][@value='0']"):
        box.set("checked", "")
    for name, text in {**{f"reviewer.{key}": text for key, text in WHO.items()}, **fields}.items():
        (field,) = root.xpath(f"//*[@name='{name.replace('ped.', f'{entry}.')}']")
        if field.tag == "input":
            field.set("value", text)
        elif field.tag == "textarea":
            field.text = text
        else:
            next(option for option in field if option.get("value") == text).set("selected", "")
    saved: bytes = html.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>")
    return saved


def test_the_same_form_gives_the_same_bytes(case: Case, form: Form) -> None:
    assert render_html_form(form_for(case)[1]) == render_html_form(form)


def test_it_loads_nothing_and_sends_nothing(form: Form) -> None:
    page = render_html_form(form).decode()
    assert "default-src 'none'" in page
    assert "form-action 'none'" in page
    assert not re.search(r"\b(?:src|href|action)=", page)
    assert "@import" not in page
    assert "url(" not in page


def test_every_field_has_a_label_and_every_question_a_legend(form: Form) -> None:
    root = html.document_fromstring(render_html_form(form).decode())
    for field in root.xpath("//input | //select | //textarea"):
        assert field.xpath("ancestor::label")
    assert all(entry.xpath("legend") for entry in root.xpath("//fieldset"))
    assert root.get("lang") == "en"


def test_the_matters_and_their_digests_are_in_it(form: Form) -> None:
    root = html.document_fromstring(render_html_form(form).decode())
    stated = {(each.get("data-matter"), each.get("data-digest")) for each in root.xpath("//li[@data-matter]")}
    assert stated == {(matter.id, matter.digest) for entry in form.entries for matter in entry.matters}


def test_a_page_that_was_saved_is_read(case: Case, form: Form, tmp_path: Path) -> None:
    found = read(filled(form, PRIVATE), case, tmp_path)
    assert found.unclear == ()
    (made,) = found.made
    assert (made.decision.name, made.private_reason) == ("ped-license", "It says so.")
    assert made.decision.reason is None
    assert found.lines[0].endswith("document: memo.txt; with a private reason")


def test_a_blank_page_decides_nothing(case: Case, form: Form, tmp_path: Path) -> None:
    assert read(render_html_form(form), case, tmp_path) == Understood()


def test_two_boxes_ticked_by_hand_decide_nothing(case: Case, form: Form, tmp_path: Path) -> None:
    page = filled(form).replace(b'choice" value="1"', b'choice" value="1" checked')
    assert "more than one choice is ticked" in read(page, case, tmp_path).unclear[0]


def test_a_choice_that_was_made_up_decides_nothing(case: Case, form: Form, tmp_path: Path) -> None:
    page = filled(form).replace(b'value="0" checked', b'value="77" checked')
    assert read(page, case, tmp_path).made == ()


def answers(form: Form, **changes: object) -> dict[str, object]:
    entry = {"kind": "question", "id": LICENSE, "choices": ["conclude:CC-BY-4.0"], "fields": {"evidence": "memo.txt"}}
    return {"form": form.stated.model_dump(mode="json"), "reviewer": WHO, "answers": [{**entry, **changes}]}


def test_the_answers_that_the_page_saves_are_read(case: Case, form: Form, tmp_path: Path) -> None:
    found = read(json.dumps(answers(form)).encode(), case, tmp_path)
    assert [each.decision.name for each in found.made] == ["ped-license"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"choices": ["conclude:CC0-1.0"]}, "'conclude:CC0-1.0' is not a choice on it today"),
        ({"id": "license/else"}, "the form does not ask about this"),
        ({"choices": []}, "something is filled in, and no choice is ticked"),
        ({"fields": {"evidence": "memo.txt", "sha256": "0" * 64}}, "has the SHA-256"),
        ({"fields": {"evidence": "nothing.txt"}}, "no such file"),
        ({"fields": {}}, "this decision rests on a document"),
        ({"fields": {"evidence": "memo.txt", "private": "perhaps"}}, "unknown word 'perhaps'"),
    ],
)
def test_an_answer_that_is_not_clear_is_left_open(
    case: Case, form: Form, tmp_path: Path, changes: dict[str, object], said: str
) -> None:
    found = read(json.dumps(answers(form, **changes)).encode(), case, tmp_path)
    assert found.made == ()
    assert said in found.unclear[0]


def test_answers_whose_form_was_changed_are_refused(case: Case, form: Form, tmp_path: Path) -> None:
    data = json.loads(json.dumps(answers(form)))
    data["form"]["entries"][0]["matters"][0]["digest"] = "0" * 64
    with pytest.raises(InputError, match="own data were changed"):
        read(json.dumps(data).encode(), case, tmp_path)
    data["form"]["form"] = "another form"
    with pytest.raises(InputError, match=r"form\.form"):
        read(json.dumps(data).encode(), case, tmp_path)


def test_nothing_of_a_hostile_study_is_active_in_a_page(tmp_path: Path) -> None:
    _, form = form_for(opened(tmp_path, EVIL_STUDY))
    page = render_html_form(form).decode()
    root = html.document_fromstring(page)
    assert len(root.xpath("//script")) == 2
    assert root.xpath("//img") == []
    assert "alert" not in "".join(root.xpath("//script[not(@id)]/text()"))
    for harm in ("\u202e", "\u001b", "<script>alert"):
        assert harm not in page
    stated = root.xpath("//script[@id='stated']")[0].text_content()
    assert json.loads(stated)["title"] == EVIL


def test_two_copies_of_one_dataset_are_told_apart(tmp_path: Path) -> None:
    two = OPEN_STUDY + "  - {id: again, collection: LIDC-IDRI, obtained_from: idc}\n"
    data = dict(form_of(assess(opened(tmp_path, two))).study)["Data"]
    assert len(set(data.split(", "))) == len(data.split(", "))


def test_where_nothing_is_to_be_decided_the_page_says_no_more_than_that(tmp_path: Path) -> None:
    people = OPEN_STUDY.partition("use:")[0]
    study = people + "use: {purpose: noncommercial, activities: [analyze]}\ndata: [{collection: LIDC-IDRI}]\n"
    page = render_html_form(form_of(assess(opened(tmp_path, study))))
    assert b"What the check found open or owed all the same is in the report." in page
