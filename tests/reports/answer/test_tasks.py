from pathlib import Path

from tcia_policy.model import DutyKind, DutyStatus, Found, ManuscriptRead
from tcia_policy.model.release import ReleaseFileRead, ReleaseRead
from tcia_policy.reports.answer.project_places import Standpoint
from tcia_policy.reports.answer.tasks import left_over, tasks
from tests.reports.assessments import CLEAR, SAMPLE, cite, duty
from tests.reports.datasets import LIDC, RADIOMICS

READ = ManuscriptRead(files=("paper/main.tex", "paper/refs.bib"))
NOTICE = duty("by:x", DutyKind.ATTRIBUTE, "Name it.", DutyStatus.UNVERIFIED)


def told(*duties: object, manuscript: ManuscriptRead | None = READ) -> list[tuple[tuple[str, ...], str, str | None]]:
    assessment = SAMPLE.model_copy(
        update={"duties": duties, "manuscript": manuscript, "project_file": "tcia-policy.yaml"}
    )
    return [(task.places, task.text, task.command) for task in tasks(assessment)]


def not_cited(doi: str, *holdings: str, **fields: object) -> object:
    return cite(doi, *holdings).model_copy(update={"status": DutyStatus.OPEN, "found": Found.NAMED} | fields)


def test_references_are_one_line_with_their_places_and_one_command() -> None:
    assert told(
        not_cited(LIDC.doi, "LIDC-IDRI", at=("paper/main.tex:8",)),
        not_cited(RADIOMICS.doi, "NSCLC-Radiomics", at=("paper/main.tex:8",)),
    ) == [
        (("paper/main.tex:8",), "cite LIDC-IDRI, NSCLC-Radiomics", None),
        ((), "", "tcia-policy cite . --into paper/refs.bib"),
    ]


def test_an_entry_without_its_doi_is_told_at_its_place() -> None:
    lacking = not_cited(LIDC.doi, "LIDC-IDRI", at=("paper/refs.bib:18",), entry="lidc", found=Found.CITED_WITHOUT_DOI)
    assert told(lacking)[0] == (
        ("paper/refs.bib:18",),
        f"LIDC-IDRI (entry lidc) needs its DOI, https://doi.org/{LIDC.doi}",
        None,
    )
    assert told(lacking)[-1][2] == "tcia-policy cite . --into paper/refs.bib --fix"


def test_what_is_only_listed_is_to_be_cited_by_its_key_and_no_command_can_do_it() -> None:
    listed = not_cited(LIDC.doi, "LIDC-IDRI", at=("paper/refs.bib:18",), entry="lidc", found=Found.LISTED)
    assert told(listed) == [
        (("paper/refs.bib:18",), "cite in the text what your references list: LIDC-IDRI (entry lidc)", None)
    ]


def test_commands_are_typed_where_the_reader_stands() -> None:
    assessment = SAMPLE.model_copy(
        update={
            "duties": (
                not_cited(LIDC.doi, "LIDC-IDRI"),
                duty("by:x", DutyKind.ATTRIBUTE, "Name it.", DutyStatus.UNVERIFIED),
            ),
            "manuscript": READ,
            "project_file": "tcia-policy.yaml",
        }
    )
    above = Path("my study")
    assert [task.command for task in tasks(assessment, Standpoint(above, above)) if task.command] == [
        "tcia-policy cite 'my study' --into 'my study/paper/refs.bib'",
        "tcia-policy notices 'my study' -o notices",
    ]
    elsewhere = Standpoint(Path(".."), Path())
    assert tasks(assessment, elsewhere)[1].command == "tcia-policy cite .. --into paper/refs.bib"


def test_data_without_a_project_have_notices_once_there_is_one() -> None:
    owed = (NOTICE,)
    found = tasks(SAMPLE.model_copy(update={"duties": owed, "manuscript": READ}))
    assert found[0].text == "1 notice to ship with what you share; `notices` writes them for a project"
    assert found[0].command == "tcia-policy init cohort/lung.tcia"


def test_a_paper_without_a_bibliography_gets_a_new_file() -> None:
    no_bib = ManuscriptRead(files=("paper.docx",))
    assert told(not_cited(LIDC.doi, "LIDC-IDRI"), manuscript=no_bib)[-1][2] == "tcia-policy cite . -o refs.bib"


def test_without_a_paper_nothing_was_looked_for_and_it_says_how_to_name_one() -> None:
    found = told(cite(LIDC.doi, "LIDC-IDRI"), manuscript=None)
    assert found[0] == ((), "1 reference to cite", "tcia-policy cite . -o refs.bib")
    assert found[1][2] is None
    assert found[1][1].startswith("name your paper (manuscript: [paper.tex], or --manuscript PATH)")
    assert found[1][1].endswith("which of 1 duty it meets")


def test_text_to_print_is_told_with_the_command_that_writes_it() -> None:
    wording = duty("ack:x", DutyKind.ACKNOWLEDGE, "Print this.", DutyStatus.OPEN, "LIDC-IDRI", wordings=("Thanks.",))
    assert told(wording) == [((), "Print this.", None), ((), "1 text to print", "tcia-policy notices . -o notices")]


def test_every_required_duty_has_a_task_or_is_counted() -> None:
    for assessment in (SAMPLE, CLEAR):
        owed = {
            item.id
            for item in assessment.duties
            if item.required and item.status is not DutyStatus.MET and item.kind is not DutyKind.AGREE
        }
        in_tasks = {id_ for task in tasks(assessment) for id_ in task.duties}
        assert len(owed) == len(in_tasks & owed) + left_over(assessment).unshowable


def test_what_is_only_asked_for_is_counted_apart() -> None:
    assert left_over(SAMPLE).requested == 2


def published(
    *duties: object, folders: tuple[str, ...] = ("model",), manuscript: ManuscriptRead | None = READ
) -> object:
    release = ReleaseRead(
        paths=("model",), folders=folders, files=(ReleaseFileRead(file="model/README.md", format="Hugging Face card"),)
    )
    assessment = SAMPLE.model_copy(
        update={"duties": duties, "manuscript": manuscript, "project_file": "tcia-policy.yaml", "release": release}
    )
    return [(task.places, task.text, task.command) for task in tasks(assessment)]


def test_paper_and_release_each_have_their_task_and_their_command() -> None:
    in_both = not_cited(
        LIDC.doi,
        "LIDC-IDRI",
        at=("paper/refs.bib:18", "model/README.md:7"),
        entry="lidc",
        found=Found.CITED_WITHOUT_DOI,
        missing_in=("manuscript", "release"),
    )
    assert published(in_both) == [
        (("paper/refs.bib:18",), f"LIDC-IDRI (entry lidc) needs its DOI, https://doi.org/{LIDC.doi}", None),
        ((), "", "tcia-policy cite . --into paper/refs.bib --fix"),
        (("model/README.md:7",), "cite LIDC-IDRI", None),
        ((), "", "tcia-policy check . --fix"),
    ]


def test_once_the_paper_cites_the_data_only_the_release_is_to_be_mended() -> None:
    left = not_cited(LIDC.doi, "LIDC-IDRI", at=("model/README.md:7",), missing_in=("release",))
    assert published(left) == [
        (("model/README.md:7",), "cite LIDC-IDRI", None),
        ((), "", "tcia-policy check . --fix"),
    ]


def test_a_command_that_does_two_things_is_told_once() -> None:
    left = not_cited(LIDC.doi, "LIDC-IDRI", at=("model/README.md:7",), missing_in=("release",))
    assert published(left, NOTICE) == [
        (("model/README.md:7",), "cite LIDC-IDRI", None),
        ((), "1 notice to ship with what you share", "tcia-policy check . --fix"),
    ]


def test_no_command_is_told_for_a_zip_or_one_file_since_nothing_can_be_written_into_it() -> None:
    left = not_cited(LIDC.doi, "LIDC-IDRI", at=("model/README.md:7",), missing_in=("release",))
    assert published(left, NOTICE, folders=(), manuscript=None) == [
        (("model/README.md:7",), "cite LIDC-IDRI", None),
        ((), "1 notice to ship with what you share; check --fix writes them into a folder", None),
    ]
