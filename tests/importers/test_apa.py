"""Data citations in APA style are read into fields and come back as they were; the strings are real ones."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcia_policy.errors import InputError
from tcia_policy.importers import apa
from tcia_policy.importers.person_names import initials, parse_creators, render_creators
from tcia_policy.model import Citation, Creator

LUNG = (
    "Hugo, G. D., & Weiss, E. (2016). Data from 4D Lung Imaging of NSCLC Patients (Version 2) [Dataset]. "
    "The Cancer Imaging Archive. 10.7937/K9/TCIA.2016.ELN8YGLE"
)


def parsed(text: str) -> Citation:
    return apa.parse(text, source="tcia-collection-manager", as_of=date(2026, 8, 21))


def people(text: str) -> list[tuple[str | None, str | None]]:
    return [(creator.family or creator.literal, creator.given) for creator in parse_creators(text)[0]]


def test_a_data_citation_is_read_into_its_fields() -> None:
    citation = parsed(LUNG)
    assert citation.creators == (Creator(family="Hugo", given="G. D."), Creator(family="Weiss", given="E."))
    assert (citation.year, citation.title, citation.version) == (
        2016,
        "Data from 4D Lung Imaging of NSCLC Patients",
        "2",
    )
    assert (citation.publisher, citation.doi) == ("The Cancer Imaging Archive", "10.7937/k9/tcia.2016.eln8ygle")
    assert citation.text == LUNG


def test_html_and_line_breaks_of_idc_are_gone() -> None:
    citation = parsed(
        "Van Oss, J., Murugesan, G. K., McCrumb, D., &amp; Soni, R. (2024). <i>Image segmentations produced\n"
        "by BAMF under the AIMI Annotations initiative</i> (Version v2.0.2) [Data set]. Zenodo.\n"
        "https://doi.org/10.5281/ZENODO.8345959"
    )
    assert citation.creators[0] == Creator(family="Van Oss", given="J.")
    assert citation.title == "Image segmentations produced by BAMF under the AIMI Annotations initiative"
    assert (citation.version, citation.doi) == ("v2.0.2", "10.5281/zenodo.8345959")
    assert citation.text is not None
    assert not re.search(r"[<>\n]|&amp;", citation.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mahoney, M. R., Van Tine, B. A., & Ravi, V.", [("Mahoney", "M. R."), ("Van Tine", "B. A."), ("Ravi", "V.")]),
        ("de Boer, S., & van Ginneken, B.", [("de Boer", "S."), ("van Ginneken", "B.")]),
        ("da Veiga Leprevost, F., & Ji, J.", [("da Veiga Leprevost", "F."), ("Ji", "J.")]),
        ("Lih, T.-S. M., & Macias, L. G.-F.", [("Lih", "T.-S. M."), ("Macias", "L. G.-F.")]),
        ("Plaza, M. de la L., & Owczarczyk, K. (Kasia)", [("Plaza", "M. de la L."), ("Owczarczyk", "K. (Kasia)")]),
        ("Aboian, M., chiang,  veronica, Lin, M.", [("Aboian", "M."), ("chiang", "veronica"), ("Lin", "M.")]),
        ("Adari, N., mundra,  eswarakumar, & Wang, H.", [("Adari", "N."), ("mundra", "eswarakumar"), ("Wang", "H.")]),
        ("Jain, A., & jaffe,  conrade carl.", [("Jain", "A."), ("jaffe", "conrade carl")]),
        ("Messay, T., & Tuinstra,  Timothy R.", [("Messay", "T."), ("Tuinstra", "Timothy R.")]),
        ("Helal, M., \u0650Alfarghaly, O., & Mokhtar, O.", [("Helal", "M."), ("Alfarghaly", "O."), ("Mokhtar", "O.")]),
        ("Jain R, P. L.", [("Jain R", "P. L.")]),
        ("BAUDOT, P., & LE, V. K.", [("BAUDOT", "P."), ("LE", "V. K.")]),
        ("Rajpurkar, P., S, & Ng, Andrew Y.", [("Rajpurkar", "P."), ("S", None), ("Ng", "Andrew Y.")]),
        ("Pawłowska, A., & O’Neill, A. F.", [("Pawłowska", "A."), ("O’Neill", "A. F.")]),
    ],
)
def test_the_names_of_people_keep_their_parts(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert people(" ".join(text.split())) == expected


@pytest.mark.parametrize(
    ("text", "creator"),
    [
        ("Mayr, N., Small Jr., W., & Lo, S. S.", Creator(family="Small", given="W.", suffix="Jr.")),
        ("Mayr, N., Armato III, S. G., & Lo, S. S.", Creator(family="Armato", given="S. G.", suffix="III")),
        ("Mayr, N., Armato III, Samuel G., Lo, S. S.", Creator(family="Armato", given="Samuel G.", suffix="III")),
        ("Lin, L., Simone II, C. B., Yuan, L.", Creator(family="Simone", given="C. B.", suffix="II")),
    ],
)
def test_a_suffix_is_no_part_of_the_family_name(text: str, creator: Creator) -> None:
    assert parse_creators(text)[0][1] == creator


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("National Lung Screening Trial Research Team.", "National Lung Screening Trial Research Team"),
        ("Cancer Moonshot Biobank.", "Cancer Moonshot Biobank"),
        ("The ECOG-ACRIN Cancer Research Group.", "The ECOG-ACRIN Cancer Research Group"),
        ("Lung Image Database Consortium (LIDC).", "Lung Image Database Consortium (LIDC)"),
        ("Clunie, D., GTEx Consortium, Clifford, W., & Pot, D.", "GTEx Consortium"),
        (
            "Garden, A. S., & M.D. Anderson Cancer Center Head and Neck Quantitative Imaging Working Group.",
            "M.D. Anderson Cancer Center Head and Neck Quantitative Imaging Working Group",
        ),
    ],
)
def test_an_organization_is_a_literal_wherever_it_stands(text: str, name: str) -> None:
    literals = [creator.literal for creator in parse_creators(text)[0] if creator.literal is not None]
    assert literals == [name]


def test_names_given_name_first_are_turned_around() -> None:
    text = "Deepa Krishnaswamy, Dennis Bontempi, David Clunie, Hugo Aerts, & Andrey Fedorov."
    assert people(text)[0] == ("Krishnaswamy", "Deepa")
    assert people(text)[-1] == ("Fedorov", "Andrey")
    assert ("Opsahl-Ong", "Laura") in people("Kopchick, B., Laura Opsahl-Ong, Sutton, G.")


def test_unabbreviated_lists_are_read_in_pairs_or_by_semicolon() -> None:
    text = "Farahmand, Saman, Fernandez, Aileen I, Ahmed, Fahad Shabbir, & Zarringhalam, Kourosh."
    assert people(text)[1:] == [("Fernandez", "Aileen I"), ("Ahmed", "Fahad Shabbir"), ("Zarringhalam", "Kourosh")]
    assert people("Armato III, Samuel G.; Li, Feng; Redmond, George")[1:] == [("Li", "Feng"), ("Redmond", "George")]


@pytest.mark.parametrize("ellipsis", ["…", "..."])
def test_an_elision_marks_the_citation_as_truncated_and_keeps_the_last_creator(ellipsis: str) -> None:
    creators, truncated = parse_creators(f"White, B. S., Woo, X. Y., {ellipsis} Fedorov, A.")
    assert truncated
    assert [creator.family for creator in creators] == ["White", "Woo", "Fedorov"]


@pytest.mark.parametrize(
    ("ending", "version", "resource_type"),
    [
        (" (Version 1) [Dataset]", "1", "Dataset"),
        (" (Version 1.1) [Data set]", "1.1", "Dataset"),
        (" (Version 2) [Graphic]", "2", "Image"),
        (" (Version 2)", "2", "Other"),
        (" [Data set]", None, "Dataset"),
        ("", None, "Other"),
    ],
)
def test_version_and_type_may_be_absent(ending: str, version: str | None, resource_type: str) -> None:
    citation = parsed(f"Zhao, B. (2015). A 2.5 D title (with brackets){ending}. TCIA. 10.7937/K9/TCIA.2015.08A1IXOO")
    assert (citation.version, citation.resource_type) == (version, resource_type)
    assert (citation.title, citation.publisher) == ("A 2.5 D title (with brackets)", "TCIA")


def test_a_title_may_itself_say_dataset() -> None:
    citation = parsed(
        "Hickman, H., & Helton, E. (2019). SDTM datasets for selected cancer collections to TCIA [Dataset] (Version 1) "
        "[Dataset]. The Cancer Imaging Archive. 10.7937/TCIA.2019.ZFV154M9"
    )
    assert citation.title == "SDTM datasets for selected cancer collections to TCIA [Dataset]"
    assert citation.version == "1"


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("10.7937/K9/TCIA.2014..UA0JGPDG", "10.7937/k9/tcia.2014..ua0jgpdg"),
        ("https://doi.org/10.7937/K9/TCIA.2014..UA0JGPDG", "10.7937/k9/tcia.2014..ua0jgpdg"),
        ("http://dx.doi.org/10.5281/zenodo.20719257", "10.5281/zenodo.20719257"),
    ],
)
def test_a_doi_is_read_with_or_without_resolver_in_any_case(written: str, doi: str) -> None:
    assert parsed(f"Zhao, B. (2015). Lung Phantom [Dataset]. The Cancer Imaging Archive. {written}").doi == doi


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Zhao, B. Lung Phantom. The Cancer Imaging Archive. 10.7937/K9/TCIA.2015.08A1IXOO",
        "Zhao, B. (n.d.). Lung Phantom [Dataset]. The Cancer Imaging Archive. 10.7937/K9/TCIA.2015.08A1IXOO",
        "Zhao, B. (2015). Lung Phantom [Dataset]. The Cancer Imaging Archive. no-doi",
        "A" * 20_000,
    ],
)
def test_what_is_no_dated_data_citation_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parsed(text)


@pytest.mark.parametrize(
    ("given_names", "expected"),
    [
        ("Sin-Ho", "S.-H."),
        ("Edwin J.R.", "E. J. R."),
        ("C. Ryan", "C. R."),
        ("M-A.", "M.-A."),
        ("A E.", "A. E."),
        ("M. de la L.", "M. de la L."),
        ("K. (Kasia)", "K. (Kasia)"),
        ("conrade carl", "conrade carl"),
    ],
)
def test_given_names_become_initials_unless_they_have_no_capital(given_names: str, expected: str) -> None:
    assert initials(given_names) == expected


def test_apa_names_up_to_twenty_creators_and_of_more_the_first_nineteen_and_the_last() -> None:
    creators = [Creator(family=f"Name{letter}", given="A.") for letter in "ABCDEFGHIJKLMNOPQRSTU"]
    twenty = render_creators(creators[:20])
    more = render_creators(creators)
    assert twenty.count("Name") == 20
    assert twenty.endswith("NameS, A., & NameT, A.")
    assert more.count("Name") == 20
    assert more.endswith("NameS, A., … NameU, A.")


LETTERS = "abcdefghijklmnopqrstuvwxyzàéíñöøşžł"
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÉÖŁŽ"
words = st.builds(lambda head, tail: head + tail, st.sampled_from(CAPITALS), st.text(LETTERS, min_size=1, max_size=9))
initial = st.sampled_from(CAPITALS).map(lambda letter: f"{letter}.")
hyphenated = st.lists(initial, min_size=1, max_size=2).map("-".join)
given_initials = st.lists(hyphenated, min_size=1, max_size=4).map(" ".join)
particles = st.sampled_from(["", "van ", "Van ", "de la ", "von ", "El ", "da "])
persons = st.builds(
    lambda particle, family, second, given_, suffix: Creator(
        family=f"{particle}{family}{second}", given=given_, suffix=suffix
    ),
    particles,
    words,
    st.one_of(st.just(""), words.map(lambda word: f"-{word}"), words.map(lambda word: f" {word}")),
    given_initials,
    st.sampled_from([None, None, None, "Jr.", "II", "III"]),
)
organizations = words.map(lambda word: Creator(literal=f"{word} Working Group"))
creator_lists = st.lists(st.one_of(persons, persons, persons, organizations), min_size=0, max_size=18).flatmap(
    lambda rest: persons.map(lambda first: (first, *rest))
)
titles = st.lists(words, min_size=1, max_size=6).map(" ".join)
citations = st.builds(
    lambda creators, truncated, year, title, version, resource_type: Citation(
        creators=creators,
        truncated=truncated and len(creators) > 1,
        year=year,
        title=title,
        version=version,
        publisher="The Cancer Imaging Archive",
        doi="10.7937/k9/tcia.2015.lo9ql9sx",
        resource_type=resource_type,
        source="tcia-collection-manager",
        as_of=date(2026, 8, 21),
    ),
    creator_lists,
    st.booleans(),
    st.integers(1990, 2030),
    titles,
    st.sampled_from([None, "1", "1.1", "v2.0.2"]),
    st.sampled_from(["Dataset", "Image", "Other"]),
)


@given(citations)
def test_what_is_rendered_is_parsed_back(citation: Citation) -> None:
    assert parsed(apa.render(citation)).model_copy(update={"text": None}) == citation


@given(st.lists(st.builds(Creator, family=words, given=words), min_size=1, max_size=30).map(tuple), titles)
def test_rendering_what_was_parsed_changes_nothing(creators: tuple[Creator, ...], title: str) -> None:
    once = apa.render(parsed(LUNG).model_copy(update={"creators": creators, "title": title}))
    assert apa.render(parsed(once)) == once


@given(st.text(max_size=300))
def test_no_text_leads_to_anything_but_a_citation_or_an_input_error(text: str) -> None:
    try:
        citation = parsed(text)
    except InputError:
        return
    assert citation.creators
    assert citation.title
