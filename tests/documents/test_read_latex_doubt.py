"""Text of which nobody can tell whether it is printed, and the sections in which text stands."""

from tests.documents.latex.latex_sources import body, printed, read


def test_text_in_doubt_is_a_block_of_its_own_that_says_why() -> None:
    manuscript = read(body("Before. \\ifpdf One.\\else Two.\\fi After."))
    assert [(block.text, block.doubt) for block in manuscript.prose] == [
        ("Before. After.", None),
        ("One.", "only if \\ifpdf is true"),
        ("Two.", "only if \\ifpdf is false"),
    ]


def test_what_all_branches_have_alike_is_in_no_doubt() -> None:
    text = "\\ifpdf We use LIDC~\\cite{lidc}. It has CT.\\else It has CT. We use NLST~\\cite{lidc,nlst}.\\fi"
    manuscript = read(body(text))
    assert [(use.key, use.doubt) for use in manuscript.citations] == [
        ("lidc", None),
        ("nlst", "only if \\ifpdf is false"),
    ]
    assert [(block.text, block.doubt) for block in manuscript.prose] == [
        ("It has CT.", None),
        ("We use LIDC.", "only if \\ifpdf is true"),
        ("We use NLST.", "only if \\ifpdf is false"),
    ]


def test_conditions_in_conditions_are_all_told() -> None:
    manuscript = read(body("\\ifpdf\\iflong \\cite{a}\\fi\\fi"))
    assert [use.doubt for use in manuscript.citations] == ["only if \\ifpdf is true and \\iflong is true"]


def test_an_entry_of_the_list_of_references_may_be_in_doubt() -> None:
    text = "\\begin{thebibliography}{9}\\bibitem{a} One. \\ifpdf\\bibitem{b} Two.\\fi \\bibitem{c} Three."
    entries = read(body(text + "\\end{thebibliography}")).entries
    assert [(entry.key, entry.text, entry.doubt) for entry in sorted(entries, key=lambda entry: entry.key or "")] == [
        ("a", "One.", None),
        ("b", "Two.", "only if \\ifpdf is true"),
        ("c", "Three.", None),
    ]


def test_a_file_that_both_branches_include_is_in_no_doubt() -> None:
    main = body("\\ifpdf\\input{one}\\input{two}\\else\\input{two}\\fi")
    manuscript = read(main, {"one.tex": "One.", "two.tex": "Two."})
    assert [(block.text, block.doubt) for block in manuscript.prose] == [
        ("One.", "only if \\ifpdf is true"),
        ("Two.", None),
    ]


def test_what_follows_an_end_that_may_not_be_one_is_in_doubt() -> None:
    manuscript = read(body("One. \\ifpdf\\end{document}\\fi Two. \\cite{a}"))
    assert [(block.text, block.doubt) for block in manuscript.prose] == [
        ("One.", None),
        ("Two.", "only if \\ifpdf is false"),
    ]
    assert [use.doubt for use in manuscript.citations] == ["only if \\ifpdf is false"]


def test_an_included_file_may_end_the_document() -> None:
    manuscript = read(body("\\input{part} Two. \\cite{a}"), {"part.tex": "One. \\ifpdf\\end{document}\\fi"})
    assert [(block.text, block.doubt) for block in manuscript.prose] == [
        ("Two.", "only if \\ifpdf is false"),
        ("One.", None),
    ]


def test_a_flag_of_a_class_beside_the_manuscript_is_as_its_options_say() -> None:
    class_file = "\\newif\\ifblind \\DeclareOption{blind}{\\blindtrue}\\ProcessOptions\\relax\\LoadClass{article}"
    text = "\\begin{document}\\ifblind Hidden.\\else Shown.\\fi\\end{document}"
    for options, shown in (("[blind]", "Hidden."), ("", "Shown.")):
        manuscript = read(f"\\documentclass{options}{{own}}{text}", {"own.cls": class_file})
        assert [(block.text, block.doubt) for block in manuscript.prose] == [(shown, None)]
    without = read(f"\\documentclass{{own}}{text}")
    assert [block.doubt for block in without.prose] == ["only if \\ifblind is true", "only if \\ifblind is false"]


def test_a_missing_file_of_settings_may_set_every_flag() -> None:
    manuscript = read(body("\\iflong One.\\fi", "\\newif\\iflong\\input{settings}"))
    assert [block.doubt for block in manuscript.prose] == ["only if \\iflong is true"]


def test_only_the_files_that_are_to_be_included_are_read() -> None:
    main = body("\\include{one}\\include{two}", "\\includeonly{two}")
    manuscript = read(main, {"one.tex": "One \\cite{a}.", "two.tex": "Two."})
    assert [block.text for block in manuscript.prose] == ["Two."]
    assert manuscript.citations == ()
    assert [problem.problem for problem in manuscript.problems] == [
        "one is left out by \\includeonly, so that it is not read"
    ]


def test_titles_of_sections_stand_where_their_text_begins() -> None:
    text = "Start.\\section{One} First. \\subsection*{Two~$x$} Second.\\footnote{A note.} \\section[3]{Three} Third."
    (block,) = read(body(text)).prose
    found = {word: block.sections_at(block.text.index(word)) for word in ("Start", "First", "Second", "Third", "note")}
    assert found == {
        "Start": (),
        "First": ("One",),
        "Second": ("One", "Two x"),
        "Third": ("Three",),
        "note": ("One", "Two x"),
    }


def test_sections_go_on_in_the_files_that_are_included_and_behind_them() -> None:
    main = body("\\section{One}\\input{part} Behind.")
    manuscript = read(main, {"part.tex": "Within.\\subsection{Two} Deeper.\\paragraph{Three} Deep."})
    sections = {
        word: block.sections_at(block.text.index(word))
        for block in manuscript.prose
        for word in ("Behind", "Within", "Deeper", "Deep.")
        if word in block.text
    }
    assert sections == {
        "Within": ("One",),
        "Deeper": ("One", "Two"),
        "Deep.": ("One", "Two", "Three"),
        "Behind": ("One", "Two", "Three"),
    }


def test_text_in_doubt_stands_in_its_section() -> None:
    manuscript = read(body("\\section{One} \\ifpdf A.\\fi \\section{Two} \\ifpdf B.\\fi"))
    (doubtful,) = (block for block in manuscript.prose if block.doubt)
    assert [doubtful.sections_at(doubtful.text.index(letter)) for letter in "AB"] == [("One",), ("Two",)]


def test_a_short_title_for_the_table_of_contents_is_not_printed() -> None:
    assert printed("\\section[Short]{Long} Text.") == "Long\n\nText."
