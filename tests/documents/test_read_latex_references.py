"""Bibliographies: `.bib` files by their names, and lists of references as they are printed."""

import pytest

from tcia_policy.documents.model import Manuscript
from tcia_policy.errors import InputError
from tests.documents.latex.latex_sources import body, keys, problems, read

Files = dict[str, str | bytes | InputError]
BIB = "@misc{lidc,\n title = {Data From LIDC-IDRI}, year = {2015}, doi = {10.7937/K9/TCIA.2015.LO9QL9SX}}\n"
BBL = "\\begin{thebibliography}{1}\n\\bibitem{old} An old work, doi:10.1/old.\n\\end{thebibliography}\n"


def entries(manuscript: Manuscript) -> list[tuple[str | None, bool]]:
    return [(entry.key, entry.printed) for entry in manuscript.entries]


@pytest.mark.parametrize(
    "command",
    [
        r"\bibliography{refs}",
        r"\bibliography{ refs.bib , IEEEabrv}",
        r"\bibliography{./refs}",
        r"\nobibliography{refs}",
        r"\putbib[refs]",
        r"\addbibresource[datatype=bibtex]{refs.bib}",
        r"\addglobalbib{refs.bib}",
    ],
)
def test_a_bibliography_is_read_where_it_is_named(command: str) -> None:
    manuscript = read(body(f"\\cite{{lidc}}\n{command}"), {"refs.bib": BIB, "main.bbl": BBL})
    assert entries(manuscript) == [("lidc", False)]
    assert str(manuscript.entries[0].place) == "paper/refs.bib:1"
    assert manuscript.files == ("paper/main.tex", "paper/refs.bib")
    assert problems(manuscript) == []


def test_of_a_key_in_two_bibliographies_the_first_counts_and_the_other_is_said() -> None:
    files: Files = {
        "papers.bib": "@article{lidc,\n title = {A paper}}\n",
        "refs.bib": "\n" + BIB + "@misc{b, title = {B}}",
    }
    manuscript = read(body("\\cite{lidc}\\bibliography{papers,refs}"), files)
    assert [(entry.key, entry.title) for entry in manuscript.entries] == [("lidc", "A paper"), ("b", "B")]
    assert problems(manuscript) == [
        "paper/refs.bib:2: the key lidc is there already; only the first is read, at paper/papers.bib:1; "
        "give this one another key"
    ]


def test_a_bibliography_named_twice_repeats_nothing() -> None:
    manuscript = read(body("\\cite{lidc}\\bibliography{refs,./refs,refs.bib}"), {"refs.bib": BIB})
    assert [entry.key for entry in dict.fromkeys(manuscript.entries)] == ["lidc"]
    assert problems(manuscript) == []


def test_a_bibliography_that_is_commented_out_is_not_read() -> None:
    assert entries(read(body("% \\bibliography{refs}\n\\iffalse\\bibliography{refs}\\fi"), {"refs.bib": BIB})) == []


def test_a_missing_bibliography_is_said_with_what_may_be_meant() -> None:
    manuscript = read(body("\\cite{lidc}\n\\bibliography{refs,nosuch}"), {"bib/Refs.bib": BIB})
    assert problems(manuscript) == [
        "paper/main.tex:3: refs.bib was not found, so that what it says is not known; did you mean paper/bib/Refs.bib?",
        "paper/main.tex:3: nosuch.bib was not found, so that what it says is not known; "
        "add the file, or remove the command that names it",
    ]


def test_a_list_that_is_out_of_date_does_not_stand_in_for_a_bibliography_that_is_there() -> None:
    manuscript = read(body(r"\cite{lidc}\bibliography{refs,nosuch}"), {"refs.bib": BIB, "main.bbl": BBL})
    assert entries(manuscript) == [("lidc", False)]
    assert len(manuscript.problems) == 1


def test_the_list_beside_the_main_file_stands_in_where_no_bibliography_is_there() -> None:
    manuscript = read(body(r"\cite{old}\bibliography{refs}"), {"main.bbl": BBL, "other.bbl": BBL})
    assert entries(manuscript) == [("old", True)]
    assert [(prose.file, prose.is_references) for prose in manuscript.prose] == [("paper/main.bbl", True)]
    assert (keys(manuscript), problems(manuscript)) == (["old"], [])


def test_the_list_beside_the_main_file_is_not_read_where_nothing_is_cited() -> None:
    assert entries(read(body("Nothing."), {"main.bbl": BBL})) == []


def test_a_list_that_the_source_includes_itself_is_a_list_of_references() -> None:
    manuscript = read(body("\\cite{old}\n\\input{main.bbl}"), {"main.bbl": BBL})
    assert entries(manuscript) == [("old", True)]
    assert all(prose.is_references for prose in manuscript.prose)


def test_a_bibliography_within_the_source_is_read_with_its_lines() -> None:
    source = f"\\begin{{filecontents*}}[overwrite]{{refs.bib}}\n\n{BIB}\\end{{filecontents*}}\n" + body(
        r"\cite{lidc}\bibliography{refs}"
    )
    manuscript = read(source)
    assert [(entry.key, str(entry.place)) for entry in manuscript.entries] == [("lidc", "paper/main.tex:3")]
    assert manuscript.prose == ()


def test_a_bibliography_can_have_the_name_of_the_job() -> None:
    assert entries(read(body(r"\cite{lidc}\bibliography{\jobname}"), {"main.bib": BIB})) == [("lidc", False)]


def test_a_list_of_references_gives_its_entries() -> None:
    text = (
        'Text.\n\\begin{thebibliography}{9}\n\\bibitem{one} M\\"uller: Data,\n'
        "  \\href{https://doi.org/10.1/a\\_b}{link}.\n\n"
        "\\bibitem[{Armato et~al.(2015)Armato, McLennan}]{two}\nArmato:\n\\newblock {LIDC-IDRI}. "
        "\\doi{10.7937/K9/TCIA.2015.LO9QL9SX}.\n\\end{thebibliography}\nMore."
    )
    manuscript = read(body(text))
    one, two = manuscript.entries
    assert (one.key, one.text, str(one.place)) == (
        "one",
        "Müller: Data, link (https://doi.org/10.1/a_b).",
        "paper/main.tex:4",
    )
    assert (two.key, two.text, two.year) == ("two", "Armato: LIDC-IDRI. doi:10.7937/K9/TCIA.2015.LO9QL9SX.", 2015)
    assert [(prose.is_references, prose.text.split("\n")[0]) for prose in manuscript.prose] == [
        (False, "Text."),
        (True, "Müller: Data,"),
    ]
    assert manuscript.prose[0].text.endswith("More.")


def test_titles_and_years_that_are_marked_are_known() -> None:
    bbl = (
        "\\begin{thebibliography}{1}\n\\bibitem [{\\citenamefont {Armato}(2011)}]{armato}%\n"
        "\\bibfield {author} {\\bibinfo {author} {S.~Armato},\\ }\\bibfield {title} {\\bibinfo {title} {The {LIDC}},"
        "\\ }%\n"
        "\\href {https://doi.org/10.1118/1.3528204} {\\bibfield {journal} {\\bibinfo {journal} {Med. Phys.}\\ }"
        "(\\bibinfo {year} {2011})}\\BibitemShut {NoStop}%\n\\end{thebibliography}"
    )
    (entry,) = read(body(r"\cite{armato}\bibliography{refs}"), {"main.bbl": bbl}).entries
    assert (entry.title, entry.year) == ("The LIDC", 2011)
    assert entry.text == "S. Armato, The LIDC, Med. Phys. (2011) (https://doi.org/10.1118/1.3528204)"


BIBLATEX = r"""% $ biblatex auxiliary file $
\begingroup
\datalist[entry]{nyt/global//global/global}
  \entry{lidc}{misc}{}{}
    \name{author}{2}{}{%
      {{hash=1}{%
         family={M\"{u}ller},
         familyi={M\bibinitperiod},
         given={J\"{o}rg}}}%
    }
    \list{publisher}{1}{%
      {The Cancer Imaging Archive}%
    }
    \field{title}{Data From {LIDC-IDRI}}
    \field{year}{2015}
    \verb{doi}
    \verb 10.7937/K9/TCIA.2015.LO9QL9SX
    \endverb
  \endentry
  \entry{other}{misc}{}{}
    \field{title}{Other}
  \endentry
\enddatalist
\datalist[entry]{none/global//global/global}
  \entry{lidc}{misc}{}{}
  \endentry
\enddatalist
\endgroup
"""


def test_a_list_of_biblatex_gives_its_entries_once() -> None:
    manuscript = read(body(r"\cite{lidc}\printbibliography", r"\addbibresource{refs.bib}"), {"main.bbl": BIBLATEX})
    lidc, other = manuscript.entries
    assert (lidc.key, lidc.title, lidc.year, lidc.printed) == ("lidc", "Data From LIDC-IDRI", 2015, True)
    assert str(lidc.place) == "paper/main.bbl:4"
    for said in ("Müller", "Jörg", "The Cancer Imaging Archive", "doi:10.7937/K9/TCIA.2015.LO9QL9SX"):
        assert said in lidc.text
    assert other.key == "other"
    (prose,) = [prose for prose in manuscript.prose if prose.is_references]
    assert prose.place(prose.text.index("Other")).number == 20
    assert problems(manuscript) == []


def test_a_bibliography_on_the_network_is_not_fetched() -> None:
    (problem,) = problems(read(body("x", r"\addbibresource[location=remote]{https://x.org/a.bib}")))
    assert "is not fetched" in problem


@pytest.mark.parametrize(
    ("commands", "doubted"),
    [
        (r"\addbibresource{refs.bib} \cite{lidc} \printbibliography", False),
        (r"\addbibresource{refs.bib} \cite{lidc} \printbibliography[heading=bibintoc]", False),
        (r"\addbibresource{refs.bib} \cite{lidc}", True),
        (r"\addbibresource{refs.bib} \cite{lidc} \iffalse\printbibliography\fi", True),
        (r"\addbibresource{refs.bib} \cite{lidc} \ifdraft{\printbibliography}{}", True),
        (r"\cite{lidc} \bibliography{refs}", False),
        (r"\cite{lidc} \begin{thebibliography}{1}\bibitem{lidc} Data.\end{thebibliography}", False),
    ],
)
def test_a_citation_is_in_doubt_where_nothing_prints_the_list_of_references(commands: str, doubted: bool) -> None:
    manuscript = read(body(f"\\usepackage{{ifdraft}} {commands}"), {"refs.bib": BIB})
    assert [use.doubt is not None for use in manuscript.citations] == [doubted]
