"""Citations as the registry has them, and some as only an enemy would write them."""

from datetime import date

from hypothesis import strategies as st

from tcia_policy.model import Citation, Creator

TCIA = "The Cancer Imaging Archive"


def person(family: str, given: str | None = None, suffix: str | None = None) -> Creator:
    return Creator(family=family, given=given, suffix=suffix)


def citation(doi: str, title: str = "A title", *creators: Creator, year: int = 2015, **fields: object) -> Citation:
    values = {"publisher": TCIA, "source": "tcia", "as_of": date(2026, 8, 21)} | fields
    return Citation.model_validate({"doi": doi, "title": title, "creators": creators, "year": year, **values})


LIDC = citation(
    "10.7937/k9/tcia.2015.lo9ql9sx",
    "Data From LIDC-IDRI",
    person("Armato", "Samuel G.", "III"),
    person("McLennan", "Geoffrey"),
    person("van Ginneken", "Bram"),
    truncated=True,
    version="4",
)
NLST = citation(
    "10.7937/tcia.hmq8-j677",
    "Data from the National Lung Screening Trial (NLST)",
    Creator(literal="National Lung Screening Trial Research Team"),
    year=2013,
    version="1",
)
NAMES = citation(
    "10.7937/tcia.e7c8-xn23",
    "Müller’s “50 % & more” of α_1 #5: $100 {braced} ~ 2^3 \\ a|b",
    person("Müller", "Jörg"),
    person("O’Connor", "James P. B."),
    person("Ćwierz-Pieńkowska", "A."),
    person("Fura", "Ł."),
    person("Ødegård", "Åse"),
    person("Costa e Silva", "Maria"),
    person("chiang", "veronica"),
    person("van der Heijden", "Anna"),
    person("al-Ḥusaynī", "ʿAlī"),
    person("Kikinis", None),
    person("El Naqa", "Issam"),
    year=2021,
)
CLARK = citation(
    "10.1007/s10278-013-9622-7",
    "The Cancer Imaging Archive (TCIA): Maintaining and Operating a Public Information Repository",
    person("Clark", "Kenneth"),
    person("Vendt", "Bruce"),
    year=2013,
    resource_type="JournalArticle",
    container="Journal of Digital Imaging",
    volume="26",
    issue="6",
    pages="1045–1057",
    publisher="Springer",
)
DOUBLE_DOT = citation("10.7937/k9/tcia.2014..ua0jgpdg", "Head-Neck Cetuximab", person("Bosch", "W. R."), year=2014)
EVIL = citation(
    "10.7937/evil_{}%#&<x>",
    "\u202eevil\u202c \x1b[31m}{ @misc{x, title={y}} -- \n\u0301\u0301 \ud7ff\ufdd0 "
    "\\end{document} \"quoted\" 'x' % comment",
    person("and", "others and"),
    person("a, b", "c, d"),
    person("others"),
    person("\u200b", "\u202e"),
    person("}{", "{"),
    Creator(literal="A and B, {C"),
    year=2020,
    publisher="100% {",
    version="1}",
)
ALL = (LIDC, NLST, NAMES, CLARK, DOUBLE_DOT, EVIL)

LINES = st.text(max_size=30)
CREATORS = st.one_of(
    st.builds(Creator, family=LINES, given=st.none() | LINES, suffix=st.none() | LINES),
    st.builds(Creator, literal=LINES),
)
CITATIONS = st.builds(
    Citation,
    creators=st.lists(CREATORS, max_size=4).map(tuple),
    truncated=st.booleans(),
    year=st.integers(1900, 2100),
    title=LINES,
    version=st.none() | LINES,
    publisher=LINES,
    doi=st.from_regex(r"10\.[0-9]{4}/\S{1,20}", fullmatch=True),
    resource_type=st.sampled_from(["Dataset", "JournalArticle", "Software"]),
    container=st.none() | LINES,
    pages=st.none() | LINES,
    source=st.just("s"),
    as_of=st.just(date(2026, 1, 1)),
)
