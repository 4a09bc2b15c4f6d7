"""What of a Markdown file a reader sees, what is hidden, and what nobody can tell."""

import re

import pytest
from markdown_it import MarkdownIt

from tcia_policy.documents.html.read_html import read_html
from tcia_policy.documents.model import Manuscript
from tests.documents.trees import keys, markdown

# Source; what is printed for certain; what is in doubt.
STRUCK_OUT = [
    ("a ~~b~~ c", "a c", ""),
    ("~~a https://doi.org/10.1/x~~ b", "b", ""),
    ("~~a (https://doi.org/10.1/x).~~ b", "b", ""),
    ("~~a [@x]~~ c", "c", ""),
    ("a ~~b\nc~~ d", "a d", ""),
    ("a ~~b (https://x.org/y).~~", "a", ""),
    ("a ~~https://x.org/y~~ b", "a b", ""),
    ("a ~~**b** `c`~~ d", "a d", ""),
    ("~~[a](https://doi.org/10.1/x)~~ b", "b", ""),
    ("[~~a~~](https://doi.org/10.1/x) b", "b", ""),
    ("a \\~~b~~ c", "a ~~b~~ c", ""),
    ("`~~a~~`", "~~a~~", ""),
    ("about ~600 scans and ~50 GB", "about ~600 scans and ~50 GB", ""),
    ("a ~b c~ d", "a d", "b c"),
    ("H~2~O and *Pr*~x~", "H2O and Prx", ""),
    ("a ~b~ c", "a c", "b"),
    ("| ~~a~~ | b |\n|---|---|\n| c | ~~d~~ |", "| | b | | c | |", ""),
    ("- ~~a~~\n- b", "b", ""),
    ("a <del>b</del> c", "a c", ""),
    ("a <s>b</s> <strike>c</strike> <ins>d</ins>", "a d", ""),
    ("<del>\n\na\n\n- b [@x]\n\n</del>\n\nc", "c", ""),
    ("<del>a <b>b</b></del> c", "c", ""),
    ("a <del>b\n\nc", "a c", ""),
    ("a \\sout{b} \\st{c} d", "a d", ""),
    ("# A ~~b~~\n\nc", "A c", ""),
]
CRITIC = [
    ("a {--b--} c", "a c", ""),
    ("a {~~b~>c~~} d", "a c d", ""),
    ("a {>>b [@x]<<} c", "a c", ""),
    ("a {++b++} c", "a b c", ""),
    ("a {==b==}{>>c<<} d", "a b d", ""),
    ("a {--b\nc--} d", "a d", ""),
    ("a {-- b", "a {-- b", ""),
    ("`{--a--}`", "{--a--}", ""),
]
ATTRIBUTES = [
    ("[a]{.hidden} b", "b", ""),
    ("[a]{style='display:none'} b", "b", ""),
    ("[a]{.content-hidden} b", "b", ""),
    ('[a]{.content-hidden when-format="pdf"} b', "b", "a"),
    ('[a]{.content-visible when-format="html"} b', "b", "a"),
    ("[a]{.content-visible} b", "a b", ""),
    ("[a]{.smallcaps} b", "a b", ""),
    ("[a](https://x.org){.hidden} b", "b", ""),
    ("[a [@x]]{.hidden} b", "b", ""),
    ("`a`{.hidden} b", "b", ""),
    ("# A {.hidden}\n\nb\n\n## C\n\nd\n\n# E\n\nf", "E f", ""),
    ('## A {visibility="hidden"}\n\nb\n\n## C', "C", ""),
    ("# A {.unnumbered}\n\nb", "A b", ""),
]
DIVS = [
    ("::: notes\na [@x]\n:::\nb", "b", ""),
    ("::: {.notes}\na\n:::\n\nb", "b", ""),
    ("::: {.content-hidden}\na\n:::\n\nb", "b", ""),
    ("::: {.content-hidden}\n::: {.callout-note}\na\n:::\nb\n:::\n\nc", "c", ""),
    ('::: {.content-visible when-format="html"}\na\n\nb\n:::\n\nc', "c", "a b"),
    ('::: {.content-visible unless-format="pdf"}\na\n:::', "", "a"),
    ('::: {.content-hidden unless-profile="x"}\na\n:::', "", "a"),
    ("::: {.content-visible}\na\n:::", "a", ""),
    ("::: {.comment}\na\n:::\n\nb", "b", ""),
    ("::: {.hidden}\na\n:::\n\nb", "b", ""),
    ("::: {.callout-note}\na\n:::", "a", ""),
    ("::: {#x style='display: none'}\na\n:::\n\nb", "b", ""),
    (":::{only} html\na\n:::\n\nb", "b", "a"),
    (":::{todo}\na\n:::\n\nb", "b", ""),
    ("::: {.column-margin}\na\n:::", "a", ""),
    ("- a\n\n  ::: notes\n  b\n  :::\n\n- c", "a c", ""),
]
HTML = [
    ("<div hidden>\n\na [@x]\n\n</div>\n\nb", "b", ""),
    ("<div hidden>a</div>\n\nb", "b", ""),
    ('<div style="display: none">\n\na\n\n</div>\n\nb', "b", ""),
    ('<div style="display:none !important;">a</div>b', "b", ""),
    ('<span style="visibility:hidden">a</span> b', "b", ""),
    ('<span style="text-decoration: line-through">a</span> b', "b", ""),
    ('<span style="font-size:0">a</span> b', "b", ""),
    ('<span style="color:transparent">a</span> b', "b", ""),
    ('<span style="color:white">a</span> b', "b", "a"),
    ('<span style="color:white;background:black">a</span> b', "a b", ""),
    ('<span style="opacity:0">a</span> b', "b", "a"),
    ('<span style="position:absolute;left:-9999px">a</span> b', "b", ""),
    ("<font color='white'>a</font> b", "b", "a"),
    ('<span style="color:rgba(0, 0, 0, 0)">a</span> b', "b", ""),
    ('<span style="color:#000;background:#000">a</span> b', "b", ""),
    ('<span style="transform: scale(0)">a</span> b', "b", ""),
    ('<span style="content-visibility: hidden">a</span> b', "b", ""),
    ('<span style="font-size: 1px">a</span> b', "b", "a"),
    ('<span style="max-width: 600px; color: #333; font-size: 12px">a</span>', "a", ""),
    ('<a href="https://x.org/y"></a>a', "a", ""),
    ('<a href="https://x.org/y"><img src="z"></a> a', "https://x.org/y a", ""),
    ('<span class="sr-only">a</span> b', "b", ""),
    ('<span class="d-none d-md-inline">a</span> b', "a b", ""),
    ('<span aria-hidden="true">a</span> b', "a b", ""),
    ("<p hidden>a</p>\n\nb", "b", ""),
    ("<p hidden>\na\n\nb", "b", ""),
    ("<template>a</template> b", "b", ""),
    ("a <script>b</script> c", "a c", ""),
    ("a <style>b</style> c", "a c", ""),
    ("<style>\n.x { display: none }\n</style>\n\n<p class='x'>a</p>\n\nb", "b", ""),
    ("<noscript>a</noscript> b", "b", "a"),
    ("<svg><title>a</title><desc>b</desc><text>c</text></svg> d", "c d", ""),
    ("<details><summary>a</summary>\n\nb\n\n</details>", "a b", ""),
    ("<dialog>a</dialog> b", "b", ""),
    ("<dialog open>a</dialog> b", "a b", ""),
    ("<picture><source srcset='x'><img src='y' alt='a'></picture> b", "b", ""),
    ("<img src='x' alt='a' title='b'> c", "c", ""),
    ("<abbr title='a'>b</abbr>", "b", ""),
    ("[a](https://x.org 'b')", "a https://x.org", ""),
    ("<![CDATA[ a ]]> b", "b", ""),
    ("<![CDATA[\n\na [@x]\n\n]]>\n\nb", "b", ""),
    ("<?php a ?> b", "b", ""),
    ("<video src='x'>a</video> b", "b", ""),
    ("<aside class='notes'>a</aside>\n\nb", "b", ""),
    ("<div hidden><div>a</div>b</div>c", "c", ""),
    ("a</del> b", "a b", ""),
    ("<!-- a <!-- b --> c", "c", ""),
    ("<a href='https://x.org' style='display:none'>a</a> b", "b", ""),
]
IMAGES = [
    ("a ![b](c.png) d [@x]", "a d", ""),
    ("![a](b.png)\n\nc [@x]", "a c", ""),
    ("![a](b.png)", "", "a"),
    ("![a](b.png){fig-alt='c'}\n\nd [@x]", "a d", ""),
    ("[![a](b.svg)](https://x.org)", "https://x.org", ""),
    ("[![a](b.svg)](https://doi.org/10.1/x)", "https://doi.org/10.1/x", ""),
    ("![a](b.png){.hidden}\n\nc [@x]", "c", ""),
]
CONDITIONS = [
    ("\\iffalse\na\n\n\\fi\n\nb", "b", ""),
    ("\\if0 a \\else b \\fi c", "b c", ""),
    ("\\iffalse a \\else b \\fi c", "b c", ""),
    ("\\iftrue a \\else b \\fi c", "a c", ""),
    ("\\ifdraft a \\fi b", "b", "a"),
    ("\\ifdraft a, without an end", "a, without an end", ""),
    ("{% comment %}\na\n\nb\n{% endcomment %}\n\nc", "c", ""),
    ("{% if x %}a {% else %}b{% endif %} c", "c", "a b"),
    ("{# a #} b", "b", ""),
    ("{{< comment >}}\na\n{{< /comment >}}\n\nb", "b", ""),
    ("{{< video a >}} b", "b", ""),
    ("\\begin{comment}\na\n\\end{comment}\nb", "b", ""),
    ("a \\todo{b} c", "a c", ""),
]
CHUNKS = [
    ("```{r}\n#| fig-cap: 'a ~~b~~'\n#| fig-alt: c\nd\n```", "a", ""),
    ("```{python}\n#| label: x\n#| tbl-cap: a\nb\n# c\n```", "a", ""),
    ("```{r}\n#| include: false\n#| fig-cap: a\n```\n\nb", "b", ""),
    ("```{r}\n#| echo: false\n#| fig-cap: a\n```", "a", ""),
    ("```{r x, echo=FALSE, fig.cap='a'}\nb\n```", "a", ""),
    ("```{r x, include=FALSE, fig.cap='a'}\nb\n```\n\nc", "c", ""),
    ("```\n#| fig-cap: a\n```\n\nb", "b", ""),
]
LINES = [
    ("a\n\nb\n\n% c\nd", "a b d", "% c"),
    ("% a\n% b\n\nc", "% a % b c", ""),
    ("a\n\nb\n\n*[c]: d", "a b", "*[c]: d"),
    ("a\n\nb\n\n50 % of c\n*d*", "a b 50 % of c d", ""),
    ("---\nkernelspec:\n  name: x\n---\n\na\n% b\nc", "a c", ""),
]
UNUSED = [
    ("[//]: # (a)\n\nb", "b", ""),
    ("[comment]: <> (a)\n\nb", "b", ""),
    ("[a]: https://x.org 'b'\n\nc", "c", ""),
    ("a\n\n[^1]: b", "a", ""),
    ("a ~~[^1]~~\n\n[^1]: b [@x]", "a", ""),
    ("a[^1]\n\n[^1]: b ~~c~~", "a b", ""),
    ("a ~~^[b]~~ c^[d]", "a c[d]", ""),
    ("<div hidden>a[^1]</div>\n\nb[^2]\n\n[^1]: c[^3]\n\n[^2]: d\n\n[^3]: e", "b d", ""),
    ('[a[^1]]{.content-visible when-format="html"}\n\n[^1]: b', "", "a b"),
    ("---\ntitle: a\nkeywords: [b]\ntags:\n- c\nkeyword: d\n---\n\ne", "a e", ""),
    ("---\nabstract: a\ndescription: b\nsubtitle: c\n---\n\nd", "a c d", "b"),
    ("+++\ntitle = 'a'\nkeywords = ['b']\n+++\n\nc", "c", ""),
    ("$a\\phantom{b}$ c", "a c", ""),
    ("---\ntitle: a ~~b~~\n---\n\nd", "a d", ""),
]
CASES = [*STRUCK_OUT, *CRITIC, *ATTRIBUTES, *DIVS, *HTML, *IMAGES, *CONDITIONS, *CHUNKS, *LINES, *UNUSED]


def _words(manuscript: Manuscript, *, doubted: bool) -> str:
    return " ".join(" ".join(block.text for block in manuscript.prose if (block.doubt is not None) is doubted).split())


@pytest.mark.parametrize(("text", "printed", "doubted"), CASES)
def test_what_is_seen(text: str, printed: str, doubted: str) -> None:
    manuscript = markdown(text)
    assert (_words(manuscript, doubted=False), _words(manuscript, doubted=True)) == (printed, doubted)


@pytest.mark.parametrize(
    "text",
    [text for text, printed, doubted in CASES if "[@x]" in text and (text, printed, doubted) not in IMAGES],
)
def test_what_is_hidden_cites_nothing(text: str) -> None:
    assert keys(markdown(text)) == []


GITHUB = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


@pytest.mark.parametrize(
    ("text", "printed", "doubted"),
    [case for case in (*STRUCK_OUT, *HTML) if "\\sout" not in case[0] and not re.search(r"(?<!~)~(?!~)", case[0])],
)
def test_the_page_that_is_made_of_it_shows_the_same(text: str, printed: str, doubted: str) -> None:
    manuscript = read_html(GITHUB.render(text).encode(), "x.html")
    assert (_words(manuscript, doubted=False), _words(manuscript, doubted=True)) == (printed, doubted)


def test_a_key_in_doubt_says_why() -> None:
    (use,) = markdown('[see [@a]]{.content-visible when-format="html"}').citations
    assert use.doubt == 'only in some formats (when-format="html")'


def test_what_is_included_in_doubt_is_in_doubt() -> None:
    text = '::: {.content-visible when-format="html"}\n{{< include _x.md >}}\n:::\n\nb'
    manuscript = markdown(text, {"_x.md": "a [@k]"})
    assert _words(manuscript, doubted=True) == "a"
    assert [use.doubt for use in manuscript.citations] == ['only in some formats (when-format="html")']


def test_what_is_included_where_nothing_is_seen_is_not_read() -> None:
    manuscript = markdown("::: notes\n{{< include _x.md >}}\n:::\n\nb", {"_x.md": "a [@k]"})
    assert manuscript.files == ("paper.md",)
    assert keys(manuscript) == []


def test_a_card_prints_no_text_of_an_image() -> None:
    manuscript = markdown("![NLST](a.png)\n\nb", name="README.md")
    assert _words(manuscript, doubted=False) + _words(manuscript, doubted=True) == "b"


def test_quarto_prints_the_text_of_an_image_as_its_caption() -> None:
    assert _words(markdown("![a](b.png)\n\nc", name="paper.qmd"), doubted=False) == "a c"


@pytest.mark.parametrize("begin", ["<div hidden>", "<div style='display:none'>", "::: notes"])
def test_a_hidden_part_that_never_ends_hides_the_rest_and_that_is_said(begin: str) -> None:
    manuscript = markdown(f"a\n\n{begin}\n\nb")
    assert _words(manuscript, doubted=False) == "a"
    assert [problem.place.number for problem in manuscript.problems] == [3]
