"""Which datasets may be used for a purpose and activities: each is judged alone, as a study of nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, Assessment, DataItem, Duty, DutyKind, DutyStatus, Project, Purpose, Use, Verdict
from tcia_policy.model.base import Contract
from tcia_policy.text.english import joined
from tcia_policy.text.suggest import did_you_mean, similar

# Words for activities, beside their own names.
WORDS: Mapping[str, tuple[Activity, ...]] = MappingProxyType(
    {
        "analysis": (Activity.ANALYZE,),
        "training": (Activity.TRAIN_MODEL,),
        "results": (Activity.PUBLISH_RESULTS,),
        "publication": (Activity.PUBLISH_RESULTS, Activity.PUBLISH_FIGURES),
        "figures": (Activity.PUBLISH_FIGURES,),
        "teaching": (Activity.TEACH,),
        "redistribution": (Activity.REDISTRIBUTE_DATA,),
        "derived-data": (Activity.SHARE_DERIVED_DATA,),
        "model-release": (Activity.RELEASE_MODEL,),
        "hosting": (Activity.HOST_ACCESS,),
        "product": (Activity.USE_IN_PRODUCT,),
    }
)
# What a purpose alone means.
OF_PURPOSE: Mapping[Purpose, tuple[Activity, ...]] = MappingProxyType(
    {
        Purpose.COMMERCIAL: (Activity.ANALYZE, Activity.TRAIN_MODEL, Activity.USE_IN_PRODUCT),
        Purpose.NONCOMMERCIAL: (Activity.ANALYZE, Activity.TRAIN_MODEL, Activity.PUBLISH_RESULTS),
    }
)


@dataclass(frozen=True)
class Wanted:
    """A use that datasets are wanted for. A purpose that is `None` is unknown, and what depends on it is so, too."""

    purpose: Purpose | None
    activities: tuple[Activity, ...]

    @property
    def in_words(self) -> str:
        """Return `commercial use: analyze, train-model and use-in-product`."""
        purpose = "a purpose not stated" if self.purpose is None else f"{self.purpose.value} use"
        return f"{purpose}: {joined([activity.value for activity in self.activities])}"


class Usability(Contract):
    """The verdict on a dataset for a use, as `check` gives it for a study of this dataset alone.

    `rules` are those that decide it, `because` the title of the first. `agreements` are what has to be signed or asked
    for before.
    """

    verdict: Verdict
    rules: tuple[str, ...]
    because: str
    agreements: tuple[str, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Return whether it may be used, if need be once what is owed is done."""
        return self.verdict in (Verdict.PERMITTED, Verdict.CONDITIONAL)


def wanted_by(words: Iterable[str]) -> Wanted:
    """Return the use that `--usable-for` words mean together: a purpose, activities, or words for these.

    Raise `InputError` for a word that is unknown, and for two purposes.
    """
    given = list(dict.fromkeys(words))
    purposes = [Purpose(word) for word in given if word in set(Purpose)]
    if len(purposes) > 1:
        raise InputError("a use has one purpose, and two are named", field="--usable-for", hint="ask for one at a time")
    activities = [activity for word in given if word not in set(Purpose) for activity in _activities(word)]
    purpose = purposes[0] if purposes else None
    of_purpose = () if purpose is None else OF_PURPOSE[purpose]
    return Wanted(purpose, tuple(dict.fromkeys(activities)) or of_purpose)


def _activities(word: str) -> tuple[Activity, ...]:
    known = {**{activity.value: (activity,) for activity in Activity}, **WORDS}
    if word not in known:
        names = [*(purpose.value for purpose in Purpose), *known]
        meant = did_you_mean(similar(word, names))
        hint = f"{meant} " if meant else ""
        raise InputError(f"unknown use {word!r}", field="--usable-for", hint=f"{hint}Use {', '.join(names)}")
    return known[word]


def usability(ids: Sequence[str], wanted: Wanted, library: Library, as_of: date | None = None) -> dict[str, Usability]:
    """Return the verdict on each dataset of the registry, by its id, as obtained from where it is published."""
    use = Use(purpose=wanted.purpose, activities=wanted.activities)
    options = CaseOptions(as_of=as_of)
    return {
        id_: _usability(
            assess(Case.open(Study(Project(data=(DataItem(dataset=id_),), use=use)), options, library), asking=False)
        )
        for id_ in ids
    }


def _usability(assessment: Assessment) -> Usability:
    worst = [cell for cell in assessment.verdicts if cell.verdict is assessment.verdict]
    of_study = [finding.rule for finding in assessment.findings if finding.verdict is assessment.verdict]
    rules = tuple(dict.fromkeys([rule for cell in worst for rule in cell.rules] or of_study))
    titles = {finding.rule: finding.title for finding in assessment.findings}
    titles |= {duty.rule: duty.title or duty.text for duty in assessment.duties}
    agreements = [duty.text for duty in assessment.duties if _is_to_be_agreed(duty)]
    return Usability(
        verdict=assessment.verdict,
        rules=rules,
        because=next((titles[rule] for rule in rules if rule in titles), ""),
        agreements=tuple(dict.fromkeys(agreements)),
    )


def _is_to_be_agreed(duty: Duty) -> bool:
    return duty.required and duty.kind is DutyKind.AGREE and duty.status is not DutyStatus.MET
