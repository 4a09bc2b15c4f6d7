"""The form in Word: filled in in every way that people and programs have, and read back."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from tcia_policy.engine.case import Case
from tcia_policy.errors import InputError
from tcia_policy.model.decision import TakePosition
from tcia_policy.model.decision_kinds import DecisionKind
from tcia_policy.model.use import OutputKind
from tcia_policy.review.forms.controls import REVIEWER, WORD14
from tcia_policy.review.forms.docx_form import render_docx_form
from tcia_policy.review.forms.read_form import read_form
from tcia_policy.review.forms.understood import Understood, understood
from tests.review.forms.fill import LICENSE, WHO, Filled, W, filled, form_for, repacked, run, tracked
from tests.review.studies import EVIL_STUDY, OPEN_STUDY, opened
from tests.work import PATIENCE

CONCLUDE, NC, ACCEPT, REFER = 0, 1, 2, 6


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("study")
    (folder / "memo.txt").write_text("The license is CC BY 4.0, says counsel, 2026-11-20.\n", encoding="utf-8")
    return opened(folder, OPEN_STUDY)


@pytest.fixture(scope="module")
def blank(case: Case) -> bytes:
    return render_docx_form(form_for(case)[1])


def read(content: bytes, case: Case, folder: Path) -> Understood:
    path = folder / "form.docx"
    path.write_bytes(content)
    return understood(read_form(path), form_for(case)[0], case.folder, set())


def conclude(form: Filled) -> None:
    form.who()
    form.tick(LICENSE, CONCLUDE)
    form.write(LICENSE, "evidence", "memo.txt")


def is_concluded(found: Understood) -> None:
    assert found.unclear == ()
    ((decision,), (line,)) = [each.decision for each in found.made], found.lines
    assert (decision.kind, decision.by, decision.role) == (DecisionKind.CONCLUDE, WHO["by"], WHO["role"])
    assert getattr(decision, "license", None) == "CC-BY-4.0"
    assert decision.on.isoformat() == WHO["on"]
    assert decision.evidence is not None
    assert len(decision.evidence.sha256 or "") == 64
    assert line.startswith("license/ped: CC-BY-4.0 is the license that holds (Rita Review, counsel, 2026-11-20)")


def test_the_same_form_gives_the_same_bytes(case: Case, blank: bytes) -> None:
    assert render_docx_form(form_for(case)[1]) == blank


def test_a_blank_form_decides_nothing(case: Case, blank: bytes, tmp_path: Path) -> None:
    assert read(blank, case, tmp_path) == Understood()


def test_what_word_ticks_and_writes_is_read(case: Case, blank: bytes, tmp_path: Path) -> None:
    is_concluded(read(filled(blank, conclude), case, tmp_path))


def test_text_that_word_split_is_one_text(case: Case, blank: bytes, tmp_path: Path) -> None:
    def fill(form: Filled) -> None:
        conclude(form)
        form.write(REVIEWER, "by", "Rita Review", runs=5)
        form.write(LICENSE, "evidence", "memo.txt", runs=8)

    is_concluded(read(filled(blank, fill), case, tmp_path))


def test_tracked_insertions_count_and_deletions_do_not(case: Case, blank: bytes, tmp_path: Path) -> None:
    def fill(form: Filled) -> None:
        conclude(form)
        form.write(REVIEWER, "by", "")
        content = form.control(REVIEWER, "by").find(f"{W}sdtContent")
        content.append(tracked("del", run("Ann Author")))
        content.append(tracked("ins", run("Rita "), run("Review")))

    is_concluded(read(filled(blank, fill), case, tmp_path))


@pytest.mark.parametrize("mark", ["x", "X", " x ", "✓", "✔"])
def test_an_x_beside_the_box_or_in_its_place_ticks_it(case: Case, blank: bytes, tmp_path: Path, mark: str) -> None:
    def beside(form: Filled) -> None:
        form.who()
        form.write(LICENSE, "evidence", "memo.txt")
        form.cell_of_box(LICENSE, CONCLUDE).find(f"{W}p").append(run(mark))

    def instead(form: Filled) -> None:
        form.who()
        form.write(LICENSE, "evidence", "memo.txt")
        cell = form.cell_of_box(LICENSE, CONCLUDE)
        line = cell.find(f"{W}p")
        line.remove(line.find(f"{W}sdt"))
        line.append(run(mark))

    for fill in (beside, instead):
        is_concluded(read(filled(blank, fill), case, tmp_path))


def test_a_form_whose_controls_were_dropped_is_read_by_its_labels(case: Case, blank: bytes, tmp_path: Path) -> None:
    def fill(form: Filled) -> None:
        conclude(form)
        form.drop_controls()

    is_concluded(read(filled(blank, fill), case, tmp_path))
    assert read(filled(blank, Filled.drop_controls), case, tmp_path) == Understood()


def test_what_python_docx_types_into_a_cell_is_read(case: Case, blank: bytes, tmp_path: Path) -> None:
    form = Filled(blank)
    conclude(form)
    rows = [row for table in form.document.tables for row in table.rows]
    reason = next(row for row in rows if row.cells[0].text == "Reason")
    reason.cells[1].paragraphs[0].add_run("It is on the page.")
    found = read(form.saved(), case, tmp_path)
    is_concluded(found)
    assert found.made[0].decision.reason == "It is on the page."


def test_who_decides_is_recorded_as_the_project_spells_them(case: Case, blank: bytes, tmp_path: Path) -> None:
    def fill(form: Filled) -> None:
        conclude(form)
        form.write(REVIEWER, "by", "rita REVIEW")
        form.write(REVIEWER, "role", "Counsel")

    is_concluded(read(filled(blank, fill), case, tmp_path))


def test_a_position_records_for_what_and_where_it_was_taken(case: Case, blank: bytes, tmp_path: Path) -> None:
    def fill(form: Filled) -> None:
        form.who()
        form.tick("positions.model-is-adaptation", 0)
        form.write("positions.model-is-adaptation", "held_by", "Office of Counsel, memo 7")

    found = read(filled(blank, fill), case, tmp_path)
    assert found.unclear == ()
    (decision,) = [each.decision for each in found.made]
    assert isinstance(decision, TakePosition)
    assert (decision.value, decision.outputs, decision.jurisdiction) == (False, (OutputKind.MODEL,), ("US",))


def test_two_ticks_on_one_question_decide_nothing(case: Case, blank: bytes, tmp_path: Path) -> None:
    def fill(form: Filled) -> None:
        conclude(form)
        form.tick(LICENSE, NC)

    found = read(filled(blank, fill), case, tmp_path)
    assert found.made == ()
    assert found.unclear == ("license/ped: more than one choice is ticked: conclude:CC-BY-4.0, conclude:CC-BY-NC-4.0",)


@pytest.mark.parametrize("typed", ["maybe", "no", "x?", "☐ x no"])
def test_what_is_no_tick_is_not_taken_for_one(case: Case, blank: bytes, tmp_path: Path, typed: str) -> None:
    def fill(form: Filled) -> None:
        form.who()
        form.cell_of_box(LICENSE, CONCLUDE).find(f"{W}p").append(run(typed))

    found = read(filled(blank, fill), case, tmp_path)
    assert found.made == ()
    assert "nobody can tell whether 'conclude:CC-BY-4.0' is ticked" in found.unclear[0]


def test_a_state_that_is_not_what_is_shown_is_unclear(case: Case, blank: bytes, tmp_path: Path) -> None:
    def fill(form: Filled) -> None:
        control = form.control(LICENSE, f"choice.{CONCLUDE}")
        next(control.iter(f"{{{WORD14}}}checked")).set(f"{{{WORD14}}}val", "1")

    found = read(filled(blank, fill), case, tmp_path)
    assert found.made == ()
    assert "nobody can tell" in found.unclear[0]


@pytest.mark.parametrize("mark", ["vanish", "strike"])
def test_what_a_reader_does_not_see_does_not_count(case: Case, blank: bytes, tmp_path: Path, mark: str) -> None:
    def fill(form: Filled) -> None:
        hidden = run("x")
        properties = etree.Element(f"{W}rPr")
        properties.append(etree.Element(f"{W}{mark}"))
        hidden.insert(0, properties)
        form.cell_of_box(LICENSE, CONCLUDE).find(f"{W}p").append(hidden)

    assert read(filled(blank, fill), case, tmp_path) == Understood()


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ({"by": "Rita Review", "role": "janitor", "on": "2026-11-20"}, "is not listed as janitor"),
        ({"by": "Nobody Known", "role": "counsel", "on": "2026-11-20"}, "is not among the `reviewers` of the project"),
        ({"by": "ann author", "role": "counsel", "on": "2026-11-20"}, "wrote the project"),
        ({"by": "Rita Review", "role": "counsel", "on": "last week"}, "'last week' is not a day"),
        ({"by": "Rita Review", "role": "counsel", "on": "20.11.2026"}, "'20.11.2026' is not a day"),
        ({"by": "", "role": "counsel", "on": "2026-11-20"}, "by: is missing"),
    ],
)
def test_who_is_unclear_decides_nothing(
    case: Case, blank: bytes, tmp_path: Path, who: dict[str, str], said: str
) -> None:
    def fill(form: Filled) -> None:
        conclude(form)
        form.who(**who)

    found = read(filled(blank, fill), case, tmp_path)
    assert found.made == ()
    assert said in found.unclear[0]


def test_all_that_is_wrong_with_an_answer_is_said(case: Case, blank: bytes, tmp_path: Path) -> None:
    def fill(form: Filled) -> None:
        form.who()
        form.tick(LICENSE, 4)  # waive
        form.write(LICENSE, "because_of", "because")
        form.write(LICENSE, "until", "soon")
        form.write(LICENSE, "evidence", "../../etc/passwd")

    (said,) = read(filled(blank, fill), case, tmp_path).unclear
    for words in (
        "unknown word 'because'",
        "'soon' is not a day",
        "leads out of",
        "second person who agrees: is missing",
    ):
        assert words in said


def test_a_form_of_another_project_is_refused(case: Case, blank: bytes, tmp_path: Path) -> None:
    other = opened(tmp_path, OPEN_STUDY.replace("Open study", "Another study"))
    with pytest.raises(InputError, match="is a form of another project: 'Open study'"):
        read(filled(blank, conclude), other, tmp_path)


def test_what_changed_since_the_form_was_made_is_stale(case: Case, blank: bytes, tmp_path: Path) -> None:
    (tmp_path / "memo.txt").write_text("The license is CC BY 4.0, says counsel, 2026-11-20.\n", encoding="utf-8")
    changed = opened(tmp_path, OPEN_STUDY.replace("Pediatric-CT-SEG}", "Pediatric-CT-SEG, license: CC-BY-SA-4.0}"))
    found = read(filled(blank, conclude), changed, tmp_path)
    assert found.made == ()
    assert "changed since the form was made on 2026-11-22; make a new form" in found.unclear[0]


def test_what_is_not_open_any_more_is_left(case: Case, blank: bytes, tmp_path: Path) -> None:
    less = opened(tmp_path, OPEN_STUDY.replace("  - {id: ped, collection: Pediatric-CT-SEG}\n", ""))
    found = read(filled(blank, conclude), less, tmp_path)
    assert found.made == ()
    assert "is not open any more" in found.unclear[0]


def test_a_form_whose_own_data_were_changed_is_refused(case: Case, blank: bytes, tmp_path: Path) -> None:
    changed = repacked(filled(blank, conclude), lambda xml: xml.replace(b"license/ped&quot;", b"license/lid&quot;"))
    changed = repacked(changed, lambda xml: xml.replace(b'license/ped"', b'license/lid"'))
    with pytest.raises(InputError, match="own data were changed"):
        read(changed, case, tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no form"),
        (b"PK\x03\x04 broken", "form.docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "form.docx"),
        (b"Dear all,", "no form"),
        (b"{}", "no form"),
        (b"<p>a page</p>", "without a form"),
    ],
)
def test_what_is_no_form_is_refused(case: Case, tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(InputError) as raised:
        read(content, case, tmp_path)
    assert said in str(raised.value)


def test_nothing_of_a_hostile_study_is_active_in_word(tmp_path: Path) -> None:
    _, form = form_for(opened(tmp_path, EVIL_STUDY))
    with zipfile.ZipFile(io.BytesIO(render_docx_form(form))) as parts:
        text = "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist() if "thumb" not in name)
    for harm in ("\u202e", "\u001b", "<script", "<img", "w:instrText", "DDEAUTO"):
        assert harm not in text
    (tmp_path / "form.docx").write_bytes(render_docx_form(form))
    assert read_form(tmp_path / "form.docx").form == form.stated


def test_another_document_is_no_form(case: Case, tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "other.docx"))
    with pytest.raises(InputError, match="has no form of ours"):
        read((tmp_path / "other.docx").read_bytes(), case, tmp_path)


def test_entities_are_not_expanded(case: Case, blank: bytes, tmp_path: Path) -> None:
    evil = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    changed = repacked(blank, lambda xml: xml.replace(b"<w:document", evil + b"<w:document", 1))
    with pytest.raises(InputError, match="entities"):
        read(changed, case, tmp_path)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_form_that_libreoffice_wrote_again_is_read(case: Case, blank: bytes, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "form.docx").write_bytes(filled(blank, conclude))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    into = ("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path), str(tmp_path / "in" / "form.docx"))
    subprocess.run(
        ["soffice", profile, "--headless", *into],
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    is_concluded(read((tmp_path / "form.docx").read_bytes(), case, tmp_path))
