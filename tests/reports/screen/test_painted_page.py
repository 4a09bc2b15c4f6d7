import shlex

from tcia_policy.reports.screen.painted_page import PaintedPage, cut, names_within


def test_text_stands_after_its_head_and_keeps_two_blanks() -> None:
    assert PaintedPage(30).after("TO DO  ", "a.tex:8  cite LIDC-IDRI and then NLST", indent=7) == [
        "TO DO  a.tex:8  cite LIDC-IDRI",
        "       and then NLST",
    ]


def test_a_head_is_painted_and_nothing_moves() -> None:
    (line,) = PaintedPage(30, color=True).after("TO DO  ", "cite", "1", indent=7)
    assert line == "\x1b[1mTO DO\x1b[0m  cite"


def test_text_of_too_many_lines_ends_in_dots() -> None:
    assert PaintedPage(12).after("", "one two three four five", indent=0, most=1) == ["one two…"]


def test_parts_break_between_them() -> None:
    found = PaintedPage(20).packed(["exit 1", "as of today", "why: because"], " · ")
    assert found == ["exit 1 · as of today", "why: because"]


def test_names_that_do_not_fit_are_counted() -> None:
    names = ["LIDC-IDRI", "NLST", "QIN PROSTATE"]
    assert names_within(names, 40) == "LIDC-IDRI, NLST, QIN PROSTATE"
    assert names_within(names, 24) == "LIDC-IDRI and 2 more"
    assert names_within(names, 14) == "LI… and 2 more"


def test_a_long_text_is_cut_and_cleaned() -> None:
    assert cut("abc\x1b[31mdef", 6).endswith("…")
    assert "\x1b" not in cut("abc\x1b[31mdef", 6)


def test_a_command_is_not_broken_where_it_fits_on_a_line_of_its_own() -> None:
    page = PaintedPage(40)
    assert page.with_command(["to do:"], "tcia-policy cite .", 2) == ["to do: tcia-policy cite ."]
    assert page.with_command(["what is to be done:"], "tcia-policy cite . -o refs.bib", 2) == [
        "what is to be done:",
        "  tcia-policy cite . -o refs.bib",
    ]


def test_a_long_command_is_broken_so_that_a_shell_reads_on() -> None:
    command = "tcia-policy cite 'my study' --into 'my study/paper/refs.bib' --fix"
    lines = PaintedPage(40).with_command([], command, 2)
    assert all(len(line) <= 40 for line in lines)
    assert shlex.split("\n".join(lines).replace("\\\n", "")) == shlex.split(command)
