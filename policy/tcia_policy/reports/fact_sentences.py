"""The facts of the vocabulary, as sentences."""

from collections.abc import Mapping
from typing import Any

from tcia_policy.lazy import pattern
from tcia_policy.rules.vocabulary import VOCABULARY
from tcia_policy.text.english import joined, one_of

# Facts whose denial is not their sentence with one "not" in it.
DENIED: Mapping[str, str] = {
    "holding.kind": "what is held is not {}",
    "holding.obtained_from": "the data were obtained anywhere other than {}",
    "holding.of_elsewhere": "TCIA or IDC has it",
    "holding.absent_from_idc": "IDC's index states a license for a part of it",
    "holding.off_idc_record": "an index of IDC has the dataset in the version stated, or none is stated",
    "holding.may_have_removed_series": "IDC has removed no series that this copy may have",
    "holding.rows_name_others": "no row of the file names another dataset",
    "holding.missing_from_idc": "IDC has the series, or does not have the dataset",
    "copy.rows_license_differs": "no row of the file states another license than the sources",
    "holding.removed_from_idc": "IDC has the series, or they were not looked up there",
    "holding.has_doi": "no DOI is known",
    "copy.obtained_before_control": "the copy was obtained after TCIA's data were closed",
    "use.activity": "you do not {}",
    "copy.license_stated": "no license came with the copy",
    "copy.altered": "the place that the copy is from had neither altered it nor merged it with other data",
    "dataset.partly_controlled": "no part of the dataset is under controlled access",
    "notice.kinds": "no source has a notice on the data: {}",
    "access.study": "controlled parts of it are under another study than {}",
    "claims.disagree": "the sources agree on the license",
    "claims.of_earlier_copy": "no other license is on record for the day on which the copy was obtained",
    "claims.stated_later": "a statement of its license is from this day or before",
    "use.country_stated": "the country where the work is done is not stated",
    "use.outputs_stray": "every output that is stated is released by a stated activity",
    "release.ruling": "the charts do not say of what is released: {}",
    "release.fine_tuned": "no model that is released was fine-tuned from it",
    "manuscript.unread": "every manuscript that is named could be read",
    "manuscript.names_nothing": "the data are known",
    "manuscript.names_archive_alone": "a dataset is named beside the archive",
    "manuscript.speaks_of_data": "the manuscript speaks of no data",
    "agreement.recorded": "no agreement that is for these data is recorded: {}",
    "agreement.of_other_data": "every approved request that is recorded is for these data",
    "evidence.grantor_in_doubt": "every grant is from somebody who is recorded",
    "evidence.has_ended": "no grant or agreement has ended",
    "evidence.grant_falls_short": "no grant leaves out something planned",
    "evidence.position_unsigned": "every legal position is signed",
    "answer.permitted": "no answer settles {}",
    "answer.leave_from": "no reply of {} gives leave for the activity",
    "outputs.license_file_differs": "no license file says another license",
    "release_folder.unread": "every release that is named says something",
    "release_folder.broken": "every file of the release was understood",
    "release_folder.unlicensed": "some file of the release states a license",
    "release_folder.not_understood": "every license in the release was understood",
    "release_folder.disagrees": "no two files of the release state two licenses",
    "release_folder.narrowed": "no sentence of the release gives less than its license",
    "release_folder.differs": "the release states no other license than the project",
    "release_folder.undeclared": "the project declares all data that the release states",
    "release_folder.names_undeclared": "the project declares all data that the release names",
    "release_folder.base_model_undeclared": "the project declares every base model of the release",
    "release_folder.unclear": "the release says what kind of data it has",
    "release_folder.asked": "the release says of all data that it names whether it was made from them",
    "release_folder.denied": "the release says of no data that they were not used",
    "release_folder.data_license": "every license of the data in the release was understood",
    "release_folder.permits_commerce": "the release does not offer what comes from the data for commercial use",
}
# What is said of data in a row: `CPTAC datasets obtained anywhere other than TCIA or IDC`.
OF_DATA: Mapping[str, tuple[str, str]] = {
    "dataset.archive": ("published by {}", "not published by {}"),
    "holding.obtained_from": ("obtained from {}", "obtained anywhere other than {}"),
    "license.id": ("under {}", "not under {}"),
    "license.access": ("with {} access", "without {} access"),
    "license.family": ("under a license of the family {}", "under no license of the family {}"),
    "license.permits": ("whose license permits {}", "whose license does not permit {}"),
    "license.requires": ("whose license requires {}", "whose license does not require {}"),
    "license.prohibits": ("whose license prohibits {}", "whose license does not prohibit {}"),
}
_AUXILIARY = pattern(r"\b(is|are|was|were|has|have|had|may|can)\b")
_VERBS = {
    "permits": "permit",
    "requires": "require",
    "prohibits": "prohibit",
    "cites": "cite",
    "names": "name",
    "counts": "count",
}
_VERB = pattern(rf"\b({'|'.join(_VERBS)})\b")


def sentence(fact: str, value: Any) -> str:
    """Return `the license prohibits commercial use`; for a yes or no, its clause.

    `license`, which stands for all facts of a license in an example, is named by its identifier.
    """
    known = VOCABULARY.get(fact)
    if known is None:
        return f"the {fact} is {one_of([str(item) for item in _values(value)])}"
    if known.is_yes_or_no:
        clause = known.sentence or known.label.removeprefix("whether ")
        return clause if _values(value) == [True] else _denied_clause(fact, clause)
    words = _words(fact, value)
    return known.sentence.format(words) if known.sentence is not None else f"{known.label} is {words}"


def denial(fact: str, value: Any) -> str:
    """Return `the data were obtained anywhere other than TCIA or IDC`: that the fact has none of the values."""
    known = VOCABULARY[fact]
    if known.is_yes_or_no:
        return sentence(fact, _values(value) != [True])
    words = _words(fact, value)
    clause = DENIED.get(fact)
    return clause.format(words) if clause is not None else _denied_clause(fact, sentence(fact, value))


def scope(conditions: Mapping[str, Any]) -> str:
    """Return the data of which all these conditions hold: `CPTAC datasets obtained anywhere other than TCIA or IDC`.

    Each condition is a fact with its values, or `not` with one such condition in it.
    """
    head, said, wheres = "data", [], []
    for fact, value, holds in map(_stated, conditions, conditions.values()):
        if fact == "dataset.program" and holds:
            head = f"{_words(fact, value)} datasets"
        elif fact in OF_DATA:
            said.append(OF_DATA[fact][0 if holds else 1].format(_words(fact, value)))
        else:
            wheres.append(sentence(fact, value) if holds else denial(fact, value))
    where = f" where {joined(wheres)}" if wheres else ""
    return f"{head}{' ' if said else ''}{joined(said)}{where}"


def _stated(key: str, value: Any) -> tuple[str, Any, bool]:
    """Return the fact, its values, and whether the condition asks for them or for their absence."""
    if key != "not":
        return key, value, True
    ((fact, values),) = value.items()
    return fact, values, False


def _values(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _words(fact: str, value: Any) -> str:
    return one_of([VOCABULARY[fact].word(str(item)) for item in _values(value)]) or "none"


def _denied_clause(fact: str, clause: str) -> str:
    """Return the clause with one "not"; in so many words where that would say something else."""
    if fact in DENIED:
        return DENIED[fact]
    if len(_AUXILIARY.findall(clause)) == 1:
        return _AUXILIARY.sub(r"\1 not", clause)
    if len(_VERB.findall(clause)) == 1:
        return _VERB.sub(lambda verb: f"does not {_VERBS[verb[1]]}", clause)
    return f"it is not so that {clause}"
