"""Who answers as a Data Access Committee, as the archive, or as counsel: the whole name is looked up, and no word."""

import re
from collections.abc import Mapping, Sequence

from tcia_policy.engine.grantors import is_named, may_grant, plain
from tcia_policy.lazy import pattern
from tcia_policy.model import Dataset
from tcia_policy.rules.rule_text import Answerer

NCTN = "NCTN"
_COMMITTEES = tuple(
    f"{of}{name}"
    for of in ("", "NCI ", "NIH ", "National Cancer Institute ", "National Institutes of Health ", "dbGaP ")
    for name in ("Data Access Committee", "DAC", "Data Access Committee (DAC)")
)
# Who runs the archive of NCTN's trials, from which an approved request for these data was carried over.
_OF_NCTN = tuple(
    f"{name}{desk}"
    for name in ("CTDC", "Clinical and Translational Data Commons", "NCTN Data Archive", "NCTN/NCORP Data Archive")
    for desk in ("", " help desk", " Data Access Committee")
)
_ARCHIVES = (
    *(
        f"{name}{desk}"
        for name in ("TCIA", "Cancer Imaging Archive", "IDC", "Imaging Data Commons", "NCI Imaging Data Commons")
        for desk in ("", " help desk", " helpdesk", " support")
    ),
    "help@cancerimagingarchive.net",
    "TCIA Help Desk (help@cancerimagingarchive.net)",
    "TCIA Help Desk <help@cancerimagingarchive.net>",
)
_COUNSEL = pattern(
    r"(?:(?:general|legal|in-house|outside|corporate|associate general|deputy general|university) )?counsel"
    r"|office of (?:the )?(?:(?:general|legal|university) )?counsel|office of legal (?:affairs|services)"
    r"|legal(?: (?:department|office|team|services|affairs|division))?|law (?:department|office|firm)"
    r"|lawyers?|attorneys?|solicitors?"
)
_OF = pattern(r"(?:,| of| at) (?=[A-Z])")
ACCEPTED: Mapping[Answerer, str] = {
    Answerer.ACCESS_COMMITTEE: "`Data Access Committee` or `DAC`, alone or after `NCI`, `NIH` or `dbGaP`",
    Answerer.ARCHIVE: "`TCIA`, `TCIA Help Desk`, `help@cancerimagingarchive.net`, `IDC`, `Imaging Data Commons`",
    Answerer.COUNSEL: "`Office of Counsel`, `Legal department`, `General Counsel of X`, `Jane Doe, counsel`",
}
# Words by which a name may mean such a party. A refusal counts from each of them; leave is given by the exact names.
_PERHAPS: Mapping[Answerer, re.Pattern[str]] = {
    Answerer.ACCESS_COMMITTEE: pattern(
        r"\b(committee|DACs?|dbGaP|NIH|CTDC|Clinical and Translational Data Commons|NCTN Data Archive)\b", re.IGNORECASE
    ),
    Answerer.COUNSEL: pattern(
        r"\b(counsel|lawyers?|attorneys?|solicitors?|legal|law (firm|office|department))\b", re.IGNORECASE
    ),
    Answerer.ARCHIVE: pattern(
        r"\b(archive|TCIA|help@cancerimagingarchive\.net|IDC|Imaging Data Commons)\b", re.IGNORECASE
    ),
}


def is_answerer(answerer: Answerer, name: str, datasets: Sequence[Dataset]) -> bool:
    """Return whether the whole name is one of those by which such a party is known; for the owner, one recorded."""
    if answerer is Answerer.DATA_OWNER:
        return any(may_grant(name, dataset) for dataset in datasets)
    if answerer is Answerer.COUNSEL:
        return _is_counsel(name.strip())
    known = _ARCHIVES if answerer is Answerer.ARCHIVE else _COMMITTEES
    if answerer is Answerer.ACCESS_COMMITTEE and any(dataset.program == NCTN for dataset in datasets):
        known = (*known, *_OF_NCTN)
    return _without_article(name) in {plain(each) for each in known}


def may_be_answerer(answerer: Answerer, name: str) -> bool:
    """Return whether a name has a word of such a party."""
    return answerer in _PERHAPS and bool(_PERHAPS[answerer].search(name))


def _without_article(name: str) -> str:
    return plain(name).removeprefix("the ")


def _is_counsel(name: str) -> bool:
    """Return whether a name is that of a legal office, alone, of an organization, or after the name of a person."""
    if _is_office(name):
        return True
    person, comma, role = name.partition(", ")
    if comma and is_named(person) and _is_office(role):
        return True
    return any(_is_office(name[: of.start()]) and is_named(name[of.end() :]) for of in _OF.finditer(name))


def _is_office(text: str) -> bool:
    return _COUNSEL.fullmatch(plain(text).removeprefix("the ").removeprefix("our ")) is not None


def is_no_person(name: str) -> bool:
    """Return whether the whole name is that of an archive, a committee or a legal office, and so of nobody."""
    known = {plain(each) for each in (*_ARCHIVES, *_COMMITTEES, *_OF_NCTN)}
    return _without_article(name) in known or _is_office(name)
