"""One project that means harm, through every format: nothing in it acts, and the same input gives the same bytes."""

import io
import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import etree, html

from tcia_policy.reports.detail import Detail
from tcia_policy.reports.formats import FORMATS, TEXT, Screen
from tcia_policy.reports.json_report import read_json
from tcia_policy.reports.lines import result_json
from tcia_policy.reports.review_list import render_review_list
from tcia_policy.review.forms.docx_form import render_docx_form
from tcia_policy.review.forms.form import form_of
from tcia_policy.review.forms.html_form import render_html_form
from tcia_policy.review.open_entries import listing
from tests.cli.inert import acts_in_a_log, acts_in_a_page, acts_in_word, acts_on_paper, unseen
from tests.cli.nasty import Nasty, write_nasty, write_small
from tests.cli.run import DAY, SOURCE, run
from tests.cli.same_bytes import DIGESTS, in_another_place

ON = ("--as-of", DAY)
ON_SCREEN = {
    "text-40": Screen(40),
    "text-v": Screen(80, detail=Detail(1)),
    "text-vv": Screen(80, detail=Detail.ALL),
    "text-q": Screen(80, detail=Detail.FIRST_LINE),
    "colored": Screen(80, color=True, detail=Detail.ALL),
}
PRINTED = {
    "explain": ("explain", "ct", "-v"),
    "screen": ("check", "-vv"),
    "licenses": ("licenses", "--for", "model", "-v"),
    "cite": ("cite",),
}


@dataclass
class Written:
    """All that was written of the project, by name, and all that was said on stderr."""

    nasty: Nasty
    saved: Path
    files: dict[str, bytes] = field(default_factory=dict)
    not_printed: set[str] = field(default_factory=set)

    def texts(self, *suffixes: str) -> Iterator[tuple[str, str]]:
        """Yield what is text, and ends so."""
        for name, content in self.files.items():
            if not name.endswith((".docx", ".pdf", ".zip")) and (not suffixes or name.endswith(suffixes)):
                yield name, content.decode("utf-8")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("nasty")
    nasty = write_nasty(folder / "project")
    saved = folder / "saved.json"
    found = Written(nasty, saved)

    def keep(name: str, *arguments: str | Path) -> str:
        ran = run(*arguments, cwd=folder)
        assert ran.code in (0, 1, 3), ran.err
        found.files |= {name: ran.out.encode(), f"{name}.err": ran.err.encode()}
        return ran.out

    saved.write_text(keep("check.json", "check", nasty.folder, "--format", "json", *ON), encoding="utf-8")
    before = folder / "before.json"
    whole = keep("before.json", "check", nasty.folder, "--format", "json", "--no-decisions", *ON)
    before.write_text(whole, encoding="utf-8")
    for name, (command, *options) in PRINTED.items():
        keep(name, command, nasty.folder, *options, *ON)
    keep("lock.said", "lock", nasty.folder, *ON)
    small = write_small(folder / "small")
    keep("what-if", "what-if", small, "-v", *ON)
    keep("bundle.said", "bundle", small, "-o", folder / "bundle.zip", *ON)
    keep("diff", "diff", before, saved)
    keep("diff.md", "diff", before, saved, "--format", "markdown")
    keep("diff.json", "diff", before, saved, "--format", "json")
    keep("redacted.html", "render", saved, "--redact", "--format", "html")
    keep("notices.said", "notices", nasty.folder, "-o", folder / "notices", *ON)
    notices = {path.name: path.read_bytes() for path in (folder / "notices").iterdir()}
    found.files |= notices
    found.not_printed |= {*notices, *ON_SCREEN, "list", "form.html", "report.github.txt", "report.text.txt"}
    found.files |= {"lock.json": (nasty.folder / "tcia-policy.lock").read_bytes()}
    with zipfile.ZipFile(folder / "bundle.zip") as bundle:
        found.files |= {f"bundle/{name}": bundle.read(name) for name in bundle.namelist()}
    assessment = read_json(saved.read_text(encoding="utf-8"))
    for form in FORMATS:
        found.files[f"report.{form.name}{form.suffix}"] = form.content(assessment)
    asked, open_ = form_of(assessment), listing(assessment)
    found.files |= {"form.docx": render_docx_form(asked), "form.html": render_html_form(asked)}
    found.files |= {"list": render_review_list(open_, 80).encode(), "list.json": result_json(open_).encode()}
    for name, screen in ON_SCREEN.items():
        found.files[name] = TEXT.render(assessment, screen).encode()
    return found


def test_the_project_is_judged_and_its_decisions_are_read(written: Written) -> None:
    judged = json.loads(written.files["check.json"])
    assert judged["verdict"] == "prohibited"
    status = {each["decision"]["name"]: each["status"] for each in judged["review"]["decisions"]}
    assert [status[name] for name in ("c", "a", "b", "w", "r", "no")] == ["counts"] * 6


def test_nothing_reaches_a_terminal_but_text_and_our_own_colors(written: Written) -> None:
    for name, text in written.texts():
        if name.startswith("bundle/") and name.endswith((".yaml", ".txt", ".bib", ".tex")):
            continue  # the files of the study, as they are
        shown = re.sub(r"\x1b\[[\d;]*m", "", text) if name == "colored" else text
        assert unseen(shown) == [], name


def test_no_line_is_a_command_of_a_pipeline(written: Written) -> None:
    for name, text in written.texts():
        if name.startswith("report.github"):
            assert all(re.match("::(error|warning|notice) ", line) for line in text.splitlines())
        if name not in written.not_printed and not name.startswith("bundle/"):
            assert acts_in_a_log(text) == [], name


def test_pages_have_one_script_and_link_to_the_web_alone(written: Written) -> None:
    for name, text in written.texts(".html"):
        assert acts_in_a_page(html.document_fromstring(text), scripts=2 if name == "form.html" else 1) == [], name


def test_markdown_has_no_html_of_others_no_image_and_no_address_but_of_the_web(written: Written) -> None:
    markdown_it = pytest.importorskip("markdown_it")
    reader = markdown_it.MarkdownIt("commonmark", {"html": True}).enable("table")
    reader.validateLink = lambda _: True  # the judge below refuses what a careless reader lets pass
    for name, text in written.texts(".md"):
        body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
        page = html.document_fromstring(f"<html><body>{reader.render(body)}</body></html>")
        assert acts_in_a_page(page, scripts=0) == [], name
        assert not page.xpath("//img"), name


def test_json_is_read_by_a_strict_reader(written: Written) -> None:
    for name, text in written.texts(".json", ".jsonld", ".sarif"):
        assert json.dumps(json.loads(text), ensure_ascii=False).encode("utf-8"), name


def test_ids_for_machines_are_no_scripts(written: Written) -> None:
    def ids(part: object) -> Iterator[str]:
        if isinstance(part, dict):
            for key, value in part.items():
                if key in ("@id", "url", "uri", "license", "helpUri", "spdxId") and isinstance(value, str):
                    yield value
                yield from ids(value)
        elif isinstance(part, list):
            for each in part:
                yield from ids(each)

    for name, text in written.texts("odrl.jsonld", "spdx.json", "croissant.json", "ro-crate.json", ".sarif"):
        for id_ in ids(json.loads(text)):
            assert not re.match(r"\s*(?:javascript|data|vbscript|file):", id_, re.IGNORECASE), (name, id_)
            if name.endswith(("odrl.jsonld", "ro-crate.json")) and re.match("https?:", id_):
                assert not re.search(r"[\s<>\"{}|\\^`]", id_), (name, id_)


def test_xml_is_read_without_entities(written: Written) -> None:
    for name, text in written.texts(".xml"):
        root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
        assert root.getroottree().docinfo.internalDTD is None, name
        assert root.tag == "testsuites"


@pytest.mark.parametrize("name", ["report.docx.docx", "form.docx"])
def test_word_has_no_field_and_no_address_of_others(written: Written, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(written.files[name])) as parts:
        assert acts_in_word(parts) == []


def test_paper_has_no_action_and_no_file_of_the_machine(written: Written) -> None:
    pypdf = pytest.importorskip("pypdf")
    content = written.files["report.pdf.pdf"]
    assert acts_on_paper(pypdf.PdfReader(io.BytesIO(content))) == []
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages[:3])
    assert "root:x:" not in text


def test_latex_reads_and_runs_nothing(written: Written) -> None:
    names = [name for name, _ in written.texts(".tex") if "/" not in name]
    assert names
    for name in names:
        text = written.files[name].decode()
        assert not re.search(r"\\(?:input|write|immediate|href|catcode|include)\b", text), name
        assert "^^" not in text, name


def test_no_secret_is_read_and_nothing_is_run(written: Written) -> None:
    for name, content in written.files.items():
        assert b"root:x:0" not in content, name
    assert not [path for path in written.saved.parent.rglob("*") if path.name in ("x", "pwned")]


def test_what_is_refused_is_told_without_harm(tmp_path: Path) -> None:
    project = tmp_path / "tcia-policy.yaml"
    wrong = "\\e[2J\\n::error::x ##vso[a]b \\u202e<script>"
    project.write_text(f'"{wrong}": 1\nuse: {{purpose: "{wrong}"}}\ndata: [{{dataset: "{wrong}"}}]\n', encoding="utf-8")
    for options in ((), ("--format", "json")):
        ran = run("check", tmp_path, *options, *ON)
        assert ran.code == 2
        for text in (ran.out, ran.err):
            assert unseen(text) == []
            assert acts_in_a_log(text) == []


ELSEWHERE = {"LC_ALL": "de_DE.UTF-8", "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "12345", "SOURCE_DATE_EPOCH": "1"}


def test_the_same_project_gives_the_same_bytes_everywhere(written: Written, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "place 2"
    here.mkdir()
    there.mkdir()
    run("bundle", written.nasty.folder, "-o", "bundle.zip", *ON, cwd=here)
    made = {form.name: written.files[f"report.{form.name}{form.suffix}"] for form in FORMATS}
    made["bundle"] = (here / "bundle.zip").read_bytes()
    arguments = [str(written.saved), str(written.nasty.folder), DAY]
    found = in_another_place([sys.executable, "-c", DIGESTS, *arguments], there, {**ELSEWHERE, "PYTHONPATH": SOURCE})
    assert found.splitlines() == [f"{name} {sha256(content).hexdigest()}" for name, content in made.items()]


Check = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("judge", "harm"),
    [
        (acts_in_a_log, "text\n  ::set-env name=x::y"),
        (acts_in_a_log, "a ##[add-mask]x"),
        (unseen, "a\x1b[2Jb"),
        (unseen, "a\u202eb"),
        (lambda text: acts_in_a_page(html.document_fromstring(text), scripts=0), "<p onclick=x>y</p>"),
        (lambda text: acts_in_a_page(html.document_fromstring(text), scripts=0), "<a href=' javascript:x'>y</a>"),
        (lambda text: acts_in_a_page(html.document_fromstring(text), scripts=0), "<p><script>x</script></p>"),
    ],
)
def test_the_judges_see_harm(judge: Check, harm: str) -> None:
    assert judge(harm) != []
