"""Markdown of every flavor: what it cites, prints, includes and lists, and on which line."""

import json
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcia_policy.documents.model import SourceLocation
from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tests.documents.trees import keys, markdown, printed
from tests.work import IN_PROPORTION, growth

BIB = "@misc{armato2015,\n  title = {LIDC-IDRI},\n  doi = {10.7937/K9/TCIA.2015.LO9QL9SX}\n}\n"


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("as @a did", ["a"]),
        ("seen before [@a; @b, p. 3]", ["a", "b"]),
        ("Armato [-@a] and -@b", ["a", "b"]),
        ("[see @a, and also -@b]", ["a", "b"]),
        ("@a [p. 3]", ["a"]),
        ("so (@a)", ["a"]),
        ("@{key with:odd} ends", ["key with:odd"]),
        ("so @a.", ["a"]),
        ("@smith_2020:x/y+z.", ["smith_2020:x/y+z"]),
        ("@müller2020's", ["müller2020"]),
        ("*@a* and **[@b]**", ["a", "b"]),
        ("| x | [@a] |", ["a"]),
        ("> quoted [@a]", ["a"]),
        ("- item [@a]", ["a"]),
        ("text[^1]\n\n[^1]: a note [@a]", ["a"]),
        ("text^[a note [@a]]", ["a"]),
        ("![a caption [@a]](x.png)", ["a"]),
        ("# Heading [@a]", ["a"]),
        ("{cite}`a`, {cite:p}`b,c` and {cite:t}`d`", ["a", "b", "c", "d"]),
        ("{footcite}`a` {cite:p}`{see}b{p. 3}`", ["a", "b"]),
        (r"\citep[p. 3]{a,b} and \textcite{c}", ["a", "b", "c"]),
        ("<span>[@a]</span>", ["a"]),
        ("- one\n\n    its second paragraph [@a]", ["a"]),
        ("```{note} Title [@a]\nbody [@b]\n```\n[@c]", ["a", "b", "c"]),
        (":::{warning}\n[@a]\n:::\n\n::: {.callout-note}\n[@b]\n:::", ["a", "b"]),
        ("costs $5 [@a] or $6", ["a"]),
    ],
)
def test_what_cites(text: str, cited: list[str]) -> None:
    assert keys(markdown(text)) == cited


@pytest.mark.parametrize(
    "text",
    [
        "`@a`",
        "``a ` @a``",
        "```\n@a\n```",
        "~~~ r\n@a\n```\n@b\n~~~",
        "```{r, echo=FALSE}\nx@a <- 1\n[@b]\n```",
        "```{python}\n@decorator\n```",
        "- item\n\n  ```\n  @a\n  ```",
        "> ```\n> @a\n> ```",
        "text\n\n    @a indented code",
        "- item\n\n      @a code of the item",
        "<!-- @a -->",
        "<!--\n\n[@a]\n\n-->",
        "<!-- ``` -->\n<!-- @a -->\n<!-- ``` -->",
        "```{code-cell} python\n@a\n```",
        "```{code-block} r\n@a\n```",
        ":::{code-block}\n@a\n:::",
        "<script>\n\n@a\n\n</script>",
        "<pre>@a</pre>",
        "<style>\n@media print {}\n</style>",
        "<code>@a</code>",
        "mail somebody@example.org or <somebody@example.org>",
        "<https://example.org/@user> and https://example.org/@user",
        r"\@a",
        r"see \@ref(fig:x) and @ref(fig:x)",
        "@fig-flow, @Tbl-one, @sec-methods, @eq-1 and [@lst-code]",
        "@fig:flow and @eq:one",
        "$x_{@a}$ and $$y@b$$",
        "(@good) an example\n\nAs (@good) shows",
        "`r @a`",
        "- item\n\n<!-- ends the list -->\n\n    @a",
        "@a. begins an example of pandoc",
        "[^1]: a note that no mark refers to [@a]\n\n    nor to its second paragraph [@b]",
        "::: {.content-hidden}\n[@a]\n::: {.inner}\n[@b]\n:::\n:::",
        "\\begin{verbatim}\n\\cite{a}\n\\end{verbatim}",
        "% \\cite{a}",
    ],
)
def test_what_does_not_cite(text: str) -> None:
    assert keys(markdown(text)) == []


def test_a_comment_of_myst_does_not_cite() -> None:
    assert keys(markdown("{cite}`a`\n% [@b]\n")) == ["a"]


def test_text_after_code_and_comments_is_read() -> None:
    text = "```\n@no\n```\n[@a]\n<!-- @no\n@no --> [@b]\n\n- x\n\n      @no\n\n[@c]"
    manuscript = markdown(text)
    assert [(use.key, use.place.number) for use in manuscript.citations] == [("a", 4), ("b", 6), ("c", 12)]


def test_a_figure_and_an_entry_of_the_same_key_cite_the_entry() -> None:
    references = "---\nreferences:\n- id: fig-1996\n  title: Figs\n---\n[@fig-1996] and @fig-flow"
    assert keys(markdown(references)) == ["fig-1996"]


# What a parser of lines misses and pandoc reads.
NESTED = {
    "a nested list": ("- a\n    1. b [@x]\n\n        c [@y]\n- d", "a b c d", ["x", "y"]),
    "code in a nested list": ("1. a\n\n    - b\n\n          @no\n\n    - c [@x]", "a b c", ["x"]),
    "a list in a quotation in a list": ("- a\n\n    > - b [@x]\n    >\n    >         @no", "a b", ["x"]),
    "an item that begins below its mark": ("- a\n-\n\n    b [@x]\n\nc", "a b c", ["x"]),
    "a comment within a caption": ("![a\n<!-- @no -->\nb [@x]](f.png)", "a b", ["x"]),
    "a lazy quotation": ("> a\nb [@x]", "a b", ["x"]),
    "code in a quotation": ("> a\n>\n>     @no\n\nb [@x]", "a b", ["x"]),
    "reference link over two lines": (
        "[the\ndata][id]\n\n[ID]:\n  https://x.org/d\n  'T'",
        "the data https://x.org/d",
        [],
    ),
    "reference image": ("![a [@x]][id]\n\n[id]: f.png", "a", ["x"]),
    "image in a link": ("[![a](b.png)](https://doi.org/10.1/x) [@x]", "https://doi.org/10.1/x", ["x"]),
    "bracket in code in a link": ("[a `]` b](https://x.org)", "a ] b https://x.org", []),
    "brackets in a link": ("[a [b] c](https://x.org)", "a [b] c https://x.org", []),
    "title of a link over two lines": ("[a](https://x.org\n'b\nc') [@x]", "a https://x.org", ["x"]),
    "setext headings": ("A [@x]\n======\n\nB\n---\n\nc", "A B c", ["x"]),
    "a table": ("| A | B |\n|:--|--:|\n| a\\|b | [@x] |\n\nc", "| A | B | | a|b | | c", ["x"]),
    "a table without outer pipes": ("A | B\n--|--\nc | [@x]", "| A | B | | c | |", ["x"]),
    "a simple table": ("    Set  Cases\n-------  -----\n    LIDC    [@x]", "LIDC", ["x"]),
    "indented code after a list": ("- a\n\nb\n\n    @no", "a b", []),
    "a tab before code": ("a\n\n\t@no", "a", []),
    "html around Markdown": ("<div class='x'>\n\n**a** [@x]\n\n</div>", "a", ["x"]),
    "a tag over two lines": ("<span\nclass='x'>a [@x]</span>", "a", ["x"]),
    "a comment over paragraphs": ("a <!-- b\n\n[@no]\n\nc --> d [@x]", "a d", ["x"]),
    "a comment right after a line": ("a\n<!--\n[@no]\n\n[@no]\n-->\nb [@x]", "a b", ["x"]),
    "a comment in a paragraph": ("a\n<!--\n[@no]\n-->\nb [@x]", "a b", ["x"]),
    "a comment in a list": ("- a <!-- b\n\n    [@no] -->\n- c [@x]", "a c", ["x"]),
    "a definition": ("Term\n\n:   a [@x]\n\n    b\n", "Term a b", ["x"]),
    "emphasis over lines": ("**a\nb** [*@x*]", "a b", ["x"]),
    "emphasis that is none": ("2*3*4 a_b_c * d", "234 a_b_c * d", []),
    "escaped backtick": ("\\`@x\\`", "``", ["x"]),
    "a note of several blocks": ("a[^n]\n\n[^n]: b\n\n    - c [@x]\n\nd", "a b c d", ["x"]),
}


@pytest.mark.parametrize("name", NESTED)
def test_nested_blocks_and_links_are_read(name: str) -> None:
    text, expected, cited = NESTED[name]
    manuscript = markdown(text)
    assert expected in printed(manuscript)
    assert "no" not in printed(manuscript)
    assert keys(manuscript) == cited


@pytest.mark.parametrize(
    ("text", "expected", "cited"),
    [
        ("> a\n<!--\n[@no]\n\n[@no]\n-->\nb [@x]", "a b", ["x"]),
        ("- a\n<!--\n[@no]\n\n[@no]\n-->\nb [@x]", "a b", ["x"]),
        ("|a|b|\n|-|-|\n<!-- | c | [@no] | -->\n|d|[@x]|\n\ne [@y]", "|d||", ["x", "y"]),
        ("|a|b|c|d|\n|-|-|-|-|\n| c <!-- | [@no] | --> d | [@x]|\n\ne [@y]", "| c | | d | | e", ["x", "y"]),
        ("|a|b|\n|-|-|\n| c <!-- | [@no] |\n| [@no] --> | [@x]|\n\ne [@y]", "| c | | | | | e", ["x", "y"]),
        ("|a|b|\n|-|-|\n| c <!-- | [@no] | --> |\n| d | [@x]|\n\ne [@y]", "| c | | | d | | e", ["x", "y"]),
        ("|a|b|\n|-|-|\n| c <!-- | [@no] | --> |\n\ne [@y]", "| c | | e", ["y"]),
        ("|a|b|\n|-|-|\n|c|d|\n<!--\n[@no]\n\n[@no]\n-->\ne [@x]", "| c | d | e", ["x"]),
    ],
)
def test_a_comment_hides_what_is_in_it_and_no_more(text: str, expected: str, cited: list[str]) -> None:
    manuscript = markdown(text)
    assert expected in printed(manuscript)
    assert "no" not in printed(manuscript)
    assert keys(manuscript) == cited
    assert manuscript.problems == ()


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="compares with pandoc, which is not installed")
def test_pandoc_cites_the_same() -> None:
    for name, (text, _, cited) in NESTED.items():
        command = ["pandoc", "--from", "markdown", "--to", "json"]
        answer = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
        assert (name, sorted(set(_cited(json.loads(answer))))) == (name, cited)


def _cited(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if "citationId" in node:
            yield node["citationId"]
        for value in node.values():
            yield from _cited(value)
    elif isinstance(node, list):
        for value in node:
            yield from _cited(value)


def test_what_is_nested_deepest_is_still_read() -> None:
    assert keys(markdown("> " * 500 + "[@a]")) == ["a"]
    assert keys(markdown("".join("  " * depth + f"- [@a{depth}]\n" for depth in range(100)))) == [
        f"a{depth}" for depth in range(100)
    ]


def test_text_over_a_line_of_dashes_is_a_heading_only_if_it_is_one_line() -> None:
    text = "# References\n\nSmith 2015.\ndoi:10.7937/k9\n---\n\nDoe 2016. doi:10.7937/k8"
    assert [prose.is_references for prose in markdown(text).prose] == [False, True]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n\n| A |\n|---|\n| b |\n| [@x] |", 6),
        ("- a\n\n    > b\n    > [@x]", 4),
        ("[a](b\n'c\nd') [@x]", 3),
        ("`a\nb` [@x]", 2),
        ("![a\nb [@x]](c.png)", 2),
        ("a^[b\nc [@x]]", 2),
        ("a <!-- b\n\nc --> [@x]", 3),
        ("[a]: b\n[c]: d\n[@x]", 3),
        ("```{note} a\n:class: b\n\nc\n[@x]\n```", 5),
        ("$$\na\n$$\n[@x]", 4),
        ("Term\n\n: a\n\n  [@x]", 5),
        ("a\\\nb  \n[@x]", 3),
        ("a[^1]\n\n[^1]: b\n\n    c\n    [@x]", 6),
    ],
)
def test_the_line_of_a_citation_within_other_markup(text: str, line: int) -> None:
    assert [use.place.number for use in markdown(text).citations] == [line]


def test_a_citation_leaves_nothing_and_its_words_stay() -> None:
    assert printed(markdown("The data [@a; @b] were used [the LIDC-IDRI collection, @c].")) == (
        "The data were used [the LIDC-IDRI collection, ]."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**LIDC**-IDRI and *NLST* and TCGA_GBM", "LIDC-IDRI and NLST and TCGA_GBM"),
        ("$$\na\n$$ (label)\n\nb", "a b"),
        ("````{list-table}\n* - ````md\n    a\n    ````\n  - b\n````\n\nc", "b c"),
        (r"LIDC\_IDRI &amp; more", "LIDC_IDRI & more"),
        ("[the data](https://doi.org/10.7937/a_b_c) here", "the data https://doi.org/10.7937/a_b_c here"),
        ("[the data](<https://x.org/a b> 'title')", "the data https://x.org/a b"),
        ("[words][id]\n\n[id]: https://x.org 'T'", "words https://x.org"),
        ("[words][]\n\n[Words]: <https://x.org>", "words https://x.org"),
        ("[words]\n\n[words]: https://x.org", "words https://x.org"),
        ("<https://x.org/y>", "https://x.org/y"),
        ('<a href="https://x.org">words</a>', "words https://x.org"),
        ("doi: https://doi.org/10.7937/K9/TCIA_2015_X", "doi: https://doi.org/10.7937/K9/TCIA_2015_X"),
        ("text[^1]\n\n[^1]: A note.", "text A note."),
        ("The `LIDC-IDRI` set", "The LIDC-IDRI set"),
        ("[small]{.smallcaps} word {{< pagebreak >}}", "small word"),
        ("a{#sec:x} b", "a b"),
        ("1. one\n2. two", "one two"),
        ("p < 0.05 and 2 * 3", "p < 0.05 and 2 * 3"),
        ("![A caption](figure.png)", "A caption"),
        ("| A | B |\n|---|---|\n| c | d |", "| A | B | | c | d |"),
    ],
)
def test_what_is_printed(text: str, expected: str) -> None:
    assert printed(markdown(text)) == expected


def test_every_line_is_known_exactly() -> None:
    lines = [
        "---",
        "title: Word1",
        "abstract: |",
        "  Word3",
        "---",
        "",
        "# Word6 {#x}",
        "Word7 [@a]",
        "`x`",
        "<!--",
        "-->",
    ]
    lines += ["> Word11 [^1]", "", "[^1]: Word13", "    Word14", "", "Word16", "===", "", "- Word19", "  **Word20**"]
    prose = markdown("\n".join(lines)).prose[0]
    found = {word: prose.place(prose.text.index(word)).number for word in prose.text.split() if word.startswith("Word")}
    assert found == {word: int(word[4:]) + 1 for word in found}
    assert len(found) == 10


def test_carriage_returns_count_as_line_ends_once() -> None:
    assert markdown("a\r\n\r\n[@b]\rc").citations[0].place == SourceLocation("paper.md", 3)


def test_a_list_of_references_is_marked() -> None:
    text = "# A\n\nText 10.1/x\n\n## References\n\nSmith 2015. doi:10.7937/k9\n\n"
    text += "### More\n\nDoe 2016.\n\n## Appendix\n\nEnd"
    parts = [(prose.is_references, " ".join(prose.text.split())) for prose in markdown(text).prose]
    assert parts == [
        (False, "A Text 10.1/x References"),
        (True, "Smith 2015. doi:10.7937/k9 More Doe 2016."),
        (False, "Appendix End"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We used:\n\n- NLST\n- LIDC\n\nEnd.", "We used:\nNLST\nLIDC\n\nEnd."),
        ("We used:\n\n1. NLST\n\n2. LIDC", "We used:\nNLST\nLIDC"),
        ("We used these.\n\n- NLST\n- LIDC", "We used these.\n\nNLST\n\nLIDC"),
        ("We used:\n<ul>\n<li>NLST</li>\n<li>LIDC</li>\n</ul>", "We used:\nNLST\nLIDC"),
        ("<h2>A</h2>\n<p>b</p>\nc", "A\n\nb\n\nc"),
        (
            "<table>\n<tr><th>Dataset</th><th>N</th></tr>\n<tr>\n  <td>NLST</td>\n  <td>5</td>\n</tr>\n</table>",
            "| Dataset | N |\n | NLST  | 5  |",
        ),
    ],
)
def test_lists_and_tables_stay_together(text: str, expected: str) -> None:
    assert markdown(text).prose[0].text.strip() == expected


def test_headings_are_sections() -> None:
    text = "# A\n\na\n\nB\n---\n\n<h3>C</h3>\n\nc\n\n# D\n\nd"
    (block,) = markdown(text).prose
    assert block.sections_at(block.text.index("c\n")) == ("A", "B", "C")
    assert block.sections_at(len(block.text) - 1) == ("D",)


def test_a_block_of_bibtex_is_a_printed_list() -> None:
    for text in ("a\n\n```bibtex\n@misc{a,\n doi={10.7937/k9}}\n```", "a\n\n@misc{a,\n doi={10.7937/k9}}\n"):
        (entry,) = markdown(text, name="README.md").entries
        assert (entry.doi, entry.printed, entry.key) == ("10.7937/k9", True, None)
    assert [str(entry.place) for entry in markdown("```\n@misc{a, title={b}}\n```").entries] == ["paper.md:2"]
    assert markdown("<div hidden>\n\n```bibtex\n@misc{a, title={b}}\n```\n\n</div>").entries == ()


@pytest.mark.parametrize("name", ["README.md", "MODEL_CARD.md", "dataset-card.md"])
def test_a_user_in_a_card_is_no_key(name: str) -> None:
    assert keys(markdown("Thanks to @user, and see @scope/package.", name=name)) == []
    assert keys(markdown("See @armato2015.", name=name)) == ["armato2015"]
    assert keys(markdown("As @a did [@b].", name=name)) == ["a", "b"]
    assert keys(markdown("---\nbibliography: refs.bib\n---\nAs @a did.", {"refs.bib": BIB}, name=name)) == ["a"]


@pytest.mark.parametrize(
    "text",
    [
        '<div id="refs" class="references csl-bib-body">\n\n<div class="csl-entry">\n\nNLST\n\n</div>\n\n</div>\n\nb',
        "::: {#refs .references}\nNLST\n:::\n\nb",
    ],
)
def test_a_list_of_references_that_pandoc_marks_needs_no_heading(text: str) -> None:
    assert [(block.text.strip(), block.is_references) for block in markdown(f"a\n\n{text}").prose] == [
        ("a", False),
        ("NLST", True),
        ("b", False),
    ]


def test_a_heading_of_references_inside_code_begins_nothing() -> None:
    assert not any(prose.is_references for prose in markdown("```\n# References\n```\n\nIn 2015, 10.7937/k9").prose)


def test_front_matter_cites_and_lists() -> None:
    text = (
        "---\ntitle: The *title*\nabstract: |\n  We used [@a].\nnocite: |\n  @n1, @*\nreferences:\n"
        "- id: x\n  title: Data\n  DOI: 10.7937/K9\n  issued: {date-parts: [[2015, 1]]}\n---\n[@x]"
    )
    manuscript = markdown(text)
    assert [(use.key, use.place.number, use.in_text) for use in manuscript.citations] == [
        ("n1", 6, False),
        ("*", 6, False),
        ("a", 4, True),
        ("x", 13, True),
    ]
    entry = manuscript.entries[0]
    assert (entry.key, entry.title, entry.year, entry.place) == ("x", "Data", 2015, SourceLocation("paper.md", 8))
    assert "10.7937/K9" in entry.text
    assert printed(manuscript) == "The title We used ."


def test_yaml_at_the_end_is_read_as_pandoc_reads_it() -> None:
    manuscript = markdown("[@x]\n\n---\nreferences:\n- id: x\n  title: T\n...\n")
    assert manuscript.entries[0].place == SourceLocation("paper.md", 5)
    assert printed(manuscript) == ""


def test_text_between_two_rules_is_text() -> None:
    assert printed(markdown("a\n\n---\nSome words [@b].\n\n---\n\nc")) == "a Some words . c"


def test_executed_values_of_r_markdown_do_no_harm() -> None:
    manuscript = markdown("---\nparams:\n  d: !r Sys.Date()\nnocite: '@a'\n---\n")
    assert [use.key for use in manuscript.citations] == ["a"]
    assert manuscript.problems == ()


def test_a_yaml_bomb_is_one_problem_and_the_text_is_read() -> None:
    manuscript = markdown("---\na: &a [x]\nb: *a\n---\n[@c]")
    assert [str(problem) for problem in manuscript.problems] == [
        "paper.md:2: the YAML anchors and aliases (& and *) are not used here; "
        "its bibliography, title and abstract are not known"
    ]
    assert keys(manuscript) == ["c"]


def test_bibliographies_of_the_front_matter_are_read() -> None:
    csl = '[{"id": "x", "title": "T", "DOI": "10.1/x"}]'
    text = "---\nbibliography: [../refs.bib, more.json]\n---\n"
    manuscript = markdown(text, {"refs.bib": BIB, "paper/more.json": csl}, "paper/main.qmd")
    assert manuscript.files == ("paper/main.qmd", "refs.bib", "paper/more.json")
    assert {entry.key for entry in manuscript.entries} == {"armato2015", "x"}
    assert manuscript.problems == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_quarto.yml", "project:\n  type: book\nbibliography: refs.bib\n"),
        ("_bookdown.yml", "bibliography: [refs.bib]\n"),
        ("myst.yml", "version: 1\nproject:\n  bibliography:\n    - refs.bib\n"),
        ("_config.yml", "bibtex_bibfiles:\n  - refs.bib\n"),
    ],
)
def test_the_bibliography_of_a_project_counts_for_its_chapters(name: str, text: str) -> None:
    manuscript = markdown("[@armato2015]", {name: text, "refs.bib": BIB}, "chapters/one.md")
    assert [entry.key for entry in manuscript.entries] == ["armato2015"]


def test_the_index_of_a_book_names_the_bibliography_of_its_chapters() -> None:
    files = {"_bookdown.yml": "bibliography: []\n", "index.Rmd": "---\nbibliography: refs.bib\n---\n", "refs.bib": BIB}
    assert [entry.key for entry in markdown("[@armato2015]", files, "02.Rmd").entries] == ["armato2015"]


@pytest.mark.parametrize(
    "name", ["missing.bib", "../outside.bib", "/etc/passwd", "C:/x.bib", "https://x.org/r.bib", "r.enl"]
)
def test_a_bibliography_that_cannot_be_read_is_said_with_its_line(name: str) -> None:
    manuscript = markdown(f"---\ntitle: x\nbibliography: {name}\n---\n", {"r.enl": ""})
    assert [problem.place for problem in manuscript.problems] == [SourceLocation("paper.md", 3)]
    assert name.rsplit("/", maxsplit=1)[-1] in manuscript.problems[0].problem


@pytest.mark.parametrize(
    "include",
    [
        "{{< include _x.qmd >}}",
        "```{include} _x.qmd\n```",
        ":::{include} _x.qmd\n:::",
        "```{r child='_x.qmd'}\n```",
        '```{r, echo=FALSE, child = c("_x.qmd")}\n```',
        "{{< include /paper/_x.qmd >}}",
    ],
)
def test_what_is_included_is_read_in_its_place(include: str) -> None:
    manuscript = markdown(f"one\n\n{include}\n\nthree", {"paper/_x.qmd": "two [@a]"}, "paper/main.qmd")
    assert [prose.file for prose in manuscript.prose] == ["paper/main.qmd", "paper/_x.qmd", "paper/main.qmd"]
    assert manuscript.citations[0].place == SourceLocation("paper/_x.qmd", 1)


def test_references_in_an_included_file_are_marked() -> None:
    manuscript = markdown("# References\n\n{{< include _r.md >}}\n\n# End", {"_r.md": "Smith 2015. 10.7937/k9"})
    assert [(prose.file, prose.is_references) for prose in manuscript.prose] == [
        ("paper.md", False),
        ("_r.md", True),
        ("paper.md", False),
    ]


@pytest.mark.parametrize("name", ["missing.md", "../../etc/passwd", "/etc/passwd"])
def test_an_inclusion_that_is_not_there_is_said_with_its_line(name: str) -> None:
    manuscript = markdown(f"a\n\n{{{{< include {name} >}}}}\n\n[@b]")
    assert [problem.place for problem in manuscript.problems] == [SourceLocation("paper.md", 3)]
    assert keys(manuscript) == ["b"]


def test_a_document_that_includes_itself_is_read_once() -> None:
    manuscript = markdown("[@a]\n\n{{< include b.md >}}", {"b.md": "[@b]\n\n{{< include paper.md >}}"})
    assert sorted(keys(manuscript)) == ["a", "b"]
    assert [str(problem) for problem in manuscript.problems] == ["b.md:3: includes paper.md, which includes it"]


@pytest.mark.parametrize("end", ["", "\n\n", "\n``"])
@pytest.mark.parametrize("begin", ["```", "~~~ r", "<!--", "<script>", "::: {.content-hidden}"])
def test_what_is_never_closed_hides_the_rest_and_that_is_said(begin: str, end: str) -> None:
    manuscript = markdown(f"[@a]\n\n{begin}\n\n[@b]{end}")
    assert keys(manuscript) == ["a"]
    assert [problem.place.number for problem in manuscript.problems] == [3]


@pytest.mark.parametrize("target", ["doi:10.7937/K9", "https://doi.org/10.7937/K9"])
def test_a_doi_link_without_words_cites_its_doi(target: str) -> None:
    manuscript = markdown(f"data []({target})")
    assert keys(manuscript) == [entry.key for entry in manuscript.entries] == [target]
    assert "10.7937/K9" in manuscript.entries[0].text


def test_a_doi_link_with_words_is_only_a_link() -> None:
    assert keys(markdown("[the data](https://doi.org/10.7937/K9)")) == []


def test_a_doi_as_a_key_is_its_own_entry() -> None:
    assert "10.7937/K9.x" in markdown("[@doi:10.7937/K9.x]").entries[0].text


def test_a_tag_of_manubot_is_the_entry_it_names() -> None:
    manuscript = markdown("Data [@Tag].\n\n[@Tag]: doi:10.7937/K9")
    assert keys(manuscript) == ["Tag"]
    assert [(entry.key, entry.text, entry.place.number) for entry in manuscript.entries] == [
        ("Tag", "doi:10.7937/K9", 3)
    ]


def test_the_bibliography_directive_of_myst_names_files_and_may_print_all() -> None:
    manuscript = markdown("```{bibliography} refs.bib\n:all:\n```", {"refs.bib": BIB})
    assert [entry.key for entry in manuscript.entries] == ["armato2015"]
    assert [(use.key, use.in_text) for use in manuscript.citations] == [("*", False)]


JOSS = """---
title: 'tool: software for images'
tags:
  - Python
authors:
  - name: A. Author
    orcid: 0000-0000-0000-0000
    affiliation: "1, 2"
date: 13 August 2017
bibliography: paper.bib
---

# Summary

The LIDC-IDRI data [@armato2015] were used (see \\autoref{fig:x}).

# References
"""


def test_a_joss_paper() -> None:
    manuscript = markdown(JOSS, {"paper.bib": BIB})
    assert keys(manuscript) == ["armato2015"]
    assert manuscript.files == ("paper.md", "paper.bib")
    assert manuscript.problems == ()
    assert printed(manuscript) == ("tool: software for images Summary The LIDC-IDRI data were used (see ). References")


HOSTILE = {
    "open brackets": "[" * 1_000_000,
    "closed brackets": "[" * 500_000 + "]" * 500_000,
    "at signs": "@" * 1_000_000,
    "citations in open brackets": "[@a " * 250_000,
    "fences": "```a\n~~~b\n" * 100_000,
    "empty lines": "\n" * 1_000_000,
    "backticks": "".join("`" * size + " " for size in range(1, 1400)),
    "links": "](a " * 250_000,
    "link targets": "[](((" * 200_000,
    "roles": "{a}`" * 250_000,
    "attributes": "{#" * 500_000,
    "math": "$a " * 300_000,
    "tags": "<a <code>" * 100_000,
    "comments": "` <!" * 250_000,
    "metadata": "---\na: b\n\n" * 100_000,
    "references": "# References\n\n" * 10_000,
    "quotes": "> " * 500_000,
    "spaces": " " * 1_000_000 + "x",
    "nested lists": "".join(" " * depth + "- a\n" for depth in range(1400)),
    "escapes": "\\cite{" * 150_000,
    "emphasis": "*a **a _a " * 40_000,
    "nested quotes and lists": "> - " * 100_000,
    "quotes of many lines": ("> " * 50 + "a\n") * 4_000,
    "rows of a table": "|a|\n|-|\n" + "|b|\n" * 100_000,
    "columns of a table": ("|a" * 200 + "\n" + "|-" * 200 + "\n\n") * 500,
    "labels that are defined": "[a]: b\n\n" + "[a][ " * 80_000,
    "labels that go on": "[a\n" * 100_000,
    "notes in notes": "^[" * 100_000 + "]" * 100_000,
    "notes that are open": "[^a]: b\n\n" + "[^a" * 100_000,
    "images in images": "![" * 50_000 + "](u)" * 50_000,
    "display math": "$$a\n\n" * 80_000,
    "directives": "```{note}\n" * 40_000,
    "directives in quotes": "> ```{note}\n\n" * 30_000,
    "comments in quotes": "> <!-- a\n\n" * 40_000,
    "comments over paragraphs": "a <!-- b\n\nc --> d\n\n" * 20_000,
    "definitions": "a\n: b\n" * 60_000,
    "html": "<div>\n" * 60_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_takes_work_in_proportion_to_its_length(name: str) -> None:
    assert growth(lambda size: markdown(HOSTILE[name][:size]), 4_000) < IN_PROPORTION
    assert markdown(HOSTILE[name][:40_000]).files == ("paper.md",)


def test_the_cells_that_short_rows_lack_are_bounded() -> None:
    table = "|" + "a|" * 200 + "\n|" + "-|" * 200 + "\n" + "|\n" * 110 + "\n"
    manuscript = markdown(table * 10 + "| b | [@a] |")
    assert sum(prose.text.count("|") for prose in manuscript.prose) < 3 * 110 * 200
    assert keys(manuscript) == ["a"]


def test_a_document_too_large_is_refused() -> None:
    with pytest.raises(InputError, match="larger than"):
        markdown("a" * 10_000_001)


NO_NUL = st.characters(codec="utf-8", exclude_characters="\0")
MARKUP = st.text(st.sampled_from(list("[](){}<>@`*_$#-=:;!^~\\|&%\"'.,/ \n\tab1")), max_size=200)


PARTS = (
    "[ ] ( ) { } < > @a ` ``` ~~~ ::: * _ $ $$ # - --- ... = === : ! ^ [^1] [^1]: ^[ ~ \\ | |-| % +++ &amp; &#10; a "
    "<!-- --> <a> </a> <code> </code> <pre> </pre> {cite}`a` ```{note} [a]: (x)= \\cite{a} \\begin{verbatim} {#a} "
    "{=html} 1. http://a.b (@e) title:"
).split()
NESTED_PARTS = st.lists(st.sampled_from([*PARTS, " ", "    ", "\t", "\n", "\n\n", "> ", "\u2028"]), max_size=60).map(
    "".join
)


@given(MARKUP | NESTED_PARTS | st.text(NO_NUL, max_size=200))
def test_any_text_is_read_and_every_place_is_in_it(text: str) -> None:
    manuscript = markdown(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for prose in manuscript.prose:
        assert list(prose.starts) == sorted(set(prose.starts))
        assert prose.starts[0] == 0
        assert list(prose.numbers) == sorted(prose.numbers)
        assert 1 <= prose.numbers[0] <= prose.numbers[-1] <= lines
    assert all(1 <= (use.place.number or 0) <= lines for use in manuscript.citations)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    file: object = "paper.md"
    try:
        markdown(content)
    except InputError as error:
        file = error.file
    assert file == "paper.md"


@settings(deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=40), max_size=10))
def test_code_never_cites(lines: list[str]) -> None:
    fence = "`" * 41
    assert keys(markdown("\n".join((fence, *lines, "@code", fence)))) == []


def test_a_text_longer_than_any_manuscript_is_not_read_and_said() -> None:
    with pytest.raises(InputError, match="larger than 1,500,000 bytes"):
        markdown("word " * (limits.MARKDOWN_TEXT // 5 + 1))
