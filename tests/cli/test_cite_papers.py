"""`tcia-policy cite`: what pages ask to be cited beside the data, and what is left out of it."""

from bibtexparser.entrypoint import parse_string

from tests.cli.run import Ran, run


def dois(ran: Ran) -> set[str]:
    return {str(entry["doi"]) for entry in parse_string(ran.out).entries}


def test_the_paper_that_a_page_asks_for_is_written_beside_the_data() -> None:
    ran = run("cite", "NSCLC-Radiomics")
    assert ran.code == 0
    assert "aerts2014:1038_ncomms5006         requested  NSCLC-Radiomics (asked for on its page)" in ran.err
    assert dois(ran) == {"10.7937/k9/tcia.2015.pf0m9rei", "10.1038/ncomms5006", "10.1007/s10278-013-9622-7"}
    assert "@article{aerts2014" in ran.out


def test_what_is_only_asked_for_can_be_left_out() -> None:
    assert dois(run("cite", "NSCLC-Radiomics", "--only", "required")) == {"10.7937/k9/tcia.2015.pf0m9rei"}
    assert "10.1038/sdata.2017.117" in dois(run("cite", "BraTS-TCGA-LGG", "--only", "required"))


def test_a_paper_that_is_asked_for_and_not_known_in_full_is_named_on_stderr() -> None:
    ran = run("cite", "LIDC-IDRI")
    assert ran.code == 0
    assert "\nrequested, but not written, because its reference is not known in full: " in ran.err
    assert ran.err.endswith("https://doi.org/10.1118/1.3528204\n")
    assert "not written" not in run("cite", "LIDC-IDRI", "--only", "required").err


def test_a_paper_that_is_required_and_not_known_in_full_is_missing() -> None:
    ran = run("cite", "BraTS-TCGA-GBM")
    assert ran.code == 3
    assert "\nwarning: not written, because its reference is not known in full: " in ran.err
    assert ran.err.endswith("https://doi.org/10.1109/tmi.2014.2377694\n")
    assert "10.1038/sdata.2017.117" in dois(ran)


def test_another_word_than_required_is_refused() -> None:
    ran = run("cite", "NSCLC-Radiomics", "--only", "requested")
    assert (ran.code, ran.out) == (2, "")


def test_show_says_of_every_notice_whether_it_is_required_and_how_firmly_that_is_known() -> None:
    text = run("show", "ISPY2", "-v").out
    assert "  citation, required, the whole dataset\n" in text
    assert "    https://doi.org/10.7937/tcia.kk02-6d95\n" in text
    assert "    source: a public file quoting the page, 2026-09-16, third party copy\n" in text
