"""All texts together: over the examples, over every dataset, against hostile text, on disk."""

import re
import shutil
import subprocess
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError
from tcia_policy.model import (
    Activity,
    Assessment,
    DataItem,
    OtherData,
    Output,
    OutputKind,
    Project,
    Purpose,
    Use,
)
from tcia_policy.references.bib_keys import citation_key
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.reports.json_report import read_json, render_json
from tcia_policy.reports.notices.markup import Cited, Form, Gap, Link, Paragraph, Remark, render_statement
from tcia_policy.reports.notices.write_notices import render_notices, write_notices
from tests.cli.run import EXAMPLES
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE, assessed_again
from tests.reports.datasets import EVIL
from tests.reports.notices.studies import DAY, pandoc, registry, rules, using
from tests.work import PATIENCE

ACTIVITIES = (Activity.PUBLISH_RESULTS, Activity.RELEASE_MODEL)
STATEMENTS = ("acknowledgements", "data-availability")
READERS = {
    "ATTRIBUTION.md": "gfm",
    "CARD-model.md": "gfm+yaml_metadata_block",
    "acknowledgements.md": "markdown",
    "data-availability.tex": "latex",
}


@cache
def all_texts() -> dict[str, str]:
    return render_notices(everything())


def everything() -> Assessment:
    """One study with every dataset of the registry, and data from elsewhere."""
    items = [DataItem(dataset=entry.id) for entry in registry().entries]
    outputs = tuple(Output(kind=kind, license="CC-BY-4.0") for kind in (OutputKind.MODEL, OutputKind.FEATURES))
    project = Project(
        title="All of it",
        use=Use(purpose=Purpose.NONCOMMERCIAL, activities=ACTIVITIES, outputs=outputs, country="US"),
        data=(*items, DataItem(other=OtherData(name="Hospital CT"))),
    )
    return assess(Case.open(Study(project), CaseOptions(as_of=DAY), Library(registry(), rules())))


def of_example(name: str) -> Assessment:
    return assess(Case.open(EXAMPLES / name, CaseOptions(as_of=DAY), Library(registry(), rules())))


@pytest.mark.parametrize("name", sorted(path.parent.name for path in EXAMPLES.glob("*/tcia-policy.yaml")))
def test_an_example_has_all_its_notices_and_they_are_the_same_from_its_json(name: str) -> None:
    assessment = of_example(name)
    texts = render_notices(assessment)
    assert {"ATTRIBUTION.md", "NOTICE"} <= set(texts)
    assert {f"{name}.{form.value}" for name in STATEMENTS for form in Form} <= set(texts)
    assert render_notices(read_json(render_json(assessment))) == texts
    for file, text in texts.items():
        words = " ".join(text.split()).replace("% ", "").replace("# ", "")
        assert text.endswith("\n"), file
        assert assessment.versions.rules in words, file
        assert "as of 2026-11-22" in words, file
        assert "not legal advice" in words, file


def test_every_dataset_of_the_registry_is_in_every_text() -> None:
    texts = all_texts()
    assert len(texts) == 2 + 6 + 2
    for name, text in texts.items():
        squeezed = re.sub(r"\s", "", text)
        for entry in registry().entries:
            dataset = registry().get(entry.id)
            if name.startswith("acknowledgements"):
                cited = {"tex": "{%s}", "md": "[@%s]"}.get(name.rpartition(".")[2])
                shown = doi_url(dataset.citation.doi) if cited is None else cited % citation_key(dataset.citation)
            else:
                shown = dataset.doi.replace("_", r"\_") if name.endswith(".tex") else dataset.doi
            assert shown in squeezed, f"{entry.id} in {name}"


def test_every_creator_is_named_and_only_those_that_the_source_cut_off_are_others() -> None:
    text = all_texts()["ATTRIBUTION.md"]
    cut = [entry.id for entry in registry().entries if registry().get(entry.id).citation.truncated]
    assert text.count("; et al.") == len(cut)


def test_all_of_it_together_is_read_by_its_consumers() -> None:
    texts = all_texts()
    for name, flavor in READERS.items():
        assert "Hospital CT" in pandoc(texts[name], flavor, "plain")


def test_the_same_study_gives_the_same_bytes() -> None:
    data = "- {collection: LIDC-IDRI}\n- {analysis_result: BraTS-TCGA-LGG}\n- {collection: Phantom FDA}"
    assert render_notices(using(data)) == render_notices(using(data))


def with_evil_outputs() -> Assessment:
    bad = EVIL_SAMPLE.project.data[0].other
    assert bad is not None
    outputs = (Output(kind=OutputKind.MODEL, license=bad.name), Output(kind=OutputKind.FEATURES, license="\n---\nx: 1"))
    use = EVIL_SAMPLE.project.use.model_copy(update={"outputs": outputs})
    changed = (DataItem(other=bad, changes=bad.name),)
    project = EVIL_SAMPLE.project.model_copy(update={"use": use, "data": changed})
    duties = tuple(duty.model_copy(update={"wordings": (bad.name,)}) for duty in EVIL_SAMPLE.duties)
    return assessed_again(EVIL_SAMPLE, project=project, duties=duties)


@pytest.mark.parametrize("assessment", [SAMPLE, EVIL_SAMPLE, CLEAR], ids=["sample", "evil", "clear"])
def test_every_notice_can_be_made_from_the_json_alone(assessment: Assessment) -> None:
    assert render_notices(read_json(render_json(assessment))) == render_notices(assessment)


def test_evil_text_is_text_to_every_reader_of_markdown() -> None:
    texts = render_notices(with_evil_outputs())
    for name in [name for name in texts if name.endswith(".md")]:
        for flavor in ("gfm", "markdown"):
            html = pandoc(texts[name], flavor, "html")
            visible = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
            assert not re.search(r"<(script|img|b|i|u|iframe)\b", html), name
            targets = re.findall(r'(?:href|src)="([^"]*)"', html)
            assert all(url.startswith(("https://", "http://", "#")) for url in targets), name
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", html), name
            assert "alert(" in visible, name


def test_evil_text_ends_no_comment() -> None:
    for name, text in render_notices(with_evil_outputs()).items():
        if name.endswith(".md"):
            for comment in re.findall(r"<!--(.*?)-->", text, re.DOTALL):
                assert "--" not in comment
                assert "<" not in comment
            assert text.count("<!--") == text.count("-->")


def test_evil_text_does_not_get_into_the_header_of_a_card() -> None:
    for name, text in render_notices(with_evil_outputs()).items():
        if name.startswith("CARD-"):
            found = re.match(r"\A---\n(.*?)\n---\n", text, re.DOTALL)
            assert found is not None
            assert set(yaml.safe_load(found.group(1))) <= {"source_datasets", "tags"}


def test_evil_text_runs_nothing_in_latex() -> None:
    texts = render_notices(with_evil_outputs())
    for name in STATEMENTS:
        shown = pandoc(texts[f"{name}.tex"], "latex", "plain")
        assert "<script>alert(1)</script>" in shown
        assert "[c](javascript:alert(2))" in shown


HOSTILE = (
    r"\input{/etc/passwd}",
    r"\write18{touch x} ^^5cinput{x} % gone",
    "a}\n\\end{document} \\cite{x} $x^2_3$ & # ~",
    "[@key] @key [^1] :::: {.x} ^a^ ~b~",
    "`tcia` {=html} <b>x</b> [a](javascript:b) ![](x)",
    "- item\n\n    code\n\n> quote | cell",
    ": definition",
    "%% title",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_run_of_text_reads_back_as_it_was(text: str) -> None:
    wanted = " ".join(text.split())
    block = Paragraph((text, " of ", text, Gap(text)))
    for form, reader in ((Form.MARKDOWN, "markdown-smart"), (Form.LATEX, "latex-smart"), (Form.MARKDOWN, "gfm")):
        shown = pandoc(render_statement((block,), form), reader, "plain").strip()
        assert shown == f"{wanted} of {wanted}[{wanted}]", form


def test_latex_itself_prints_hostile_text_and_opens_no_file(tmp_path: Path) -> None:
    if shutil.which("pdflatex") is None:
        pytest.skip("pdflatex is not installed")
    blocks = [Paragraph((text,)) for text in HOSTILE] + [Remark(text) for text in HOSTILE]
    body = render_statement(blocks, Form.LATEX)
    source = f"\\documentclass{{article}}\n\\begin{{document}}\n{body}\\end{{document}}\n"
    (tmp_path / "x.tex").write_text(source, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "x.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    assert b"/etc/passwd" not in done.stdout


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(min_size=1, max_size=80))
def test_any_text_stays_within_its_comment_its_line_and_its_braces(text: str) -> None:
    for form in Form:
        said = render_statement((Remark(text), Paragraph(("x", text)), Remark(text)), form)
        lines = said.rstrip("\n").split("\n")
        sign = {Form.TEXT: "# ", Form.LATEX: "% ", Form.MARKDOWN: "<!-- "}[form]
        assert len([line for line in lines if line and not line.startswith(sign)]) == 1


def test_a_link_that_is_no_address_of_the_web_is_text() -> None:
    block = Paragraph((Link("javascript:alert(1)", "x"), " ", Link("https://example.org/a_b")))
    assert render_statement((block,), Form.MARKDOWN) == "x (javascript:alert(1)) <https://example.org/a_b>\n".replace(
        "x (javascript:alert(1))", "x, javascript:alert(1)"
    )
    assert "href" not in pandoc(render_statement((Paragraph(block.runs[:1]),), Form.MARKDOWN), "gfm", "html")


def test_plain_text_has_the_doi_of_what_it_cites() -> None:
    block = Paragraph(("x", Cited(EVIL.citation)))
    assert render_statement((block,), Form.TEXT).startswith("x (https://doi.org/10.7937/evil%3Cscript%3E")


def test_an_earlier_notice_is_replaced_only_when_told(tmp_path: Path) -> None:
    (tmp_path / "NOTICE").write_text("an older one", encoding="utf-8")
    with pytest.raises(InputError, match="exists already"):
        write_notices(SAMPLE, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["NOTICE"]
    paths = write_notices(SAMPLE, tmp_path, overwrite=True)
    assert sorted(paths) == sorted(tmp_path.iterdir())
    assert "an older one" not in (tmp_path / "NOTICE").read_text(encoding="utf-8")


def test_the_card_of_an_output_that_is_gone_is_not_left_beside_the_others(tmp_path: Path) -> None:
    write_notices(using("- {collection: LIDC-IDRI}"), tmp_path)
    fewer = using("- {collection: LIDC-IDRI}", "use: {purpose: noncommercial, activities: [analyze]}\n")
    before = (tmp_path / "NOTICE").read_text(encoding="utf-8")
    with pytest.raises(InputError, match="the card of an output that the project does not state"):
        write_notices(fewer, tmp_path, overwrite=True)
    assert (tmp_path / "NOTICE").read_text(encoding="utf-8") == before


def test_a_directory_in_the_way_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "NOTICE").mkdir()
    with pytest.raises(InputError, match="is a directory"):
        write_notices(SAMPLE, tmp_path, overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["NOTICE"]


def test_a_study_of_an_earlier_day_says_its_day() -> None:
    earlier = SAMPLE.model_copy(update={"as_of": date(2025, 1, 1)})
    assert all("2025-01-01" in text for text in render_notices(earlier).values())
