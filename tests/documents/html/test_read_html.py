"""Web pages: what a reader of the page sees, on which line, and what is a list of references."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.documents.html.read_html import read_html
from tcia_policy.documents.model import Manuscript
from tcia_policy.errors import InputError
from tests.work import IN_PROPORTION, growth

PAGE = """<!DOCTYPE html>
<html><head><title>the tab</title><meta name="keywords" content="NLST">
<style>.later { display: none } #gone, p.off { visibility: hidden } @media print { .screen { display: none } }</style>
</head><body>
<h1>A
 paper</h1>
<p>Word7 <a href="https://doi.org/10.7937/k9">the <b>data</b></a>, and
Word8 LIDC-IDRI<sup>1</sup>.</p>
<h2>Data</h2>
<ul><li><p>Word10</p></li><li>more <ul><li>inner</li></ul></li></ul>
<table><tr><th>Dataset</th><th>N</th></tr>
<tr><td>NLST</td>
<td>Word13</td></tr></table>
<h2>References</h2>
<ol><li>Smith K. Data. 2015. doi:10.7937/y</li></ol>
<h2>Appendix</h2><p>end</p>
</body></html>"""


def page(body: str) -> Manuscript:
    return read_html(body.encode(), "x.html")


def words(manuscript: Manuscript, *, doubted: bool = False) -> str:
    return " ".join(" ".join(block.text for block in manuscript.prose if (block.doubt is not None) is doubted).split())


def test_a_page_is_read_as_it_is_seen() -> None:
    manuscript = page(PAGE)
    assert [block.is_references for block in manuscript.prose] == [False, True, False]
    assert words(manuscript) == (
        "A paper Word7 the data https://doi.org/10.7937/k9, and Word8 LIDC-IDRI 1. Data Word10 more inner "
        "| Dataset | N | | NLST | Word13 | References Smith K. Data. 2015. doi:10.7937/y Appendix end"
    )


def test_lines_and_sections_are_known() -> None:
    block = page(PAGE).prose[0]
    found = {word: block.place(block.text.index(word)).number for word in block.text.split() if word.startswith("Word")}
    assert found == {word: int(word[4:]) for word in found}
    assert len(found) == 4
    assert block.sections_at(block.text.index("NLST")) == ("A paper", "Data")


@pytest.mark.parametrize(
    ("body", "printed", "doubted"),
    [
        ("<p class=later>a</p>b", "b", ""),
        ("<div id=gone>a</div>b", "b", ""),
        ("<p class=off>a</p><i class=off>b</i>", "b", ""),
        ("<p class=screen>a</p>", "a", ""),
        ("<p hidden>a</p>b", "b", ""),
        ("<div style='display:none'>a<p>b</p></div>c", "c", ""),
        ("<div style='display:none'><div style='display:block'>a</div></div>c", "c", ""),
        ("a <del>b</del> c", "a c", ""),
        ("<s>a</s> <strike>b</strike> <ins>c</ins>", "c", ""),
        ("a<!-- b -->c", "ac", ""),
        ("a <script>b</script><template>c</template> d", "a d", ""),
        ("<noscript>a</noscript>b", "b", "a"),
        ("<svg><title>a</title><desc>b</desc><text>c</text></svg>", "c", ""),
        ("<img alt='a' title='b' src='c'> d", "d", ""),
        ("<p title='a'>b</p>", "b", ""),
        ("<input type=hidden value=a> b", "b", ""),
        ("<details><summary>a</summary>b</details>", "a b", ""),
        ("<span aria-hidden=true>a</span>", "a", ""),
        ("<span class=visually-hidden>a</span> b", "b", ""),
        ("<aside class=notes>a</aside> b", "b", ""),
        ("<div class=notes>a</div> b", "a b", ""),
        ("a <span style='opacity: 0'>b</span> c", "a c", "b"),
        ("<pre>a</pre> b", "b", ""),
        ("<p><code>a</code> b</p>", "a b", ""),
        ("<cite>a</cite> b", "a b", ""),
        ("<a href='#x'>a</a> <a href='/y'>b</a> <a href='mailto:c'>d</a>", "a b d", ""),
        ("<a href='https://x.org/y'></a>b", "b", ""),
        ("<a href='https://x.org/y'>https://x.org/y</a>", "https://x.org/y", ""),
        ("a<br>b", "a b", ""),
        ("<p>a<p>b", "a b", ""),
        ("a &amp; b &lt;i&gt;", "a & b <i>", ""),
        ("<h2>a<a class=headerlink href='#a'>¶</a></h2>b", "a b", ""),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a b", ""),
    ],
)
def test_what_is_seen(body: str, printed: str, doubted: str) -> None:
    head = "<style>.later{display:none} #gone,p.off{visibility:hidden} @media print{.screen{display:none}}</style>"
    manuscript = page(f"<html><head>{head}</head><body>{body}</body></html>")
    assert (words(manuscript), words(manuscript, doubted=True)) == (printed, doubted)


@pytest.mark.parametrize(
    "rule",
    [
        "position:absolute; left:-9999px",
        "text-indent:-999px",
        "font-size:0",
        "clip:rect(0,0,0,0)",
        "clip-path:inset(50%)",
        "color:transparent",
        "transform:scale(0)",
        "content-visibility:hidden",
        "max-height:0",
    ],
)
def test_a_class_that_takes_something_out_of_sight_hides_it(rule: str) -> None:
    head, body = f"<style>.q{{{rule}}} .r{{font-size:0.9em; left:-5px; color:#333}}</style>", "<p class=q>dead</p>"
    page = f"<html><head>{head}</head><body><p class=r>seen</p>{body}</body></html>"
    shown = " ".join(block.text for block in read_html(page.encode(), "a.html").prose if block.doubt is None)
    assert shown.split() == ["seen"]


def test_a_list_of_quarto_is_one_of_references_without_a_heading() -> None:
    body = '<p>a</p><div id="refs" class="references csl-bib-body"><div class="csl-entry">NLST</div></div><p>b</p>'
    assert [(block.text, block.is_references) for block in page(body).prose] == [
        ("a", False),
        ("NLST", True),
        ("b", False),
    ]


def test_entries_of_bibtex_are_printed() -> None:
    (entry,) = page("<p>Cite:</p>\n<pre><code>@misc{a,\n title={T}, doi={10.7937/k9}\n}</code></pre>").entries
    assert (entry.doi, entry.printed, entry.key, str(entry.place)) == ("10.7937/k9", True, None, "x.html:2")


def test_hidden_entries_are_not_read() -> None:
    assert page("<pre hidden>@misc{a, title={T}}</pre>").entries == ()


def test_attributes_with_impossible_names_are_read_over() -> None:
    assert words(page("<p {{x}}='a' <b 1=2 =3 hidden>a</p>b")) == "b"


@pytest.mark.parametrize("content", [b"", b"  \n", b"<!-- a -->"])
def test_an_empty_page_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="empty page"):
        read_html(content, "x.html")


def test_elements_nested_too_deep_are_said() -> None:
    (problem,) = page("<div>" * 5_000 + "a").problems
    assert "nested too deep" in problem.problem


HOSTILE = {
    "elements": "<div>" * 200_000,
    "paragraphs": "<p>a" * 200_000,
    "rows": "<table><tr><td>" * 60_000,
    "attributes": "<a " + "x=1 " * 250_000 + ">",
    "signs": "<" * 1_000_000,
    "styles": "<style>" + ".x{display:none}" * 50_000 + "</style>" + "<p class=x>a" * 10_000,
    "crossed": "<a><b></a></b>" * 70_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_takes_work_in_proportion_to_its_length(name: str) -> None:
    assert growth(lambda size: page(HOSTILE[name][:size]), 4_000) < IN_PROPORTION


@given(
    st.lists(
        st.sampled_from(
            "<p> </p> <del> </del> <a href='http://x'> </a> <table> <tr> <td> a \n <br> <h2> <li> <pre>"
            " <style>.a{} </style> <!-- --> &amp; <svg> <title> [ <div hidden> </div>".split(" ")
        ),
        max_size=40,
    )
)
def test_any_page_is_read_or_refused(parts: list[str]) -> None:
    try:
        manuscript = page("".join(parts))
    except InputError:
        return
    for block in manuscript.prose:
        assert block.starts[0] == 0
        assert list(block.starts) == sorted(set(block.starts))
